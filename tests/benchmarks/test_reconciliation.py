"""The copies that reconciliation is timed with are documents of their own, and only their figures differ."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from extract import printed_frames, stage
from tests.benchmarks.reading import read
from tests.benchmarks.reconciliation.building import Build
from tests.benchmarks.reconciliation.copies import ONE_ALTERED_OF, batches
from tests.benchmarks.reconciliation.report import times

SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
DOCUMENTS = 50


@pytest.fixture(scope="module")
def originals():
    """The samples as staged frames."""
    return stage(
        printed_frames([read(path.read_bytes(), path.name) for path in sorted(SAMPLES.glob("*.txt"))])
    )


@pytest.fixture(scope="module")
def copies(originals):
    """All tables of the copies, written in several batches."""
    written = list(batches(originals, DOCUMENTS, most_in_a_batch=20))
    return {table: pl.concat([batch[table] for batch in written]) for table in originals}


def test_there_are_as_many_copies_as_wanted_each_under_an_id_of_its_own(copies):
    assert copies["documents"]["document_id"].n_unique() == copies["documents"].height == DOCUMENTS
    assert copies["documents"]["document_id"].str.len_chars().unique().to_list() == [64]


def test_copies_have_the_columns_of_staged_frames(originals, copies):
    assert {table: frame.schema for table, frame in copies.items()} == {
        table: frame.schema for table, frame in originals.items()
    }


def test_every_id_begins_as_the_id_of_its_document(copies):
    for frame in copies.values():
        own = [name for name in frame.columns if name.endswith("_id") and name != "document_id"]
        for name in own:
            assert frame[name].drop_nulls().str.len_chars().gt(16).all()
            assert frame.filter(~pl.col(name).str.starts_with(pl.col("document_id").str.head(16))).is_empty()


def test_no_two_copies_of_a_document_have_the_same_publisher(copies):
    named = copies["documents"].filter(pl.col("publisher_name").is_not_null())
    assert named.select("file_name", "publisher_name").is_duplicated().sum() == 0


def test_the_text_of_an_altered_figure_says_what_it_is_worth(originals, copies):
    place = pl.col("amount_id").str.slice(16)
    printed = originals["amounts"].join(
        originals["documents"].select("document_id", "file_name"), "document_id"
    )
    altered = (
        copies["amounts"]
        .join(copies["documents"].select("document_id", "file_name"), "document_id")
        .with_columns(place=place)
        .join(printed.with_columns(place=place), ["file_name", "place"], suffix="_before")
        .filter(pl.col("amount_text") != pl.col("amount_text_before"))
    )
    worth = {"元": Decimal(1), "万元": Decimal(10_000)}
    assert altered.height > 0
    for row in altered.iter_rows(named=True):
        difference = Decimal(row["amount_text"]) - Decimal(row["amount_text_before"])
        assert row["amount_yuan"] - row["amount_yuan_before"] == difference * worth[row["unit"]]


def test_about_one_number_in_fifty_is_altered(originals, copies):
    numbers = copies["amounts"].filter(amount_kind="number").height
    same = (
        originals["amounts"]
        .group_by(place=pl.col("amount_id").str.slice(16))
        .agg(pl.col("amount_text").unique())
    )
    altered = (
        copies["amounts"]
        .with_columns(place=pl.col("amount_id").str.slice(16))
        .join(same, "place")
        .filter(~pl.col("amount_text").is_in(pl.col("amount_text_right")))
    )
    assert 0.5 < altered.height * ONE_ALTERED_OF / numbers < 1.5


def test_without_a_document_there_is_nothing_to_copy(originals):
    nothing = {table: frame.clear() for table, frame in originals.items()}
    with pytest.raises(ValueError, match="no document"):
        list(batches(nothing, 1, 1))


def test_the_ratio_is_of_the_time_that_one_document_takes():
    def built(documents, seconds):
        models = pl.DataFrame(
            {"model": ["int_lines"], "layer": ["reconciliation"], "seconds": [seconds]},
        )
        return Build(documents, models, {}, 0.0, 0, 0)

    table = times([built(100, 1.0), built(1000, 20.0)])
    assert [next(iter(column.cells)) for column in table.columns] == [
        "int_lines",
        *("1.00", "10.000", "20.00", "20.000", "2.00"),
    ]
