"""Tables as pages show them: a part of the rows, in words, with links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.exploring.asked import Asked
from orchestration.exploring.asking import Answer, Asking
from orchestration.exploring.blocks import Made, View, Way
from orchestration.exploring.links import Links
from orchestration.exploring.wording import Wording

MOST_SAVED = 100_000
"""Rows of a table that is saved; more are for `disclosures export`."""
_MOST_SHOWN = 600  # characters of a cell; the rest is in what is saved
PRINTED = "PRINTED"
"""The type of figures as they are printed: texts that stand as numbers do."""
_LONG = 36  # characters that want room
_NUMBERS = ("DECIMAL", "BIGINT", "INTEGER", "HUGEINT", "DOUBLE", PRINTED)
_STATES = frozenset({"severity", "trust", "outcome", "total_trust"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says."""

    text: str
    href: str | None = None
    look: str = ""  # class of the style sheet


@dataclass(frozen=True, slots=True)
class Listing:
    """A table on a page."""

    kind = "listing"
    key: str
    title: str
    columns: Sequence[tuple[str, str]]  # what it is called, class of the style sheet
    rows: Sequence[Sequence[Cell]]
    total: int
    first: int  # number of the first row shown, from 1
    back: str | None
    on: str | None
    saved: Sequence[Way]
    note: str


def listed(table: View | Made, asked: Asked) -> Listing:
    """The part of a table that is asked for. A number of a page that there is not shows the last."""
    asking, wording, links, path, query = asked.asking, asked.wording, asked.links, asked.path, asked.query
    if isinstance(table, Made):
        answer = Answer(tuple(table.names), tuple(table.types), [*map(tuple, table.rows)])
        total, first = len(answer.rows), 0
        back = on = None
    else:
        page = _number(query.get(f"page.{table.key}"))
        answer, total, page = _part(table, asking, page)
        last_page = max((total - 1) // table.per_page, 0)
        first = page * table.per_page
        back, on = (
            _other_page(table, links, path, query, number) if 0 <= number <= last_page else None
            for number in (page - 1, page + 1)
        )
    titles = table.titles if isinstance(table, Made) else {}
    shown = [number for number, name in enumerate(answer.names) if name not in table.hidden]
    columns = [
        (titles.get(answer.names[number]) or wording.column(answer.names[number]), _look(answer, number))
        for number in shown
    ]
    part = answer.rows[: table.most] if isinstance(table, Made) else answer.rows
    rows = [_cells(table, answer, row, shown, wording) for row in part]
    chosen = {name: value for name, value in _asked(query).items() if not name.startswith("page.")}
    saved = [
        Way(form, links.to(path, **{**chosen, "table": table.key, "format": form})) for form in links.formats
    ]
    return Listing(
        table.key, table.title, columns, rows, total, first + 1, back, on, saved if total else (), table.note
    )


def _part(table: View, asking: Asking, page: int) -> tuple[Answer, int, int]:
    """The rows of a page, how many there are in all, and which page it is: the last where it is beyond."""
    answer = asking.answer(_limited(table, table.per_page + 1, page * table.per_page), table.parameters)
    if page == 0 and len(answer.rows) <= table.per_page:
        return answer, len(answer.rows), 0  # counting would take as long again
    total = asking.count(table.query, table.parameters)
    if not answer.rows and total:
        page = (total - 1) // table.per_page
        answer = asking.answer(_limited(table, table.per_page, page * table.per_page), table.parameters)
    return answer._replace(rows=answer.rows[: table.per_page]), total, page


def whole(table: View | Made, asking: Asking) -> Answer:
    """All rows of a table, but for those beyond :data:`MOST_SAVED`."""
    if isinstance(table, Made):
        return Answer(tuple(table.names), tuple(table.types), [*map(tuple, table.rows)])
    return asking.answer(_limited(table, MOST_SAVED, 0), table.parameters)


def _limited(table: View, most: int, first: int) -> str:
    return table.around.replace("{part}", f"{table.query} limit {most} offset {first}")


def _asked(query: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in query.items() if name not in ("format", "table")}


def _other_page(table: View, links: Links, path: str, query: Mapping[str, str], number: int) -> str:
    asked = {**_asked(query), f"page.{table.key}": str(number + 1)}
    if number == 0:
        del asked[f"page.{table.key}"]
    address = links.to(path, **asked)
    return f"{address}#{table.key}"


def _number(said: str | None) -> int:
    """The number of a page, from 0."""
    return max(int(said) - 1, 0) if said and said.isascii() and said.isdecimal() and len(said) < 9 else 0


def _look(answer: Answer, number: int) -> str:
    is_number = answer.types[number].startswith(_NUMBERS) and not answer.types[number].endswith("]")
    return "number" if is_number and not answer.names[number].endswith("year") else ""


def _cells(
    table: View | Made, answer: Answer, row: Sequence[Any], shown: Sequence[int], wording: Wording
) -> list[Cell]:
    values = dict(zip(answer.names, row, strict=True))
    cells = []
    for number in shown:
        name = answer.names[number]
        text = wording.said(name, row[number])
        href = table.hrefs[name](values) if name in table.hrefs else None
        look = _look(answer, number)
        if len(text) > _LONG:
            look = "long"
        if name in _STATES and row[number] is not None:
            look = f"state {row[number]}"
        cells.append(
            Cell(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…", href if text else None, look)
        )
    return cells
