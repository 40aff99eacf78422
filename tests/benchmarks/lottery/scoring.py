"""How much of the lottery was understood: figures, units, forms, and what each column says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from tests.benchmarks.lottery.matching import matched
from tests.benchmarks.lottery.reading_sets import ReadSet
from tests.benchmarks.lottery.truth import CellTruth, FormTruth, SetTruth

_COLUMNS = {"measure": "measure", "fund": "fund", "version": "budget_version", "year": "column_year"}
"""Columns of staged amounts that say what a figure is, by what the truth calls it."""

ASPECTS = ("row", *_COLUMNS)
"""What is told of a figure: which row it is of, and what its column says."""

_SUBTOTAL = "小计"  # a row that the group it closes names better

Row = Mapping[str, Any]


@dataclass
class Scores:
    """One row for each figure, phantom amount and form; which amount is which figure, by document."""

    cells: list[dict[str, Any]] = field(default_factory=list)
    phantoms: list[dict[str, Any]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    cell_of_amount: dict[str, dict[str, int]] = field(default_factory=dict)
    truths: dict[str, SetTruth] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def score(sets: Iterable[ReadSet]) -> Scores:
    """Hold what was read against what was printed."""
    scores = Scores()
    for read in sets:
        truth = read.drawn.truth
        money = [cell for cell in truth.cells if cell.is_money]
        found, phantoms = matched(money, read.printed.where, read.amounts)
        scores.truths[read.document_id] = truth
        scores.cell_of_amount[read.document_id] = {
            str(amount["amount_id"]): cell for cell, amount in found.items()
        }
        if read.status != "read":
            scores.unread.append(read.printed.file_name)
        scores.cells += [
            {
                **_about(truth, truth.forms[cell.form_no - 1]),
                **_cell(truth, cell, found.get(cell.cell_id)),
                "where": read.printed.where[cell.cell_id][:3],
            }
            for cell in money
        ]
        scores.phantoms += [_phantom(truth, amount) for amount in phantoms]
        scores.forms += _forms(truth, found, read.forms)
    return scores


def _about(truth: SetTruth, form: FormTruth) -> dict[str, Any]:
    return {
        "set_no": truth.set_no,
        "family": form.family,
        "format": truth.format_name,
        "form_no": form.form_no,
        "drawing": form.drawing,
        "title": form.title,
        "has_rare_word": form.has_rare_word,
    }


def _cell(truth: SetTruth, cell: CellTruth, amount: Row | None) -> dict[str, Any]:
    """The verdicts on a figure; None where nothing is asked, or where it was not read."""
    form = truth.forms[cell.form_no - 1]
    row: dict[str, Any] = {
        "cell_id": cell.cell_id,
        "text": cell.text,
        "row_label": cell.row_label,
        "is_read": amount is not None,
        "unit": None,
        "unit_is_printed": form.is_unit_printed,
        **dict.fromkeys(ASPECTS),
    }
    if amount is None:
        return row
    row["unit"] = _verdict((form.unit,), amount["unit"])
    row["column_path"] = amount["column_path"]
    row["row"] = _row_verdict(cell, amount)
    row["row_read"] = f"{amount['code'] or ''} {amount['row_label'] or ''}".strip()
    row["row_meant"] = f"{cell.code} {cell.row_label}".strip()
    wanted: dict[str, Sequence[object]] = {
        "measure": cell.measure,
        "fund": cell.fund,
        "version": cell.version,
        "year": (str(cell.year),) if cell.year else (),
    }
    for aspect, column in _COLUMNS.items():
        if column in amount and wanted[aspect]:
            row[aspect] = _verdict(wanted[aspect], amount[column])
            row[f"{aspect}_read"], row[f"{aspect}_meant"] = amount[column], wanted[aspect][0]
    return row


def _row_verdict(cell: CellTruth, amount: Row) -> str | None:
    """Whether a figure is of the row that it is printed in: by the label, and the code where both have one.

    A label may be staged without the numbers before it; one of several that are merged may be staged alone.
    """
    said, meant = (
        re.sub(r"\s", "", normalize("NFKC", label or "")) for label in (amount["row_label"], cell.row_label)
    )
    if not meant or meant == _SUBTOTAL:
        return None
    if cell.code and amount["code"] and amount["code"] != cell.code:
        return "wrong"
    if not said:
        return "open"
    return "right" if said in meant or meant in said else "wrong"


def _verdict(right: Sequence[object], given: object) -> str:
    if given is None:
        return "open"
    return "right" if given in right else "wrong"


def _phantom(truth: SetTruth, amount: Row) -> dict[str, Any]:
    return {
        "set_no": truth.set_no,
        "family": truth.family,
        "format": truth.format_name,
        "form_key": amount["form_key"],
        "text": amount["amount_text"],
        "row_label": amount["row_label"],
        "column_path": amount["column_path"],
        "page_no": amount["page_no"],
        "line_no": amount["line_no"],
        "field_no": amount["field_no"],
    }


def _forms(truth: SetTruth, found: Mapping[int, Row], read: Sequence[Row]) -> list[dict[str, Any]]:
    """Each form's verdict, from the keys of the forms in which its figures were found.

    A form without figures is right if a form with its key holds none of another's; one of no standard kind is
    right as long as it is given no standard key.
    """
    keys: dict[int, Counter[str | None]] = {}
    holding = set()
    by_id = {cell.cell_id: cell for cell in truth.cells}
    for cell_id, amount in found.items():
        keys.setdefault(by_id[cell_id].form_no, Counter())[amount["form_key"]] += 1
        holding.add(amount["form_id"])
    money = Counter(cell.form_no for cell in truth.cells if cell.is_money)
    blank = Counter(form["form_key"] for form in read if form["form_id"] not in holding)
    rows = []
    for form in truth.forms:
        if form.form_no in keys:
            key = keys[form.form_no].most_common(1)[0][0]
        elif not money[form.form_no] and form.form_key and blank[form.form_key]:
            key = form.form_key
            blank[key] -= 1
        else:
            key = None
        if form.form_key is None:
            verdict = "right" if key is None else "wrong"
        else:
            verdict = _verdict((form.form_key,), key)
        about = _about(truth, form)
        rows.append(
            {**about, "form_key": form.form_key, "read_as": key, "verdict": verdict, "layout": form.layout}
        )
    return rows
