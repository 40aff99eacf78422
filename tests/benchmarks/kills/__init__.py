"""What becomes of a warehouse whose runs are killed at random moments."""
