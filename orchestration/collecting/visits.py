"""When each source was visited, with what success, and which is due."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from extract.sources.declared import Source
from orchestration.collecting.declared_sources import declared_sources
from orchestration.home.paths import Paths
from orchestration.home.state import Visit

CHINA = ZoneInfo("Asia/Shanghai")
"""Where seasons begin and days end."""
# A visit that began some minutes into the hour must not put off the next day's by an hour.
_EARLY_BY = timedelta(minutes=30)
_LATE_AFTER = 3  # visits that should have succeeded and did not


def visits(paths: Paths) -> dict[str, Visit]:
    """The last visit to each source by its id; of none when nothing is remembered."""
    return paths.state.visits()


def record_visits(
    paths: Paths, offered: Mapping[str, Collection[str]], listing: pl.DataFrame, now: datetime
) -> None:
    """Remember which sources were visited; ``listing`` says what came of the addresses that each offered."""
    known = visits(paths)
    latest = {}
    for source_id, addresses in offered.items():
        rows = listing.filter(pl.col("uri").is_in(list(addresses)))
        failed = rows.filter(pl.col("problem").is_not_null()).height
        before = known.get(source_id)
        latest[source_id] = Visit(
            visited_at=now.isoformat(timespec="seconds"),
            found=rows.height - failed,
            failed=failed,
            succeeded_at=(before.succeeded_at if before else None)
            if failed
            else now.isoformat(timespec="seconds"),
            new_at=now.isoformat(timespec="seconds")
            if rows["is_new"].any()
            else (before.new_at if before else None),
        )
    paths.state.add_visits(latest)


def is_due(source: Source, last: Visit | None, now: datetime) -> bool:
    """Whether a source is to be visited again: as often as it says for the season, or for other months."""
    if last is None:
        return True
    since = now - datetime.fromisoformat(last.visited_at)
    # a visit in the future: the clock was put back since
    cadence = source.cadence_on(now.astimezone(CHINA).date())
    return since < timedelta(0) or since >= cadence - min(_EARLY_BY, cadence / 4)


def due_sources(paths: Paths, now: datetime) -> list[Source]:
    """The sources that are due, in the order in which they are declared.

    Raises :class:`extract.sources.registry.RegistryError`.
    """
    known = visits(paths)
    return [source for source in declared_sources(paths).sources if is_due(source, known.get(source.id), now)]


def late_sources(paths: Paths, now: datetime) -> list[tuple[Source, str]]:
    """The sources whose last success is too long ago, with when it was (``never`` for those visited in vain).

    Raises :class:`extract.sources.registry.RegistryError`.
    """
    known = visits(paths)
    late = []
    for source in declared_sources(paths).sources:
        last = known.get(source.id)
        if last is None:
            continue  # not visited yet
        cadence = source.cadence_on(now.astimezone(CHINA).date())
        if last.succeeded_at is None:
            late.append((source, "never"))
        elif now - datetime.fromisoformat(last.succeeded_at) > _LATE_AFTER * cadence:
            late.append((source, last.succeeded_at))
    return late
