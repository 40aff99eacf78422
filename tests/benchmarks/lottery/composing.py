"""Forms as content: titles and captions around or inside the grid, cut over pages, one after the other."""

from __future__ import annotations

import random
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from tests.benchmarks.lottery.captions import Caption, drawn_caption
from tests.benchmarks.lottery.grid import Matrix
from tests.benchmarks.lottery.look import Look
from tests.benchmarks.lottery.rendering import Rendered
from tests.benchmarks.lottery.titles import Title
from tests.typesetting.content import Break, Paragraph, Table

_LEAST_ROWS_TO_CUT = 8
_SPLIT_BEFORE = ("预算", "决算", "支出", "收入")
_NOTES = (
    "注：本表按收付情况列示，空白表示没有发生。",
    "备注：各项之和与合计一致。",
    "注：本表反映本年度收入和支出情况。",
)
_EMPTY = "说明：本单位没有此项资金，故本表为空。"


@dataclass
class Composer:
    """Content as it grows, and where each figure stands in it."""

    chance: random.Random
    items: list[Paragraph | Table | Break] = field(default_factory=list)
    at: dict[Hashable, tuple[int, int, int]] = field(default_factory=dict)
    page: int = 1

    def say(self, *texts: str) -> None:
        """Add paragraphs; blank ones are left out."""
        self.items += [Paragraph(text) for text in texts if text.strip()]

    def new_sheet(self, name: str) -> None:
        """Begin a new page or sheet."""
        self.items.append(Break(name))

    def add_form(
        self,
        form_no: int,
        rendered: Rendered,
        title: Title,
        look: Look,
        publisher: str,
        note: str,
        *,
        is_titled: bool = True,
        is_ruled: bool = True,
    ) -> None:
        """Add one form with everything around it; without its title where the sheet is named by it."""
        in_caption = look.caption != "unit_in_header" and not _is_unit_in_title(look)
        with_unit = look.has_unit_printed and in_caption
        caption = drawn_caption(
            self.chance, publisher, look.unit, title.code,
            with_unit=with_unit, with_holder=look.caption != "unit_only",
        )  # fmt: skip
        parts = _parts(rendered, look, self.chance)
        dress = self._around if is_titled else self._captioned
        parts[0] = dress(parts[0], title, caption, look)
        for number, part in enumerate(parts):
            if number:
                self._between(title, caption, look)
            table, places = part.table()
            for key, (row, column) in places.items():
                self.at[form_no, key] = (len(self.items), row, column)
            self.items.append(table if is_ruled else replace(table, is_ruled=False))
        if note:
            self.say(_EMPTY)
        elif look.has_note:
            self.say(self.chance.choice(_NOTES))

    def _captioned(self, matrix: Matrix, _: Title, caption: Caption, look: Look) -> Matrix:
        above = Matrix()
        self._caption(above, matrix.width, caption, look, is_sheet=matrix.width > 1)
        return matrix.below(above)

    def _around(self, matrix: Matrix, title: Title, caption: Caption, look: Look) -> Matrix:
        """Print title and caption in their order, above the grid or as its first rows."""
        whole = title.whole
        if _is_unit_in_title(look) and look.has_unit_printed:
            whole = f"{whole}（单位：{look.unit}）"
        above = Matrix()
        in_grid = matrix.width > 1
        if look.title == "in_grid" and in_grid:
            above.put(0, 0, whole, 1, matrix.width)
        elif look.title == "split" and (at := _split_at(title.words)):
            self.say(f"{title.number}{title.before}{title.words[:at]}", title.words[at:])
        elif look.title == "number_apart" and title.code:
            self.say(title.code, f"{title.before}{title.words}")
        elif look.title == "two_spaces":
            self.say(f"{title.number}  {title.before}{title.words}".strip())
        elif look.title != "after_caption":
            self.say(whole)
        self._caption(above, matrix.width, caption, look, is_sheet=in_grid)
        if look.title == "after_caption":
            if above.slots:
                above.put(above.height, 0, whole, 1, matrix.width)
            else:
                self.say(whole)
        return matrix.below(above)

    def _caption(self, above: Matrix, width: int, caption: Caption, look: Look, *, is_sheet: bool) -> None:
        row = above.height
        if look.caption == "grid_row" and is_sheet:
            if len(caption.pieces) > 1 and width > 2:
                above.put(row, 0, caption.pieces[0], 1, width - 1)
                above.put(row, width - 1, caption.gap.join(caption.pieces[1:]))
            elif caption.pieces:
                above.put(row, 0, caption.gap.join(caption.pieces), 1, width)
        elif look.caption == "grid_rows" and is_sheet:
            for number, piece in enumerate(caption.pieces):
                above.put(row + number, 0, piece, 1, width)
        elif look.caption == "lines":
            self.say(*caption.pieces)
        else:
            self.say(caption.gap.join(caption.pieces))

    def _between(self, title: Title, caption: Caption, look: Look) -> None:
        """What stands between two parts of a form: a page number, a break, the title again."""
        if look.has_page_number:
            self.say(f"— {self.page} —")
            self.page += 1
        self.items.append(Break())
        if look.cut == "continued":
            self.say(f"{title.whole}（续）", caption.gap.join(caption.pieces))
        elif self.chance.random() < 0.5:
            self.say("续表")


def _is_unit_in_title(look: Look) -> bool:
    """Whether the unit stands behind the title, which then is on one line."""
    return look.caption == "unit_in_title" and look.title in ("above", "in_grid", "after_caption")


def _split_at(words: str) -> int:
    """Where a title is split over two lines, or 0."""
    for word in _SPLIT_BEFORE:
        at = words.find(word, 2)
        if 0 < at < len(words) - 2:
            return at
    return 0


def _parts(rendered: Rendered, look: Look, chance: random.Random) -> list[Matrix]:
    """The grid, or the parts into which a page cuts it."""
    matrix, header = rendered.matrix, rendered.header
    height, width = matrix.height, matrix.width
    if look.is_cut_in_width and rendered.cuttable:
        at = chance.choice(rendered.cuttable)
        second = [*range(rendered.label_columns), *range(at, width)]
        return [matrix.part(range(height), range(at)), matrix.part(range(height), second)]
    if look.cut == "none" or not header or height - header < _LEAST_ROWS_TO_CUT:
        return [matrix]
    at = chance.randrange(header + 3, height - 3)
    repeated = range(header) if look.cut in ("repeated", "continued") else ()
    every = range(width)
    return [matrix.part(range(at), every), matrix.part([*repeated, *range(at, height)], every)]
