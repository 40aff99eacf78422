"""What each finding rests on: the figures of its equation, with their roles, printed texts and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from orchestration.direct.warehouse import rows_of

EVIDENCE = ("int_finding_terms", "evidence", "fct_disclosure_checks")
"""The tables that tell it, beside findings."""

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
class Unasked:
    """Why identities of a document could not be asked, and how many."""

    because_zh: str
    because_en: str
    identities: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """A rule of disclosure that a document was held against."""

    check_id: str
    rule_id: str
    outcome: str  # met | not_met | remark | not_applicable | cannot_be_judged
    message_zh: str
    message_en: str
    remedy_zh: str | None
    source: str  # where the rule is written
    is_verified: bool  # whether its wording was
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of some checked documents."""

    equations: Mapping[str, Equation]  # by finding
    places: Mapping[str, tuple[Place, ...]]  # of each finding, also of one that is no equation
    asked: Mapping[str, tuple[Asked, ...]]  # by document, most asked first
    held: Mapping[str, tuple[int, int]]  # by document: figures, and those that stand in an asked identity
    unasked: Mapping[str, tuple[Unasked, ...]]  # by document, the most frequent reason first
    requirements: Mapping[str, tuple[Requirement, ...]]  # by document


_TERMS = """
    select terms.*, identities.meaning_zh, identities.meaning_en, findings.residual_yuan
    from reconciliation.int_finding_terms as terms
    inner join marts.fct_findings as findings using (finding_id)
    inner join seeds.identities as identities using (rule_id)
    order by terms.finding_id, terms.term_no, terms.page_no, terms.line_no, terms.cell_id
"""
_PLACES = """
    with pieces as (
        select * exclude (finding_id), unnest(finding_ids) as finding_id from reconciliation.evidence
    )
    select pieces.finding_id, pieces.document_id, pieces.page_no, pieces.line_no, pieces.field_no, pieces.box
    from pieces
    inner join marts.fct_findings as findings using (finding_id)
    where findings.identity_id is null
    order by pieces.finding_id, pieces.page_no, pieces.line_no, pieces.field_no
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

_UNASKED = """
    select
        results.document_id,
        coalesce(names.name_zh, results.not_asked_because) as because_zh,
        coalesce(names.name_en, results.not_asked_because) as because_en,
        count(*) as identities
    from reconciliation.identity_results as results
    left join seeds.value_names as names
        on names.column_name = 'not_asked_because' and results.not_asked_because = names.value
    where results.outcome = 'not_asked'
    group by all
    order by results.document_id, identities desc, because_zh
"""
_REQUIREMENTS = """
    select
        checks.document_id, checks.check_id, checks.rule_id, checks.outcome,
        checks.message_zh, checks.message_en, rules.remedy_zh,
        concat_ws(' ', rules.source_document, rules.source_article) as source,
        rules.is_verified, checks.places, documents.page_count is not null as is_paged
    from marts.fct_disclosure_checks as checks
    inner join seeds.disclosure_rules as rules using (rule_id)
    inner join staging.documents as documents using (document_id)
    order by checks.document_id, checks.rule_id
"""


def evidence_of(connection: duckdb.DuckDBPyConnection) -> Evidence:
    """Everything that findings rest on, of a warehouse with staging, reconciliation and ``fct_findings``."""
    by_finding: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows_of(connection, _TERMS):
        by_finding[row["finding_id"]].append(row)
    equations = {
        finding_id: Equation(
            finding_id,
            rows[0]["meaning_zh"],
            rows[0]["meaning_en"],
            tuple(map(_term, rows)),
            rows[0]["residual_yuan"],
        )
        for finding_id, rows in by_finding.items()
    }
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for key, each in equations.items():
        places[key].extend(term.place for term in each.terms)
    for row in rows_of(connection, _PLACES):
        places[row["finding_id"]].append(_place(row))
    asked: defaultdict[str, list[Asked]] = defaultdict(list)
    for row in rows_of(connection, _ASKED):
        asked[row["document_id"]].append(
            Asked(*(row[name] for name in ("rule_id", "meaning_zh", "meaning_en", *_OUTCOMES)))
        )
    held = {document: (figures, of_them) for document, figures, of_them in connection.sql(_HELD).fetchall()}
    unasked: defaultdict[str, list[Unasked]] = defaultdict(list)
    for document_id, *because in connection.sql(_UNASKED).fetchall():
        unasked[document_id].append(Unasked(*because))
    requirements: defaultdict[str, list[Requirement]] = defaultdict(list)
    for row in rows_of(connection, _REQUIREMENTS):
        requirements[row["document_id"]].append(_requirement(row))
    return Evidence(
        equations,
        {key: tuple(each) for key, each in places.items()},
        {key: tuple(rules) for key, rules in asked.items()},
        held,
        {key: tuple(reasons) for key, reasons in unasked.items()},
        {key: tuple(rules) for key, rules in requirements.items()},
    )


_OUTCOMES = ("holds", "breaks", "not_asked")


def _term(row: Mapping[str, Any]) -> Term:
    return Term(
        _place(row),
        row["printed_text"],
        row["unit"],
        row["row_label"],
        row["column_path"],
        row["form_title"],
        row["weight"],
        row["value_yuan"],
        row["amount_id"],
        row["is_suspected"],
        row["meant_text"],
    )


def _requirement(row: Mapping[str, Any]) -> Requirement:
    places = (
        (number, None) if row["is_paged"] else (None, number)  # a page, or a line
        for number in row["places"]
    )
    return Requirement(
        row["check_id"],
        row["rule_id"],
        row["outcome"],
        row["message_zh"],
        row["message_en"],
        row["remedy_zh"],
        row["source"],
        row["is_verified"],
        tuple(Place(row["document_id"], *place) for place in places),
    )


def _place(row: Mapping[str, Any]) -> Place:
    box = row["box"]
    sides = (float(box["x0"]), float(box["top"]), float(box["x1"]), float(box["bottom"])) if box else None
    return Place(row["document_id"], row["page_no"], row["line_no"], row["field_no"], sides)
