"""Ten ways in which the cover of a disclosure is left out, cut or damaged."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.typesetting.content import Content, Paragraph

Damage = Callable[[Sequence[str], random.Random], list[str]]
"""The lines of a cover, to the lines that are left of it."""


def _left_out(lines: Sequence[str], _: random.Random) -> list[str]:
    return []


def _first_line_lost(lines: Sequence[str], _: random.Random) -> list[str]:
    return list(lines[1:])


def _last_line_lost(lines: Sequence[str], _: random.Random) -> list[str]:
    return list(lines[:-1])


def _cut_at_the_right(lines: Sequence[str], _: random.Random) -> list[str]:
    return [line[: max(len(line) * 2 // 3, 1)] for line in lines]


def _characters_lost(lines: Sequence[str], chance: random.Random) -> list[str]:
    """A scan or a font without some characters."""
    return ["".join("□" if chance.random() < 0.25 else each for each in line) for line in lines]


def _year_lost(lines: Sequence[str], _: random.Random) -> list[str]:
    return ["".join(each for each in line if not each.isdigit()) for line in lines]


def _broken_over_lines(lines: Sequence[str], _: random.Random) -> list[str]:
    whole = "".join(lines)
    return [whole[at : at + 7] for at in range(0, len(whole), 7)]


def _other_things_above(lines: Sequence[str], _: random.Random) -> list[str]:
    """A printer's line, a page mark, a day of publication, a caption."""
    return ["表一", "- 1 -", "省财政厅印制", "2016年3月8日", *lines]


def _wound_in_a_website(lines: Sequence[str], _: random.Random) -> list[str]:
    return ["首页 > 政务公开 > 财政信息", "发布时间：2016-03-08", "点击数：120", *lines, "字体：大 中 小"]


def _title_of_a_template(lines: Sequence[str], _: random.Random) -> list[str]:
    """What somebody forgot to fill in."""
    return ["XX局（单位）", "20XX年度部门（单位）公开"]


DAMAGES: dict[str, Damage] = {
    "left out": _left_out,
    "first line lost": _first_line_lost,
    "last line lost": _last_line_lost,
    "cut at the right": _cut_at_the_right,
    "characters lost": _characters_lost,
    "year lost": _year_lost,
    "broken over lines": _broken_over_lines,
    "other things above": _other_things_above,
    "wound in a website": _wound_in_a_website,
    "placeholders left in": _title_of_a_template,
}
"""By name; an undamaged cover is not among them."""


def damaged(content: Content, cover: int, damage: Damage, chance: random.Random) -> Content:
    """A document whose first ``cover`` paragraphs are damaged; the rest is as it was."""
    lines = [item.text for item in content[:cover] if isinstance(item, Paragraph)]
    return (*(Paragraph(line) for line in damage(lines, chance) if line), *content[cover:])
