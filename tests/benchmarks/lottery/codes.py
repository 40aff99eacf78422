"""The official classifications as the lottery knows them: functions and economic items by name."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """Rows of one of the lottery's own tables."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def functions() -> dict[str, str]:
    """Name by functional code of three (类), five (款) and seven digits (项)."""
    return {row["code"]: row["name"] for row in rows("functions.csv")}


@cache
def economic_items() -> dict[str, str]:
    """Name by departmental economic code of three and five digits."""
    return {row["code"]: row["name"] for row in rows("economic_items.csv")}


@cache
def leaves_below(code: str) -> tuple[str, ...]:
    """The functional codes of seven digits below another one."""
    return tuple(leaf for leaf in functions() if len(leaf) == 7 and leaf.startswith(code))
