"""A warehouse under test: its home, its build file and what dbt says of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from orchestration.building.parsed_project import CACHE, take_over
from orchestration.building.project_files import project_fingerprint

DBT = Path(sys.executable).with_name("dbt")
DBT_PROJECT = Path(__file__).parents[2] / "dbt_project"
ON_THE_PROJECT = (
    *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
    # Other tests are at work on the other processors; for a few documents, one thread is the quickest anyway.
    *("--threads", "1"),
)
# As a run builds; seeds are loaded before anything is.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test", "--exclude-resource-type", "seed")


@dataclass(frozen=True)
class Warehouse:
    """A ``DISCLOSURES_HOME`` with a lake, and what dbt makes of it."""

    home: Path

    @property
    def build_file(self) -> Path:
        return self.home / "build" / "warehouse.duckdb"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What dbt knows of its nodes, from the last time it ran."""
        loaded: dict[str, Any] = json.loads(
            (self.home / "target" / "manifest.json").read_text(encoding="utf-8")
        )
        return loaded

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run dbt on this warehouse; its exit status is the caller's to judge."""
        with self.started(*arguments) as process:
            said, _ = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, said)

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        """Dbt at work on this warehouse; what it says comes line by line on its standard output."""
        self.build_file.parent.mkdir(exist_ok=True)
        if not (self.home / "target" / CACHE).exists():
            take_over(self.home / "target", self.home, project_fingerprint())
        places = {
            "DISCLOSURES_HOME": str(self.home),
            "DBT_TARGET_PATH": str(self.home / "target"),
            "DBT_LOG_PATH": str(self.home / "logs"),
        }
        return subprocess.Popen(
            [DBT, "--no-use-colors", *arguments, *ON_THE_PROJECT],
            env={**os.environ, **places},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def tests(self) -> list[dict[str, Any]]:
        """The data tests of the project, as dbt knows them."""
        return [node for node in self.manifest["nodes"].values() if node["resource_type"] == "test"]

    def assertions(self) -> dict[str, str]:
        """The SQL of each assertion that a test gathers with others, by its name."""
        (gathering,) = (node for node in self.tests() if node["config"]["meta"].get("asks") == "assertions")
        _, *parts = re.split(r"^-- assertion (\w+)$", gathering["compiled_code"], flags=re.MULTILINE)
        queries = [part.strip().removesuffix("union all") for part in parts[1::2]]
        return dict(zip(parts[::2], queries, strict=True))

    def compiled(self, name: str) -> str:
        """The SQL that dbt runs for a data test or an assertion: any row it gives is a failure."""
        if name in self.assertions():
            return self.assertions()[name]
        (compiled,) = (node["compiled_code"] for node in self.tests() if node["name"] == name)
        return str(compiled)
