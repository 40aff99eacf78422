"""dbt as a process of its own on the project."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extract.child_processes import ending_with_this_process

DBT = str(Path(sys.executable).with_name("dbt"))  # of this environment, also when it is not on PATH
_ERROR_LINES = 20
_ENDING = 10.0  # seconds that dbt has for it when it is interrupted
_RESULTS = {"LogModelResult", "LogTestResult", "LogHookEndLine"}


class DbtError(RuntimeError):
    """dbt ended with an error; the message holds what it said was wrong."""


class NodeResult(NamedTuple):
    """What became of a model, a test or a hook."""

    unique_id: str
    status: str  # success, pass, warn, fail, error …
    seconds: float


def built_nodes(
    arguments: Sequence[str], project: Path, target: Path, environment: Mapping[str, str]
) -> Iterator[NodeResult]:
    """Let dbt build, print what it says, and give each result as it comes.

    Raises :class:`DbtError` after the last one when dbt did not succeed. When the caller is interrupted, dbt
    is interrupted too, and waited for.
    """
    errors: list[str] = []
    command = [DBT, "--no-use-colors", "--log-format", "json", "--log-level-file", "none", "--no-write-json"]
    with (
        subprocess.Popen(
            [*command, *arguments],
            cwd=project,
            env=_environment(project, target, environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
        ending_with_this_process(process),
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                event = _event(line)
                info = event.get("info", {})
                print(info.get("msg", line.rstrip("\n")), flush=True)
                if info.get("level") == "error":
                    errors.append(info["msg"])
                if info.get("name") in _RESULTS:
                    yield _result(event["data"])
        except BaseException:
            process.send_signal(signal.SIGINT)
            process.wait(_ENDING)
            raise
    if process.returncode != 0:
        raise DbtError("\n\n".join(errors) or f"dbt ended with status {process.returncode}")


def _event(line: str) -> dict[str, Any]:
    """What a line of dbt's log says; nothing for a line that something else printed."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _result(data: Mapping[str, Any]) -> NodeResult:
    node = data["node_info"]
    return NodeResult(node["unique_id"], node["node_status"], float(data.get("execution_time", 0)))


def ask_dbt(
    arguments: Sequence[str], project: Path, target: Path, environment: Mapping[str, str]
) -> str | None:
    """Run dbt quietly on the whole ``project``, its artefacts in ``target``; give what it says if it fails.

    Parsing only what changed loses what the properties of singular tests say of them (dbt 1.11).
    """
    status, said = run_dbt(
        ["--no-partial-parse", *arguments], project, _environment(project, target, environment)
    )
    return None if status == 0 else said


def run_dbt(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run dbt quietly in a folder, no longer than this process lives; give its status and its last lines."""
    with (
        subprocess.Popen(
            [DBT, "--quiet", "--no-use-colors", *arguments],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
        ending_with_this_process(process),
    ):
        said, _ = process.communicate()
    return process.returncode, "\n".join(said.strip().splitlines()[-_ERROR_LINES:])


def _environment(project: Path, target: Path, environment: Mapping[str, str]) -> dict[str, str]:
    return {
        **environment,
        "DBT_PROFILES_DIR": str(project),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "PYTHONUNBUFFERED": "1",
    }
