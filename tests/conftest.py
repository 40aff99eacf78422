"""What the suite shares: a warehouse built from the samples, and real disclosures where there are any."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

REPOSITORY = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("DISCLOSURES_CORPUS", REPOSITORY.parent / "shared" / "disclosures"))
COMMAND = Path(sys.executable).with_name("disclosures")
# Fixtures that take long, for a few modules: a second worker would wait for them, or make them again.
ASKED_FOR_IN_ONE_WORKER = frozenset(
    {
        "aged_warehouse",
        "ends",
        "given",
        "growing",
        "matched",
        "pages",
        "small_warehouse",
        "two_rounds",
        "workers",
    }
)
# How long an example takes says how busy the machine is; speed is for benches.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_report_header() -> str:
    state = "present" if CORPUS.is_dir() else "not present: the tests that need them are deselected"
    return f"real disclosures: {state}"


@pytest.hookimpl(tryfirst=True)  # xdist looks at the groups when the tests are collected, too
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that share much are one group, for one worker; what takes long comes first, so that none idles.

    Without real disclosures, a test that asks for ``corpus`` is deselected, and counted as such.
    """
    for item in items:
        for shared in ASKED_FOR_IN_ONE_WORKER.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(shared))
    items.sort(
        key=lambda item: not (item.get_closest_marker("end_to_end") or item.get_closest_marker("xdist_group"))
    )
    if CORPUS.is_dir():
        return
    without = [item for item in items if "corpus" in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in without]
    config.hook.pytest_deselected(items=without)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real disclosures (``text/``, ``pdf/`` …); never absent, see above."""
    return CORPUS


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A ``DISCLOSURES_HOME`` in which ``disclosures run`` has read the samples, built once for all workers.

    Shared, so read-only by agreement: a test that writes takes a copy.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    home = shared / "sample-warehouse"
    with FileLock(shared / "sample-warehouse.lock"):
        if not (home / "disclosures.duckdb").exists():
            ran = disclosures(home, "run")
            (shared / "sample-run.txt").write_text(ran.stdout, encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def sample_run(sample_warehouse: Path) -> str:
    """What ``disclosures run`` printed while it built ``sample_warehouse``."""
    return (sample_warehouse.parent / "sample-run.txt").read_text(encoding="utf-8")


def disclosures(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command on the warehouse at ``home``; fails with all it printed unless it exits 0."""
    ran = run_disclosures(home, *arguments)
    assert ran.returncode == 0, f"disclosures {' '.join(arguments)}\n{ran.stdout}\n{ran.stderr}"
    return ran


def run_disclosures(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command on the warehouse at ``home``, whatever its exit status."""
    return subprocess.run(
        [COMMAND, *arguments],
        env={**os.environ, "DISCLOSURES_HOME": str(home)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
