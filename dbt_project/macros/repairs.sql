{#-
    Localisation: which figures, corrected by how much, make identities hold that do not.

    A candidate is a figure (or a chain of copies of it) with the one correction that closes one open identity. It is
    worth what it closes, less twice what it would newly break, and a balance that is exact as printed is broken by a
    hair, too: chance makes no sum come out to the last digit; among equals, what becomes exact counts, then that the
    correction looks like a slip of the pen. In each round a candidate is taken when it is better than every rival in
    every identity it closes; what two figures explain equally well is left open. The rounds end when none is taken,
    which they must: each closes more than it opens.

    - slack: the column of identity_results that says how far from zero an identity may be and count as closed.
    - outcomes: the SQL list of outcomes of the identities that speak.
    - least_closed: how many identities one correction must close.
-#}
{%- macro repairs(slack, outcomes, least_closed=1) -%}
with recursive balances as (
    -- a whole and at least two parts that agree to the last printed digit
    select identity_id
    from {{ ref('int_identity_terms') }}
    where value_yuan != 0
    group by identity_id
    having count(*) >= 3 and sum(weight * value_yuan) = 0
),

-- what a rate was rounded by leaves its other terms open, too
rated as (
    select distinct identity_id
    from {{ ref('int_identity_terms') }}
    where unit in ('%', '倍')
),

asked as (
    select
        results.identity_id,
        results.document_id,
        results.residual_yuan::decimal(20, 2) as residual_yuan,
        results.{{ slack }}::decimal(18, 3) as slack_yuan,
        coalesce(rules.family in ('tree', 'column'), false) as is_sum_of_lines,
        -- a break that may have a reason is no evidence against a figure, but speaks for a correction that repairs more
        coalesce(rules.severity, 'discrepancy') = 'note' as is_note,
        balances.identity_id is not null as is_balance,
        rated.identity_id is not null as is_rated
    from {{ ref('identity_results') }} as results
    left join balances on results.identity_id = balances.identity_id
    left join rated on results.identity_id = rated.identity_id
    left join {{ ref('identities') }} as rules on results.rule_id = rules.rule_id
    where
        results.outcome in {{ outcomes }}
),

-- only what an open identity touches can be wrong
touched as (
    select distinct cell_id
    from (
        select
            terms.cell_id,
            terms.identity_id
        from {{ ref('int_identity_terms') }} as terms
        inner join asked on terms.identity_id = asked.identity_id
        where abs(asked.residual_yuan) > asked.slack_yuan and not asked.is_note
        group by terms.cell_id, terms.identity_id
        having sum(terms.weight) != 0
    )
),

copied as (
    select
        copies.chain_id,
        copies.cell_id
    from {{ ref('int_copies') }} as copies
    where
        copies.chain_id in (
            select others.chain_id
            from {{ ref('int_copies') }} as others
            semi join touched on others.cell_id = touched.cell_id
        )
),

-- only what such a figure or a copy of it takes part in speaks for or against it
weighted as (
    select
        terms.cell_id,
        terms.identity_id,
        sum(terms.weight)::decimal(18, 6) as weight
    from {{ ref('int_identity_terms') }} as terms
    semi join asked on terms.identity_id = asked.identity_id
    where terms.cell_id in (select cell_id from touched union select cell_id from copied)
    group by terms.cell_id, terms.identity_id
    having sum(terms.weight) != 0
),

chains as (
    select
        copied.chain_id,
        copied.cell_id
    from copied
    where
        -- parts of one sum are not copies of each other, even if they are the same figure
        copied.chain_id not in (
            select summed.chain_id
            from copied as summed
            inner join weighted on summed.cell_id = weighted.cell_id
            group by summed.chain_id, weighted.identity_id
            having abs(sum(weighted.weight)) > 1
        )
),

-- what is corrected in one go: a figure alone, or with its copies
correctable as (
    select
        cell_id as correctable_id,
        cell_id
    from touched
    union all
    select
        chain_id as correctable_id,
        cell_id
    from chains
),

edges as (
    select
        correctable.correctable_id,
        weighted.identity_id,
        sum(weighted.weight)::decimal(18, 6) as weight
    from correctable
    inner join weighted on correctable.cell_id = weighted.cell_id
    group by correctable.correctable_id, weighted.identity_id
    having sum(weighted.weight) != 0
),

figures as (
    select
        correctable.correctable_id,
        min(terms.document_id) as document_id,
        min(terms.value_yuan)::decimal(20, 2) as value_yuan,
        min(terms.last_digit_yuan) as last_digit_yuan,
        bool_and(terms.amount_id is null) as is_blank,
        bool_and(coalesce(terms.unit in ('%', '倍'), false)) as is_rate,
        bool_or(claims.kind is not distinct from 'share') as is_share,
        bool_and(confirmed.cell_id is not null) as is_confirmed,
        count(distinct terms.cell_id) as cells
    from correctable
    inner join {{ ref('int_identity_terms') }} as terms on correctable.cell_id = terms.cell_id
    left join {{ ref('int_confirmed_figures') }} as confirmed on correctable.cell_id = confirmed.cell_id
    left join {{ ref('int_claims') }} as claims on correctable.cell_id = claims.claim_id
    group by correctable.correctable_id
),

rounds as (
    select
        0 as round_no,
        asked.identity_id,
        asked.document_id,
        asked.residual_yuan,
        asked.slack_yuan,
        asked.is_sum_of_lines,
        asked.is_note,
        asked.is_balance,
        asked.is_rated,
        null::struct(
            correctable_id varchar,
            correction_yuan decimal(20, 2),
            closed integer,
            broken integer,
            rivals integer,
            slip_kind varchar
        )[] as corrections
    from asked
    semi join edges on asked.identity_id = edges.identity_id

    union all

    (
        with exact as (
            select distinct
                edges.correctable_id,
                edges.weight,
                rounds.residual_yuan,
                rounds.slack_yuan,
                rounds.is_rated,
                -(rounds.residual_yuan / edges.weight) as correction_yuan
            from rounds
            inner join edges on rounds.identity_id = edges.identity_id
            where abs(rounds.residual_yuan) > rounds.slack_yuan
        ),

        -- one wrong digit, or two that changed places, within what a rounded rate leaves open
        slips as (
            select
                exact.correctable_id,
                exact.residual_yuan,
                exact.slack_yuan,
                exact.weight,
                (round(exact.correction_yuan / steps.size) * steps.size)::decimal(20, 2) as correction_yuan
            from exact
            inner join figures on exact.correctable_id = figures.correctable_id and not figures.is_rate
            cross join (
                select unnest(list_transform(range(0, 10), place -> 10 ** place))
            ) as places (power)
            cross join (values (1), (9)) as turns (factor)
            cross join lateral (select places.power * turns.factor * figures.last_digit_yuan as size) as steps
            where
                exact.is_rated
                and figures.last_digit_yuan > 0
                and abs(exact.correction_yuan) < 10 * steps.size
                and abs(exact.correction_yuan) > steps.size / 2
                -- a share in whole per cents leaves so much open that some digit fits
                and exact.slack_yuan <= abs(exact.weight * figures.value_yuan) / 200
        ),

        candidates as (
            select
                correctable_id,
                correction_yuan,
                bool_and(is_slip) as is_slip
            from (
                select
                    correctable_id,
                    try_cast(round(correction_yuan, 2) as decimal(20, 2)) as correction_yuan,
                    false as is_slip
                from exact
                union all
                select
                    correctable_id,
                    correction_yuan,
                    true as is_slip
                from slips
                where abs(residual_yuan + weight * correction_yuan) <= slack_yuan
            )
            group by correctable_id, correction_yuan
        ),

        possible as (
            select
                candidates.*,
                figures.is_blank,
                figures.is_rate,
                figures.is_confirmed,
                figures.cells,
                -- a figure with as many decimals as are printed
                coalesce(candidates.correction_yuan % nullif(figures.last_digit_yuan, 0) = 0, true) as is_printable,
                {{ slip_kind(
                    'figures.value_yuan', 'candidates.correction_yuan', 'figures.last_digit_yuan'
                ) }} as slip_kind
            from candidates
            inner join figures on candidates.correctable_id = figures.correctable_id
            where
                candidates.correction_yuan is not null
                -- nobody prints a positive figure for a negative one by mistake
                and (figures.value_yuan < 0 or figures.value_yuan + candidates.correction_yuan >= 0)
                -- no part is more than its whole
                and not (figures.is_share and figures.value_yuan + candidates.correction_yuan > 100)
                -- a figure and all its copies that should be nothing are a line too many, not a slip of the pen
                and (figures.cells = 1 or figures.value_yuan + candidates.correction_yuan != 0)
        ),

        effects as (
            select
                possible.correctable_id,
                possible.correction_yuan,
                possible.is_slip,
                possible.is_blank,
                possible.is_rate,
                possible.is_confirmed,
                possible.cells,
                possible.is_printable,
                possible.slip_kind,
                rounds.identity_id,
                abs(rounds.residual_yuan) > rounds.slack_yuan as was_open,
                rounds.residual_yuan = 0 as was_exact,
                (
                    rounds.residual_yuan + (edges.weight * possible.correction_yuan)::decimal(20, 2)
                )::decimal(20, 2) as left_yuan,
                rounds.slack_yuan,
                rounds.is_sum_of_lines,
                rounds.is_note,
                rounds.is_balance
            from possible
            inner join edges on possible.correctable_id = edges.correctable_id
            inner join rounds on edges.identity_id = rounds.identity_id
            where not possible.is_slip or possible.slip_kind is not null
        ),

        judged as (
            select
                *,
                was_open and abs(left_yuan) <= slack_yuan + 0.005 as closes,
                not was_open
                and abs(left_yuan) > case when is_balance and was_exact then 0 else slack_yuan + 0.005 end as breaks
            from effects
        ),

        scored as (
            select
                correctable_id,
                correction_yuan,
                slip_kind,
                count(*) filter (closes)::integer as closed,
                count(*) filter (breaks)::integer as broken,
                -- what it repairs counts most; then what it makes exact; then that it looks like a slip of the pen
                1000 * (count(*) filter (closes) - 2 * count(*) filter (breaks))
                -- (a rate is rounded itself: what it closes is as exact as can be, and so is the slip that closes it)
                + 20 * (
                    count(*) filter (left_yuan = 0 or ((is_rate or is_slip) and closes))
                    - count(*) filter (was_exact)
                )
                + case when slip_kind is not null then 10 else 0 end
                - case when is_blank then 15 else 0 end
                -- what stands elsewhere, too, is sooner right than what was worked out from it
                - case when is_confirmed then 40 else 0 end
                + case when is_printable then 4 else 0 end
                - least(cells - 1, 3) as points
            from judged
            group by
                correctable_id, correction_yuan, slip_kind, is_slip, is_blank, is_rate, is_confirmed, is_printable, cells
            having
                count(*) filter (closes) > 2 * count(*) filter (breaks)
                and count(*) filter (closes) >= {{ least_closed }}
                and bool_or(closes and not is_note)
                -- that lines do not add up is sooner explained by one line than by one figure printed wrong many times
                and (cells = 1 or bool_or(closes and not is_sum_of_lines))
        ),

        contests as (
            select
                judged.identity_id,
                scored.*,
                max(scored.points) over contest as most_points,
                count(distinct scored.correctable_id) over (
                    partition by judged.identity_id, scored.points
                ) as equals,
                count(distinct scored.correctable_id) over contest as contenders
            from scored
            inner join judged
                on
                    scored.correctable_id = judged.correctable_id
                    and scored.correction_yuan = judged.correction_yuan
                    and judged.closes
            window contest as (partition by judged.identity_id)
        ),

        winners as (
            select
                correctable_id,
                correction_yuan,
                min(points) as points,
                min(closed) as closed,
                min(broken) as broken,
                min(slip_kind) as slip_kind,
                (min(contenders) - 1)::integer as rivals
            from contests
            group by correctable_id, correction_yuan
            having bool_and(points = most_points and equals = 1)
        ),

        taken as (
            select
                correctable_id,
                arg_max(correction_yuan, preference) as correction_yuan,
                arg_max(closed, preference) as closed,
                arg_max(broken, preference) as broken,
                arg_max(rivals, preference) as rivals,
                arg_max_null(slip_kind, preference) as slip_kind
            from (
                select
                    *,
                    -- of two corrections worth the same the smaller one, so that each run takes the same
                    struct_pack(points := points, size := -abs(correction_yuan), yuan := correction_yuan) as preference
                from winners
            )
            group by correctable_id
        ),

        touched_now as (
            select distinct rounds.document_id
            from taken
            inner join edges on taken.correctable_id = edges.correctable_id
            inner join rounds on edges.identity_id = rounds.identity_id
        )

        select
            rounds.round_no + 1 as round_no,
            rounds.identity_id,
            rounds.document_id,
            (
                min(rounds.residual_yuan)
                + coalesce(sum((edges.weight * taken.correction_yuan)::decimal(20, 2)), 0)
            )::decimal(20, 2) as residual_yuan,
            min(rounds.slack_yuan) as slack_yuan,
            min(rounds.is_sum_of_lines) as is_sum_of_lines,
            min(rounds.is_note) as is_note,
            min(rounds.is_balance) as is_balance,
            min(rounds.is_rated) as is_rated,
            list(
                struct_pack(
                    correctable_id := taken.correctable_id,
                    correction_yuan := taken.correction_yuan,
                    closed := taken.closed,
                    broken := taken.broken,
                    rivals := taken.rivals,
                    slip_kind := taken.slip_kind
                )
            ) filter (taken.correctable_id is not null) as corrections
        from rounds
        left join edges on rounds.identity_id = edges.identity_id
        left join taken on edges.correctable_id = taken.correctable_id
        -- a document in which nothing more was taken is done
        semi join touched_now on rounds.document_id = touched_now.document_id
        group by rounds.round_no, rounds.identity_id, rounds.document_id
    )
),

corrections as (
    select
        round_no,
        unnest(corrections, recursive := true)
    from rounds
    where corrections is not null
),

repairs as (
    select
        correctable_id,
        min(round_no) as round_no,
        sum(correction_yuan)::decimal(20, 2) as correction_yuan,
        max(closed) as identities_repaired,
        max(broken) as identities_broken,
        min(rivals) as rivals,
        arg_min(slip_kind, round_no) as slip_kind
    from (select distinct * from corrections)
    group by correctable_id
)

select
    figures.document_id,
    repairs.*,
    figures.cells,
    figures.is_blank,
    correctable.cell_id
from repairs
inner join figures on repairs.correctable_id = figures.correctable_id
inner join correctable on repairs.correctable_id = correctable.correctable_id
{%- endmacro -%}
