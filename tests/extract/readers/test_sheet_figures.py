"""What makes a figure of a workbook another one than the one that is shown."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from extract.media_type import media_type
from extract.readers import read_blocks
from extract.readers.ods import read_ods
from tests.extract.readers.test_as_seen import cells_of, grid_of, saved, xlsx

GREY = "FFD9D9D9"


def sheet(change: Callable[[Worksheet], object], value: object = 444.46) -> bytes:
    """A table of one figure, in B2, and something changed about it."""
    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    table.append(("项目", "合计"))
    table.append(("甲", value))
    change(table)
    return saved(book)


def dxf(font: Font | None = None, code: str | None = None) -> DifferentialStyle:
    return DifferentialStyle(font=font, numFmt=NumberFormat(200, code) if code else None)


def more_than(least: str, style: DifferentialStyle) -> Rule:
    return Rule(type="cellIs", operator="greaterThan", formula=[least], dxf=style)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (444.46, "yyyy-mm-dd", ("1901-03-19", "format")),  # a figure under the format of a date
        (444.46, "0.00%", ("44446.00%", "format")),  # and of a share
        (0.4446, "0.00%", ("44.46%", None)),
        (True, "General", ("TRUE", "format")),
        (dt.date(2024, 3, 5), "yyyy-mm-dd", ("2024-03-05", "format")),
    ],
)
def test_what_no_amount_is_shown_as_is_in_doubt(value: object, code: str, expected: tuple[str, str]) -> None:
    (cell,) = cells_of(xlsx(value, number_format=code))
    assert (cell.text, cell.doubt) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (more_than("0", dxf(code="0!.00")), ("4.44", "format")),
        (more_than("500", dxf(code="0!.00")), ("444.46", None)),
        (FormulaRule(formula=["MOD(ROW(),2)=0"], font=Font(color="FFFFFFFF")), ("444.46", "format")),
        (FormulaRule(formula=["ISERROR(B2)"], font=Font(color="FFFFFFFF")), ("444.46", None)),
        (CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFFFFFF")), ("444.46", None)),
        (CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FFFF0000")), ("444.46", None)),
    ],
)
def test_a_conditional_format_is_carried_out_where_it_compares_numbers(
    rule: Rule, expected: tuple[str, str | None]
) -> None:
    (cell,) = cells_of(sheet(lambda table: table.conditional_formatting.add("B1:B9", rule)))
    assert (cell.text, cell.doubt) == expected


def unseen(font: Font, fill: PatternFill | None = None) -> Callable[[Worksheet], object]:
    def change(table: Worksheet) -> None:
        old = table.cell(2, 3, 9.99)
        old.font = font
        if fill is not None:
            old.fill = fill

    return change


@pytest.mark.parametrize(
    "change",
    [
        unseen(Font(color="FFFEFEFE")),
        unseen(Font(color=GREY), PatternFill("solid", fgColor=GREY)),
        unseen(Font(color="FF000000"), PatternFill("solid", fgColor="FF000000")),
        unseen(Font(sz=1)),
        lambda table: (
            table.cell(2, 3, 9.99),
            table.conditional_formatting.add("C2", more_than("0", dxf(Font(color="FFFFFFFF")))),
        ),
    ],
)
def test_what_nobody_sees_is_no_figure(change: Callable[[Worksheet], object]) -> None:
    grid = grid_of(sheet(change))
    assert [cell.text for cell in grid.rows[1]] == ["甲", "444.46"]
    assert [(cell.text, cell.doubt) for cell in grid.unseen] == [("9.99", "hidden")]


def test_what_lies_under_a_merged_cell_is_no_figure() -> None:
    data = sheet(lambda table: (table.cell(2, 3, 9.99), table.cell(3, 1, "乙"), table.cell(3, 2, 8.88)))
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as written:
        for name in archive.namelist():
            xml = archive.read(name)
            if name.endswith("sheet1.xml"):
                merged = b'</sheetData><mergeCells><mergeCell ref="B2:C3"/></mergeCells>'
                xml = xml.replace(b"</sheetData>", merged)
            written.writestr(name, xml)
    grid = grid_of(copy.getvalue())
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == [["甲", "444.46", ""], ["乙", "", ""]]
    assert [cell.text for cell in grid.unseen] == ["9.99", "8.88"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((TextBlock(InlineFont(color="FFFFFFFF"), "9"), "4.46"), ("4.46", None)),
        ((TextBlock(InlineFont(sz=1), "9"), "4.46"), ("4.46", None)),
        (("4.46", TextBlock(InlineFont(sz=6), "1")), ("4.461", "glued")),
        (("446", TextBlock(InlineFont(vertAlign="superscript"), "12")), ("446", "glued")),
        (("4.46", TextBlock(InlineFont(vertAlign="superscript"), "12")), ("4.46", None)),
        ((TextBlock(InlineFont(b=True, sz=11), "4"), TextBlock(InlineFont(sz=11), ".46")), ("4.46", None)),
    ],
)
def test_a_run_that_is_no_digit_of_a_figure(parts: tuple[object, ...], expected: tuple[str, str]) -> None:
    (cell,) = cells_of(sheet(lambda table: None, CellRichText(*parts)))  # type: ignore[arg-type]
    assert (cell.text, cell.doubt) == expected


def written(formulas: dict[str, float]) -> bytes:
    """A workbook whose formulas have these values stored, by a program that computes nothing."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    table = book.add_worksheet()
    table.write_row(0, 0, ["项目", "合计"])
    for row, (formula, value) in enumerate(formulas.items(), start=1):
        table.write_string(row, 0, "甲")
        table.write_formula(row, 1, formula, None, value)
    book.close()
    return file.getvalue()


def test_zeros_of_a_program_that_computes_nothing_are_no_values() -> None:
    assert [cell.text for cell in cells_of(written({"=400+44.46": 0, "=1-1": 0}))] == ["444.46", "0"]
    # where one formula has another value, all were computed
    assert [cell.text for cell in cells_of(written({"=400+44.46": 0, "=2-1": 1}))] == ["0", "1"]


def old_workbook(change: Callable[[xlwt.Worksheet], object]) -> bytes:
    book = xlwt.Workbook()
    table = book.add_sheet("表")
    for row, texts in enumerate((("项目", "合计"), ("甲", 444.46))):
        for column, text in enumerate(texts):
            table.write(row, column, text)
    change(table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda table: table.write(1, 2, xlwt.Formula("B2+1")), ("=?", "computed")),
        (
            lambda table: table.write(1, 2, 444.46, xlwt.easyxf(num_format_str="yyyy-mm-dd")),
            ("1901-03-19", "format"),
        ),
    ],
)
def test_old_workbooks_say_what_is_no_figure(
    change: Callable[[xlwt.Worksheet], object], expected: tuple[str, str]
) -> None:
    cell = grid_of(old_workbook(change)).rows[1][2]
    assert (cell.text, cell.doubt) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.write(1, 2, 9.99, xlwt.easyxf("font: colour white")),
        lambda table: table.write(
            1, 2, 9.99, xlwt.easyxf("font: colour yellow; pattern: pattern solid, fore_colour yellow")
        ),
        lambda table: (table.write(1, 2, 9.99), setattr(table.col(2), "width", 0)),
    ],
)
def test_what_nobody_sees_of_an_old_workbook_is_no_figure(change: Callable[[xlwt.Worksheet], object]) -> None:
    assert [cell.text for cell in grid_of(old_workbook(change)).rows[1]] == ["甲", "444.46"]


# OpenDocument -------------------------------------------------------------------------------------

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def ods(*rows: str, columns: str = "", styles: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f'<office:body><office:spreadsheet><table:table table:name="表" table:style-name="t">{columns}'
            f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def row(*cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def cell(text: str, value: str = "", kind: str = "float", more: str = "") -> str:
    said = f'office:value-type="{kind}" office:value="{value}"' if value else ""
    return f"<table:table-cell {said} {more}><text:p>{text}</text:p></table:table-cell>"


HEAD = row(cell("项目"), cell("合计"))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (cell("444.46", "444.46"), ("444.46", None, None)),
        (cell("444.5", "444.46"), ("444.5", None, "444.46")),  # rounded
        (cell("(444.46)", "-444.46"), ("(444.46)", None, None)),
        (cell("444.46", "4444600"), ("444.46", "format", "4444600")),
        (cell("444.46", "-444.46"), ("444.46", "format", "-444.46")),
        (cell("44446.00%", "444.46", "percentage"), ("44446.00%", "format", None)),
        (cell("44.46%", "0.4446", "percentage"), ("44.46%", None, None)),
        (cell("4<text:span>44</text:span>.46"), ("444.46", None, None)),
        (
            '<table:table-cell office:value="4.46"><office:annotation><text:p>9</text:p></office:annotation>'
            "<text:p>4.46</text:p></table:table-cell>",
            ("4.46", None, None),
        ),
    ],
)
def test_an_ods_is_read_as_it_displays(figure: str, expected: tuple[str, str | None, str | None]) -> None:
    (found,) = cells_of(ods(HEAD, row(cell("甲"), figure)))
    assert (found.text, found.doubt, found.stored) == expected


def test_what_an_ods_hides_is_no_figure() -> None:
    hidden = row(cell("乙"), cell("9.99", "9.99"), said='table:visibility="filter"')
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    head = row(cell("项目"), cell("合计"), cell("上年"))
    data = ods(head, row(cell("甲"), cell("4.46", "4.46"), cell("8.88", "8.88")), hidden, columns=columns)
    assert media_type(data) == "application/vnd.oasis.opendocument.spreadsheet"
    grid = grid_of(data)
    assert [[cell.text for cell in row] for row in grid.rows] == [["项目", "合计"], ["甲", "4.46"]]
    style = '<style:style style:name="t"><style:table-properties table:display="false"/></style:style>'
    assert read_ods(ods(HEAD, styles=style)) == ()


def test_cells_and_rows_of_an_ods_that_are_repeated_stand_where_they_are() -> None:
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    wide = '<table:table-cell table:number-columns-repeated="2"/>'
    (sheet_,) = read_ods(ods(HEAD, empty, row(cell("甲"), wide, cell("4.46", "4.46"))))
    assert [(row.line_no, [(c.text, c.column) for c in row.cells]) for row in sheet_.rows] == [
        (1, [("项目", 0), ("合计", 1)]),
        (5, [("甲", 0), ("4.46", 3)]),
    ]


# text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("甲,1,204.31,,444.46", [("甲", None), ("1,204.31", "placed"), ("", None), ("444.46", "placed")]),
        ('乙,"1,204.31",,444.46', [("乙", None), ("1,204.31", "placed"), ("", None), ("444.46", "placed")]),
        ("丙,'1,204.31,9.00", [("丙", None), ("1", "placed"), ("204.31", "placed"), ("9.00", "placed")]),
    ],
)
def test_thousands_that_cut_a_figure_in_two_are_joined_and_in_doubt(
    line: str, expected: list[tuple[str, str | None]]
) -> None:
    text = f"项目,合计,基本,专项\n甲,1,204.31,,444.46\n{line}\n丁,2.00,,\n"
    rows = [row for block in read_blocks(text.encode(), "text/plain").blocks for row in block.rows]  # type: ignore[union-attr]
    assert [(cell.text, cell.doubt) for cell in rows[2]] == expected


@pytest.mark.parametrize("field", ['="1,204.31"', "'1,204.31", '"=""1,204.31"""'])
def test_what_keeps_a_field_from_being_a_number_is_no_part_of_it(field: str) -> None:
    text = f"项目;合计;基本\n甲;{field};9.00\n乙;2.00;3.00\n丙;2.00;3.00\n"
    rows = [row for block in read_blocks(text.encode(), "text/plain").blocks for row in block.rows]  # type: ignore[union-attr]
    assert rows[1][1].text == "1,204.31"


def test_a_table_whose_blank_fields_at_the_end_are_left_out_is_one() -> None:
    text = "支出总表\n项目,合计,基本,专项\n甲,4.46,1.00\n乙,2.00\n丙,2.00,1.00,1.00\n丁,3.00\n"
    blocks = read_blocks(text.encode(), "text/plain").blocks
    assert [cell.text for block in blocks[1:] for row in block.rows for cell in row[:2]][-2:] == [
        "丁",
        "3.00",
    ]  # type: ignore[union-attr]


def test_a_drawn_table_in_text_is_one() -> None:
    lines = ["┌──┬──┬──┐", "│项目│合计│基本│", "├──┼──┼──┤", "│甲│4.46│1.00│", "│乙│2.00│1.00│", "└──┴──┴──┘"]
    blocks = read_blocks("\n".join(lines).encode(), "text/plain").blocks
    texts = [[cell.text for cell in row if cell.text] for block in blocks for row in block.rows]  # type: ignore[union-attr]
    assert texts == [["项目", "合计", "基本"], ["甲", "4.46", "1.00"], ["乙", "2.00", "1.00"]]
