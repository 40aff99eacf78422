"""Running the warehouse: Dagster assets around ``extract`` and dbt, and the ``disclosures`` command."""
