"""One text disclosure and its altered copies: other figures, another publisher, the same words and forms.

All money of a copy is the printed money times one whole number, in forms and in prose alike, so whatever adds
up to the fen still does, and so do shares and rates. What added up only within its rounding may not: a
rounding grows with the figures, and the tolerance does not. Slips are made afterwards, one digit in a cell.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Self

import polars as pl

from extract import printed_frames, stage
from tests.benchmarks.reading import read

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOTHING = re.compile(r"(?!)")
_MONEY_KINDS = ["level", "change"]
_UNIT_LINES = pl.col("side_key").is_in(["unit", "unit_project"]) & pl.col("code").is_not_null()


class Original:
    """A disclosure to copy: its lines, where money is printed in them, and who it names."""

    def __init__(
        self,
        name: str,
        text: str,
        cells: Mapping[int, Iterable[tuple[int, str]]],
        stated: Iterable[str],
        publishers: Iterable[str],
    ) -> None:
        """``cells`` are by line (from 1): tab field (from 0) and text; ``stated`` are amounts in prose."""
        self.name = name
        self.publishers = frozenset(publishers)
        self._text = text
        self._cells = {line: list(places) for line, places in cells.items()}
        # A claim has the line on which its sentence begins. Its text has its unit, so it is found by that.
        self._stated = _any_of(stated, between=r"\s*")

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Read a text disclosure, of whatever encoding.

        Raises:
            ValueError: when it is not read as text.
        """
        document = read(path.read_bytes(), path.name)
        if document.facts.encoding is None:
            raise ValueError(f"{path}: {document.facts.failure_reason or 'it is no text'}")
        frames = stage(printed_frames([document]))
        money = frames["amounts"].filter(
            pl.col("amount_kind") == "number",
            pl.col("field_no").is_not_null(),
            pl.col("unit").ne_missing("%"),
        )
        claims = frames["claims"].filter(
            pl.col("kind").is_in(_MONEY_KINDS), pl.col("amount_yuan").is_not_null()
        )
        cells: dict[int, list[tuple[int, str]]] = {}
        for line, field, printed in money.select("line_no", "field_no", "amount_text").iter_rows():
            cells.setdefault(line, []).append((field, printed))
        publishers = [
            *frames["documents"]["publisher_name"],
            *frames["lines"].filter(_UNIT_LINES)["label_plain"],
        ]
        text = path.read_bytes().decode(document.facts.encoding)
        return cls(
            path.stem,
            text,
            cells,
            claims["amount_text"],
            {publisher for publisher in publishers if publisher},
        )

    def copy(
        self, factor: int, renamed: Mapping[str, str], slip_rate: float, chance: random.Random
    ) -> tuple[str, int]:
        """The text of a copy, and how many of its cells were given a slip.

        ``renamed`` has the new names of publishers and units, ``slip_rate`` is the share of money cells in
        which one digit is printed wrong.
        """
        slips = 0
        lines = self._stated.sub(lambda found: times(found.group(), factor), self._text).split("\n")
        for line, places in self._cells.items():
            fields = lines[line - 1].split("\t")
            for field, printed in places:
                altered = times(printed, factor)
                if chance.random() < slip_rate:
                    altered = with_a_slip(altered, chance)
                    slips += 1
                fields[field] = fields[field].replace(printed, altered, 1)
            lines[line - 1] = "\t".join(fields)
        return _any_of(renamed).sub(lambda found: renamed[found.group()], "\n".join(lines)), slips


def times(printed: str, factor: int) -> str:
    """The printed figure times a whole number, with as many decimals and grouped if it was."""
    found = _NUMBER.search(printed)
    if found is None:
        return printed
    grouping = "," if "," in found.group() else ""
    decimals = len(found.group().partition(".")[2])
    product = Decimal(found.group().replace(",", "")) * factor
    return f"{printed[: found.start()]}{product:{grouping}.{decimals}f}{printed[found.end() :]}"


def with_a_slip(printed: str, chance: random.Random) -> str:
    """The figure with one digit replaced by another that is not a zero."""
    at = chance.choice([place for place, sign in enumerate(printed) if sign.isdecimal()])
    digit = chance.choice([new for new in "123456789" if new != printed[at]])
    return f"{printed[:at]}{digit}{printed[at + 1 :]}"


def _any_of(texts: Iterable[str], between: str = "") -> re.Pattern[str]:
    """The longest first, and never the end of a longer number; ``between`` may stand between its signs."""
    longest_first = sorted(set(texts), key=lambda text: (-len(text), text))
    if not longest_first:
        return _NOTHING
    each = (between.join(map(re.escape, text)) for text in longest_first)
    return re.compile(r"(?<![\d.,])(?:" + "|".join(each) + ")")
