"""The lines, columns and amounts of forms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, get_args

from extract.blocks import Doubt
from extract.records.declaration import NAMED_VALUES, PUBLISHED, UNIQUE, OneOf, Record, Words
from extract.records.forms import Unit
from extract.records.keys import LINE_ID, DocumentId, FormId, FormKey, LineId
from extract.records.places import (
    BboxBottom,
    BboxLeft,
    BboxRight,
    BboxTop,
    ColNo,
    Confidence,
    FieldNo,
    LineNo,
    PageNo,
    RowNo,
    SideNo,
)

ColumnPath = Annotated[
    str,
    Words(
        'The column\'s header texts from top to bottom, joined by "/".',
        "列标题：该列从上到下的各级表头，以“/”相连。",
    ),
]

Measure = Annotated[
    str | None,
    Words(
        "What the column counts: total (合计), personnel (人员经费), public_operating (公用经费), "
        "special_project (专项业务经费), basic (基本支出), project (项目支出) and so on. Columns "
        "of one row overlap: total contains the others.",
        "金额口径：该列统计的是什么，如 total（合计）、personnel（人员经费）、"
        "public_operating（公用经费）、special_project（专项业务经费）、basic（基本支出）、"
        "project（项目支出）；同一行各列互有包含，合计包含其他各列。",
    ),
]

Fund = Annotated[
    str | None,
    Words(
        "Which money the column is restricted to: all, general_public (一般公共预算), "
        "government_fund (政府性基金), state_capital (国有资本经营) or a source of revenue; NULL "
        "when nothing says so.",
        "资金性质：该列限于哪类资金，如 all（全部）、general_public（一般公共预算）、"
        "government_fund（政府性基金预算）、state_capital（国有资本经营预算）或某类收入来源；"
        "未注明时为空。",
    ),
]

BudgetVersion = Annotated[
    str | None,
    Words(
        "Which version of the budget the column's header names: budget (年初预算数, 预算数), "
        "adjusted_budget (调整预算数, 全年预算数), final (决算数) or execution (执行数); NULL where it "
        "names none.",
        "预算版本：表头所说的预算版本，如 budget（预算数、年初预算数）、adjusted_budget（调整预算数、"
        "全年预算数）、final（决算数）、execution（执行数）；未说明时为空。",
    ),
    OneOf("budget", "adjusted_budget", "final", "execution"),
]

ColumnYear = Annotated[
    str | None,
    Words(
        "Which year the column's header names: previous (上年), current (本年) or four digits; NULL where "
        "it names none, which is the year of the document.",
        "列年度：表头所说的年度，previous（上年）、current（本年）或四位数年份；未说明时为空，"
        "即文件所属年度。",
    ),
]

Nature = Annotated[
    str | None,
    Words(
        "What the column's numbers are: figure (an amount) or change (by what one amount differs from "
        "another, 增减额); NULL where nothing is known of the column.",
        "数据性质：该列的数是什么，figure（金额）或 change（增减额）；对该列一无所知时为空。",
    ),
    OneOf("figure", "change"),
]

SideKey = Annotated[
    str,
    Words(
        "What the rows of this side of the form are: revenue (收入), function (功能分类), economic "
        "(部门经济分类), economic_government (政府经济分类), unit (单位), unit_project "
        "(单位和项目), period (预算数、决算数), purchase (采购项目) and so on.",
        "栏别：这一栏各行是什么，如 revenue（收入）、function（支出功能分类）、"
        "economic（部门预算支出经济分类）、economic_government（政府预算支出经济分类）、"
        "unit（单位）、unit_project（单位和项目）、period（预算数、决算数）、"
        "purchase（采购项目）等。",
    ),
]

RowLabel = Annotated[
    str | None,
    Words(
        "The row's label (项目、科目名称、单位名称), exactly as printed.",
        "原文名称：该行的项目、科目名称或单位名称，照原文。",
    ),
]

RowKind = Annotated[
    str,
    Words(
        "item · subtotal (小计) · total (合计) · memo (其中, part of the row above) · repeat (the "
        "row printed again after a page break). Adding rows of different kinds counts money twice.",
        "行类型：item（明细）、subtotal（小计）、total（合计）、memo（其中项，上一行的一部分）、"
        "repeat（分页后重印的行）；不同类型的行不能相加。",
    ),
    OneOf("item", "subtotal", "total", "memo", "repeat"),
]

Code = Annotated[
    str | None,
    Words(
        "The row's code as printed: functional (支出功能分类科目编码), departmental economic "
        "(部门预算支出经济分类科目编码) or unit (单位编码), according to the side of the form.",
        "科目编码：该行印出的编码，按栏别为支出功能分类科目编码、部门预算支出经济分类科目编码或单位编码。",
    ),
]

EconomicCodeGovernment = Annotated[
    str | None,
    Words(
        "Government economic code (政府预算支出经济分类科目编码) printed beside the departmental "
        "one; NULL when none is printed.",
        "政府经济科目编码：与部门预算支出经济分类并列印出的政府预算支出经济分类科目编码；未印出时为空。",
    ),
]


@dataclass(frozen=True, slots=True)
class Column(Record):
    """One row per money column of a form: what its header says."""

    table: ClassVar[str] = "columns"
    chinese: ClassVar[str] = "报表列：每行报表的一个金额列及其表头的含义。"
    unique_together: ClassVar[tuple[str, ...]] = ("form_id", "side_no", "col_no")

    form_id: FormId
    document_id: DocumentId
    side_no: SideNo
    col_no: ColNo
    column_path: ColumnPath
    measure: Measure
    fund: Annotated[Fund, NAMED_VALUES]
    budget_version: BudgetVersion
    column_year: ColumnYear
    nature: Nature
    part_of_col: Annotated[
        int | None,
        Words(
            "Number of the column on the same side whose figures are, row for row, the sum of this "
            "one's and of its other parts; NULL where the rows of the form prove none.",
            "所属列号：同一栏内由本列与其他各列逐行相加而成的列；表内各行未能证明时为空。",
        ),
    ]


@dataclass(frozen=True, slots=True)
class Line(Record):
    """One row per printed row of one side of a form, also when every amount in it is blank."""

    table: ClassVar[str] = "lines"
    chinese: ClassVar[str] = "报表行：每行报表某一栏中印出的一行，包括金额全部空白的行。"

    line_id: Annotated[str, LINE_ID, UNIQUE]
    form_id: FormId
    document_id: DocumentId
    form_key: FormKey
    side_no: SideNo
    side_key: Annotated[SideKey, NAMED_VALUES]
    row_no: RowNo
    page_no: PageNo
    line_no: LineNo
    row_label: RowLabel
    label_plain: Annotated[
        str | None,
        Words("Label without numbering, inner spaces and 其中.", "名称：原文名称去掉序号、空格和“其中”。"),
    ]
    row_kind: RowKind
    line_key: Annotated[
        str | None,
        Words(
            "What a row with a standard label means in the form's arithmetic, for example grand_total "
            "(收入总计), current_total (本年收入合计) or carry (上年结转); NULL for ordinary items.",
            "行含义：有固定名称的行在报表算术中的含义，如 grand_total（收入总计）、"
            "current_total（本年收入合计）、carry（上年结转）；一般明细行为空。",
        ),
        PUBLISHED,
    ]
    outline_level: Annotated[
        int | None,
        Words(
            "Depth given by numbering (一、 1、 (1)) or nesting; a smaller number is nearer the root. "
            "Comparable only within one side of one form.",
            "层次：由序号（一、1、（1））或缩进得出，数字越小越靠近顶层；只能在同一报表同一栏内比较。",
        ),
    ]
    code: Code
    economic_code_government: EconomicCodeGovernment
    code_name: Annotated[
        str | None,
        Words(
            "The name printed beside the code, where the row itself is called otherwise, as a project is; "
            "NULL where the label names both.",
            "科目名称：编码旁印出的科目名称，行名另有所指（如项目名称）时才有；行名即科目名称时为空。",
        ),
    ]
    detail: Annotated[
        str | None,
        Words(
            "The text printed beside the label: what a task (主要内容) or a project (项目简介) is about.",
            "内容说明：印在名称旁的文字，如任务的“主要内容”、项目的“项目简介”。",
        ),
    ]
    doubt: Annotated[
        str | None,
        Words(
            "How a row that was not printed straight was repaired (realigned); NULL for a row read as "
            "printed.",
            "修复方式：印刷错位的行如何修复，realigned 表示重新对齐；照原样读出的行为空。",
        ),
        OneOf("realigned"),
    ]


@dataclass(frozen=True, slots=True)
class Amount(Record):
    """One row per printed money cell of a form. A blank cell has no row; a dash has one without yuan."""

    table: ClassVar[str] = "amounts"
    chinese: ClassVar[str] = (
        "报表金额：每行报表中的一个金额单元格；空白单元格没有行，列有短横线的有行而无以元计的金额。"
    )

    amount_id: Annotated[
        str,
        Words(
            "The printed money cell. It stays the same as long as the document and the extractor do.",
            "金额标识：报表中的一个金额单元格；文件和读取程序不变，标识就不变。",
        ),
        UNIQUE,
        PUBLISHED,
    ]
    document_id: Annotated[DocumentId, PUBLISHED]
    form_id: Annotated[FormId, PUBLISHED]
    form_key: Annotated[FormKey, PUBLISHED]
    line_id: Annotated[LineId, PUBLISHED]
    side_no: Annotated[SideNo, PUBLISHED]
    side_key: Annotated[SideKey, PUBLISHED]
    page_no: Annotated[PageNo, PUBLISHED]
    line_no: Annotated[LineNo, PUBLISHED]
    field_no: Annotated[FieldNo, PUBLISHED]
    row_no: Annotated[RowNo, PUBLISHED]
    col_no: Annotated[ColNo, PUBLISHED]
    row_label: RowLabel
    row_kind: Annotated[RowKind, PUBLISHED]
    code: Annotated[Code, PUBLISHED]
    economic_code_government: Annotated[EconomicCodeGovernment, PUBLISHED]
    column_path: Annotated[ColumnPath, PUBLISHED]
    measure: Annotated[Measure, PUBLISHED]
    fund: Annotated[Fund, PUBLISHED]
    budget_version: Annotated[
        str | None,
        Words(
            "Which version of the budget the amount is of: what its header names, else that of the document; "
            "NULL where neither is known.",
            "预算版本：该金额属于哪个预算版本；以表头所说为准，表头未说明的按文件所属阶段；均不明时为空。",
            block="amount_budget_version",
        ),
        OneOf("budget", "adjusted_budget", "final", "execution"),
    ]
    column_year: Annotated[
        str | None,
        Words(
            "Which year the amount is of, in four digits: what its header names, else that of the document.",
            "数据年度：该金额属于哪一年（四位数）；以表头所说为准，表头未说明的按文件所属年度。",
            block="amount_column_year",
        ),
    ]
    nature: Nature
    amount_text: Annotated[
        str, Words("The amount exactly as printed.", "原文金额：照原文印出的金额。"), PUBLISHED
    ]
    amount_kind: Annotated[
        str,
        Words(
            "number, zero (a printed zero) or dash; a blank cell is no amount.",
            "金额类别：number（数字）、zero（印出的零）或 dash（短横线）；空白单元格不算金额。",
        ),
        OneOf("number", "zero", "dash"),
    ]
    unit: Annotated[Unit, PUBLISHED]
    amount_yuan: Annotated[
        Decimal | None,
        Words(
            "The amount in yuan, exact. NULL for a dash and when the unit is unknown, never a guess.",
            "金额（元）：折算为元的精确金额；短横线和单位不明时为空，绝不猜测。",
            block="printed_amount_yuan",
        ),
        PUBLISHED,
    ]
    last_digit_yuan: Annotated[
        Decimal | None,
        Words(
            "What one step of the last printed digit is worth in yuan; half of it is the most that "
            "rounding can hide.",
            "末位值（元）：印出的数字末位变动 1 相当于多少元；其一半即四舍五入最多能掩盖的差额。",
            block="printed_last_digit_yuan",
        ),
        PUBLISHED,
    ]
    stored_text: Annotated[
        str | None,
        Words(
            "The number that a workbook stores, where its format displays another figure (18364200 shown as "
            "1836.42), or the same with fewer digits than money has (1836.42 shown as 1836); NULL where they "
            "agree.",
            "存储值：工作簿中存储的数，其格式显示为另一数字（如 18364200 显示为 1836.42）或少显示位数"
            "（如 1836.42 显示为 1836）时给出；一致时为空。",
        ),
    ]
    doubt: Annotated[
        str | None,
        Words(
            "Why the figure may not be what a person sees: glued (two printed texts were joined), hidden "
            "(nobody sees it there), struck (struck out in part), format (displayed otherwise than stored), "
            "computed (a formula of which no value is stored), text_layer (the text layer differs from the "
            "picture), unread (something shown beside it was not read), placed (its row or column is not "
            "certain) or recognised (in a picture); NULL where "
            "nothing is in doubt. Such a figure is believed only where another one confirms it, and is "
            "never the ground of a discrepancy.",
            "疑为误读原因：数字可能与人所见不符的原因：glued（两段文字被连在一起）、hidden（原处看不见）、"
            "struck（部分被划去）、format（显示与存储不一致）、computed（公式未存结果，由程序算出）、"
            "text_layer（文字层与图像不一致）、unread（旁边另有未能读出的内容）、"
            "placed（所在行列不确定）或 recognised（由图像识别）；"
            "没有疑问时为空。有疑问的数字须由其他数字印证，且不作为认定数据不一致的依据。",
            block="amount_doubt",
        ),
        OneOf(*get_args(Doubt)),
        PUBLISHED,
    ]
    confidence: Confidence
    bbox_left: BboxLeft
    bbox_top: BboxTop
    bbox_right: BboxRight
    bbox_bottom: BboxBottom
