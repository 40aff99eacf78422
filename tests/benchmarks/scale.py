"""What a province and the whole country take, worked out from measured costs.

Run ``uv run python -m tests.benchmarks.scale`` after a change to the tables in ``deployment/scale``; it
writes the page beside them. Costs are measured, how many documents there are is assumed, and the page says
which is which.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "deployment" / "scale"
PAGE = FOLDER / "README.md"
_PLACES = ("province", "country")
_GOVERNMENTS = {
    "governments of provinces": "departments of a province",
    "governments of cities": "departments of a city",
    "governments of counties": "departments of a county",
}
_VERSIONS_KEPT = 3
_PAGE = """\
# What a province and the country take

Worked out by `python -m tests.benchmarks.scale` from [measured costs](measured.csv) and
[assumptions](assumed.csv); change those and run it again. It multiplies, so it is no better than they are:
costs were measured at ten thousand documents and fewer, on two cores.

{needs}

**One machine** is enough for a province. For the country reading is spread over dask's workers
(`DISCLOSURES_WORKERS`) or over machines that share a lake (`DISCLOSURES_SHARED_LAKE`); what does not spread
is building and publishing, which one DuckDB file holds: a warehouse by province is the way there. Publishing
what changed replaces its rows in a copy of the last version; copying the file is what is left, and grows
with it.

## Measured

{measured}

## Assumed

{assumed}
"""
_HOUR = 3600
_GIB = 1024 * 1024  # of KiB


class Need(NamedTuple):
    """One row of the page: what, how much in each place, and the unit."""

    what: str
    amounts: tuple[float, ...]
    unit: str


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page that the tables give now."""
    measured, assumed = _table("measured.csv"), _table("assumed.csv")
    costs = {row["name"]: float(row["value"]) for row in measured}
    needs = [_needs(costs, {row["name"]: float(row[place]) for row in assumed}) for place in _PLACES]
    rows = [Need(name, tuple(each[name][0] for each in needs), unit) for name, (_, unit) in needs[0].items()]
    return _PAGE.format(
        needs=_markdown(("a year of documents", "a province", "the country"), map(_cells, rows)),
        measured=_markdown(
            ("cost", "value", "unit", "by"),
            ((row["name"], row["value"], row["unit"], row["measured_by"]) for row in measured),
        ),
        assumed=_markdown(
            ("what", "a province", "the country", "why"),
            ((row["name"], row["province"], row["country"], row["why"]) for row in assumed),
        ),
    )


def _needs(costs: Mapping[str, float], place: Mapping[str, float]) -> dict[str, tuple[float, str]]:
    """What a year of a place's documents takes: amount and unit by name."""
    departments = sum(place[one] * place[other] for one, other in _GOVERNMENTS.items())
    publishers = departments * (1 + place["units of a department"])
    documents = publishers * place["documents of a publisher in a year"]
    pdfs = documents * place["share of PDFs"]
    texts = documents - pdfs
    pages = pdfs * costs["pages_pdf"]
    reading = pages * costs["core_seconds_reading_page"] + texts * costs["core_seconds_reading_text"]
    building = documents * costs["core_seconds_building"]
    landing = pdfs * costs["landing_kib_pdf"] + texts * costs["landing_kib_text"]
    return {
        "publishers": (publishers, ""),
        "documents": (documents, ""),
        "documents on a day of a wave": (documents / 2 / place["days of a wave"], ""),
        "pages of PDFs": (pages, ""),
        "reading all of them once": (reading / _HOUR, "core-hours"),
        "building all of them once": (building / _HOUR, "core-hours"),
        "landed bytes": (landing / _GIB, "GiB"),
        "lake": (documents * costs["lake_kib"] / _GIB, "GiB"),
        "build file": (documents * costs["build_kib"] / _GIB, "GiB"),
        f"published file, {_VERSIONS_KEPT} versions": (
            _VERSIONS_KEPT * documents * costs["published_kib"] / _GIB,
            "GiB",
        ),
        "publishing all of it": (documents * costs["publishing_seconds"] / _HOUR, "hours"),
        "publishing one document more": (documents * costs["amending_seconds"] / 60, "minutes"),
        "the median question of the cookbook": (documents * costs["question_us_median"] / 1e6, "s"),
        "the slowest question": (documents * costs["question_us_slowest"] / 1e6, "s"),
    }


def _cells(need: Need) -> tuple[str, ...]:
    digits = 1 if any(0 < amount < 10 for amount in need.amounts) else 0
    return need.what, *(f"{amount:,.{digits}f} {need.unit}".strip() for amount in need.amounts)


def _markdown(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
