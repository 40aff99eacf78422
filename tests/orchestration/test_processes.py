"""What becomes of work in worker processes: results, and items that hang, crash or take all memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from orchestration.home.processes import Done, Lost, WorkerProcesses

MEMORY_MIB = 256


def what_becomes(
    function: Callable[[int], object], items: Sequence[int], seconds: float = 30
) -> dict[int, object]:
    with WorkerProcesses(MEMORY_MIB) as processes:
        return {items[number]: result for number, result in processes.map(function, items, lambda _: seconds)}


def test_every_item_is_worked_on_once_and_not_in_this_process() -> None:
    results = what_becomes(square_and_process, range(20))
    assert {item: result[0] for item, result in results.items()} == {n: n**2 for n in range(20)}
    assert os.getpid() not in {process for _, process in results.values()}


@pytest.mark.parametrize(
    ("trouble", "reason", "may_pass"),
    [
        ("hangs", "took longer than 2 seconds", False),
        ("crashes", "ended the reader's process (signal SIGSEGV)", False),
        ("exits", "ended the reader's process (status 3)", False),
        ("takes_all_memory", "more than 256 MiB of memory", False),
        ("gives_up", "more than 256 MiB of memory: a library gave up (SIGABRT)", False),
        ("is_killed", "the reader's process was killed", True),
    ],
)
def test_an_item_in_trouble_is_lost_alone(trouble: str, reason: str, may_pass: bool) -> None:
    results = what_becomes(TROUBLES[trouble], range(6), seconds=2)
    lost = results.pop(TROUBLED)
    assert isinstance(lost, Lost)
    assert reason in lost.reason
    assert lost.may_pass is may_pass
    assert results == {number: number**2 for number in range(6) if number != TROUBLED}


def test_what_an_earlier_item_left_no_memory_for_is_done_by_a_fresh_process(tmp_path: Path) -> None:
    function = partial(finds_no_memory_the_first_time, tmp_path / "filled")
    assert what_becomes(function, range(4)) == {n: n**2 for n in range(4)}
    assert (tmp_path / "filled").exists()


def test_after_trouble_the_same_processes_take_more_work() -> None:
    with WorkerProcesses(MEMORY_MIB) as processes:
        list(processes.map(crashes, [TROUBLED], lambda _: 30))
        assert list(processes.map(square, [3], lambda _: 30)) == [Done(0, 9)]


def test_an_error_is_raised_to_the_caller() -> None:
    with WorkerProcesses(MEMORY_MIB) as processes, pytest.raises(ZeroDivisionError):
        list(processes.map(inverse, [1, 0], lambda _: 30))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_one_that_started_it(end: signal.Signals) -> None:
    """Even while it hangs, and even when nobody could tell it."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_A_HANGING_WORKER], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.send_signal(end)
    patience = time.monotonic() + 20
    while is_alive(worker) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not is_alive(worker)


TROUBLED = 3

STARTS_A_HANGING_WORKER = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
signal.signal(signal.SIGTERM, signal.SIG_DFL)
from orchestration.home.processes import WorkerProcesses
from tests.orchestration.test_processes import says_who_it_is_and_hangs
if __name__ == "__main__":
    with WorkerProcesses(256) as processes:
        list(processes.map(says_who_it_is_and_hangs, [1], lambda _: 600))
"""


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def square(number: int) -> int:
    return number**2


def square_and_process(number: int) -> tuple[int, int]:
    return number**2, os.getpid()


def inverse(number: int) -> float:
    return 1 / number


def hangs(number: int) -> int:
    if number == TROUBLED:
        time.sleep(600)
    return square(number)


def crashes(number: int) -> int:
    if number == TROUBLED:
        os.kill(os.getpid(), signal.SIGSEGV)
    return square(number)


def exits(number: int) -> int:
    if number == TROUBLED:
        os._exit(3)
    return square(number)


def gives_up(number: int) -> int:
    if number == TROUBLED:
        os.abort()  # as a library does that gets no memory
    return square(number)


def is_killed(number: int) -> int:
    if number == TROUBLED:
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def takes_all_memory(number: int) -> int:
    if number == TROUBLED:
        bytearray(4 * MEMORY_MIB * 1024 * 1024)
    return square(number)


def finds_no_memory_the_first_time(filled: Path, number: int) -> int:
    if number == TROUBLED and not filled.exists():
        filled.touch()
        raise MemoryError
    return square(number)


def says_who_it_is_and_hangs(number: int) -> None:
    print(os.getpid(), flush=True)
    time.sleep(600)


TROUBLES: dict[str, Callable[[int], int]] = {
    "hangs": hangs,
    "crashes": crashes,
    "exits": exits,
    "takes_all_memory": takes_all_memory,
    "gives_up": gives_up,
    "is_killed": is_killed,
}
