"""A fault, and a check that looks for one kind of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from orchestration.home.paths import Paths


class Fault(NamedTuple):
    """What is wrong, where, and what a person can do. ``mend`` does it, where that can lose nothing."""

    where: str
    what: str
    remedy: str
    mend: Callable[[], None] | None = None


class Check(NamedTuple):
    """What should be so, in words, and the search for where it is not."""

    name: str
    says: str
    faults: Callable[[Paths], Iterator[Fault]]


RUN_AGAIN = "nothing to do: the next run makes it anew"
