"""How long the questions of the cookbook take on a published file, and its size.

Run ``uv run python -m tests.benchmarks.questions FILE``, on the file of a large warehouse such as the one
that ``tests.benchmarks.load --home FOLDER`` leaves. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
from rich.table import Table

from orchestration.command.cookbook import recipes
from orchestration.command.terminal import output


def main() -> None:
    """Ask every question ``--rounds`` times on a connection of its own and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="a published file")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with duckdb.connect(options.file, read_only=True) as connection:
        documents = int(connection.sql("select count(*) from marts.dim_document").fetchall()[0][0])
    table = Table(title=f"{documents:,} documents, {options.file.stat().st_size / 2**20:,.0f} MiB")
    for heading in ("question", "rows", "first ms", "median ms", "µs/document"):
        table.add_column(heading, justify="left" if heading == "question" else "right")
    for recipe in recipes():
        rows, times = _asked(options.file, recipe.query, options.rounds)
        table.add_row(
            recipe.name,
            f"{rows:,}",
            f"{times[0] * 1e3:,.0f}",
            f"{median(times) * 1e3:,.0f}",
            f"{median(times) / documents * 1e6:,.1f}",
        )
    output().print(table)


def _asked(file: Path, query: str, rounds: int) -> tuple[int, list[float]]:
    """Rows of the answer, and the seconds of each round; the first one opens a cold connection's pages."""
    times = []
    rows = 0
    with duckdb.connect(file, read_only=True) as connection:
        for _ in range(rounds):
            started = perf_counter()
            rows = len(connection.execute(query).fetchall())
            times.append(perf_counter() - started)
    return rows, times


if __name__ == "__main__":
    main()
