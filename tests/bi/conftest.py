"""A Superset that shows the samples, started once for all its tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.bi.superset.environment import is_current
from orchestration.home.paths import SUPERSET_PASSWORD_VARIABLE, superset_environment
from tests.bi.client import Client
from tests.conftest import COMMAND, REPOSITORY, disclosures
from tests.servers import free_port, wait_until_it_answers

PASSWORD = "chosen-for-the-test"
SECONDS_TO_START = 300


@dataclass(frozen=True)
class Superset:
    """A running server, a client of it, and the home of the warehouse that it shows."""

    home: Path
    client: Client

    @property
    def published_file(self) -> Path:
        return self.home / "disclosures.duckdb"


@pytest.fixture(scope="session")
def superset_home(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the published samples, into which the dashboard was imported by the command."""
    if not is_current(superset_environment()):
        pytest.skip(f"Superset is not installed in {superset_environment()}; `make superset` does it")
    home = tmp_path_factory.mktemp("superset-home")
    shutil.copyfile(sample_warehouse / "disclosures.duckdb", home / "disclosures.duckdb")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(SUPERSET_PASSWORD_VARIABLE, PASSWORD)
        disclosures(home, "dashboard", "import")
    return home


@pytest.fixture(scope="session")
def superset(superset_home: Path) -> Iterator[Superset]:
    """Superset on the samples, started by the command."""
    port = free_port()
    log = superset_home / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [COMMAND, "dashboard", "serve", "--port", str(port)],
            env={**os.environ, "DISCLOSURES_HOME": str(superset_home)},
            cwd=REPOSITORY,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(f"{address}/health", server, log, SECONDS_TO_START)
        yield Superset(superset_home, Client(address, "admin", PASSWORD))
    finally:
        server.terminate()
        server.wait(timeout=30)
