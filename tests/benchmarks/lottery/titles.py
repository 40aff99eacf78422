"""Titles composed of words: a number, the year, the publisher, the words of the form, brackets."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tests.benchmarks.lottery.codes import rows
from tests.benchmarks.lottery.labels import chinese
from tests.benchmarks.lottery.wording import Wording

NUMBERINGS = (
    "none", "chinese", "chinese", "digits", "table", "open", "annex", "budget", "word_table", "code",
    "department", "with_dash", "bracketed",
)  # fmt: skip
_LEVELS = ("", "", "", "部门", "单位", "本级", "部门本级")
_OLD = str.maketrans("决总财拨预体项经费务国资营购设计实", "決總財撥預體項經費務國資營購設計實")
_CONCEPT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Title:
    """What a title says, and how it may be split."""

    number: str
    before: str
    words: str
    has_rare: bool

    @property
    def whole(self) -> str:
        """The title on one line."""
        return f"{self.number}{self.before}{self.words}"

    @property
    def code(self) -> str:
        """The number where it can stand alone, as 公开01表 can and 一、 cannot."""
        number = self.number.strip(" ：")
        return "" if number.endswith(("、", "）")) else number


@cache
def _titles() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("titles.csv"):
        found[row["title"]] = (*found.get(row["title"], ()), row["wording"])
    return found


def wordings(title: str) -> tuple[str, ...]:
    """The ways to compose a title."""
    return _titles()[title]


def numbered(numbering: str, number: int, stage: str) -> str:
    """The number before a title."""
    return {
        "none": "",
        "chinese": f"{chinese(number)}、",
        "digits": f"{number}、",
        "table": f"表{number} ",
        "open": f"公开{number:02d}表 ",
        "annex": f"附件{number}：",
        "budget": f"{'预算' if stage == 'budget' else '决算'}{number:02d}表 ",
        "word_table": f"表{chinese(number)}：",
        "code": f"GK{number:02d} ",
        "department": f"部门公开表{number} ",
        "with_dash": f"表13-{number} ",
        "bracketed": f"（{chinese(number)}）",
    }[numbering]


def drawn_title(
    chance: random.Random,
    title: str,
    *,
    number: str,
    publisher: str,
    year: int,
    stage: str,
    is_rare: bool,
    wordings_allowed: Sequence[str] = (),
) -> Title:
    """Compose a title of words; with a rare word where one is asked for and the wording has one."""
    wording = Wording(chance, year, year - 1, "title_words.csv")
    pattern = chance.choice(tuple(wordings_allowed) or wordings(title))
    if is_rare:
        wording.make_rare(_CONCEPT.findall(pattern))
    words = _CONCEPT.sub(lambda match: wording.say(match.group(1)), pattern)
    before = ""
    if chance.random() < 0.35:
        before += chance.choice((f"{year}年度", f"{year}年", f"{year} 年"))
    if chance.random() < 0.15:
        before = f"{publisher}{before}" if chance.random() < 0.6 else f"{before}{publisher}"
    before += chance.choice(_LEVELS) if chance.random() < 0.5 else ""
    if chance.random() < 0.08:
        words = " ".join(words)
    if chance.random() < 0.03 and not wording.has_rare:
        words = words.translate(_OLD)
    return Title(number, before, words, wording.has_rare)
