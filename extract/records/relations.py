"""What the figures of the prose say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from extract.records.declaration import UNIQUE, OneOf, Record, RefersTo, Words
from extract.records.keys import DocumentId
from extract.records.places import LineNo, PageNo


@dataclass(frozen=True, slots=True)
class Relation(Record):
    """One row per change, rate, share, sum or comparison that the prose states between its figures."""

    table: ClassVar[str] = "relations"
    chinese: ClassVar[str] = (
        "文字数据关系：每行一个文字说明中写明的数字关系，即增减额、增减率、占比、完成率、分项合计、倍数或大小比较。"
    )

    relation_id: Annotated[
        str,
        Words("The stated relation.", "关系标识：文字说明中写明的一个数字关系。", block="relation_id"),
        UNIQUE,
    ]
    document_id: DocumentId
    kind: Annotated[
        str,
        Words(
            "change (after less before) · rate_of_change (the change by what it is counted from) · share "
            "(part by whole) · completion (outcome by budget) · list_sum (a whole and the parts listed after "
            "it) · multiple (how many times another figure) · average (what there is of each of those "
            "counted) · comparison (greater, less or equal, said in words).",
            "关系类别：change（增减额）、rate_of_change（增减率）、share（占比）、completion（预算完成率）、"
            "list_sum（整体与其后所列各项之和）、multiple（为另一数的几倍）、"
            "average（平均数）或 comparison（文字所说的大小比较）。",
            block="relation_kind",
        ),
        OneOf(
            "change", "rate_of_change", "share", "completion", "list_sum", "multiple", "average", "comparison"
        ),
    ]
    claim_id: Annotated[
        str,
        Words(
            "The figure that states it: the change, the rate; of a sum its whole, of a comparison the figure "
            "before the words.",
            "表述数字标识：写明该关系的数字，即增减额或比率；分项合计为其整体，大小比较为其前的数字。",
            block="relation_claim_id",
        ),
        RefersTo("stg_claims"),
    ]
    direction: Annotated[
        str | None,
        Words(
            "up, down or equal, where the words say it.",
            "关系方向：up（增加、大于）、down（减少、小于）或 equal（持平、等于），以文字写明者为准。",
            block="relation_direction",
        ),
        OneOf("up", "down", "equal"),
    ]
    is_from_budget: Annotated[
        bool,
        Words(
            "Whether the budget of the same year is what it is counted from, not the year before.",
            "是否与预算相比：比较的对象是否为同一年度的预算，而非上年。",
            block="relation_is_from_budget",
        ),
    ]
    not_asked_because: Annotated[
        str | None,
        Words(
            "Why it cannot be asked whether it holds; NULL where it can.",
            "未核对原因：为何无法核对该关系是否成立；可以核对时为空。",
            block="relation_not_asked",
        ),
        OneOf(
            "before_not_printed",
            "after_not_printed",
            "part_not_printed",
            "whole_not_printed",
            "term_not_printed",
            "subject_not_printed",
            "subject_unclear",
            "several_figures",
            "year_unclear",
            "version_differs",
            "in_a_reason",
            "direction_open",
            "direction_differs",
            "list_unclear",
            "list_may_be_partial",
            "whole_unclear",
            "about_equal",
        ),
    ]
    quantity: Annotated[
        int | None,
        Words(
            "How many there are, of an average; NULL of anything else.",
            "个数：平均数所依据的个数；其他关系为空。",
            block="relation_quantity",
        ),
    ]
    page_no: PageNo
    line_no: LineNo


@dataclass(frozen=True, slots=True)
class RelationTerm(Record):
    """One row per figure that a relation of the prose is between."""

    table: ClassVar[str] = "relation_terms"
    chinese: ClassVar[str] = "文字数据关系各项：每行一个文字数据关系所涉及的数字。"

    relation_id: Annotated[
        str,
        Words("The stated relation.", "关系标识：文字说明中写明的一个数字关系。", block="relation_id"),
        RefersTo("stg_relations"),
    ]
    document_id: DocumentId
    term_no: Annotated[
        int,
        Words(
            "Its place in the relation, from 1.",
            "项序：在该关系中的次序，从 1 起。",
            block="relation_term_no",
        ),
    ]
    role: Annotated[
        str,
        Words(
            "after, before, change, part or whole.",
            "角色：after（变动后）、before（变动前）、change（增减额）、part（部分）或 whole（整体）。",
            block="relation_role",
        ),
        OneOf("after", "before", "change", "part", "whole"),
    ]
    claim_id: Annotated[
        str,
        Words("The figure.", "文字数据标识：该项的数字。", block="relation_term_claim_id"),
        RefersTo("stg_claims"),
    ]
