"""What is known of one finding, or of one cause with all the findings that it explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import duckdb
from rich.console import Console

from orchestration.command.equations import equation, terms_of
from orchestration.command.facts import document, facts_table, printed, yuan
from orchestration.command.printed_lines import print_printed_lines
from orchestration.command.published import Row, place_sql, rows
from orchestration.command.terminal import escape, output
from orchestration.command.words import CAUSES, EVIDENCE, ROUNDING, SLIPS, said
from orchestration.home.paths import Paths

_FINDINGS = """
    select findings.*, documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage
    from marts.fct_findings as findings
    join staging.documents as documents using (document_id)
    where findings.finding_id = $finding or findings.cause_id = $cause
    order by findings.rule_id, findings.places, findings.finding_id
"""
# What is to be corrected, with all its copies. Of a rounding, the finding alone says which figure is meant.
_SUSPECTS = f"""
    select
        suspects.cell_id, suspects.amount_id, suspects.document_id, suspects.amount_text, suspects.unit,
        suspects.row_label, {place_sql("suspects")} as place,
        coalesce(suspects.page_no, suspects.line_no) as place_no, suspects.suggested_text, suspects.is_root
    from reconciliation.int_suspects as suspects
    where
        case
            when suspects.is_rounding then suspects.amount_id = $rounded
            else suspects.correctable_id in (
                select causes.correctable_id from reconciliation.int_identity_causes as causes
                where causes.cause_id = $cause
            )
        end
    order by suspects.is_root desc, suspects.page_no, suspects.line_no, suspects.cell_id
"""
# A finding that is no broken identity can still point at a figure.
_FIGURE = f"""
    select amount_id, document_id, amount_text, unit, row_label, {place_sql("amounts")} as place
    from staging.amounts where amount_id = $id
    union all
    select claim_id, document_id, amount_text, unit, subject, {place_sql("claims")}
    from staging.claims where claim_id = $id
"""


def explain_finding(connection: duckdb.DuckDBPyConnection, paths: Paths, finding_id: str) -> None:
    """Print a finding with its suspect, its identity as an equation, and the lines of every figure in it."""
    (finding,) = rows(connection, _FINDINGS, finding=finding_id, cause=None)
    suspects = _suspects(connection, [finding])
    console = output()
    facts = [
        ("finding", finding_id),
        ("severity", finding["severity"]),
        ("rule", finding["rule_id"]),
        ("what", finding["message_en"]),
        ("", finding["message_zh"]),
        ("left", yuan(finding["left_yuan"])),
        ("right", yuan(finding["right_yuan"])),
        ("residual", yuan(finding["residual_yuan"])),
        ("tolerance", yuan(finding["tolerance_yuan"])),
        ("cause", finding["cause_id"]),
        *_diagnosis(finding, suspects),
        ("acknowledged", finding["acknowledged_because"]),
        ("form key", finding["form_key"]),
        ("places", _list(_places(finding))),
        ("document", document(finding)),
    ]
    console.print(facts_table(facts))
    _print_evidence(console, connection, paths, [finding], suspects)


def explain_cause(connection: duckdb.DuckDBPyConnection, paths: Paths, cause_id: str) -> None:
    """Print a cause with its suspect, every identity that it breaks, and the lines of all their figures."""
    findings = rows(connection, _FINDINGS, finding=None, cause=cause_id)
    first = findings[0]
    suspects = _suspects(connection, findings)
    is_alone = len(findings) == 1
    known = [str(finding["acknowledged_because"]) for finding in findings if finding["acknowledged_because"]]
    console = output()
    facts = [
        ("cause", cause_id),
        ("severity", _list(sorted({finding["severity"] for finding in findings}, key=str))),
        ("what", first["message_en"] if is_alone else None),
        ("", first["message_zh"] if is_alone else None),
        *_diagnosis(first, suspects),
        ("acknowledged", "; ".join(dict.fromkeys(known))),
        ("findings", len(findings)),
        ("rules", _list(dict.fromkeys(finding["rule_id"] for finding in findings))),
        ("places", _list(sorted(set(chain.from_iterable(map(_places, findings)))))),
        ("document", document(first)),
    ]
    console.print(facts_table(facts))
    _print_evidence(console, connection, paths, findings, suspects)


def _suspects(connection: duckdb.DuckDBPyConnection, findings: Sequence[Row]) -> list[Row]:
    first = findings[0]
    is_rounding = first["severity"] == "rounding"
    suspects = rows(
        connection,
        _SUSPECTS,
        cause=first["cause_id"],
        rounded=first["suspected_amount_id"] if is_rounding else None,
    )
    if suspects or first["suspected_amount_id"] is None:
        return suspects
    return [
        {**figure, "cell_id": figure["amount_id"], "suggested_text": None}
        for figure in rows(connection, _FIGURE, id=first["suspected_amount_id"])
    ]


def _diagnosis(finding: Row, suspects: Sequence[Row]) -> list[tuple[str, object]]:
    """What is thought to be wrong, and why."""
    figures = [
        ("suspected" if place == 0 else "and its copy", _figure(row)) for place, row in enumerate(suspects)
    ]
    if finding["severity"] == "rounding":
        return [("what is wrong", ROUNDING), *figures, ("would be exact", finding["suggested_text"])]
    return [
        ("what is wrong", said(CAUSES, finding["cause_kind"])),
        ("slip", said(SLIPS, finding["slip_kind"])),
        ("evidence", said(EVIDENCE, finding["evidence"])),
        *figures,
        ("suggested", finding["suggested_text"]),
    ]


def _figure(row: Row) -> str:
    text = "a blank" if row["amount_text"] is None else printed(row["amount_text"], row["unit"])
    parts = [
        text,
        f"at {row['place']}",
        f"({row['row_label']})" if row["row_label"] else "",
        row["amount_id"],
    ]
    return " ".join(str(part) for part in parts if part)


def _print_evidence(
    console: Console,
    connection: duckdb.DuckDBPyConnection,
    paths: Paths,
    findings: Sequence[Row],
    suspects: Sequence[Row],
) -> None:
    suggested = {str(row["cell_id"]): _text(row["suggested_text"]) for row in suspects}
    identities = [str(finding["identity_id"]) for finding in findings if finding["identity_id"] is not None]
    terms = terms_of(connection, identities)
    for finding in findings:
        is_one_of_many = len(findings) > 1
        if is_one_of_many:
            heading = f"{finding['finding_id']}  {finding['rule_id']}: {finding['message_en']}"
            console.print(f"\n[bold]{escape(heading)}[/]", soft_wrap=True)
        if of_identity := terms.get(str(finding["identity_id"])):
            if not is_one_of_many:
                console.print("\nThese should add up to zero:")
            home, residual = str(finding["document_id"]), finding["residual_yuan"]
            console.print(equation(of_identity, home, residual, suggested))
    places: dict[str, list[int]] = {}
    for finding in findings:
        places.setdefault(str(finding["document_id"]), []).extend(_places(finding))
    figures = {str(term["amount_id"]) for term in chain.from_iterable(terms.values()) if term["amount_id"]}
    figures |= {str(row["amount_id"]) for row in suspects if row["amount_id"]}
    should_be = {str(row["amount_id"]): _text(row["suggested_text"]) for row in suspects}
    for blank in suspects:
        if blank["amount_id"] is None and isinstance(blank["place_no"], int):
            places.setdefault(str(blank["document_id"]), []).append(blank["place_no"])
    print_printed_lines(console, connection, paths, places=places, figures=figures, suggestions=should_be)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _places(finding: Row) -> list[int]:
    places = finding["places"]
    return places if isinstance(places, list) else []


def _list(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)
