"""A whole document, from bytes to staging: exact yuan, units, conservation, and failures that stay alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import printed_frames, read_document, read_or_fail, stage
from extract.landing import LandedFile
from extract.printed import PrintedDocument
from extract.records import RECORDS, schema
from tests.extract.drawing import tabbed

SAMPLES = sorted((Path(__file__).parents[2] / "warehouse" / "samples").glob("*.txt"))


def read(data: bytes | str, media_type: str = "text/plain") -> PrintedDocument:
    raw = data.encode() if isinstance(data, str) else data
    return read_document(LandedFile(hashlib.sha256(raw).hexdigest(), "某局.txt", media_type, len(raw)), raw)


def staged(*documents: bytes | str) -> dict[str, pl.DataFrame]:
    return stage(printed_frames([read(document) for document in documents]))


def form(unit_line: str, cell: str) -> str:
    return tabbed(f"""
        某区医疗保障局
        2024年部门预算公开说明
        目录
        部门综合预算一般公共预算基本支出明细表（按支出功能分类科目）
        {unit_line}
        | 功能科目编码 | 功能科目名称 | 合计 | 人员经费支出 | 公用经费支出 | 备注 |
        | 208 | 社保 | {cell} | | | |
        """)


@pytest.mark.parametrize(
    ("unit_line", "cell", "yuan", "last_digit"),
    [
        ("单位：元", "2,429,867.00", "2429867.00", "0.01"),
        ("单位：万元", "990.23", "9902300.00", "100.00"),
        ("金额单位：万元", "140", "1400000.00", "10000.00"),
        ("单位：亿元", "1.5", "150000000.00", "10000000.00"),
        ("单位：万元", "3元", "3.00", "1.00"),
    ],
)
def test_yuan_are_exact_and_know_their_precision(
    unit_line: str, cell: str, yuan: str, last_digit: str
) -> None:
    (amount,) = staged(form(unit_line, cell))["amounts"].to_dicts()
    assert (amount["amount_text"], amount["amount_yuan"], amount["last_digit_yuan"]) == (
        cell,
        Decimal(yuan),
        Decimal(last_digit),
    )


def test_a_missing_unit_is_null_and_not_a_guess() -> None:
    (amount,) = staged(form("（空）", "990.23"))["amounts"].to_dicts()
    assert (amount["amount_text"], amount["unit"], amount["amount_yuan"]) == ("990.23", None, None)


def test_a_dash_has_no_value_and_a_zero_has() -> None:
    kinds = [
        staged(form("单位：元", cell))["amounts"].select("amount_kind", "amount_yuan").row(0)
        for cell in ("—", "0.00")
    ]
    assert kinds == [("dash", None), ("zero", Decimal("0.00"))]


def test_a_figure_finer_than_a_fen_is_set_aside_not_rounded() -> None:
    tables = staged(form("单位：元", "1.005"))
    assert tables["amounts"].is_empty()
    assert tables["rejects"].select("printed_text", "reason_code").row(0) == ("1.005", "not_exact")
    assert tables["numeric_cells"].filter(printed_text="1.005")["destination"].item() == "rejects"


def test_staging_has_every_declared_table_in_its_declared_schema_even_when_empty() -> None:
    for tables in (staged(), staged(form("单位：元", "1.00"))):
        assert {table: frame.schema for table, frame in tables.items()} == {
            record.table: schema(record) for record in RECORDS
        }


def test_ids_are_places_and_unique() -> None:
    tables = staged(*(path.read_bytes() for path in SAMPLES))
    for table, key in (
        ("forms", "form_id"),
        ("lines", "line_id"),
        ("amounts", "amount_id"),
        ("indicators", "indicator_id"),
    ):
        assert tables[table][key].is_unique().all(), table


def test_many_documents_at_once_give_the_same_rows_as_one_by_one() -> None:
    together = staged(*(path.read_bytes() for path in SAMPLES))
    apart = [staged(path.read_bytes()) for path in SAMPLES]
    for table, frame in together.items():
        assert frame.sort(frame.columns).equals(
            pl.concat([one[table] for one in apart]).sort(frame.columns)
        ), table


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (b"", "application/octet-stream", "empty"),
        (b"%PDF-1.7", "application/pdf", "it is damaged or cut short"),
        (bytes(range(128, 256)) * 3, "text/plain", "GB18030"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_failed_document_with_a_reason(
    data: bytes, media_type: str, reason: str
) -> None:
    document = read(data, media_type)
    assert document.facts.status == "failed"
    assert reason in (document.facts.failure_reason or "")
    assert document.numeric_cells == ()


def test_text_under_the_name_of_another_format_is_refused() -> None:
    raw = b"dummy content"
    facts = read_document(LandedFile("d" * 64, "预算.PDF", "text/plain", len(raw)), raw).facts
    assert facts.status == "failed"
    assert "named .pdf, but its content is plain text" in (facts.failure_reason or "")


def test_a_text_about_something_else_is_no_disclosure() -> None:
    facts = read("关于召开会议的通知\n请各单位参加。\n").facts
    assert facts.status == "not_a_disclosure"
    assert "no form, and no amount in its prose" in (facts.failure_reason or "")


@pytest.mark.parametrize("unseen", ["[illegible]\n", ""])
def test_a_text_that_was_not_read_or_not_all_may_be_a_disclosure_and_failed(unseen: str) -> None:
    facts = read(f"关于召开会议的通知\n{unseen}" if unseen else "\n \n").facts
    assert facts.status == "failed"


def test_the_figures_of_a_form_that_nobody_knows_are_kept_under_its_title() -> None:
    document = read("示例县水利局2024年部门预算\n没人见过的表\n甲\t乙\n丙\t7.00\n")
    assert document.facts.status == "read"
    (form,) = document.forms
    assert (form.form_key, form.printed_title) == (None, "没人见过的表")
    (line,), (amount,) = document.lines, document.amounts
    assert (line.row_label, amount.amount_text) == ("丙", "7.00")
    assert document.rejects == ()


_NUMERAL = re.compile(r"\(?[-+−－]?[\d,.]*\d[\d,.]*\)?(%|‰|亿元|亿|万元|万|元)?")


def numerals_of(text: str) -> int:
    """Count numeric cells the plain way: lines, tabs, one pattern; nothing of the reader's."""
    fields = (
        re.sub(r"\s", "", field) for line in text.split("\n") if "\t" in line for field in line.split("\t")
    )
    return sum(_NUMERAL.fullmatch(field) is not None for field in fields)


def plain_text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def assert_conserved(document: PrintedDocument, expected: int) -> None:
    assert document.facts.status == "read"
    assert document.facts.numeric_cell_count == expected
    tables = stage(printed_frames([document]))
    ledger = tables["numeric_cells"]
    places = ["page_no", "line_no", "field_no"]
    assert len(ledger) == expected
    assert ledger.select(places).is_unique().all()
    for destination, table in (("amounts", "amounts"), ("rejects", "rejects")):
        entered = ledger.filter(destination=destination).select(places)
        arrived = tables[table].select(places)
        assert entered.join(arrived, on=places, how="anti", nulls_equal=True).is_empty(), destination


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_numeric_cell_of_a_sample_ends_in_one_place(path: Path) -> None:
    assert_conserved(read(path.read_bytes()), numerals_of(plain_text(path.read_bytes())))


def test_every_numeric_cell_of_a_real_disclosure_ends_in_one_place(corpus: Path) -> None:
    paths = sorted((corpus / "text").glob("*.txt"))
    assert paths
    for path in paths:
        assert_conserved(read(path.read_bytes()), numerals_of(path.read_text(encoding="utf-8")))


_CELLS = """合计 项目 预算数 功能科目编码 功能科目名称 收入 支出 一级指标 二级指标 指标值 任务名称 项目名称
    产出指标 数量指标 是否空表 序号 单位名称 301 1 2 1.00 - 1.2.3 28万 99% 其中：甲 一、部门预算
    1、财政拨款 年度资金总额: 指标1: 全年预算数(A)"""
_LINES = """收入支出决算总表 部门综合预算财政拨款收支总表 单位整体支出绩效目标表 部门专项业务经费绩效目标表
    表5 单位：万元 [illegible] 正文一句。"""
_CELL = st.sampled_from(["", "", *_CELLS.split()])
_TITLE = st.sampled_from(["", "", *_LINES.split()])
_ROW = st.lists(_CELL, min_size=2, max_size=9).map("\t".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(_TITLE, _ROW), max_size=40).map("\n".join))
def test_no_document_is_too_odd_to_be_read_whole(text: str) -> None:
    document = read("示例县水利局2024年部门预算\n某局支出 1 万元。\n" + text)
    assert_conserved(document, numerals_of(text))


class PanicException(BaseException):
    """As libraries in Rust raise, which is no Exception."""


def test_a_panic_of_a_library_costs_its_document_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.document.read_blocks", _raising(PanicException("index out of bounds")))
    document = read_or_fail(LandedFile("0" * 64, "a.txt", "text/plain", 1), b"a")
    assert document.facts.status == "failed"
    assert "PanicException: index out of bounds" in (document.facts.failure_reason or "")


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), SystemExit(1)])
def test_an_interrupt_is_nothing_that_a_document_did(
    raised: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.document.read_blocks", _raising(raised))
    with pytest.raises(type(raised)):
        read_or_fail(LandedFile("0" * 64, "a.txt", "text/plain", 1), b"a")


@pytest.mark.parametrize("said", ["std::bad_alloc", "Failed to allocate memory for 1 GiB"])
def test_a_library_that_says_it_has_no_memory_is_told_apart_from_a_fault(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.document.read_blocks", _raising(RuntimeError(said)))
    with pytest.raises(MemoryError):
        read_or_fail(LandedFile("0" * 64, "a.txt", "text/plain", 1), b"a")


def _raising(error: BaseException) -> Callable[..., None]:
    def raises(*_: object) -> None:
        raise error

    return raises
