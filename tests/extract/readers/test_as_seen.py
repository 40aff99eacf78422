"""What a person sees of a workbook, a Word document or a web page is what is read of it."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import PIL.Image
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from extract.blocks import Cell, Grid, Text
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, formulas, read_blocks
from extract.readers.note_marks import is_note_mark
from extract.readers.printed_rows import PrintedCell
from extract.readers.stacked_lines import one_text, parted

HEADER = ("项目", "合计")


def grid_of(data: bytes) -> Grid:
    (found,) = [block for block in read_blocks(data, media_type(data)).blocks if isinstance(block, Grid)]
    return found


def cells_of(data: bytes) -> list[Cell]:
    return [row[1] for row in grid_of(data).rows[1:]]


def xlsx(*values: object, number_format: str = "General", font: Font | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    for row, value in enumerate(values, start=2):
        sheet.cell(row, 1, "甲")
        cell = sheet.cell(row, 2, value)
        cell.number_format = number_format
        if font is not None:
            cell.font = font
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_figure_shown_otherwise_than_stored_is_doubtful_and_keeps_both() -> None:
    (cell,) = cells_of(xlsx(18364200, number_format="0!.0000"))
    assert (cell.text, cell.doubt, cell.stored) == ("1836.4200", "format", "18364200")
    (plain,) = cells_of(xlsx(1836.42, number_format="#,##0.00"))
    assert (plain.text, plain.doubt, plain.stored) == ("1,836.42", None, None)


def test_what_a_format_shows_as_nothing_is_not_read_but_told() -> None:
    grid = grid_of(xlsx(1836.42, 5, number_format=";;;"))
    assert [cell.text for row in grid.rows[1:] for cell in row] == ["甲", "", "甲", ""]
    assert [(cell.text, cell.doubt) for cell in grid.unseen] == [("1836.42", "hidden"), ("5", "hidden")]


def test_raised_and_struck_out_runs_of_a_cell_are_no_digits() -> None:
    raised = CellRichText("444.46", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    struck = CellRichText(TextBlock(InlineFont(strike=True), "123.00"), "444.46")
    assert [cell.text for cell in cells_of(xlsx(raised, struck))] == ["444.46", "444.46"]


def test_a_cell_that_is_struck_out_is_told() -> None:
    grid = grid_of(xlsx("444.46", font=Font(strike=True)))
    assert [(cell.text, cell.doubt) for cell in grid.unseen] == [("444.46", "struck")]


def test_a_number_wider_than_its_column_is_seen_as_signs_and_doubtful() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(1836.42, 5.0, number_format="0.00")))
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions["B"].width = 5
    assert [cell.doubt for cell in cells_of(saved(book))] == ["hidden", None]


def test_a_formula_without_a_value_is_worked_out_or_shows_itself() -> None:
    sums, other = cells_of(xlsx("=1+1", '=IF(TODAY()>0,"甲","乙")'))
    assert (sums.text, sums.doubt) == (("2", None) if formulas.is_installed() else ("=1+1", "computed"))
    assert other.doubt == "computed"  # what depends on the clock is no figure of the publisher's


@pytest.mark.parametrize(
    ("formula", "is_sure"),
    [("=SUM(B2:B9)", True), ("=ROUND(A1/10000,2)", True), ("=VLOOKUP(A1,B:C,2)", False)],
)
def test_arithmetic_is_nobodys_judgement(formula: str, is_sure: bool) -> None:
    assert formulas.is_arithmetic(formula) == is_sure


def test_a_strict_workbook_is_read_like_any_other() -> None:
    data = xlsx(1836.42, number_format="#,##0.00")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            xml = archive.read(name)
            for part in (b"spreadsheetml", b"officeDocument"):
                transitional = b"http://schemas.openxmlformats.org/" + part + b"/2006/"
                xml = xml.replace(transitional, b"http://purl.oclc.org/ooxml/" + part + b"/")
            copy.writestr(name, xml)
    assert grid_of(file.getvalue()) == grid_of(data)


def test_what_openpyxl_refuses_is_read_without_formats() -> None:
    data = xlsx(1836.42, number_format="#,##0.00,")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            xml = archive.read(name)
            copy.writestr(
                name, xml.replace(b"<fonts ", b"<fonts bad='1' ").replace(b'name val="', b'sz nope="')
            )
    cells = cells_of(file.getvalue())
    assert [cell.text for cell in cells] in (["1836.42"], ["1.84"])
    assert [cell.doubt for cell in cells] == ["format"]


def test_old_workbooks_hide_raise_and_strike_alike() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    raised, struck = xlwt.Font(), xlwt.Font()
    raised.escapement, struck.struck_out = xlwt.Font.ESCAPEMENT_SUPERSCRIPT, True
    for column, word in enumerate(HEADER):
        sheet.write(0, column, word)
    for row in (1, 2, 3):
        sheet.write(row, 0, "甲")
    sheet.write_rich_text(1, 1, ["444.46", ("1", raised)])
    sheet.write_rich_text(2, 1, [("123.00", struck), "444.46"])
    sheet.write(3, 1, "5.00")
    sheet.row(3).hidden = True
    file = io.BytesIO()
    book.save(file)
    grid = grid_of(file.getvalue())
    assert [row[1].text for row in grid.rows[1:]] == ["444.46", "444.46"]
    assert [cell.text for cell in grid.unseen] == ["甲", "5.00"]


def word(*runs: tuple[str, str]) -> bytes:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, content in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = content
    table.rows[1].cells[0].text = "甲"
    for content, kind in runs:
        run = table.rows[1].cells[1].paragraphs[0].add_run(content)
        run.font.superscript, run.font.strike = kind == "raised", kind == "struck"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_raised_and_struck_out_runs_of_word_are_no_digits() -> None:
    (cell,) = cells_of(word(("123.00", "struck"), ("444.46", ""), ("1", "raised")))
    assert cell.text == "444.46"
    (area,) = cells_of(word(("20m", ""), ("2", "raised")))
    assert area.text == "20m2"


@pytest.mark.parametrize(
    "markup",
    ["444.46<sup>1</sup>", "<s>12.00</s>444.46", "444.46<span style='vertical-align: super'>①</span>",
     "<span style='text-decoration:line-through'>9.00</span>444.46", "<del>3.10</del>444.46"],
)  # fmt: skip
def test_raised_and_struck_out_parts_of_a_web_page_are_no_digits(markup: str) -> None:
    page = f"<html><table><tr><td>项目<td>合计<tr><td>甲<td>{markup}</table></html>"
    (cell,) = cells_of(page.encode())
    assert cell.text == "444.46"


def test_a_raised_sign_is_a_note_but_not_behind_a_unit() -> None:
    assert all(is_note_mark(mark, "444.46") for mark in ("1", "[2]", "注1", "*", "①", "1,2"))
    assert not any(is_note_mark(mark, "m") for mark in ("2", "3"))
    assert not is_note_mark("元", "444.46")


def row(*texts: str) -> tuple[PrintedCell, ...]:
    return tuple(PrintedCell(text, column) for column, text in enumerate(texts))


def test_figures_below_each_other_are_two_rows_where_all_cells_agree() -> None:
    split = parted(row("213\n221", "农业\n住房", "1,195.84\n444.46"))
    assert [[cell.text for cell in cells] for cells in split] == [
        ["213", "农业", "1,195.84"],
        ["221", "住房", "444.46"],
    ]


def test_figures_that_cannot_be_parted_stay_apart_and_their_neighbours_are_unplaced() -> None:
    (cells,) = parted(row("213\n221", "农业\n住房", "1,195.84\n444.46", "1,008.19"))
    assert [cell.doubt for cell in cells] == [None, None, None, "placed"]
    assert one_text(cells[2].text) == ("1,195.84\n444.46", None)


@pytest.mark.parametrize(
    ("text", "joined", "doubt"),
    [
        ("农业\n农村", "农业农村", None),
        ("1,204.\n31", "1,204.31", "glued"),
        ("18,364,2\n00.00", "18,364,200.00", "glued"),
        ("18364\n200.00", "18364200.00", "glued"),
        ("21301\n04", "2130104", "glued"),
        ("301\n302", "301\n302", None),
        ("444.46\n1", "444.46\n1", None),
        ("合计\n小计", "合计小计", None),
    ],
)
def test_lines_are_joined_to_one_figure_or_phrase_or_not_at_all(
    text: str, joined: str, doubt: str | None
) -> None:
    assert one_text(text) == (joined, doubt)


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_table_with_delimiters_is_a_table(delimiter: str, encoding: str) -> None:
    rows = [("科目", "名称", "合计"), ("213", "农业", "1,836.42"), ("221", "住房", "444.46")]
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in each) for each in rows]
    text = "\r\n".join(("单位：万元", *lines))
    (unit, grid) = read_blocks(text.encode(encoding), "text/plain").blocks
    assert isinstance(unit, Text)
    assert isinstance(grid, Grid)
    assert [tuple(cell.text for cell in each) for each in grid.rows] == rows
    assert [each[0].line_no for each in grid.rows] == [2, 3, 4]


def test_prose_with_commas_is_no_table() -> None:
    prose = "\n".join(
        ["2024年, 收入1,836.42万元, 支出444.46万元。", "其中, 基本支出1,000.00万元, 项目支出836.42万元。"] * 4
    )
    assert all(isinstance(block, Text) for block in read_blocks(prose.encode(), "text/plain").blocks)


def test_a_broken_byte_costs_a_character_and_no_document() -> None:
    data = ("说明" * 100 + "\n单位：万元\n项目\t合计\n甲\t1,836.42").encode()
    place = data.index(b"836")
    broken = data[:place] + b"\xff" + data[place + 1 :]
    assert cells_of(broken)[-1].text == "1,\ufffd36.42"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(40), "RAR archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "7-Zip archive"),
    ],
)
def test_an_archive_is_called_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_blocks(data, media_type(data))


def test_a_picture_with_nothing_on_it_is_not_white_space() -> None:
    file = io.BytesIO()
    PIL.Image.new("L", (600, 400), 255).save(file, "PNG")
    with pytest.raises(UnreadableDocumentError, match="no text was recognised in the picture"):
        read_blocks(file.getvalue(), "image/png")
