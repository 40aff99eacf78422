"""What was not understood, and where each numeric cell ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from extract.records.declaration import NAMED_VALUES, OneOf, Record, RefersTo, Words
from extract.records.keys import DocumentId
from extract.records.places import (
    BboxBottom,
    BboxLeft,
    BboxRight,
    BboxTop,
    Confidence,
    FieldNo,
    LineNo,
    PageNo,
)

FormIdWhereInOne = Annotated[
    str | None,
    Words(
        "The form it was printed in; NULL outside forms.",
        "报表标识：所在的报表；不在报表中时为空。",
        block="form_id_where_in_one",
    ),
    RefersTo("stg_forms"),
]


@dataclass(frozen=True, slots=True)
class Reject(Record):
    """One row per printed thing that was not understood, with its place and the reason."""

    table: ClassVar[str] = "rejects"
    chinese: ClassVar[str] = "未识别内容：每行一处未能理解的印刷内容，附出处和原因。"

    document_id: DocumentId
    form_id: FormIdWhereInOne
    page_no: PageNo
    line_no: LineNo
    field_no: FieldNo
    printed_text: Annotated[
        str,
        Words(
            "The text that was not understood, exactly as printed.",
            "原文：未能理解的文字，照原文。",
            block="rejected_text",
        ),
    ]
    reason_code: Annotated[
        str,
        Words(
            "Why it was not understood, as a code to count by.", "原因代码：未能理解的原因，可按代码统计。"
        ),
        NAMED_VALUES,
    ]
    hint: Annotated[
        str | None,
        Words(
            "What was printed and the vocabulary row that would let it be read.",
            "补充词表提示：印出的是什么，以及补上词表的哪一行就能读出。",
            block="vocabulary_hint",
        ),
    ]
    bbox_left: BboxLeft
    bbox_top: BboxTop
    bbox_right: BboxRight
    bbox_bottom: BboxBottom


@dataclass(frozen=True, slots=True)
class NumericCell(Record):
    """One row per numeric cell of any grid and the one place where it ended.

    It is the ledger behind conservation.
    """

    table: ClassVar[str] = "numeric_cells"
    chinese: ClassVar[str] = "数字单元格：每行任一表格中的一个数字单元格及其唯一去向，是数字不丢失的总账。"

    document_id: DocumentId
    form_id: FormIdWhereInOne
    page_no: PageNo
    line_no: LineNo
    field_no: FieldNo
    printed_text: Annotated[str, Words("The cell's text exactly as printed.", "原文：单元格的文字，照原文。")]
    destination: Annotated[
        str,
        Words(
            "The one place where the cell ended: amounts, codes, ordinals, column_numbers, quantities, "
            "rates, descriptions, contents, indicators, claims or rejects.",
            "去向：该单元格的唯一去向，amounts（金额）、codes（编码）、ordinals（序号）、"
            "column_numbers（栏次）、quantities（数量）、rates（比率）、descriptions（文字说明）、"
            "contents（目录）、indicators（指标）、claims（文字数据）或 rejects（未识别内容）。",
        ),
        OneOf(
            "amounts",
            "codes",
            "ordinals",
            "column_numbers",
            "quantities",
            "rates",
            "descriptions",
            "contents",
            "indicators",
            "claims",
            "rejects",
        ),
    ]
    confidence: Confidence
    bbox_left: BboxLeft
    bbox_top: BboxTop
    bbox_right: BboxRight
    bbox_bottom: BboxBottom
