"""Pages about the warehouse, made from what its dbt project says: a data dictionary, and dbt's own page."""
