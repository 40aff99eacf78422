"""The sensor asks for a run when the sources change, once they are quiet."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs import automation
from orchestration.defs.automation import source_changed
from orchestration.paths import Paths


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


def add(paths: Paths, name: str) -> Path:
    file = paths.sources[0] / name
    file.write_text(name, encoding="utf-8")
    return file


def evaluate(cursor: str | None) -> object:
    return source_changed(dg.build_sensor_context(cursor=cursor))
