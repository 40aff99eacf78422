{%- macro assert_nothing_that_breaks_an_identity_is_called_reconciled() -%}
-- Unless another figure of that identity is known to be the wrong one, or its break is only a note.
with terms as (
    select
        results.rule_id,
        results.identity_id,
        unnest(list_transform(results.terms, term -> term.amount_id)) as amount_id
    from {{ ref('identity_results') }} as results
    inner join {{ ref('identities') }} as rules
        on results.rule_id = rules.rule_id and rules.severity != 'note'
    where results.outcome = 'breaks'
),

explained as (
    select
        causes.identity_id,
        suspects.amount_id
    from {{ ref('int_identity_causes') }} as causes
    inner join {{ ref('int_suspects') }} as suspects
        on
            causes.correctable_id = suspects.correctable_id
            and suspects.evidence in ('several', 'only_one')
            and not suspects.is_rounding
),

explained_identities as (
    select distinct identity_id
    from explained
)

select
    terms.rule_id,
    terms.identity_id,
    terms.amount_id
from terms
inner join {{ ref('amount_trust') }} as decisions on terms.amount_id = decisions.amount_id
left join explained_identities on terms.identity_id = explained_identities.identity_id
where
    decisions.trust = 'reconciled'
    and (
        explained_identities.identity_id is null
        or exists (
            select 1
            from explained
            where terms.amount_id = explained.amount_id
        )
    )
{%- endmacro -%}
