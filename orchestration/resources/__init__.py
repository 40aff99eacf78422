"""What runs of Dagster are handed: the warehouse to themselves, and who reads for them."""
