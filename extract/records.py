r"""What leaves ``extract``: one frozen record type per staging table.

These classes are the only border between reading and reconciling. The polars schema of every staged frame
is derived from them (:func:`schema`), and a test holds dbt's source list to them, so a column cannot exist
in one place only.

Conventions shared by all records:

* ``document_id`` is the SHA-256 of the file's bytes, in hex.
* Places: ``page_no`` is the 1-based page (or sheet) of a paged document, NULL for text; ``line_no`` the
  1-based line of a text document (split at ``"\n"`` alone) or of the page; ``field_no`` the 0-based tab field
  or grid column. See ``extract.blocks`` for each format.
* ``bbox_*`` is the cell's rectangle on its upright page, in points from the top left corner; NULL where the
  format has no pages. ``confidence`` (0 to 1) is that of the recognition, NULL for what was not recognised in
  a picture.
* ``*_text`` is exactly as printed; ``*_yuan`` is exact, in yuan, ``DECIMAL(20,2)``.
* NULL means "not printed or not known"; an empty string never occurs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from types import UnionType
from typing import ClassVar, Union, get_args, get_origin, get_type_hints

import polars as pl


@dataclass(frozen=True, slots=True)
class Record:
    """Base of every staged record: a table name and typed columns."""

    table: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One row per document that was landed, whether or not it could be read."""

    table: ClassVar[str] = "documents"

    document_id: str
    file_name: str
    media_type: str  # from the bytes, never from the name
    encoding: str | None  # of text documents: utf-8, utf-8-sig, gb18030, utf-16
    publisher_name: str | None  # the department or unit whose money it is, scope suffix removed
    publisher_name_from: str | None  # cover | caption | unit_row: in order of trust
    parent_name: str | None
    document_level: str | None  # department (部门预算, 部门决算) | unit (单位预算), as the cover says
    region: str | None  # the county, city or province in the publisher's name, as printed there
    province: str | None  # as the name says, or as regions.csv says of the county or city
    city: str | None
    county: str | None
    fiscal_year: int | None
    stage: str | None  # budget | final_accounts
    scope: str | None  # own (本级) | consolidated (汇总); NULL when not printed
    secrecy_review: str | None  # 保密审查情况, as printed
    approval_review: str | None  # 负责人审签情况, as printed
    extractor_version: str
    status: str  # read | failed
    failure_reason: str | None
    numeric_cell_count: int | None  # numeric cells in all grids, counted by the reader
    is_template: bool  # a blank set of forms whose placeholders nobody filled in
    page_count: int | None  # pages or sheets; NULL where the format has none


@dataclass(frozen=True, slots=True)
class Form(Record):
    """One row per printed form, also blank, illegible and template ones."""

    table: ClassVar[str] = "forms"

    form_id: str
    document_id: str
    form_no: int  # 1-based order in the document
    form_key: str | None  # NULL when the title is in no vocabulary row
    printed_number: str | None  # 表5, 公开03表
    printed_title: str | None
    unit_text: str | None  # as printed
    unit: str | None  # 元 | 万元 | 亿元; NULL when printed nowhere
    subject: str | None  # project or unit a performance form is about
    is_blank: bool  # printed without any figure or text in its body
    is_template: bool  # carries template placeholders only (指标1: …)
    is_illegible: bool
    declared_in_contents: bool | None  # NULL when the document has no contents list
    declared_blank: bool | None
    blank_reason: str | None
    first_page: int | None
    first_line: int | None


@dataclass(frozen=True, slots=True)
class ContentsEntry(Record):
    """One row per entry of a document's list of forms (报表目录)."""

    table: ClassVar[str] = "contents"

    document_id: str
    entry_no: int
    printed_number: str | None
    printed_title: str
    form_key: str | None
    declared_blank: bool | None
    blank_reason: str | None
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Column(Record):
    """One row per money column of a form: what its header says."""

    table: ClassVar[str] = "columns"

    form_id: str
    document_id: str
    side_no: int  # 0-based; side-by-side tables share a grid
    col_no: int  # 0-based grid column, as in the header
    column_path: str  # header texts from top to bottom, joined by "/"; (无表头) where none is printed
    measure: str | None  # total, personnel, public_operating, special_project, basic, project …
    fund: str | None  # all, general_public, government_fund, state_capital, business …
    budget_version: str | None = (
        None  # budget | adjusted_budget | final | execution, where the header says it
    )
    column_year: str | None = None  # previous | current | four digits, where the header says it
    nature: str | None = None  # figure | change; NULL where nothing is known of the column


@dataclass(frozen=True, slots=True)
class Line(Record):
    """One row per printed row of one side of a form, also when every amount in it is blank."""

    table: ClassVar[str] = "lines"

    line_id: str
    form_id: str
    document_id: str
    form_key: str | None
    side_no: int
    side_key: str  # revenue, function, economic, economic_government, unit, unit_project, period, item …
    row_no: int  # 1-based, in the stitched form
    page_no: int | None
    line_no: int | None
    row_label: str | None
    label_plain: str | None  # numbering, inner spaces and 其中 removed
    row_kind: str  # item, subtotal, total, memo, repeat
    line_key: str | None  # structural meaning from row_labels.csv: grand_total, current_total, carry_in …
    outline_level: int | None  # of numbered or nested labels; smaller is nearer the root
    code: str | None  # function, departmental economic or unit code
    economic_code_government: str | None
    detail: str | None  # the text beside the label: what a task or project is about (主要内容, 项目简介)
    doubt: str | None  # how a row that was not printed straight was repaired: realigned; else NULL


@dataclass(frozen=True, slots=True)
class Amount(Record):
    """One row per printed money cell. A line and a money column without an amount are a blank cell."""

    table: ClassVar[str] = "amounts"

    amount_id: str
    document_id: str
    form_id: str
    form_key: str | None
    line_id: str
    side_no: int
    side_key: str
    page_no: int | None
    line_no: int | None
    field_no: int | None
    row_no: int
    col_no: int
    row_label: str | None
    row_kind: str
    code: str | None
    economic_code_government: str | None
    column_path: str
    measure: str | None
    fund: str | None
    amount_text: str
    amount_kind: str  # number | zero | dash
    unit: str | None  # 元 | 万元 | 亿元; NULL when nowhere printed
    amount_yuan: Decimal | None  # NULL for a dash and when the unit is unknown
    last_digit_yuan: Decimal | None  # what one step of the last printed digit is worth
    confidence: Decimal | None
    bbox_left: Decimal | None
    bbox_top: Decimal | None
    bbox_right: Decimal | None
    bbox_bottom: Decimal | None
    budget_version: str | None = None  # as of its column
    column_year: str | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Record):
    """One row per performance indicator."""

    table: ClassVar[str] = "indicators"

    indicator_id: str
    document_id: str
    form_id: str
    form_key: str | None
    part_no: int | None  # of a printed row that lists several indicators; NULL for a row of one
    subject: str | None
    level_1: str | None
    level_2: str | None
    level_3: str | None
    indicator: str | None
    target_text: str | None
    actual_text: str | None
    comparator: str | None  # = ≥ ≤ > < range
    target_number: Decimal | None  # of a range, the lower end
    target_number_high: Decimal | None  # the upper end of a range
    target_unit: str | None
    actual_number: Decimal | None
    actual_unit: str | None
    is_quantitative: bool
    is_achieved: bool | None  # NULL where target and result cannot be compared
    note_text: str | None
    weight_text: str | None  # 分值
    score_text: str | None  # 得分, in self-evaluations
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """One row per amount, or rate of money, stated in the prose."""

    table: ClassVar[str] = "claims"

    claim_id: str
    document_id: str
    section: str | None  # the headings above, joined by " / "
    paragraph_no: int | None  # 1-based in the document; NULL for what a form states
    subject: str | None  # what it is said of, as printed
    code: str | None  # functional or economic code printed with the subject
    kind: str  # level | change | share | rate
    stated_as: str | None  # budgeted | actual, where the words say so
    whole: str | None  # what a share or a rate is of, as printed
    direction: str | None  # up | down, of a change and its rate
    compared_with: str | None  # last_year | budget | a year
    basis_year: int | None  # the year that the figure is of; of a change, the year compared with
    year_text: str | None  # the year printed for it: four digits, 上年 or 去年; NULL where none is printed
    reason: str | None
    amount_text: str  # as printed, with its unit
    unit: str | None  # 元 | 万元 | 亿元 | %
    amount_yuan: Decimal | None
    last_digit_yuan: Decimal | None
    rate_percent: Decimal | None
    page_no: int | None
    line_no: int | None
    confidence: Decimal | None


@dataclass(frozen=True, slots=True)
class Count(Record):
    """One row per head count, or count of vehicles or equipment, stated in the prose."""

    table: ClassVar[str] = "counts"

    count_id: str
    document_id: str
    section: str | None
    topic: str  # staffing | assets
    count_key: str  # see count_subjects.csv
    subject: str
    count_text: str
    unit: str  # 人 | 辆 | 台
    quantity: int
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Remark(Record):
    """One row per thing said in words that tells without being an amount."""

    table: ClassVar[str] = "remarks"

    remark_id: str
    document_id: str
    form_id: str | None  # NULL for the prose
    kind: str  # placeholder | instruction | doubled_word | no_change | form_year
    section: str | None
    subject: str | None  # what no_change is said of, as printed
    compared_with: str | None  # of no_change: last_year | budget | a year
    text: str  # the few words that say it, as printed
    year: int | None  # of form_year
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Reject(Record):
    """One row per printed thing that was not understood."""

    table: ClassVar[str] = "rejects"

    document_id: str
    form_id: str | None
    page_no: int | None
    line_no: int | None
    field_no: int | None
    printed_text: str
    reason_code: str
    hint: str | None  # what was printed and the vocabulary row that would let it be read
    bbox_left: Decimal | None
    bbox_top: Decimal | None
    bbox_right: Decimal | None
    bbox_bottom: Decimal | None


@dataclass(frozen=True, slots=True)
class NumericCell(Record):
    """One row per numeric cell of any grid, and the one place it ended: the ledger behind conservation."""

    table: ClassVar[str] = "numeric_cells"

    document_id: str
    form_id: str | None
    page_no: int | None
    line_no: int | None
    field_no: int | None
    printed_text: str
    # amounts, codes, ordinals, column_numbers, quantities, rates, descriptions, contents, indicators, claims,
    # rejects
    destination: str
    confidence: Decimal | None
    bbox_left: Decimal | None
    bbox_top: Decimal | None
    bbox_right: Decimal | None
    bbox_bottom: Decimal | None


RECORDS: tuple[type[Record], ...] = (
    Document,
    Form,
    ContentsEntry,
    Column,
    Line,
    Amount,
    Indicator,
    Claim,
    Count,
    Remark,
    Reject,
    NumericCell,
)

MONEY = pl.Decimal(20, 2)
QUANTITY = pl.Decimal(24, 6)
_MONEY_SUFFIX = "_yuan"


def schema(record: type[Record]) -> pl.Schema:
    """Polars schema of a record's staged frame, in column order.

    ``Decimal`` fields ending in ``_yuan`` become ``Decimal(20, 2)``, all other decimals ``Decimal(24, 6)``.
    """
    hints = get_type_hints(record)
    return pl.Schema({field.name: _dtype(field.name, hints[field.name]) for field in fields(record)})


def _dtype(name: str, hint: object) -> pl.DataType:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
    if hint is Decimal:
        return MONEY if name.endswith(_MONEY_SUFFIX) else QUANTITY
    return {str: pl.String(), int: pl.Int64(), bool: pl.Boolean()}[hint]  # type: ignore[index]
