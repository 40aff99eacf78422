"""Identities as equations: each printed term with its sign and its exact value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import duckdb
from rich.table import Table

from orchestration.checking.evidence import RATE_UNITS
from orchestration.command.facts import printed
from orchestration.command.published import Row, place_sql, rows
from orchestration.command.terminal import escape

_TERMS = f"""
    select
        terms.*, terms.printed_text as amount_text, {place_sql("terms")} as place,
        documents.file_name, trusted.corrected_yuan
    from reconciliation.int_finding_terms as terms
    join staging.documents as documents on terms.document_id = documents.document_id
    left join reconciliation.amount_trust as trusted on terms.amount_id = trusted.amount_id
    where terms.identity_id in (select unnest($identities::varchar[]))
    -- an identity may be a finding at several places
    qualify terms.finding_id = min(terms.finding_id) over (partition by terms.identity_id)
    order by
        terms.identity_id, terms.term_no, terms.document_id, terms.page_no, terms.line_no, terms.cell_id
"""
_COLUMNS = ("", "printed", "exact 元", "line", "measure", "form", "place", "figure")


def terms_of(connection: duckdb.DuckDBPyConnection, identities: Sequence[str]) -> dict[str, list[Row]]:
    """The terms of each of ``identities``, in the order of the equation."""
    terms: dict[str, list[Row]] = {identity: [] for identity in identities}
    for term in rows(connection, _TERMS, identities=list(identities)):
        terms[str(term["identity_id"])].append(term)
    return terms


def equation(terms: Sequence[Row], home: str, residual: object, suspects: Mapping[str, str | None]) -> Table:
    """The terms, which together should be zero, and what they are instead.

    ``home`` is the document of which the identity is asked: places elsewhere carry the name of their file.
    ``suspects`` are the cells that are probably wrong, with what they should say. A blank that is none of
    them adds nothing and is only counted.
    """
    table = Table(show_edge=False)
    for name in _COLUMNS:
        is_number = name in ("", "printed", "exact 元")
        table.add_column(name, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    shown = [term for term in terms if term["cell_state"] != "blank" or term["cell_id"] in suspects]
    for term in shown:
        place = str(term["place"] or "")
        cells = (
            _sign(term),
            _figure(term, suspects),
            "" if _is_rate(term) else _signed(term["contribution_yuan"]),
            term["row_label"],
            term["measure"],
            term["form_key"],
            place if term["document_id"] == home else f"{term['file_name']}:{place}",
            term["amount_id"],
        )
        table.add_row(*(escape(str(cell or "")) for cell in cells))
    blanks = len(terms) - len(shown)
    left_out = f"{blanks} blank {'cell' if blanks == 1 else 'cells'} left out" if blanks else ""
    table.add_section()
    table.add_row("=", "", _signed(residual), left_out)
    return table


def _sign(term: Row) -> str:
    if _is_rate(term):
        return "rate"
    weight = Decimal(str(term["weight"]))
    sign = "+" if weight >= 0 else "−"
    factor = abs(weight).normalize()
    return sign if factor == 1 else f"{sign} {factor:f} ×"


def _is_rate(term: Row) -> bool:
    """A rate is not added up; it is what another term is multiplied by."""
    return term["unit"] in RATE_UNITS


def _figure(term: Row, suspects: Mapping[str, str | None]) -> str:
    if term["cell_state"] == "blank":
        text = "(blank)"
    elif _is_rate(term):
        text = str(term["amount_text"])
    else:
        text = printed(term["amount_text"], term["unit"])
    if term["corrected_yuan"] is not None:
        text += " (corrected by decision)"
    cell = str(term["cell_id"])
    return f"{text} ⇒ {suspects[cell]}" if cell in suspects else text


def _signed(value: object) -> str:
    if not isinstance(value, Decimal):
        return ""
    return f"{value:+,}".replace("-", "−") if value else f"{value:,}"
