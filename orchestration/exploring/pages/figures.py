"""One figure: where it is printed, every place that states the same, every equation it stands in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orchestration.checking.evidence import RATE_UNITS
from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Row
from orchestration.exploring.blocks import Block, Fact, Facts, Made, Note, Page, Way, Ways
from orchestration.exploring.listing import PRINTED
from orchestration.exploring.pages.documents import crumbs_of, document_of

# A document's rows are found by a column of few values, which takes milliseconds of millions of rows; `|| ''`
# keeps DuckDB from looking through the long ids of all documents as well, which takes five times as long.
_AMOUNT = "from staging.amounts where document_id = $document and amount_id || '' = $figure"
_CLAIM = "from staging.claims where document_id = $document and claim_id || '' = $figure"
_TRUST = "from reconciliation.amount_trust where document_id = $document and amount_id || '' = $figure"
_COORDINATE = "from reconciliation.figures where document_id = $document and figure_id || '' = $figure"
_FORM = "select printed_title from staging.forms where document_id = $document and form_id || '' = $form"
_STATED = """
    select stated_figure_id, is_consistent, places_count, unnest(places) as place
    from marts.mart_stated_figures
    where document_id = $document
        and list_contains(list_transform(places, lambda place: place.figure_id), $figure)
"""
_EQUATIONS = """
    select results.identity_id, results.rule_id, results.outcome, results.not_asked_because,
        results.residual_yuan, results.tolerance_yuan, results.document_id, results.terms,
        findings.cause_id, findings.finding_id
    from reconciliation.identity_results as results
    left join marts.fct_findings as findings
        on results.identity_id = findings.identity_id and results.document_id = findings.document_id
    where list_contains($documents, results.document_id)
        and list_contains(list_transform(results.terms, lambda term: term.amount_id), $figure)
"""
_RELATED = """
    select other.document_id
    from marts.dim_document as own
    inner join marts.dim_document as other
        on own.document_id != other.document_id
        and (
            own.publisher_name = other.publisher_name or own.parent_name = other.publisher_name
            or own.publisher_name = other.parent_name
        )
    where own.document_id = $document order by other.document_id limit $most
"""
_DIMENSIONS = (
    "scope", "fiscal_year", "budget_version", "flow", "fund", "spending_kind", "function_code",
    "economic_code", "economic_code_government", "subject", "project", "nature",
)  # fmt: skip
_OF_AMOUNT = (
    "row_label", "code", "column_path", "measure", "fund", "amount_text", "unit", "amount_yuan", "doubt",
    "page_no", "line_no", "field_no",
)  # fmt: skip
_OF_CLAIM = (
    "section", "subject", "kind", "direction", "compared_with", "basis_year", "amount_text", "unit",
    "amount_yuan", "rate_percent", "reason", "page_no", "line_no",
)  # fmt: skip
_MOST_EQUATIONS = 25
_MOST_TERMS = 30
_MOST_RELATED = 40


def figure_page(asked: Asked) -> Page:
    """An amount of a form or a claim of the prose. Raises :class:`NotThereError`."""
    words, links = asked.wording, asked.links
    figure = asked.named["figure"]
    document = document_of(asked, figure.partition("-")[0])
    of = {"figure": figure, "document": document["document_id"]}
    amount = asked.asking.row(_AMOUNT, **of)
    claim = None if amount else asked.asking.row(_CLAIM, **of)
    found = amount or claim
    if found is None:
        raise NotThereError(asked.path)
    trust = asked.asking.row(_TRUST, **of)
    facts = _facts(asked, found, _OF_AMOUNT if amount else _OF_CLAIM)
    if amount and amount["form_id"]:
        form = asked.asking.value(_FORM, form=amount["form_id"], document=document["document_id"])
        title = form or words["form"]
        facts.insert(0, Fact(words["form"], title, links.to(f"/forms/{amount['form_id']}")))
    if trust:
        facts.append(Fact(words.column("trust"), words.said("trust", trust["trust"])))
        if trust["corrected_yuan"] is not None:
            facts.append(Fact(words.column("corrected_yuan"), words.said("_yuan", trust["corrected_yuan"])))
    blocks: list[Block] = [Facts("", facts), *_coordinate(asked, of), *_places(asked, of)]
    equations = _equations(asked, of)
    if not equations:
        blocks.append(Note(words["no_equation"]))
    if len(equations) > _MOST_EQUATIONS:
        blocks.append(Note(words["more_equations"].format(_MOST_EQUATIONS)))
    blocks += equation_blocks(asked, equations[:_MOST_EQUATIONS])
    label = found["row_label"] if amount else found["subject"]
    title = f"{label or words['figure']} {found['amount_text'] or words['blank']}"
    return Page(title, blocks, crumbs_of(asked, document))


def _facts(asked: Asked, row: Row, names: tuple[str, ...]) -> list[Fact]:
    words = asked.wording
    return [Fact(words.column(name), words.said(name, row[name])) for name in names if row[name] is not None]


def _coordinate(asked: Asked, of: dict[str, Any]) -> list[Block]:
    """What the figure is of; what is not known says so, and is not taken for all."""
    words = asked.wording
    coordinate = asked.asking.row(_COORDINATE, **of)
    if coordinate is None:
        return []
    facts = [
        Fact(
            words.column(name),
            words["unknown"] if coordinate[name] is None else words.said(name, coordinate[name]),
        )
        for name in _DIMENSIONS
    ]
    return [Facts(words["coordinate"], facts)]


def _places(asked: Asked, of: dict[str, Any]) -> list[Block]:
    words, links = asked.wording, asked.links
    stated = asked.asking.rows(_STATED, **of)
    if not stated:
        return [Note(words["stated_nowhere_else"])]
    places = [row["place"] for row in stated]
    names = ["figure_id", "page_no", "line_no", "printed_text", "unit", "value_yuan", "trust"]
    table = Made(
        "places",
        words["places"],
        names,
        ["VARCHAR", "BIGINT", "BIGINT", PRINTED, "VARCHAR", "DECIMAL(20,2)", "VARCHAR"],
        [[place[name] for name in names] for place in places],
        hidden=frozenset({"figure_id"}),
        hrefs={"printed_text": lambda row: links.maybe(f"/figures/{row['figure_id']}")},
        note="" if stated[0]["is_consistent"] else words["places_differ"],
    )
    return [table]


def _equations(asked: Asked, of: dict[str, Any]) -> list[Row]:
    """The equations that a figure stands in: of its document, and of those that are compared with it."""
    document = of["document"]
    related = asked.asking.answer(_RELATED, {"document": document, "most": _MOST_RELATED})
    documents = [document, *(other for (other,) in related.rows)]
    found = asked.asking.rows(_EQUATIONS, documents=documents, figure=of["figure"])
    return sorted(found, key=lambda row: (row["outcome"], row["rule_id"], row["identity_id"]))


def equation_blocks(
    asked: Asked, equations: list[Row], suspects: frozenset[str] = frozenset()
) -> list[Block]:
    """Each equation as a table of its printed terms, which together should be zero."""
    words, links = asked.wording, asked.links
    others = {
        term["document_id"]
        for row in equations
        for term in row["terms"]
        if term["document_id"] != row["document_id"]
    }
    names = {
        each: asked.asking.value("select file_name from staging.documents where document_id = $id", id=each)
        for each in sorted(others)
    }
    blocks: list[Block] = []
    for number, row in enumerate(equations, start=1):
        shown = [term for term in row["terms"] if term["cell_state"] != "blank"]
        table = [
            [
                _sign(term),
                f"{term['amount_text'] or words['blank']}{' ⚠' if term['amount_id'] in suspects else ''}",
                term["unit"],
                _contribution(term),
                term["row_label"] or words["prose"],
                term["measure"],
                term["form_key"],
                names.get(term["document_id"]),
                term["page_no"],
                term["line_no"],
                term["amount_id"],
            ]
            for term in shown[:_MOST_TERMS]
        ]
        said = words.said("outcome", row["outcome"])
        if row["residual_yuan"] is not None:
            said += f"；{words.column('residual_yuan')} {words.said('_yuan', row['residual_yuan'])}"
        if row["not_asked_because"]:
            said += f"；{words.said('not_asked_because', row['not_asked_because'])}"
        if len(shown) > _MOST_TERMS:
            said += f"；{words['more_terms'].format(len(shown) - _MOST_TERMS)}"
        blocks.append(
            Made(
                f"equation_{number}",
                f"{number}. {words.rule(row['rule_id'])}",
                ["sign", "amount_text", "unit", "contribution_yuan", "row_label", "measure", "form_key",
                 "file_name", "page_no", "line_no", "amount_id"],
                ["VARCHAR", PRINTED, "VARCHAR", "DECIMAL(20,2)", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR",
                 "BIGINT", "BIGINT", "VARCHAR"],
                table,
                hidden=frozenset({"amount_id"}),
                hrefs={
                    "amount_text": lambda term: (
                        links.maybe(f"/figures/{term['amount_id']}") if term["amount_id"] else None
                    )
                },
                note=said,
            )
        )  # fmt: skip
        if row["outcome"] == "breaks" and not suspects:
            href = f"/causes/{row['cause_id']}" if row["cause_id"] else f"/findings/{row['finding_id']}"
            blocks.append(Ways("", [Way(words["why_it_breaks"], links.to(href))]))
    return blocks


def _contribution(term: Row) -> Decimal | None:
    """What a term adds; a rate adds nothing, it is what another is multiplied by."""
    if term["unit"] in RATE_UNITS or term["value_yuan"] is None:
        return None
    return Decimal(term["value_yuan"] * term["weight"])


def _sign(term: Row) -> str:
    if term["unit"] in RATE_UNITS:
        return "×"
    factor = abs(term["weight"]).normalize()
    sign = "+" if term["weight"] >= 0 else "−"
    return sign if factor == 1 else f"{sign} {factor:f} ×"


def stated_page(asked: Asked) -> Page:
    """A coordinate of a document, from the cube: goes on to the first figure that states it."""
    found = asked.asking.row(
        "select places[1].figure_id as figure_id from marts.mart_stated_figures where stated_figure_id = $id",
        id=asked.named["stated"],
    )
    if found is None:
        raise NotThereError(asked.path)
    again = Asked(
        f"/figures/{found['figure_id']}", {"figure": found["figure_id"]}, asked.query, asked.asking,
        asked.wording, asked.links, asked.paths, asked.decisions, asked.is_file,
    )  # fmt: skip
    return figure_page(again)
