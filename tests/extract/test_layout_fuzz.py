"""A fuzz of layouts: whatever a publisher does to the layout of a form, it reads back to what was drawn.

Each case draws a form of facts, renders it in a random layout (column order, inner spaces, full width,
thousands separators, a serial-number column, blank rows, trailing tabs, page cuts with or without title and
header), reads it, and compares. Guards show that the comparison wakes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import read_document
from extract.landing import LandedFile
from extract.printed import PrintedDocument

CASES = 400
CASES_OF_THE_LONG_TEST = 2000
MEASURES = {
    "total": "合计",
    "personnel": "人员经费支出",
    "public_operating": "公用经费支出",
    "special_project": "专项业务经费支出",
}
TITLE = "部门综合预算一般公共预算支出明细表（按支出功能分类科目）"
LABELS = ["社会保障和就业支出", "行政运行", "住房公积金", "医疗保障管理事务", "其他支出", "公务员医疗补助"]

Fact = tuple[str | None, str, Decimal]  # code (None for the total row), measure, value


@dataclass(frozen=True)
class Row:
    code: str | None
    label: str
    amounts: tuple[Decimal | None, ...]  # in the order of MEASURES


@dataclass(frozen=True)
class Layout:
    order: tuple[str, ...]
    spaced: bool
    wide: bool
    grouped: bool
    ordinals: bool
    trailing_tabs: int
    blank_rows: frozenset[int]
    cuts: frozenset[int]
    cut_repeats_title: bool
    cut_repeats_header: bool
    remark_column: bool


amounts = st.one_of(st.none(), st.decimals(min_value=0, max_value=10**9, places=2))


@st.composite
def forms(draw: st.DrawFn) -> tuple[Row, ...]:
    codes = draw(st.lists(st.integers(2010101, 2299999), min_size=1, max_size=8, unique=True))
    body = [
        Row(str(code), draw(st.sampled_from(LABELS)), tuple(draw(amounts) for _ in MEASURES))
        for code in sorted(codes)
    ]
    total = Row(None, "合计", tuple(draw(amounts) for _ in MEASURES))
    return (total, *body)


@st.composite
def layouts(draw: st.DrawFn, rows: int) -> Layout:
    places = st.frozensets(st.integers(1, rows), max_size=3)
    return Layout(
        order=tuple(draw(st.permutations(list(MEASURES)))),
        spaced=draw(st.booleans()),
        wide=draw(st.booleans()),
        grouped=draw(st.booleans()),
        ordinals=draw(st.booleans()),
        trailing_tabs=draw(st.integers(0, 2)),
        blank_rows=draw(places),
        cuts=draw(places),
        cut_repeats_title=draw(st.booleans()),
        cut_repeats_header=draw(st.booleans()),
        remark_column=draw(st.booleans()),
    )


cases = forms().flatmap(lambda rows: st.tuples(st.just(rows), layouts(len(rows))))


def render(rows: tuple[Row, ...], layout: Layout) -> str:
    """Typeset a form the way a layout asks; the facts are not touched."""

    def words(text: str) -> str:
        return " ".join(text) if layout.spaced else text

    def number(value: Decimal | None) -> str:
        if value is None:
            return ""
        text = f"{value:,.2f}" if layout.grouped else f"{value:.2f}"
        return "".join(chr(ord(char) + 0xFEE0) for char in text) if layout.wide else text

    def line(fields: list[str]) -> str:
        return "\t".join(fields) + "\t" * layout.trailing_tabs

    order = list(layout.order)
    remark = ["备注"] if layout.remark_column else []
    header = [
        *(["序号"] if layout.ordinals else []),
        "功能科目编码",
        "功能科目名称",
        *(MEASURES[m] for m in order),
        *remark,
    ]
    heading = ["", "表5", "", words(TITLE), "", "单位：元", ""]
    out = [
        "某县医疗保障局",
        "2024年部门预算公开说明",
        "目录",
        *heading,
        line([words(text) for text in header]),
    ]
    for position, row in enumerate(rows):
        if position in layout.cuts:
            out += heading if layout.cut_repeats_title else [""]
            if layout.cut_repeats_title or layout.cut_repeats_header:
                out.append(line([words(text) for text in header]))
        if position in layout.blank_rows:
            out.append(line([""] * len(header)))
        by_measure = dict(zip(MEASURES, row.amounts, strict=True))
        ordinal = [str(position + 1)] if layout.ordinals else []
        out.append(
            line(
                [*ordinal, row.code or "", words(row.label), *(number(by_measure[m]) for m in order)]
                + ([""] if layout.remark_column else [])
            )
        )
    return "\n".join(out) + "\n"


def read(text: str) -> PrintedDocument:
    data = text.encode()
    document = read_document(
        LandedFile(hashlib.sha256(data).hexdigest(), "f.txt", "text/plain", len(data)), data
    )
    assert document.facts.status == "read", document.facts.failure_reason
    return document


def drawn(rows: tuple[Row, ...]) -> Counter[Fact]:
    return Counter(
        (row.code, measure, value)
        for row in rows
        for measure, value in zip(MEASURES, row.amounts, strict=True)
        if value is not None
    )


def read_back(document: PrintedDocument) -> Counter[Fact]:
    lines = {line.line_id: line for line in document.lines}
    measures = {
        (column.form_id, column.side_no, column.col_no): column.measure for column in document.columns
    }
    facts: Counter[Fact] = Counter()
    for amount in document.amounts:
        line = lines[amount.line_id]
        measure = measures[amount.form_id, line.side_no, amount.col_no]
        value = Decimal(unicodedata.normalize("NFKC", amount.amount_text).replace(",", ""))
        facts[line.code, measure or "?", value] += 1
    return facts


def must_read_back(case: tuple[tuple[Row, ...], Layout]) -> None:
    rows, layout = case
    document = read(render(rows, layout))
    assert read_back(document) == drawn(rows)
    assert document.rejects == ()
    assert len({line.form_id for line in document.lines}) == 1, "page cuts do not make new forms"


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(cases)
def test_a_form_reads_back_to_what_was_drawn_in_any_layout(case: tuple[tuple[Row, ...], Layout]) -> None:
    must_read_back(case)


@pytest.mark.long
@settings(
    max_examples=CASES_OF_THE_LONG_TEST,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(cases)
def test_a_form_reads_back_to_what_was_drawn_in_many_more_layouts(
    case: tuple[tuple[Row, ...], Layout],
) -> None:
    must_read_back(case)


PAIR_CASES = 150
PAIR_SIDES = (
    ("项目", ["1、财政拨款", "2、事业收入", "3、其他收入"], "本年收入合计"),
    (
        "支出功能分类科目（按大类）",
        ["1、教育支出", "2、卫生健康支出", "3、住房保障支出", "4、其他支出"],
        "本年支出合计",
    ),
    ("部门预算支出经济分类科目（按大类）", ["1、工资福利支出", "2、商品和服务支出"], "本年支出合计"),
)
Pair = tuple[int, str, Decimal]  # side, label, value


@dataclass(frozen=True)
class PairLayout:
    spaced: bool
    grouped: bool
    ordinals: bool
    cut: int | None
    cut_repeats_title: bool


@st.composite
def pair_cases(draw: st.DrawFn) -> tuple[tuple[tuple[tuple[str, Decimal | None], ...], ...], PairLayout]:
    sides = tuple(
        (*((label, draw(amounts)) for label in labels), (total, draw(amounts)))
        for _, labels, total in PAIR_SIDES
    )
    height = max(len(side) for side in sides)
    layout = PairLayout(
        spaced=draw(st.booleans()),
        grouped=draw(st.booleans()),
        ordinals=draw(st.booleans()),
        cut=draw(st.one_of(st.none(), st.integers(1, height - 1))),
        cut_repeats_title=draw(st.booleans()),
    )
    return sides, layout


def render_pairs(sides: tuple[tuple[tuple[str, Decimal | None], ...], ...], layout: PairLayout) -> str:
    """Typeset tables side by side: shorter ones leave blanks, totals stand in one row at the end."""

    def words(text: str) -> str:
        return " ".join(text) if layout.spaced else text

    height = max(len(side) for side in sides)
    padded = [(*side[:-1], *[("", None)] * (height - len(side)), side[-1]) for side in sides]
    ordinal = [""] if layout.ordinals else []
    header = [
        "\t".join([*(["序号"] if layout.ordinals else []), words("收入"), "", words("支出"), "", "", ""]),
        "\t".join(
            [*ordinal, *(cell for label, _, _ in PAIR_SIDES for cell in (words(label), words("预算数")))]
        ),
    ]
    heading = ["", "部门综合预算财政拨款收支总表", "", "单位：元", ""]
    out = ["某县医疗保障局", "2024年部门预算公开说明", "目录", *heading, *header]
    for position in range(height):
        if position == layout.cut:
            out += [*heading, *header] if layout.cut_repeats_title else [""]
        cells = [str(position + 1)] if layout.ordinals else []
        for side in padded:
            label, value = side[position]
            text = "" if value is None else f"{value:,.2f}" if layout.grouped else f"{value:.2f}"
            cells += [words(label), text]
        out.append("\t".join(cells))
    return "\n".join(out) + "\n"


def pairs_read_back(document: PrintedDocument) -> Counter[Pair]:
    lines = {line.line_id: line for line in document.lines}
    return Counter(
        (lines[amount.line_id].side_no, "".join((lines[amount.line_id].row_label or "").split()),
         Decimal(amount.amount_text.replace(",", "")))
        for amount in document.amounts
    )  # fmt: skip


@settings(max_examples=PAIR_CASES, deadline=None, derandomize=True)
@given(pair_cases())
def test_tables_side_by_side_read_back_to_what_was_drawn_in_any_layout(
    case: tuple[tuple[tuple[tuple[str, Decimal | None], ...], ...], PairLayout],
) -> None:
    sides, layout = case
    document = read(render_pairs(sides, layout))
    expected = Counter(
        (number, label, value)
        for number, side in enumerate(sides)
        for label, value in side
        if value is not None
    )
    assert pairs_read_back(document) == expected
    assert document.rejects == ()


@pytest.mark.parametrize("by", [1, -1])
def test_the_comparison_wakes_when_a_row_is_shifted(by: int) -> None:
    row = Row("2101501", "行政运行", (Decimal("3.00"), Decimal("2.00"), Decimal("1.00"), None))
    layout = Layout(
        tuple(MEASURES), False, False, False, False, 0, frozenset(), frozenset(), False, False, True
    )
    *before, last = render((row,), layout).rstrip("\n").split("\n")
    fields = last.split("\t")
    shifted = fields[:2] + (["", *fields[2:-1]] if by > 0 else [*fields[3:], ""])
    document = read("\n".join([*before, "\t".join(shifted)]))
    assert read_back(document) != drawn((row,))


def test_the_comparison_wakes_when_two_columns_are_swapped() -> None:
    row = Row("2101501", "行政运行", (Decimal("3.00"), Decimal("2.00"), Decimal("1.00"), None))
    layout = Layout(
        tuple(MEASURES), False, False, False, False, 0, frozenset(), frozenset(), False, False, False
    )
    text = render((row,), layout).replace("人员经费支出\t公用经费支出", "公用经费支出\t人员经费支出")
    assert read_back(read(text)) != drawn((row,))
