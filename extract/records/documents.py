"""What is known of a document as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from extract.records.declaration import PUBLISHED, UNIQUE, OneOf, Record, Words
from extract.records.keys import DOCUMENT_ID


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One row per document (文件) that was landed, whether or not it could be read."""

    table: ClassVar[str] = "documents"
    chinese: ClassVar[str] = "收到文件：每行一份已收到的文件，不论能否读取。"

    document_id: Annotated[str, DOCUMENT_ID, UNIQUE]
    file_name: Annotated[
        str, Words("Base name under which the bytes were first found.", "文件名：首次发现该文件时的文件名。")
    ]
    media_type: Annotated[
        str,
        Words(
            "Type of the file told from its bytes, never from its name.",
            "文件类型：由文件字节判定，不看文件名。",
        ),
    ]
    encoding: Annotated[
        str | None,
        Words(
            "Encoding of a text document: utf-8, utf-8-sig, gb18030, utf-16; NULL for other types.",
            "文本编码：文本文件的字符编码，如 utf-8、gb18030；其他类型为空。",
        ),
    ]
    publisher_name: Annotated[
        str | None,
        Words(
            "The department (部门) or unit (单位) whose money it is, without the suffix that tells the "
            "scope; NULL when the document names none.",
            "公开主体：公开预决算的部门或单位，去掉表示口径的后缀；文件未写明时为空。",
        ),
        PUBLISHED,
    ]
    publisher_name_from: Annotated[
        str | None,
        Words(
            "Where the publisher's name was read, of several places where most spoke for it: cover, caption "
            "(单位名称：…), title (of a form), heading (of a chapter), unit_row or prose.",
            "名称来源：公开主体的名称读自何处，有多处时为最有力的一处：cover（封面）、caption（表头说明“单位名称：…”）、"
            "title（表名）、heading（章节标题）、unit_row（单位行）或 prose（正文）。",
        ),
        OneOf("cover", "caption", "title", "heading", "unit_row", "prose"),
    ]
    publisher_certainty: Annotated[
        Decimal | None,
        Words(
            "How certain the publisher's name is, from 0 to 1: what speaks for it, of all that "
            "names anybody.",
            "名称把握：公开主体名称的把握程度，0 至 1：支持它的依据占全部依据的份额。",
        ),
    ]
    parent_name: Annotated[
        str | None,
        Words(
            "The department that the publisher belongs to, where the document says so.",
            "主管部门：文件写明的上级主管部门。",
        ),
    ]
    document_level: Annotated[
        str | None,
        Words(
            "department (部门预算、部门决算: a department with its units) or unit (单位预算、单位决算: "
            "one unit alone), as the cover says; NULL where it does not.",
            "公开层级：封面写明的 department（部门预算、部门决算，含所属单位）或 unit（单位预算、"
            "单位决算，仅一个单位）；未写明时为空。",
        ),
        OneOf("department", "unit"),
    ]
    document_level_from: Annotated[
        str | None,
        Words(
            "Where document_level was read: cover or heading; NULL where it was not.",
            "公开层级来源：公开层级读自 cover（封面）还是 heading（章节标题）；未读到时为空。",
        ),
        OneOf("cover", "heading"),
    ]
    document_kind: Annotated[
        str | None,
        Words(
            "Whose money it discloses: department (a department's or unit's) or government "
            "(政府预决算: that of a "
            "government as a whole, held against no rule of departments); NULL where nothing tells.",
            "公开类别：公开的是 department（部门、单位预决算）还是 government（政府预决算，"
            "即一级政府的总预决算，"
            "不适用部门预决算的规则）；无从判断时为空。",
        ),
        OneOf("department", "government"),
    ]
    government_tier: Annotated[
        str | None,
        Words(
            "The tier of government that the publisher is of (central, province, city, county, "
            "township), as its "
            "name or the place in the document's title tells; NULL where neither does.",
            "公开主体级次：公开主体所属政府的级次（central 中央、province 省级、city 市级、county "
            "县级、township 乡镇街道），"
            "按其名称或文件标题中的地名判断；无从判断时为空。",
        ),
        OneOf("central", "province", "city", "county", "township"),
    ]
    government_tier_from: Annotated[
        str | None,
        Words(
            "What told government_tier: name (the publisher's) or title (of the document).",
            "级次来源：公开主体级次的依据：name（名称）或 title（文件标题）。",
        ),
        OneOf("name", "title"),
    ]
    region: Annotated[
        str | None,
        Words(
            "The place whose government it is (省、市、区、县), where the document says so.",
            "地区：文件写明的所属省、市、区、县。",
        ),
    ]
    province: Annotated[
        str | None,
        Words(
            "The province (省、直辖市、自治区), as the publisher's name says or as the list of regions "
            "says of its county or city; NULL when neither does.",
            "省份：公开主体名称中写明的省、自治区、直辖市，或按地区表由其市、县推得；都没有时为空。",
        ),
    ]
    city: Annotated[
        str | None,
        Words(
            "The city (市、州、盟), as the publisher's name says or as the list of regions says of its "
            "county; NULL when neither does.",
            "地市：公开主体名称中写明的市、州、盟，或按地区表由其区县推得。",
        ),
    ]
    county: Annotated[
        str | None,
        Words(
            "The county or district (区、县、旗) in the publisher's name; NULL when it names none.",
            "区县：公开主体名称中写明的区、县、旗；没有时为空。",
        ),
    ]
    region_code: Annotated[
        str | None,
        Words(
            "Official code of the smallest place that is known of the publisher; NULL where its "
            "name may be one "
            "of several places (鼓楼区) or of none in the list.",
            "地区代码：公开主体所在最小地区的行政区划代码；名称可能指多个地区（如鼓楼区）或不在地区表中时为空。",
        ),
    ]
    fiscal_year: Annotated[
        int | None,
        Words(
            "The budget year (年度) that the figures are about, not the year of publication.",
            "年度：数字所属的预算年度，而非公开的年份。",
        ),
        PUBLISHED,
    ]
    fiscal_year_from: Annotated[
        str | None,
        Words(
            "Where the year was read, of several places where most spoke for it: cover, title (of "
            "a form), caption, "
            "heading, column (of a form) or prose.",
            "年度来源：年度读自何处，有多处时为最有力的一处：cover（封面）、title（表名）、caption（表头说明）、heading（章节标题）、"
            "column（列标题）或 prose（正文）。",
        ),
        OneOf("cover", "title", "caption", "heading", "column", "prose"),
    ]
    fiscal_year_certainty: Annotated[
        Decimal | None,
        Words("How certain the year is, from 0 to 1.", "年度把握：年度的把握程度，0 至 1。"),
    ]
    stage: Annotated[
        str | None,
        Words(
            "budget (预算) or final_accounts (决算); NULL when neither is printed.",
            "预决算阶段：budget（预算）或 final_accounts（决算）；未印出时为空。",
        ),
        OneOf("budget", "final_accounts"),
        PUBLISHED,
    ]
    stage_from: Annotated[
        str | None,
        Words(
            "Where the stage was read, of several places where most spoke for it: cover, title "
            "(of a form), heading, "
            "column (of a form) or prose.",
            "阶段来源：预决算阶段读自何处，有多处时为最有力的一处：cover（封面）、title（表名）、heading（章节标题）、"
            "column（列标题）或 prose（正文）。",
        ),
        OneOf("cover", "title", "heading", "column", "prose"),
    ]
    stage_certainty: Annotated[
        Decimal | None,
        Words("How certain the stage is, from 0 to 1.", "阶段把握：预决算阶段的把握程度，0 至 1。"),
    ]
    scope: Annotated[
        str | None,
        Words(
            "own (本级, the publisher alone) or consolidated (汇总, with the units below it); NULL "
            "when not printed.",
            "公开口径：own（本级，仅本部门）或 consolidated（汇总，含所属单位）；未印出时为空。",
        ),
        OneOf("own", "consolidated"),
    ]
    scope_from: Annotated[
        str | None,
        Words(
            "Where the scope was read: as publisher_name_from, for it stands behind the name.",
            "口径来源：公开口径写在公开主体名称之后，来源与名称来源相同。",
        ),
    ]
    secrecy_review: Annotated[
        str | None,
        Words(
            "What the document says of its secrecy review (保密审查情况), as printed.",
            "保密审查情况：文件所写，照原文。",
        ),
    ]
    approval_review: Annotated[
        str | None,
        Words(
            "What the document says of its approval (负责人审签情况), as printed.",
            "负责人审签情况：文件所写，照原文。",
        ),
    ]
    extractor_version: Annotated[
        str,
        Words(
            "Version of the reading code and vocabulary that produced the document's rows.",
            "读取程序版本：读出该文件各行的程序和词表的版本。",
        ),
    ]
    status: Annotated[
        str,
        Words(
            "read; failed when nothing could be read from it; not_a_disclosure when it was read "
            "and is no budget or "
            "final accounts, nor a part of them: its figures are in staging.rejects.",
            "读取状态：read（已读取）；什么也读不出时为 failed（失败）；"
            "已读取而不是预决算公开文件（或其一部分）的为 "
            "not_a_disclosure，其数字列在未读懂表中。",
        ),
        OneOf("read", "failed", "not_a_disclosure"),
    ]
    failure_reason: Annotated[
        str | None,
        Words(
            "What a person can do about a failed document, what one is that is no disclosure, or why "
            "pages of a read one were recognised as pictures although they hold text; else NULL.",
            "失败原因：读取失败的文件可以如何处理；不是预决算公开文件的是什么；或已读取的文件中，含文字的页面为何"
            "按图像识别；其余为空。",
        ),
    ]
    numeric_cell_count: Annotated[
        int | None,
        Words(
            "Numeric cells in all grids of the document, counted by the reader before anything is "
            "understood.",
            "数字单元格数：文件全部表格中的数字单元格个数，在理解内容之前由读取程序计数。",
        ),
    ]
    is_template: Annotated[
        bool,
        Words(
            "Whether it is a blank set of forms (空白模板) whose placeholders nobody filled in: it "
            "yields no facts.",
            "是否空白模板：是否为无人填写、只有模板空项的空白模板；空白模板不产生数据。",
        ),
    ]
    page_count: Annotated[
        int | None,
        Words(
            "Pages of a paged document, sheets of a workbook; NULL where the format has neither.",
            "页数：分页文件的页数或工作簿的工作表数；两者都没有时为空。",
        ),
    ]
