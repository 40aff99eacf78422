"""``disclosures findings``: what does not add up, and where."""

from __future__ import annotations

import duckdb
from rich.markup import escape
from rich.table import Table

from orchestration.command.options import Severity
from orchestration.command.published import published
from orchestration.command.terminal import UsageError, messages, output
from orchestration.paths import Paths, command_as_typed


def show_findings(paths: Paths, document: str | None, severity: Severity | None, limit: int) -> None:
    """Print findings, gravest first. ``document`` is part of a file name or the start of a document id.

    Raises :class:`UsageError` when no document matches.
    """
    with published(paths) as connection:
        documents = _matching_documents(connection, document)
        rows = connection.execute(
            """
            select severity, file_name, rule_id, places, residual_yuan, message_zh, finding_id
            from marts.fct_findings
            join staging.documents using (document_id)
            where list_contains($documents, document_id) and ($severity is null or severity = $severity)
            order by
                list_position(['discrepancy', 'suspect', 'rounding', 'note'], severity),
                file_name, places, finding_id
            """,
            {"documents": documents, "severity": severity.value if severity else None},
        ).fetchall()
    if not rows:
        messages().print("No findings.")
        return
    table = Table(show_edge=False)
    for name in ("severity", "document", "rule", "places", "residual 元", "what", "finding"):
        is_id = name == "finding"
        table.add_column(name, justify="right" if "元" in name else "left", overflow="fold", no_wrap=is_id)
    for severity_, file_name, rule, places, residual, message, finding in rows[:limit]:
        printed = ", ".join(str(place) for place in places or ())
        amount = "" if residual is None else f"{residual:,}"
        table.add_row(severity_, escape(file_name), rule, printed, amount, escape(message or ""), finding)
    output().print(table)
    shown = min(limit, len(rows))
    messages().print(
        f"{shown} of {len(rows)} findings. `{command_as_typed()} explain FINDING` shows the evidence."
    )


def _matching_documents(connection: duckdb.DuckDBPyConnection, document: str | None) -> list[str]:
    found = connection.execute(
        """
        select document_id from staging.documents
        where $document is null
            or contains(file_name, $document) or starts_with(document_id, lower($document))
        """,
        {"document": document},
    ).fetchall()
    if document is not None and not found:
        raise UsageError(f"No document has “{document}” in its name or begins its id with it.")
    return [str(document_id) for (document_id,) in found]
