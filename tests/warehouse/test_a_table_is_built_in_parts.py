"""A table too large to be made in one go is inserted in parts, and is the same table."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from tests.warehouse.dbt_warehouse import Warehouse

TABLES = ("int_identity_terms", "identity_results", "int_repairs")


def test_in_many_parts_it_has_the_rows_of_one(sample_warehouse: Path, tmp_path: Path) -> None:
    mine = Warehouse(tmp_path)
    shutil.copytree(sample_warehouse / "lake", tmp_path / "lake")
    mine.build_file.parent.mkdir()
    shutil.copy(Warehouse(sample_warehouse).build_file, mine.build_file)
    with duckdb.connect(mine.build_file) as connection:
        for table in TABLES:
            connection.execute(f"create table main.{table} as from reconciliation.{table}")
            connection.execute(f"delete from reconciliation.{table}")
        ((cells,),) = connection.sql("select count(*) from reconciliation.int_cells").fetchall()

    built = mine.dbt("run", "--select", *TABLES, "--vars", f"{{rows_in_a_part: {cells // 7}}}")

    assert built.returncode == 0, built.stdout
    for table in TABLES:
        run = next((tmp_path / "target" / "run").rglob(f"{table}.sql")).read_text(encoding="utf-8")
        assert run.count("insert into") >= 7
    with duckdb.connect(mine.build_file, read_only=True) as connection:
        for table in TABLES:
            whole, parts = f"from main.{table}", f"from reconciliation.{table}"
            assert connection.sql(f"{whole} except all {parts}").fetchall() == []
            assert connection.sql(f"{parts} except all {whole}").fetchall() == []
            assert connection.sql(f"select count(*) > 0 {whole}").fetchall() == [(True,)]


def test_documents_that_are_compared_with_each_other_are_in_one_group(sample_warehouse: Path) -> None:
    with duckdb.connect(Warehouse(sample_warehouse).build_file, read_only=True) as connection:
        grouped = connection.sql(
            """
            select file_name, group_id
            from build_state.document_groups
            join staging.documents using (document_id)
            """
        ).fetchall()
    group_of = dict(grouped)
    assert len(grouped) == len(group_of) > 0
    department, unit = "department-budget-2024-example.txt", "unit-budget-2024-example.txt"
    assert group_of[department] == group_of[unit] == group_of["final-accounts-2023-example.txt"]
    assert group_of[department] != group_of["department-budget-2024-hanbin.txt"]
