"""Workbooks with one trouble each."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from tests.benchmarks.variants.draft import Draft, Kind, is_figure, number
from tests.benchmarks.variants.figures import DECORATED, UNREADABLE

_THIN = Border(*(Side(style="thin") for _ in range(4)))
Cells = dict[tuple[int, int, int], Any]
"""Cells of a sheet that hold figures, by table, row and column of the draft."""


def workbook(drawn: Draft, *, is_text: bool = False) -> tuple[openpyxl.Workbook, Cells]:
    """Typeset a draft on one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    cells: Cells = {}
    row = 0
    for table, (head, rows) in enumerate(zip(drawn.heads, drawn.tables, strict=True)):
        for line in head:
            row += 1
            sheet.cell(row, 1, line)
        for number_of_row, printed in enumerate(rows):
            row += 1
            for column, content in enumerate(printed):
                cell = sheet.cell(row, column + 1)
                cell.border = _THIN
                if is_figure(content):
                    cell.value = content if is_text else number(content)
                    cell.number_format = "@" if is_text else "#,##0.00"
                    cells[table, number_of_row, column] = cell
                elif content:
                    cell.value = content
        row += 1
    return book, cells


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_FORMATS_IN_YUAN = ("0!.0000", r"0\.0000", "#!.0000", r"0\.0000_ ", '0"."0000', r"[Blue]0\.0000")
_FORMATS = (
    '"￥"#,##0.00', "¥#,##0.00", "[$¥-804]#,##0.00", '#,##0.00_ ;[Red]\\-#,##0.00\\ ', "[DBNum3]#,##0.00",
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "#,##0.00_);[Red]\\(#,##0.00\\)", "0.00",
    "[>=1000]#,##0.00;0.00", "# ##0.00", "#,##0.00;[红色]#,##0.00",
)  # fmt: skip


def in_yuan(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    code = chance.choice(_FORMATS_IN_YUAN)
    for cell in cells.values():
        cell.value, cell.number_format = round(cell.value * 10_000), code
    return "a.xlsx", saved(book)


def formatted(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    for cell in chance.sample(list(cells.values()), len(cells) // 2):
        cell.number_format = chance.choice(_FORMATS)
    return "a.xlsx", saved(book)


def another_scale(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    for cell in cells.values():
        cell.value, cell.number_format = (
            round(cell.value * 10_000),
            chance.choice(("#,##0.00,", "0.00,,", "0!.00")),
        )
    return "a.xlsx", saved(book)


def decorated(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 10):
        cell.value = chance.choice(DECORATED)(cell.value)
    return "a.xlsx", saved(book)


def unreadable(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 3):
        cell.value = chance.choice(UNREADABLE)(cell.value)
    return "a.xlsx", saved(book)


def raised(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 5):
        mark = TextBlock(InlineFont(vertAlign="superscript"), chance.choice(("1", "2", "注1", "*")))
        cell.value = CellRichText(cell.value, mark)
    return "a.xlsx", saved(book)


def struck(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn, is_text=True)
    for cell in chance.sample(list(cells.values()), 5):
        cell.value = CellRichText(
            TextBlock(InlineFont(strike=True), f"{chance.randint(1, 999)}.00"), cell.value
        )
    return "a.xlsx", saved(book)


def hidden_row(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    spending = drawn.tables[1]
    place = chance.randint(5, len(spending))
    old = ["2130199", "其他农业农村支出", "999.99", "999.99", "", "", ""]
    changed = drawn._replace(tables=(drawn.tables[0], [*spending[:place], old, *spending[place:]]))
    book, cells = workbook(changed)
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[cells[1, place, 2].row].hidden = True
    return "a.xlsx", saved(book)


def hidden_column(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    place = chance.randint(2, 6)
    tables = tuple(
        [
            [*row[:place], "上年数" if number == 0 else "123.45", *row[place:]]
            for number, row in enumerate(rows)
        ]
        for rows in drawn.tables
    )
    book, _ = workbook(drawn._replace(tables=tables))
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].hidden = True
    return "a.xlsx", saved(book)


def narrow(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, _ = workbook(drawn)
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions[chance.choice("CD")].width = 3
    return "a.xlsx", saved(book)


def formula(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, cells = workbook(drawn)
    for cell in chance.sample(list(cells.values()), 6):
        cell.value = f"={cell.value}+0"
    return "a.xlsx", saved(book)


def strict(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    book, _ = workbook(drawn)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            xml = archive.read(name)
            for part in (b"spreadsheetml", b"officeDocument"):
                xml = xml.replace(
                    b"http://schemas.openxmlformats.org/" + part + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + part + b"/",
                )
            copy.writestr(name, xml)
    return "a.xlsx", file.getvalue()


def as_workbook_of_text(drawn: Draft) -> tuple[str, bytes]:
    return "a.xlsx", saved(workbook(drawn, is_text=True)[0])


def kept_bold(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """A control: what is bold, coloured or large is what it is."""
    book, cells = workbook(drawn)
    for cell in chance.sample(list(cells.values()), 8):
        cell.font = Font(bold=True, color="FFFF0000", size=chance.choice((9, 14)))
    return "a.xlsx", saved(book)


def white(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Old figures in white, in a column that nobody sees printed."""
    book, cells = workbook(drawn)
    sheet = book.active
    assert sheet is not None
    for cell in chance.sample(list(cells.values()), 6):
        old = sheet.cell(cell.row, 9, chance.randint(100, 99_999) / 100)
        old.font = Font(color=chance.choice(("FFFFFFFF", "00FFFFFF")))
    return "a.xlsx", saved(book)


def as_old_workbook(drawn: Draft, chance: random.Random) -> tuple[str, bytes]:
    """A control in the format of Excel before 2007."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    style = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin", num_format_str="#,##0.00")
    row = 0
    for head, rows in zip(drawn.heads, drawn.tables, strict=True):
        for line in head:
            sheet.write(row, 0, line)
            row += 1
        for printed in rows:
            for column, content in enumerate(printed):
                sheet.write(row, column, number(content) if is_figure(content) else content, style)
            row += 1
        row += 1
    if chance.random() < 0.5:
        sheet.row(row + 3).write(0, "附注")
        sheet.row(row + 3).hidden = True
    file = io.BytesIO()
    book.save(file)
    return "a.xls", file.getvalue()


KINDS: dict[str, Kind] = {
    "control": kept_bold,
    "yuan shown in 万元": in_yuan,
    "number formats": formatted,
    "another scale": another_scale,
    "figures as text": decorated,
    "unreadable figures": unreadable,
    "raised notes": raised,
    "struck out": struck,
    "hidden row": hidden_row,
    "hidden column": hidden_column,
    "narrow column": narrow,
    "white figures": white,
    "formulas": formula,
    "Strict OOXML": strict,
    "old workbook": as_old_workbook,
}
