"""More of what people report of such files: things shown that are no text, and text that is not shown.

Each kind is one trouble with figures that are right, so that each is read right, told to be in doubt, or
rejected with a reason.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt
from docx.oxml import parse_xml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule as ConditionalRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.benchmarks.troubled.drawing import Trouble, drawn
from tests.benchmarks.troubled.hiding import saying
from tests.benchmarks.troubled.sheets import FIGURE, Sheet
from tests.benchmarks.variants.draft import Draft, Kind, is_figure, number
from tests.benchmarks.variants.flows import as_docx, as_html
from tests.benchmarks.variants.pages import content_of
from tests.benchmarks.variants.workbooks import saved, workbook
from tests.typesetting.pages import Design, Piece

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SOME = 0.4  # of the figures of a file have the trouble


def _one_of(drafts: Iterable[str], chance: random.Random) -> str:
    return chance.choice(tuple(drafts))


# web pages ----------------------------------------------------------------------------------------


def _web(ways: tuple[str, ...], style: str = "", share: float = _SOME) -> Kind:
    """A page in which some figures stand in other markup: ``{}``, or ``{0}`` and ``{1}`` for two parts."""

    def typeset(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
        way = _one_of(ways, chance)

        def change(figure: str) -> str:
            if chance.random() >= share:
                return figure
            place = chance.randint(1, len(figure) - 4)
            return way.format(figure, figure[:place], figure[place:], old=chance.randint(1, 9))

        name, data = as_html(draft, change)
        return name, data.replace(b"<body>", f"<style>{style}</style><body>".encode())

    return typeset


def _spanned(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """The total's name over two columns, as people write the number of them."""
    name, data = as_html(draft)
    span = chance.choice(("2;", "2px", "+2", " 2 ", "2%")).encode()
    return name, data.replace(
        "<td></td><td>合计</td>".encode(), b'<td colspan="%s">%s</td>' % (span, "合计".encode())
    )


def _mislabelled(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    name, data = as_html(draft)
    named = chance.choice((b"iso-8859-1", b"windows-1252", b"gb2312", b"big5"))
    text = data.replace(b"charset='utf-8'", b"charset='%s'" % named).decode()
    return name, text.encode(chance.choice(("utf-8", "gb18030")))


# Word ---------------------------------------------------------------------------------------------


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _field(instruction: str, result: str) -> str:
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return _mark("begin") + told + _mark("separate") + result + _mark("end")


def _word(ways: tuple[Callable[[str], str], ...], share: float = _SOME) -> Kind:
    """A document in which the paragraphs of some figures hold other XML."""

    def typeset(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
        way = chance.choice(ways)

        def change(cell: Any, figure: str) -> bool:
            if chance.random() >= share:
                return False
            paragraph = parse_xml(f'<w:p xmlns:w="{_WORD}" xmlns:m="{_MATHS}">{way(figure)}</w:p>')
            for child in list(paragraph):
                cell.paragraphs[0]._p.append(child)
            return True

        return as_docx(draft, change)

    return typeset


_WORD_UNSEEN = (
    lambda figure: _run("9", '<w:sz w:val="2"/>') + _run(figure),
    lambda figure: _run("9", '<w:w w:val="1"/>') + _run(figure),
    lambda figure: _run("9", '<w:color w:val="FEFEFE"/>') + _run(figure),
    lambda figure: _run("9", '<w:color w:val="D9D9D9"/><w:shd w:fill="D9D9D9"/>') + _run(figure),
)
_WORD_FIELDS = (
    lambda figure: _field("=SUM(ABOVE)", _run(figure)),
    lambda figure: (
        _mark("begin") + _field("DOCPROPERTY x", _run("7")) + _mark("separate") + _run(figure) + _mark("end")
    ),
    lambda figure: _field("=SUM(ABOVE)", ""),
)
_WORD_SIGNS = (
    lambda figure: f"<m:oMath><m:r><m:t>{figure}</m:t></m:r></m:oMath>",
    lambda figure: "".join(
        f'<w:r><w:sym w:font="Symbol" w:char="F0{ord(sign):02X}"/></w:r>' for sign in figure
    ),
    lambda figure: "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num></m:f></m:oMath>",
)
_WORD_NOTES = (
    lambda figure: _run(figure) + _run("1", '<w:position w:val="6"/>'),
    lambda figure: _run(figure) + _run("1", '<w:sz w:val="10"/>'),
    lambda figure: (
        _run(figure) + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    ),
)


# workbooks ----------------------------------------------------------------------------------------


def _formatted_as_another(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Some figures under the format of a date, a time or a share."""
    book, cells = workbook(draft)
    for cell in chance.sample(list(cells.values()), 5):
        cell.number_format = chance.choice(("yyyy-mm-dd", "h:mm", "0.00%", 'm"月"d"日"'))
    return "a.xlsx", saved(book)


def _conditional(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """A format that another one takes the place of: figures in yuan are shown in 万元."""
    book, cells = workbook(draft)
    for cell in cells.values():
        cell.value = round(cell.value * 10_000)
    style = DifferentialStyle(numFmt=NumberFormat(200, "0!.0000"))
    rule = ConditionalRule(type="cellIs", operator="greaterThan", formula=["0"], dxf=style)
    assert book.active is not None
    book.active.conditional_formatting.add("A1:I60", rule)
    return "a.xlsx", saved(book)


def _under_merged(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Old figures under merged cells."""
    tables = tuple(
        [[*row[:3], "" if number_of == 0 else "123.45", *row[3:]] for number_of, row in enumerate(rows)]
        for rows in draft.tables
    )
    book, cells = workbook(draft._replace(tables=tables))
    rows = {cell.row for cell in cells.values()}
    rows |= {row - 1 for row in rows}
    merged = "".join(f'<mergeCell ref="C{row}:D{row}"/>' for row in sorted(rows))
    return "a.xlsx", _patched(saved(book), f"</sheetData><mergeCells>{merged}</mergeCells>")


def _patched(data: bytes, instead: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            xml = archive.read(name)
            if name.endswith("sheet1.xml"):
                xml = xml.replace(b"</sheetData>", instead.encode())
            copy.writestr(name, xml)
    return file.getvalue()


def _unseen_cells(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Old figures beside the table, too pale, too small, or in the colour of their ground."""
    book, cells = workbook(draft)
    font, fill = chance.choice(
        (
            (Font(color="FFFEFEFE"), None),
            (Font(sz=1), None),
            (Font(color="FFD9D9D9"), PatternFill("solid", fgColor="FFD9D9D9")),
        )
    )
    assert book.active is not None
    for cell in chance.sample(list(cells.values()), 6):
        old = book.active.cell(cell.row, 9, chance.randint(100, 99_999) / 100)
        old.font = font
        if fill is not None:
            old.fill = fill
    return "a.xlsx", saved(book)


def _runs_of_cells(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Digits in other letters beside some figures: white, tiny, or small as a note."""
    book, cells = workbook(draft, is_text=True)
    for cell in chance.sample(list(cells.values()), 6):
        cell.value = chance.choice(
            (
                CellRichText(TextBlock(InlineFont(color="FFFFFFFF"), "9"), cell.value),
                CellRichText(TextBlock(InlineFont(sz=1), "9"), cell.value),
                CellRichText(cell.value, TextBlock(InlineFont(sz=6), "1")),
            )
        )
    return "a.xlsx", saved(book)


def _never_computed(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """Formulas by programs that compute nothing: zeros are stored for them, or a text of nothing."""
    if chance.random() < 0.5:
        return _by_xlsxwriter(draft, chance)
    book = xlwt.Workbook()
    table = book.add_sheet("表")
    for row, texts in enumerate(_lines(draft)):
        for column, content in enumerate(texts):
            if is_figure(content):
                is_formula = chance.random() < _SOME
                value = xlwt.Formula(f"{number(content)}+0") if is_formula else number(content)
                table.write(row, column, value, xlwt.easyxf(num_format_str="#,##0.00"))
            elif content:
                table.write(row, column, content)
    file = io.BytesIO()
    book.save(file)
    return "a.xls", file.getvalue()


def _by_xlsxwriter(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    table, style = book.add_worksheet(), book.add_format({"num_format": "#,##0.00"})
    for row, texts in enumerate(_lines(draft)):
        for column, content in enumerate(texts):
            if is_figure(content) and chance.random() < _SOME:
                table.write_formula(row, column, f"={number(content)}+0", style)
            elif is_figure(content):
                table.write_number(row, column, number(content), style)
            elif content:
                table.write_string(row, column, content)
    book.close()
    return "a.xlsx", file.getvalue()


def _lines(draft: Draft) -> list[list[str]]:
    return [
        line
        for head, rows in zip(draft.heads, draft.tables, strict=True)
        for line in (*([text] for text in head), *rows, [])
    ]


def _ods(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """OpenDocument: figures in yuan that are shown in 万元, hidden rows, comments."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    way = chance.choice(("plain", "yuan", "comment", "hidden"))
    rows = []
    for texts in _lines(draft):
        cells = "".join(_ods_cell(content, way) for content in texts)
        rows.append(f"<table:table-row>{cells}</table:table-row>")
        if way == "hidden" and texts[:1] == ["21301"]:
            old = "".join(_ods_cell(content, way) for content in ("2130199", "其他", "9.99", "9.99"))
            rows.append(f'<table:table-row table:visibility="collapse">{old}</table:table-row>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet><table:table>{''.join(rows)}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return "a.ods", file.getvalue()


def _ods_cell(content: str, way: str) -> str:
    said = note = ""
    if is_figure(content):
        value = round(number(content) * 10_000) if way == "yuan" else number(content)
        said = f'office:value-type="float" office:value="{value}"'
    if way == "comment":
        note = "<office:annotation><text:p>9</text:p></office:annotation>"
    return f"<table:table-cell {said}>{note}<text:p>{escape(content)}</text:p></table:table-cell>"


# text ---------------------------------------------------------------------------------------------


def _loose_text(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """CSV whose thousands are not quoted, kept as text, or with its last blanks left out; a drawn table.

    Or with quotation marks that open and do not close, or with wide gaps between fields.
    """
    way = chance.choice(("bare", "kept", "single", "short", "drawn", "opened", "gaps"))
    if way == "drawn":
        lines = [
            text
            for head, rows in zip(draft.heads, draft.tables, strict=True)
            for text in (*head, f"┌{'─' * 40}┐", *(f"│{'│'.join(row)}│" for row in rows))
        ]
        return "a.txt", "\n".join(lines).encode()
    if way == "gaps":
        lines = ["  ".join(field or "-" for field in row) for row in _lines(draft) if row]
        return "a.txt", "\n".join(lines).encode()
    quoted = {"opened": '"{}', "bare": "{}", "kept": '"=""{}"""', "single": "'{}'", "short": '"{}"'}[way]
    lines = [
        ",".join(quoted.format(field) if "," in field else field for field in row)
        for row in _lines(draft)
        if row
    ]
    return "a.csv", "\n".join(line.rstrip(",") if way == "short" else line for line in lines).encode()


# pages --------------------------------------------------------------------------------------------


def _each(draw: Callable[[Sheet, Piece], object]) -> Trouble:
    """Draw some figures otherwise; codes are left as they are."""

    def trouble(sheet: Sheet, chance: random.Random) -> None:
        sheet.frame()
        for piece in sheet.page.pieces:
            if FIGURE.fullmatch(piece.text) and "." in piece.text and chance.random() < _SOME:
                draw(sheet, piece)
            else:
                sheet.text(*piece)

    return trouble


def _across(sheet: Sheet, piece: Piece) -> None:
    """Over the right edge of its cell."""
    sheet.text(
        piece.x - 3 + sheet.room(piece) - sheet.width(piece.text) + 0.7 * sheet.design.size, *piece[1:]
    )


def _with_small_note(sheet: Sheet, piece: Piece) -> None:
    sheet.text(*piece)
    sheet.text(piece.x + sheet.width(piece.text) + 0.2, piece.y, "1", 0.6 * sheet.design.size)


def _with_raised_decimals(sheet: Sheet, piece: Piece) -> None:
    whole, _, decimals = piece.text.partition(".")
    sheet.text(piece.x, piece.y, whole)
    sheet.text(
        piece.x + sheet.width(whole), piece.y - 0.35 * sheet.design.size, decimals, 0.6 * sheet.design.size
    )


def _with_shadow(sheet: Sheet, piece: Piece) -> None:
    sheet.canvas.setFillGray(0.7)
    sheet.text(piece.x + 1, piece.y + 1, piece.text)
    sheet.canvas.setFillGray(0)
    sheet.text(*piece)


def _turned(sheet: Sheet, piece: Piece) -> None:
    sheet.canvas.saveState()
    sheet.canvas.translate(piece.x + 6, sheet.y(piece.y))
    sheet.canvas.rotate(90)
    sheet.canvas.setFont("Helvetica", 0.3 * sheet.design.size)
    sheet.canvas.drawString(0, 0, piece.text)
    sheet.canvas.restoreState()


def _framed(sheet: Sheet, piece: Piece) -> None:
    """As somebody who looks it over marks a figure."""
    sheet.text(*piece)
    size = sheet.design.size
    sheet.canvas.rect(
        piece.x - 1, sheet.y(piece.y + 0.25 * size), sheet.width(piece.text) + 2, 1.2 * size, stroke=1, fill=0
    )


def _said_otherwise(sheet: Sheet, piece: Piece) -> None:
    """With another figure for those who have the page read to them (ActualText)."""
    other = piece.text[:-1] + str((int(piece.text[-1]) + 3) % 10)
    sheet.canvas.addLiteral(f"/Span <</ActualText ({other})>> BDC")
    sheet.text(*piece)
    sheet.canvas.addLiteral("EMC")


def _rows_ruled_alone(sheet: Sheet, chance: random.Random) -> None:
    left = min((rule.x0 for rule in sheet.page.rules), default=0.0)
    sheet.page.rules[:] = [rule for rule in sheet.page.rules if rule.y0 == rule.y1 or rule.x0 < left + 1]
    sheet.body()


def _pdf(trouble: Trouble) -> Kind:
    def typeset(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
        design = chance.choice((Design(842, 1191, 9), Design(1191, 842, 10), Design(842, 1191, 8)))
        return "a.pdf", drawn(content_of(draft), design, trouble, chance.randrange(10**6))

    return typeset


def _said_twice(draft: Draft, chance: random.Random) -> tuple[str, bytes]:
    """A font that says one digit as another."""
    one, other = chance.sample("0123456789", 2)
    with saying(lambda code: ord(other) if code == ord(one) else code):
        return _pdf(lambda sheet, _: sheet.body())(draft, chance)


KINDS: dict[str, Kind] = {
    "web, hidden by rules": _web(
        ("<b id=old>{old}</b>{0}", "<b class='x y'>{old}</b>{0}", "<i data-old=1>{old}</i>{0}"),
        "#old, .x.y, i[data-old] {display:none}",
    ),
    "web, put away": _web(
        (
            "<b style='position:absolute;left:-9999px'>{old}</b>{0}",
            "<b style='color:#eee;background:#eee'>{old}</b>{0}",
            "<b style='transform:scale(0)'>{old}</b>{0}",
            "<ruby>{0}<rt>{old}</rt></ruby>",
        )
    ),
    "web, shown again": _web(
        ("<b class='pane active'>{0}</b>", "<b class=paper>{0}</b>"),
        ".pane{display:none} .pane.active{display:inline} @media print{.paper{display:none}}",
    ),
    "web, controls": _web(
        (
            "<input value='{0}'>",
            "<textarea>{0}</textarea>",
            "<select><option>{0}</select>",
            "<svg><text>{0}</text></svg>",
        )
    ),
    "web, no text": _web(
        ("<img src='n.png'>", "<canvas></canvas>", "<span id=v></span>", "<script>document.write(1)</script>")
    ),
    "web, notes": _web(("{0}<a href='#n'>1</a>", "{0}<small>1</small>", "<bdo dir=rtl>{0}</bdo>")),
    "web, spans": _spanned,
    "web, encodings": _mislabelled,
    "Word, unseen runs": _word(_WORD_UNSEEN),
    "Word, fields": _word(_WORD_FIELDS),
    "Word, signs": _word(_WORD_SIGNS),
    "Word, notes": _word(_WORD_NOTES),
    "formats of others": _formatted_as_another,
    "conditional formats": _conditional,
    "under merged cells": _under_merged,
    "unseen cells": _unseen_cells,
    "runs of cells": _runs_of_cells,
    "never computed": _never_computed,
    "OpenDocument": _ods,
    "loose text": _loose_text,
    "PDF, over edges": _pdf(_each(_across)),
    "PDF, small notes": _pdf(_each(_with_small_note)),
    "PDF, raised decimals": _pdf(_each(_with_raised_decimals)),
    "PDF, framed": _pdf(_each(_framed)),
    "PDF, said otherwise": _pdf(_each(_said_otherwise)),
    "PDF, shadows": _pdf(_each(_with_shadow)),
    "PDF, turned figures": _pdf(_each(_turned)),
    "PDF, rows ruled alone": _pdf(_rows_ruled_alone),
    "PDF, said twice": _said_twice,
}
