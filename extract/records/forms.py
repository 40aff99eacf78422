"""Printed forms, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from extract.records.declaration import UNIQUE, OneOf, Record, Words
from extract.records.keys import FORM_ID, DocumentId, FormKey
from extract.records.places import LineNo, PageNo

PrintedNumber = Annotated[
    str | None,
    Words(
        "The form's number as printed, for example 表5 or 公开03表.",
        "报表编号：原文的表号，如“表5”“公开03表”。",
    ),
]

PrintedTitle = Annotated[str, Words("The form's title as printed.", "报表标题：照原文。")]

Unit = Annotated[
    str | None,
    Words(
        "Unit of money that applies to the printed figure: 元, 千元, 万元, 百万元 or 亿元. NULL when it is "
        "printed nowhere; then there is no amount in yuan either.",
        "金额单位：印出的金额以元、千元、万元、百万元还是亿元为单位；未注明时为空，此时也没有以元计的金额。",
    ),
    OneOf("元", "千元", "万元", "百万元", "亿元"),
]

UnitSource = Annotated[
    str | None,
    Words(
        "Where the form's unit comes from: printed, or inferred from the other forms of the document, which "
        "all agree, and a figure that is printed in both; absent when nothing near the form looks like a "
        "unit, NULL when one may have been missed.",
        "单位来源：printed（表内印出）或 inferred（由同一文件其他各表一致的单位推得，并有两表共同印出的"
        "数字印证）；absent 表示表的上下左右均未印单位；可能列有单位而未能读出时为空。",
    ),
    OneOf("printed", "inferred", "absent"),
]

Subject = Annotated[
    str | None,
    Words("The project or unit that a performance form is about.", "绩效对象：绩效表所针对的项目或单位。"),
]

DeclaredBlank = Annotated[
    bool | None,
    Words(
        "Whether the list of contents (报表目录) declares the form blank (是否空表); NULL when it "
        "does not say.",
        "目录是否注明空表：报表目录的“是否空表”一栏；未注明时为空。",
    ),
]

BlankReason = Annotated[
    str | None,
    Words(
        "The reason for a blank form as the list of contents gives it (表格为空的理由).",
        "空表理由：报表目录所写的“表格为空的理由”。",
    ),
]


@dataclass(frozen=True, slots=True)
class Form(Record):
    """One row per printed form (报表), also blank, illegible and template ones."""

    table: ClassVar[str] = "forms"
    chinese: ClassVar[str] = "印刷报表：每行一张印出的报表，包括空表、未能识读的表和未填的模板。"
    unique_together: ClassVar[tuple[str, ...]] = ("document_id", "form_no")

    form_id: Annotated[str, FORM_ID, UNIQUE]
    document_id: DocumentId
    form_no: Annotated[
        int,
        Words(
            "Order of the form in the document, counted from 1.", "报表序号：文件中的第几张报表，从 1 起。"
        ),
    ]
    form_key: FormKey
    recognised_by: Annotated[
        str | None,
        Words(
            "What decided which form it is, joined by a plus: title, contents (its number in the list of "
            "forms), columns, codes, rows, totals (others print them), neighbours (its place among them). "
            "Of a form left open (form_key NULL), what contradicted what, for "
            "example title against codes; NULL where nothing names a standard form.",
            "判定依据：据以判定报表代码的证据，以加号相连：title（标题）、contents（目录中的表号）、"
            "columns（列标题）、"
            "codes（科目编码）、rows（行名称）、totals（其他报表印出的同一合计）、"
            "neighbours（在各表中的位置）。报表代码为空时写明何者相互矛盾，如 title against codes；"
            "没有任何依据指向标准报表时为空。",
        ),
    ]
    certainty: Annotated[
        Decimal,
        Words(
            "How certain form_key is, from 0 to 1: from 0.8 the title was understood and nothing contradicts "
            "it; below, other evidence had to help. Of a form left open, of the standard form that came "
            "nearest; 0 where none did.",
            "把握程度：报表代码的把握程度，0 至 1；0.8 及以上表示标题已读懂且无矛盾，"
            "以下表示须靠其他证据补足。"
            "报表代码为空时为最接近的标准报表的把握程度；没有接近的为 0。",
        ),
    ]
    printed_number: PrintedNumber
    printed_title: PrintedTitle | None
    unit_text: Annotated[
        str | None,
        Words(
            "The unit of money as printed above the form.", "原文金额单位：报表上方印出的金额单位，照原文。"
        ),
    ]
    unit: Unit
    unit_source: UnitSource
    subject: Subject
    is_blank: Annotated[
        bool,
        Words(
            "Printed without any figure or text in its body (空表).",
            "是否空表：已印出，但表内没有任何数字或文字。",
        ),
    ]
    is_template: Annotated[
        bool,
        Words(
            "Carries the placeholders of a template only (指标1：…) and so states no fact.",
            "是否模板：只有模板空项（指标1：…），没有填写事实。",
            block="form_is_template",
        ),
    ]
    is_illegible: Annotated[
        bool,
        Words("Printed, but its body could not be made out.", "是否未能识读：已印出，但表内内容未能识读。"),
    ]
    declared_in_contents: Annotated[
        bool | None,
        Words(
            "Whether the list of contents names the form; NULL when the document has no such list.",
            "是否列入目录：报表目录是否列出该报表；文件没有目录时为空。",
        ),
    ]
    declared_blank: DeclaredBlank
    blank_reason: BlankReason
    first_page: Annotated[
        int | None,
        Words(
            "Page on which the form starts; NULL for text documents.",
            "起始页：报表从第几页开始；文本文件为空。",
        ),
    ]
    first_line: Annotated[
        int | None,
        Words(
            "Line on which the form starts; NULL where the format has no lines.",
            "起始行：报表从原文第几行开始；没有行的格式为空。",
        ),
    ]


@dataclass(frozen=True, slots=True)
class ContentsEntry(Record):
    """One row per entry of a document's list of forms (报表目录)."""

    table: ClassVar[str] = "contents"
    chinese: ClassVar[str] = "报表目录：每行文件报表目录中的一项。"
    unique_together: ClassVar[tuple[str, ...]] = ("document_id", "entry_no")

    document_id: DocumentId
    entry_no: Annotated[
        int, Words("Order of the entry in the list, counted from 1.", "目录序号：目录中的第几项，从 1 起。")
    ]
    printed_number: PrintedNumber
    printed_title: PrintedTitle
    form_key: FormKey
    declared_blank: DeclaredBlank
    blank_reason: BlankReason
    page_no: PageNo
    line_no: LineNo
