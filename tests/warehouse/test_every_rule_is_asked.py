"""A rule of the registry that no sample asks would prove nothing; in a warehouse of few documents it may."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.warehouse.dbt_warehouse import Warehouse

# The samples hold no change beside its two years, no item that is said twice, no average, and no chapter
# about a project; the test of the three answers brings them.
IN_NO_SAMPLE = {
    ("figure.change",),
    ("claims.said_again",),
    ("claims.average",),
    ("project.stated_budget",),
}
TEST = "assert_every_rule_was_asked_somewhere"


def test_the_samples_ask_every_rule(sample_warehouse: Path, small_warehouse: Warehouse) -> None:
    unasked = small_warehouse.compiled(TEST)
    with duckdb.connect(Warehouse(sample_warehouse).build_file, read_only=True) as connection:
        assert set(connection.sql(f"select rule_id from ({unasked})").fetchall()) == IN_NO_SAMPLE


def test_it_is_a_warning_in_a_large_warehouse_only(
    small_warehouse: Warehouse, connection: duckdb.DuckDBPyConnection
) -> None:
    (test,) = (node for node in small_warehouse.tests() if node["name"] == TEST)
    warnings = f"select {test['config']['fail_calc']} from ({{}})"
    assert connection.sql(test["compiled_code"]).fetchall() != []
    assert connection.sql(warnings.format(test["compiled_code"])).fetchall() == [(0,)]
    unasked = "select 'a rule' as rule_id, 1000 as among_documents"
    assert connection.sql(warnings.format(unasked)).fetchall() == [(1,)]
