"""Read documents made to be slow, each at doubled sizes, and name those that do not take a straight line.

Run ``uv run python -m tests.benchmarks.adversarial`` (``--only prose:`` for some, ``--most-mib 64`` for
larger ones). A shape grows until it takes ``--enough`` seconds or has its size. Exits with 1 when one takes
more than 2.4 times as long for twice as much, or more than half a minute a MiB.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from orchestration.home.processes import Lost, WorkerProcesses
from tests.benchmarks.adversarial.measuring import Taken, grown, ratios
from tests.benchmarks.adversarial.shapes import SHAPES

KIB = 1024
MEMORY_MIB = 2048
WORST_RATIO = 2.4
MOST_A_MIB = 30.0  # seconds; half of the time that a document has


def main() -> None:
    """Read them all and say what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="what the names begin with, several parted by commas")
    parser.add_argument("--first-kib", type=int, default=64)
    parser.add_argument("--most-mib", type=float, default=1)
    parser.add_argument("--enough", type=float, default=3.0, help="seconds after which a shape grows no more")
    parser.add_argument("--seconds", type=float, default=3.0, help="at most for the smallest document")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="show also those that lie on a line")
    options = parser.parse_args()
    wanted = tuple(options.only.split(","))
    names = [name for name in SHAPES if name.startswith(wanted)]
    grow = partial(
        grown, first=options.first_kib * KIB, most=int(options.most_mib * KIB * KIB), enough=options.enough
    )
    bent = 0
    with WorkerProcesses(MEMORY_MIB, options.processes) as workers:
        for number, result in workers.map(grow, names, lambda _: 20 * options.seconds):
            is_bent = isinstance(result, Lost) or not _is_line(result, options.seconds)
            bent += is_bent
            if is_bent or options.all:
                print(f"{'BENT' if is_bent else 'line'} {names[number]:<28} {_in_words(result)}", flush=True)
    print(f"{len(names)} shapes, {bent} not on a line")
    sys.exit(bool(bent))


def _is_line(results: list[tuple[int, Taken]], seconds: float) -> bool:
    size, last = results[-1]
    is_slow = last.seconds > max(seconds, MOST_A_MIB * size / KIB / KIB)
    return all(ratio <= WORST_RATIO for ratio in ratios(results)) and not is_slow


def _in_words(results: list[tuple[int, Taken]] | Lost) -> str:
    if isinstance(results, Lost):
        return results.reason
    times = "  ".join(f"{size // KIB}K {taken.reading:.2f}+{taken.staging:.2f}" for size, taken in results)
    worst = max(ratios(results), default=0)
    return f"{times}  ×{worst:.1f}  {results[-1][1].status}"


if __name__ == "__main__":
    main()
