"""Which changes are made: seeded draws over the printed cells of disclosures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract import printed_frames, stage
from extract.readers.encoding import decode
from tests.benchmarks.mutations.changes import (
    FIGURE_CHANGES,
    NotPossibleError,
    change_cell,
    change_unit,
    drop_row,
    number_in,
    shift_row,
    states_unit,
    value,
)
from tests.benchmarks.reading import read

WEIGHTS = {
    "flip_digit": 8,
    "swap_digits": 1,
    "move_point": 1,
    "drop_digit": 1,
    "double_digit": 1,
    "swap_cells": 1,
    "drop_row": 1,
    "shift_row": 1,
    "change_unit": 1,
}
_TRIES = 50  # cells tried for a kind before another kind is drawn
_CAPTION_BEFORE = 3  # lines: a unit is printed that far above the first line of a form without a title


class Cell(NamedTuple):
    """A printed money cell: its place, and the number in it."""

    line_no: int
    field_no: int
    number: str
    form_id: str
    form_key: str
    side_no: int

    @property
    def place(self) -> tuple[int, int]:
        return self.line_no, self.field_no


@dataclass(frozen=True)
class Disclosure:
    """A text disclosure, in UTF-8 whatever it came in, and its money cells."""

    file_name: str
    text: str
    cells: tuple[Cell, ...]
    captions: dict[str, int]  # form_id → the line that states its unit, where one does

    @property
    def data(self) -> bytes:
        return self.text.encode()


@dataclass(frozen=True)
class Change:
    """One change. ``cells`` are those whose amount it changes; line numbers are of the unchanged text."""

    kind: str
    line_no: int
    field_no: int | None
    before: str
    after: str
    cells: tuple[Cell, ...]
    lines: list[str]


@dataclass(frozen=True)
class Mutant:
    """A copy of a disclosure with one change."""

    original: Disclosure
    change: Change
    data: bytes


def read_disclosures(folders: list[Path]) -> list[Disclosure]:
    """Every text in the folders in which a money cell is printed once read by ``extract``."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    read_all = [_disclosure(path) for path in paths]
    return [disclosure for disclosure in read_all if disclosure.cells]


def mutants(disclosures: list[Disclosure], count: int, seed: int) -> Iterator[Mutant]:
    """``count`` different mutants: one for each form that has figures, the rest uniform over all cells.

    A form may be left out when it cannot be changed at all; fewer are given when no more are to be found.
    """
    chance = random.Random(seed)
    everywhere = [(disclosure, cell) for disclosure in disclosures for cell in disclosure.cells]
    by_form: dict[tuple[str, str], list[tuple[Disclosure, Cell]]] = {}
    for disclosure, cell in everywhere:
        by_form.setdefault((disclosure.file_name, cell.form_id), []).append((disclosure, cell))
    pools = [*by_form.values(), *[everywhere] * max(count - len(by_form), 0)][:count]
    seen: set[bytes] = set()
    for pool in pools:
        for _ in range(_TRIES):
            mutant = _draw(pool, chance, seen)
            if mutant is not None:
                seen.add(mutant.data)
                yield mutant
                break


def _draw(pool: list[tuple[Disclosure, Cell]], chance: random.Random, seen: set[bytes]) -> Mutant | None:
    (kind,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
    for _ in range(_TRIES):
        disclosure, cell = chance.choice(pool)
        try:
            change = _changed(kind, disclosure, cell, chance)
        except NotPossibleError:
            continue
        data = "\n".join(change.lines).encode()
        if data not in seen:
            return Mutant(disclosure, change, data)
    return None


def _changed(kind: str, disclosure: Disclosure, cell: Cell, chance: random.Random) -> Change:
    lines = disclosure.text.split("\n")
    line = lines[cell.line_no - 1]
    in_row = [other for other in disclosure.cells if other.line_no == cell.line_no]
    match kind:
        case "swap_cells":
            other = chance.choice([each for each in disclosure.cells if each.form_id == cell.form_id])
            if value(other.number) == value(cell.number):
                raise NotPossibleError("the two cells hold the same amount")
            changed = change_cell(lines, *cell.place, cell.number, other.number)
            changed = change_cell(changed, *other.place, other.number, cell.number)
            return Change(kind, *cell.place, cell.number, other.number, (cell, other), changed)
        case "drop_row":
            _check_money(in_row)
            changed = drop_row(lines, cell.line_no)
            return Change(kind, cell.line_no, None, line, "", tuple(in_row), changed)
        case "shift_row":
            side = [each for each in in_row if each.side_no == cell.side_no]
            _check_money(side)
            fields = [each.field_no for each in side]
            changed = shift_row(lines, cell.line_no, fields, to_right=chance.random() < 0.5)
            after = changed[cell.line_no - 1]
            return Change(kind, cell.line_no, None, line, after, tuple(side), changed)
        case "change_unit":
            if cell.form_id not in disclosure.captions:
                raise NotPossibleError("the form has no caption that states its unit")
            in_form = [each for each in disclosure.cells if each.form_id == cell.form_id]
            _check_money(in_form)
            line_no = disclosure.captions[cell.form_id]
            before, changed = lines[line_no - 1], change_unit(lines, line_no)
            return Change(kind, line_no, None, before, changed[line_no - 1], tuple(in_form), changed)
        case _:
            candidates = FIGURE_CHANGES[kind](cell.number)
            if not candidates:
                raise NotPossibleError(f"{cell.number} has no {kind}")
            after = chance.choice(candidates)
            changed = change_cell(lines, *cell.place, cell.number, after)
            return Change(kind, *cell.place, cell.number, after, (cell,), changed)


def _check_money(cells: list[Cell]) -> None:
    """Refuse a change that says nothing else than before: zeros of another unit, or of another column."""
    if not any(value(cell.number) for cell in cells):
        raise NotPossibleError("all amounts are zero")


def _disclosure(path: Path) -> Disclosure:
    text = decode(path.read_bytes()).text
    staged = stage(printed_frames([read(text.encode(), path.name)]))
    amounts = staged["amounts"].filter(pl.col("amount_kind") != "dash")
    cells = tuple(
        Cell(row["line_no"], row["field_no"], number, row["form_id"], row["form_key"] or "?", row["side_no"])
        for row in amounts.sort("line_no", "field_no").iter_rows(named=True)
        if (number := number_in(row["amount_text"])) is not None
    )
    return Disclosure(path.name, text, cells, dict(_captions(text, staged["forms"], cells)))


def _captions(text: str, forms: pl.DataFrame, cells: tuple[Cell, ...]) -> Iterator[tuple[str, int]]:
    """Form and line number: the last caption with a unit before the form's first amount."""
    lines = text.split("\n")
    first_amount: dict[str, int] = {}
    for cell in cells:
        first_amount.setdefault(cell.form_id, cell.line_no)
    for form_id, first_line, unit in forms.select("form_id", "first_line", "unit").iter_rows():
        if form_id not in first_amount or unit is None:
            continue
        above = range(first_amount[form_id] - 1, max(first_line - _CAPTION_BEFORE, 1) - 1, -1)
        stating = (line_no for line_no in above if states_unit(lines[line_no - 1]))
        yield from ((form_id, line_no) for line_no in islice(stating, 1))
