"""``disclosures serve``: Dagster's pages, schedule and sensor, on this warehouse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from extract.child_processes import ending_with_this_process
from orchestration.home.instance import prepare_dagster_home
from orchestration.home.paths import REPOSITORY, Paths, announce_dagster_home

_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_ENDED_BY_A_SIGNAL = 128


def serve(paths: Paths, port: int) -> int:
    """Run ``dg dev`` with this warehouse's Dagster home until it ends; give its exit status.

    It starts others, and these more: all of them are a group, of which nothing stays when this process ends,
    even if that is killed.
    """
    prepare_dagster_home(paths.dagster_home)
    announce_dagster_home(paths)
    # What a script starts in the background ignores SIGINT, and Dagster would pass that on to its processes;
    # SIGTERM then ends none of them, for Dagster handles it as a SIGINT.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    dg = Path(sys.executable).with_name("dg")
    command = [str(dg), "dev", "--port", str(port)]
    # where the project's settings for dg are
    with (
        subprocess.Popen(command, cwd=REPOSITORY, process_group=0) as dagster,
        ending_with_this_process(dagster, group=True),
    ):

        def pass_on(number: int, _: FrameType | None) -> None:
            dagster.send_signal(number)

        for number in _PASSED_ON:
            signal.signal(number, pass_on)
        status = dagster.wait()
        with suppress(ProcessLookupError):
            os.killpg(dagster.pid, signal.SIGKILL)
    return status if status >= 0 else _ENDED_BY_A_SIGNAL - status
