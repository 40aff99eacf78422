"""How much of forms in random layouts is understood: figures, units, forms, measures, sources.

Run ``uv run python -m tests.benchmarks.lottery``: 200 sets are some 2,150 forms. Not a test: it asserts
nothing.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl

from tests.benchmarks.lottery.drawing import FORMATS, DrawnSet, draw_sets
from tests.benchmarks.lottery.families import FAMILIES
from tests.benchmarks.lottery.findings import Row
from tests.benchmarks.lottery.national import FORMATS as NATIONAL_FORMATS
from tests.benchmarks.lottery.national import national_sets
from tests.benchmarks.lottery.printing import print_set
from tests.benchmarks.lottery.reading_sets import read_sets
from tests.benchmarks.lottery.reconciling import reconciled
from tests.benchmarks.lottery.report import by_drawing, figures, findings_figures, misses
from tests.benchmarks.lottery.scoring import score


def main() -> None:
    """Draw sets, have them read, and say what was understood."""
    options = _options()
    began = time.perf_counter()
    if options.national:
        sets: Iterable[DrawnSet] = national_sets(options.seed, options.format or NATIONAL_FORMATS)
    else:
        sets = draw_sets(options.seed, options.sets, options.only, options.format)
    if options.number:
        sets = (drawn for drawn in sets if drawn.truth.set_no in options.number)
    if options.save:
        sets = _saved(sets, options.save)
    kept: list[Mapping[str, pl.DataFrame]] = []
    scores = score(read_sets(sets, kept if options.findings else None))
    print(figures(scores))
    accused: list[Row] = []
    if options.findings:
        of_warehouse = reconciled(kept, scores)
        accused = of_warehouse.misses
        print(f"\n{findings_figures(of_warehouse)}")
    if options.drawings:
        print(f"\n{by_drawing(scores)}")
    if options.json:
        told = [*misses(scores), *accused]
        lines = "\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in told)
        options.json.write_text(lines + "\n", encoding="utf-8")
    print(
        f"\nseed {options.seed}: {len(scores.truths)} sets, {len(scores.forms)} forms, "
        f"{len(scores.cells)} figures; {time.perf_counter() - began:.0f} s"
    )


def _saved(sets: Iterable[DrawnSet], folder: Path) -> Iterator[DrawnSet]:
    """Keep the files and their truths."""
    folder.mkdir(parents=True, exist_ok=True)
    for drawn in sets:
        printed = print_set(drawn)
        (folder / printed.file_name).write_bytes(printed.data)
        truth = json.dumps(drawn.truth.as_json(), ensure_ascii=False, indent=1)
        (folder / f"{printed.file_name}.json").write_text(truth, encoding="utf-8")
        yield drawn


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=200, help="disclosures to draw, some eleven forms each")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same sets")
    parser.add_argument("--only", choices=FAMILIES, help="sets of this family alone")
    parser.add_argument("--format", choices=FORMATS, action="append", default=[], help="repeatable")
    parser.add_argument("--number", type=int, action="append", default=[], help="this set alone; repeatable")
    parser.add_argument("--national", action="store_true", help="national sets typeset as usual, all of them")
    parser.add_argument("--findings", action="store_true", help="reconcile them, and hold the findings, too")
    parser.add_argument("--drawings", action="store_true", help="figures by kind of form, too")
    parser.add_argument("--json", type=Path, help="file for one row (a line of JSON) per miss")
    parser.add_argument("--save", type=Path, help="folder to keep the files and their truths in")
    return parser.parse_args()


if __name__ == "__main__":
    main()
