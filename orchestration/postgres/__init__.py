"""A copy of the published file in PostgreSQL, for tools that speak only that."""
