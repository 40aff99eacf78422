"""Which amount is which figure: by its place, and where a place moved, by text, label and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.lottery.truth import CellTruth
from tests.typesetting.where import Where

Row = Mapping[str, Any]
_SPACES = str.maketrans("", "", " \u3000\t\n\xa0")


def matched(
    cells: Sequence[CellTruth], where: Mapping[int, Where], amounts: Sequence[Row]
) -> tuple[dict[int, Row], list[Row]]:
    """Give the amount of each figure that was read, by cell, and the amounts that are no figure of money."""
    found: dict[int, Row] = {}
    boxed = any(where[cell.cell_id].box for cell in cells)
    finder = _boxes(cells, where) if boxed else _lines(cells, where)
    left: list[Row] = []
    for amount in amounts:
        cell = finder(amount)
        if (
            cell is not None
            and cell.cell_id not in found
            and _plain(cell.text) == _plain(amount["amount_text"])
        ):
            found[cell.cell_id] = amount
        else:
            left.append(amount)
    return found, _by_order([cell for cell in cells if cell.cell_id not in found], left, found)


def _lines(cells: Sequence[CellTruth], where: Mapping[int, Where]) -> Any:
    at = {where[cell.cell_id][:3]: cell for cell in cells}
    return lambda amount: at.get((amount["page_no"], amount["line_no"], amount["field_no"]))


def _boxes(cells: Sequence[CellTruth], where: Mapping[int, Where]) -> Any:
    pages: dict[int | None, list[tuple[tuple[float, float, float, float], CellTruth]]] = {}
    for cell in cells:
        place = where[cell.cell_id]
        assert place.box is not None
        pages.setdefault(place.page, []).append((place.box, cell))

    def finder(amount: Row) -> CellTruth | None:
        if amount["bbox_left"] is None:
            return None
        x = (float(amount["bbox_left"]) + float(amount["bbox_right"])) / 2
        y = (float(amount["bbox_top"]) + float(amount["bbox_bottom"])) / 2
        for (left, top, right, bottom), cell in pages.get(amount["page_no"], ()):
            if left <= x <= right and top <= y <= bottom:
                return cell
        return None

    return finder


def _by_order(cells: Sequence[CellTruth], amounts: Sequence[Row], found: dict[int, Row]) -> list[Row]:
    """Match what is left by text and label, in order; give the amounts that are still left."""
    waiting: dict[tuple[str, str], list[CellTruth]] = {}
    for cell in cells:
        waiting.setdefault((_plain(cell.text), _plain(cell.row_label)), []).append(cell)
    left = []
    for amount in amounts:
        same = waiting.get((_plain(amount["amount_text"]), _plain(amount["row_label"] or "")))
        if same:
            found[same.pop(0).cell_id] = amount
        else:
            left.append(amount)
    return left


def _plain(text: str) -> str:
    return text.translate(_SPACES)
