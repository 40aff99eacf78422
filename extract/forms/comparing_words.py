"""The words before a figure that say what kind of figure it is: a change, a share, a completion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.prose_words import ProseWords

_WINDOW = 160
_CLAUSE = re.compile(r"[，,；;：:。]")


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction right before a figure, and where its words begin."""

    start: int
    direction: str | None  # up | down
    is_open: bool = False
    is_difference: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """What something is compared with: the words, and where they stand."""

    start: int
    end: int
    printed: str  # 上年, 2023年, 预算数 …; as it stands
    year_text: str | None  # four digits where the words name a year
    is_budget: bool
    version_text: str  # 执行数, 预算 … of that year
    direction: str | None = None  # of 大于预算数, 小于上年


@cache
def _change(words: ProseWords) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<open>{words.open_direction.pattern})|(?P<up>{words.up.pattern})"
        rf"|(?P<down>{words.down.pattern})|(?P<differs>{words.differs.pattern}))"
        rf"(?:{words.change_filler.pattern})\s*$"
    )


@cache
def _compared(words: ProseWords) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{words.compare.pattern}|(?P<greater>{words.greater.pattern})|(?P<less>{words.less.pattern}))\s*"
        rf"(?:(?P<last>{words.basis_last_year.pattern})"
        rf"|(?P<year>20\d\d)\s*年?度?|(?=(?:{words.basis_budget.pattern})))"
        r"(?:[（(][^（）()\d]{1,16}[）)])?"  # 2022年（上一年度，下同）
        rf"(?P<version>(?:{words.basis_version.pattern}))(?:的(?=\s*(?:\d|$)))?(?:{words.compare_tail.pattern})"
        rf"|(?P<same>{words.same_period.pattern})"
    )


@cache
def _ends(words: ProseWords) -> dict[str, re.Pattern[str]]:
    filler = rf"(?:{words.share_filler.pattern})\s*$"
    return {
        "share": re.compile(rf"(?:{words.share.pattern})(?P<whole>[^，。；]*?){filler}"),
        "completion": re.compile(rf"(?:{words.completion.pattern})(?P<whole>[^，。；]*?){filler}"),
        "completion_of": re.compile(rf"(?P<whole>{words.completion_of.pattern})\s*$"),
        "up_to": re.compile(rf"(?:{words.up.pattern}|{words.down.pattern})了?(?:{words.up_to.pattern})\s*$"),
        "budget": re.compile(rf"(?:{words.basis_budget.pattern})"),
    }


def direction_before(before: str, words: ProseWords) -> Direction | None:
    """The direction that the words before a figure end with; None where they do not."""
    window = before[-_WINDOW:]
    if _ends(words)["up_to"].search(window) and not window.rstrip().endswith("为"):
        return None
    match = _change(words).search(window)
    if match is None:
        compared = compared_with(before, words)
        if compared is None or compared.direction is None or before[compared.end :].strip():
            return None
        return Direction(compared.start, compared.direction)  # 决算数大于预算数5万元
    return Direction(
        len(before) - len(window) + match.start(),
        "up" if match.group("up") else "down" if match.group("down") else None,
        is_open=match.group("open") is not None,
        is_difference=match.group("differs") is not None,
    )


def change_follows(after: str, words: ProseWords) -> bool:
    """Whether the words behind a figure say first of all by how much it differs from another one."""
    return _change_behind(words).match(after) is not None


def moves_behind(after: str, words: ProseWords) -> bool:
    """Whether the words right behind a figure say by how much something differs from it."""
    return _moved(words).fullmatch(after) is not None


@cache
def _moved(words: ProseWords) -> re.Pattern[str]:
    moved = rf"(?:{words.up.pattern}|{words.down.pattern})"
    return re.compile(rf"\s*{moved}(?:{words.change_filler.pattern})\s*")


@cache
def _change_behind(words: ProseWords) -> re.Pattern[str]:
    moved = rf"(?:{words.up.pattern}|{words.down.pattern}|{words.differs.pattern})"
    return re.compile(rf"\s*[，,]\s*{moved}(?:{words.change_filler.pattern})\s*$")


def leads_to_a_level(before: str, words: ProseWords) -> bool:
    """Whether the figure is what something rose or fell to (增加到)."""
    return _ends(words)["up_to"].search(before[-_WINDOW:]) is not None


def compared_with(text: str, words: ProseWords) -> Compared | None:
    """The last comparison in some words."""
    shift = max(len(text) - _WINDOW, 0)
    found = None
    for match in _compared(words).finditer(text, shift):
        found = match
    if found is None:
        return None
    if found.group("same"):
        return Compared(found.start(), found.end(), found.group(), None, False, "")
    year, last, version = found.group("year"), found.group("last"), found.group("version")
    is_budget = not year and not last
    printed = version if is_budget else last or f"{year}年"
    direction = "up" if found.group("greater") else "down" if found.group("less") else None
    return Compared(found.start(), found.end(), printed, year, is_budget, version, direction)


def named_budget(text: str, words: ProseWords) -> str | None:
    """Which of several budgets some words name: 年初预算 the first, 调整预算 the adjusted one."""
    if words.adjusted.search(text):
        return "adjusted"
    return "budgeted" if words.initial.search(text) else None


def begins_comparison(after: str, words: ProseWords) -> bool:
    """Whether the words behind a figure begin with what it is compared with (，比上年)."""
    return _compared(words).match(after.lstrip(" ，,")) is not None and after.lstrip()[:1] in "，,"


def ends_comparison(before: str, words: ProseWords) -> bool:
    """Whether the last clause before a figure is how it compares, and no more (，与上年相比减少)."""
    window = before[-_WINDOW:]
    clause = _CLAUSE.split(window)[-1]
    compared, change = _compared(words).match(clause.strip()), _change(words).search(clause)
    if len(clause) == len(window) or compared is None:
        return False
    return change is not None or compared.end() == len(clause.strip())


def explains_budget(before: str, words: ProseWords) -> bool:
    """Whether the words before a reason say that it explains how an outcome differs from its budget."""
    return _differs_from_budget(words).search(before[-_WINDOW:]) is not None


@cache
def _differs_from_budget(words: ProseWords) -> re.Pattern[str]:
    held = rf"(?:{words.greater.pattern}|{words.less.pattern}|{words.equal.pattern})"
    differ = rf"(?:{words.equal.pattern}|{words.differs.pattern})"
    budget = rf"(?:{words.basis_budget.pattern})"
    return re.compile(rf"{held}\s*{budget}的?(?:主要)?$|[与和]\s*{budget}\s*{differ}的?(?:主要)?$")


def named_before(text: str, words: ProseWords) -> str | None:
    """The words in front of the last comparison that has some in its clause (接待费比预算无变化，比去年…)."""
    found = None
    for match in _compared(words).finditer(text, max(len(text) - _WINDOW, 0)):
        clause = _CLAUSE.split(text[: match.start()])[-1].strip()
        found = clause or found
    return found


def share_of(before: str, words: ProseWords) -> str | None:
    """What a percentage is a share of, empty where it is not said; None where it is no share."""
    match = _ends(words)["share"].search(before[-_WINDOW:])
    return match.group("whole").strip() if match else None


def completion_of(before: str, words: ProseWords) -> str | None:
    """What a rate of completion is of, empty where it is not said; None where it is no such rate."""
    window = before[-_WINDOW:]
    of_words = _ends(words)["completion_of"].search(window)
    if of_words is not None:
        return of_words.group("whole").strip()
    match = _ends(words)["completion"].search(window)
    return match.group("whole").strip() if match else None


def multiple_of(before: str, words: ProseWords) -> str | None:
    """What a number of times is of, empty where the figure before it is meant; None where of neither."""
    if words.times_filler.fullmatch(before.strip()):
        return ""
    match = words.times_of.search(before.strip()[-_WINDOW:])
    return match.group().strip() if match else None
