"""A workbook per publisher opens as it is meant: codes as text, money as numbers, nothing as a formula."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import openpyxl
import pytest
from declared import relation, with_types
from openpyxl.workbook import Workbook

from orchestration.building.catalogue import Relation
from orchestration.exporting import workbooks
from orchestration.exporting.file_names import file_stems
from orchestration.exporting.workbooks import TooManyRowsError, shown_tables, write_workbooks
from orchestration.publishing.meta import read_meta
from tests.conftest import disclosures

TABLES = """
create schema marts;
create table marts.dim_document (document_id varchar, publisher_name varchar, fiscal_year bigint);
insert into marts.dim_document values ('d1', '甲局', 2024), ('d2', '乙局', 2023), ('d3', null, null);
create table marts.fct_lines (
    document_id varchar, code varchar, amount_yuan decimal(20, 2),
    is_leaf boolean, places bigint[], note varchar
);
insert into marts.fct_lines values
('d2', '2080501', 1.10, true, [3], '=1+1'),
('d1', '0012', 12345678.90, false, [1, 2], 'https://example.org'),
('d1', '0013', null, true, null, null),
('d3', 'x', 3, true, [], 'of nobody');
"""
DOCUMENTS = relation(
    "marts.dim_document",
    "One row per document. ｜ 文件",
    ("document_id", "Which document."),
    ("publisher_name", "Whose. ｜ 单位名称：不含后缀。"),
    ("fiscal_year", "Year. ｜ 年度"),
)
LINES = relation(
    "marts.fct_lines",
    "One row per line. ｜ 明细",
    ("document_id", "Which document."),
    ("code", "Code. ｜ 编码"),
    ("amount_yuan", "Yuan. ｜ 金额（元）"),
    ("is_leaf", "Leaf."),
    ("places", "Places."),
    ("note", "Note."),
)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(TABLES)
    return connection


@pytest.fixture
def shown(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    return [typed(connection, DOCUMENTS), typed(connection, LINES)]


def typed(connection: duckdb.DuckDBPyConnection, declared: Relation) -> Relation:
    described = connection.execute(f"describe {declared.full_name}").fetchall()
    return with_types(declared, {name: kind for name, kind, *_ in described})


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    workbook = openpyxl.load_workbook(path)
    try:
        yield workbook
    finally:
        workbook.close()


def test_everyone_has_a_workbook_with_their_own_rows(
    connection: duckdb.DuckDBPyConnection, shown: list[Relation], tmp_path: Path
) -> None:
    written = list(write_workbooks(connection, shown, tmp_path))
    assert sorted(path.name for path in written) == ["乙局.xlsx", "未注明单位.xlsx", "甲局.xlsx"]
    with opened(tmp_path / "甲局.xlsx") as workbook:
        assert workbook.sheetnames == ["文件", "明细", "数据字典"]
        assert [row[0].value for row in workbook["明细"].iter_rows(min_row=2)] == ["d1", "d1"]
    with opened(tmp_path / "未注明单位.xlsx") as workbook:
        assert [row[-1].value for row in workbook["明细"].iter_rows(min_row=2)] == ["of nobody"]


def test_codes_are_text_money_is_a_number_and_years_have_no_separator(
    connection: duckdb.DuckDBPyConnection, shown: list[Relation], tmp_path: Path
) -> None:
    list(write_workbooks(connection, shown, tmp_path))
    with opened(tmp_path / "甲局.xlsx") as workbook:
        _, code, money, leaf, places, note = workbook["明细"][2]
        year = workbook["文件"]["C2"]
    assert (code.value, code.data_type) == ("0012", "s")
    assert (money.value, money.number_format) == (12345678.9, "#,##0.00")
    assert (leaf.value, places.value) == (False, "1、2")
    assert (note.value, note.hyperlink) == ("https://example.org", None)
    assert (year.value, year.number_format) == (2024, "0")


def test_nothing_is_taken_for_a_formula(
    connection: duckdb.DuckDBPyConnection, shown: list[Relation], tmp_path: Path
) -> None:
    list(write_workbooks(connection, shown, tmp_path))
    with opened(tmp_path / "乙局.xlsx") as workbook:
        cell = workbook["明细"]["F2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_headers_are_chinese_where_there_is_a_name_frozen_and_filtered(
    connection: duckdb.DuckDBPyConnection, shown: list[Relation], tmp_path: Path
) -> None:
    list(write_workbooks(connection, shown, tmp_path))
    with opened(tmp_path / "甲局.xlsx") as workbook:
        sheet = workbook["明细"]
        headers = [cell.value for cell in sheet[1]]
        assert headers == ["document_id", "编码", "金额（元）", "is_leaf", "places", "note"]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")


def test_the_last_sheet_explains_every_column(
    connection: duckdb.DuckDBPyConnection, shown: list[Relation], tmp_path: Path
) -> None:
    list(write_workbooks(connection, shown, tmp_path))
    with opened(tmp_path / "甲局.xlsx") as workbook:
        rows = [tuple(cell.value or "" for cell in row) for row in workbook["数据字典"].iter_rows(min_row=2)]
    assert ("文件", "单位名称", "publisher_name", "不含后缀。", "Whose.") in rows
    assert len(rows) == len(DOCUMENTS.columns) + len(LINES.columns)


def test_a_text_that_no_cell_can_hold_is_cut_visibly(
    connection: duckdb.DuckDBPyConnection, shown: list[Relation], tmp_path: Path
) -> None:
    connection.execute("update marts.fct_lines set note = repeat('长', 40_000) where document_id = 'd2'")
    list(write_workbooks(connection, shown, tmp_path))
    with opened(tmp_path / "乙局.xlsx") as workbook:
        text = str(workbook["明细"]["F2"].value)
    assert (len(text), text[-1]) == (32_767, "…")


def test_more_rows_than_a_sheet_can_hold_is_an_error_and_leaves_no_file(
    connection: duckdb.DuckDBPyConnection,
    shown: list[Relation],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    with pytest.raises(TooManyRowsError, match=r"明细 .* export marts\.fct_lines as csv"):
        list(write_workbooks(connection, shown, tmp_path))
    assert "甲局.xlsx" not in {path.name for path in tmp_path.iterdir()}
    assert not list(tmp_path.glob(".unfinished*"))


def test_names_that_are_equal_once_they_are_cleaned_stay_apart() -> None:
    assert file_stems(["甲/局", "甲:局", "甲_局", "ABC", "abc"]) == {
        "甲/局": "甲_局",
        "甲:局": "甲_局 (2)",
        "甲_局": "甲_局 (3)",
        "ABC": "ABC",
        "abc": "abc (2)",
    }


@pytest.mark.parametrize(
    ("name", "stem"),
    [("../../etc", "_.._etc"), ("con", "_con"), ("局. ", "局"), ("...", "_"), ("长" * 100, "长" * 60)],
)
def test_no_name_is_a_path_a_device_or_too_long(name: str, stem: str) -> None:
    assert file_stems([name]) == {name: stem}


def test_every_publisher_of_the_samples_has_a_workbook(sample_warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workbooks"
    disclosures(sample_warehouse, "export", str(folder), "--format", "xlsx")
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        publishers = connection.execute("select distinct publisher_name from marts.dim_document").fetchall()
        expected = connection.execute(
            "select count(*), sum(amount_yuan) from marts.fct_spending_lines where publisher_name = ?",
            ["示例县医疗保障局"],
        ).fetchone()
        relations = {each.full_name: each for each in read_meta(connection)}
    assert {path.stem for path in folder.iterdir()} == {name or "未注明单位" for (name,) in publishers}
    names = [column.name for column in relations["marts.fct_spending_lines"].columns]
    with opened(folder / "示例县医疗保障局.xlsx") as workbook:
        sheet = workbook["支出明细"]
        place = names.index("amount_yuan")
        amounts = [row[place].value for row in sheet.iter_rows(min_row=2)]
    assert expected is not None
    assert (len(amounts), round(sum(amounts), 2)) == (expected[0], float(expected[1]))


def test_every_table_that_is_listed_is_published_and_has_a_short_chinese_name(sample_warehouse: Path) -> None:
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        shown = shown_tables(read_meta(connection))
    listed = workbooks._SHEETS_FILE.read_text(encoding="utf-8").splitlines()[1:]
    assert [each.full_name for each in shown] == listed
    names = {str(each.description.name_zh) for each in shown}
    assert len(names) == len(listed)
    assert max(map(len, names)) <= 31, "no spreadsheet program takes a longer name of a sheet"
