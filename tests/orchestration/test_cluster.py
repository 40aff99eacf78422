"""Documents are read by dask's workers as by one machine, and a worker that is lost loses nothing."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from extract.landing import LandingStore
from extract.sources import FoundFile
from orchestration.building.cluster import ClusterError, DaskWorkers, cluster_workers
from orchestration.building.reading import ReadingLimits, read_pending, read_with
from orchestration.home.lake import Lake
from orchestration.home.paths import WORKERS_VARIABLE, SettingError, cluster
from orchestration.home.processes import Lost
from tests.benchmarks.generating import generated, originals_in

SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
LIMITS = ReadingLimits()
DOCUMENTS = 40


@pytest.fixture(scope="module")
def workers() -> Iterator[DaskWorkers]:
    with cluster_workers("2", LIMITS.memory_mib) as started:
        yield started


@pytest.fixture
def store(tmp_path: Path) -> LandingStore:
    """Forty landed documents and one that is none."""
    copies = generated(originals_in([SAMPLES]), range(DOCUMENTS))
    files = [(copy.file_name, copy.data) for copy in copies] + [("broken.pdf", b"%PDF-1.4 cut off")]
    store = LandingStore(tmp_path / "landing")
    found = [FoundFile(f"memory:{name}", name, None, None, partial(bytes, data)) for name, data in files]
    store.land(found, datetime.now(UTC))
    return store


def lake_in(folder: Path) -> Lake:
    lake = Lake(folder)
    lake.prepare()
    return lake


def test_two_workers_read_what_one_machine_reads(
    workers: DaskWorkers, store: LandingStore, tmp_path: Path
) -> None:
    here, there = lake_in(tmp_path / "here"), lake_in(tmp_path / "there")
    on_one_machine = read_pending(here, store)
    on_the_cluster = read_with(workers, there, store, LIMITS)
    assert on_the_cluster == on_one_machine
    assert on_the_cluster.failed_now == 1
    tables = sorted(here.printed.read_batch("b000001"))
    for table in tables:
        assert there.printed.read_table("b000001", table).equals(here.printed.read_table("b000001", table)), (
            table
        )


def test_a_worker_that_is_killed_midway_loses_nothing(
    workers: DaskWorkers, store: LandingStore, tmp_path: Path
) -> None:
    lake = lake_in(tmp_path / "lake")
    killed = []

    def kill_one() -> None:
        time.sleep(0.5)
        processes = workers._client.run(os.getpid)
        killed.append(next(iter(processes.values())))
        os.kill(killed[0], signal.SIGKILL)

    threading.Thread(target=kill_one).start()
    slowly = read_with(Slowly(workers), lake, store, LIMITS)
    assert killed
    assert (slowly.read_now, slowly.failed_now) == (DOCUMENTS + 1, 1)
    assert lake.printed.manifest().filter(pl.col("status") == "read").height == DOCUMENTS


class Slowly:
    """Workers that take their time, so that something can happen meanwhile."""

    def __init__(self, workers: DaskWorkers) -> None:
        self._workers = workers

    def map(self, function, items, seconds):  # type: ignore[no-untyped-def]
        return self._workers.map(partial(_slow, function), items, seconds)


def _slow(function, item):  # type: ignore[no-untyped-def]
    time.sleep(0.1)
    return function(item)


def _hang(_: int) -> int:
    time.sleep(60)
    return 0


def _crash_on_two(number: int) -> int:
    if number == 2:
        os.abort()
    return number


def test_what_hangs_or_crashes_is_lost_alone_and_says_why(workers: DaskWorkers) -> None:
    ((_, hung),) = workers.map(_hang, [1], lambda _: 1)
    assert isinstance(hung, Lost)
    assert "took longer than 1 seconds" in hung.reason
    results = dict(workers.map(_crash_on_two, [1, 2, 3], lambda _: 20))
    assert (results[0], results[2]) == (1, 3)
    assert isinstance(results[1], Lost)
    assert "SIGABRT" in results[1].reason


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.building.cluster._SECONDS_TO_CONNECT", 1)
    with (
        pytest.raises(ClusterError, match=r"no scheduler of dask answers at tcp://127\.0\.0\.1:1"),
        cluster_workers("tcp://127.0.0.1:1", 100),
    ):
        pass


@pytest.mark.parametrize(("said", "meant"), [("", None), ("2", "2"), ("tcp://host:8786", "tcp://host:8786")])
def test_the_setting_is_a_number_or_an_address(
    monkeypatch: pytest.MonkeyPatch, said: str, meant: str | None
) -> None:
    monkeypatch.setenv(WORKERS_VARIABLE, said)
    assert cluster() == meant


@pytest.mark.parametrize("said", ["0", "many", "-1"])
def test_another_setting_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(WORKERS_VARIABLE, said)
    with pytest.raises(SettingError, match=f"DISCLOSURES_WORKERS is “{said}”"):
        cluster()
