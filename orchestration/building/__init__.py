"""From landed documents to tables: reading, staging, and the dbt project that builds them."""
