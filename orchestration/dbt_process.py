"""dbt as a process of its own on the project, for what is asked of it outside a build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.child_processes import ending_with_this_process

DBT = str(Path(sys.executable).with_name("dbt"))  # of this environment, also when it is not on PATH
_ERROR_LINES = 20


def ask_dbt(
    arguments: Sequence[str], project: Path, target: Path, environment: Mapping[str, str]
) -> str | None:
    """Run dbt quietly on the whole ``project``, its artefacts in ``target``; give what it says if it fails.

    Parsing only what changed loses what the properties of singular tests say of them (dbt 1.11).
    """
    status, said = run_dbt(
        ["--no-partial-parse", *arguments],
        project,
        {
            **environment,
            "DBT_PROFILES_DIR": str(project),
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(target),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        },
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
