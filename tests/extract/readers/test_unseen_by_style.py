"""What styles hide of a web page, a Word document or a sheet is not read; what they show is."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Color, Font, PatternFill

from extract.blocks import Grid
from extract.media_type import media_type
from extract.readers import read_blocks
from tests.extract.readers.test_word import docx, p, tbl, tc


def grid_of(data: bytes) -> Grid:
    (found,) = [block for block in read_blocks(data, media_type(data)).blocks if isinstance(block, Grid)]
    return found


def web(markup: str, style: str = "", around: str = "<table>") -> str:
    page = f"<html><style>{style}</style>{around}<tr><td>项目<td>合计<tr><td>甲<td>{markup}</table></html>"
    return grid_of(page.encode()).rows[1][1].text


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ("<span class='x old'>9.00</span>4.46", ".old { display : none }"),
        ("<b class=old>9.00</b>4.46", "/* . */ td b.old, i.new {color:red; text-decoration: line-through}"),
        ("<b style='font-size:0px'>9.00</b>4.46", ""),
        ("<b style='opacity: 0.0 ;'>9.00</b>4.46", ""),
        ("<b style='color: #FFF'>9.00</b>4.46", ""),
        ("<font color=white>9.00</font>4.46", ""),
        ("<i style='color:rgb(255, 255,255)'>9.00</i>4.46", ".other{background:navy}"),
    ],
)
def test_what_a_browser_does_not_show_is_no_text(markup: str, style: str) -> None:
    assert web(markup, style) == "4.46"


@pytest.mark.parametrize(
    ("markup", "style", "around"),
    [
        ("<b class=new>4.46</b>", ".old{display:none}", "<table>"),
        ("<b class=old>4.46</b>", ".old .x{display:none}", "<table>"),
        ("<b style='font-size:0.8em;opacity:0.5'>4.46</b>", "", "<table>"),
        ("<b style='color:#fff'>4.46</b>", "", "<table bgcolor=navy>"),
        ("<b style='color:#fff'>4.46</b>", "", "<table style='background-color:#003'>"),
        ("<b style='color:#fff'>4.46</b>", ".dark{background:#003}", "<table class=dark>"),
        ("<b style='color:#fff'>4.46</b>", "", "<link rel=stylesheet href=a.css><table class=dark>"),
        ("<b style='background-color:#fff'>4.46</b>", "", "<table>"),
    ],
)
def test_what_a_browser_shows_is_text(markup: str, style: str, around: str) -> None:
    assert web(markup, style, around) == "4.46"


def run(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


STYLES = (
    '<w:style w:type="character" w:styleId="Old"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>'
    '<w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


def word(first: str, cell_properties: str = "") -> str:
    cell = f"<w:tc><w:tcPr>{cell_properties}</w:tcPr><w:p>{first}{run('4.46', '')}</w:p></w:tc>"
    table = tbl(tc("项目") + tc("合计"), tc("甲") + cell)
    return grid_of(docx(p("表") + table, styles=STYLES)).rows[1][1].text


@pytest.mark.parametrize(
    "properties",
    [
        '<w:rStyle w:val="Old"/>', '<w:rStyle w:val="Older"/>', '<w:rStyle w:val="Out"/>',
        '<w:color w:val="FFFFFF"/>',
    ],
)  # fmt: skip
def test_what_a_style_of_word_hides_is_no_text(properties: str) -> None:
    assert word(run("9.00", properties)) == "4.46"


def test_a_run_may_say_otherwise_than_its_style() -> None:
    assert word(run("8", '<w:rStyle w:val="Old"/><w:vanish w:val="0"/>')) == "84.46"


def test_white_upon_a_shade_is_text() -> None:
    assert word(run("8", '<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:fill="1F3864"/>') == "84.46"


def sheet(font: Font, fill: PatternFill | None = None) -> Grid:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (("项目", "合计", "上年"), ("甲", 4.46, 9.0), ("乙", 5.5, "说明")):
        page.append(row)
    for cell in (page["C2"], page["C3"]):
        cell.font = font
        if fill is not None:
            cell.fill = fill
    file = io.BytesIO()
    book.save(file)
    return grid_of(file.getvalue())


@pytest.mark.parametrize("colour", [Color(rgb="FFFFFFFF"), Color(rgb="00ffffff"), Color(theme=0)])
def test_a_white_figure_of_a_sheet_is_unseen(colour: Color) -> None:
    grid = sheet(Font(color=colour))
    assert grid.rows[1][2].text == ""
    assert [(cell.text, cell.doubt) for cell in grid.unseen] == [("9", "hidden")]
    assert grid.rows[2][2].text == "说明"


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color=Color(rgb="FFFFFFFF")), PatternFill("solid", fgColor="FF1F3864")),
        (Font(color=Color(rgb="FFFEFE00")), None),
        (Font(color=Color(theme=1)), None),
        (Font(color=Color(theme=0, tint=-0.5)), None),
    ],
)
def test_a_figure_that_is_seen_stays(font: Font, fill: PatternFill | None) -> None:
    assert sheet(font, fill).rows[1][2].text == "9"
