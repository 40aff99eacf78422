"""What publishers got wrong that is new in a version: causes that the version before did not have."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.home.paths import Paths
from orchestration.texts.quoting import literal

_DISCREPANCIES = (
    "from {}.marts.fct_causes where severity = 'discrepancy' and not is_superseded and not is_acknowledged"
)


class Cause(NamedTuple):
    """One cause of discrepancies, as a reader looks for it in the document."""

    file_name: str
    place: int | None
    printed_text: str | None
    suggested_text: str | None
    message: str


def new_causes(paths: Paths) -> tuple[list[Cause], int]:
    """The causes that are new in the current version, by document and place, and how many it has in all."""
    with closing(duckdb.connect()) as connection:
        connection.execute(f"attach {literal(str(paths.published_file))} as now (read_only)")
        connection.execute(f"create temp table causes as {_DISCREPANCIES.format('now')}")
        ((total,),) = connection.execute("select count(*) from causes").fetchall()
        if (before := _version_before(paths)) is not None:
            connection.execute(f"attach {literal(str(before))} as before (read_only)")
            known = f"select cause_id {_DISCREPANCIES.format('before')}"
            connection.execute(f"delete from causes where cause_id in ({known})")
        found = connection.execute(
            """
            select file_name, suspected_place, printed_text, suggested_text, message_zh
            from causes
            inner join now.marts.dim_document using (document_id)
            order by file_name, suspected_place, cause_id
            """
        ).fetchall()
    return [Cause(*row) for row in found], int(total)


def _version_before(paths: Paths) -> Path | None:
    versions = sorted(paths.published_folder.glob(f"*{paths.published_file.suffix}"))
    older = [version for version in versions if not version.samefile(paths.published_file)]
    return older[-1] if older else None
