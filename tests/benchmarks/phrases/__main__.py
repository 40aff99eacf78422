"""Compose sentences, read and check them, and print what was understood.

python -m tests.benchmarks.phrases --count 400 --seed 1 [--wordings FILE] [--misses]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks.phrases.composing import WORDINGS, wordings
from tests.benchmarks.phrases.measuring import measure


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="sentences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wordings", type=Path, default=WORDINGS, help="a list of wordings")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    measured = measure(wordings(options.wordings), options.count, options.seed)
    for name, (part, whole) in {
        "figures read": ("read", "figures"),
        "kind, direction and year right": ("right", "figures"),
        "relations asked": ("asked", "relations"),
        "slips noticed": ("noticed", "slips"),
        "slips named, where other figures say which": ("named", "decidable"),
    }.items():
        percent = measured.share(part, whole)
        print(f"{name}: {measured.counts[part]} of {measured.counts[whole]}, {percent:.1f} %")
    print(f"false findings: {measured.counts['false findings']}")
    if options.misses:
        print("\n".join(measured.misses))


if __name__ == "__main__":
    main()
