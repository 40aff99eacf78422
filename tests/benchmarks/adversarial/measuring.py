"""What documents of one shape and growing size take."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import NamedTuple

from extract import printed_frames, read_or_fail, stage
from extract.landing import LandedFile
from extract.media_type import media_type
from tests.benchmarks.adversarial.shapes import SHAPES

SHORTEST = 0.25  # seconds of the smaller; below them a ratio says nothing


class Taken(NamedTuple):
    """What one document took, in seconds of the processor, and what became of it."""

    reading: float
    staging: float
    status: str

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.reading + self.staging


def grown(name: str, first: int, most: int, enough: float) -> list[tuple[int, Taken]]:
    """Read a shape in growing sizes; give what each took."""
    results: list[tuple[int, Taken]] = []
    for size in _sizes(first, most):
        taken = read(name, size)
        results.append((size, taken))
        if taken.seconds > enough:
            break
    return results


def read(name: str, size: int) -> Taken:
    """Read and stage one document."""
    kind, make = SHAPES[name]
    data = make(size)
    began = time.process_time()
    file = LandedFile(hashlib.sha256(data).hexdigest(), "2024年部门预算", kind or media_type(data), len(data))
    document = read_or_fail(file, data)
    frames = printed_frames([document])
    middle = time.process_time()
    staged = stage(frames)
    status = staged["documents"]["status"][0]
    reason = staged["documents"]["failure_reason"][0] or ""
    return Taken(middle - began, time.process_time() - middle, f"{status} {reason[:60]}".strip())


def ratios(results: list[tuple[int, Taken]]) -> Iterator[float]:
    """How many times as long a doubled document took, where that says something.

    Over two doublings where there are two: of one, other work on the machine shows too.
    """
    for part in ("reading", "staging"):
        took = [getattr(taken, part) for _, taken in results]
        told = [place for place, seconds in enumerate(took) if seconds >= SHORTEST]
        steps = 2 if len(told) > 2 else 1
        for place in told[:-steps]:
            yield (took[place + steps] / took[place]) ** (1 / steps)


def _sizes(first: int, most: int) -> Iterator[int]:
    while first <= most:
        yield first
        first *= 2
