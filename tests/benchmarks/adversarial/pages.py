"""Web pages of any size: tags within tags, beside each other, never closed; styles, spans and comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

HTML = "text/html"
BEFORE = (
    "<html><head><meta charset='utf-8'></head><body><h1>某市水务局2024年部门预算</h1>"
    "<p>收入预算100.00万元。</p>"
)
ROW = "<tr><td>201</td><td>一般公共服务支出</td><td>100.00</td></tr>"
TABLE = (
    "<p>部门收入总表</p><p>单位：万元</p><table><tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr>"
    f"{ROW}</table>"
)

Make = Callable[[int], bytes]


def _filled(token: str, size: int) -> str:
    return token * max(1, size // len(token.encode()))


def _nested(tag: str, size: int) -> str:
    times = size // (2 * len(tag) + 5)
    return f"<{tag}>" * times + "100.00" + f"</{tag}>" * times


_SHAPES: dict[str, Callable[[int], str]] = {
    **{f"nested_{tag}": partial(_nested, tag) for tag in ("div", "span", "p", "b", "font", "a", "table")},
    "nested_tables": lambda size: _filled("<table><tr><td>", size) + "1",
    "beside_spans": lambda size: "<p>" + _filled("<span>1</span>", size) + "</p>",
    "beside_paragraphs": lambda size: _filled("<p>1</p>", size),
    "breaks": lambda size: "<p>" + _filled("1<br>", size) + "</p>",
    "breaks_in_cell": lambda size: "<table><tr><td>" + _filled("1<br>", size) + "</td><td>1</td></table>",
    "small_tables": lambda size: _filled(TABLE, size),
    "rows": lambda size: "<table>" + _filled(ROW, size) + "</table>",
    "wide_row": lambda size: "<table><tr>" + _filled("<td>1</td>", size) + "</tr></table>",
    "rows_unclosed": lambda size: "<table>" + _filled("<tr><td>1<td>2", size),
    "rowspans": lambda size: "<table>" + _filled("<tr><td rowspan=999>1<td>2</tr>", size) + "</table>",
    "colspans": lambda size: "<table>" + _filled("<tr><td colspan=999>1<td>2</tr>", size) + "</table>",
    "spans_huge": lambda size: "<table>"
    + _filled("<tr><td rowspan=65534 colspan=1000>1</td></tr>", size)
    + "</table>",
    "unclosed_p": lambda size: _filled("<p>", size),
    "unclosed_b": lambda size: _filled("<b>1", size),
    "misnested": lambda size: _filled("<b><i></b></i>", size),
    "angle": lambda size: _filled("<", size),
    "comment_open": lambda size: _filled("<!--", size),
    "comments": lambda size: _filled("<!-- x -->", size),
    "conditional": lambda size: _filled("<![if !mso]>", size),
    "cdata": lambda size: _filled("<![CDATA[", size),
    "entities": lambda size: "<p>" + _filled("&amp;", size) + "</p>",
    "ampersands": lambda size: "<p>" + _filled("&", size) + "</p>",
    "attributes": lambda size: "<p " + "".join(f"a{n}=1 " for n in range(size // 9)) + ">1</p>",
    "style_long": lambda size: "<p style='" + _filled("color:red;", size) + "'>1</p>",
    "style_spaces": lambda size: "<p style='" + _filled(" ", size) + "'>1</p>",
    "style_sheet": lambda size: "<style>" + _filled(".a{display:none}", size) + "</style><p class='a'>1</p>",
    "style_classes": lambda size: "<style>"
    + "".join(f".c{n}{{display:none}}" for n in range(size // 40))
    + "</style>"
    + "".join(f"<p class='c{n}'>1</p>" for n in range(size // 40)),
    "style_open": lambda size: "<style>" + _filled("a{", size) + "</style>",
    "style_text": lambda size: "<style>" + _filled("a ", size) + "</style>",
    "style_decoration": lambda size: "<p style='" + _filled("text-decoration:", size) + "'>1</p>",
    "deep_then_many": lambda size: _filled("<table><tr><td>", min(size, 20_000))
    + _filled("<p>1</p>", size),
    "one_cell_rows": lambda size: "<table><tr><td>1<td>2<td>3</tr>" + _filled("<tr><td>x</td></tr>", size),
    "caption_rows": lambda size: "<table><tr><td>1<td>2<td>3</tr>"
    + _filled("<tr><td>甲：1</td><td>乙：2</td></tr>", size),
    "style_comment": lambda size: "<style>" + _filled("/*", size) + "</style>",
    "class_names": lambda size: "<style>.a{display:none}</style><p class='" + _filled("b ", size) + "'>1</p>",
    "scripts": lambda size: _filled("<script>1</script>", size),
    "script_open": lambda size: _filled("<script>", size),
    "headings": lambda size: _filled("<h2>一、收入</h2>", size),
    "links": lambda size: _filled("<a href='x'>预算</a>", size),
    "pictures": lambda size: _filled("<img src='x'>", size),
    "data_picture": lambda size: "<img src='data:image/png;base64," + _filled("A", size) + "'>",
    "data_pictures": lambda size: _filled("<img src='data:image/png;base64,AAAA'>", size),
    "hidden": lambda size: _filled("<div style='display:none'>1", size),
    "hidden_paragraphs": lambda size: _filled("<p style='display:none'>1</p>", size),
    "list": lambda size: "<ol>" + _filled("<li>1", size) + "</ol>",
    "sup": lambda size: "<p>" + _filled("<sup>1</sup>", size) + "</p>",
    "meta": lambda size: _filled("<meta name=a content=b>", size),
    "pre": lambda size: "<pre>" + _filled("1\n", size) + "</pre>",
    "mhtml_like": lambda size: _filled("Content-Type: x\n", size),
    "before_markup_comments": lambda size: _filled("<!---->", size),
    "doctype": lambda size: _filled("<!doctype html>", size),
    "xml_declarations": lambda size: _filled("<?xml ?>", size),
}  # fmt: skip
_AT_THE_START = {"mhtml_like", "before_markup_comments", "doctype", "xml_declarations"}


def _encoded(name: str, size: int) -> bytes:
    shape = _SHAPES[name](size)
    return (shape + BEFORE + TABLE if name in _AT_THE_START else BEFORE + shape + TABLE).encode()


def pages() -> Iterator[tuple[str, str | None, Make]]:
    """Name, media type (none: as its bytes say), and what makes so many bytes."""
    for name in _SHAPES:
        yield f"html:{name}", None if name in _AT_THE_START else HTML, partial(_encoded, name)
