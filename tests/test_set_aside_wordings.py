"""A third of the collected wordings was drawn by seed and sealed before the grammar of prose was built."""

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from tests.set_aside.draw_wordings import Row, draw

FOLDER = Path(__file__).parent / "set_aside"


def _rows(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _drawn(count: int) -> list[Row]:
    return [
        {"region": "四川", "seen": "page", "direction": "", "wording": f"{{S}}{number}"}
        for number in range(count)
    ]


@pytest.mark.parametrize(("count", "sealed"), [(0, 0), (1, 1), (9, 3), (10, 4)])
def test_a_third_is_sealed_and_the_odd_ones_too(count: int, sealed: int) -> None:
    opened, kept = draw(_drawn(count))
    assert (len(opened), len(kept)) == (count - sealed, sealed)


def test_the_order_of_the_list_has_no_say() -> None:
    assert draw(_drawn(20)) == draw(_drawn(20)[::-1])


def test_a_wording_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([*_drawn(3), *_drawn(1)])


def test_the_lists_here_are_what_the_seed_draws_and_the_sealed_one_is_the_one_announced() -> None:
    opened, sealed = _rows("wordings.csv"), _rows("wordings_sealed.csv")
    assert draw([*opened, *sealed]) == (opened, sealed)
    digest = sha256((FOLDER / "wordings_sealed.csv").read_bytes()).hexdigest()
    assert digest in (FOLDER / "README.md").read_text(encoding="utf-8")
