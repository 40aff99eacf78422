"""How often a source is looked at, and in which months more is expected of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator

SEASONS: dict[str, tuple[int, ...]] = {"budget": (1, 2, 3, 4), "final_accounts": (8, 9, 10)}
"""The months in which disclosures of a stage appear."""

_NAMED = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
}
_COUNTED = re.compile(r"(\d{1,4})\s+(minute|hour|day|week)s?")
_SHORTEST = timedelta(minutes=1)


def months_of(season: Sequence[str | int]) -> frozenset[int]:
    """The months, 1 to 12, that seasons and single months make."""
    return frozenset(
        month for part in season for month in (SEASONS[part] if isinstance(part, str) else (part,))
    )


def _season(value: object) -> object:
    parts = value if isinstance(value, (list, tuple)) else (value,)
    for part in parts:
        if part not in SEASONS and (part not in range(1, 13) or isinstance(part, bool)):
            raise ValueError(f"{', '.join(SEASONS)} or months from 1 to 12 are expected, not “{part}”")
    if not parts:
        raise ValueError(f"{', '.join(SEASONS)} or months from 1 to 12 are expected")
    return tuple(parts)


def _cadence(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    text = str(value).strip().lower()
    counted = _COUNTED.fullmatch(text)
    cadence = timedelta(**{f"{counted[2]}s": int(counted[1])}) if counted else _NAMED.get(text)
    if cadence is None or cadence < _SHORTEST:
        raise ValueError(
            f"{', '.join(_NAMED)} or a number of minutes, hours, days or weeks such as “3 days” is expected, "
            f"not “{value}”"
        )
    return cadence


Cadence = Annotated[timedelta, BeforeValidator(_cadence)]
"""Time between two visits: ``daily``, ``12 hours`` …"""

Season = Annotated[tuple[Literal["budget", "final_accounts"] | int, ...], BeforeValidator(_season)]
"""When disclosures are expected: stages, or months as numbers."""
