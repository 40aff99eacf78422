"""``disclosures serve``: Dagster's pages, schedule and sensor, on this warehouse."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from orchestration.instance import prepare_dagster_home
from orchestration.paths import REPOSITORY, Paths, announce_dagster_home


def serve(paths: Paths, port: int) -> None:
    """Become ``dg dev`` with this warehouse's Dagster home. Does not return."""
    prepare_dagster_home(paths.dagster_home)
    announce_dagster_home(paths)
    os.chdir(REPOSITORY)  # where the project's settings for dg are
    # What a script starts in the background ignores SIGINT, and Dagster would pass that on to its processes;
    # SIGTERM then ends none of them, for Dagster handles it as a SIGINT.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    dg = Path(sys.executable).with_name("dg")
    os.execv(dg, [str(dg), "dev", "--port", str(port)])
