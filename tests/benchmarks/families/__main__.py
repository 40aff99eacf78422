"""What is read of each layout family when no row of the vocabulary is its own.

Run ``uv run python -m tests.benchmarks.families``; real documents, titles and headers are read where
``DISCLOSURES_CORPUS`` has them. Not a test: it asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from extract.vocabulary import load_vocabulary
from tests.benchmarks.families.firing import Row
from tests.benchmarks.families.members import (
    ELSEWHERE,
    FAMILIES,
    headers,
    real_documents,
    titles,
    typeset_sets,
)
from tests.benchmarks.families.reading_families import (
    read_real,
    read_typeset,
    reading_with,
    rows_matched,
    staged,
)
from tests.benchmarks.families.scoring import FamilyScore, score_real, score_typeset
from tests.benchmarks.families.tables import write_without
from tests.benchmarks.lottery.national import FORMATS

_CORPUS = Path(os.environ.get("DISCLOSURES_CORPUS", "../shared/disclosures"))


def main() -> None:
    """Record what matches, take away what is a family's own, and print what is read of it."""
    options = _options()
    began = time.perf_counter()
    formats = options.format or FORMATS
    matched = matched_by_family(options.source, formats)
    print(f"{'family':15}{'rows lost':>10}{'cells':>8}{'read %':>8}{'phantom':>8}{'forms':>7}", end="")
    print(f"{'right %':>9}{'open %':>8}{'wrong %':>8}{'others wrong':>13}")
    for family in options.only or FAMILIES:
        score, counts = first_contact(family, matched, options.source, formats)
        print(_line(family, score, sum(lost for lost, _ in counts.values())))
        if options.misses:
            told = ", ".join(f"{table} {lost} of {rows}" for table, (lost, rows) in counts.items() if lost)
            print(f"    lost: {told or 'nothing'}")
            print("".join(f"    {miss}\n" for miss in score.misses[: options.misses]), end="")
    print(f"{time.perf_counter() - began:.0f} s")


def matched_by_family(corpus: Path, formats: Sequence[str]) -> dict[str, frozenset[Row]]:
    """Give the rows that each family matches, and those that what is of no family matches."""
    of_titles, of_headers = titles(corpus), headers(corpus)
    return {
        family: rows_matched(
            real_documents(corpus, family),
            typeset_sets(family, formats),
            of_titles.get(family, ()),
            of_headers.get(family, ()),
        )
        for family in (*FAMILIES, ELSEWHERE)
    }


def first_contact(
    family: str, matched: dict[str, frozenset[Row]], corpus: Path, formats: Sequence[str]
) -> tuple[FamilyScore, dict[str, tuple[int, int]]]:
    """Read a family without the rows that nothing outside it matches; rows lost and in all, by table."""
    outside = frozenset().union(*(rows for each, rows in matched.items() if each != family))
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "vocabulary"
        counts = write_without(lambda row: row not in outside, directory)
        vocabulary = load_vocabulary(directory)
    documents = list(real_documents(corpus, family))
    if documents:
        with reading_with(load_vocabulary()):
            whole = staged(read_real(documents))
        with reading_with(vocabulary):
            return score_real(whole, staged(read_real(documents))), counts
    with reading_with(vocabulary):
        return score_typeset(read_typeset(typeset_sets(family, formats))), counts


def _line(family: str, score: FamilyScore, lost: int) -> str:
    forms = score.right + score.open + score.wrong
    parts = "".join(f"{_share(each, forms):>8}" for each in (score.open, score.wrong))
    return (
        f"{family:15}{lost:>10}{score.cells:>8}{_share(score.read, score.cells):>8}{score.phantoms:>8}"
        f"{forms:>7}{_share(score.right, forms):>9}{parts}{score.others_wrong:>13}"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=_CORPUS, help="folder of real disclosures")
    parser.add_argument("--only", choices=FAMILIES, action="append", default=[], help="repeatable")
    parser.add_argument("--format", choices=FORMATS, action="append", default=[], help="of typeset sets")
    parser.add_argument("--misses", type=int, default=0, help="print so many forms that are not right")
    return parser.parse_args()


if __name__ == "__main__":
    main()
