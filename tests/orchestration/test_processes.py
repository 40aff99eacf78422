"""Work in several processes comes out as in one, even when an item takes its process down."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from orchestration.processes import WorkerProcesses

DEADLY = 13


def test_every_item_is_worked_on_once() -> None:
    with WorkerProcesses() as processes:
        parts = dict(processes.map_parts(squares, range(20), part_size=8, lost=str))
    assert {start: numbers for start, (_, numbers) in parts.items()} == {
        0: [number**2 for number in range(8)],
        8: [number**2 for number in range(8, 16)],
        16: [number**2 for number in range(16, 20)],
    }
    assert os.getpid() not in {process for process, _ in parts.values()}, "no other process did any work"


def test_an_item_that_takes_its_process_down_is_lost_alone() -> None:
    with WorkerProcesses() as processes:
        parts = dict(
            processes.map_parts(squares_or_death, range(20), part_size=4, lost=lambda item: (0, [-item]))
        )
        assert sorted(number for _, part in parts.values() for number in part) == sorted(
            -DEADLY if number == DEADLY else number**2 for number in range(20)
        )
        again = dict(processes.map_parts(squares, range(2), part_size=2, lost=str))
    assert [numbers for _, numbers in again.values()] == [[0, 1]], "after a death there are no processes left"


def test_an_error_is_raised_to_the_caller() -> None:
    with WorkerProcesses() as processes, pytest.raises(ZeroDivisionError):
        list(processes.map_parts(inverses, range(4), part_size=2, lost=str))


def squares(numbers: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), [number**2 for number in numbers]


def squares_or_death(numbers: Sequence[int]) -> tuple[int, list[int]]:
    if DEADLY in numbers:
        os._exit(139)  # as a crash in a C library does
    return squares(numbers)


def inverses(numbers: Sequence[int]) -> list[float]:
    return [1 / number for number in numbers]
