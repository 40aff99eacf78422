"""Why a file could not be read, in the language of the report."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from orchestration.reports.words import Language


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    with (files("orchestration.reports") / "reasons.csv").open(encoding="utf-8") as file:
        return tuple((re.compile(row["said"], re.DOTALL), row["zh"]) for row in csv.DictReader(file))


def reason_in(language: Language, reason: str | None) -> str:
    """The reason that a reader gives, which is English; the same where nobody has put it into Chinese."""
    if not reason or language is not Language.ZH:
        return reason or ""
    for pattern, said in _known():
        if found := pattern.fullmatch(reason):
            return said.format(*(reason_in(language, group) for group in found.groups()))
    return reason
