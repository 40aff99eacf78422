"""Every rule holds somewhere, breaks when a figure is wrong, and is not asked when a figure cannot be used.

The cases are made from the samples: see ``altered_copies``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock

from orchestration.direct.warehouse import built
from tests.warehouse.altered_copies import (
    ANSWERS,
    Case,
    Copy,
    Frames,
    altered_copies,
    answers_given,
    answers_missing,
    cases_in,
    staged,
)
from tests.warehouse.dbt_warehouse import DBT_PROJECT, Warehouse

SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
RARE_QUESTIONS = Path(__file__).with_name("rare_questions")
with (DBT_PROJECT / "seeds" / "vocabulary" / "identities.csv").open(encoding="utf-8", newline="") as file:
    RULES = [rule["rule_id"] for rule in csv.DictReader(file)]


@pytest.fixture(scope="session")
def given(
    sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> dict[str, set[str]]:
    """The answers that each rule gave in altered copies of the samples, all built in one go."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    warehouse = Warehouse(shared / "altered-warehouse")
    expected = warehouse.home / "copies.json"
    with FileLock(shared / "altered-warehouse.lock"):
        if not expected.exists():
            warehouse.build_file.parent.mkdir(parents=True)
            cases = cases_in(Warehouse(sample_warehouse).build_file)
            unnamed = staged(RARE_QUESTIONS)
            cases += cases_of_rules_lacking(unnamed, cases, warehouse.home / "unnamed.duckdb")
            frames, copies = altered_copies({**staged(SAMPLES), **unnamed}, cases)
            with built(frames, ["identity_results"], warehouse.build_file, check=False):
                pass
            expected.write_text(json.dumps(copies), encoding="utf-8")
    copies = [Copy(*copy) for copy in json.loads(expected.read_text(encoding="utf-8"))]
    return answers_given(warehouse.build_file, copies)


def cases_of_rules_lacking(
    documents: Mapping[str, Frames], cases: list[Case], build_file: Path
) -> list[Case]:
    """Cases of the rules that have none yet, from other documents."""
    tables = next(iter(documents.values()))
    frames = {table: pl.concat([each[table] for each in documents.values()]) for table in tables}
    with built(frames, ["identity_results"], build_file, check=False):
        pass
    known = {case.rule_id for case in cases}
    return [case for case in cases_in(build_file) if case.rule_id not in known]


@pytest.mark.parametrize("rule_id", RULES)
def test_the_rule_holds_breaks_and_is_not_asked(given: Mapping[str, set[str]], rule_id: str) -> None:
    assert answers_missing(rule_id, given) == set()


def test_a_rule_without_a_case_lacks_every_answer() -> None:
    assert answers_missing("row.forgotten", {"row.other": set(ANSWERS)}) == set(ANSWERS)


def test_a_rule_that_never_breaks_is_noticed() -> None:
    assert answers_missing("row.lenient", {"row.lenient": {"holds", "not_asked"}}) == {"breaks"}
