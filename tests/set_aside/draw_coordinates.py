"""Draw what is set aside while figures get coordinates: lottery seeds, typeset variants, real documents.

Run once, before anything is built, with the folder of real disclosures:

    python -m tests.set_aside.draw_coordinates DISCLOSURES tests/set_aside/coordinates.csv

A row names one document or one seed, and the SHA-256 of its bytes (of a seed: of all its files, one after
the other), so that whoever opens them later can prove that they are the ones that were drawn. Nothing is
looked at: files are made to be hashed, and forgotten.
"""

import csv
import hashlib
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.lottery.drawing import draw_sets
from tests.benchmarks.lottery.national import national_sets
from tests.benchmarks.lottery.printing import print_set

SEED = 20261130
FIELDS = ("kind", "name", "sha256")
LOTTERY_SEEDS = range(5000, 6000)
SETS_A_SEED = 38  # five seeds are then some 2,050 forms
VARIANTS = 72  # national families by ways to number rows and columns by formats
NAMED = ("001_94a3ed044e7312ad", "004_1db6350befa6043e", "putuo-welfare-home-2024-budget-unit")
"""Real documents that have to be looked at: what they show is asked for by name."""
Row = dict[str, str]


def drawn_seeds(seed: int = SEED) -> list[int]:
    """Five lottery seeds, in ascending order."""
    return sorted(random.Random(f"{seed}/lottery").sample(LOTTERY_SEEDS, 5))


def drawn_variants(seed: int = SEED) -> list[int]:
    """A third of the numbers of the national sets, in ascending order."""
    return sorted(random.Random(f"{seed}/variants").sample(range(1, VARIANTS + 1), VARIANTS // 3))


def drawn_documents(digests: Iterable[str], seed: int = SEED) -> list[str]:
    """Four of the documents, named by the SHA-256 of their bytes; their order has no say."""
    return sorted(random.Random(f"{seed}/documents").sample(sorted(digests), 4))


def candidates(folder: Path) -> dict[str, str]:
    """Digest → path in ``folder`` of the real disclosures, blank templates and those named left out."""
    files = sorted((*folder.glob("text/*.txt"), *folder.glob("pdf/**/*.pdf")))
    return {
        hashlib.sha256(file.read_bytes()).hexdigest(): file.relative_to(folder).as_posix()
        for file in files
        if file.stem not in NAMED and "blank-template" not in file.name
    }


def rows(folder: Path) -> list[Row]:
    """Everything that is set aside, one row each."""
    seeds = drawn_seeds()
    found = [
        ("lottery", str(seed), _digest(print_set(drawn).data for drawn in draw_sets(seed, SETS_A_SEED)))
        for seed in seeds
    ]
    variants = set(drawn_variants())
    found += [
        ("variant", f"{seeds[0]}/{drawn.truth.set_no}", _digest([print_set(drawn).data]))
        for drawn in national_sets(seeds[0])
        if drawn.truth.set_no in variants
    ]
    documents = candidates(folder)
    found += [("document", documents[digest], digest) for digest in drawn_documents(documents)]
    return [dict(zip(FIELDS, row, strict=True)) for row in found]


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def main(arguments: Sequence[str]) -> None:
    """Write the list."""
    folder, target = Path(arguments[0]), Path(arguments[1])
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
