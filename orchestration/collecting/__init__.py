"""What the sources have, when they were visited, and what ought to have come."""
