"""Keys by which records refer to each other."""

from __future__ import annotations

from typing import Annotated

from extract.records.declaration import RefersTo, Words

DOCUMENT_ID = Words(
    "The document (文件) this row was read from: SHA-256 of the file's bytes, in hex. The same "
    "bytes found twice are one document.",
    "文件标识：本行出自哪份文件，为文件字节的 SHA-256 值（十六进制）；字节相同即为同一份文件。",
)

DocumentId = Annotated[str, DOCUMENT_ID, RefersTo("stg_documents")]

FORM_ID = Words(
    "The printed form (报表) this row belongs to; a form cut by a page break is one form.",
    "报表标识：本行所属的报表；因分页断开的报表仍算一张。",
)

FormId = Annotated[str, FORM_ID, RefersTo("stg_forms")]

FormKey = Annotated[
    str | None,
    Words(
        "Which standard form this is, the same key for every publisher and year; see "
        "marts.dim_form. NULL when the printed title is in no vocabulary row.",
        "报表代码：标准报表的统一代码，各部门、各年度通用，见 marts.dim_form；标题不在词表中时为空。",
    ),
    RefersTo("forms"),
]

LINE_ID = Words("The printed row of one side of a form.", "行标识：报表某一栏的一行。")

LineId = Annotated[str, LINE_ID, RefersTo("stg_lines")]
