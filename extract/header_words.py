"""What a column's header says, composed of the words in it: rows of ``header_words.csv``, one saying each.

A path (header texts from top to bottom) is cut into words, and what the words say is put together: lower
parts refine upper ones. What no word knows leaves the measure and the fund open; it is never guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.simplified import simplified

_BRACKETED = re.compile(r"\(([^()]*)\)")
_UNIT_OF_MONEY = re.compile(r"(?:金额)?(?:单位)?:?(?:[亿万千百]*元)")
_FORMULA = re.compile(r"[A-Za-z0-9+\-=/*×÷<>.,%%栏]+")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度|年|-度|-)?")
_FILLING = re.compile(r"[\s:;,.、。/()\[\]\-+—*%·…<>年]+")  # 年: of a year whose digits were lost
_MONEY_SAYS = frozenset({"fund", "measure", "balance", "sum", "item", "budget_version"})
_NATURE_ROLES = {"count": "quantity", "rate": "rate", "change": "amount"}
_CODE_ROLES = {
    ("function", None): "function_code",
    ("economic", None): "economic_code",
    ("economic", "government"): "government_economic_code",
    ("unit", None): "unit_code",
    ("project", None): "project_code",
}
_PERCENT = "%"
_LONGEST_VERSION = 5  # characters, with a word unknown: 去年完成额, 本年安排额
_SIDES = {
    ("function", None): "function",
    ("economic", None): "economic",
    ("economic", "government"): "economic_government",
    ("unit", None): "unit",
}


class HeaderMeaning(NamedTuple):
    """What one column header means."""

    role: str  # label, amount, function_code, code, unit_code, ordinal, quantity, rate, text …
    side_key: str | None
    measure: str | None
    fund: str | None
    row_label: str | None  # what the rows are, where the header says so and the rows print no label
    budget_version: str | None = None  # budget | adjusted_budget | final | execution
    year: str | None = None  # previous | current | four digits
    nature: str | None = None  # figure | change | rate | count; None for what is no number


@dataclass(slots=True)
class _Said:
    """What the words of one part of a path say, by kind of saying; and whether a word was unknown."""

    by_kind: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, str] = field(default_factory=dict)  # the printed word of each kind of saying
    is_unknown: bool = False
    has_other_end: bool = False  # among unknown words, the last, which says what a thing is, says no role

    def last(self, kind: str) -> str | None:
        """Return the last thing said of this kind."""
        values = self.by_kind.get(kind)
        return values[-1] if values else None


class HeaderWords:
    """The words of headers and what each says; composing the same path again costs a look-up."""

    def __init__(self, rows: Iterable[tuple[str, str | None, str, str | None]]) -> None:
        """Take rows of ``(word, form_key, says, value)``; words are folded."""
        self._says: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for word, form_key, says, value in rows:
            self._says[form_key or "", word].append((says, value or ""))
        words = {word for _, word in self._says}
        self._short = frozenset(word for word in words if len(word) == 1)
        long = sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, long)) or r"(?!)")
        self._composed: dict[tuple[str, tuple[str, ...]], HeaderMeaning | None] = {}
        self._heard: dict[tuple[str, str], _Said] = {}

    def compose(self, form_key: str | None, path: tuple[str, ...]) -> HeaderMeaning | None:
        """Put together what the parts of a path say; None where nothing in it says what the column holds."""
        key = (form_key or "", path)
        if key not in self._composed:
            self._composed[key] = _put_together([self._hear(part, key[0]) for part in path])
        return self._composed[key]

    def as_amount(self, form_key: str | None, path: tuple[str, ...]) -> HeaderMeaning:
        """Put together what a path says of a column that holds money by what stands in it."""
        parts = [self._hear(part, form_key or "") for part in path]
        return _amount(parts, "amount", is_told=any(said.by_kind for said in parts))

    def as_label(self, form_key: str | None, path: tuple[str, ...]) -> HeaderMeaning:
        """Put together what a path says of a column that names rows by what stands in it."""
        return _label([self._hear(part, form_key or "") for part in path])

    def fund_of_row(self, label: str) -> str | None:
        """The source of money that a folded row label names; None where it holds words unknown."""
        said = self._hear(label, "")
        return None if said.is_unknown else said.last("fund")

    def says_a_kind(self, path: tuple[str, ...]) -> bool:
        """Whether a part of a path names a kind of spending: 一般公共预算基本支出."""
        return any(self._hear(part, "").last("measure") for part in path)

    def knows(self, text: str) -> bool:
        """Whether a folded header text is made of known words for the greater part."""
        said = self._hear(text, "")
        return bool(said.by_kind) and (not said.is_unknown or self._known_share(text) >= 0.5)

    def is_heading(self, text: str) -> bool:
        """Whether a folded text as a whole is one word that says what a column holds."""
        return any(says == "role" for says, _ in self._saying(simplified(text), ""))

    def says_only_when(self, text: str) -> bool:
        """Whether a folded text says of which version or year the figures under it are, and nothing else.

        Behind a year that is told by the document's (去年完成额) a short word may be unknown.
        """
        said = self._hear(text, "")
        kinds = set(said.by_kind)
        if not kinds & {"budget_version", "year"} or kinds - {"budget_version", "year", "sum", "role"}:
            return False
        if not said.is_unknown:
            return "budget_version" in kinds
        is_relative = said.last("year") in ("previous", "current")
        return is_relative and len(text) <= _LONGEST_VERSION and self._known_share(text) > 0

    def is_count(self, label: str) -> bool:
        """Whether a folded row label says that its figures count things: 公务用车保有量(辆)."""
        return self._hear(label, "").last("nature") == "count"

    def _known_share(self, text: str) -> float:
        return sum(len(word) for word in self._pattern.findall(text)) / max(len(text), 1)

    def _hear(self, text: str, form_key: str) -> _Said:
        key = (form_key, text)
        if key not in self._heard:
            self._heard[key] = self._listen(simplified(text), form_key)
        return self._heard[key]

    def _listen(self, text: str, form_key: str) -> _Said:
        """Cut a folded text into words and gather what they say."""
        said = _Said()
        for word in self._words(text, said):
            for says, value in self._saying(word, form_key):
                if says == "measure" and said.last("nature") == "count":
                    del said.by_kind["nature"]  # 执法执勤用车|运行维护费: what comes last is what it is
                said.by_kind[says].append(value)
                said.words[says] = word
        return said

    def _saying(self, word: str, form_key: str) -> list[tuple[str, str]]:
        return self._says.get((form_key, word)) or self._says.get(("", word)) or []

    def _words(self, text: str, said: _Said) -> Iterator[str]:
        if text in self._short:
            yield text
            return
        rest = _YEAR.sub(lambda match: _note_year(match, said), text)
        start = 0
        unknown = []
        last = ""
        for match in self._pattern.finditer(rest):
            unknown.append(rest[start : match.start()])
            start = match.end()
            last = match.group()
            yield last
        unknown.append(rest[start:])
        if text.endswith(_PERCENT) and _PERCENT in self._short:
            yield _PERCENT  # 决算数为上年决算数的%: how much of another, whatever stands before
        ends_unknown = bool(_FILLING.sub("", _BRACKETED.sub("", unknown[-1])))
        left = "\0".join(unknown)
        for inside in _BRACKETED.findall(left):
            if inside in self._short:
                yield inside
        left = _BRACKETED.sub(
            lambda match: "" if self._says_nothing_more(match.group(1)) else match.group(), left
        )
        left = _FILLING.sub("", left.replace("\0", ""))
        said.is_unknown = bool(left) and left not in self._short
        says_role = any(says == "role" for says, _ in self._saying(last, ""))
        said.has_other_end = ends_unknown or (said.is_unknown and not says_role)

    def _says_nothing_more(self, inside: str) -> bool:
        return (
            inside in self._short
            or inside.startswith("按")
            or _UNIT_OF_MONEY.fullmatch(inside) is not None
            or _FORMULA.fullmatch(inside) is not None
        )


def _note_year(match: re.Match[str], said: _Said) -> str:
    said.by_kind["year"].append(match.group(1))
    return ""


def _put_together(parts: list[_Said]) -> HeaderMeaning | None:
    role = _role(parts)
    if role is None:
        return None
    classification = _lowest(parts, "class")
    system = "government" if _lowest(parts, "system") == "government" else None
    if role == "code":
        role = _CODE_ROLES.get((classification or "", system)) or _CODE_ROLES.get(
            (classification or "", None), "code"
        )
    if role == "label":
        return _label(parts)
    if role not in ("amount", "quantity", "rate"):
        return HeaderMeaning(role, None, None, None, None)
    return _amount(parts, role, is_told=True)


def _label(parts: list[_Said]) -> HeaderMeaning:
    """Give the meaning of a column of names: of what its rows are."""
    classification = _lowest(parts, "class") or ""
    system = "government" if _lowest(parts, "system") == "government" else None
    side = _SIDES.get((classification, system)) or _SIDES.get((classification, None))
    return HeaderMeaning("label", _side(parts, side), None, None, None)


def _amount(parts: list[_Said], role: str, *, is_told: bool) -> HeaderMeaning:
    """Give the meaning of a column of numbers; ``is_told`` where the header says that it is one."""
    measure, fund = _measure_and_fund(parts) if is_told else (None, None)
    nature = _lowest(parts, "nature") or "figure"
    is_figure = nature == "figure"
    return HeaderMeaning(
        role=role,
        side_key=None,
        measure=measure if is_figure else None,
        fund=fund,
        row_label=_version_word(parts) if is_figure else None,
        budget_version=_first_of_lowest(parts, "budget_version"),
        year=_first_of_lowest(parts, "year"),
        nature=nature,
    )


def _role(parts: list[_Said]) -> str | None:
    """What stands in the column: the lowest part that tells decides."""
    for said in reversed(parts):
        nature = said.last("nature")
        if nature:
            return _NATURE_ROLES[nature]
        role = None if said.has_other_end else said.last("role")
        if role and not (role == "label" and _is_money(said)):
            return role
        if _is_money(said):
            return "amount"
        if said.last("class") and not said.is_unknown:
            return "label"
    return None


def _is_money(said: _Said) -> bool:
    return any(kind in said.by_kind for kind in _MONEY_SAYS)


def _lowest(parts: list[_Said], kind: str) -> str | None:
    return next((value for said in reversed(parts) if (value := said.last(kind))), None)


def _first_of_lowest(parts: list[_Said], kind: str) -> str | None:
    """What is said first in the lowest part that says it: of 2026年预算数比2025年执行数, what is compared."""
    return next((said.by_kind[kind][0] for said in reversed(parts) if said.by_kind.get(kind)), None)


def _version_word(parts: list[_Said]) -> str | None:
    return next(
        (word for said in reversed(parts) if (word := said.words.get("budget_version"))),
        None,
    )


def _side(parts: list[_Said], classified: str | None) -> str | None:
    """What the rows are: by a classification, else by what the lowest part says."""
    return classified or _lowest(parts, "side")


def _measure_and_fund(parts: list[_Said]) -> tuple[str | None, str | None]:
    """Refine from top to bottom: an unknown word leaves both open.

    So does, of the measure, an economic item as a column, and a balance of a kind of spending.
    """
    if any(said.is_unknown for said in parts):
        return None, None
    kind, balance, fund = (_lowest(parts, says) for says in ("measure", "balance", "fund"))
    if _lowest(parts, "item") or (kind and balance):
        return None, fund
    return kind or balance or "total", fund
