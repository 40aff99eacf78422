"""Which documents a person means."""

from __future__ import annotations

import duckdb

from orchestration.command.terminal import UsageError


def matching_documents(connection: duckdb.DuckDBPyConnection, document: str | None) -> list[str]:
    """Ids of the documents whose file name contains ``document`` or whose id begins with it.

    For None, of all that no later version took the place of; one that is asked for is found all the same.

    Raises :class:`UsageError` when no document matches.
    """
    found = connection.execute(
        """
        select document_id from marts.dim_document
        where ($document is null and not is_superseded)
            or contains(file_name, $document) or starts_with(document_id, lower($document))
        """,
        {"document": document},
    ).fetchall()
    if document is not None and not found:
        raise UsageError(f"No document has “{document}” in its name or begins its id with it.")
    return [str(document_id) for (document_id,) in found]
