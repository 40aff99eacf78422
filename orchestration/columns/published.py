"""The columns that every published amount has, and the facts with it.

Those of ``staging.amounts``, of its line and of its document are marked in the records; here are those that
the marts add, and what facts say otherwise than staging. ``marts/int_published_amounts.sql`` has them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, ClassVar

from extract.records import Amount, Document, Line, Record, declared_columns
from extract.records.declaration import UNIQUE, DeclaredColumn, OneOf, RefersTo, Tested, Words

_ORDER = (
    *("amount_id", "document_id", "publisher_name", "fiscal_year", "stage", "form_id", "form_key", "line_id"),
    *("form_fact", "flow"),
    *("side_no", "side_key", "code", "economic_code_government", "name", "row_kind", "line_key", "is_leaf"),
    *("column_path", "measure", "fund"),
    *("amount_text", "unit", "amount_yuan", "last_digit_yuan", "trust"),
    *("page_no", "line_no", "field_no", "row_no", "col_no"),
    "corrected_yuan",
)
"""A column that is not named here stands after the one that it follows in its record."""

_TESTED: dict[str, tuple[Tested, ...]] = {
    "amount_id": (UNIQUE,),
    "document_id": (RefersTo("dim_document"),),
    "publisher_name": (RefersTo("dim_publisher"),),
    "form_key": (RefersTo("dim_form"),),
    "trust": (OneOf("reconciled", "unchecked", "disputed"),),
}
_NEVER_NULL = {"unit", "amount_yuan"}
_WORKED_WITH = {"form_fact", "flow", "side_no", "side_key", "last_digit_yuan"}
"""What the facts are cut by, and show none of."""


@dataclass(frozen=True, slots=True)
class PublishedAmount(Record):
    """One row per printed amount that a mart may show: what the marts say of it by themselves."""

    table: ClassVar[str] = "published_amounts"
    chinese: ClassVar[str] = "可公布金额：每行一个可以进入事实表的印刷金额。"

    form_fact: Annotated[
        str | None,
        Words(
            "Which fact the form's amounts belong to, as in marts.dim_form.",
            "所属事实表：报表的金额归入哪张事实表，同 marts.dim_form。",
        ),
    ]
    flow: Annotated[
        str | None,
        Words(
            "spending, revenue, balance (carried in or out) or rate (no money at all), told by the "
            "column, the side or the form; NULL where none says.",
            "收支方向：spending（支出）、revenue（收入）、balance（上年转入或结转下年）或 rate（比率，"
            "不是金额），由列、栏或报表决定；都未说明时为空。",
        ),
    ]
    name: Annotated[
        str | None,
        Words(
            "What the row is about, as printed but without its numbering, inner spaces and 其中.",
            "名称：该行的项目、科目或单位名称，去掉序号、空格和“其中”。",
        ),
    ]
    is_leaf: Annotated[
        bool,
        Words(
            "True for an item that no other row of the same side details further. Within one form, one "
            "side, one measure and one fund the leaves add up to the total of the year; rows that are "
            "not leaves restate them, or carry money in from or out to another year.",
            "是否末级：同一栏中没有其他行再细分它的明细行；同一报表、同一栏、同一金额口径和资金性质下，"
            "末级行之和等于全年合计；非末级行是重复列示，或为上年转入、结转下年的资金。",
        ),
    ]
    amount_yuan: Annotated[
        Decimal,
        Words(
            "The amount in yuan, exact. Dashes and amounts of unknown unit stay in staging.amounts.",
            "金额（元）：折算为元的精确金额；短横线和单位不明的金额只留在 staging.amounts。",
            block="known_amount_yuan",
        ),
    ]
    trust: Annotated[
        str,
        Words(
            "What the document's own arithmetic says of this figure. reconciled: every identity it "
            "takes part in holds, or another figure was found to be wrong in those that do not · "
            "unchecked: no identity could be asked · disputed: it was found to be wrong, or takes part "
            "in one that breaks and nobody knows why; the publisher printed it so · quarantined: we "
            "may have misread it, or its unit is printed nowhere. Decided in "
            "reconciliation.amount_trust alone.",
            "可信度：文件自身的核对关系对这一数字的判断。reconciled（已核对）：所涉核对关系都相符，"
            "或不成立者已查明是其他数字有误；unchecked（无可核对关系）：没有可以核对的核对关系；"
            "disputed（核对不符）：已查明有误，或所涉核对关系不符而原因不明，原文如此；"
            "quarantined（待人工核实，未入库）：可能是读取有误，或未注明金额单位。"
            "只在 reconciliation.amount_trust 中判定。",
        ),
    ]
    corrected_yuan: Annotated[
        Decimal | None,
        Words(
            "The figure meant, where people decided so (seeds.corrections); NULL otherwise. "
            "amount_yuan stays as printed.",
            "更正金额（元）：经人工认定本来应为的金额（见 seeds.corrections）；没有更正时为空。"
            "金额（元）一列仍照原文。",
        ),
    ]


def published_columns() -> list[DeclaredColumn]:
    """The columns of ``int_published_amounts``, in order: types and words alone.

    An ephemeral model has no contract that is enforced, and nothing is tested of it.
    """
    return [replace(column, is_nullable=True, tests=()) for column in _columns()]


def fact_columns() -> list[DeclaredColumn]:
    """Those of them that facts show, with what is never NULL and what is tested there.

    What staging tests of a column is not tested again in five facts.
    """
    return [
        replace(
            column,
            is_nullable=column.is_nullable and column.name not in _NEVER_NULL,
            tests=_TESTED.get(column.name, ()),
        )
        for column in _columns()
        if column.name not in _WORKED_WITH
    ]


def _columns() -> list[DeclaredColumn]:
    columns: dict[str, DeclaredColumn] = {}
    order = list(_ORDER)
    for record in (PublishedAmount, Amount, Line, Document):
        of_record = [
            column for column in declared_columns(record) if column.is_published or record is PublishedAmount
        ]
        columns = {column.name: column for column in of_record} | columns
        _put_in_order([column.name for column in of_record], order)
    return [columns[name] for name in order]


def _put_in_order(names: Iterable[str], order: list[str]) -> None:
    """Give each name that has no place the one after the name before it."""
    place = len(order)
    for name in names:
        if name not in order:
            order.insert(place, name)
        place = order.index(name) + 1
