"""What stands between a title and its grid: the publisher, the unit, the number of the form."""

from __future__ import annotations

import random
from typing import NamedTuple

_HOLDERS = ("部门：", "单位名称：", "编制单位：", "部门名称：", "公开部门：", "填报单位：", "编制部门：")
_UNITS = ("单位：", "金额单位：", "单位:", "计量单位：")
_GAPS = ("          ", "　　　　　　", "    ")


class Caption(NamedTuple):
    """Pieces of a caption in the order they are printed."""

    pieces: tuple[str, ...]
    gap: str


def drawn_caption(
    chance: random.Random, publisher: str, unit: str, number: str, *, with_unit: bool, with_holder: bool
) -> Caption:
    """Draw the pieces of a caption; the unit is left out where it stands elsewhere or nowhere."""
    pieces = []
    if with_holder:
        pieces.append(f"{chance.choice(_HOLDERS)}{publisher}")
    if number and chance.random() < 0.4:
        pieces.append(number)
    if with_unit:
        pieces.append(_unit(chance, unit))
    if chance.random() < 0.15:
        chance.shuffle(pieces)
    return Caption(tuple(pieces), chance.choice(_GAPS))


def _unit(chance: random.Random, unit: str) -> str:
    text = f"{chance.choice(_UNITS)}{unit}"
    return f"（{text}）" if chance.random() < 0.1 else text
