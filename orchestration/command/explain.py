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
Cells = Mapping[int, set[int]]
"""The fields to mark, by line."""


def explain(paths: Paths, identifier: str) -> None:
    """Print everything behind an amount or a finding, whose id may be cut short while it stays unambiguous.

    Raises :class:`UsageError` when the id names nothing, or several things.
    """
    with published(paths) as connection:
        kind, full = _find(connection, identifier)
        if kind == "amount":
            _explain_amount(connection, paths, full)
        else:
            _explain_finding(connection, paths, full)


def _explain_amount(connection: duckdb.DuckDBPyConnection, paths: Paths, amount_id: str) -> None:
    (amount,) = _rows(connection, _AMOUNT, amount_id)
    console = output()
    console.print(_facts(_amount_facts(amount)))
    for identity in _rows(connection, _IDENTITIES_OF_AMOUNT, amount_id):
        residual = "" if identity["outcome"] != "breaks" else f", off by {_yuan(identity['residual_yuan'])}"
        console.print(f" {identity['outcome']}: {escape(str(identity['rule_id']))}{residual}")
    _print_places(console, paths, amount, [amount["line_no"]], _cells([amount]))


def _explain_finding(connection: duckdb.DuckDBPyConnection, paths: Paths, finding_id: str) -> None:
    (finding,) = _rows(connection, _FINDING, finding_id)
    terms = _rows(connection, _TERMS_OF_FINDING, finding_id)
    console = output()
    console.print(_facts(_finding_facts(finding)))
    if terms:
        console.print(_equation(terms))
    _print_places(console, paths, finding, _places(finding), _cells(terms))


_AMOUNT = """
    select
        amounts.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        documents.media_type, forms.printed_number, forms.printed_title, trusted.trust
    from staging.amounts
    join staging.documents using (document_id)
    left join staging.forms using (form_id)
    left join reconciliation.amount_trust as trusted using (amount_id)
    where amount_id = $id
"""
_IDENTITIES_OF_AMOUNT = """
    select outcome, residual_yuan, rule_id
    from reconciliation.identity_results
    where list_contains(list_transform(terms, lambda term: term.amount_id), $id)
    order by outcome, rule_id
"""
_FINDING = """
    select findings.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        documents.media_type
    from marts.fct_findings as findings
    join staging.documents using (document_id)
    where finding_id = $id
"""
# A finding of a broken identity has the identity's own figures; other findings have no terms.
_TERMS_OF_FINDING = """
    with broken as (
        select unnest(results.terms, recursive := true)
        from (
            select results.terms
            from marts.fct_findings as findings
            join reconciliation.identity_results as results on findings.identity_id = results.identity_id
            where findings.finding_id = $id
        ) as results
    )
    select broken.*, amounts.field_no
    from broken
    left join staging.amounts on broken.amount_id = amounts.amount_id
    order by term_no
"""


def _find(connection: duckdb.DuckDBPyConnection, identifier: str) -> tuple[str, str]:
    found = connection.execute(
        """
        select 'finding', finding_id from marts.fct_findings where starts_with(finding_id, $id)
        union all
        select 'amount', amount_id from staging.amounts where starts_with(amount_id, $id)
        """,
        {"id": identifier},
    ).fetchall()
    exact = [(str(kind), str(full)) for kind, full in found if full == identifier]
    if exact:
        return exact[0]
    if not found:
        raise UsageError(f"No amount or finding has the id {identifier} or begins with it.")
    if len(found) > 1:
        raise UsageError(f"{len(found):,} amounts and findings begin with {identifier}; give more of the id.")
    return str(found[0][0]), str(found[0][1])


def _rows(connection: duckdb.DuckDBPyConnection, query: str, identifier: str) -> list[Row]:
    cursor = connection.execute(query, {"id": identifier})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _amount_facts(amount: Row) -> list[tuple[str, object]]:
    return [
        ("amount", amount["amount_id"]),
        ("printed", f"{amount['amount_text']} {amount['unit'] or '(unit printed nowhere)'}"),
        ("exact", _yuan(amount["amount_yuan"])),
        ("trust", amount["trust"]),
        ("column", amount["column_path"]),
        ("measure", amount["measure"]),
        ("line", _joined(amount, "code", "row_label")),
        ("row kind", amount["row_kind"]),
        ("form", _joined(amount, "printed_number", "printed_title")),
        ("form key", amount["form_key"]),
        ("document", _document(amount)),
    ]


def _finding_facts(finding: Row) -> list[tuple[str, object]]:
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
        ("places", ", ".join(str(place) for place in _places(finding))),
        ("document", _document(finding)),
    ]


def _facts(facts: Sequence[tuple[str, object]]) -> Table:
    table = Table(show_header=False, show_edge=False, box=None)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in facts:
        if value not in (None, ""):
            table.add_row(name, escape(str(value)))
    return table


def _equation(terms: Sequence[Row]) -> Table:
    """Each term of a broken identity; together they should be zero."""
    table = Table(title="terms, which should add up to zero", title_justify="left", show_edge=False)
    for name in ("", "printed", "unit", "line", "measure", "form", "amount"):
        table.add_column(name, justify="right" if name == "printed" else "left", overflow="fold")
    for term in terms:
        sign = "+" if term["sign"] == 1 else "−"
        row = (sign, *(term[name] for name in ("amount_text", "unit", "row_label", "measure", "form_key")))
        table.add_row(*(escape(str(value or "")) for value in (*row, term["amount_id"])))
    return table


def _print_places(console: Console, paths: Paths, row: Row, places: Sequence[object], cells: Cells) -> None:
    """Print the landed text around each place, its cells in brackets."""
    if row["media_type"] != "text/plain":
        console.print(f"\nOpen the document at page {', '.join(str(place) for place in places)}.")
        return
    store = LandingStore(paths.landing)
    try:
        _, data = store.fetch(str(row["document_id"]), str(row["file_name"]))
        lines = text_lines(data)
    except (LandedBytesError, ValueError) as error:
        console.print(f"\nThe printed text cannot be shown: {escape(str(error))}")
        return
    marked = {place for place in places if isinstance(place, int)}
    previous: int | None = None
    for number in sorted(_neighbours(marked, len(lines))):
        if number - 1 != previous:
            console.print()
        printed = _line(number, lines[number - 1], number in marked, cells.get(number, set()))
        console.print(printed, soft_wrap=True)
        previous = number


def _neighbours(marked: set[int], last: int) -> set[int]:
    return {
        near
        for number in marked
        for near in range(number - _LINES_AROUND, number + _LINES_AROUND + 1)
        if 1 <= near <= last
    }


def _line(number: int, line: str, is_marked: bool, cells: set[int]) -> Text:
    text = Text(f"{'▶' if is_marked else ' '} {number:>5}  ", style="bold" if is_marked else "dim")
    for position, field in enumerate(line.rstrip("\r").split("\t")):
        text.append(_TAB if position else "")
        if position in cells:
            text.append(f"{_CELL_OPENS}{field.strip()}{_CELL_CLOSES}", style="reverse")
        else:
            text.append(field.strip())
    return text


def _cells(rows: Sequence[Row]) -> Cells:
    cells: dict[int, set[int]] = {}
    for row in rows:
        line, field = row["line_no"], row["field_no"]
        if isinstance(line, int) and isinstance(field, int):
            cells.setdefault(line, set()).add(field)
    return cells


def _places(finding: Row) -> list[object]:
    places = finding["places"]
    return places if isinstance(places, list) else []


def _document(row: Row) -> str:
    return (
        f"{row['file_name']} ({_joined(row, 'publisher_name', 'fiscal_year', 'stage')}) {row['document_id']}"
    )


def _joined(row: Row, *names: str) -> str:
    return " ".join(str(row[name]) for name in names if row[name] is not None)


def _yuan(value: object) -> str | None:
    return f"{value:,} 元" if isinstance(value, Decimal) else None
