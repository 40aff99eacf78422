"""The sensors ask for a run when the sources change, once they are quiet, and when the lake has changed."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from orchestration.defs import automation
from orchestration.defs.automation import lake_changed, source_changed
from orchestration.home.build_lock import building
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.publishing.currency import mark_current


@pytest.fixture(autouse=True)
def files_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automation, "_SETTLING", timedelta())


def test_a_new_file_asks_for_one_run(paths: Paths) -> None:
    add(paths, "budget.txt")
    first = evaluate(cursor=None)
    assert isinstance(first, dg.SensorResult)
    (request,) = first.run_requests or ()
    assert request.run_key == first.cursor
    again = evaluate(cursor=first.cursor)
    assert isinstance(again, dg.SkipReason)
    assert again.skip_message == "nothing has changed among 1 files"


def test_each_change_is_another_run(paths: Paths) -> None:
    add(paths, "budget.txt")
    first = evaluate(cursor=None)
    assert isinstance(first, dg.SensorResult)
    add(paths, "accounts.txt")
    second = evaluate(cursor=first.cursor)
    assert isinstance(second, dg.SensorResult)
    assert second.cursor != first.cursor


def test_a_file_that_is_still_being_copied_is_waited_for(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automation, "_SETTLING", timedelta(minutes=1))
    add(paths, "budget.txt")
    result = evaluate(cursor=None)
    assert isinstance(result, dg.SkipReason)
    assert "may still be written" in str(result.skip_message)


def test_a_file_dated_in_the_future_is_not_waited_for_until_then(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automation, "_SETTLING", timedelta(minutes=1))
    tomorrow = time.time() + 86_400
    os.utime(add(paths, "budget.txt"), (tomorrow, tomorrow))
    assert isinstance(evaluate(cursor=None), dg.SensorResult)


def test_empty_and_missing_sources_are_reasons_not_to_run(paths: Paths) -> None:
    empty = evaluate(cursor=None)
    assert isinstance(empty, dg.SkipReason)
    assert empty.skip_message == "the sources are empty"
    paths.sources[0].rmdir()
    missing = evaluate(cursor=None)
    assert isinstance(missing, dg.SkipReason)
    assert str(paths.sources[0]) in str(missing.skip_message)


def test_what_was_staged_and_is_not_published_is_built_once(paths: Paths, lake: Lake) -> None:
    first, second = of_the_lake(), of_the_lake()
    assert isinstance(first, dg.RunRequest)
    assert isinstance(second, dg.RunRequest)
    assert first.run_key == second.run_key, "the same state asks for two runs"
    mark_current(paths)
    published = of_the_lake()
    assert isinstance(published, dg.SkipReason)
    assert published.skip_message == "what was staged is published"
    entry = {"document_id": "a", "extractor_version": "1", "status": "read"}
    lake.staging.write_batch("b000001", {}, pl.DataFrame([entry]))
    changed = of_the_lake()
    assert isinstance(changed, dg.RunRequest)
    assert changed.run_key != first.run_key


def test_a_build_that_failed_is_asked_for_again_some_hours_later(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = []
    for hour in (0, 5, 6, 23):

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None, hour: int = hour) -> datetime:
                return datetime(2026, 3, 1, hour, tzinfo=tz)

        monkeypatch.setattr(automation, "datetime", Clock)
        asked = of_the_lake()
        assert isinstance(asked, dg.RunRequest)
        keys.append(asked.run_key)
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_nothing_is_built_before_anything_was_landed_or_while_a_run_goes_on(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = of_the_lake()
    assert isinstance(nothing, dg.SkipReason)
    assert nothing.skip_message == "nothing was landed yet"
    Lake(paths.lake).prepare()
    with building(paths.build_lock, purpose="a test"):
        busy = of_the_lake()
    assert isinstance(busy, dg.SkipReason)
    assert busy.skip_message == "a run is going on"
    assert isinstance(of_the_lake(), dg.RunRequest)


def test_a_machine_that_only_collects_builds_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURES_SHARED_LAKE", "postgresql://nowhere.example/lake")
    monkeypatch.setenv("DISCLOSURES_BUILDS", "no")
    left_to_others = of_the_lake()
    assert isinstance(left_to_others, dg.SkipReason)
    assert "another machine" in str(left_to_others.skip_message)


def of_the_lake() -> object:
    return lake_changed(dg.build_sensor_context())


def add(paths: Paths, name: str) -> Path:
    file = paths.sources[0] / name
    file.write_text(name, encoding="utf-8")
    return file


def evaluate(cursor: str | None) -> object:
    return source_changed(dg.build_sensor_context(cursor=cursor))
