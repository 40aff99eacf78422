"""Draw the half of a list of real pages that nobody reads before the reader of forms is built.

Run once over the list of addresses, before any page is studied:

    python tests/set_aside/draw.py ADDRESSES.csv tests/set_aside/pages.csv

A drawn page is named by the SHA-256 of its address only, so that the list in this repository tells nobody
where to look; whoever keeps the addresses can still prove which pages were drawn.
"""

import csv
import hashlib
import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SEED = 20261129
FIELDS = ("sha256", "province", "kind", "year", "set_aside", "address")


@dataclass(frozen=True)
class Page:
    """One real page: its address, and what is known of it without reading it.

    `kind` is budget, final_accounts or performance; `year` is the budget year that the page is about.
    """

    address: str
    province: str
    kind: str
    year: str

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the address as it stands, in UTF-8."""
        return hashlib.sha256(self.address.encode()).hexdigest()


def draw(pages: Iterable[Page], seed: int = SEED) -> list[dict[str, str]]:
    """Set half of the pages aside (the greater half of an odd number).

    Pages are put in the order of their SHA-256 first: the order of the list, which depends on who searched
    for what, has no say.

    Args:
        pages: the pages found, each once.
        seed: of the generator that picks.

    Returns:
        One row a page, in the order of `sha256`, with the keys `FIELDS`; `address` is empty where
        `set_aside` is yes.

    Raises:
        ValueError: an address stands twice: its two copies could fall into both halves.

    """
    ordered = sorted(pages, key=lambda page: page.sha256)
    if len({page.sha256 for page in ordered}) < len(ordered):
        raise ValueError("an address stands twice in the list")
    chosen = set(random.Random(seed).sample(range(len(ordered)), (len(ordered) + 1) // 2))
    return [
        {
            "sha256": page.sha256,
            "province": page.province,
            "kind": page.kind,
            "year": page.year,
            "set_aside": "yes" if place in chosen else "no",
            "address": "" if place in chosen else page.address,
        }
        for place, page in enumerate(ordered)
    ]


def main(source: Path, target: Path) -> None:
    """Draw from the CSV `source` (address, province, kind, year) and write the CSV `target`."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = draw(Page(**row) for row in csv.DictReader(lines))
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
