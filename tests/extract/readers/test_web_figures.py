"""What makes a figure of a web page another one than the one that is shown: styles, scripts, notes."""

from __future__ import annotations

import pytest

from extract.blocks import Grid, Illegible
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks

UNREAD = ("￼", "unread")


def cell_of(markup: str, head: str = "") -> tuple[str, str | None]:
    """The text and the doubt of a figure's cell."""
    page = f"<html><head>{head}</head><table class=t><tr><td>项目<td>数<tr><td>甲<td>{markup}</table></html>"
    (grid,) = [block for block in read_blocks(page.encode(), "text/html").blocks if isinstance(block, Grid)]
    return grid.rows[1][1].text, grid.rows[1][1].doubt


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ("<b id=old>9</b>4.46", "#old{display:none}"),
        ("<b>9</b>4.46", "td b{display:none}"),
        ("<b data-old=1>9</b>4.46", "b[data-old='1']{display:none}"),
        ("<b class='x y'>9</b>4.46", ".x.y{visibility:hidden}"),
        ("<b>9</b>4.46", ".t td:nth-child(2) > b{display:none}"),
        ("<b class=x>9</b>4.46", "@media screen{.x{display:none}}"),
        ("<b class=x>9</b>4.46", ".x{position:absolute;width:1px;height:1px;overflow:hidden}"),
        ("<b style='position:absolute;left:-9999px'>9</b>4.46", ""),
        ("<b style='position:absolute;clip:rect(0,0,0,0)'>9</b>4.46", ""),
        ("<b style='display:inline-block;width:0;overflow:hidden'>9</b>4.46", ""),
        ("<b style='text-indent:-999em'>9</b>4.46", ""),
        ("<b style='font:0/0 a'>9</b>4.46", ""),
        ("<b style='transform:scale(0)'>9</b>4.46", ""),
        ("<b style='color:#eee;background:#eee'>9</b>4.46", ""),
        ("<b style='color:#fefefe'>9</b>4.46", ""),
        ("<b class=x>9</b>4.46", ".x{color:rgba(0,0,0,0)}"),
    ],
)
def test_what_a_style_hides_is_no_digit(markup: str, style: str) -> None:
    assert cell_of(markup, f"<style>{style}</style>") == ("4.46", None)


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ("<b class=x>4.46</b>", "@media print{.x{display:none}}"),
        ("<b class=x>4.46</b>", "@media (max-width: 700px){.x{display:none}}"),
        ("<b class='pane active'>4.46</b>", ".pane{display:none} .pane.active{display:block}"),
        ("<b class=x id=y>4.46</b>", "#y{display:inline} .x{display:none}"),
        ("<b class=x style='display:inline'>4.46</b>", ".x{display:none}"),
        ("<b class=x>4.46</b>", ".phone .x{display:none}"),
        ("<b class=x>4.46</b>", "p > .x, .x:hover{display:none}"),
    ],
)
def test_what_another_style_shows_is_read(markup: str, style: str) -> None:
    assert cell_of(markup, f"<style>{style}</style>") == ("4.46", None)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        # what a style puts beside a text is seen
        ("<b class=minus>4.46</b>", ("-4.46", None)),
        ("<b class=d4></b>.46", ("4.46", None)),
        # controls
        ("<input value='4.46'>", ("4.46", None)),
        ("<input type=hidden value='9'>4.46", ("4.46", None)),
        ("<textarea>4.46</textarea>", ("4.46", None)),
        ("<select><option>1.00<option selected>4.46</select>", ("4.46", None)),
        # what is no text
        ("<img src='n.png' width=40>", UNREAD),
        ("<img src='n.png' width=1>", ("", None)),
        ("<svg><path d='M0'/></svg>", UNREAD),
        ("<svg><text>4.46</text></svg>", ("4.46", None)),
        ("<math><mn>4.46</mn></math>", ("4.46", None)),
        ("<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>", UNREAD),
        ("<canvas></canvas>", UNREAD),
        ("<img src='minus.png'>4.46", ("4.46", "unread")),
        # what scripts fill
        ("<script>document.write(x)</script>", UNREAD),
        ("<span id=v></span>", UNREAD),
        ("<span data-value='4.46'></span>", UNREAD),
        ("{{ row.money }}", UNREAD),
        # notes, and what may be none
        ("4.46<a href='#n1'>1</a>", ("4.46", None)),
        ("4.46<small>1</small>", ("4.461", "glued")),
        ("4.<small>46</small>", ("4.46", None)),
        ("446<sup>12</sup>", ("446", "glued")),
        ("4.46<span style='position:relative;top:-.5em;font-size:60%'>1</span>", ("4.46", None)),
        ("<bdo dir=rtl>64.4</bdo>", ("64.4", "glued")),
    ],
)  # fmt: skip
def test_a_figure_is_what_is_shown_or_in_doubt(markup: str, expected: tuple[str, str | None]) -> None:
    style = "<style>.minus:before{content:'-'} .d4::before{content:\"4\"}</style>"
    assert cell_of(markup, style) == expected


def test_a_class_that_another_sheet_explains_may_hide_digits() -> None:
    markup = "<b class=sortkey>9</b>4.46"
    assert cell_of(markup) == ("94.46", None)
    assert cell_of(markup, "<link rel=stylesheet href=a.css>") == ("94.46", "glued")


@pytest.mark.parametrize("span", ["2", "2;", "2px", " 2 ", "+2", "2%"])
def test_a_span_is_the_number_that_it_begins_with(span: str) -> None:
    page = f"<table><tr><td>编码<td>名称<td>数<tr><td colspan='{span}'>合计<td>4.46</table>"
    (grid,) = read_blocks(page.encode(), "text/html").blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[1]] == ["合计", "", "4.46"]


@pytest.mark.parametrize("named", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_page_that_names_an_encoding_without_chinese_is_in_another(named: str, encoding: str) -> None:
    page = f"<html><meta charset={named}><p>支出总表</p></html>".encode(encoding)
    assert [block.text for block in read_blocks(page, "text/html").blocks] == ["支出总表"]  # type: ignore[union-attr]


def test_a_page_of_frames_or_scripts_says_so() -> None:
    frames = "<html><head><title>x</title></head><frameset><frame src=a.html></frameset></html>"
    assert [type(block) for block in read_blocks(frames.encode(), "text/html").blocks] == [Illegible]
    with pytest.raises(UnreadableDocumentError, match="save it as PDF"):
        read_blocks(b"<html><body><div id=app></div><script>run()</script></body></html>", "text/html")


def test_tables_that_show_when_somebody_clicks_are_told() -> None:
    page = "<p>表一</p><div style='display:none'><table><tr><td>甲<td>1,204.31</table></div>"
    assert "1 of its tables" in (read_blocks(page.encode(), "text/html").caveat or "")


def test_a_web_archive_is_read_as_its_pages() -> None:
    page = "<table><tr><td>甲<td>4.46</table>"
    data = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}\n--b--\n"
    ).encode()
    assert media_type(data) == "multipart/related"
    (grid,) = read_blocks(data, "multipart/related").blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[0]] == ["甲", "4.46"]
