"""``disclosures sources``: where disclosures come from, when each place was visited, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.table import Table

from extract.sources.declared import Registry, Source
from extract.sources.registry import RegistryError
from orchestration.command.terminal import UsageError, escape, messages, output
from orchestration.declared_sources import declared_sources
from orchestration.paths import Paths
from orchestration.visits import CHINA, Visit, is_due, visits

_COUNTS = ("found", "failed")
_COLUMNS = ("source", "kind", "where", "publisher", "season", "visited", *_COUNTS, "last new", "")


def show_sources(paths: Paths) -> None:
    """Print one row per source. Raises :class:`UsageError`, naming every mistake in the registry."""
    registry, known, now = _declared(paths), visits(paths), datetime.now(UTC)
    table = Table(show_edge=False)
    for heading in _COLUMNS:
        table.add_column(heading, justify="right" if heading in _COUNTS else "left", overflow="fold")
    for source in registry.sources:
        visit = known.get(source.id)
        due = "due" if is_due(source, visit, now) else ""
        table.add_row(*map(escape, (*_about(source), *_of_visit(visit), due)))
    output().print(table)
    declared = paths.registry or "no registry: the configured folders"
    messages().print(f"{len(registry.sources)} sources, declared in {escape(str(declared))}.")


def check_sources(paths: Paths) -> None:
    """Say that the registry is well. Raises :class:`UsageError`, naming every mistake in it."""
    registry = _declared(paths)
    messages().print(f"{len(registry.sources)} sources, all well declared.")


def _declared(paths: Paths) -> Registry:
    try:
        return declared_sources(paths)
    except RegistryError as error:
        raise UsageError(str(error)) from error


def _about(source: Source) -> tuple[str, ...]:
    where = source.places[0] + (f" and {len(source.places) - 1} more" if len(source.places) > 1 else "")
    season = ", ".join(str(part) for part in source.season)
    return source.id, source.kind, where, source.publisher or source.region or "", season


def _of_visit(visit: Visit | None) -> tuple[str, str, str, str]:
    if visit is None:
        return "never", "", "", ""
    return _moment(visit.visited_at), f"{visit.found:,}", f"{visit.failed:,}", _moment(visit.new_at)


def _moment(iso: str | None) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(CHINA):%Y-%m-%d %H:%M}" if iso else ""
