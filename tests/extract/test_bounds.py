"""What no disclosure has is refused in words, and what is long is not remembered."""

from __future__ import annotations

import time

import pytest

from extract import read_document
from extract.blocks import Grid
from extract.folding import fold
from extract.forms.caption_lines import LineReader
from extract.forms.caption_rows import split_at_captions
from extract.forms.disclosure_titles import DisclosureTitle
from extract.forms.heard import Heard, years
from extract.landing import LandedFile
from extract.printed import PrintedColumn
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.reading import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS
from tests.benchmarks.adversarial.measuring import Taken, ratios
from tests.extract.drawing import VOCABULARY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * (MOST_CHARACTERS + 1), "a line or cell of the document has 50,001 characters"),
        (f"a\t{'1' * (MOST_CHARACTERS + 1)}", "a line or cell of the document has 50,001 characters"),
        ("1\t" * MOST_COLUMNS, "a table of the document has 1,001 columns"),
        ("1\t2\n" * (MOST_CELLS // 2 + 1), "cells in its tables; at most 400,000"),
    ],
    ids=("line", "cell", "columns", "cells"),
)
def test_what_no_disclosure_has_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_blocks(text.encode(), "text/plain")


@pytest.mark.parametrize("text", ["a" * MOST_CHARACTERS, "1\t" * (MOST_COLUMNS - 1)], ids=("line", "columns"))
def test_what_is_just_within_the_bounds_is_read(text: str) -> None:
    assert read_blocks(text.encode(), "text/plain").blocks


@pytest.mark.parametrize(("longest", "is_remembered"), [(100, True), (5_000, False)])
def test_what_was_said_of_a_document_with_a_long_line_is_forgotten(longest: int, is_remembered: bool) -> None:
    fold("某某局")
    data = f"2024年部门预算\n{'预' * longest}\n".encode()
    read_document(LandedFile("0" * 64, "a.txt", "text/plain", len(data)), data)
    assert (fold.cache_info().currsize > 0) is is_remembered  # type: ignore[attr-defined]


@pytest.mark.parametrize("leader", [".", "·", "_", "……", "._"])
def test_a_long_row_of_leaders_is_looked_at_once(leader: str) -> None:
    data = f"{leader * (49_000 // len(leader))}2024年部门预算\n某局收入预算说明\n".encode()
    began = time.process_time()
    read_document(LandedFile("0" * 64, "a.txt", "text/plain", len(data)), data)
    assert time.process_time() - began < 10


def test_a_long_table_is_looked_through_once_for_captions_within_it() -> None:
    rows = "项目\t合计\n" + "国防\t1.00\n" * 130_000
    (grid,) = [block for block in read_blocks(rows.encode(), "text/plain").blocks if isinstance(block, Grid)]
    began = time.process_time()
    assert list(split_at_captions([grid], LineReader(VOCABULARY))) == [grid]
    assert time.process_time() - began < 8


def test_the_years_of_many_forms_are_told_in_one_look_at_their_columns() -> None:
    columns = [
        PrintedColumn(f"f{form}", "d", 0, col, "2024年", None, None)
        for form in range(8_000)
        for col in (1, 2)
    ]
    heard = Heard((), (), DisclosureTitle(), (), (), (), tuple(columns))
    began = time.process_time()
    assert {said.value for said in years(heard, VOCABULARY)} == {"2024"}
    assert time.process_time() - began < 1


def taken(*seconds: float) -> list[tuple[int, Taken]]:
    return [(2**number, Taken(each, 0, "read")) for number, each in enumerate(seconds)]


def test_the_bench_tells_a_line_from_a_square() -> None:
    assert max(ratios(taken(0.3, 0.6, 1.2, 2.4))) == pytest.approx(2)
    assert max(ratios(taken(0.3, 1.2, 4.8))) == pytest.approx(4)
    assert list(ratios(taken(0.01, 0.04, 0.16))) == [], "too short to say anything"
