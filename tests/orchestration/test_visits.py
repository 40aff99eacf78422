"""Which sources are due, by the disclosure calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from extract.landing import LISTING_SCHEMA
from extract.sources.declared import FolderSource, Source
from orchestration.collecting.visits import (
    CHINA,
    due_sources,
    is_due,
    late_sources,
    record_visits,
    visits,
)
from orchestration.home.paths import Paths
from orchestration.home.state import Visit


def source(**changed: object) -> Source:
    return FolderSource.model_validate({"id": "inbox", "where": "/nowhere", **changed})


def at(moment: str) -> datetime:
    """A moment in China."""
    return datetime.fromisoformat(moment).replace(tzinfo=CHINA)


def visited(moment: str) -> Visit:
    return Visit(at(moment).astimezone(UTC).isoformat(), found=1, failed=0)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-01-31 06:00", "2026-02-01 06:00", True),  # budgets appear: every day
        ("2026-01-31 06:20", "2026-02-01 06:00", True),  # it began late yesterday
        ("2026-01-31 06:00", "2026-01-31 23:00", False),
        ("2026-05-01 06:00", "2026-05-03 06:00", False),  # the wave is over: a slow sweep
        ("2026-05-01 06:00", "2026-05-08 06:00", True),
        ("2026-07-31 06:00", "2026-08-01 06:00", True),  # final accounts begin to appear
        ("2026-10-30 06:00", "2026-10-31 06:00", True),
        ("2026-10-31 06:00", "2026-11-01 06:00", False),
        ("2026-12-31 12:00", "2027-01-01 12:00", True),
        ("2026-03-05 06:00", "2026-03-01 06:00", True),  # the clock was put back
    ],
)
def test_a_source_is_visited_daily_in_the_two_waves_and_weekly_otherwise(
    last: str, now: str, due: bool
) -> None:
    assert is_due(source(), visited(last), at(now)) is due


def test_the_month_is_that_of_china() -> None:
    new_year_in_china = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert is_due(
        source(), Visit((new_year_in_china - timedelta(days=1)).isoformat(), 1, 0), new_year_in_china
    )


def test_a_source_of_budgets_alone_is_not_pressed_in_autumn() -> None:
    autumn = "2026-09-02 06:00"
    assert not is_due(source(season="budget"), visited("2026-09-01 06:00"), at(autumn))
    assert is_due(source(season="final_accounts"), visited("2026-09-01 06:00"), at(autumn))
    assert is_due(source(season=[9]), visited("2026-09-01 06:00"), at(autumn))


def test_a_source_that_was_never_visited_is_due(paths: Paths) -> None:
    assert [each.id for each in due_sources(paths, at("2026-06-01 06:00"))] == ["source"]


def test_what_came_of_a_visit_is_remembered_by_source(paths: Paths) -> None:
    first, second = at("2026-02-01 06:00"), at("2026-02-02 06:00")
    record_visits(
        paths, {"source": ["a", "b"], "empty": []}, listing(("a", True, None), ("b", True, None)), first
    )
    record_visits(paths, {"source": ["a", "b"]}, listing(("a", False, None), ("b", False, "gone")), second)

    remembered = visits(paths)

    assert remembered["source"] == Visit(
        visited_at=second.isoformat(timespec="seconds"),
        found=1,
        failed=1,
        succeeded_at=first.isoformat(timespec="seconds"),
        new_at=first.isoformat(timespec="seconds"),
    )
    assert remembered["empty"].found == 0
    assert due_sources(paths, second) == []


def test_a_damaged_memory_of_visits_makes_everything_due(paths: Paths) -> None:
    paths.state.file.parent.mkdir(parents=True)
    paths.state.file.write_bytes(b"no database" * 100)
    assert visits(paths) == {}


def listing(*rows: tuple[str, bool, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [(uri, uri, None, is_new, problem, "source") for uri, is_new, problem in rows],
        schema=LISTING_SCHEMA,
        orient="row",
    )


def test_a_source_is_late_when_three_visits_in_a_row_brought_no_success(paths: Paths) -> None:
    record_visits(paths, {"source": ["a"]}, listing(("a", True, None)), at("2026-02-01 06:00"))
    for day in range(2, 5):
        record_visits(paths, {"source": ["a"]}, listing(("a", False, "gone")), at(f"2026-02-0{day} 06:00"))
        assert late_sources(paths, at(f"2026-02-0{day} 06:00")) == []
    ((late, since),) = late_sources(paths, at("2026-02-04 07:00"))
    assert (late.id, since) == ("source", at("2026-02-01 06:00").isoformat(timespec="seconds"))


def test_a_source_that_never_had_success_is_late_and_one_not_visited_yet_is_not(paths: Paths) -> None:
    assert late_sources(paths, at("2026-02-04 06:00")) == []
    record_visits(paths, {"source": ["a"]}, listing(("a", False, "gone")), at("2026-02-04 06:00"))
    assert [since for _, since in late_sources(paths, at("2026-02-04 07:00"))] == ["never"]
