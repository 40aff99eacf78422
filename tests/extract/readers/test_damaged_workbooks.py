"""A damaged workbook says what the whole one says, or is doubtful, or refused: never other digits."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from extract.blocks import Cell, Grid
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.workbooks import read_by_calamine
from tests.typesetting.content import Paragraph
from tests.typesetting.workbook import as_xls

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"


def workbook(change: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """
    | 项目 | 合计     |
    | 甲   | 1,836.42 |
    | 乙   | 5.00     |
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("项目", "合计"), ("甲", "1,836.42"), ("乙", "5.00")):
        sheet.append(row)
    change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def raised_mark(sheet: Worksheet) -> None:
    sheet["B2"] = CellRichText("1,836.42", TextBlock(InlineFont(vertAlign="superscript"), "1"))


def format_of_a_shown_million(sheet: Worksheet) -> None:
    sheet["B2"], sheet["B2"].number_format = 1836.42, "0.00,"


def rounded(sheet: Worksheet) -> None:
    sheet["B2"], sheet["B2"].number_format = 1836.42, "0"


def white(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(color="FFFFFFFF")


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part changed, and its checksum right."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return file.getvalue()


def with_wrong_checksum(data: bytes, name: str) -> bytes:
    """The same workbook; one part is not what its checksum was made of."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        checksum = struct.pack("<I", archive.getinfo(name).CRC)
    assert data.count(checksum) == 2
    return data.replace(checksum, struct.pack("<I", 12345))


def grid(data: bytes) -> Grid:
    (found,) = [block for block in read_blocks(data, media_type(data)).blocks if isinstance(block, Grid)]
    return found


def figures(data: bytes) -> list[Cell]:
    return [row[1] for row in grid(data).rows[1:]]


def with_shared_texts() -> bytes:
    """A workbook whose texts are in a part of their own, as Excel writes them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row in range(2_000):
            sheet.write_row(row, 0, ("项目", "合计") if row == 0 else (f"{row}号", f"{row}.00"))
    return file.getvalue()


def nothing_xml(_: bytes) -> bytes:
    return b"<coreProperties"


@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/app.xml", "xl/theme/theme1.xml"])
@pytest.mark.parametrize("change", [hidden_row, raised_mark, format_of_a_shown_million, rounded, white])
def test_a_workbook_damaged_where_no_figure_is_said_is_read_like_the_whole_one(
    part: str, change: Callable[[Worksheet], object]
) -> None:
    whole = workbook(change)
    assert grid(with_part(whole, part, nothing_xml)) == grid(whole)


def no_styles(xml: bytes) -> bytes:
    """Styles that openpyxl refuses."""
    return xml.replace(b'<sz val="', b'<sz val="no number')


@pytest.mark.parametrize("change", [hidden_row, raised_mark, format_of_a_shown_million, white])
def test_where_values_alone_are_read_what_may_not_be_seen_makes_them_doubtful(
    change: Callable[[Worksheet], object],
) -> None:
    damaged = with_part(workbook(change), STYLES, no_styles)
    assert {cell.doubt for cell in figures(damaged)} == {"format"}


def test_where_values_alone_are_read_what_shows_them_as_they_are_leaves_them_certain() -> None:
    cells = figures(with_part(workbook(), STYLES, no_styles))
    assert [(cell.text, cell.doubt) for cell in cells] == [("1,836.42", None), ("5.00", None)]


@pytest.mark.parametrize("also_refused", ["xl/theme/theme1.xml", STYLES])
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml"])
def test_a_part_whose_checksum_is_wrong_is_not_read_by_what_looks_at_no_checksum(
    name: str, also_refused: str
) -> None:
    change = no_styles if also_refused == STYLES else nothing_xml
    damaged = with_wrong_checksum(with_part(with_shared_texts(), also_refused, change), name)
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        read_blocks(damaged, media_type(damaged))


def test_a_library_that_panics_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Its words are those of the refusal, and errors of others are printed as before."""
    whole = as_xls((Paragraph("2024年部门预算"),) * 200)
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        read_by_calamine(whole[:8_245])
    os.write(2, b"others\n")
    assert capfd.readouterr().err == "others\n"


def test_two_cells_at_one_place_are_damage_and_neither_is_taken_for_the_other() -> None:
    def with_a_row_twice(xml: bytes) -> bytes:
        return xml.replace(b'r="3"', b'r="2"').replace(b'r="A3"', b'r="A2"').replace(b'r="B3"', b'r="B2"')

    damaged = with_part(workbook(), SHEET, with_a_row_twice)
    with pytest.raises(UnreadableDocumentError, match="stand at one place"):
        read_blocks(damaged, media_type(damaged))
