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
        str | None,
        Words(
            "What is measured (指标内容), as printed, without numbering (指标2：) and points (10分).",
            "指标内容：考核什么，照原文，去掉前面的编号（指标2：）和后面的分值（10分）。",
        ),
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
            "How the target is to be met: = ≥ ≤ > < ≈ (约) or range (between target_number and "
            "target_number_high); NULL when the target is not a number.",
            "比较方式：怎样算达标，=、≥、≤、>、<、≈（约）或 range（介于指标数值与指标上限之间）；"
            "目标不是数字时为空。",
        ),
        OneOf("=", "≥", "≤", ">", "<", "≈", "range"),
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
    target_value: Annotated[
        Decimal | None,
        Words(
            "The target in target_measure, so that it compares with others: 1.5万元 is 15000 (元).",
            "指标可比值：折算为可比计量的指标数值，如 1.5万元 为 15000（元）。",
        ),
    ]
    target_value_high: Annotated[
        Decimal | None,
        Words(
            "The upper end of a target that is a range, in target_measure; NULL otherwise.",
            "指标可比上限：目标为区间时折算后的上限；否则为空。",
        ),
    ]
    target_measure: Annotated[
        str | None,
        Words(
            "What target_value counts: 元 for all units of money, 人 of 万人, 平方米 of 平米; NULL where no "
            "unit is printed, or 万 alone.",
            "指标可比计量：指标可比值的计量，各种金额单位一律为元，万人为人，平米为平方米；"
            "未印单位或只印“万”时为空。",
        ),
    ]
    target_by: Annotated[
        str | None,
        Words(
            "The last day (YYYY-MM-DD) of a target that is a date or a period with its year; NULL otherwise.",
            "指标期限：目标为写明年份的日期或期间时的最后一天（年-月-日）；否则为空。",
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
    actual_number_high: Annotated[
        Decimal | None,
        Words(
            "The upper end of a result that is a range, whose lower end is actual_number; NULL otherwise.",
            "完成上限：完成值为区间时的上限（下限为完成数值）；否则为空。",
        ),
    ]
    actual_comparator: Annotated[
        str | None,
        Words(
            "How the result is stated: = for a bare quantity, ≥ ≤ > < ≈ or range; NULL when it is no number.",
            "完成值表述：完成值如何写明，只有数量时为 =，另有 ≥、≤、>、<、≈ 或 range；不是数字时为空。",
        ),
        OneOf("=", "≥", "≤", ">", "<", "≈", "range"),
    ]
    actual_value: Annotated[
        Decimal | None,
        Words(
            "The result in actual_measure, so that it compares with its target.",
            "完成可比值：折算为可比计量的完成数值。",
        ),
    ]
    actual_value_high: Annotated[
        Decimal | None,
        Words(
            "The upper end of a result that is a range, in actual_measure; NULL otherwise.",
            "完成可比上限：完成值为区间时折算后的上限；否则为空。",
        ),
    ]
    actual_measure: Annotated[
        str | None,
        Words(
            "What actual_value counts, as target_measure does of the target.",
            "完成可比计量：完成可比值的计量，与指标可比计量相同。",
        ),
    ]
    actual_by: Annotated[
        str | None,
        Words(
            "The last day (YYYY-MM-DD) of a result that is a date or a period with its year; NULL otherwise.",
            "完成日期：完成值为写明年份的日期或期间时的最后一天（年-月-日）；否则为空。",
        ),
    ]
    are_comparable: Annotated[
        bool,
        Words(
            "True when target and result are numbers in one measure, or in none that is printed.",
            "计量可比：指标值与完成值都是数字，且计量相同或均未写明计量。",
        ),
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
    review_score_text: Annotated[
        str | None,
        Words(
            "How many points a review awarded beside the publisher's own score (复核得分), as printed.",
            "复核得分：自评得分之外另列的得分，照原文。",
        ),
    ]
    weight: Annotated[
        Decimal | None,
        Words(
            "How many points the indicator is worth, also where they stand behind its name (10分).",
            "满分值：该指标的满分，包括印在指标名称之后的（10分）。",
        ),
    ]
    score: Annotated[Decimal | None, Words("How many points were awarded.", "得分值：该指标的得分。")]
    review_score: Annotated[
        Decimal | None, Words("How many points the review awarded.", "复核得分值：该指标的复核得分。")
    ]
    level_1_points: Annotated[
        Decimal | None,
        Words(
            "Points printed in the cell of the first level: 产出指标（50分）.",
            "一级指标分值：印在一级指标格内的分值，如产出指标（50分）。",
        ),
    ]
    level_2_points: Annotated[
        Decimal | None,
        Words(
            "Points printed in the cell of the second level: 数量指标（20分）.",
            "二级指标分值：印在二级指标格内的分值，如数量指标（20分）。",
        ),
    ]
    page_no: PageNo
    line_no: LineNo
