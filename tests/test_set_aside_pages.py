"""Half of the real pages is drawn by seed to be read last; their addresses stay out of the repository."""

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from tests.set_aside.draw import FIELDS, Page, draw

PAGES = Path(__file__).parent / "set_aside" / "pages.csv"


def _pages(count: int) -> list[Page]:
    return [Page(f"https://example.org/{number}", "四川", "budget", "2023") for number in range(count)]


def _drawn(rows: list[dict[str, str]]) -> list[str]:
    return [row["sha256"] for row in rows if row["set_aside"] == "yes"]


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (1, 1), (8, 4), (9, 5)])
def test_half_of_the_pages_is_set_aside_and_the_odd_one_too(count: int, drawn: int) -> None:
    rows = draw(_pages(count))
    assert len(rows) == count
    assert len(_drawn(rows)) == drawn


def test_the_order_of_the_list_has_no_say_in_the_draw() -> None:
    pages = _pages(30)
    assert draw(pages) == draw(pages[::-1])


def test_another_seed_draws_other_pages() -> None:
    assert _drawn(draw(_pages(30))) != _drawn(draw(_pages(30), seed=1))


def test_a_page_set_aside_keeps_its_address_to_itself() -> None:
    for row in draw(_pages(30)):
        assert (row["address"] == "") == (row["set_aside"] == "yes")


def test_an_address_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([*_pages(3), *_pages(1)])


def test_the_list_in_the_repository_was_drawn_in_halves_and_names_no_page_set_aside() -> None:
    with PAGES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == FIELDS
    assert len(_drawn(rows)) == (len(rows) + 1) // 2
    assert [row["sha256"] for row in rows] == sorted({row["sha256"] for row in rows})
    for row in rows:
        if row["set_aside"] == "yes":
            assert row["address"] == ""
        else:
            assert row["sha256"] == sha256(row["address"].encode()).hexdigest()
