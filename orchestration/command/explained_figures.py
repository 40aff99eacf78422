"""What is known of one printed figure: an amount of a form, or a claim in the prose."""

from __future__ import annotations

import duckdb
from rich.console import Console

from orchestration.command.facts import document, facts_table, joined, printed, yuan
from orchestration.command.printed_lines import print_printed_lines
from orchestration.command.published import Row, rows
from orchestration.command.terminal import escape, output
from orchestration.home.paths import Paths

_AMOUNT = """
    select
        amounts.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        forms.printed_number, forms.printed_title, trusted.trust, trusted.corrected_yuan,
        decided.reason as decided_because
    from staging.amounts
    join staging.documents using (document_id)
    left join staging.forms using (form_id)
    left join reconciliation.amount_trust as trusted using (amount_id)
    left join reconciliation.int_corrections as decided using (amount_id)
    where amount_id = $id
"""
_CLAIM = """
    select
        claims.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        trusted.trust, trusted.corrected_yuan, decided.reason as decided_because
    from staging.claims
    join staging.documents using (document_id)
    left join reconciliation.amount_trust as trusted on claim_id = trusted.amount_id
    left join reconciliation.int_corrections as decided on claim_id = decided.amount_id
    where claim_id = $id
"""
_IDENTITIES = """
    select results.outcome, results.residual_yuan, results.rule_id, findings.finding_id, findings.cause_id
    from reconciliation.identity_results as results
    left join marts.fct_findings as findings using (identity_id)
    where list_contains(list_transform(results.terms, lambda term: term.amount_id), $id)
    order by list_position(['breaks', 'holds', 'not_asked'], outcome), rule_id, finding_id
"""


def explain_amount(connection: duckdb.DuckDBPyConnection, paths: Paths, amount_id: str) -> None:
    """Print an amount, the identities it takes part in, and the lines around it."""
    (amount,) = rows(connection, _AMOUNT, id=amount_id)
    facts = [
        ("amount", amount_id),
        ("printed", printed(amount["amount_text"], amount["unit"])),
        ("exact", yuan(amount["amount_yuan"])),
        *_judgement(amount),
        ("column", amount["column_path"]),
        ("measure", amount["measure"]),
        ("line", joined(amount, "code", "row_label")),
        ("row kind", amount["row_kind"]),
        ("form", joined(amount, "printed_number", "printed_title")),
        ("form key", amount["form_key"]),
        ("place", _place(amount)),
        ("document", document(amount)),
    ]
    _print(connection, paths, amount_id, amount, facts)


def explain_claim(connection: duckdb.DuckDBPyConnection, paths: Paths, claim_id: str) -> None:
    """Print a claim (money, a change, a share or a rate), its identities, and the lines around it."""
    (claim,) = rows(connection, _CLAIM, id=claim_id)
    rate = claim["rate_percent"]
    facts = [
        ("claim", claim_id),
        ("printed", printed(claim["amount_text"], claim["unit"])),
        ("exact", yuan(claim["amount_yuan"]) if rate is None else f"{rate:f}".rstrip("0").rstrip(".") + " %"),
        *_judgement(claim),
        ("said of", joined(claim, "code", "subject")),
        ("kind", joined(claim, "kind", "stated_as", "direction")),
        ("of what", claim["whole"]),
        ("compared with", claim["compared_with"]),
        ("of the year", claim["basis_year"]),
        ("reason given", claim["reason"]),
        ("section", claim["section"]),
        ("place", _place(claim)),
        ("document", document(claim)),
    ]
    _print(connection, paths, claim_id, claim, facts)


def _place(figure: Row) -> str:
    """Where it is printed, as a correction of it has to say."""
    named = (("page", figure["page_no"]), ("line", figure["line_no"]), ("field", figure.get("field_no")))
    return ", ".join(f"{name} {number}" for name, number in named if number is not None)


def _judgement(figure: Row) -> list[tuple[str, object]]:
    return [
        ("trust", figure["trust"]),
        ("corrected", yuan(figure["corrected_yuan"])),
        ("because", figure["decided_because"]),
    ]


def _print(
    connection: duckdb.DuckDBPyConnection,
    paths: Paths,
    figure_id: str,
    figure: Row,
    facts: list[tuple[str, object]],
) -> None:
    console = output()
    console.print(facts_table(facts))
    _print_identities(console, rows(connection, _IDENTITIES, id=figure_id))
    place = figure["page_no"] if figure["page_no"] is not None else figure["line_no"]
    places = [place] if isinstance(place, int) else []
    print_printed_lines(
        console,
        connection,
        paths,
        places={str(figure["document_id"]): places},
        figures=[figure_id],
        suggestions={},
    )


def _print_identities(console: Console, identities: list[Row]) -> None:
    if not identities:
        console.print(" takes part in no identity")
    for identity in identities:
        line = f" {identity['outcome']}: {identity['rule_id']}"
        if identity["outcome"] == "breaks":
            line += f", off by {yuan(identity['residual_yuan'])}"
        if identity["finding_id"] is not None:
            line += f" ({joined(identity, 'finding_id', 'cause_id')})"
        console.print(escape(line), soft_wrap=True)
