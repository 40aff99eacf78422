"""``disclosures sources``: where disclosures come from, when each place was visited, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.table import Table

from extract.sources.declared import Registry, Source
from extract.sources.registry import RegistryError
from extract.sources.website import Counts, counts_of
from orchestration.collecting.declared_sources import declared_sources
from orchestration.collecting.listing import visited_file
from orchestration.collecting.visits import CHINA, is_due, visits
from orchestration.command.terminal import UsageError, escape, messages, output
from orchestration.home.paths import Paths
from orchestration.home.state import Visit

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
    for source in registry.sources:
        if (counts := counts_of(visited_file(paths, source))) is not None:
            messages().print(f"{escape(source.id)}: {escape(counts_in_words(counts))}", soft_wrap=True)
    declared = paths.registry or "no registry: the configured folders"
    messages().print(f"{len(registry.sources)} sources, declared in {escape(str(declared))}.")


def check_sources(paths: Paths) -> None:
    """Say that the registry is well. Raises :class:`UsageError`, naming every mistake in it."""
    registry = _declared(paths)
    messages().print(f"{len(registry.sources)} sources, all well declared.")


def counts_in_words(counts: Counts) -> str:
    """What the last visit to a website did, and what it left out and why, in Chinese and English."""
    done = (
        f"请求 {counts.requests:,} 次，新文件 {counts.files:,} 个 / "
        f"{counts.requests:,} requests, {counts.files:,} new files"
    )
    left_out = (
        (counts.forbidden, "robots.txt 不允许", "forbidden by robots.txt"),
        (counts.unparsed, "无法解析的网页", "pages that are no HTML"),
        (counts.same_words, "文字相同的网页", "pages that say what another says"),
        (counts.left, "留待下次", f"left for the next visit ({counts.limit})"),
    )
    named = [f"{zh} {number:,} 个 / {number:,} {en}" for number, zh, en in left_out if number]
    return "; ".join([done, *named])


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
