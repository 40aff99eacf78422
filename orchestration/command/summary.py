"""The table at the end of a run: what the warehouse holds, and what this run did."""

from __future__ import annotations

import duckdb
from rich.table import Table

from orchestration.command.published import published
from orchestration.command.refresh import RefreshOutcome
from orchestration.command.terminal import escape, output
from orchestration.command.unidentified import DocumentState, unidentified_in_words
from orchestration.command.unnamed_forms import UnnamedForm, unnamed_forms_in_words
from orchestration.home.paths import Paths, command_as_typed
from orchestration.publishing.last_build import last_build

_STEPS = {
    "landed_documents": "landing",
    "printed_cells": "reading",
    "staged_frames": "staging",
    "dbt_models": "dbt",
    "published_warehouse": "publishing",
}
_EXAMPLES = (
    "findings --causes",
    "scorecard",
    'sql "select severity, count(*) as findings from marts.fct_findings group by all order by all"',
    'sql "from marts.fct_spending_lines limit 10"',
)


def show_summary(paths: Paths, outcome: RefreshOutcome) -> None:
    """Print the table and a few commands to go on with."""
    table = Table(
        title=f"Warehouse {escape(str(paths.published_file))}", title_justify="left", show_header=False
    )
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(style="dim", overflow="fold")
    read_now = outcome.count("printed_cells", "new")
    known = outcome.count("printed_cells", "already_known")
    remarks = {"documents": f"{read_now:,} parsed now, {known:,} already known; {_rebuilt(paths, outcome)}"}
    with published(paths) as connection:
        about = _remarks(connection)
        if superseded := about.pop("superseded", ""):
            remarks["documents"] += superseded
        remarks |= about
        for name, count in _counts(connection):
            table.add_row(name, f"{count:,}", remarks.get(name, ""))
        unnamed = unnamed_forms_in_words(_unnamed_forms(connection))
        unidentified = list(unidentified_in_words(_document_states(connection)))
    table.add_row("seconds", f"{outcome.seconds:.1f}", _seconds_by_step(outcome))
    console = output()
    console.print(table)
    if unnamed:
        console.print(unnamed, soft_wrap=True)
    for words in unidentified:
        console.print(words, soft_wrap=True)
    console.print("Go on with:")
    for example in _EXAMPLES:
        console.print(f"  {command_as_typed()} {escape(example)}", soft_wrap=True)


def show_collected(outcome: RefreshOutcome) -> None:
    """Say what a run added to the shared lake, where another machine builds."""
    read, shared = outcome.count("printed_cells", "new"), outcome.count("staged_frames", "shared_now")
    output().print(
        f"{read:,} documents parsed now, {shared:,} added to the shared lake, which has "
        f"{outcome.count('staged_frames', 'shared_documents'):,}; {_seconds_by_step(outcome)}"
    )


def _rebuilt(paths: Paths, outcome: RefreshOutcome) -> str:
    if "published_warehouse" not in outcome.facts:
        return "nothing changed, so nothing was rebuilt"
    return last_build(paths.build_file).in_words()


def _counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Name and count of every row of the table, in its order."""
    rows = connection.execute(
        """
        select 1 as position, 'documents' as name, count(*) as count from staging.documents
        union all select 2, 'forms', count(*) from staging.forms
        union all select 3, 'amounts', count(*) from staging.amounts
        union all select 4, 'claims', count(*) from staging.claims
        union all select 5, 'identities asked', count(*) from reconciliation.identity_results
            where outcome in ('holds', 'breaks')
        union all select 6, '  hold', count(*) from reconciliation.identity_results where outcome = 'holds'
        union all select 7, '  break', count(*) from reconciliation.identity_results where outcome = 'breaks'
        union all select 8, 'identities not asked', count(*) from reconciliation.identity_results
            where outcome = 'not_asked'
        union all select 9, 'findings', count(*) from marts.fct_findings where not is_superseded
        union all select 10, '  ' || severity, count(*) from marts.fct_findings where not is_superseded
            group by severity
        union all select 11, 'rejects', count(*) from staging.rejects
        order by position, name
        """
    ).fetchall()
    return [(str(name), int(count)) for _, name, count in rows]


def _remarks(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What to say beside a count, by the name of its row."""
    asked = """
        select
            (
                select count(*) from reconciliation.amount_trust
                where figure_kind = 'claim' and trust = 'reconciled'
            ) as claims_reconciled,
            (
                select count(*) from marts.fct_causes where severity = 'discrepancy' and not is_superseded
            ) as causes,
            (select count(*) from marts.dim_document where is_superseded) as superseded
    """
    ((claims_reconciled, causes, superseded),) = connection.execute(asked).fetchall()
    replaced = f"; {superseded:,} replaced by later versions" if superseded else ""
    return {
        "superseded": replaced,
        "claims": f"{claims_reconciled:,} reconciled",
        "  discrepancy": f"of {causes:,} {'cause' if causes == 1 else 'causes'}",
    }


def _unnamed_forms(connection: duckdb.DuckDBPyConnection) -> list[UnnamedForm]:
    """Forms with amounts that were not named, of documents in force."""
    found = connection.execute(
        """
        select documents.file_name, forms.printed_title, count(*)
        from staging.amounts as amounts
        inner join staging.forms as forms using (form_id)
        inner join marts.dim_document as documents on forms.document_id = documents.document_id
        where forms.form_key is null and documents.is_in_force
        group by all
        order by all
        """
    )
    return [UnnamedForm(*row) for row in found.fetchall()]


def _document_states(connection: duckdb.DuckDBPyConnection) -> list[DocumentState]:
    """What is known of each document in force."""
    found = connection.execute(
        f"select {', '.join(DocumentState._fields)} from marts.dim_document where is_in_force order by all"
    )
    return [DocumentState(*row) for row in found.fetchall()]


def _seconds_by_step(outcome: RefreshOutcome) -> str:
    timed = {label: outcome.seconds_by_step.get(step) for step, label in _STEPS.items()}
    parts = [f"{label} {seconds:.1f}" for label, seconds in timed.items() if seconds is not None]
    rest = outcome.seconds - sum(seconds for seconds in timed.values() if seconds is not None)
    return " · ".join([*parts, f"starting and checks {rest:.1f}"])
