"""dbt as a process of its own on the project, for what is asked of it outside a build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

DBT = str(Path(sys.executable).with_name("dbt"))  # of this environment, also when it is not on PATH
_ERROR_LINES = 20


def ask_dbt(
    arguments: Sequence[str], project: Path, target: Path, environment: Mapping[str, str]
) -> str | None:
    """Run dbt quietly on the whole ``project``, its artefacts in ``target``; give what it says if it fails.

    Parsing only what changed loses what the properties of singular tests say of them (dbt 1.11).
    """
    finished = subprocess.run(
        [DBT, "--quiet", "--no-use-colors", "--no-partial-parse", *arguments],
        cwd=project,
        env={
            **environment,
            "DBT_PROFILES_DIR": str(project),
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(target),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode == 0:
        return None
    return "\n".join((finished.stdout + finished.stderr).strip().splitlines()[-_ERROR_LINES:])
