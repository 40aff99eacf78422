"""The label columns of a side: codes and names in the styles that publishers use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.benchmarks.lottery.logical import Line, Side
from tests.benchmarks.lottery.look import Look
from tests.benchmarks.lottery.wording import Wording

_CHINESE = "一二三四五六七八九十"
_CODED = ("function", "economic")
_NAMES = {
    "function": "name.function", "economic": "name.economic", "unit": "name.unit", "revenue": "name.revenue",
    "class": "name.class", "use": "name.use", "item": "name.item", "project": "name.project",
    "purchase": "name.purchase", "group": "name.revenue", "unit_name": "name.unit",
}  # fmt: skip
_NO_NUMBER = ("row.carry", "row.surplus", "count.")


class LabelCell(NamedTuple):
    """A cell of a label column: which, over how many columns and rows, what."""

    column: int
    columns: int
    rows: int
    text: str


@dataclass(frozen=True)
class Labels:
    """Label columns: headings as paths, the cells of each line, and what each line is called on paper."""

    paths: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[LabelCell, ...], ...]
    names: tuple[str, ...]
    split: int = 0  # columns that say 类, 款, 项, for a row of column numbers beside them
    concepts: frozenset[str] = field(default_factory=frozenset)


def concepts_of(side: Side, look: Look) -> list[str]:
    """The concepts that the label columns of a side use."""
    if side.kind == "none":
        return []
    names = [_NAMES[side.kind], *(line.label for line in side.lines)]
    if side.kind in _CODED:
        if look.code_style in ("split", "merged", "inherited"):
            names.append(f"codes.{side.kind}")
        elif look.code_style in ("one", "headed"):
            names.append(f"code.{side.kind}")
    if side.kind == "unit":
        names.append("code.unit")
    return [*names, *(line.group for line in side.lines)]


def labels(side: Side, lines: Sequence[Line], look: Look, wording: Wording) -> Labels:
    """Lay out codes and names of some lines of a side."""
    if side.kind == "none":
        return Labels((), tuple(() for _ in lines), tuple("" for _ in lines))
    names = _names(side, lines, look, wording)
    heading = wording.say(_NAMES[side.kind])
    style = (
        look.code_style
        if side.kind in _CODED
        else {"group": "grouped", "unit": "one"}.get(side.kind, "outline")
    )
    if style == "grouped":
        return _grouped(lines, names, wording)
    if style in ("outline", "joined"):
        if style == "joined":
            names = [_joined(line.code, name, look.joint) for line, name in zip(lines, names, strict=True)]
        return Labels(((heading,),), tuple((LabelCell(0, 1, 1, name),) for name in names), tuple(names))
    if style in ("one", "headed"):
        code = wording.say(f"code.{side.kind}")
        return _coded((code,), heading, lines, names, look, wording, style)
    levels = ("类", "款", "项") if side.kind == "function" else ("类", "款")
    above = wording.say(f"codes.{side.kind}")
    return _split(tuple((above, level) for level in levels), heading, lines, names, look)


def _names(side: Side, lines: Sequence[Line], look: Look, wording: Wording) -> list[str]:
    """Labels as printed: with the number of their outline where there is one."""
    is_outlined = side.kind in ("revenue", "class", "use", "item", "purchase") or (
        side.kind in _CODED and look.code_style == "outline"
    )
    counters = [0, 0, 0, 0]
    printed = []
    for line in lines:
        name = wording.say(line.label) if line.label else ""
        if is_outlined and line.level and not line.label.startswith(_NO_NUMBER):
            counters[line.level] += 1
            counters[line.level + 1 :] = [0] * (3 - line.level)
            name = _numbered(name, line.level, counters[line.level], look.outline)
        elif side.kind in _CODED and look.outline == "indented" and line.level > 1:
            name = "　" * (line.level - 1) + name
        printed.append(name)
    return printed


def _numbered(name: str, level: int, number: int, outline: str) -> str:
    if name.startswith(("其中", "一、")) or outline == "plain":
        return name
    if outline == "indented":
        return "　" * (level - 1) + name
    if outline == "digits":
        return (f"{number}.", f"({number})", f"{number})")[level - 1] + name
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.")[level - 1] + name


def chinese(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones - 1]
    return (_CHINESE[tens - 1] if tens > 1 else "") + "十" + (_CHINESE[ones - 1] if ones else "")


def _joined(code: str, name: str, joint: str) -> str:
    if not code:
        return name
    return f"[{code}]{name.strip()}" if joint == "[]" else f"{code}{joint}{name.strip()}"


def _coded(
    codes: tuple[str, ...],
    heading: str,
    lines: Sequence[Line],
    names: Sequence[str],
    look: Look,
    wording: Wording,
    style: str,
) -> Labels:
    """One column of codes beside the names."""
    above = (wording.say("subject"),) if style == "headed" else ()
    paths = [(*above, *codes), (*above, heading)]
    code_at, name_at = (1, 0) if look.is_name_first else (0, 1)
    if look.is_name_first:
        paths.reverse()
    cells: list[tuple[LabelCell, ...]] = []
    for line, name in zip(lines, names, strict=True):
        if not line.code and look.total_label == "merged":
            cells.append((LabelCell(0, 2, 1, name),))
        elif not line.code and look.total_label == "code":
            cells.append((LabelCell(code_at, 1, 1, name),))
        else:
            cells.append((LabelCell(code_at, 1, 1, line.code), LabelCell(name_at, 1, 1, name)))
    return Labels(tuple(paths), tuple(cells), tuple(names))


def _split(
    paths: tuple[tuple[str, ...], ...], heading: str, lines: Sequence[Line], names: Sequence[str], look: Look
) -> Labels:
    """Codes in a column for each level, or merged over these columns."""
    levels = len(paths)
    cells: list[tuple[LabelCell, ...]] = []
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):
        if not line.code:
            merged = look.total_label == "merged"
            cells.append((LabelCell(0 if merged else levels, levels + 1 if merged else 1, 1, name),))
        elif look.code_style == "merged":
            cells.append((LabelCell(0, levels, 1, line.code), LabelCell(levels, 1, 1, name)))
        else:
            codes = _digits(line.code, levels)
            inherits = look.code_style == "inherited"
            cells.append(
                (
                    *_code_cells(codes, lines, number, inherits=inherits),
                    LabelCell(levels, 1, 1, name),
                )
            )
    return Labels((*paths, (heading,)), tuple(cells), tuple(names), split=levels)


def _code_cells(
    codes: tuple[str, ...], lines: Sequence[Line], number: int, *, inherits: bool
) -> list[LabelCell]:
    """The parts of a code; where parts are inherited, one cell over all rows that share them."""
    cells = []
    for level, part in enumerate(codes):
        if not part:
            continue
        rows = 1
        if inherits and level < len(codes) - 1:
            prefix = codes[: level + 1]
            if number and _digits(lines[number - 1].code, len(codes))[: level + 1] == prefix:
                continue
            while (
                number + rows < len(lines)
                and _digits(lines[number + rows].code, len(codes))[: level + 1] == prefix
            ):
                rows += 1
        cells.append(LabelCell(level, 1, rows, part))
    return cells


def _digits(code: str, levels: int) -> tuple[str, ...]:
    parts = [code[:3], code[3:5], code[5:7]][:levels]
    return tuple(parts)


def _grouped(lines: Sequence[Line], names: Sequence[str], wording: Wording) -> Labels:
    """Groups on the left over all their rows, items on the right."""
    cells: list[tuple[LabelCell, ...]] = []
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):
        if not line.group:
            cells.append((LabelCell(0, 2, 1, name),))
            continue
        row = [LabelCell(1, 1, 1, name)]
        if not number or lines[number - 1].group != line.group:
            rows = sum(other.group == line.group for other in lines[number:])
            row.insert(0, LabelCell(0, 1, rows, wording.say(line.group)))
        cells.append(tuple(row))
    heading = wording.say("name.revenue")
    return Labels(((heading,), (heading,)), tuple(cells), tuple(names))
