"""Runs over a growing warehouse, killed at random moments: is what comes of them what undisturbed runs give?

Run ``uv run python -m tests.benchmarks.kills --kills 100 --documents 200``. The documents come in portions,
so that every step has something to do; each portion's run is killed at a random moment and tried again,
several times, before it may end. One reader asks the published file all the while. At the end documents,
amounts, identities and findings are compared, row for row, with those of an undisturbed run over all of them.
Exits with 1 when anything differs or the reader saw an error.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import duckdb

from orchestration.command.terminal import output
from orchestration.home.paths import Paths
from tests.benchmarks.generating import Generated, generated, originals_in
from tests.benchmarks.kills.killing import run_for
from tests.benchmarks.kills.reading import reading

_SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples"
# Where kills are to fall: the step, and within how many seconds of its beginning.
_MOMENTS = (
    ("starting", 4.0),
    ("landing documents", 0.3),
    ("reading documents", 1.5),
    ("staging frames", 0.4),
    ("transforming", 20.0),
    ("publishing", 1.5),
)
_COMPARED = (
    "staging.documents",
    "staging.amounts",
    "staging.claims",
    "reconciliation.identity_results",
    "marts.fct_findings",
    "marts.fct_spending_lines",
)


def main() -> None:
    """Kill, let the last run end, compare."""
    options = _options()
    chance = random.Random(options.seed)
    documents = list(generated(originals_in(options.source or [_SAMPLES]), range(options.documents)))
    portions = max(1, min(options.portions, options.documents))
    fell: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        home, undisturbed, source = (Path(folder) / name for name in ("home", "undisturbed", "source"))
        source.mkdir()
        first, *rest = [documents[start::portions] for start in range(portions)]
        _add(source, first)
        run_for(home, source, None)
        with reading(Paths(home, ()).published_file, Path(folder) / "reads") as reader:
            kills = 0
            while kills < options.kills:
                if rest:
                    _add(source, rest.pop(0))
                for _ in range(min(options.kills_a_portion, options.kills - kills)):
                    step, within = chance.choice(_MOMENTS)
                    ended = run_for(home, source, chance.uniform(0, within), step)
                    fell[ended.step if ended.was_killed else "ended before the kill"] += 1
                    kills += ended.was_killed
                    if not ended.was_killed:
                        break
                print(f"{kills} kills, {len(rest)} portions to come, {dict(fell)}", file=sys.stderr)
            for portion in rest:
                _add(source, portion)
            last = run_for(home, source, None)
            reads, errors = reader.counts()
        run_for(undisturbed, source, None)
        found = differences(Paths(home, ()).published_file, Paths(undisturbed, ()).published_file)
    console = output()
    console.print(f"{kills} kills: {', '.join(f'{step} {count}' for step, count in fell.most_common())}")
    console.print(f"then one clean run of {last.seconds:.1f} s")
    console.print(f"{reads:,} reads meanwhile, {errors} errors")
    for table, (rows, different) in found.items():
        console.print(f"{table}: {rows:,} rows, {different} differ")
    sys.exit(bool(errors or any(different for _, different in found.values())))


def _add(source: Path, documents: list[Generated]) -> None:
    for document in documents:
        (source / document.file_name).write_bytes(document.data)


def differences(one: Path, other: Path) -> dict[str, tuple[int, int]]:
    """For each table, its rows, and how many of them only one of the two files has."""
    found = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)")
        for table in _COMPARED:
            ((rows, different),) = connection.sql(
                f"""
                select
                    (select count(*) from other.{table}),
                    (select count(*) from (
                        (from one.{table} except all from other.{table})
                        union all
                        (from other.{table} except all from one.{table})
                    ))
                """
            ).fetchall()
            found[table] = (rows, different)
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, action="append", help="folder of text disclosures; repeatable")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument(
        "--portions",
        type=int,
        default=40,
        help="in how many portions the documents come; some should be to come at the last kill",
    )
    parser.add_argument("--kills-a-portion", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to keep the warehouses meanwhile")
    return parser.parse_args()


if __name__ == "__main__":
    main()
