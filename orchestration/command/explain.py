"""``disclosures explain``: from an amount, a claim, a finding or a cause back to the paper."""

from __future__ import annotations

import duckdb

from orchestration.command.explained_figures import explain_amount, explain_claim
from orchestration.command.explained_findings import explain_cause, explain_finding
from orchestration.command.published import published
from orchestration.command.terminal import UsageError
from orchestration.home.paths import Paths

_EXPLAIN = {
    "amount": explain_amount,
    "claim": explain_claim,
    "finding": explain_finding,
    "cause": explain_cause,
}


def explain(paths: Paths, identifier: str) -> None:
    """Print everything behind an id, which may be cut short while it stays unambiguous.

    Raises :class:`UsageError` when the id names nothing, or several things.
    """
    with published(paths) as connection:
        kind, full = _find(connection, identifier)
        _EXPLAIN[kind](connection, paths, full)


def _find(connection: duckdb.DuckDBPyConnection, identifier: str) -> tuple[str, str]:
    found = connection.execute(
        """
        select 'finding', finding_id from marts.fct_findings where starts_with(finding_id, $id)
        union all
        select 'cause', cause_id from marts.fct_causes where starts_with(cause_id, $id)
        union all
        select 'amount', amount_id from staging.amounts where starts_with(amount_id, $id)
        union all
        select 'claim', claim_id from staging.claims where starts_with(claim_id, $id)
        """,
        {"id": identifier},
    ).fetchall()
    exact = [(str(kind), str(full)) for kind, full in found if full == identifier]
    if exact:
        return exact[0]
    if not found:
        raise UsageError(f"No amount, claim, finding or cause has the id {identifier} or begins with it.")
    if len(found) > 1:
        raise UsageError(f"{len(found):,} things have an id that begins with {identifier}; give more of it.")
    return str(found[0][0]), str(found[0][1])
