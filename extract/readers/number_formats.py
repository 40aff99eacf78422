"""A number as a workbook prints it: the stored value under its number format.

What the format codes say is ECMA-376 part 1, 18.8.31, and what Excel and WPS make of it. What is displayed is
held against what is stored: they may differ by rounding alone. A format that is not understood (fractions,
elapsed time) gives the stored number with a doubt, never silently. Two things are written otherwise than they
are seen: a figure that is negative by its red colour alone gets its sign, and Chinese numerals ([DBNum1]) are
written in digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from extract.folding import fold_number

GENERAL = "General"
_MOST_SIGNS, _DECIMALS_OF_MONEY = 11, 6  # of a figure in a cell of no format; of one in 万元, to the fen
_STORED_DIGITS = 15  # a double holds 15 decimal digits for certain; those after them are noise
_REMEMBERED = 1 << 15
MOST_SHARES = 10  # 1000 %

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|_(?P<skipped>.)"
    r"|\*(?P<filled>.)"
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<exponent>[Ee][-+][0#?]+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<point>\.)"
    r"|(?P<comma>,)"
    r"|(?P<percent>%)"
    r"|(?P<at>@)"
    r"|(?P<literal>[^A-Za-z0-9\[\]\\])",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_RED = frozenset({"red", "红色", "color3", "颜色3", "color 3", "颜色 3"})
_MEANS_MINUS = re.compile(r"[-−－△▲(（负]")
_HALF_A_FEN = Decimal("0.005")
_NOT_ZERO = re.compile(r"[1-9]")
_FIGURE = re.compile(r"\(?-?[\d,]*\.?\d+\)?(?:[eE][-+]\d+)?")


class Displayed(NamedTuple):
    """What a person sees in a cell, and the stored number where that is another figure.

    ``is_certain`` is False where the format was not understood: ``text`` is the stored number then.
    ``is_rounded`` says that both are one figure, of which the cell shows fewer digits than money has.
    """

    text: str
    stored: str | None = None
    is_certain: bool = True
    is_rounded: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether a person may see another figure than ``text``, or the publisher meant another."""
        return (self.stored is not None and not self.is_rounded) or not self.is_certain


class _Token(NamedTuple):
    kind: str  # digit | point | comma | percent | literal | general | exponent
    text: str


class _Section(NamedTuple):
    """One part of a format code between semicolons."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    is_red: bool


@lru_cache(_REMEMBERED)
def displayed(value: float, code: str = GENERAL) -> Displayed:
    """Give what a person sees of a stored number under a format code (``#,##0.00``, ``0!.0000`` …)."""
    exact = _exact(value)
    sections = _sections(code)
    section, is_signed = _chosen(exact, sections) if sections else (None, True)
    text = _rendered(exact if is_signed else abs(exact), section) if section is not None else None
    if section is None or text is None:
        return Displayed(stored_number(value), is_certain=False)
    if (
        not is_signed
        and exact
        and section.is_red
        and _NOT_ZERO.search(text)
        and not _MEANS_MINUS.search(text)
    ):
        text = f"-{text}"
    if abs(exact) >= MOST_SHARES and any(token.kind == "percent" for token in section.tokens):
        return Displayed(text, is_certain=False)  # money, under the format of its neighbour
    if not _agrees(text, exact, section):
        return Displayed(text, stored_number(value))
    if shows_fewer_digits(text, exact):
        return Displayed(text, stored_number(value), is_rounded=True)
    return Displayed(text)


def printed_number(value: float, code: str = GENERAL) -> str:
    """Give the text of :func:`displayed` alone."""
    return displayed(value, code).text


def stored_number(value: float) -> str:
    """Give a stored number without a format: its digits without noise, no exponent, no ``.0``."""
    return _plain(_exact(value))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _shortly(value: Decimal) -> str:
    """A number as a cell without a format shows it: in eleven signs, but for decimals that money has."""
    text = _plain(value)
    whole, _, decimals = text.partition(".")
    if len(text) <= _MOST_SIGNS or len(decimals) <= _DECIMALS_OF_MONEY:
        return text
    return _plain(round(value, max(_DECIMALS_OF_MONEY, _MOST_SIGNS - 1 - len(whole))))


def _exact(value: float) -> Decimal:
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{_STORED_DIGITS}g"))


@lru_cache(1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """Split a format code; none where a part of it is not understood."""
    found: list[_Section] = []
    for part in _split(code):
        section = _parsed(part)
        if section is None:
            return ()
        found.append(section)
    return tuple(found)


def _split(code: str) -> list[str]:
    parts, position, start = [], 0, 0
    while position < len(code):
        match = _TOKEN.match(code, position)
        if match is not None and match.group("literal") == ";":
            parts.append(code[start:position])
            start = match.end()
        position = match.end() if match is not None else position + 1
    return [*parts, code[start:]]


def _parsed(part: str) -> _Section | None:
    tokens: list[_Token] = []
    condition, is_red, position = None, False, 0
    while position < len(part):
        match = _TOKEN.match(part, position)
        if match is None:
            return None
        position = match.end()
        kind, text = match.lastgroup or "", match.group(match.lastgroup or 0)
        if kind == "bracket":
            said = _CONDITION.fullmatch(text)
            condition = (said.group(1), Decimal(said.group(2))) if said else condition
            is_red = is_red or text.lower() in _RED
            if text.lower().strip("hms") == "" and text:
                return None  # elapsed time
        elif kind in ("quoted", "escaped", "currency", "literal"):
            tokens.append(_Token("literal", text))
        elif kind == "at":
            tokens.append(_Token("general", GENERAL))
        elif kind not in ("skipped", "filled"):
            tokens.append(_Token(kind, text))
    return _Section(tuple(tokens), condition, is_red) if not _is_fraction(tokens) else None


def _is_fraction(tokens: Sequence[_Token]) -> bool:
    """Whether a slash stands between digits, as in ``# ?/?``."""
    kinds = ["/" if token == _Token("literal", "/") else token.kind for token in tokens]
    return "/" in kinds and "digit" in kinds[: kinds.index("/")] and "digit" in kinds[kinds.index("/") :]


def _chosen(value: Decimal, sections: Sequence[_Section]) -> tuple[_Section | None, bool]:
    """Give the section for a value and whether the sign is still to be written.

    Without conditions: positive; negative; zero; text. With them: the first that holds, else the last.
    """
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(value, *section.condition):
                return section, section.condition is None or section.condition[0] not in ("<", "<=")
        return None, True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], True


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _rendered(value: Decimal, section: _Section) -> str | None:
    """Write a value under a section; None where the section is not understood."""
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    if "general" in kinds:
        if "digit" in kinds:
            return None
        return "".join(_shortly(value) if token.kind == "general" else token.text for token in tokens).strip()
    if "digit" not in kinds:
        return "".join(token.text for token in tokens if token.kind == "literal").strip()
    if "exponent" in kinds:
        return _scientific(value, tokens)
    tokens = _without_room(tokens)
    if all(token.kind != "digit" for token in tokens):
        return "".join(token.text for token in tokens if token.kind == "literal").strip()
    return _written(value, tokens)


def _without_room(tokens: Sequence[_Token]) -> tuple[_Token, ...]:
    """Leave out ``??`` behind a dash, as in ``"-"??``: it only keeps room for digits."""
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    before = "".join(token.text for token in tokens[: digits[0]] if token.kind == "literal").strip()
    if before and all(tokens[index].text == "?" for index in digits):
        return tuple(token for token in tokens if token.kind != "digit")
    return tuple(tokens)


def _scientific(value: Decimal, tokens: Sequence[_Token]) -> str:
    """Write in scientific notation; a whole number keeps its digits, some of which the notation loses."""
    if value == value.to_integral_value():
        return format(value.to_integral_value(), "f")
    kinds = [token.kind for token in tokens]
    places = kinds[kinds.index("point") : kinds.index("exponent")].count("digit") if "point" in kinds else 0
    mantissa, _, exponent = f"{value:.{places}E}".partition("E")
    return f"{mantissa}E{int(exponent):+03d}"


def _written(value: Decimal, tokens: Sequence[_Token]) -> str:
    """Fill the places for digits: those before the point from the right, those after it from the left."""
    last = max(index for index, token in enumerate(tokens) if token.kind == "digit")
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [index for index, token in enumerate(tokens[:point]) if token.kind == "digit"]
    fraction = [index for index, token in enumerate(tokens) if token.kind == "digit" and index > point]
    ends = {last, *whole[-1:]}
    commas = [index for index, token in enumerate(tokens) if token.kind == "comma"]
    scaling = [index for index in commas if _closes(tokens, index, ends)]
    is_grouped = any(whole and whole[0] < index < whole[-1] for index in commas if index not in scaling)
    percents = sum(token.kind == "percent" for token in tokens)
    scaled = value.scaleb(2 * percents - 3 * len(scaling))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    digits, _, decimals = format(abs(rounded), "f").partition(".")
    filled = _filled_whole(digits.lstrip("0"), tokens, whole, is_grouped=is_grouped)
    filled.update(_filled_fraction(decimals, tokens, fraction))
    if point < len(tokens) and (fraction == [] or any(filled.get(index) for index in fraction)):
        filled[point] = "." if fraction else ""
    texts = (
        filled.get(index, token.text if token.kind in ("literal", "percent") else "")
        for index, token in enumerate(tokens)
    )
    sign = "-" if rounded < 0 else ""
    return sign + "".join(texts).strip()


def _closes(tokens: Sequence[_Token], index: int, ends: set[int]) -> bool:
    """Whether a comma stands right behind the last place for a digit, or behind another such comma."""
    while index and tokens[index - 1].kind == "comma":
        index -= 1
    return index - 1 in ends


def _filled_whole(
    digits: str, tokens: Sequence[_Token], places: Sequence[int], *, is_grouped: bool
) -> dict[int, str]:
    """What stands in each place before the point; the first one takes all that is left."""
    zeros = max(
        (number for number, index in enumerate(reversed(places), 1) if tokens[index].text == "0"), default=0
    )
    padded = digits.rjust(zeros, "0")
    written = [
        f"{digit}," if is_grouped and right and right % 3 == 0 else digit
        for right, digit in zip(range(len(padded) - 1, -1, -1), padded, strict=True)
    ]
    filled: dict[int, str] = {}
    for index in reversed(places):
        taken = written if index == places[0] else written[-1:]
        written = written[: len(written) - len(taken)]
        filled[index] = "".join(taken)
    return filled


def _filled_fraction(decimals: str, tokens: Sequence[_Token], places: Sequence[int]) -> dict[int, str]:
    """What stands in each place after the point; zeros at the end are left out where ``#`` allows it."""
    needed = max((number for number, index in enumerate(places, 1) if tokens[index].text == "0"), default=0)
    kept = decimals[:needed] + decimals[needed:].rstrip("0")
    return {index: kept[number : number + 1] for number, index in enumerate(places)}


def _agrees(text: str, exact: Decimal, section: _Section) -> bool:
    """Whether what is displayed is the stored number, rounded."""
    if any(token.kind == "percent" for token in section.tokens):
        return True
    found = _FIGURE.search(fold_number(text))
    if found is None:
        return exact == 0
    return is_rounded(found.group().replace(",", ""), exact)


def shows_fewer_digits(text: str, exact: Decimal) -> bool:
    """Whether a figure is further from its number than money of two decimals can be."""
    found = _FIGURE.search(fold_number(text))
    if found is None or "%" in text:
        return False
    number = _unsigned(found.group().replace(",", ""))
    return number is not None and abs(number - abs(exact)) >= _HALF_A_FEN


def is_rounded(figure: str, exact: Decimal, slack: Decimal = Decimal(1)) -> bool:
    """Whether a figure without separators is a number, rounded to its last digit.

    ``slack`` is how often half of that digit they may be apart.
    """
    is_negative = figure.startswith(("(", "-"))
    number = _unsigned(figure)
    if number is None:
        return False
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs((-number if is_negative else number) - exact) <= step / 2 * slack


def _unsigned(figure: str) -> Decimal | None:
    """A figure without separators as a number, its sign left out; None where it is none."""
    try:
        return Decimal(figure.strip("()-+"))
    except InvalidOperation:
        return None
