"""``disclosures scorecard``: how complete, consistent and concrete each disclosure is."""

from __future__ import annotations

from rich.table import Table

from orchestration.command.documents import matching_documents
from orchestration.command.facts import joined
from orchestration.command.published import Row, published, rows
from orchestration.command.terminal import escape, messages, output
from orchestration.home.paths import Paths

_SCORECARD = """
    from marts.fct_disclosure_scorecard
    where list_contains($documents, document_id)
    order by file_name, document_id
"""
_COLUMNS = (
    "document",
    "of",
    "forms\nof required",
    "blank",
    "illegible",
    "identities\nhold of asked",
    "causes",
    "suspects",
    "notes",
    "amounts",
    "reconciled\n%",
    "claims\nreconciled",
    "indicators",
    "quantified\n%",
)


def show_scorecard(paths: Paths, document: str | None) -> None:
    """Print one row per document. ``document`` is part of a file name or the start of a document id.

    Raises :class:`UsageError` when no document matches.
    """
    with published(paths) as connection:
        documents = matching_documents(connection, document)
        cards = rows(connection, _SCORECARD, documents=documents)
    if not cards:
        messages().print("No documents.")
        return
    table = Table(show_edge=False)
    for name in _COLUMNS:
        is_text = name in ("document", "of")
        table.add_column(name, justify="left" if is_text else "right", overflow="fold")
    for card in cards:
        table.add_row(*(escape(cell) for cell in _cells(card)))
    output().print(table)
    messages().print("marts.fct_disclosure_scorecard has more columns. Blank: nothing to count.")


def _cells(card: Row) -> tuple[str, ...]:
    state = "" if card["status"] == "read" else f" ({card['status']})"
    return (
        f"{card['file_name']}{state}",
        joined(card, "fiscal_year", "stage"),
        _share(card, "forms_present", "forms_required"),
        _count(card, "forms_blank_with_reason", "forms_blank_without_reason"),
        _count(card, "forms_illegible"),
        _share(card, "identities_hold", "identities_asked"),
        _count(card, "discrepancy_causes"),
        _count(card, "suspects"),
        _count(card, "notes"),
        _count(card, "amounts"),
        _text(card["amounts_reconciled_pct"]),
        _share(card, "claims_reconciled", "claims"),
        _count(card, "indicators"),
        _text(card["indicators_quantified_pct"]),
    )


def _share(card: Row, part: str, whole: str) -> str:
    return f"{card[part]:,} / {card[whole]:,}" if card[whole] else ""


def _count(card: Row, *names: str) -> str:
    count = sum(int(str(card[name])) for name in names)
    return f"{count:,}" if count else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)
