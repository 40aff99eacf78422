"""Where the cells of code columns end: as codes where a row of their form bears them."""

from __future__ import annotations

import time

from extract.forms.code_cells import told_codes
from extract.printed import PrintedLine, PrintedNumericCell


def cell(line_no: int, text: str, destination: str = "codes") -> PrintedNumericCell:
    return PrintedNumericCell("d", "f", 1, line_no, 0, text, destination)


def line(line_no: int, code: str | None) -> PrintedLine:
    return PrintedLine(
        line_id=f"f-{line_no}",
        form_id="f",
        document_id="d",
        side_no=0,
        side_key=None,
        row_no=line_no,
        page_no=1,
        line_no=line_no,
        row_label="某某支出",
        label_plain="某某支出",
        row_kind="item",
        line_key=None,
        outline_level=None,
        code=code,
        economic_code_government=None,
        detail=None,
        doubt=None,
    )


def test_codes_are_told_by_the_rows_that_bear_them() -> None:
    lines = [line(1, "2010101"), line(2, None), line(8, None)]
    cells = [
        cell(1, "01"),
        cell(2, "7"),  # numbers its row
        cell(3, "99.50", "amounts"),
        cell(8, "201"),  # the same row once more, in the second half of the form
        cell(9, "30199"),  # the code of no row
    ]
    assert [each.destination for each in told_codes(cells, lines)] == [
        "codes",
        "ordinals",
        "amounts",
        "codes",
        "descriptions",
    ]


def test_many_codes_of_no_row_are_told_from_as_many_that_are_borne() -> None:
    lines = [line(number, str(2_000_000 + number)) for number in range(40_000)]
    cells = [cell(90_000 + number, str(9_000_000 + number)) for number in range(40_000)]
    began = time.process_time()
    assert {each.destination for each in told_codes(cells, lines)} == {"descriptions"}
    assert time.process_time() - began < 3
