"""What the prose states: amounts, counts and remarks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from extract.records.declaration import NAMED_VALUES, UNIQUE, OneOf, Record, RefersTo, Words
from extract.records.keys import DocumentId
from extract.records.places import Confidence, FieldNo, LineNo, PageNo

Section = Annotated[
    str | None,
    Words(
        "The headings above it (第三部分 / 一、… / （一）…), joined by a slash.",
        "所在章节：其上各级标题（第三部分 / 一、… / （一）…），以斜线相连。",
    ),
]

StatedSubject = Annotated[
    str,
    Words(
        "What the figure is said of, as printed, numbering and verbs taken off.",
        "事项：数字说的是什么，照原文，去掉序号和动词。",
        block="stated_subject",
    ),
]


FormOfCell = Annotated[
    str | None,
    Words(
        "The performance form in whose text it is said; NULL for the prose and for rates beside money.",
        "所在报表：写在哪张绩效表的文字格内；在文字说明中，或为金额旁的比率时为空。",
        block="form_of_cell",
    ),
    RefersTo("stg_forms"),
]


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """One row per amount, or rate of money, stated in the prose of a disclosure."""

    table: ClassVar[str] = "claims"
    chinese: ClassVar[str] = "文字金额：每行一个文字说明中写明的金额或金额的比率。"

    claim_id: Annotated[
        str, Words("The figure stated in the prose.", "文字数据标识：文字说明中的一个数字。"), UNIQUE
    ]
    document_id: DocumentId
    section: Section
    paragraph_no: Annotated[
        int | None,
        Words(
            "Paragraph (段落) of the prose, counted from 1; NULL for what the head of a form states.",
            "段落号：文字说明的第几段，从 1 起；报表表头说明中的数字为空。",
        ),
    ]
    subject: StatedSubject | None
    code: Annotated[
        str | None,
        Words(
            "Functional or economic code printed with the subject; NULL when none is.",
            "科目编码：与事项一并印出的支出功能分类或支出经济分类科目编码；未印出时为空。",
            block="claim_code",
        ),
    ]
    kind: Annotated[
        str,
        Words(
            "level (an amount) · change (more or less than before) · share (of a whole) · rate (of "
            "change or completion).",
            "数据类别：level（金额）、change（比以前增减多少）、share（占整体的比重）或 "
            "rate（增减率或完成率）。",
            block="claim_kind",
        ),
        OneOf("level", "change", "share", "rate"),
    ]
    stated_as: Annotated[
        str | None,
        Words(
            "budgeted (年初预算、预算数) or actual (决算、执行数), where the words say so.",
            "数据口径：文字写明的 budgeted（年初预算、预算数）或 actual（决算数、执行数）。",
        ),
        OneOf("budgeted", "actual"),
    ]
    budget_version: Annotated[
        str | None,
        Words(
            "Which version of the budget the words say a level is of; NULL where they say none and of what "
            "is no level.",
            "预算版本：文字写明的金额所属预算版本；未写明的，以及不是金额的，为空。",
            block="claim_budget_version",
        ),
        OneOf("budget", "adjusted_budget", "final", "execution"),
    ]
    whole: Annotated[
        str | None,
        Words("What a share or a rate is of, as printed.", "比重基数：占比或比率以什么为基数，照原文。"),
    ]
    direction: Annotated[
        str | None,
        Words(
            "up or down, of a change and its rate.",
            "增减方向：up（增加）或 down（减少），用于增减额及其比率。",
        ),
        OneOf("up", "down"),
    ]
    compared_with: Annotated[
        str | None,
        Words(
            "last_year, budget, adjusted_budget, or a year as printed.",
            "对比对象：last_year（上年）、budget（预算）、adjusted_budget（调整预算）或印出的年份。",
        ),
    ]
    basis_year: Annotated[
        int | None,
        Words(
            "The year the figure is of; of a change, the year it is compared with.",
            "所属年份：数字所属的年份；增减额则为其对比的年份。",
        ),
    ]
    year_text: Annotated[
        str | None,
        Words(
            "The year printed for the figure in its paragraph: four digits, 上年 or 去年; NULL where "
            "none is printed, so that the figure is of the document's year.",
            "原文年份：该段为数字印出的年份，四位数字、“上年”或“去年”；未印出时为空，即为文件所属年度。",
            block="claim_year_text",
        ),
    ]
    reason: Annotated[
        str | None,
        Words("The reason given (主要原因), as printed.", "变动原因：文件所写的主要原因，照原文。"),
    ]
    amount_text: Annotated[
        str,
        Words(
            "The figure with its unit as printed, without inner spaces.",
            "原文金额：照原文印出的数字及其单位，去掉空格。",
            block="claim_amount_text",
        ),
    ]
    unit: Annotated[
        str | None,
        Words(
            "Unit of the figure: 元, 万元, 亿元, % or 倍 (times); NULL where none is printed: it is open.",
            "金额单位：元、万元、亿元、% 或倍；未印出时为空，金额无从得知。",
            block="claim_unit",
        ),
    ]
    amount_yuan: Annotated[
        Decimal | None, Words("The amount in yuan, exact.", "金额（元）：折算为元的精确金额。")
    ]
    last_digit_yuan: Annotated[
        Decimal | None,
        Words(
            "What one step of the last printed digit is worth, in yuan.",
            "末位值（元）：印出的数字末位变动 1 相当于多少元。",
        ),
    ]
    rate_percent: Annotated[
        Decimal | None,
        Words(
            "The percentage of a share or a rate; 16 times is 1600.",
            "百分比：占比或比率的百分数；16 倍即 1600。",
        ),
    ]
    form_id: FormOfCell
    page_no: PageNo
    line_no: LineNo
    field_no: FieldNo
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Count(Record):
    """One row per count of people or things stated in the prose of a disclosure."""

    table: ClassVar[str] = "counts"
    chinese: ClassVar[str] = "文字数量：每行一个文字说明中写明的人数、车辆数、设备数、批次、项目数等数量。"

    count_id: Annotated[str, Words("The stated count.", "数量标识：文字说明中写明的一个数量。"), UNIQUE]
    document_id: DocumentId
    section: Section
    topic: Annotated[
        str,
        Words(
            "staffing (人员), assets (车辆、设备), activity (团组、批次、人次、项目) or other.",
            "数量类别：staffing（人员）、assets（车辆、设备）、activity（团组、批次、人次、项目）或 "
            "other（其他）。",
            block="count_topic",
        ),
        OneOf("staffing", "assets", "activity", "other"),
    ]
    count_key: Annotated[
        str,
        Words(
            "What is counted, see seeds.count_subjects: authorised (编制), actual (实有), retired "
            "(离退休), vehicles, equipment and so on; other where no row names it.",
            "计数对象：数的是什么，见 seeds.count_subjects，如 authorised（编制）、actual（实有）、"
            "retired（离退休）、vehicles（车辆）、equipment（设备）；词表未列的为 other。",
        ),
        NAMED_VALUES,
    ]
    subject: StatedSubject | None
    as_of: Annotated[
        str | None,
        Words(
            "The day that it is counted on, as printed in its sentence (截至2023年底).",
            "截止时点：该句印出的统计时点（截至2023年底），照原文。",
        ),
    ]
    count_text: Annotated[str, Words("The number as printed.", "原文数量：照原文印出的数字。")]
    unit: Annotated[
        str,
        Words(
            "The classifier: 人, 辆, 台, 批次, 人次, 个 and so on.",
            "计量单位：量词，如人、辆、台、批次、人次、个。",
            block="count_unit",
        ),
    ]
    quantity: Annotated[int, Words("How many.", "数量：有多少。")]
    part_of: Annotated[
        str | None,
        Words(
            "The count of the same sentence that it is said to be a part of.",
            "所属数量：同一句中称其为组成部分的那个数量。",
        ),
    ]
    form_id: FormOfCell
    page_no: PageNo
    line_no: LineNo
    field_no: FieldNo


@dataclass(frozen=True, slots=True)
class Remark(Record):
    """One row per thing said in words that tells without being an amount.

    It is a placeholder left in, 持平, or the year in a form's title.
    """

    table: ClassVar[str] = "remarks"
    chinese: ClassVar[str] = (
        "文字线索：每行一处不是金额却能说明问题的文字，如未填的模板空项、“持平”、报表标题中的年份。"
    )

    remark_id: Annotated[str, Words("The remark.", "线索标识：一处文字线索。"), UNIQUE]
    document_id: DocumentId
    form_id: Annotated[
        str | None,
        Words(
            "The form it stands in; NULL for the prose.",
            "报表标识：所在的报表；在文字说明中时为空。",
            block="form_id_of_remark",
        ),
        RefersTo("stg_forms"),
    ]
    kind: Annotated[
        str,
        Words(
            "placeholder (××, ____, 某某 where a number, a name or a year belongs) · instruction (of "
            "the template, 请在此处简要说明) · open_choice (增加（减少）0) · doubled_word (2024年年) · "
            "doubled_mark (。，) · open_bracket (one without the other) · empty_reason (主要原因是。) · "
            "direction_alone (较上年减少，) · compared_year (比2022年决算增加) · "
            "no_change (持平, 无增减) · form_year (the year in a form's "
            "title or caption) · none_of (没有政府性基金预算拨款) · explained_term (机关运行经费，是指…) · "
            "personal_data (the number of an identity card or a mobile telephone) · "
            "draft_mark (征求意见稿) · left_out (a note that a form leaves out what is secret) · "
            "other_money (a note that a form has money in it that others have not) · heading · "
            "contents_entry (a line of the list of contents) · number_gap (between headings); the "
            "words are in seeds.remark_patterns.",
            "线索类别：placeholder（应有数字、名称或年份处未填的模板空项，如 ××、____、某某）、"
            "instruction（模板的填写说明）、open_choice（未作选择的增加（减少）0）、doubled_word（重复的字词）、"
            "doubled_mark（重复的标点）、open_bracket（括号不成对）、empty_reason（原因空缺）、"
            "direction_alone（只称增减而无数字）、compared_year（写明与哪一年的决算数相比）、no_change（持平、无增减）、"
            "form_year（报表标题或表头说明中的年份）、none_of（说明没有某项收支或事项）、"
            "explained_term（名词解释）、personal_data（居民身份证号码、手机号码）、draft_mark（草稿、涉密标志）、"
            "left_out（注明涉密等内容未列示）、other_money（注明含或不含某类资金）、"
            "heading（正文标题）、contents_entry（目录中的一行）、number_gap（标题序号缺号）；"
            "词语见 seeds.remark_patterns。",
            block="remark_kind",
        ),
        OneOf(
            "placeholder",
            "instruction",
            "open_choice",
            "doubled_word",
            "doubled_mark",
            "open_bracket",
            "empty_reason",
            "direction_alone",
            "compared_year",
            "no_change",
            "form_year",
            "none_of",
            "explained_term",
            "personal_data",
            "draft_mark",
            "left_out",
            "other_money",
            "heading",
            "contents_entry",
            "number_gap",
        ),
    ]
    section: Section
    subject: Annotated[
        str | None,
        Words(
            "What no_change is said of, as printed, numbering and verbs taken off.",
            "事项：持平说的是什么，照原文，去掉序号和动词。",
            block="remark_subject",
        ),
    ]
    compared_with: Annotated[
        str | None,
        Words(
            "What no_change is compared with: last_year, budget, adjusted_budget, or a year as printed; "
            "NULL where it is not said.",
            "对比对象：持平是与什么相比，last_year（上年）、budget（预算）、adjusted_budget（调整预算）"
            "或印出的年份；未写明时为空。",
            block="remark_compared_with",
        ),
    ]
    text: Annotated[
        str,
        Words(
            "The few words that say it, as printed.",
            "原文：说明问题的那几个字，照原文。",
            block="remark_text",
        ),
    ]
    year: Annotated[
        int | None,
        Words(
            "The year that a form's title or caption names; NULL for other remarks.",
            "标题年份：报表标题或表头说明中的年份。",
            block="remark_year",
        ),
    ]
    page_no: PageNo
    line_no: LineNo
