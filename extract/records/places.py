"""Where in a document a thing is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from extract.records.declaration import Words

PageNo = Annotated[
    int | None,
    Words(
        "Page of a paged document or sheet of a workbook, counted from 1; NULL for text, Word and "
        "web documents.",
        "页码：分页文件的页或工作簿的工作表，从 1 起；文本、Word 和网页文件为空。",
    ),
]

LineNo = Annotated[
    int | None,
    Words(
        "Line of a text document, counted from 1; of a paged document the line on its page, of a "
        "workbook the row of its sheet.",
        "原文行号：文本文件的第几行，从 1 起；分页文件为该页的第几行，工作簿为工作表的行号。",
    ),
]

SideNo = Annotated[
    int,
    Words(
        "Which of several tables printed side by side in one grid, counted from 0; a form with one "
        "table has side 0 alone.",
        "栏序号：左右并列的几张表中的第几张，从 0 起；只有一张表时为 0。",
    ),
]

ColNo = Annotated[
    int,
    Words("Column in the grid, counted from 0, where the header stands.", "列号：表头所在的列，从 0 起。"),
]

RowNo = Annotated[
    int,
    Words(
        "Row in the form, counted from 1 over all pages of the form.",
        "行号：在报表中的第几行，跨页连续计数，从 1 起。",
    ),
]

FieldNo = Annotated[
    int | None,
    Words(
        "Tab-separated field in the line of a text document, or column of the grid, counted from "
        "0. It may differ from col_no where a row was printed shifted.",
        "原文栏位：文本行中以制表符分隔的第几栏，或表格的第几列，从 0 起；原文错位的行可能与列号不同。",
    ),
]

Confidence = Annotated[
    Decimal | None,
    Words(
        "How sure the recognition (文字识别) of a scanned page was of this text, from 0 to 1; NULL "
        "where the text was not recognised in a picture.",
        "识别置信度：扫描页文字识别的把握程度，0 到 1；不是由图像识别得来时为空。",
    ),
]

BboxLeft = Annotated[
    Decimal | None,
    Words(
        "The left edge of the cell's rectangle on its upright page, in points from the page's left "
        "edge; NULL where the format has no pages.",
        "单元格左边：单元格在摆正的页面上的左边界，距页面左边多少磅；没有页的格式为空。",
    ),
]

BboxTop = Annotated[
    Decimal | None,
    Words(
        "The top edge of the cell's rectangle on its upright page, in points from the page's top "
        "edge; NULL where the format has no pages.",
        "单元格上边：单元格在摆正的页面上的上边界，距页面上边多少磅；没有页的格式为空。",
    ),
]

BboxRight = Annotated[
    Decimal | None,
    Words(
        "The right edge of the cell's rectangle on its upright page, in points from the page's "
        "left edge; NULL where the format has no pages.",
        "单元格右边：单元格在摆正的页面上的右边界，距页面左边多少磅；没有页的格式为空。",
    ),
]

BboxBottom = Annotated[
    Decimal | None,
    Words(
        "The bottom edge of the cell's rectangle on its upright page, in points from the page's "
        "top edge; NULL where the format has no pages.",
        "单元格下边：单元格在摆正的页面上的下边界，距页面上边多少磅；没有页的格式为空。",
    ),
]
