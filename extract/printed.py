"""What forms give: records of one document in printed text only. ``normalize`` turns them into staging.

A printed record holds what stands on the paper and where; it holds no number, no unit of account and no
judgement. Ids are made here, because they are places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import get_args, get_type_hints

import polars as pl

from extract.records import QUANTITY

DOCUMENT_ID_PREFIX = 16  # hex digits of the SHA-256 that ids start with; 64 bits


@dataclass(frozen=True, slots=True)
class PrintedFacts:
    """What a document's cover and captions say of it."""

    document_id: str
    file_name: str
    media_type: str
    extractor_version: str
    status: str
    failure_reason: str | None = None
    encoding: str | None = None
    publisher_text: str | None = None
    publisher_from: str | None = None
    publisher_certainty: Decimal | None = None
    publisher_places: str | None = None  # the places of the list that its name begins with, between bars
    publisher_rest: str | None = None  # what stands behind them
    title_places: str | None = None  # of what the title names beside the publisher
    title_rest: str | None = None
    parent_name: str | None = None
    document_level: str | None = None
    document_level_from: str | None = None
    document_kind: str | None = None
    year_text: str | None = None
    year_from: str | None = None
    year_certainty: Decimal | None = None
    stage: str | None = None
    stage_from: str | None = None
    stage_certainty: Decimal | None = None
    secrecy_review: str | None = None
    approval_review: str | None = None
    numeric_cell_count: int | None = None
    is_template: bool = False
    page_count: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One printed form."""

    form_id: str
    document_id: str
    form_no: int
    form_key: str | None
    printed_number: str | None
    printed_title: str | None
    unit_text: str | None
    subject: str | None
    is_blank: bool
    is_template: bool
    is_illegible: bool
    fund: str | None
    recognised_by: str | None
    certainty: Decimal
    first_page: int | None
    first_line: int | None
    has_unit_mark: bool = True  # something near it looks like a unit of money


@dataclass(frozen=True, slots=True)
class PrintedContentsEntry:
    """One entry of a list of forms."""

    document_id: str
    entry_no: int
    printed_number: str | None
    printed_title: str
    form_key: str | None
    blank_text: str | None
    blank_reason: str | None
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """One money column."""

    form_id: str
    document_id: str
    side_no: int
    col_no: int
    column_path: str
    measure: str | None
    fund: str | None
    budget_version: str | None = None
    column_year: str | None = None
    nature: str | None = None
    part_of_col: int | None = None
    is_fund_open: bool = False  # its header may name a source that no word tells: not that of the form


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One row of one side of a form."""

    line_id: str
    form_id: str
    document_id: str
    side_no: int
    side_key: str
    row_no: int
    page_no: int | None
    line_no: int | None
    row_label: str | None
    label_plain: str | None
    row_kind: str
    line_key: str | None
    outline_level: int | None
    code: str | None
    economic_code_government: str | None
    detail: str | None
    doubt: str | None
    code_name: str | None = None  # beside the code, where the label is another's


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """One printed money cell."""

    amount_id: str
    document_id: str
    form_id: str
    line_id: str
    col_no: int
    page_no: int | None
    line_no: int | None
    field_no: int | None
    amount_text: str
    doubt: str | None = None
    stored_text: str | None = None
    confidence: float | None = None
    bbox_left: float | None = None
    bbox_top: float | None = None
    bbox_right: float | None = None
    bbox_bottom: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedIndicator:
    """One row of a performance form."""

    indicator_id: str
    document_id: str
    form_id: str
    project: str | None  # of a list of several; of a form of one project its subject
    level_1: str | None
    level_2: str | None
    level_3: str | None
    indicator: str | None
    target_text: str | None
    actual_text: str | None
    note_text: str | None
    weight_text: str | None
    score_text: str | None
    review_score_text: str | None
    level_1_points_text: str | None  # 20 of 数量指标（20分）, as for the other
    level_2_points_text: str | None
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedClaim:
    """One amount or budget rate stated in the prose, or a rate in the head of a performance form."""

    claim_id: str
    document_id: str
    section: str | None = None
    paragraph_no: int | None = None
    subject: str | None = None
    code: str | None = None
    claim_text: str  # number and unit, or rate, as printed
    kind: str  # level | change | share | rate
    stated_as: str | None = None  # budgeted | actual, where the words say so
    budget_version: str | None = None  # budget | adjusted_budget | final | execution, where the words say so
    whole: str | None = None  # what a share or a rate is of
    direction: str | None = None  # up | down
    compared_with: str | None = None  # 上年, 预算数 …
    year_text: str | None = None  # a year, or 上年
    reason: str | None = None
    page_no: int | None = None
    line_no: int | None = None
    confidence: float | None = None
    form_id: str | None = None  # of a performance form in a cell of which it stands, as is field_no
    field_no: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedRelation:
    """What figures of the prose say of each other, as the words put it."""

    relation_id: str
    document_id: str
    kind: str  # change | rate_of_change | share | completion | list_sum | multiple | average | comparison
    claim_id: str  # the figure that states it; of a sum its whole, of a comparison in words the figure before
    direction: str | None  # up | down | equal
    is_from_budget: bool
    not_asked_because: str | None
    quantity: int | None  # how many there are, of an average
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class PrintedRelationTerm:
    """One figure that a relation is between."""

    relation_id: str
    document_id: str
    term_no: int
    role: str  # after | before | change | part | whole
    claim_id: str


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """One count of people or things stated in the prose."""

    count_id: str
    document_id: str
    section: str | None
    topic: str  # staffing | assets | activity | other
    count_key: str
    subject: str | None  # as printed, folded
    as_of: str | None  # 截至2023年底
    count_text: str
    unit_text: str  # 人, 辆, 台, 批次 …
    page_no: int | None
    line_no: int | None
    form_id: str | None = None  # of a performance form in a cell of which it stands, as is field_no
    field_no: int | None = None
    part_of: str | None = None  # the count that it is said to be a part of


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRemark:
    """A few words that tell without being an amount: a placeholder, 持平, the year in a form's title."""

    remark_id: str
    document_id: str
    form_id: str | None = None
    kind: str  # placeholder | instruction | open_choice | doubled_word | no_change | form_year …
    section: str | None = None
    subject: str | None = None  # what no_change is said of
    compared_with: str | None = None  # 上年, 预算数 …
    text: str
    year_text: str | None = None
    page_no: int | None = None
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedReject:
    """One printed thing that was not understood."""

    document_id: str
    form_id: str | None
    page_no: int | None
    line_no: int | None
    field_no: int | None
    printed_text: str
    reason_code: str
    hint: str | None
    bbox_left: float | None = None
    bbox_top: float | None = None
    bbox_right: float | None = None
    bbox_bottom: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedNumericCell:
    """One numeric cell and where it ended."""

    document_id: str
    form_id: str | None
    page_no: int | None
    line_no: int | None
    field_no: int | None
    printed_text: str
    destination: str
    confidence: float | None = None
    bbox_left: float | None = None
    bbox_top: float | None = None
    bbox_right: float | None = None
    bbox_bottom: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """All printed records of one document."""

    facts: PrintedFacts
    forms: tuple[PrintedForm, ...] = ()
    contents: tuple[PrintedContentsEntry, ...] = ()
    columns: tuple[PrintedColumn, ...] = ()
    lines: tuple[PrintedLine, ...] = ()
    amounts: tuple[PrintedAmount, ...] = ()
    indicators: tuple[PrintedIndicator, ...] = ()
    claims: tuple[PrintedClaim, ...] = ()
    relations: tuple[PrintedRelation, ...] = ()
    relation_terms: tuple[PrintedRelationTerm, ...] = ()
    counts: tuple[PrintedCount, ...] = ()
    remarks: tuple[PrintedRemark, ...] = ()
    rejects: tuple[PrintedReject, ...] = ()
    numeric_cells: tuple[PrintedNumericCell, ...] = field(default=())


PRINTED_TABLES: dict[str, type] = {
    "documents": PrintedFacts,
    "forms": PrintedForm,
    "contents": PrintedContentsEntry,
    "columns": PrintedColumn,
    "lines": PrintedLine,
    "amounts": PrintedAmount,
    "indicators": PrintedIndicator,
    "claims": PrintedClaim,
    "relations": PrintedRelation,
    "relation_terms": PrintedRelationTerm,
    "counts": PrintedCount,
    "remarks": PrintedRemark,
    "rejects": PrintedReject,
    "numeric_cells": PrintedNumericCell,
}

_DTYPES = {
    str: pl.String(),
    int: pl.Int64(),
    bool: pl.Boolean(),
    float: pl.Float64(),
    Decimal: QUANTITY,
}


def printed_frames(documents: Sequence[PrintedDocument]) -> dict[str, pl.DataFrame]:
    """Gather many documents' printed records into one frame per table; all tables are always there."""
    frames = {}
    for table, record in PRINTED_TABLES.items():
        if table == "documents":
            rows = [document.facts for document in documents]
        else:
            rows = [row for document in documents for row in getattr(document, table)]
        frames[table] = pl.DataFrame(
            [
                _series(name, [getattr(row, name) for row in rows], dtype)
                for name, dtype in _printed_schema(record)
            ]
        )
    return frames


def _series(name: str, values: list[object], dtype: pl.DataType) -> pl.Series:
    """Decimals go through their text: handed over as they are, polars would import numpy for them."""
    if dtype != QUANTITY:
        return pl.Series(name, values, dtype)
    texts = [None if value is None else format(value, "f") for value in values]
    return pl.Series(name, texts, pl.String()).cast(dtype)


@cache
def _printed_schema(record: type) -> tuple[tuple[str, pl.DataType], ...]:
    hints = get_type_hints(record)
    return tuple((column.name, _DTYPES[_bare(hints[column.name])]) for column in fields(record))


def _bare(hint: object) -> type:
    named = [arg for arg in get_args(hint) if arg is not type(None)]
    return named[0] if named else hint  # type: ignore[return-value]
