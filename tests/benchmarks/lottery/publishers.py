"""Invented publishers: a place that is nowhere, an office that is everywhere."""

from __future__ import annotations

import random
from typing import NamedTuple

from tests.benchmarks.lottery.codes import rows

_LEVELS = {"county": ("县", "区"), "city": ("市",), "province": ("",)}


class Publisher(NamedTuple):
    """Who publishes: the name, where, at which level, and the function it lives on (款)."""

    name: str
    province: str
    level: str
    main: str


def drawn_publisher(chance: random.Random) -> Publisher:
    """Draw a publisher."""
    place = chance.choice(rows("places.csv"))
    names = rows("names.csv")
    front = chance.choice([row["text"] for row in names if row["part"] == "front"])
    office = chance.choice([row for row in names if row["part"] == "office"])
    level = chance.choice(("county", "county", "city", "province"))
    if place["kind"] == "municipality" and level == "city":
        level = "county"
    where = place["province"] if level == "province" else f"{front}{chance.choice(_LEVELS[level])}"
    return Publisher(f"{where}{office['text']}", place["province"], level, office["main"])
