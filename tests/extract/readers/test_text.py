"""Text documents become blocks whose places can be found again in the file."""

from __future__ import annotations

import codecs

import pytest

from extract.blocks import Cell, Grid, Illegible, Text, count_numeric_cells
from extract.readers import UnreadableDocumentError, printed_pages, read_blocks
from extract.readers.encoding import decode
from extract.readers.text import read_text

PROSE = "西安市高陵区医疗保障局\n2020 年度部门决算公开说明\n"


def test_lines_with_tabs_are_rows_of_one_grid_until_a_blank_line() -> None:
    assert read_text("项目\t预算数\n合计\t1.00\n\n301\t2.00") == (
        Grid(
            (
                (Cell("项目", 1, 0), Cell("预算数", 1, 1)),
                (Cell("合计", 2, 0), Cell("1.00", 2, 1)),
            )
        ),
        Grid(((Cell("301", 4, 0), Cell("2.00", 4, 1)),)),
    )


def test_empty_fields_and_trailing_tabs_are_cells() -> None:
    (grid,) = read_text("\t合计\t\t1.00\t")
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.field_no) for cell in grid.rows[0]] == [
        ("", 0),
        ("合计", 1),
        ("", 2),
        ("1.00", 3),
        ("", 4),
    ]


def _cells(text: str) -> list[list[tuple[str, str | None]]]:
    grids = [block for block in read_text(text) if isinstance(block, Grid)]
    return [[(cell.text, cell.doubt) for cell in row] for grid in grids for row in grid.rows]


def test_fields_with_wide_gaps_between_them_are_cells_where_no_row_lacks_one() -> None:
    rows = ["项目  合计  基本", "甲  16,122.20  7,316.27", "乙  4,098.04  -", "丙  1,204.31  204.31"]
    assert _cells("\n".join(rows)) == [[(field, None) for field in row.split("  ")] for row in rows]


def test_lines_of_figures_are_not_parted_at_their_thousands() -> None:
    """A row lacks a field: which column is blank is not to be seen, and a comma parts nothing either."""
    rows = ["项目  合计  基本", "甲  16,122.20  7,316.27", "乙  4,098.04", "丙  1,204.31  204.31"]
    assert _cells("\n".join(rows)) == []


def test_quotation_marks_that_open_and_do_not_close_leave_figures_in_doubt() -> None:
    text = '项目,合计,基本\n甲,"16,122.20,"7,316.27\n乙,"4,098.04,1.00\n丙,"1,204.31,2.00'
    assert _cells(text)[1] == [("甲", None), ("16,122.20", "placed"), ("7,316.27", "placed")]


def test_only_line_feeds_end_a_line() -> None:
    text = "甲\u2028乙\x0b丙\r\n丁"
    assert read_text(text) == (Text("甲\u2028乙\x0b丙", 1), Text("丁", 2))


def test_headings_are_numbered_lines_that_are_short() -> None:
    levels = [block.level for block in read_text("第一部分 概况\n一、职责\n（一）机构\n一、" + "长" * 70)]
    assert levels == [1, 2, 3, None]


def test_an_illegible_place_is_a_block_of_its_own() -> None:
    assert read_text("单位：元\n\n[illegible]\n") == (Text("单位：元", 1), Illegible(3))


def test_numeric_cells_are_counted_in_grids_alone() -> None:
    assert count_numeric_cells(read_text("共 12 人\n12\n序号\t金额\n1\t2.00\n合计\t-")) == 2


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PROSE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PROSE.encode(), "utf-8-sig"),
        (PROSE.encode("gb18030"), "gb18030"),
        (PROSE.encode("gbk"), "gb18030"),
        (PROSE.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), "utf-16"),
        ((PROSE * 20).encode("utf-16-le"), "utf-16"),
    ],
)
def test_every_encoding_in_use_gives_the_same_text(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert decoded.text.replace(PROSE, "") == ""


def test_bytes_that_are_no_text_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="UTF-8, UTF-16 and GB18030"):
        decode(bytes(range(128, 256)) * 3)


def test_a_byte_order_mark_that_lies_is_named() -> None:
    with pytest.raises(ValueError, match="byte order mark says utf-8"):
        decode(codecs.BOM_UTF8 + b"\xff\xff")


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (b"", "text/plain", "empty"),
        (b" \n\t \n", "text/plain", None),
        (b"  \n \n", "text/plain", "white space"),
        (b"\xff\xd8\xff", "audio/basic", "no reader for audio/basic"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    data: bytes, media_type: str, reason: str | None
) -> None:
    if reason is None:
        assert read_blocks(data, media_type).blocks
        return
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_blocks(data, media_type)


def test_places_count_lines_as_explain_does() -> None:
    data = "题\n\n合计\t1.00\n".encode("gb18030")
    (_, grid) = read_blocks(data, "text/plain").blocks
    assert isinstance(grid, Grid)
    place = grid.rows[0][1]
    ((_, lines),) = printed_pages(data, "text/plain")
    assert lines[place.line_no - 1].split("\t")[place.field_no] == "1.00"
