"""How a form is laid out: drawn for each document, and changed here and there from form to form."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

FEN_PER_UNIT = {"元": 100, "万元": 1_000_000}
MONEY = (("万元", 2), ("万元", 2), ("万元", 2), ("元", 2), ("元", 2), ("万元", 4), ("万元", 6), ("元", 0))

CODE_STYLES = ("one", "one", "one", "split", "merged", "joined", "outline", "inherited", "headed")
COLUMN_NUMBERS = (
    "none", "none", "merged", "first", "last", "no_word", "with_codes", "each_side", "letters",
    "formula",
)  # fmt: skip
LINE_NUMBERS = ("none", "none", "running", "restart", "serial", "no_word")
OUTLINES = ("chinese", "chinese", "digits", "plain", "indented")
TITLES = (
    "above",
    "above",
    "above",
    "in_grid",
    "after_caption",
    "split",
    "number_apart",
    "two_spaces",
    "sheet",
)
CAPTIONS = (
    "one_line",
    "one_line",
    "lines",
    "grid_row",
    "grid_rows",
    "unit_only",
    "unit_in_title",
    "unit_in_header",
)
CUTS = ("none", "none", "none", "none", "repeated", "bare", "continued")
ZEROS = ("blank", "blank", "zero", "dash", "long_dash")


@dataclass(frozen=True)
class Look:
    """The layout of one form; the names say which alternative was drawn."""

    unit: str = "万元"
    decimals: int = 2
    is_grouped: bool = True
    is_trimmed: bool = False
    zero: str = "blank"
    code_style: str = "one"
    column_numbers: str = "none"
    line_numbers: str = "none"
    outline: str = "chinese"
    title: str = "above"
    caption: str = "one_line"
    cut: str = "none"
    is_cut_in_width: bool = False
    is_total_last: bool = False
    total_label: str = "merged"  # merged over the label columns, in the name, in the code
    is_shuffled: bool = False
    is_name_first: bool = False
    is_header_merged: bool = True
    has_unit_printed: bool = True
    joint: str = " "
    has_note: bool = False
    has_page_number: bool = False


def drawn_look(chance: random.Random, money: Sequence[tuple[str, int]]) -> Look:
    """Draw a layout for a document whose figures are printed in one of some units and digits."""
    return _with_numbers(chance, money, Look(**{name: draw(chance) for name, draw in _DRAWS.items()}))


def varied(chance: random.Random, look: Look, money: Sequence[tuple[str, int]]) -> Look:
    """The layout of the next form: mostly that of the document, with a few things drawn anew."""
    changes: dict[str, Any] = {
        name: draw(chance) for name, draw in _DRAWS.items() if chance.random() < _CHANGES.get(name, 0.3)
    }
    return _with_numbers(chance, money, replace(look, **changes))


def _with_numbers(chance: random.Random, money: Sequence[tuple[str, int]], look: Look) -> Look:
    unit, decimals = chance.choice(money)
    return replace(look, unit=unit, decimals=decimals)


_DRAWS: dict[str, Any] = {
    "is_grouped": lambda chance: chance.random() < 0.6,
    "is_trimmed": lambda chance: chance.random() < 0.07,
    "zero": lambda chance: chance.choice(ZEROS),
    "code_style": lambda chance: chance.choice(CODE_STYLES),
    "column_numbers": lambda chance: chance.choice(COLUMN_NUMBERS),
    "line_numbers": lambda chance: chance.choice(LINE_NUMBERS),
    "outline": lambda chance: chance.choice(OUTLINES),
    "title": lambda chance: chance.choice(TITLES),
    "caption": lambda chance: chance.choice(CAPTIONS),
    "cut": lambda chance: chance.choice(CUTS),
    "is_cut_in_width": lambda chance: chance.random() < 0.5,
    "is_total_last": lambda chance: chance.random() < 0.2,
    "total_label": lambda chance: chance.choice(("merged", "merged", "name", "code")),
    "is_shuffled": lambda chance: chance.random() < 0.2,
    "is_name_first": lambda chance: chance.random() < 0.05,
    "is_header_merged": lambda chance: chance.random() < 0.8,
    "has_unit_printed": lambda chance: chance.random() < 0.97,
    "joint": lambda chance: chance.choice((" ", "|", "-", "[]", "　")),
    "has_note": lambda chance: chance.random() < 0.4,
    "has_page_number": lambda chance: chance.random() < 0.3,
}
_CHANGES = {
    "is_grouped": 0.0,
    "zero": 0.1,
    "joint": 0.0,
    "is_trimmed": 0.05,
    "has_unit_printed": 1.0,
    "cut": 1.0,
}


def printed(fen: int, look: Look) -> str:
    """A figure as the look prints it. It is exact: nothing is rounded away."""
    if not fen:
        return {"blank": "", "zero": _number(0, look), "dash": "-", "long_dash": "—"}[look.zero]
    return _number(fen, look)


def _number(fen: int, look: Look) -> str:
    per_unit = FEN_PER_UNIT[look.unit]
    finest = 10**look.decimals
    scaled, rest = divmod(abs(fen) * finest, per_unit)
    if rest:
        raise ValueError(f"{fen} fen have more digits than {look.decimals} of {look.unit}")
    whole, part = divmod(scaled, finest)
    text = f"{whole:,}" if look.is_grouped else str(whole)
    digits = f"{part:0{look.decimals}d}" if look.decimals else ""
    if look.is_trimmed:
        digits = digits.rstrip("0")
    return ("-" if fen < 0 else "") + (f"{text}.{digits}" if digits else text)


def coarsest_step(money: Sequence[tuple[str, int]]) -> int:
    """The fen of which every booking is a multiple, so that it is exact in every unit and digits."""
    return max(FEN_PER_UNIT[unit] // 10**decimals for unit, decimals in money)
