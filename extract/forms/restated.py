"""What the totals of a document's forms are of: by them a form is known again that nobody could name.

The spending of one source of money is printed in the summary and in the form of that source. So a total that
a named form prints as that of the government fund says of an open form what it is of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from extract.folding import fold, fold_number
from extract.forms.form_reading import FormReading
from extract.forms.printed_figures import RowOfFigures, figures_by_line
from extract.forms.titles import fund_named
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import FormType, Unit, Vocabulary

_TOTALS = ("form_total", "current_total", "grand_total")
RECEIVED = "received"
"""The kind of a total with what is carried over: as much is spent only where nothing is."""

_BRACKETED = re.compile(r"\(([^()]*)\)")
_WIDER = ("all", "fiscal_appropriation")  # than a single source of it, the widest first
_ALL_SOURCES = (None, "all")
_OF_THE_STAGE = {"budget": ("budget",), "final_accounts": ("final", "execution")}
_OF_THIS_YEAR = (None, "current")

Coordinate = tuple[str, str]
"""A source of money and a kind of spending, of which a total is: government_fund, total."""


class Total(NamedTuple):
    """A total in yuan (millionths), and half of what its last digit is worth."""

    value: int
    doubt: Decimal

    def agrees(self, other: Total) -> bool:
        """Whether both may be one figure."""
        return abs(self.value - other.value) <= self.doubt + other.doubt


Known = Mapping[Coordinate, tuple[Total, ...]]


def known_totals(
    forms: Iterable[tuple[FormReading, str | None]], vocabulary: Vocabulary, before: Known | None = None
) -> Known:
    """The totals that forms with a key print, by what they are of, beside those known ``before``."""
    found: defaultdict[Coordinate, list[Total]] = defaultdict(list)
    for coordinate, totals in (before or {}).items():
        found[coordinate].extend(totals)
    for form, key in forms:
        form_type = vocabulary.forms.get(key) if key else None
        if form_type is not None and form_type.total_means is not None:
            for coordinate, total in _totals_of(form, form_type, vocabulary):
                found[coordinate].append(total)
    return {coordinate: tuple(totals) for coordinate, totals in found.items()}


def own_totals(form: FormReading, stage: str | None, vocabulary: Vocabulary) -> tuple[Total, ...]:
    """What the total rows of an open form print of all money this year, nought included.

    Where it prints no total, what its highest codes add up to; where no column says that it is the total, the
    highest figure of the row.
    """
    columns = {
        number: column for number, column in _columns(form, stage).items() if column.fund in _ALL_SOURCES
    }
    is_told = any(column.measure == "total" for column in columns.values())
    wanted = {number for number, column in columns.items() if column.measure == "total" or not is_told}
    figures = figures_by_line(form.records.amounts)
    rows = [dict(_in_yuan(form, row, vocabulary)) for _, row in _total_rows(form, figures)]
    found = [
        [total for column, total in row.items() if column in wanted]
        for row in rows or [dict(_sum_of_highest(form, figures, vocabulary))]
    ]
    if is_told:
        return tuple(total for row in found for total in row)
    return tuple(max(row, key=lambda total: total.value) for row in found if row)


def column_totals(
    form: FormReading, stage: str | None, vocabulary: Vocabulary
) -> dict[tuple[int, int], tuple[Total, ...]]:
    """What the total rows of a form print in each column of this year, by table and column."""
    wanted = _columns(form, stage)
    found: defaultdict[tuple[int, int], list[Total]] = defaultdict(list)
    for line, row in _total_rows(form, figures_by_line(form.records.amounts)):
        for number, total in _in_yuan(form, row, vocabulary):
            if number in wanted:
                found[line.side_no, number].append(total)
    return {place: tuple(totals) for place, totals in found.items()}


def fund_by_totals(
    form: FormReading,
    stage: str | None,
    known: Known,
    vocabulary: Vocabulary,
    kinds: Collection[str | None] = (),
) -> str | None:
    """The one source of money whose spending others print as an open form's total; None where several do.

    What is wider must be printed, too, and be another sum: where all money is from one source, the total of
    the one is that of the other. Then it is of the source that the title names, whatever else it says, or of
    all money where the title is known and names none. ``kinds`` are what spending the named forms are of.
    """
    own = [total for total in own_totals(form, stage, vocabulary) if total.value]
    agreeing = {
        (fund, kind)
        for (fund, kind), totals in known.items()
        if kind != RECEIVED and any(total.agrees(other) for total in own for other in totals if other.value)
    }
    funds = {fund for fund, _ in agreeing}
    named = fund_named(form.section.caption.reading)
    if named in funds:
        return named
    if _names_no_source(form) and ("all" in funds or _is_wider_than_named(form, own, known, kinds)):
        return "all"
    if len(funds) != 1:
        return None
    (fund,) = funds
    wider = _WIDER[: _WIDER.index(fund)] if fund in _WIDER else _WIDER
    return fund if all((other, kind) in known for _, kind in agreeing for other in wider) else None


def _names_no_source(form: FormReading) -> bool:
    """Whether the title of a form says what it is of, in known words, and no source of money among it."""
    reading = form.section.caption.reading
    return (
        reading is not None
        and not reading.fund
        and bool(reading.kind or reading.flow)
        and (reading.is_whole_but_for_table or (reading.is_title and not reading.leftover))
    )


def _is_wider_than_named(
    form: FormReading, own: Sequence[Total], known: Known, kinds: Collection[str | None]
) -> bool:
    """Whether a form of one kind of spending stands beside one of the same kind that names its source.

    基本支出预算表 beside 一般公共预算基本支出表 is of all money: it comes to as much, or more, and nothing
    says otherwise.
    """
    reading = form.section.caption.reading
    kind = reading.kind if reading is not None else None
    if not kind or kind not in kinds or ("all", kind) in known:
        return False
    named = [
        total for (_, other), totals in known.items() if other == kind for total in totals if total.value
    ]
    return bool(named and own) and all(
        each.value >= total.value or each.agrees(total) for each in own for total in named
    )


def _sum_of_highest(
    form: FormReading, rows: Mapping[str, RowOfFigures], vocabulary: Vocabulary
) -> Iterator[tuple[int, Total]]:
    """What the rows with the shortest codes come to, by column."""
    codes = {line.line_id: fold_number(line.code) for line in form.records.lines if line.code}
    shortest = min(map(len, codes.values()), default=0)
    sums: defaultdict[int, Total] = defaultdict(lambda: Total(0, Decimal(0)))
    for line_id, code in codes.items():
        if len(code) == shortest:
            for column, total in _in_yuan(form, rows.get(line_id, {}), vocabulary):
                sums[column] = Total(sums[column].value + total.value, sums[column].doubt + total.doubt)
    yield from sums.items()


def _totals_of(
    form: FormReading, form_type: FormType, vocabulary: Vocabulary
) -> Iterator[tuple[Coordinate, Total]]:
    columns = _columns(form, form_type.stage)
    fund = form_type.fund or "all"
    rows = figures_by_line(form.records.amounts)
    for line, row in _total_rows(form, rows):
        if line.side_key == "revenue":
            continue
        is_turnover = line.line_key == "grand_total"
        for number, total in _in_yuan(form, row, vocabulary):
            column = columns.get(number)
            if column is not None and column.measure == "total":
                kind = RECEIVED if is_turnover else form_type.total_means or ""
                yield (column.fund or fund, kind), total
            elif column is not None and column.measure == "basic" and form_type.total_means == "total":
                yield (column.fund or fund, "basic"), total
    for line in form.records.lines:
        if line.side_key != "revenue" or line.code is not None or not line.label_plain:
            continue
        said = vocabulary.words.compose(None, (fold(line.label_plain),))
        if said is not None and said.fund is not None:
            for number, total in _in_yuan(form, rows.get(line.line_id, {}), vocabulary):
                column = columns.get(number)
                if column is not None and column.measure == "total":
                    yield (said.fund, RECEIVED), total


def _total_rows(
    form: FormReading, rows: Mapping[str, RowOfFigures]
) -> Iterator[tuple[PrintedLine, RowOfFigures]]:
    for line in form.records.lines:
        if line.line_key in _TOTALS and line.line_id in rows:
            yield line, rows[line.line_id]


def _in_yuan(form: FormReading, row: RowOfFigures, vocabulary: Vocabulary) -> Iterator[tuple[int, Total]]:
    unit = vocabulary.units.get(fold(form.section.caption.unit_text or "")) or _unit_of_headers(
        form, vocabulary
    )
    if unit is None:
        return
    for column, figure in row.items():
        yield column, Total(int(figure.value * unit.yuan), figure.last_digit * unit.yuan / 2)


def _unit_of_headers(form: FormReading, vocabulary: Vocabulary) -> Unit | None:
    """The unit that headers print in brackets, where all that do agree: 合计(万元)."""
    printed = {
        text
        for column in form.records.columns
        for text in _BRACKETED.findall(fold(column.column_path))
        if text in vocabulary.units
    }
    return vocabulary.units[printed.pop()] if len(printed) == 1 else None


def _columns(form: FormReading, stage: str | None) -> dict[int, PrintedColumn]:
    """The columns of this year, by number; the only one of a side is of all money, whatever it is called."""
    columns = [column for column in form.records.columns if _is_of(column, stage)]
    sides = Counter(column.side_no for column in columns)
    return {
        column.col_no: replace(column, measure="total")
        if column.measure is None and sides[column.side_no] == 1
        else column
        for column in columns
    }


def _is_of(column: PrintedColumn, stage: str | None) -> bool:
    """Whether a column prints what a document of this stage is about: no other year, no other version."""
    return (
        column.column_year in _OF_THIS_YEAR
        and column.nature in (None, "figure")
        and column.budget_version in (None, *_OF_THE_STAGE.get(stage or "", ()))
    )
