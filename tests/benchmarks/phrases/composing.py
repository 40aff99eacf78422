"""Consistent figures put into words: sentences with the truth about every figure and relation in them.

Knows the slots of ``tests/set_aside/wordings.csv`` and nothing of the reader or its vocabulary.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

WORDINGS = Path(__file__).resolve().parents[2] / "set_aside" / "wordings.csv"
SUBJECTS = (
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "会议费",
    "培训费",
    "公务接待费",
    "机关运行经费",
    "其他收入",
    "事业收入",
    "教育支出",
    "农林水支出",
    "一般公共预算财政拨款支出",
    "政府性基金预算财政拨款支出",
)
WHOLES = ("本年支出合计", "支出总计", "总支出", "本年收入合计", "政府采购支出总额")
UNITS = ("万元", "万元", "万元", "元")
_SLOT = re.compile(r"\{(Y1|Y|S2|S|W0|W|A2|A|B|D|R|H2|H|G|F|X|Q|C)\}")
_MONEY = ("A", "A2", "B", "W", "D", "G", "F", "X")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of putting it: words with slots; `direction` is what they say of the figures."""

    direction: str  # up | down | above | below, empty where they say nothing
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What one printed figure is."""

    slot: str
    text: str  # as printed, with its unit
    kind: str  # level | change | share | rate
    year: int | None  # from the document's; None of what is no level
    direction: str | None


@dataclass(slots=True)
class Sentence:
    """A sentence, its figures in printed order, and the kinds of relation that can be asked of it."""

    wording: Wording
    text: str
    figures: list[Figure]
    asked: tuple[str, ...]
    slots: dict[str, str] = field(default_factory=dict)


def wordings(path: Path = WORDINGS) -> tuple[Wording, ...]:
    """The wordings of a list."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(Wording(row["direction"], row["wording"]) for row in csv.DictReader(lines))


def composed(wording: Wording, year: int, draw: random.Random) -> Sentence:
    """Draw figures that fit a wording, and print them in it."""
    present = set(_SLOT.findall(wording.text))
    unit = draw.choice(UNITS)
    amounts = _amounts(wording, present, draw)
    subject, other = draw.sample(SUBJECTS, 2)
    slots = {
        "Y": str(year),
        "Y1": str(year - 1),
        "S": subject,
        "S2": other,
        "W0": draw.choice(WHOLES),
        **{slot: f"{value}{unit}" for slot, value in amounts.items() if slot in _MONEY},
        **{slot: f"{value}%" for slot, value in amounts.items() if slot not in _MONEY},
    }
    return printed(wording, slots)


def printed(wording: Wording, slots: dict[str, str]) -> Sentence:
    """A wording with its slots filled."""
    return Sentence(
        wording,
        _SLOT.sub(lambda match: slots[match.group(1)], wording.text) + "。",
        [_figure(slot, slots[slot], wording) for slot in _SLOT.findall(wording.text) if _is_figure(slot)],
        _asked(set(_SLOT.findall(wording.text))),
        slots,
    )


def _is_figure(slot: str) -> bool:
    return slot not in ("Y", "Y1", "S", "S2", "W0")


def _figure(slot: str, text: str, wording: Wording) -> Figure:
    direction = {"up": "up", "above": "up", "down": "down", "below": "down"}.get(wording.direction)
    if slot in ("H", "H2"):
        return Figure(slot, text, "share", None, None)
    if slot == "C":
        return Figure(slot, text, "rate", None, None)
    if slot in ("R", "Q"):
        return Figure(slot, text, "rate", None, direction)
    if slot in ("D", "X"):
        return Figure(slot, text, "change", None, None if "差异" in wording.text else direction)
    return Figure(slot, text, "level", -1 if slot == "B" else 0, None)


def _asked(present: set[str]) -> tuple[str, ...]:
    """The relations between printed figures."""
    asked: list[str] = []
    if {"D", "A", "B"} <= present or {"X", "G"} <= present:
        asked.append("change")
    if ("R" in present and (present >= {"A", "B"} or present >= {"D", "A"})) or present >= {"Q", "X", "F"}:
        asked.append("rate_of_change")
    asked += ["share"] * len(present & {"H", "H2"})
    asked += ["completion"] * ("C" in present and "G" in present and "F" in present)
    return tuple(sorted(asked))


def _amounts(wording: Wording, present: set[str], draw: random.Random) -> dict[str, Decimal]:
    before = _drawn(draw)
    change = (before * Decimal(draw.randint(2, 60)) / 100).quantize(_CENT)
    sign = -1 if wording.direction in ("down", "below") else 1
    if not present & {"D", "X", "R", "Q"} and wording.direction == "" and "B" in present:
        change = Decimal(0)
    after = before + sign * change
    if (
        present & {"G", "F"}
        and wording.direction == ""
        and not any(word in wording.text for word in ("等于", "持平"))
    ):
        sign, after = -1, before - change
    elif any(word in wording.text for word in ("等于",)):
        after = before
    second = _drawn(draw)
    whole = after + second if "A2" in present else after + _drawn(draw)
    percent = {
        "R": change / before * 100,
        "Q": change / before * 100,
        "C": after / before * 100,
        "H": after / whole * 100,
        "H2": second / whole * 100,
    }
    return {
        **{slot: value.quantize(_CENT) for slot, value in {
            "A": after, "B": before, "D": change, "X": change, "W": whole, "A2": second,
            "G": before, "F": after,
        }.items()},
        **{slot: value.quantize(_CENT, ROUND_HALF_UP) for slot, value in percent.items()},
    }  # fmt: skip


def _drawn(draw: random.Random) -> Decimal:
    return (Decimal(draw.randint(1000, 99999999)) / Decimal(10) ** draw.randint(2, 4)).quantize(_CENT) + _CENT


def document(
    sentences: Sequence[Sentence], year: int, confirmed: Sequence[Sentence] = ()
) -> tuple[str, list[int]]:
    """A text disclosure of one paragraph a sentence, and the line of each.

    The levels of `confirmed` stand in a form behind the prose, too.
    """
    lines = [
        f"青石县水务局{year}年部门决算",
        "",
        "第一部分 部门概况",
        "",
        f"第二部分 {year}年度部门决算情况说明",
        "",
    ]
    places = []
    printed_levels = [
        (sentence.slots["S"], sentence.slots[slot])
        for sentence in confirmed
        for slot in ("A", "A2", "B", "G", "F", "W")
        if f"{{{slot}}}" in sentence.wording.text
    ]
    for number, sentence in enumerate(sentences):
        lines += [f"{_ORDINALS[number % 10]}、第{number + 1}项情况说明", ""]
        places.append(len(lines) + 1)
        lines += [sentence.text, ""]
    if printed_levels:
        lines += ["第三部分 附表", "", "支出明细表", "单位：元", "项目\t合计"]
        lines += [f"{name}{number}\t{_yuan(text)}" for number, (name, text) in enumerate(printed_levels, 1)]
    return "\n".join(lines) + "\n", places


def _yuan(text: str) -> Decimal:
    amount = Decimal(text.rstrip("万元"))
    return (amount * (10000 if text.endswith("万元") else 1)).quantize(_CENT)


_ORDINALS = "一二三四五六七八九十"


def with_slip(sentence: Sentence, slot: str, draw: random.Random) -> Sentence:
    """The same sentence with one digit of one figure altered, not the last one."""
    text = sentence.slots[slot]
    digits = [place for place, letter in enumerate(text) if letter.isdigit()][:-1]
    place = draw.choice(digits)
    choices = [digit for digit in "123456789" if digit != text[place]]
    slots = {**sentence.slots, slot: text[:place] + draw.choice(choices) + text[place + 1 :]}
    return printed(sentence.wording, slots)
