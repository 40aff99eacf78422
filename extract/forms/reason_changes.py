"""What a reason says there is more or less of (新增专项经费9万元): the noun behind its verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.forms.subjects import noun_of
from extract.prose_words import ProseWords

_CLAUSE = re.compile(r"[，,；;：:。]")
_WINDOW = 160  # characters before a figure
_SHORTEST_NOUN = 2


@dataclass(frozen=True, slots=True)
class Moved:
    """What there is more (``up``) or less (``down``) of."""

    subject: str
    direction: str


@cache
def _verbs(words: ProseWords) -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<more>{words.more_of.pattern})|(?P<less>{words.less_of.pattern}))了?")


def moved_by_a_reason(before: str, words: ProseWords) -> Moved | None:
    """What the words before a figure of a reason say it is more or less of; None where they do not."""
    clause = _CLAUSE.split(before[-_WINDOW:])[-1].strip()
    verbs = list(_verbs(words).finditer(clause))
    if not verbs:
        return None
    verb = verbs[-1]  # 经费压减后新增设备费9万元
    noun = noun_of(clause[verb.end() :], words)
    if noun is None or len(noun) < _SHORTEST_NOUN:
        return None
    return Moved(noun, "up" if verb.group("more") else "down")
