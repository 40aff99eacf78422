"""Which changes were noticed: the findings of each mutant held against those of its original.

Reads a build file that holds mutants and originals; relies on ``staging.amounts``, ``marts.fct_findings`` and
the terms and results of identities, and on no other table.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from extract.landing import content_id
from tests.benchmarks.mutations.changes import value
from tests.benchmarks.mutations.drawing import Mutant

# the changed cell itself is the suspect; of the other kinds a finding can only cite the neighbourhood
FIGURE_KINDS = ("flip_digit", "swap_digits", "move_point", "drop_digit", "double_digit", "swap_cells")

_SCORES = """
with sides as (
    select
        mutants.document_id as mutant_id,
        mutants.dropped_line,
        findings.document_id = mutants.document_id as is_after,
        findings.*
    from marts.fct_findings as findings
    inner join mutants
        on findings.document_id = mutants.document_id or findings.document_id = mutants.original_id
),

-- places in the lines of the original, in which a dropped line is not cited by anyone
placed as (
    select
        * exclude (places),
        case
            when dropped_line is null then places
            when is_after then list_transform(places, place -> place + (place >= dropped_line)::bigint)
            else list_filter(places, place -> place != dropped_line)
        end as places
    from sides
),

-- what makes two findings the same one, whichever copy they are about
keyed as (
    select
        *,
        concat_ws(
            '|',
            rule_id,
            severity,
            case when identity_id is null then places::varchar else residual_yuan::varchar end,
            -- rows are numbered, so a dropped row renames the identities below it
            case
                when dropped_line is null
                    then replace(replace(identity_id, document_id, ''), left(document_id, 16), '')
            end
        ) as finding_key
    from placed
),

differing as (
    select
        mutant_id,
        finding_key,
        any_value(severity) as severity,
        count(*) filter (is_after) > count(*) filter (not is_after) as is_new
    from keyed
    group by mutant_id, finding_key
    having count(*) filter (is_after) != count(*) filter (not is_after)
),

noticed as (
    select
        mutant_id,
        bool_or(severity in ('discrepancy', 'suspect')) as gravely
    from differing
    group by mutant_id
),

new_findings as (
    select keyed.*
    from keyed
    inner join differing
        on keyed.mutant_id = differing.mutant_id and keyed.finding_key = differing.finding_key
    where keyed.is_after and differing.is_new
),

suspected as (
    select
        changed.mutant_id,
        bool_or(
            try_cast(replace(new_findings.suggested_text, ',', '') as decimal(38, 6))
            is not distinct from changed.number
        ) as is_repaired
    from changed_cells as changed
    inner join staging.amounts as amounts
        on
            changed.mutant_id = amounts.document_id
            and changed.line_no = amounts.line_no
            and changed.field_no = amounts.field_no
    inner join new_findings
        on
            changed.mutant_id = new_findings.mutant_id
            and amounts.amount_id = new_findings.suspected_amount_id
    group by changed.mutant_id
),

cited as (
    select distinct new_findings.mutant_id
    from new_findings
    inner join mutants on new_findings.mutant_id = mutants.document_id
    where list_has_any(new_findings.places, range(mutants.near_from, mutants.near_to + 1))
),

asked as (
    select distinct
        results.document_id,
        terms.amount_id
    from reconciliation.int_identity_terms as terms
    inner join reconciliation.identity_results as results on terms.identity_id = results.identity_id
    where results.outcome in ('holds', 'breaks')
),

in_identities as (
    select distinct changed.mutant_id
    from changed_cells as changed
    inner join staging.amounts as amounts
        on
            changed.original_id = amounts.document_id
            and changed.line_no = amounts.line_no
            and changed.field_no = amounts.field_no
    inner join asked
        on amounts.document_id = asked.document_id and amounts.amount_id = asked.amount_id
),

rules as (
    select
        mutant_id,
        list_sort(list_distinct(list(rule_id))) as new_rules
    from new_findings
    group by mutant_id
)

select
    mutants.file_name,
    mutants.kind,
    mutants.form_key,
    mutants.line_no,
    mutants.field_no,
    mutants.before,
    mutants.after,
    in_identities.mutant_id is not null as in_identity,
    noticed.mutant_id is not null as noticed,
    coalesce(noticed.gravely, false) as noticed_gravely,
    case
        when mutants.is_figure then suspected.mutant_id is not null
        else cited.mutant_id is not null
    end as localised,
    case when mutants.is_figure then suspected.is_repaired end as repaired,
    coalesce(rules.new_rules, []) as new_rules,
    mutants.document_id,
    mutants.original_id
from mutants
left join noticed on mutants.document_id = noticed.mutant_id
left join suspected on mutants.document_id = suspected.mutant_id
left join cited on mutants.document_id = cited.mutant_id
left join in_identities on mutants.document_id = in_identities.mutant_id
left join rules on mutants.document_id = rules.mutant_id
order by mutants.position
"""

_FINDINGS = """
select
    finding_id,
    document_id,
    identity_id,
    rule_id,
    severity,
    places,
    residual_yuan,
    suspected_amount_id,
    suggested_text
from marts.fct_findings
where document_id in (select unnest($documents))
order by finding_id
"""


def score(build_file: Path, drawn: list[Mutant]) -> pl.DataFrame:
    """One row per mutant, in their order.

    ``line_no`` and ``field_no`` are those of the change in the unchanged text, ``before`` and ``after`` the
    number or the line. ``localised`` means for a changed figure that a new finding suspects that very cell;
    for a row that a new finding cites it or a line beside it; for a unit that one cites a line of its form.
    ``repaired`` is NULL where it was not localised and where no single figure was changed.
    """
    mutants = pl.DataFrame(
        [_facts(position, mutant) for position, mutant in enumerate(drawn)], infer_schema_length=None
    ).cast({"dropped_line": pl.Int64, "field_no": pl.Int64})
    changed_cells = pl.DataFrame(
        [
            {
                "mutant_id": content_id(mutant.data),
                "original_id": content_id(mutant.original.data),
                "line_no": cell.line_no,
                "field_no": cell.field_no,
                "number": value(cell.number),
            }
            for mutant in drawn
            for cell in mutant.change.cells
        ],
        schema_overrides={"number": pl.Decimal(38, 6)},
    )
    with duckdb.connect(build_file, read_only=True) as connection:
        connection.register("mutants", mutants)
        connection.register("changed_cells", changed_cells)
        return connection.execute(_SCORES).pl()


def findings(build_file: Path, documents: list[str]) -> pl.DataFrame:
    """The findings about some documents, one row each, in the order of their ids."""
    with duckdb.connect(build_file, read_only=True) as connection:
        return connection.execute(_FINDINGS, {"documents": documents}).pl()


def _facts(position: int, mutant: Mutant) -> dict[str, object]:
    change = mutant.change
    lines = [change.line_no, *(cell.line_no for cell in change.cells)]
    beside = 0 if change.kind == "change_unit" else 1
    return {
        "position": position,
        "document_id": content_id(mutant.data),
        "original_id": content_id(mutant.original.data),
        "file_name": mutant.original.file_name,
        "kind": change.kind,
        "is_figure": change.kind in FIGURE_KINDS,
        "form_key": change.cells[0].form_key,
        "line_no": change.line_no,
        "field_no": change.field_no,
        "before": change.before,
        "after": change.after,
        "dropped_line": change.line_no if change.kind == "drop_row" else None,
        "near_from": min(lines) - beside,
        "near_to": max(lines) + beside,
    }
