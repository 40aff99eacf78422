"""Web pages become lines of text and grids, whatever markup surrounds them."""

from __future__ import annotations

import pytest

from extract.blocks import Cell, Grid, Text
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.web import attachments


def shown(page: str | bytes) -> list[object]:
    data = page.encode() if isinstance(page, str) else page
    return [
        [tuple(cell.text for cell in row) for row in block.rows] if isinstance(block, Grid) else block.text
        for block in read_blocks(data, "text/html").blocks
        if isinstance(block, Grid | Text)
    ]


def test_lines_and_rows_are_numbered_through_the_page() -> None:
    page = """<html><body><h1>第一部分 概况</h1><p>甲<br>乙</p>
        <table><tr><td>项目</td><td>数</td></tr><tr><td>合计</td><td>1.00</td></tr></table><p>丙</p>"""
    assert read_blocks(page.encode(), "text/html").blocks == (
        Text("第一部分 概况", 1, level=1),
        Text("甲", 2),
        Text("乙", 3),
        Grid(
            (
                (Cell("项目", 4, 0), Cell("数", 4, 1)),
                (Cell("合计", 5, 0), Cell("1.00", 5, 1)),
            )
        ),
        Text("丙", 6),
    )


def test_merged_cells_leave_blanks_and_keep_columns() -> None:
    assert shown("""<table><tr><th rowspan=2>项目</th><th colspan=2>支出</th></tr>
        <tr><td>基本</td><td>项目</td></tr><tr><td>合计<td>1.00<td>2.00</table>""") == [
        [("项目", "支出", ""), ("", "基本", "项目"), ("合计", "1.00", "2.00")]
    ]


def test_white_space_of_the_source_is_not_printed() -> None:
    assert shown("""<p>&nbsp;&nbsp;\u3000\u3000本单位
        收入&nbsp;1.00\n万元，  Total\n  <b>budget</b> of</p>
        <table><tr><td><p>基本</p><p>支出</p></td><td>&nbsp;1,000.00&nbsp;</td></tr>
        <tr><td>甲</td><td>\u30002.00</td></tr></table>""") == [
        "本单位收入 1.00万元， Total budget of",
        [("基本支出", "1,000.00"), ("甲", "2.00")],
    ]


def test_what_is_not_printed_is_left_out() -> None:
    assert shown("""<!DOCTYPE html><html><head><title>网站</title><style>p{}</style></head><body>
        <script>var a = "<p>假</p>";</script><nav>首页</nav><p style="display:none">藏</p><!-- 注 -->
        <?xml:namespace prefix="o" />真<p hidden>藏</p></body></html>""") == ["真"]


def test_a_table_that_lays_out_the_page_is_no_grid() -> None:
    assert shown("""<table><tr><td>左栏</td><td><p>收入总表</p>
        <table><tr><td>项目</td><td>数</td></tr><tr><td>合计</td><td>1.00</td></tr></table>
        <p>注：略</p></td></tr></table>""") == [
        "左栏",
        "收入总表",
        [("项目", "数"), ("合计", "1.00")],
        "注：略",
    ]


def test_a_small_table_inside_a_cell_stays_the_text_of_the_cell() -> None:
    assert shown("""<table><tr><td>项目</td><td>数</td><td>注</td></tr><tr><td>合计</td><td>1.00</td>
        <td><table><tr><td>其中</td></tr></table></td></tr></table>""") == [
        [("项目", "数", "注"), ("合计", "1.00", "其中")]
    ]


def test_a_sheet_saved_as_a_page_gives_its_title_and_its_unit() -> None:
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
        <meta http-equiv=Content-Type content="text/html; charset=gb2312"></head><body><table border=0>
        <tr><td>表1</td><td></td><td></td></tr>
        <tr><td colspan=3>收入总表</td></tr>
        <tr><td colspan=2>部门：某局</td><td>单位：元</td></tr>
        <tr><td>项目</td><td>合计</td><td>拨款</td></tr>
        <tr><td>合计</td><td>1.00</td><td>1.00</td></tr></table></body></html>"""
    data = page.encode("gb18030")
    assert media_type(data) == "text/html"
    assert shown(data) == [
        "表1",
        "收入总表",
        "部门：某局",
        "单位：元",
        [("项目", "合计", "拨款"), ("合计", "1.00", "1.00")],
    ]


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("gb18030", '<meta charset="gb2312">'),
        ("gb18030", '<meta charset="utf-8">'),
        ("gb18030", ""),
        ("utf-16", ""),
        ("big5", '<meta charset="big5">'),
    ],
)
def test_every_encoding_in_use_gives_the_same_page(encoding: str, meta: str) -> None:
    assert shown(f"<html><head>{meta}</head><p>收入合計一百元，支出合計一百元</p>".encode(encoding)) == [
        "收入合計一百元，支出合計一百元"
    ]


def test_xhtml_is_read_as_html_is() -> None:
    declared = '<?xml version="1.0" encoding="utf-8"?>'
    page = declared + '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲</p></body></html>'
    assert media_type(page.encode()) == "text/html"
    assert shown(page) == ["甲"]


def test_absurd_spans_cost_nothing() -> None:
    assert shown("""<table><tr><td colspan=999999999>收入总表</td></tr>
        <tr><td>项目</td><td colspan="-3">数</td></tr>
        <tr><td rowspan=999999999>合计</td><td colspan=x>1.00</td></tr></table>""") == [
        "收入总表",
        [("项目", "数"), ("合计", "1.00")],
    ]


def test_a_table_larger_than_any_that_was_printed_is_refused() -> None:
    page = "<table><tr>" + "<td>1" * 1_001 + "</table>"
    with pytest.raises(UnreadableDocumentError, match="1,001 columns"):
        read_blocks(page.encode(), "text/html")


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "span"])
def test_deep_nesting_is_read_or_refused_and_never_cut_short(tag: str) -> None:
    assert shown("<html><body>" + f"<{tag}>" * 600 + "甲") == ["甲"]
    with pytest.raises(UnreadableDocumentError, match="deeper than 2,048"):
        shown("<html><body>" + f"<{tag}>" * 100_000 + "甲")


def test_links_to_documents_are_found() -> None:
    page = """<p><a href="/a/2024.PDF">2024年
        <b>预算</b></a><a href="x.html">别的</a><a href="down.jsp?f=表.xlsx&amp;id=1">附件</a><a>无</a>
        <a href="./P02024.zip#top"></a></p>"""
    assert attachments(page.encode()) == [
        ("2024年 预算", "/a/2024.PDF"),
        ("附件", "down.jsp?f=表.xlsx&id=1"),
        ("", "./P02024.zip#top"),
    ]
