"""The direct path and dbt give the same rows of every table, whatever the documents and their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.direct.warehouse import current_plan
from tests.warehouse.dbt_warehouse import Warehouse
from tests.warehouse.direct_rows import built_from, differences


def test_one_document_has_the_same_rows(small_warehouse: Warehouse) -> None:
    with built_from(small_warehouse.home) as connection:
        assert differences(connection, small_warehouse.build_file, current_plan()) == {}


@pytest.mark.parametrize("backwards", [False, True], ids=["in their order", "in reverse"])
def test_the_samples_have_the_same_rows(sample_warehouse: Path, backwards: bool) -> None:
    with built_from(sample_warehouse, backwards=backwards) as connection:
        assert differences(connection, Warehouse(sample_warehouse).build_file, current_plan()) == {}


def test_a_row_that_one_of_them_lacks_is_noticed(small_warehouse: Warehouse) -> None:
    with built_from(small_warehouse.home) as connection:
        connection.execute("delete from staging.amounts where amount_text = '7'")
        assert differences(connection, small_warehouse.build_file, current_plan()) == {"stg_amounts": 1}
