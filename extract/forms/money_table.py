"""Money tables: rows of labels and codes with money columns, one table in a grid or several side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.blocks import Cell, Grid, Row
from extract.folding import fold, fold_number
from extract.forms.collector import Collector
from extract.forms.column_contents import as_count, by_contents, with_one_name
from extract.forms.column_measures import with_measures
from extract.forms.column_parts import with_parts
from extract.forms.grid_shape import split_header, split_unknown_header
from extract.forms.headers import CODE_ROLES, ColumnSpec, resolve_columns
from extract.forms.labels import Label
from extract.forms.numbering import goes_on_numbering, has_number_word, is_column_numbers
from extract.forms.printed_figures import figures_by_line
from extract.forms.row_naming import Outline, RowName, name_row, text_of
from extract.forms.shortened_codes import with_whole_codes
from extract.forms.side_totals import settle_totals
from extract.forms.sides import Side, split_sides
from extract.forms.slid_rows import has_slid, realign
from extract.forms.table_headings import without_table_headings
from extract.forms.wide_forms import join_same_rows, join_wide
from extract.forms.wide_halves import join_halves
from extract.header_words import HeaderMeaning
from extract.numerals import (
    holds_figure,
    is_amount,
    is_dash,
    is_error,
    is_misspelt,
    is_numeric_cell,
    is_of_other_digits,
    is_ordinal,
    is_rate,
)
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_FEWEST_NUMBERED_ROWS = 2
_VALUES = ("价值", "原值", "净值")  # of what a row counts: 车辆(辆) | 数量 | 价值
_MAY_NUMBER_COLUMNS = 2  # rows under a header that may number the columns
_WRITTEN_OUT = re.compile(r"[零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整两点]{2,}")
_DESTINATIONS = {
    "ordinal": "ordinals",
    "quantity": "quantities",
    "rate": "rates",
    "mark": "descriptions",
    "project_code": "codes",
}
_SHOWN_OTHERWISE = ("format", "unread")
_NOT_READ = "something is shown here that is no text: a picture, a field, a drawing; look at it in the file"


@dataclass(slots=True)
class _Table:
    """Grids of one form, or parts of them, that stand under the same header."""

    header: tuple[Row, ...]
    bodies: list[tuple[Row, ...]]
    columns: tuple[ColumnSpec, ...] = ()
    sides: tuple[Side, ...] = ()


@dataclass(slots=True)
class _Reading:
    """Where the reading of one form stands: its columns, and what the rows so far imply for the next."""

    outline: Outline
    columns: tuple[ColumnSpec, ...] = ()
    sides: tuple[Side, ...] = ()
    row_no: int = 0
    seen: set[tuple[int, str, str | None, str | None]] = field(default_factory=set)
    numbers: tuple[str, ...] = ()  # the row of column numbers, which may be printed again


def read_money_table(
    grids: Sequence[Grid],
    form_key: str | None,
    collector: Collector,
    vocabulary: Vocabulary,
    *,
    counts_alone: bool = False,
) -> None:
    """Read all grids of one form: the first with its header, continuations with or without it repeated.

    Every figure under a header that says nothing else becomes an amount of its row, whether or not anything
    is known of the form (``form_key`` None) or of what the column says. Where a caption says that the form
    ``counts_alone`` (单位：台、辆、套), it becomes a count, unless its header has a unit of money.
    """
    reading = _Reading(Outline(form_key))
    first_side = 0
    sides: list[list[int]] = []  # of each table
    whole, named_again = join_same_rows(grids)
    for table in _tables(join_wide(whole, form_key, vocabulary), form_key, vocabulary):
        is_continued = bool(reading.columns)
        columns = resolve_columns(table.header, form_key, vocabulary)
        table.bodies[1:] = [_widened(body, columns) for body in table.bodies[1:]]
        rows = [
            row
            for body in table.bodies
            for number, row in enumerate(body)
            if number >= _MAY_NUMBER_COLUMNS or not is_column_numbers(row)
        ]
        columns = by_contents(columns, rows, form_key, vocabulary)
        if counts_alone:
            columns = tuple(map(as_count, columns))
        for side in split_sides(columns):
            columns = with_one_name(columns, side.labels, rows)
        reading.columns = without_table_headings(columns, split_sides(columns), form_key, vocabulary)
        reading.sides = tuple(
            replace(side, number=side.number + first_side) for side in split_sides(reading.columns)
        )
        first_side = max((side.number + 1 for side in reading.sides), default=first_side)
        _take_columns(reading, collector)
        for position, body in enumerate(table.bodies):
            has_header = bool(table.header) and position == 0 and not is_continued
            taken = _drop_inserted_ordinals(body, reading, collector, has_header=has_header)
            _read_body(taken, reading, collector, vocabulary)
        sides.append([side.number for side in reading.sides])
    join_halves(collector, sides)
    collector.lines[:] = with_whole_codes(collector.lines)
    figures = figures_by_line(collector.amounts)
    collector.lines[:] = settle_totals(collector.lines, figures)
    parted = with_parts(collector.columns, collector.lines, figures)
    collector.columns[:] = with_measures(parted, collector.lines, figures, form_key, vocabulary)
    for cell in named_again:
        if is_numeric_cell(cell.text):
            collector.file(cell, "codes")
    _file_headings(grids, collector)


def _widened(body: tuple[Row, ...], columns: Sequence[ColumnSpec]) -> tuple[Row, ...]:
    """Give a continuation the columns it lacks: 款 and 项 of whole codes, which no row of the page fills.

    Names then stand where the header has a part of the code. There is one way to put them right: as many
    blanks after the first part as columns are lacking.
    """
    lacking = len(columns) - max((len(row) for row in body), default=0)
    first = next(
        (place for place in range(len(columns)) if _lacks_after(place, lacking, body, columns)), None
    )
    if first is None:
        return body
    return tuple(
        (
            *row[: first + 1],
            *(row[0]._replace(text="", field_no=-1 - n) for n in range(lacking)),
            *row[first + 1 :],
        )
        for row in body
    )


def _lacks_after(place: int, lacking: int, body: Sequence[Row], columns: Sequence[ColumnSpec]) -> bool:
    """Whether codes stand in as many columns as a page lacks, and its rows have names in their place."""
    parts = columns[place : place + lacking + 1]
    named = [row for row in body if len(row) > place + 1 and row[place + 1].text]
    return (
        len(parts) == lacking + 1 > 1
        and all(column.role in CODE_ROLES for column in parts)
        and bool(named)
        and not any(is_numeric_cell(row[place + 1].text) for row in named)
    )


def _file_headings(grids: Sequence[Grid], collector: Collector) -> None:
    """File the numbers that no row of a body holds: years and the like in headers and captions."""
    for cell in (cell for grid in grids for row in grid.rows for cell in row):
        if is_ordinal(cell.text) and not collector.is_filed(cell):
            collector.file(cell, "descriptions")


def _tables(grids: Sequence[Grid], form_key: str | None, vocabulary: Vocabulary) -> list[_Table]:
    """Gather the bodies that stand under one header; printed again, whole or in part, it is the same."""
    tables: list[_Table] = []
    cut_off: tuple[Row, ...] = ()  # header rows above a page break that goes through the header
    for grid in grids:
        header, body = split_header((*cut_off, *grid.rows), vocabulary, form_key)
        cut_off = header if not body else ()
        if cut_off and grid is not grids[-1]:
            continue
        if not header and not tables:
            header, body = split_unknown_header(grid.rows, vocabulary)
        is_other = tables and header and not _words(header) & _words(tables[-1].header)
        if is_other and not _heads_table(header, form_key, vocabulary):
            # 年初结转和结余 heads a column in one form and names a row in another
            header, body = (), grid.rows
        if not tables or (header and not _is_same(header, tables[-1].header, form_key, vocabulary)):
            tables.append(_Table(header, [body]))
        else:
            tables[-1].bodies.append(body)
    return tables


def _words(header: Sequence[Row]) -> frozenset[str]:
    return frozenset(fold(cell.text) for row in header for cell in row if cell.text)


def _heads_table(header: Sequence[Row], form_key: str | None, vocabulary: Vocabulary) -> bool:
    """Whether a header names its rows and its figures, as only another table's can."""
    roles = {column.role for column in resolve_columns(header, form_key, vocabulary)}
    return "amount" in roles and bool(roles & (CODE_ROLES | {"label"}))


def _is_same(
    header: Sequence[Row], above: Sequence[Row], form_key: str | None, vocabulary: Vocabulary
) -> bool:
    """Whether a header repeats the one above: the same columns in the same places, whatever is lost of it."""
    columns_above = {column.index: column for column in resolve_columns(above, form_key, vocabulary)}
    for column in resolve_columns(header, form_key, vocabulary):
        other = columns_above.get(column.index)
        if not column.path:
            continue
        if other is None or other.role != column.role or not set(column.path) & set(other.path):
            return False
        if column.meaning and other.meaning and _is_of_another(column.meaning, other.meaning):
            return False
    return True


def _is_of_another(one: HeaderMeaning, other: HeaderMeaning) -> bool:
    """Whether two columns are of two years or versions, as far as both say so."""
    said = ((one.year, other.year), (one.budget_version, other.budget_version))
    return any(here and there and here != there for here, there in said)


def _take_columns(reading: _Reading, collector: Collector) -> None:
    for side in reading.sides:
        for column in side.amounts:
            meaning = column.meaning
            collector.columns.append(
                PrintedColumn(
                    form_id=collector.form_id,
                    document_id=collector.document_id,
                    side_no=side.number,
                    col_no=column.index,
                    column_path="/".join(column.path),
                    measure=meaning.measure if meaning else None,
                    fund=meaning.fund if meaning else None,
                    budget_version=meaning.budget_version if meaning else None,
                    column_year=meaning.year if meaning else None,
                    nature=meaning.nature if meaning else None,
                )
            )


def _drop_inserted_ordinals(
    rows: Sequence[Row], reading: _Reading, collector: Collector, *, has_header: bool
) -> tuple[Row, ...]:
    """Take off a serial-number column that starts in the middle of a table.

    From some row to the end, all rows are one field longer than the header and their first fields count up
    by one. It cannot start right below the header, and one such row may be chance unless it is all of a
    continuation.
    """
    start = len(rows)
    while start > 0 and _is_numbered_row(rows[start - 1], len(reading.columns)):
        after = rows[start] if start < len(rows) else None
        if after and int(fold_number(after[0].text)) - int(fold_number(rows[start - 1][0].text)) != 1:
            break
        start -= 1
    numbered = rows[start:]
    has_own_ordinals = any(column.role == "ordinal" for column in reading.columns)
    is_chance = has_header if start == 0 else len(numbered) < _FEWEST_NUMBERED_ROWS
    if has_own_ordinals or is_chance:
        return tuple(rows)
    for row in numbered:
        collector.file(row[0], "ordinals")
    return (*rows[:start], *(row[1:] for row in numbered))


def _is_numbered_row(row: Row, width: int) -> bool:
    if not is_ordinal(row[0].text):
        return False
    # a row with nothing but its number may lack trailing fields
    return len(row) == width + 1 or not any(cell.text for cell in row[1:])


def _read_body(rows: Sequence[Row], reading: _Reading, collector: Collector, vocabulary: Vocabulary) -> None:
    is_continuation = reading.row_no > 0
    may_repeat = is_continuation  # only the first rows after a cut are printed again
    is_first = True
    for row in rows:
        if not any(cell.text for cell in row):
            continue
        if _numbers_columns(row, reading, is_first=is_first):
            for cell in row:
                collector.file(cell, "column_numbers")
            continue
        is_first = False
        reading.row_no += 1
        slid = has_slid(row, reading.columns)
        straight = realign(row, reading.columns) if slid else row
        if straight is None:
            _reject_row(row, collector, "row_shifted", "a money figure stands in a text column of this row")
            may_repeat = False
            continue
        doubt = "realigned" if slid else None
        may_repeat = _read_row(straight, reading, collector, vocabulary, may_repeat=may_repeat, doubt=doubt)


def _numbers_columns(row: Row, reading: _Reading, *, is_first: bool) -> bool:
    """Whether a row numbers the columns: under a header, where it says so, or printed again."""
    texts = tuple(cell.text for cell in row)
    may_be = is_first or texts == reading.numbers or has_number_word(row)
    if not (may_be and is_column_numbers(row)) and not goes_on_numbering(row, reading.numbers):
        return False
    reading.numbers = texts
    return True


def _reject_row(row: Row, collector: Collector, reason_code: str, hint: str) -> None:
    for cell in row:
        if is_numeric_cell(cell.text):
            collector.reject(cell, reason_code, hint)


def _read_row(
    row: Row,
    reading: _Reading,
    collector: Collector,
    vocabulary: Vocabulary,
    *,
    may_repeat: bool,
    doubt: str | None,
) -> bool:
    """Read one row, side by side; tell whether the next row may still be a repetition."""
    repeats = []
    for side, name in _named(row, reading, collector, vocabulary):
        line = _line(row, side, name, reading, collector, may_repeat=may_repeat, doubt=doubt)
        collector.lines.append(line)
        repeats.append(line.row_kind == "repeat")
        for column in side.amounts:
            _read_amount(row, column, line, collector, vocabulary)
    _file_rest(row, reading, collector)
    return may_repeat and all(repeats)


def _named(
    row: Row, reading: _Reading, collector: Collector, vocabulary: Vocabulary
) -> list[tuple[Side, RowName | None]]:
    """Give the sides that print anything in a row, each with what names it.

    A label whose own figure is blank may be merged over the table on its right: it names the figure there
    that has no label. A side without any column for labels has rows all the same.
    """
    found: list[tuple[Side, RowName | None]] = []
    for side in reading.sides:
        has_amounts = any(text_of(row, column.index) for column in side.amounts)
        if side.row_label is not None and not any(
            text_of(row, column.index) for each in reading.sides for column in each.amounts
        ):
            continue
        name = name_row(row, side, reading.outline, collector, vocabulary)
        if name is not None:
            found.append((side, name))
        elif has_amounts:
            left_side, left = found[-1] if found else (None, None)
            is_merged = left_side is not None and not any(
                text_of(row, column.index) for column in left_side.amounts
            )
            if left is not None and is_merged and side.names_rows:
                found[-1] = (side, left)
            elif not side.names_rows:
                found.append((side, None))
    return found


def _line(
    row: Row,
    side: Side,
    name: RowName | None,
    reading: _Reading,
    collector: Collector,
    *,
    may_repeat: bool,
    doubt: str | None,
) -> PrintedLine:
    if name is None:
        first = next(cell for cell in row if cell.text)
        name = RowName(first, None, Label("", "item", None, None), "item", None, None, None, None)
    row_kind = name.row_kind
    identity = (side.number, fold(name.text or ""), name.code, name.government_code)
    is_total_again = name.label.line_key == "form_total" and identity in reading.seen
    # a label without a code returns under other parents, so it is no sign of a repetition
    if is_total_again or (may_repeat and name.code is not None and identity in reading.seen):
        row_kind = "repeat"
    reading.seen.add(identity)
    return PrintedLine(
        line_id=f"{collector.form_id}-R{reading.row_no}S{side.number}",
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=side.number,
        side_key=side.key,
        row_no=reading.row_no,
        page_no=name.place.page_no,
        line_no=name.place.line_no,
        row_label=name.text,
        label_plain=name.label.plain or None,
        row_kind=row_kind,
        line_key=name.label.line_key,
        outline_level=name.level,
        code=name.code,
        economic_code_government=name.government_code,
        code_name=name.code_name,
        detail=name.detail,
        doubt=doubt,
    )


def _read_amount(
    row: Row, column: ColumnSpec, line: PrintedLine, collector: Collector, vocabulary: Vocabulary
) -> None:
    text = text_of(row, column.index)
    if not text:
        return
    cell = row[column.index]
    if is_amount(text) or (is_dash(text) and cell.doubt not in _SHOWN_OTHERWISE):
        is_value = any(word in part for part in column.path for word in _VALUES)
        if line.row_label and not is_value and vocabulary.words.is_count(fold(line.row_label)):
            collector.file(cell, "quantities")
        else:
            collector.amount(cell, line.line_id, column.index)
    elif is_rate(text) and cell.doubt is None:
        collector.file(cell, "rates")
    elif is_error(text):
        collector.reject(cell, "error_value", "the workbook shows an error here, and no figure")
    elif cell.doubt == "unread":
        collector.reject(cell, "not_read", _NOT_READ)
    elif cell.doubt == "computed":
        collector.reject(
            cell, "formula_without_value", "open it in Excel or WPS and save it: values are stored"
        )
    elif is_misspelt(text):
        collector.reject(cell, "not_a_number", "a letter stands where a digit is meant: O for 0, l for 1")
    elif (
        is_numeric_cell(text)
        or _WRITTEN_OUT.fullmatch(fold(text))
        or holds_figure(text)
        or is_of_other_digits(text)
        or cell.doubt
    ):
        collector.reject(cell, "not_a_number", f"the column {'/'.join(column.path)!r} holds money")


def _file_rest(row: Row, reading: _Reading, collector: Collector) -> None:
    """File every numeric cell of the row that no side took."""
    for index, cell in enumerate(row):
        if collector.is_filed(cell):
            continue
        column = reading.columns[index] if index < len(reading.columns) else None
        if is_numeric_cell(cell.text):
            _file_by_role(cell, column, collector)
        elif _is_unread_money(cell, column) and not collector.is_rejected(cell):
            collector.reject(cell, "not_read", _NOT_READ)


def _is_unread_money(cell: Cell, column: ColumnSpec | None) -> bool:
    return cell.doubt == "unread" and column is not None and column.role == "amount"


def _file_by_role(cell: Cell, column: ColumnSpec | None, collector: Collector) -> None:
    role = column.role if column else None
    if column is None:
        collector.reject(cell, "outside_header", "the row is longer than its header")
    elif role in _DESTINATIONS:
        collector.file(cell, _DESTINATIONS[role])
    elif role == "amount":
        collector.reject(cell, "no_label", "a figure in a row that has neither a label nor a code")
    else:
        reason = "not_a_code" if role in CODE_ROLES else "number_in_text_column"
        collector.reject(cell, reason, f"under the header {'/'.join(column.path)!r}")
