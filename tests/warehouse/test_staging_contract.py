"""The staging models are those of the records, which they are generated from, and the one about landing."""

from __future__ import annotations

from pathlib import Path

import yaml

from extract.records import RECORDS
from orchestration.home.lake import LANDINGS_SCHEMA

STAGING = Path(__file__).parents[2] / "dbt_project" / "models" / "staging"


def test_every_staging_model_has_a_record_but_the_one_about_landing() -> None:
    models = {*(f"stg_{record.table}" for record in RECORDS), "stg_landings"}
    assert {path.stem for path in STAGING.glob("*.sql")} == models
    assert {path.stem for path in STAGING.glob("stg_*.yml")} == models


def test_what_landing_knows_has_the_columns_of_the_lake() -> None:
    (declared,) = yaml.safe_load((STAGING / "stg_landings.yml").read_text(encoding="utf-8"))["models"]
    assert [column["name"] for column in declared["columns"]] == list(LANDINGS_SCHEMA)


def test_the_lake_is_declared_with_the_staged_tables_the_landings_the_manifest_and_no_more() -> None:
    (lake,) = yaml.safe_load((STAGING / "lake.yml").read_text(encoding="utf-8"))["sources"]
    assert {table["name"] for table in lake["tables"]} == {record.table for record in RECORDS} | {
        "landings",
        "manifest",
    }
