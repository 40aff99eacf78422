"""What each finding rests on: the figures of its equation, with their roles, printed texts and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from orchestration.direct.warehouse import rows_of

RATE_UNITS = ("%", "％", "倍")
"""Of figures that are not added up: they are what another figure is multiplied by."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom on the upright page, in points from its left and top edges."""


class Place(NamedTuple):
    """Where something is printed, as closely as it is known."""

    document_id: str
    page_no: int | None  # page, or sheet of a workbook; None in a document without pages
    line_no: int | None  # line of a text or page, row of a sheet; None for all of the page
    field_no: int | None = None  # field of the line; None for prose
    box: Box | None = None  # where the format has pages and the figure stands in a cell


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of an equation."""

    place: Place
    printed: str | None  # None where the cell is blank
    unit: str | None
    label: str | None  # of its row, or what the sentence is about
    column: str | None  # its header, level by level
    form: str | None  # title of its form as printed; None for prose
    weight: Decimal  # with its sign; terms times weights come to zero where the equation holds
    yuan: Decimal | None
    amount_id: str | None
    is_suspected: bool
    suggested: str | None  # what it should say, where it is suspected


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity that breaks or holds by rounding alone, in its printed figures."""

    finding_id: str
    rule_zh: str
    rule_en: str
    terms: tuple[Term, ...]
    residual_yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Asked:
    """How often one rule was asked, and what came of it."""

    rule_id: str
    rule_zh: str
    rule_en: str
    holds: int
    breaks: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of some checked documents."""

    equations: Mapping[str, Equation]  # by finding
    places: Mapping[str, tuple[Place, ...]]  # of each finding, also of one that is no equation
    asked: Mapping[str, tuple[Asked, ...]]  # by document, most asked first
    held: Mapping[str, tuple[int, int]]  # by document: figures, and those that stand in an asked identity


_TERMS = """
    with suspects as (
        select document_id, cell_id, amount_id, suggested_text, is_rounding
        from reconciliation.int_suspects
    )
    select
        findings.finding_id, terms.document_id, terms.page_no, terms.line_no, amounts.field_no,
        terms.amount_text, terms.unit, terms.row_label, columns.column_path,
        case when terms.form_id is not null then forms.printed_title end as form,
        terms.weight, terms.value_yuan, terms.amount_id, terms.form_id, terms.line_id,
        cells.side_no, cells.col_no,
        amounts.bbox_left, amounts.bbox_top, amounts.bbox_right, amounts.bbox_bottom,
        suspects.cell_id is not null or terms.amount_id = findings.suspected_amount_id as is_suspected,
        coalesce(suspects.suggested_text, case
            when terms.amount_id = findings.suspected_amount_id then findings.suggested_text
        end) as suggested,
        identities.meaning_zh, identities.meaning_en, findings.residual_yuan
    from marts.fct_findings as findings
    inner join reconciliation.int_identity_terms as terms using (identity_id)
    inner join seeds.identities as identities on terms.rule_id = identities.rule_id
    left join staging.amounts as amounts on terms.amount_id = amounts.amount_id
    left join staging.forms as forms on terms.form_id = forms.form_id
    left join reconciliation.int_cells as cells on terms.cell_id = cells.cell_id
    left join staging.columns as columns
        on
            cells.form_id = columns.form_id
            and cells.side_no = columns.side_no
            and cells.col_no = columns.col_no
    left join suspects
        on terms.cell_id = suspects.cell_id and (findings.severity = 'rounding') = suspects.is_rounding
    order by findings.finding_id, terms.term_no, terms.page_no, terms.line_no, terms.cell_id
"""
_PLACES = """
    with figures as (
        select
            amount_id, document_id, page_no, line_no, field_no,
            bbox_left, bbox_top, bbox_right, bbox_bottom
        from staging.amounts
        union all
        select claim_id, document_id, page_no, line_no, null, null, null, null, null from staging.claims
    )
    select
        findings.finding_id, findings.document_id, findings.places, documents.has_pages,
        figures.* exclude (document_id)
    from marts.fct_findings as findings
    inner join (
        select document_id, coalesce(page_count, 0) > 0 as has_pages from staging.documents
    ) as documents using (document_id)
    left join figures on findings.suspected_amount_id = figures.amount_id
    where findings.identity_id is null
"""
_ASKED = """
    select
        results.document_id, results.rule_id, identities.meaning_zh, identities.meaning_en,
        count(*) filter (results.outcome = 'holds') as holds,
        count(*) filter (results.outcome = 'breaks') as breaks,
        count(*) filter (results.outcome = 'not_asked') as not_asked
    from reconciliation.identity_results as results
    inner join seeds.identities as identities using (rule_id)
    group by all
    order by results.document_id, holds + breaks desc, results.rule_id
"""
_HELD = """
    with asked as (
        select distinct terms.amount_id
        from reconciliation.int_identity_terms as terms
        inner join reconciliation.identity_results as results using (identity_id)
        where results.outcome != 'not_asked' and terms.amount_id is not null
    ),
    figures as (
        select document_id, amount_id from staging.amounts where amount_kind = 'number'
        union all
        select document_id, claim_id from staging.claims
    )
    select figures.document_id, count(*), count(asked.amount_id)
    from figures
    left join asked using (amount_id)
    group by all
"""


def evidence_of(connection: duckdb.DuckDBPyConnection) -> Evidence:
    """Everything that findings rest on, of a warehouse with staging, reconciliation and ``fct_findings``."""
    terms = rows_of(connection, _TERMS)
    edges = _edges(connection, {row["form_id"] for row in terms if row["amount_text"] is None})
    equations: dict[str, Equation] = {}
    by_finding: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in terms:
        by_finding[row["finding_id"]].append(row)
    for finding_id, rows in by_finding.items():
        first = rows[0]
        equations[finding_id] = Equation(
            finding_id,
            first["meaning_zh"],
            first["meaning_en"],
            tuple(_term(row, edges) for row in rows),
            first["residual_yuan"],
        )
    places = {key: tuple(term.place for term in each.terms) for key, each in equations.items()}
    places |= {row["finding_id"]: _places(row) for row in rows_of(connection, _PLACES)}
    asked: defaultdict[str, list[Asked]] = defaultdict(list)
    for row in rows_of(connection, _ASKED):
        asked[row["document_id"]].append(
            Asked(*(row[name] for name in ("rule_id", "meaning_zh", "meaning_en", *_OUTCOMES)))
        )
    held = {document: (figures, of_them) for document, figures, of_them in connection.sql(_HELD).fetchall()}
    return Evidence(equations, places, {key: tuple(rules) for key, rules in asked.items()}, held)


_OUTCOMES = ("holds", "breaks", "not_asked")
_Edges = Mapping[tuple[str, str | int, int | None], tuple[float, float]]


def _edges(connection: duckdb.DuckDBPyConnection, forms: set[str]) -> _Edges:
    """Where rows and columns of forms stand that have blanks, by form and line, or form, column and side."""
    chosen = sorted(form for form in forms if form)
    found: dict[tuple[str, str | int, int | None], tuple[float, float]] = {}
    rows = connection.execute(
        """
        select form_id, line_id, min(bbox_top), max(bbox_bottom) from staging.amounts
        where bbox_top is not null and form_id in (select unnest($forms)) group by all
        """,
        {"forms": chosen},
    ).fetchall()
    found |= {(form, line, None): (float(top), float(bottom)) for form, line, top, bottom in rows}
    columns = connection.execute(
        """
        select form_id, col_no, side_no, min(bbox_left), max(bbox_right) from staging.amounts
        where bbox_left is not null and form_id in (select unnest($forms)) group by all
        """,
        {"forms": chosen},
    ).fetchall()
    return found | {
        (form, column, side): (float(left), float(right)) for form, column, side, left, right in columns
    }


def _term(row: Mapping[str, Any], edges: _Edges) -> Term:
    box = _box(row) or _box_of_blank(row, edges)
    return Term(
        Place(row["document_id"], row["page_no"], row["line_no"], row["field_no"], box),
        row["amount_text"],
        row["unit"],
        row["row_label"],
        row["column_path"],
        row["form"],
        row["weight"],
        row["value_yuan"],
        row["amount_id"],
        bool(row["is_suspected"]),
        row["suggested"],
    )


def _box(row: Mapping[str, Any]) -> Box | None:
    if row["bbox_left"] is None:
        return None
    left, top, right, bottom = (float(row[f"bbox_{side}"]) for side in ("left", "top", "right", "bottom"))
    return left, top, right, bottom


def _box_of_blank(row: Mapping[str, Any], edges: _Edges) -> Box | None:
    """Where the row of a blank cell meets its column, by the figures printed in both."""
    across = edges.get((row["form_id"], row["col_no"], row["side_no"]))
    down = edges.get((row["form_id"], row["line_id"], None))
    if row["amount_text"] is not None or across is None or down is None:
        return None
    return across[0], down[0], across[1], down[1]


def _places(row: Mapping[str, Any]) -> tuple[Place, ...]:
    """Of a finding that is no equation: its figure, else the pages or lines that it cites."""
    document = row["document_id"]
    if row["line_no"] is not None:
        return (Place(document, row["page_no"], row["line_no"], row["field_no"], _box(row)),)
    cited: Sequence[int] = row["places"] or ()
    return tuple(
        Place(document, number, None) if row["has_pages"] else Place(document, None, number)
        for number in cited
    )
