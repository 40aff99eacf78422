"""Target texts of indicators: comparator, number and unit, where a target is one quantity."""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import NUMBER, folded
from extract.records import QUANTITY

_SIGNS = {
    "≥": "≥",
    "≤": "≤",
    ">": ">",
    "<": "<",
    "=": "=",
    "》": "≥",  # typed for ≥ where the keyboard has no other
    "《": "≤",
    "不少于": "≥",
    "不低于": "≥",
    "不超过": "≤",
    "大于": ">",
    "小于": "<",
}
_AFTER = {"以上": "≥", "以下": "≤", "以内": "≤"}
_SIGN = "|".join(_SIGNS)
_DATE = r"^(不少于|不低于|大于|小于|[≥≤<>=])?20\d\d年"  # a deadline, not a quantity
_TARGET = (
    rf"^(?P<sign>{_SIGN})?(?P<number>\d[\d,]*(?:\.\d+)?)"
    rf"(?P<unit>%|‰|[^\d\s%‰；;，,。、~-]{{0,8}}?)(?:完成)?(?P<after>{'|'.join(_AFTER)})?$"
)


def parse_targets(text: pl.Expr) -> pl.Expr:
    """Struct of comparator, number and unit; all NULL where the text is not one plain quantity.

    A bare quantity is a target to be met exactly (``=``).
    """
    plain = folded(text)
    parts = pl.when(~plain.str.contains(_DATE)).then(plain).str.extract_groups(_TARGET)
    sign = parts.struct.field("sign").replace_strict(_SIGNS, default=None, return_dtype=pl.String)
    after = parts.struct.field("after").replace_strict(_AFTER, default=None, return_dtype=pl.String)
    number = (
        parts.struct.field("number")
        .str.replace_all(",", "")
        .cast(NUMBER, strict=False)
        .cast(QUANTITY, strict=False)
    )
    unit = parts.struct.field("unit")
    return pl.struct(
        comparator=pl.when(number.is_not_null()).then(pl.coalesce(sign, after, pl.lit("="))),
        number=number,
        unit=pl.when(unit != "").then(unit),
    )
