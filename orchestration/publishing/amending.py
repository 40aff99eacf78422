"""A version from the one before it: a copy of its file in which the rows of changed documents are others.

What a full copy of the build costs grows with all documents; this, but for copying one file, with those that
changed. It is possible when the build follows the very one that the version before was made of, by the same
models, and touched some documents only (``dbt_project/macros/incremental``).

- A relation that is built by document: the rows of touched documents are replaced.
- Any other one that nothing refers to: all rows are replaced.
- Any other one that is referred to: only the rows that are others. The documents that refer to such a row are
  compared with each other, so all of them are touched; were one not, its key would refuse, and everything is
  copied after all.

DuckDB looks at a key before it looks at what else the transaction does, so rows go in transactions of their
own, from those that refer to those that are referred to, and come back in one, the other way round.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.building.catalogue import Relation
from orchestration.home.checksums import copy_with_sha256
from orchestration.home.paths import Paths
from orchestration.home.progress import report
from orchestration.publishing import meta
from orchestration.publishing.last_build import LastBuild
from orchestration.publishing.meta_rows import write_meta
from orchestration.publishing.snapshot import (
    LAYOUT,
    STEP,
    beside_the_build,
    kept_keys,
    referenced_first,
    with_built_columns,
)
from orchestration.publishing.version import Provenance, Version
from orchestration.texts.quoting import identifier, identifiers

MOST_GROWTH = 1.25
"""An amended file that is so many times as large as the last that was copied whole is not amended further:
the space of rows that were replaced is used again only in part."""


@dataclass(frozen=True, slots=True)
class Base:
    """The version that is amended."""

    file: Path
    sha256: str
    amendments: int
    """How many versions there were since the last that was copied whole, this one among them."""
    whole_bytes: int
    """The size of that last one."""


class UnfitBaseError(RuntimeError):
    """The version before cannot be amended; everything has to be copied."""


def base_of(
    paths: Paths, build: LastBuild | None, relations: Sequence[Relation], made_from: Provenance
) -> Base | None:
    """The current version, if amending it gives what a copy of the whole build would; else ``None``."""
    if build is None or build.why_everything or not build.is_complete or build.follows is None:
        return None
    try:
        current = json.loads(paths.published_manifest.read_bytes())
        origin = current["made_from"]
        fits = (
            current["build"] == build.follows
            and current["layout"] == LAYOUT
            and current["bytes"] < MOST_GROWTH * current["whole_bytes"]
            and set(current["rows"]) == {relation.full_name for relation in relations}
            and origin["dbt_project"] == made_from.dbt_project
            and origin["duckdb_version"] == made_from.duckdb_version
        )
        file = paths.published_folder / current["file"]
        base = Base(file, current["sha256"], current["amendments"], current["whole_bytes"])
    except (OSError, ValueError, KeyError, TypeError):  # none yet, of an older program, or damaged
        return None
    return base if fits and base.file.is_file() else None


def amend_snapshot(
    file: Path, base: Base, build_file: Path, relations: Sequence[Relation], version: Version
) -> dict[str, int]:
    """Make ``file`` of a copy of ``base`` and what the build made anew; give the rows of each relation.

    Raises :class:`UnfitBaseError` when the base is not what was published, or a key refuses; ``file`` is then
    of no use.
    """
    if copy_with_sha256(base.file, file) != base.sha256:
        raise UnfitBaseError(f"{base.file} is not what was published")
    build = build_file.stem
    with beside_the_build(file, build_file) as connection:
        as_built = with_built_columns(connection, build, relations)
        in_order = list(referenced_first(as_built))
        referred_to = {key.relation for each in relations for key in kept_keys(each)}
        amended = [_Amended(connection, build, each, each.name in referred_to) for each in in_order]
        connection.execute(
            "create temp table touched as "
            f"select document_id from {identifier(build, 'build_state', 'touched_documents')}"
        )
        try:
            for each in reversed(amended):
                each.take_out()
            connection.execute("begin")
            for count, each in enumerate(amended, start=1):
                each.put_in()
                report(STEP, count, len(amended))
            connection.execute("commit")
        except duckdb.ConstraintException as error:
            raise UnfitBaseError(str(error)) from error
        rows = {each.relation.full_name: each.count() for each in amended}
        for relation in reversed(meta.RELATIONS):
            connection.execute(f"delete from {identifier(relation.schema, relation.name)}")
        write_meta(connection, version, as_built, rows)
    return rows


class _Amended:
    """One relation of the copied file, and how its rows become those of the build."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, build: str, relation: Relation, is_referred_to: bool
    ) -> None:
        self.relation = relation
        self._connection = connection
        self._table = identifier(relation.schema, relation.name)
        self._built = identifier(build, relation.schema, relation.name)
        self._out, self._in = self._conditions(is_referred_to)

    def _conditions(self, is_referred_to: bool) -> tuple[str, str]:
        """Which rows of the copy may be others now, and which of the build stand in their place."""
        if self.relation.is_by_document:
            touched = "where document_id in (from touched)"
            return touched, touched
        if not is_referred_to:
            return "", ""
        key = identifiers(self.relation.primary_key)
        others = f"from {self._table} except from {self._built}"
        return (
            f"where ({key}) in (select ({key}) from ({others}))",
            f"where ({key}) not in (select ({key}) from {self._table})",
        )

    def take_out(self) -> None:
        """Delete the rows that may be others now."""
        self._connection.execute(f"delete from {self._table} {self._out}")

    def put_in(self) -> None:
        """Insert the rows that stand in their place."""
        self._connection.execute(f"insert into {self._table} from {self._built} {self._in}")

    def count(self) -> int:
        """How many rows there are."""
        ((rows,),) = self._connection.execute(f"select count(*) from {self._table}").fetchall()
        return int(rows)
