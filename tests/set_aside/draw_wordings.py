"""Draw the third of the collected wordings that nobody reads again before the grammar of prose is built.

Run once over the whole list, before anything is built:

    python tests/set_aside/draw_wordings.py ALL.csv tests/set_aside/wordings.csv SEALED.csv

The open two thirds go into this repository, of the sealed third its SHA-256 alone, until it is opened.
"""

import csv
import hashlib
import random
import sys
from collections.abc import Sequence
from pathlib import Path

SEED = 20261129
FIELDS = ("region", "seen", "direction", "wording")
Row = dict[str, str]


def draw(rows: Sequence[Row], seed: int = SEED) -> tuple[list[Row], list[Row]]:
    """The open and the sealed wordings, each in the order of the SHA-256 of its wording.

    Raises:
        ValueError: a wording stands twice: its two copies could fall on both sides.

    """
    ordered = sorted(rows, key=lambda row: hashlib.sha256(row["wording"].encode()).hexdigest())
    if len({row["wording"] for row in ordered}) < len(ordered):
        raise ValueError("a wording stands twice in the list")
    sealed = set(random.Random(seed).sample(range(len(ordered)), (len(ordered) + 2) // 3))
    return (
        [row for place, row in enumerate(ordered) if place not in sealed],
        [row for place, row in enumerate(ordered) if place in sealed],
    )


def _write(rows: Sequence[Row], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(source: Path, target: Path, sealed_target: Path) -> None:
    """Draw from the CSV `source`, write both lists and print the SHA-256 of the sealed one."""
    with source.open(encoding="utf-8", newline="") as lines:
        opened, sealed = draw(list(csv.DictReader(lines)))
    _write(opened, target)
    _write(sealed, sealed_target)
    print(hashlib.sha256(sealed_target.read_bytes()).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
