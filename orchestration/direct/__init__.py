"""From documents to findings in one process: the SQL that dbt compiled, without dbt and without Dagster."""
