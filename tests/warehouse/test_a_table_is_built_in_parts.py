"""A table too large to be made in one go is inserted in parts, and is the same table."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from tests.warehouse.dbt_warehouse import Warehouse


def test_in_many_parts_it_has_the_rows_of_one(sample_warehouse: Path, tmp_path: Path) -> None:
    mine = Warehouse(tmp_path)
    mine.build_file.parent.mkdir()
    shutil.copy(Warehouse(sample_warehouse).build_file, mine.build_file)
    with duckdb.connect(mine.build_file) as connection:
        connection.execute("create table main.whole as from reconciliation.identity_results")
        ((terms,),) = connection.sql("select count(*) from reconciliation.int_identity_terms").fetchall()
        connection.execute("delete from reconciliation.identity_results")

    built = mine.dbt("run", "--select", "identity_results", "--vars", f"{{rows_in_a_part: {terms // 7}}}")

    assert built.returncode == 0, built.stdout
    compiled = next((tmp_path / "target" / "run").rglob("identity_results.sql")).read_text(encoding="utf-8")
    assert compiled.count("insert into") >= 7
    with duckdb.connect(mine.build_file, read_only=True) as connection:
        parts = "from reconciliation.identity_results"
        assert connection.sql(f"from main.whole except all {parts}").fetchall() == []
        assert connection.sql(f"{parts} except all from main.whole").fetchall() == []
        assert connection.sql("select count(*) > 0 from main.whole").fetchall() == [(True,)]
