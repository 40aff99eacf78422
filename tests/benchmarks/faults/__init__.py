"""What becomes of damaged documents: how each ends, and whether any figure is read that nothing says."""
