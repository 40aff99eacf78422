"""One dbt process for many builds of one warehouse: what it has loaded and parsed, it need not load again."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from tests.warehouse.dbt_warehouse import ON_THE_PROJECT


class Outcome(NamedTuple):
    """What became of an invocation: whether all went well, and what failed."""

    succeeded: bool
    failures: list[str]


class PersistentDbt:
    """Builds the warehouse under ``home``, one invocation after the other, in a process of its own."""

    def __init__(self, home: Path, variables: dict[str, object] | None = None) -> None:
        self.home = home
        self._arguments = ("--vars", json.dumps(variables or {}))

    def __enter__(self) -> PersistentDbt:
        places = {
            "DISCLOSURES_HOME": str(self.home),
            "DBT_TARGET_PATH": str(self.home / "target"),
            "DBT_LOG_PATH": str(self.home / "logs"),
        }
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _announce, (places,))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.shutdown()

    def __call__(self, command: str, *arguments: str) -> Outcome:
        """Invoke dbt as its command would be."""
        (self.home / "build").mkdir(exist_ok=True)
        return self._process.submit(_invoke, [command, *self._arguments, *arguments]).result()

    def manifest(self) -> dict[str, Any]:
        """What dbt makes of the project."""
        outcome = self._process.submit(_invoke, ["parse", *self._arguments], ["--write-json"]).result()
        assert outcome.succeeded, outcome.failures
        parsed: dict[str, Any] = json.loads((self.home / "target" / "manifest.json").read_bytes())
        return parsed


def _announce(places: dict[str, str]) -> None:
    os.environ.update(places)


def _invoke(arguments: list[str], more: Sequence[str] = ("--no-write-json",)) -> Outcome:
    quick = [*more, "--log-level-file", "none", "--quiet"]
    finished = dbtRunner().invoke([*arguments, *quick, *ON_THE_PROJECT])
    DuckDBConnectionManager.close_all_connections()  # or the file stays open, and unfinished
    if finished.exception:
        return Outcome(False, [str(finished.exception)])
    results = getattr(finished.result, "results", [])  # parsing gives something else
    failed = [result for result in results if result.status in ("error", "fail", "runtime error")]
    return Outcome(finished.success, [f"{result.node.name}: {result.message}" for result in failed])
