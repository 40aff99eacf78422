"""A disclosure gives the same facts in whatever format it is published: only the places differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from extract import printed_frames, read_document, stage
from extract.landing import LandedFile
from extract.readers.encoding import decode
from tests.typesetting import FORMATS, SCAN, samples
from tests.typesetting.from_text import content_of
from tests.typesetting.samples import SAMPLES, TYPESET

TEXTS = {path.name: path for path in [*SAMPLES.glob("*.txt"), *Path(samples.__file__).parent.glob("*.txt")]}
NAMES = sorted(TEXTS)
SCANNED = "unit-budget-2024-example.txt"

# where a fact stands, and what is made of that
PLACES = [
    "amount_id", "indicator_id", "document_id", "form_id", "line_id", "page_no", "line_no", "field_no",
    "column_path",  # a heading over all columns is a line above the table in some formats
    "confidence", "bbox_left", "bbox_top", "bbox_right", "bbox_bottom",
]  # fmt: skip


@cache
def sample(name: str) -> str:
    return decode(TEXTS[name].read_bytes()).text


def facts(data: bytes, media_type: str) -> dict[str, pl.DataFrame]:
    landed = LandedFile(hashlib.sha256(data).hexdigest(), "disclosure", media_type, len(data))
    staged = stage(printed_frames([read_document(landed, data)]))
    assert staged["documents"]["status"].item() == "read", staged["documents"]["failure_reason"].item()
    return {table: staged[table].drop(PLACES, strict=False) for table in ("amounts", "indicators")}


@cache
def facts_of_text(name: str) -> dict[str, pl.DataFrame]:
    return facts(sample(name).encode(), "text/plain")


# Its text was converted with rows that slid by one field below the serial numbers; no workbook has such rows.
SLID = "department-budget-2024-hanbin.txt"
CASES = [
    (name, format_name)
    for name in NAMES
    for format_name in FORMATS
    if not (name == SLID and format_name in ("xlsx", "xls"))
]


@pytest.mark.parametrize(("name", "format_name"), CASES)
def test_amounts_and_indicators_are_the_same(name: str, format_name: str) -> None:
    media_type, typeset = FORMATS[format_name]
    read = facts(typeset(content_of(sample(name))), media_type)
    for table, expected in facts_of_text(name).items():
        assert_frame_equal(read[table], expected)


def test_a_scan_gives_the_same_amounts_and_indicators() -> None:
    media_type, typeset = SCAN
    read = facts(typeset(content_of(sample(SCANNED))), media_type)
    assert set(read["amounts"]["doubt"]) == {"recognised"}
    for table, expected in facts_of_text(SCANNED).items():
        assert_frame_equal(read[table].drop("doubt", strict=False), expected.drop("doubt", strict=False))


@pytest.mark.parametrize("name", TYPESET)
def test_a_sample_is_what_its_text_says(name: str) -> None:
    media_type, _ = FORMATS[TYPESET[name]]
    read = facts((SAMPLES / name).read_bytes(), media_type)
    for table, expected in facts_of_text(f"{Path(name).stem}.txt").items():
        assert_frame_equal(read[table], expected)


def test_a_changed_figure_is_noticed() -> None:
    media_type, typeset = FORMATS["html"]
    text = sample(SCANNED)
    figure = facts_of_text(SCANNED)["amounts"]["amount_text"][0]
    read = facts(typeset(content_of(text.replace(figure, "987.65"))), media_type)
    with pytest.raises(AssertionError):
        assert_frame_equal(read["amounts"], facts_of_text(SCANNED)["amounts"])
