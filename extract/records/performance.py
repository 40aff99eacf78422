"""What performance forms state."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from extract.records.declaration import UNIQUE, OneOf, Record, Words
from extract.records.forms import Subject
from extract.records.keys import DocumentId, FormId, FormKey
from extract.records.places import LineNo, PageNo


@dataclass(frozen=True, slots=True)
class Indicator(Record):
    """One row per performance indicator (绩效指标) of a performance form."""

    table: ClassVar[str] = "indicators"
    chinese: ClassVar[str] = "指标行：每行绩效表中的一个绩效指标。"

    indicator_id: Annotated[str, Words("The row of a performance form.", "指标标识：绩效表的一行。"), UNIQUE]
    document_id: DocumentId
    form_id: FormId
    form_key: FormKey
    part_no: Annotated[
        int | None,
        Words(
            "Number of the indicator in a printed row that lists several, separated by semicolons; "
            "NULL for a row of one.",
            "行内序号：一行以分号列出多个指标时的第几个；只有一个时为空。",
        ),
    ]
    subject: Subject
    level_1: Annotated[
        str | None,
        Words(
            "First-level heading of the indicator (一级指标), for example 产出指标.",
            "一级指标：如“产出指标”。",
        ),
    ]
    level_2: Annotated[
        str | None,
        Words(
            "Second-level heading of the indicator (二级指标), for example 数量指标.",
            "二级指标：如“数量指标”。",
        ),
    ]
    level_3: Annotated[
        str | None,
        Words(
            "Third-level heading of the indicator (三级指标), where the form has one apart from the "
            "indicator itself.",
            "三级指标：仅当绩效表在指标内容之外另设三级指标时才有。",
        ),
    ]
    indicator: Annotated[
        str | None, Words("What is measured (指标内容), as printed.", "指标内容：考核什么，照原文。")
    ]
    target_text: Annotated[str | None, Words("The target (指标值), as printed.", "指标值：目标，照原文。")]
    actual_text: Annotated[
        str | None,
        Words(
            "What was reached (实际完成值), as printed; NULL in budgets.", "实际完成值：照原文；预算中为空。"
        ),
    ]
    comparator: Annotated[
        str | None,
        Words(
            "How the target is to be met: = ≥ ≤ > < or range (between target_number and "
            "target_number_high); NULL when the target is not a number.",
            "比较方式：怎样算达标，=、≥、≤、>、< 或 range（介于指标数值与指标上限之间）；"
            "目标不是数字时为空。",
        ),
        OneOf("=", "≥", "≤", ">", "<", "range"),
    ]
    target_number: Annotated[
        Decimal | None,
        Words(
            "The number in the target, in target_unit; NULL when the target is words.",
            "指标数值：指标值中的数字，以指标单位计；目标为文字时为空。",
        ),
    ]
    target_number_high: Annotated[
        Decimal | None,
        Words(
            "The upper end of a target that is a range, whose lower end is target_number; NULL otherwise.",
            "指标上限：目标为区间时的上限（下限为指标数值）；否则为空。",
        ),
    ]
    target_unit: Annotated[
        str | None,
        Words(
            "What the target's number counts, as printed: %, 次, 万元 and so on.",
            "指标单位：指标数值的单位，照原文，如 %、次、万元。",
        ),
    ]
    actual_number: Annotated[
        Decimal | None,
        Words(
            "The number in what was reached, in the unit printed with it; NULL when it is words or nothing.",
            "完成数值：实际完成值中的数字，以其后印出的单位计；为文字或空白时为空。",
        ),
    ]
    actual_unit: Annotated[
        str | None,
        Words("What the result's number counts, as printed.", "完成值单位：完成数值的单位，照原文。"),
    ]
    is_quantitative: Annotated[
        bool,
        Words(
            "True when the target is a number that the result can be compared with.",
            "是否量化：目标为可与完成情况比较的数字。",
        ),
    ]
    is_achieved: Annotated[
        bool | None,
        Words(
            "Whether the result meets the target; NULL where the two cannot be compared: words, "
            "different units, or a bare quantity that the result differs from.",
            "是否达标：实际完成值是否达到指标值；为文字、单位不同或只有数量而无比较方式且两者不等时为空。",
        ),
    ]
    note_text: Annotated[
        str | None,
        Words(
            "Why the target was missed and what will be done (未完成原因和改进措施), as printed.",
            "未完成原因和改进措施：照原文。",
        ),
    ]
    weight_text: Annotated[
        str | None,
        Words("How many points the indicator is worth (分值), as printed.", "分值：该指标的满分，照原文。"),
    ]
    score_text: Annotated[
        str | None, Words("How many points were awarded (得分), as printed.", "得分：照原文。")
    ]
    page_no: PageNo
    line_no: LineNo
