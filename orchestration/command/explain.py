"""``disclosures explain``: from an amount or a finding back to the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from extract import text_lines
from extract.landing import LandedBytesError, LandingStore
from orchestration.command.published import published
from orchestration.command.terminal import UsageError, output
from orchestration.paths import Paths

_LINES_AROUND = 3
_TAB = " │ "
_CELL_OPENS, _CELL_CLOSES = "【", "】"

Row = Mapping[str, object]


def explain(paths: Paths, identifier: str) -> None:
    """Print everything behind an amount or a finding, whose id may be cut short while it stays unambiguous.

    Raises :class:`UsageError` when the id names nothing, or several things.
    """
    console = output()
    with published(paths) as connection:
        kind, full = _find(connection, identifier)
        if kind == "amount":
            amount = _one(connection, _AMOUNT, full)
            console.print(_facts(_amount_facts(amount)))
            _print_place(console, paths, amount, [amount["line_no"]], amount["field_no"])
        else:
            finding = _one(connection, _FINDING, full)
            console.print(_facts(_finding_facts(finding)))
            places = finding["places"]
            _print_place(console, paths, finding, places if isinstance(places, list) else [], None)


_AMOUNT = """
    select
        amounts.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        documents.media_type, forms.printed_number, forms.printed_title, forms.unit_text,
        lines.side_key, lines.line_key, trusted.trust
    from staging.amounts
    join staging.documents using (document_id)
    join staging.forms using (form_id)
    join staging.lines using (line_id)
    left join reconciliation.amount_trust as trusted using (amount_id)
    where amount_id = $id
"""
_FINDING = """
    select findings.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        documents.media_type
    from marts.fct_findings as findings
    join staging.documents using (document_id)
    where finding_id = $id
"""


def _find(connection: duckdb.DuckDBPyConnection, identifier: str) -> tuple[str, str]:
    found = connection.execute(
        """
        select 'finding', finding_id from marts.fct_findings where starts_with(finding_id, $id)
        union all
        select 'amount', amount_id from staging.amounts where starts_with(amount_id, $id)
        limit 1000
        """,
        {"id": identifier},
    ).fetchall()
    exact = [(str(kind), str(full)) for kind, full in found if full == identifier]
    if exact:
        return exact[0]
    if not found:
        raise UsageError(f"No amount or finding has the id {identifier} or begins with it.")
    if len(found) > 1:
        raise UsageError(f"{len(found)} amounts and findings begin with {identifier}; give more of the id.")
    return str(found[0][0]), str(found[0][1])


def _one(connection: duckdb.DuckDBPyConnection, query: str, identifier: str) -> Row:
    cursor = connection.execute(query, {"id": identifier})
    names = [column[0] for column in cursor.description or []]
    row = cursor.fetchone()
    if row is None:  # the id was found, so a join lost it
        raise UsageError(f"{identifier} has no document, form or line; the warehouse is not consistent.")
    return dict(zip(names, row, strict=True))


def _amount_facts(amount: Row) -> list[tuple[str, object]]:
    return [
        ("amount", amount["amount_id"]),
        ("printed", f"{amount['amount_text']} {amount['unit'] or '(unit printed nowhere)'}"),
        ("exact", _yuan(amount["amount_yuan"])),
        ("trust", amount["trust"]),
        ("column", amount["column_path"]),
        ("measure", amount["measure"]),
        ("line", " ".join(str(part) for part in (amount["code"], amount["row_label"]) if part)),
        ("row kind", amount["row_kind"]),
        ("form", " ".join(str(amount[name]) for name in ("printed_number", "printed_title") if amount[name])),
        ("form key", amount["form_key"]),
        ("document", _document(amount)),
    ]


def _finding_facts(finding: Row) -> list[tuple[str, object]]:
    places = finding["places"]
    return [
        ("finding", finding["finding_id"]),
        ("severity", finding["severity"]),
        ("rule", finding["rule_id"]),
        ("what", finding["message_en"]),
        ("", finding["message_zh"]),
        ("left", _yuan(finding["left_yuan"])),
        ("right", _yuan(finding["right_yuan"])),
        ("residual", _yuan(finding["residual_yuan"])),
        ("tolerance", _yuan(finding["tolerance_yuan"])),
        ("suspected", finding["suspected_amount_id"]),
        ("suggested", finding["suggested_text"]),
        ("form key", finding["form_key"]),
        ("places", ", ".join(str(place) for place in places) if isinstance(places, list) else None),
        ("document", _document(finding)),
    ]


def _document(row: Row) -> str:
    known = [str(row[name]) for name in ("publisher_name", "fiscal_year", "stage") if row[name] is not None]
    return f"{row['file_name']} ({', '.join(known)}) {row['document_id']}"


def _yuan(value: object) -> str | None:
    return f"{value:,} 元" if isinstance(value, Decimal) else None


def _facts(facts: Sequence[tuple[str, object]]) -> Table:
    table = Table(show_header=False, show_edge=False, box=None)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in facts:
        if value not in (None, ""):
            table.add_row(name, escape(str(value)))
    return table


def _print_place(
    console: Console, paths: Paths, row: Row, places: Sequence[object], field_no: object
) -> None:
    """Print the landed text around each place, the cell itself in brackets."""
    if row["media_type"] != "text/plain":
        console.print(f"\nOpen the document at page {', '.join(str(place) for place in places)}.")
        return
    store = LandingStore(paths.landing)
    try:
        _, data = store.fetch(str(row["document_id"]), str(row["file_name"]))
        lines = text_lines(data)
    except (LandedBytesError, ValueError) as error:
        console.print(f"\nThe printed text cannot be shown: {error}")
        return
    marked = {int(str(place)) for place in places if place is not None}
    previous = 0
    for number in sorted(_neighbours(marked, len(lines))):
        if number != previous + 1:
            console.print()
        console.print(_line(number, lines[number - 1], number in marked, field_no), soft_wrap=True)
        previous = number


def _neighbours(marked: set[int], last: int) -> set[int]:
    return {
        near
        for number in marked
        for near in range(number - _LINES_AROUND, number + _LINES_AROUND + 1)
        if 1 <= near <= last
    }


def _line(number: int, line: str, is_marked: bool, field_no: object) -> Text:
    text = Text(f"{'▶' if is_marked else ' '} {number:>5}  ", style="bold" if is_marked else "dim")
    for position, field in enumerate(line.rstrip("\r").split("\t")):
        is_cell = is_marked and position == field_no
        printed = f"{_CELL_OPENS}{field.strip()}{_CELL_CLOSES}" if is_cell else field.strip()
        text.append(_TAB if position else "")
        text.append(printed, style="reverse" if is_cell else None)
    return text
