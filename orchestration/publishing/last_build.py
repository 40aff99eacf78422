"""What the last build made anew, as dbt left word of it in the build file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb


class LastBuild(NamedTuple):
    """How many documents a build is made of, how many of them it made anew, and why all of them if it did."""

    documents: int
    touched: int
    why_everything: str | None
    invocation_id: str
    is_complete: bool
    follows: str | None
    """The complete build whose rows it has, but for those of the documents that it made anew."""

    def in_words(self) -> str:
        """One clause for people to read."""
        if self.why_everything:
            return f"all rebuilt ({self.why_everything})"
        return f"{self.touched:,} rebuilt"


def last_build(build_file: Path) -> LastBuild:
    """Read it from a build file that nobody is writing.

    Raises :class:`duckdb.Error` when the file is not there or no build has begun in it.
    """
    with closing(duckdb.connect(build_file, read_only=True)) as connection:
        (row,) = connection.execute(
            "select documents, touched_documents, why_everything, invocation_id, is_complete, follows "
            "from build_state.builds"
        ).fetchall()
    return LastBuild(*row)
