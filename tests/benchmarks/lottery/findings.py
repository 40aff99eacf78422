"""What reconciliation made of the lottery: equations asked, accusations of clean sets, slips noticed.

Works on plain rows, however the warehouse was built. A finding has ``document_id``, ``severity`` and,
where known, ``rule_id`` and ``places``. A result of an identity has ``document_id``, ``outcome`` and
``terms``, a list of mappings with ``amount_id``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.lottery.truth import Equation, SetTruth

Row = Mapping[str, Any]
GRAVE = ("discrepancy", "suspect")


@dataclass
class FindingScores:
    """Counts over all sets.

    ``same`` of n figures are n - 1 equations; as many of them are asked as the figures are joined by results.
    """

    equations: int = 0
    held: int = 0
    clean_sets: int = 0
    clean_with_discrepancy: int = 0
    clean_with_suspect: int = 0
    slips: int = 0
    slips_noticed: int = 0
    slips_called_discrepancy: int = 0
    by_form: dict[str, tuple[int, int]] = field(default_factory=dict)
    misses: list[dict[str, Any]] = field(default_factory=list)


def score_findings(
    truths: Mapping[str, SetTruth],
    cell_of_amount: Mapping[str, Mapping[str, int]],
    findings: Iterable[Row],
    identity_results: Iterable[Row],
) -> FindingScores:
    """Hold findings and results of identities against what the generator knows.

    Args:
        truths: the sets by document_id (``Scores.truths``).
        cell_of_amount: the figure that each amount is, by document_id (``Scores.cell_of_amount``).
        findings: rows of ``marts.fct_findings``.
        identity_results: rows of ``reconciliation.identity_results``.
    """
    found: dict[str, list[Row]] = {}
    for finding in findings:
        found.setdefault(finding["document_id"], []).append(finding)
    held: dict[str, list[frozenset[int]]] = {}
    for result in identity_results:
        document = result["document_id"]
        if result["outcome"] == "holds" and document in cell_of_amount:
            cells = (cell_of_amount[document].get(term["amount_id"]) for term in result["terms"])
            held.setdefault(document, []).append(frozenset(cell for cell in cells if cell is not None))
    scores = FindingScores()
    for document, truth in truths.items():
        _equations(scores, truth, held.get(document, []))
        _accusations(scores, truth, document, found.get(document, []))
    return scores


def _equations(scores: FindingScores, truth: SetTruth, held: Sequence[frozenset[int]]) -> None:
    """Count the equations of a set that hold in truth, and those of them that were asked and held."""
    broken = set(truth.slip.broken) if truth.slip else set()
    by_cell: dict[int, list[frozenset[int]]] = {}
    for cells in held:
        for cell in cells:
            by_cell.setdefault(cell, []).append(cells)
    nothing = {cell.cell_id for cell in truth.cells if not cell.yuan}
    dashes = {
        cell.cell_id for cell in truth.cells if cell.yuan is None
    }  # say that there is nothing to add up
    forms = {cell.cell_id: truth.forms[cell.form_no - 1].drawing for cell in truth.cells}
    for number, equation in enumerate(truth.equations):
        if number in broken or equation.cells <= dashes:
            continue
        if equation.kind == "same":
            count = len(equation.parts)
            asked = count - len(_apart(equation, by_cell)) + 1
        else:
            needed = equation.cells - nothing | {equation.whole}
            count, asked = 1, int(any(needed <= cells for cells in by_cell.get(equation.whole, ())))
        scores.equations += count
        scores.held += asked
        kind = f"{forms[equation.whole]}, {equation.kind}"
        before = scores.by_form.get(kind, (0, 0))
        scores.by_form[kind] = before[0] + count, before[1] + asked


def _apart(equation: Equation, by_cell: Mapping[int, Sequence[frozenset[int]]]) -> list[set[int]]:
    """The figures of one coordinate in groups that results join."""
    groups = [{cell} for cell in equation.cells]
    for cell in equation.cells:
        for cells in by_cell.get(cell, ()):
            joined = cells & equation.cells
            if len(joined) > 1:
                touched = [group for group in groups if group & joined]
                groups = [group for group in groups if not group & joined]
                groups.append(set().union(*touched))
    return groups


def _accusations(scores: FindingScores, truth: SetTruth, document: str, findings: Sequence[Row]) -> None:
    severities = {finding["severity"] for finding in findings}
    about = {
        "set_no": truth.set_no,
        "family": truth.family,
        "format": truth.format_name,
        "document_id": document,
    }
    if truth.slip is None:
        scores.clean_sets += 1
        scores.clean_with_discrepancy += "discrepancy" in severities
        scores.clean_with_suspect += "suspect" in severities
        scores.misses += [
            {"what": "accused", **about, "rule_id": finding.get("rule_id"), "severity": finding["severity"],
             "places": finding.get("places")}
            for finding in findings
            if finding["severity"] in GRAVE
        ]  # fmt: skip
        return
    scores.slips += 1
    is_noticed = bool(severities & set(GRAVE))
    scores.slips_noticed += is_noticed
    scores.slips_called_discrepancy += "discrepancy" in severities
    if not is_noticed:
        scores.misses.append(
            {"what": "slip", **about, "meant": truth.slip.meant, "printed": truth.slip.printed}
        )
