"""The tables of the vocabulary without the rows that nothing matches."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from extract.vocabulary_tables import VOCABULARY_DIR

Row = dict[str, str]
Key = tuple[str, ...]

_NAMES: dict[str, Callable[[int, Row], Key]] = {
    "title_words": lambda _, row: (row["word"],),
    "form_meanings": lambda number, _: (str(number),),
    "header_words": lambda _, row: (row["form_key"], row["word"]),
    "column_headers": lambda _, row: (row["form_key"], row["header"]),
    "row_labels": lambda _, row: (row["form_key"], row["label"]),
    "row_words": lambda _, row: (row["word"],),
    "head_labels": lambda _, row: (row["label"],),
    "indicator_levels": lambda _, row: (row["name"],),
    "caption_patterns": lambda _, row: (row["kind"], row["pattern"]),
}
"""What names a row of each table of words of layouts. Evidence is named by each of its values, see below."""
TABLES = (*_NAMES, "form_evidence")
"""Tables that lose rows. The others tell units, prose, names and places, which belong to no layout."""


def rows_of(table: str, directory: Path = VOCABULARY_DIR) -> Iterator[Row]:
    """Give the rows of a table as they stand; an empty cell is an empty text."""
    with (directory / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_without(lost: Callable[[Key], bool], directory: Path) -> dict[str, tuple[int, int]]:
    """Write all tables to a new directory but for the lost rows; count rows lost and rows in all, by table.

    Args:
        lost: whether a row, named by its table and what names it there, is taken away.
        directory: must not exist.
    """
    shutil.copytree(VOCABULARY_DIR, directory)
    counts: dict[str, tuple[int, int]] = {}
    for table in TABLES:
        before = list(rows_of(table))
        after = [left for number, row in enumerate(before) if (left := _left(table, number, row, lost))]
        counts[table] = len(before) - len(after), len(before)
        with (directory / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(before[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(after)
    return counts


def _left(table: str, number: int, row: Row, lost: Callable[[Key], bool]) -> Row | None:
    """What is left of a row: all, nothing, or of a row of evidence some of its values."""
    if table != "form_evidence":
        return None if lost((table, *_NAMES[table](number, row))) else row
    values = [
        value for value in row["value"].split("|") if not lost((table, row["form_key"], row["kind"], value))
    ]
    return {**row, "value": "|".join(values)} if values else None
