"""What is read of a family without its own rows: figures, and forms right, open and wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from tests.benchmarks.lottery.reading_sets import ReadSet
from tests.benchmarks.lottery.scoring import score

_LISTS = ("contents_list", "unit_list")  # of forms and of units: no form
_PLACE = ("document_id", "page_no", "line_no", "field_no", "bbox_left", "bbox_top", "amount_text")


@dataclass
class FamilyScore:
    """Counts; forms are those of a standard kind, ``misses`` says what each that is not right is."""

    cells: int = 0
    read: int = 0
    phantoms: int = 0
    right: int = 0
    open: int = 0
    wrong: int = 0
    others_wrong: int = 0  # forms of no standard kind that were given a standard key
    misses: list[str] = field(default_factory=list)


def score_typeset(sets: Iterable[ReadSet]) -> FamilyScore:
    """Hold what was read of typeset sets against the truth about them."""
    scores = score(sets)
    found = FamilyScore(
        cells=len(scores.cells),
        read=sum(cell["is_read"] for cell in scores.cells),
        phantoms=len(scores.phantoms),
    )
    for form in scores.forms:
        _count(found, form["form_key"], form["read_as"], form["title"], form["verdict"])
    return found


def score_real(whole: Mapping[str, pl.DataFrame], without: Mapping[str, pl.DataFrame]) -> FamilyScore:
    """Hold what was read of real documents against what the whole vocabulary reads of them.

    A form is the one that most of its figures went to, or the form of the same title where it has none.
    """
    before, after = _by_place(whole["amounts"]), _by_place(without["amounts"])
    found = FamilyScore(
        cells=len(before), read=len(before.keys() & after.keys()), phantoms=len(after.keys() - before.keys())
    )
    holding: dict[Any, list[Any]] = {}
    for place, amount in before.items():
        read = after.get(place)
        holding.setdefault(amount["form_id"], []).append(read["form_key"] if read else None)
    titled = {
        (form["document_id"], form["printed_title"]): form["form_key"] for form in without["forms"].to_dicts()
    }
    for form in whole["forms"].to_dicts():
        if form["form_key"] in _LISTS:
            continue
        keys = holding.get(form["form_id"])
        key = (
            max(set(keys), key=lambda each: (keys.count(each), each or ""))
            if keys
            else titled.get((form["document_id"], form["printed_title"]))
        )
        _count(found, form["form_key"], key, form["printed_title"] or "(no title)", None)
    return found


def _by_place(amounts: pl.DataFrame) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(amount[name] for name in _PLACE): amount for amount in amounts.to_dicts()}


def _count(found: FamilyScore, meant: str | None, read: str | None, title: str, verdict: str | None) -> None:
    verdict = verdict or ("right" if read == meant else "open" if read is None else "wrong")
    if meant is None:
        found.others_wrong += verdict == "wrong"
    else:
        setattr(found, verdict, getattr(found, verdict) + 1)
    if verdict != "right":
        found.misses.append(f"{title}: {meant} read as {read}")
