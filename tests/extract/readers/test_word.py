"""Word documents become lines of text and grids, as they are printed."""

from __future__ import annotations

import io
import zipfile

import pytest

from extract.blocks import Cell, Grid, Text
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, read_blocks

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def docx(body: str, numbering: str = "", styles: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{styles}</w:styles>")
    return file.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def shown(body: str, numbering: str = "", styles: str = "") -> list[object]:
    return [
        [tuple(cell.text for cell in row) for row in block.rows] if isinstance(block, Grid) else block.text
        for block in read_blocks(docx(body, numbering, styles), DOCX).blocks
        if isinstance(block, Grid | Text)
    ]


def test_lines_and_rows_are_numbered_through_the_document() -> None:
    data = docx(p("一、概况") + p("") + tbl(tc("项目") + tc("数"), tc("合计") + tc("1.00")) + p("完"))
    assert media_type(data) == DOCX
    assert read_blocks(data, DOCX).blocks == (
        Text("一、概况", 1, level=2),
        Grid(
            (
                (Cell("项目", 2, 0), Cell("数", 2, 1)),
                (Cell("合计", 3, 0), Cell("1.00", 3, 1)),
            )
        ),
        Text("完", 4),
    )


def test_merged_cells_leave_blanks_and_keep_columns() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    assert shown(
        tbl(
            tc("项目", down) + tc("支出", '<w:gridSpan w:val="2"/>'),
            tc("", on) + tc("基本") + tc("项目"),
            '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("1.00") + tc("2.00"),
        )
    ) == [[("项目", "支出", ""), ("", "基本", "项目"), ("", "1.00", "2.00")]]


def test_columns_in_which_no_cell_begins_are_none() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    assert shown(tbl(tc("项目", wide) + tc("数"), tc("合计", wide) + tc("1.00"))) == [
        [("项目", "数"), ("合计", "1.00")]
    ]


def test_what_was_deleted_is_left_out_and_what_was_inserted_is_kept() -> None:
    deleted_row = "<w:trPr><w:del/></w:trPr>" + tc("旧") + tc("9.00")
    assert shown(
        "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>1</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
        + tbl(tc("项目") + tc("数"), deleted_row, tc("合计") + tc("1.00"))
    ) == ["收入2", [("项目", "数"), ("合计", "1.00")]]


def test_things_printed_side_by_side_are_texts_of_one_line() -> None:
    assert read_blocks(
        docx(
            "<w:p><w:r><w:t>部门：某局</w:t><w:tab/><w:t>单位：元</w:t></w:r></w:p>"
            + p("编制单位：某局          金额单位：万元")
            + p("目      录")
        ),
        DOCX,
    ).blocks == (
        Text("部门：某局", 1),
        Text("单位：元", 1),
        Text("编制单位：某局", 2),
        Text("金额单位：万元", 2),
        Text("目 录", 3),
    )


def test_lines_in_a_cell_are_joined_and_breaks_in_a_paragraph_are_lines() -> None:
    assert shown(
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
        + tbl(f"<w:tc>{p('基本')}{p('支出')}</w:tc>" + tc("数"), tc("合计") + tc("1.00"))
    ) == ["甲", "乙", [("基本支出", "数"), ("合计", "1.00")]]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('单位：元')}</w:txbxContent>"
    assert shown(
        f"<w:sdt><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>收入总表</w:t><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ) == ["目录", "收入总表", "单位：元"]


def test_a_table_that_lays_out_the_page_is_no_grid() -> None:
    inner = tbl(tc("项目") + tc("数"), tc("合计") + tc("1.00"))
    assert shown(tbl(f"<w:tc>{p('收入总表')}{inner}{p('')}</w:tc>")) == [
        "收入总表",
        [("项目", "数"), ("合计", "1.00")],
    ]


def test_numbers_that_word_prints_before_paragraphs_are_printed() -> None:
    def level(number: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    lists = (
        '<w:abstractNum w:abstractNumId="7">'
        + level(0, "chineseCounting", "%1、")
        + level(1, "chineseCountingThousand", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "bullet", "•")
        + level(4, "upperRoman", "%5.")
        + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'

    def at(depth: int) -> str:
        return f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr></w:pPr>'

    top = '<w:pPr><w:pStyle w:val="H1"/></w:pPr>'
    assert shown(
        p("职责", top)
        + p("内设", at(1))
        + p("下设", at(1))
        + p("甲", at(2))
        + p("乙", at(3))
        + p("丙", at(4))
        + p("预算", top)
        + p("收入", at(1))
        + "".join(p("续", top) for _ in range(9)),
        lists,
        styles,
    ) == [
        *("一、职责", "（一）内设", "（二）下设", "1.甲", "乙", "丙", "二、预算", "（一）收入"),
        *(f"{n}、续" for n in ("三", "四", "五", "六", "七", "八", "九", "十", "十一")),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        docx(p("甲"))[:60],
        docx("<w:p>" * 2),
        docx("<w:p>" * 5_000 + "</w:p>" * 5_000),
    ],
    # an archive has the time in it, so its bytes name another test a second later
    ids=["begun", "cut", "unclosed", "deep"],
)
def test_a_damaged_document_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        read_blocks(data, DOCX)


def test_nested_tables_as_deep_as_xml_allows_are_read() -> None:
    depth = 60
    assert shown("<w:tbl><w:tr><w:tc>" * depth + p("甲") + "</w:tc></w:tr></w:tbl>" * depth) == ["甲"]
