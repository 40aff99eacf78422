"""A local page to drop files on: the report of a check comes back, and nothing is kept."""
