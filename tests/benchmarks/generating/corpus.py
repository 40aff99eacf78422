"""Altered copies of several disclosures, in generations: one copy of each, under names of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.generating.altering import Original

_SIGNS = "甲乙丙丁戊己庚辛壬癸"
_SUFFIX = 1  # signs that say what kind of body it is: 局, 会, 院 …
_LARGEST_FACTOR = 3  # what adds up only within its rounding does so less often, the larger it is


class Generated(NamedTuple):
    """A generated disclosure."""

    file_name: str
    data: bytes
    factor: int  # all money of the original times this
    slips: int  # cells in which a digit was printed wrong


def originals_in(folders: Sequence[Path]) -> list[Original]:
    """The text disclosures of folders, by name; those without a publisher or money (templates) left out.

    Raises:
        ValueError: when there is none.
    """
    files = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    originals = [original for original in map(Original.of_file, files) if original.publishers]
    if not originals:
        raise ValueError(f"no text disclosure with a publisher in {', '.join(map(str, folders))}")
    return originals


def generated(originals: Sequence[Original], numbers: range, slip_rate: float = 0) -> Iterator[Generated]:
    """The copies of these numbers; a number always has the same copy.

    The copies ``0 … len(originals) - 1`` are the first generation, and so on. Publishers and their units have
    names that no other generation has, so that documents are compared as the originals are.
    """
    known = frozenset[str]().union(*(original.publishers for original in originals))
    for number in numbers:
        generation, position = divmod(number, len(originals))
        chance = random.Random(number)
        factor = 1 + generation % _LARGEST_FACTOR
        renamed = {name: f"{name[:-_SUFFIX]}{_tag(generation)}{name[-_SUFFIX:]}" for name in known}
        original = originals[position]
        text, slips = original.copy(factor, renamed, slip_rate, chance)
        yield Generated(f"{original.name}-{generation:06}.txt", text.encode(), factor, slips)


def _tag(generation: int) -> str:
    return "".join(_SIGNS[int(digit)] for digit in f"{generation:05}")
