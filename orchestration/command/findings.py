"""``disclosures findings``: what does not add up and where, finding by finding or cause by cause."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from orchestration.command.documents import matching_documents
from orchestration.command.options import Severity
from orchestration.command.published import Row, published, rows
from orchestration.command.terminal import UsageError, escape, messages, output
from orchestration.home.paths import Paths, command_as_typed

_GRAVEST_FIRST = "list_position(['discrepancy', 'suspect', 'rounding', 'note'], severity)"
_FINDINGS = f"""
    select severity, file_name, rule_id, places, residual_yuan, message_zh, acknowledged_because, finding_id
    from marts.fct_findings
    join staging.documents using (document_id)
    where list_contains($documents, document_id) and ($severity is null or severity = $severity)
    order by {_GRAVEST_FIRST}, file_name, places, finding_id
"""
# A cause names the form of a finding; the figure to be corrected may stand in another, or in the prose.
_CAUSES = f"""
    select
        causes.*, documents.file_name,
        case when claims.claim_id is not null then '说明' else forms.name_zh end as where_printed
    from marts.fct_causes as causes
    join staging.documents as documents using (document_id)
    left join staging.amounts as amounts on causes.suspected_amount_id = amounts.amount_id
    left join staging.claims as claims on causes.suspected_amount_id = claims.claim_id
    left join marts.dim_form as forms on coalesce(amounts.form_key, causes.form_key) = forms.form_key
    where list_contains($documents, document_id) and ($severity is null or severity = $severity)
    order by {_GRAVEST_FIRST}, file_name, coalesce(suspected_place, places[1]), cause_id
"""
_MOST_PLACES = 6
_OF_CAUSES = (Severity.DISCREPANCY, Severity.SUSPECT)


def show_findings(paths: Paths, document: str | None, severity: Severity | None, limit: int) -> None:
    """Print findings, gravest first. ``document`` is part of a file name or the start of a document id.

    Raises :class:`UsageError` when no document matches.
    """
    found = _found(paths, _FINDINGS, document, severity)
    if not found:
        messages().print("No findings.")
        return
    names = ("severity", "document", "rule", "places", "residual 元", "what", "finding")
    table = _table(names, numbers=("residual 元",), ids=("finding",))
    for row in found[:limit]:
        amount = "" if row["residual_yuan"] is None else f"{row['residual_yuan']:,}"
        what = f"{row['message_zh']}{_acknowledged(row['acknowledged_because'] is not None)}"
        cells = (
            row["severity"],
            row["file_name"],
            row["rule_id"],
            _places(row),
            amount,
            what,
            row["finding_id"],
        )
        table.add_row(*(escape(str(cell or "")) for cell in cells))
    output().print(table)
    typed = command_as_typed()
    messages().print(
        f"{min(limit, len(found))} of {len(found)} findings. `{typed} explain FINDING` shows the evidence; "
        f"`{typed} findings --causes` shows what to correct."
    )


def show_causes(paths: Paths, document: str | None, severity: Severity | None, limit: int) -> None:
    """Print what to correct, gravest first: findings of one cause are one row.

    Raises :class:`UsageError` when no document matches, or for a severity that has no causes.
    """
    if severity not in (None, *_OF_CAUSES):
        raise UsageError(f"Only {' and '.join(_OF_CAUSES)} findings have causes; leave out --causes.")
    found = _found(paths, _CAUSES, document, severity)
    if not found:
        messages().print("Nothing to correct.")
        return
    names = ("severity", "document", "what", "place", "printed ⇒ meant", "slip", "breaks", "cause")
    table = _table(names, numbers=("breaks",), ids=("cause",))
    for row in found[:limit]:
        cells = (
            row["severity"],
            row["file_name"],
            f"{_what(row)}{_acknowledged(bool(row['is_acknowledged']))}",
            row["suspected_place"] or _places(row),
            _correction(row),
            _slip(row),
            row["identities_broken"],
            row["cause_id"],
        )
        table.add_row(*(escape(str(cell or "")) for cell in cells))
    output().print(table)
    messages().print(
        f"{min(limit, len(found))} of {len(found)} causes. "
        f"`{command_as_typed()} explain CAUSE` shows every identity that it breaks."
    )


def _found(paths: Paths, query: str, document: str | None, severity: Severity | None) -> list[Row]:
    with published(paths) as connection:
        documents = matching_documents(connection, document)
        chosen = severity.value if severity else None
        return rows(connection, query, documents=documents, severity=chosen)


def _table(names: Sequence[str], numbers: Sequence[str], ids: Sequence[str]) -> Table:
    table = Table(show_edge=False)
    for name in names:
        table.add_column(
            name, justify="right" if name in numbers else "left", overflow="fold", no_wrap=name in ids
        )
    return table


def _places(row: Row) -> str:
    places = row["places"]
    if not isinstance(places, list):
        return ""
    more = ", …" if len(places) > _MOST_PLACES else ""
    return ", ".join(str(place) for place in places[:_MOST_PLACES]) + more


def _what(row: Row) -> str:
    """The figure where one is suspected; otherwise the sentence."""
    if row["cause_kind"] != "figure":
        return str(row["message_zh"])
    return " · ".join(str(row[name]) for name in ("where_printed", "suspected_label") if row[name])


def _correction(row: Row) -> str:
    # What is suggested besides is a code, a year or a name; the sentence says instead of what.
    if row["suggested_text"] is None:
        return ""
    was = (row["printed_text"] or "(blank)") if row["cause_kind"] == "figure" else ""
    return f"{was} ⇒ {row['suggested_text']}".strip()


def _slip(row: Row) -> str:
    kind = row["slip_kind"] or (row["cause_kind"] if row["cause_kind"] != "figure" else None)
    return "not located" if kind == "unlocated" else str(kind or "").replace("_", " ")


def _acknowledged(is_known: bool) -> str:
    return " (acknowledged)" if is_known else ""
