"""Who ends a run ends it: a step that is interrupted is not tried again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import dagster as dg
import pytest

from orchestration.building.reading import ReadingSummary
from orchestration.command.refresh import failed_step
from orchestration.defs.ingest import printed_cells
from orchestration.resources.readers import Readers
from orchestration.resources.warehouse import Warehouse

TRIED = "tried"


class InterruptedReaders(Readers):
    """Readers that somebody ends whenever they begin."""

    def read_pending(self, warehouse: Warehouse) -> ReadingSummary:
        with (Path(warehouse.home) / TRIED).open("a", encoding="utf-8") as tried:
            tried.write("x")
        os.kill(os.getpid(), signal.SIGTERM)
        signal.sigtimedwait([], 5)  # the signal comes at once
        raise AssertionError("it went on")


@pytest.mark.parametrize("ignored", [False, True], ids=("in_front", "in_the_background"))
def test_a_step_that_is_ended_is_over(tmp_path: Path, ignored: bool) -> None:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.default_int_handler)
    try:
        result = dg.materialize(
            [printed_cells],
            resources={
                "warehouse": Warehouse(home=str(tmp_path), sources=[]),
                "readers": InterruptedReaders(),
            },
            raise_on_error=False,
        )
    finally:
        for number, handler in handlers.items():  # Dagster leaves that of SIGTERM as it found SIGINT's
            signal.signal(number, handler)
    assert not result.success
    assert (tmp_path / TRIED).read_text(encoding="utf-8") == "x"
    assert reasons(result) == ["it was interrupted"]


def test_a_step_that_is_tried_once_says_so_too(tmp_path: Path) -> None:
    @dg.asset
    def ended() -> None:
        raise KeyboardInterrupt

    assert reasons(dg.materialize([ended], raise_on_error=False)) == ["it was interrupted"]


def reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    return [failed_step(event).reason for event in result.all_events if event.is_step_failure]
