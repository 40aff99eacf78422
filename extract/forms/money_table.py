"""Money tables: rows of labels and codes with money columns, one table in a grid or several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.blocks import Cell, Grid, Row
from extract.folding import fold, fold_number
from extract.forms.collector import Collector
from extract.forms.headers import (
    ColumnSpec,
    Side,
    resolve_columns,
    split_header,
    split_sides,
    split_unknown_header,
)
from extract.forms.labels import Label, read_label, unnumbered_level
from extract.forms.slid_rows import has_slid, realign
from extract.numerals import is_amount, is_dash, is_numeric_cell, is_ordinal
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_UNIT_SIDES = frozenset({"unit", "unit_project", "purchase"})
_CODES_BY_RANK = (
    "function_code",
    "economic_code",
    "unit_code",
)  # the code that names a row, where it has several
_DEPARTMENT_DIGITS = 3  # a department's unit code; the units under it add digits
_PROJECT_LEVEL = 60
_NAMED_UNIT_LEVEL = 30
_FEWEST_NUMBERED_ROWS = 2


@dataclass(slots=True)
class _Reading:
    """Where the reading of one form stands: its columns, and what the rows so far imply for the next."""

    form_key: str | None
    header_words: frozenset[str] = frozenset()
    columns: tuple[ColumnSpec, ...] = ()
    sides: tuple[Side, ...] = ()
    row_no: int = 0
    after_subtotal: dict[int, bool] = field(default_factory=dict)
    has_numbering: dict[int, bool] = field(default_factory=dict)
    seen: set[tuple[int, str, str | None, str | None]] = field(default_factory=set)
    unit_names: set[str] = field(default_factory=set)


def read_money_table(
    grids: Sequence[Grid], form_key: str | None, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read all grids of one form: the first with its header, continuations with or without it repeated."""
    reading = _Reading(form_key)
    cut_off: tuple[Row, ...] = ()  # header rows above a page break that goes through the header
    for grid in grids:
        header, body = split_header((*cut_off, *grid.rows), vocabulary, form_key)
        cut_off = header if not body else ()
        if cut_off and grid is not grids[-1]:
            continue
        if not header and not reading.columns:
            header, body = split_unknown_header(grid.rows)
        words = frozenset(fold(cell.text) for row in header for cell in row if cell.text)
        if reading.columns and header and not words & reading.header_words:
            # 年初结转和结余 heads a column in one form and names a row in another
            header, body = (), grid.rows
        if header:
            reading.header_words = words
            first = not reading.columns
            reading.columns = resolve_columns(header, form_key, vocabulary)
            reading.sides = split_sides(reading.columns)
            if first:
                _take_columns(reading, collector)
        rows = _drop_inserted_ordinals(body, reading, collector, has_header=bool(header))
        _read_body(rows, reading, collector, vocabulary)


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
    for position, row in enumerate(rows):
        if not any(cell.text for cell in row):
            continue
        if position == 0 and _is_column_numbers(row):
            for cell in row:
                collector.file(cell, "column_numbers")
            continue
        reading.row_no += 1
        slid = has_slid(row, reading.columns)
        straight = realign(row, reading.columns) if slid else row
        if straight is None:
            _reject_row(row, collector, "row_shifted", "a money figure stands in a text column of this row")
            may_repeat = False
            continue
        doubt = "realigned" if slid else None
        may_repeat = _read_row(straight, reading, collector, vocabulary, may_repeat=may_repeat, doubt=doubt)


def _is_column_numbers(row: Row) -> bool:
    numbers = [cell.text for cell in row if cell.text and fold(cell.text) != "栏次"]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


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
    for side in reading.sides:
        line = _read_line(row, side, reading, collector, vocabulary, may_repeat=may_repeat, doubt=doubt)
        if line is None:
            continue
        collector.lines.append(line)
        repeats.append(line.row_kind == "repeat")
        for column in side.amounts:
            _read_amount(row, column, line, collector)
    _file_rest(row, reading, collector)
    return may_repeat and all(repeats)


def _read_line(
    row: Row,
    side: Side,
    reading: _Reading,
    collector: Collector,
    vocabulary: Vocabulary,
    *,
    may_repeat: bool,
    doubt: str | None,
) -> PrintedLine | None:
    codes = _codes(row, side, collector)
    code = next((codes[role] for role in _CODES_BY_RANK if role in codes), None)
    government_code = _government_code(row, side, collector)
    label_cell = _label_cell(row, side)
    sides = reading.sides if side.row_label else [side]
    has_amounts = any(_text(row, column.index) for each in sides for column in each.amounts)
    if label_cell is None and code is None and not has_amounts:
        return None
    text = label_cell.text if label_cell else side.row_label
    label = read_label(text, reading.form_key, vocabulary) if text else Label("", "item", None, None)
    row_kind, level = _kind_and_level(label, codes, side, reading)
    identity = (side.number, fold(text or ""), code, government_code)
    is_total_again = label.line_key == "form_total" and identity in reading.seen
    # a label without a code returns under other parents, so it is no sign of a repetition
    if is_total_again or (may_repeat and code is not None and identity in reading.seen):
        row_kind = "repeat"
    reading.seen.add(identity)
    place = label_cell or row[0]
    return PrintedLine(
        line_id=f"{collector.form_id}-R{reading.row_no}S{side.number}",
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=side.number,
        side_key=side.key,
        row_no=reading.row_no,
        page_no=place.page_no,
        line_no=place.line_no,
        row_label=text,
        label_plain=label.plain or None,
        row_kind=row_kind,
        line_key=label.line_key,
        outline_level=level,
        code=code,
        economic_code_government=government_code,
        detail=(_text(row, side.detail) or None) if side.detail is not None else None,
        doubt=doubt,
    )


def _kind_and_level(
    label: Label, codes: dict[str, str], side: Side, reading: _Reading
) -> tuple[str, int | None]:
    if side.key in _UNIT_SIDES:
        return label.row_kind, _unit_level(label, codes.get("unit_code"), reading)
    if side.codes:
        return label.row_kind, None
    number = side.number
    if label.level is not None:
        reading.has_numbering[number] = True
    is_breakdown = label.row_kind == "item" and label.line_key is None
    if is_breakdown and reading.after_subtotal.get(number):
        return "memo", None
    if label.row_kind == "subtotal":
        reading.after_subtotal[number] = True
    if not reading.has_numbering.get(number) or label.row_kind != "item" or label.line_key == "carry":
        return label.row_kind, label.level
    return label.row_kind, unnumbered_level(label.level)


def _unit_level(label: Label, code: str | None, reading: _Reading) -> int | None:
    """Depth of a row in a tree of units and projects: department, unit, groups of projects, project."""
    if label.row_kind != "item":
        return None
    if code is not None:
        reading.unit_names.add(label.plain)
        return 10 if len(code) <= _DEPARTMENT_DIGITS else 20
    if label.level is not None:
        return label.level
    return _NAMED_UNIT_LEVEL if label.plain in reading.unit_names else _PROJECT_LEVEL


def _text(row: Row, index: int) -> str:
    return row[index].text if index < len(row) else ""


def _codes(row: Row, side: Side, collector: Collector) -> dict[str, str]:
    """Read the codes of a row by role; a code in 类/款/项 columns is joined to one."""
    by_role: dict[str, str] = {}
    for column in side.codes:
        text = _text(row, column.index)
        if text and fold_number(text).isdigit() and column.role:
            by_role[column.role] = by_role.get(column.role, "") + fold_number(text)
            collector.file(row[column.index], "codes")
    return by_role


def _government_code(row: Row, side: Side, collector: Collector) -> str | None:
    if side.government_code is None:
        return None
    text = fold_number(_text(row, side.government_code))
    if not text.isdigit():
        return None
    collector.file(row[side.government_code], "codes")
    return text


def _label_cell(row: Row, side: Side) -> Cell | None:
    """Find the cell that names a row: its label column, else the first text in a code or name column."""
    for index in (side.label, *side.descriptors):
        text = _text(row, index) if index is not None else ""
        if index is not None and text and not is_numeric_cell(text) and not is_dash(text):
            return row[index]
    return None


def _read_amount(row: Row, column: ColumnSpec, line: PrintedLine, collector: Collector) -> None:
    text = _text(row, column.index)
    if not text:
        return
    cell = row[column.index]
    if line.row_label is None:
        collector.reject(cell, "no_label", "a figure in a row that has neither a label nor a code")
    elif is_amount(text) or is_dash(text):
        collector.amount(cell, line.line_id, column.index)
    else:
        collector.reject(cell, "not_a_number", f"the column {'/'.join(column.path)!r} holds money")


def _file_rest(row: Row, reading: _Reading, collector: Collector) -> None:
    """File every numeric cell of the row that no side took."""
    for index, cell in enumerate(row):
        if is_numeric_cell(cell.text) and not collector.is_filed(cell):
            _file_by_role(
                cell, reading.columns[index] if index < len(reading.columns) else None, reading, collector
            )


def _file_by_role(cell: Cell, column: ColumnSpec | None, reading: _Reading, collector: Collector) -> None:
    if column is None:
        collector.reject(cell, "outside_header", "the row is longer than its header")
    elif column.meaning is None:
        collector.reject(cell, "unknown_header", _header_hint(column, reading.form_key))
    elif column.role == "ordinal":
        collector.file(cell, "ordinals")
    elif column.role == "quantity":
        collector.file(cell, "quantities")
    else:
        reason = (
            "number_in_text_column"
            if column.role in ("text", "detail", "label", "government_label")
            else "not_a_code"
        )
        collector.reject(cell, reason, f"under the header {'/'.join(column.path)!r}")


def _header_hint(column: ColumnSpec, form_key: str | None) -> str:
    printed = "/".join(column.path) or "(blank)"
    row = f"{printed},{form_key or ''},<role>,<side_key>,<measure>,<fund>"
    return f"the header {printed!r} is unknown; add a row to column_headers.csv: {row}"
