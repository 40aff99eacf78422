"""Generated disclosures: their figures are consistent, and their slips are the ones asked for."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from extract import printed_frames, stage
from tests.benchmarks.generating import Generated, Original, generated, originals_in
from tests.benchmarks.generating.altering import times, with_a_slip
from tests.benchmarks.reading import read

SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
MONEY_IN_PROSE = pl.col("kind").is_in(["level", "change"])


@pytest.fixture(scope="module")
def originals() -> list[Original]:
    return originals_in([SAMPLES])


def frames(data: bytes, name: str = "generated.txt") -> dict[str, pl.DataFrame]:
    return stage(printed_frames([read(data, name)]))


def test_every_figure_of_a_copy_is_the_printed_one_times_the_same_number(originals: list[Original]) -> None:
    figures = 0
    factors = set()
    for copy in generated(originals, range(len(originals), 3 * len(originals))):
        name = copy.file_name.rpartition("-")[0]
        before = frames((SAMPLES / f"{name}.txt").read_bytes(), name)
        after = frames(copy.data)
        for table, rows in (("amounts", None), ("claims", MONEY_IN_PROSE)):
            old, new = (each[table] if rows is None else each[table].filter(rows) for each in (before, after))
            money = pl.DataFrame({"old": old["amount_yuan"], "new": new["amount_yuan"]})
            wrong = money.filter((pl.col("old") * copy.factor).ne_missing(pl.col("new")))
            assert wrong.is_empty(), (copy.file_name, table, wrong)
            figures += money.height
        factors.add(copy.factor)
    assert len(factors) > 1
    assert figures > 2000


def test_a_copy_has_a_publisher_of_its_own_and_the_forms_of_the_original(originals: list[Original]) -> None:
    names = []
    for copy in generated(originals, range(2 * len(originals))):
        document = frames(copy.data)["documents"].row(0, named=True)
        assert document["fiscal_year"] is not None
        names.append((copy.file_name.rpartition("-")[0], document["publisher_name"]))
    assert len(set(names)) == len(names) == 2 * len(originals)
    before = frames((SAMPLES / "unit-budget-2024-example.txt").read_bytes())
    (after,) = (
        frames(copy.data)
        for copy in generated(originals, range(len(originals)))
        if copy.file_name.startswith("unit-budget-2024-example")
    )
    assert after["forms"]["form_key"].to_list() == before["forms"]["form_key"].to_list()
    assert after["documents"]["region"].to_list() == before["documents"]["region"].to_list()


def test_as_many_cells_have_a_slip_as_it_says_and_none_unless_asked(originals: list[Original]) -> None:
    same = range(len(originals))
    right, wrong = (list(generated(originals, same, rate)) for rate in (0, 0.05))
    assert sum(copy.slips for copy in right) == 0
    assert sum(copy.slips for copy in wrong) > 50
    for one, other in zip(right, wrong, strict=True):
        assert other.slips == changed_amounts(one, other)


def changed_amounts(one: Generated, other: Generated) -> int:
    old, new = (frames(each.data)["amounts"]["amount_text"] for each in (one, other))
    return int((old != new).sum())


def test_a_number_always_has_the_same_copy(originals: list[Original]) -> None:
    at_once = list(generated(originals, range(30), 0.01))
    assert list(generated(originals, range(20, 30), 0.01)) == at_once[20:]


def test_a_figure_keeps_its_decimals_its_grouping_and_its_sign() -> None:
    assert times("-2,429,867.00元", 3) == "-7,289,601.00元"
    assert times("0.50 万元", 3) == "1.50 万元"
    assert times("－", 3) == "－"


def test_a_slip_is_another_digit_that_is_not_zero() -> None:
    chance = random.Random(1)
    for _ in range(50):
        slipped = with_a_slip("10.05", chance)
        assert len([1 for old, new in zip("10.05", slipped, strict=True) if old != new]) == 1
        assert Decimal(slipped) != Decimal("10.05")


def test_a_folder_without_disclosures_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(tmp_path)):
        originals_in([tmp_path])
