"""A folder of disclosures with a planted matrix of violations, inspected as a bureau does: does it come out?

Run ``python -m tests.benchmarks.inspecting --documents 300``. Each disclosure is a whole one of four families
under a name of its own; two of three have one to three violations. Not a test: it asserts nothing.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path

from orchestration.collecting.visits import CHINA
from orchestration.inspecting.notices import write_notices
from orchestration.inspecting.rounds import inspect
from orchestration.inspecting.workbook import write_workbook
from tests.warehouse.test_checks_by_family import OPEN, VIOLATIONS, publisher_of
from tests.warehouse.whole_families import families

# what touches the same words, or makes the other one be found, is not planted with it
_TOGETHER = [
    "detail.function",
    "prose.terms",
    "procurement.parts",
    "assets.dated",
    "three_public.reasons",
    "privacy.personal_data",
    "counts.vehicles_kept",
    "procurement.small_firms",
]


def planted(count: int, seed: int, folder: Path) -> dict[str, set[str]]:
    """Write the disclosures; give what was planted in each, by file name."""
    chance = random.Random(seed)
    whole = list(families())
    matrix = {}
    for number in range(count):
        family = whole[number % len(whole)]
        able = [
            rule
            for rule in _TOGETHER
            if VIOLATIONS[rule][1] in ("both", family.stage) and (family.name, rule) not in OPEN
        ]
        rules = chance.sample(able, chance.choice((0, 0, 1, 1, 2, 3)))
        text = family.text
        for rule in rules:
            text = VIOLATIONS[rule][0](text)
        name = f"{number:03d}.txt"
        text = text.replace(publisher_of(family.text), f"第{number}县卫生局")
        (folder / name).write_text(text, encoding="utf-8")
        # 第三部分 goes with the terms, and its number is left out
        matrix[name] = {*rules, *(["numbering.headings"] if "prose.terms" in rules else [])}
    return matrix


def main() -> None:
    """Inspect, and say which cells of the matrix differ."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        matrix = planted(options.documents, options.seed, Path(folder))
        began = time.perf_counter()
        found = inspect([Path(folder)])
        seconds = time.perf_counter() - began
        out = Path(folder) / "out"
        write_workbook(found, None, out / "检查结果.xlsx", datetime.now(CHINA).date())
        notices = list(write_notices(found, None, out))
    told: dict[str, set[str]] = {name: set() for name in matrix}
    for point in found.points:
        if point.outcome in ("not_met", "remark") and point.item_id != "form.budget_state_capital":
            told[point.file_name].add(point.item_id)
    missed = [(name, rule) for name, rules in matrix.items() for rule in sorted(rules - told[name])]
    more = [(name, rule) for name, rules in told.items() for rule in sorted(rules - matrix[name])]
    print(f"{options.documents:,} disclosures in {seconds:.1f} s, {len(notices):,} notices")
    print(
        f"planted {sum(map(len, matrix.values())):,}, missed {len(missed):,}, told beside them {len(more):,}"
    )
    for name, rule in [*missed, *more][:20]:
        print(name, rule, "missed" if (name, rule) in missed else "not planted")


if __name__ == "__main__":
    main()
