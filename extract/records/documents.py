"""What is known of a document as a whole."""

from __future__ import annotations

from dataclasses import dataclass
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
            "Where the publisher's name was read: cover, caption (单位名称：…) or unit_row.",
            "名称来源：公开主体的名称读自 cover（封面）、caption（表头说明“单位名称：…”）还是 "
            "unit_row（单位行）。",
        ),
        OneOf("cover", "caption", "unit_row"),
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
    fiscal_year: Annotated[
        int | None,
        Words(
            "The budget year (年度) that the figures are about, not the year of publication.",
            "年度：数字所属的预算年度，而非公开的年份。",
        ),
        PUBLISHED,
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
    scope: Annotated[
        str | None,
        Words(
            "own (本级, the publisher alone) or consolidated (汇总, with the units below it); NULL "
            "when not printed.",
            "公开口径：own（本级，仅本部门）或 consolidated（汇总，含所属单位）；未印出时为空。",
        ),
        OneOf("own", "consolidated"),
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
            "read, or failed when nothing could be read from it.",
            "读取状态：read（已读取）；什么也读不出时为 failed（失败）。",
        ),
        OneOf("read", "failed"),
    ]
    failure_reason: Annotated[
        str | None,
        Words(
            "What a person can do about a failed document, or why pages of a read one were recognised as "
            "pictures although they hold text; else NULL.",
            "失败原因：读取失败的文件可以如何处理；或已读取的文件中，含文字的页面为何按图像识别；其余为空。",
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
            "是否空白模板：是否为无人填写、只有占位符的空白模板；空白模板不产生数据。",
        ),
    ]
    page_count: Annotated[
        int | None,
        Words(
            "Pages of a paged document, sheets of a workbook; NULL where the format has neither.",
            "页数：分页文件的页数或工作簿的工作表数；两者都没有时为空。",
        ),
    ]
