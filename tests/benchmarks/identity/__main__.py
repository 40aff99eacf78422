"""How often publisher, year, stage and tier are right where the cover is whole, left out, cut or damaged.

Run ``uv run python -m tests.benchmarks.identity --sets 60``; ``--foreign FOLDER`` reads whatever lies there
as documents that are no disclosures. Not a test: it asserts nothing.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from itertools import chain
from pathlib import Path

from tests.benchmarks.identity.covers import FACTS, UNDAMAGED, Miss, cases, judged
from tests.benchmarks.identity.damages import DAMAGES
from tests.benchmarks.identity.foreign import foreign_figures
from tests.benchmarks.lottery.drawing import draw_sets
from tests.benchmarks.lottery.national import national_sets


def main() -> None:
    """Damage covers, have the documents read, and print what was believed of them."""
    options = _options()
    began = time.perf_counter()
    if options.sets or options.national:
        drawn = draw_sets(options.seed, options.sets, formats=options.format)
        sets = (
            chain(drawn, national_sets(options.seed, options.format or ("text", "html", "xlsx", "pdf")))
            if options.national
            else drawn
        )
        counts, misses = judged(cases(sets, DAMAGES, options.seed))
        print(figures(counts))
        for miss in misses[: options.misses]:
            print(f"  {miss}")
        print(f"\n{_of_misses(misses)}")
    if options.foreign:
        print(foreign_figures(options.foreign))
    print(f"{time.perf_counter() - began:.0f} s")


def figures(counts: dict[tuple[str, str], Counter[str]]) -> str:
    """A table: a row a damage, a column a fact, each right / open / wrong in a hundred."""
    lines = [f"{'cover':24}" + "".join(f"{fact:>24}" for fact in FACTS)]
    whole: dict[str, Counter[str]] = {fact: Counter() for fact in FACTS}
    for damage in (UNDAMAGED, *DAMAGES):
        cells = [counts.get((damage, fact), Counter()) for fact in FACTS]
        lines.append(f"{damage:24}" + "".join(f"{_shares(cell):>24}" for cell in cells))
        for fact, cell in zip(FACTS, cells, strict=True):
            whole[fact] += cell
    lines.append(f"{'all':24}" + "".join(f"{_shares(whole[fact]):>24}" for fact in FACTS))
    return "\n".join(lines)


def _shares(cell: Counter[str]) -> str:
    total = max(cell.total(), 1)
    return " / ".join(f"{100 * cell[verdict] / total:.1f}" for verdict in ("right", "open", "wrong"))


def _of_misses(misses: list[Miss]) -> str:
    wrong = Counter((miss.fact, miss.source) for miss in misses if miss.believed is not None)
    return "wrong, by fact and source: " + (
        ", ".join(f"{key}: {count}" for key, count in wrong.items()) or "none"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=60, help="sets of the lottery; each is read eleven times")
    parser.add_argument("--national", action="store_true", help="the national sets, too")
    parser.add_argument("--format", action="append", default=[], help="of this format alone; repeatable")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="print so many of what is not right")
    parser.add_argument("--foreign", type=Path, help="folder of files that are no disclosures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
