"""A draft held against what was approved: another figure of the same coordinate, or in the same place.

What was approved is any file that can be read: an export of the system of budgets or final accounts, or the
last published edition. It need have no cover: it is taken to be of the draft's publisher, year and stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

if TYPE_CHECKING:
    import duckdb

_TARGETS = ("int_amount_coordinates", "int_cells")
_OF_THE_DRAFT = ("publisher_name", "fiscal_year", "stage")
# Each figure with what it is of: its coordinate where that is known, else where it stands in its form.
_FIGURES = """
    select
        documents.file_name,
        documents.document_id = $approved as is_approved,
        coalesce(forms.form_key, regexp_replace(coalesce(forms.printed_title, ''), '\\s', '', 'g')) as form,
        coalesce(forms.printed_title, '') as form_title,
        coalesce(regexp_replace(cells.row_label, '\\s', '', 'g'), '合计') as row_label,
        coalesce(columns.column_path, '') as column_label,
        cells.amount_text,
        cells.unit,
        cells.value_yuan,
        cells.last_digit_yuan,
        cells.page_no,
        cells.line_no,
        cells.cell_state,
        case
            when
                coordinates.is_stated_as_such
                and coordinates.flow is not null
                and coordinates.fund is not null
                and coordinates.function_code is not null
                and coordinates.subject is not null
                and coordinates.project is not null
                then concat_ws(
                    '|', coordinates.scope, coordinates.fiscal_year, coordinates.budget_version,
                    coordinates.flow, coordinates.fund, coordinates.spending_kind, coordinates.function_code,
                    coordinates.economic_code, coordinates.economic_code_government, coordinates.subject,
                    coordinates.project
                )
        end as coordinate,
        concat_ws(
            '|', lines.side_key, lines.row_kind, lines.code, lines.parent_label, lines.label_plain,
            lines.detail, lines.project_name, lines.economic_code_government, cells.measure, cells.fund,
            columns.column_year, columns.budget_version,
            case when cells.measure is null then columns.column_path end
        ) as place
    from reconciliation.int_cells as cells
    inner join staging.documents as documents using (document_id)
    inner join reconciliation.int_lines as lines using (line_id)
    inner join staging.forms as forms on cells.form_id = forms.form_id
    inner join staging.columns as columns
        on
            cells.form_id = columns.form_id
            and cells.side_no = columns.side_no
            and cells.col_no = columns.col_no
    left join reconciliation.int_amount_coordinates as coordinates using (cell_id)
    where
        cells.cell_state in ('printed', 'dash', 'unit_missing')
        and lines.row_kind != 'repeat'
"""
_DIFFERENCES = """
    with numbered as (
        select
            *,
            coalesce(coordinate, place) as stands_for,
            -- a form may state one thing several times
            row_number() over (
                partition by is_approved, form, coalesce(coordinate, place)
                order by page_no, line_no, column_label
            ) as turn
        from figures
    ),

    approved as (select * from numbered where is_approved),

    drafted as (select * from numbered where not is_approved),

    forms_of_both as (select form from approved intersect select form from drafted),

    -- a form that both have is compared cell by cell: what only one of them states is a difference, too
    by_place as (
        select
            approved.file_name as approved_file,
            drafted.file_name as draft_file,
            coalesce(drafted.form_title, approved.form_title) as form_title,
            coalesce(drafted.row_label, approved.row_label) as row_label,
            coalesce(drafted.column_label, approved.column_label) as column_label,
            approved.amount_text as approved_text,
            drafted.amount_text as draft_text,
            approved.unit as approved_unit,
            drafted.unit as draft_unit,
            approved.value_yuan as approved_yuan,
            drafted.value_yuan as draft_yuan,
            approved.last_digit_yuan as approved_digit,
            drafted.last_digit_yuan as draft_digit,
            approved.page_no as approved_page,
            approved.line_no as approved_line,
            drafted.page_no as draft_page,
            drafted.line_no as draft_line,
            coalesce(approved.cell_state = 'unit_missing', false)
            or coalesce(drafted.cell_state = 'unit_missing', false) as has_no_unit
        from (select * from approved semi join forms_of_both using (form)) as approved
        full join (select * from drafted semi join forms_of_both using (form)) as drafted
            using (form, stands_for, turn)
    ),

    -- a form that only the approved file has, or the draft under another name, by what its figures are of
    elsewhere as (
        select
            approved.*,
            list(drafted.value_yuan) as drafted_yuan,
            max(drafted.last_digit_yuan) as draft_digit,
            arg_min(drafted, drafted.line_no) as first_drafted
        from (select * from approved anti join forms_of_both using (form)) as approved
        inner join drafted on approved.coordinate = drafted.coordinate
        where approved.cell_state != 'unit_missing' and drafted.cell_state != 'unit_missing'
        group by all
    ),

    by_coordinate as (
        select
            file_name as approved_file,
            first_drafted.file_name as draft_file,
            first_drafted.form_title as form_title,
            first_drafted.row_label as row_label,
            first_drafted.column_label as column_label,
            amount_text as approved_text,
            first_drafted.amount_text as draft_text,
            unit as approved_unit,
            first_drafted.unit as draft_unit,
            value_yuan as approved_yuan,
            first_drafted.value_yuan as draft_yuan,
            last_digit_yuan as approved_digit,
            draft_digit,
            page_no as approved_page,
            line_no as approved_line,
            first_drafted.page_no as draft_page,
            first_drafted.line_no as draft_line,
            false as has_no_unit
        from elsewhere
        where not list_bool_or(
            list_transform(
                drafted_yuan, each -> abs(each - value_yuan) <= (draft_digit + last_digit_yuan) / 2
            )
        )
    ),

    told as (
        select *, 'cell' as matched_by from by_place
        where
            not has_no_unit
            and abs(coalesce(draft_yuan, 0) - coalesce(approved_yuan, 0))
            > case when coalesce(draft_digit, 0) <= 0.01 then 0 else draft_digit / 2 end
            + case when coalesce(approved_digit, 0) <= 0.01 then 0 else approved_digit / 2 end
        union all by name
        select *, 'coordinate' as matched_by from by_coordinate
    )

    select
        draft_file, form_title, row_label, column_label, draft_text, draft_unit, draft_yuan, draft_page,
        draft_line, approved_text, approved_unit, approved_yuan, approved_page, approved_line, matched_by
    from told
    order by
        draft_page nulls last, draft_line nulls last, approved_page nulls last, approved_line, column_label
"""
_COMPARED = """
    select count(*) from figures as approved
    where
        approved.is_approved and approved.cell_state != 'unit_missing' and exists (
            select 1 from figures as drafted
            where not drafted.is_approved and (
                (drafted.form = approved.form and drafted.place = approved.place)
                or drafted.coordinate = approved.coordinate
            )
        )
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the draft and the approved file state differently; None where one does not state it."""

    draft_file: str | None
    form_title: str
    row_label: str
    column_label: str
    draft_text: str | None
    draft_unit: str | None
    draft_yuan: Decimal | None
    draft_page: int | None
    draft_line: int | None
    approved_text: str | None
    approved_unit: str | None
    approved_yuan: Decimal | None
    approved_page: int | None
    approved_line: int | None
    matched_by: str  # cell | coordinate


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it: how many approved figures the draft states somewhere, and which differ."""

    compared: int
    approved_figures: int
    differences: tuple[Difference, ...]


def compare(draft: Path, approved: Path) -> Comparison:
    """Hold one draft against one approved file.

    Raises :class:`OSError` where one cannot be opened, :class:`ValueError` where one cannot be read, in words
    for people, and what :func:`orchestration.direct.warehouse.built` raises.
    """
    drafted, told = (_understood(path, read_files([path])) for path in (draft, approved))
    (document_id,) = told["documents"]["document_id"]
    figures = told["amounts"].height
    if document_id in drafted["documents"]["document_id"]:
        return Comparison(figures, figures, ())
    with built(_together(drafted, told), _TARGETS) as connection:
        connection.execute(f"create temp table figures as {_FIGURES}", {"approved": document_id})
        ((compared,),) = connection.execute(_COMPARED).fetchall()
        return Comparison(int(compared), figures, _differences(connection))


def _understood(path: Path, frames: Mapping[str, pl.DataFrame]) -> Mapping[str, pl.DataFrame]:
    """The frames of one file, if it is one and was read."""
    documents = frames["documents"]
    if documents.height != 1:
        raise ValueError(f"{path} is {documents.height:,} files, not one")
    status, reason = documents.select("status", "failure_reason").row(0)
    if status != "read" or frames["amounts"].is_empty():
        raise ValueError(f"{path} has no figures that could be read ({reason or status})")
    return frames


def _together(
    drafted: Mapping[str, pl.DataFrame], told: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The frames of both; of whom and of when the approved file does not say, it is as the draft."""
    (of_draft,) = drafted["documents"].select(_OF_THE_DRAFT).iter_rows(named=True)
    documents = told["documents"].with_columns(pl.col(name).fill_null(of) for name, of in of_draft.items())
    return {name: pl.concat([drafted[name], {**told, "documents": documents}[name]]) for name in drafted}


def _differences(connection: duckdb.DuckDBPyConnection) -> tuple[Difference, ...]:
    cursor = connection.execute(_DIFFERENCES)
    names = [column[0] for column in cursor.description]
    return tuple(Difference(**dict(zip(names, row, strict=True))) for row in cursor.fetchall())
