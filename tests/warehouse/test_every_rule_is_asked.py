"""A rule of the registry that no sample asks would prove nothing; in a warehouse of few documents it may."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.warehouse.dbt_warehouse import Warehouse


def test_the_samples_ask_every_rule(sample_warehouse: Path, small_warehouse: Warehouse) -> None:
    unasked = small_warehouse.compiled("assert_every_rule_was_asked_somewhere")
    with duckdb.connect(Warehouse(sample_warehouse).build_file, read_only=True) as connection:
        assert connection.sql(unasked).fetchall() == []
