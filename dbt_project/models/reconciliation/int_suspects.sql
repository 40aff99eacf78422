-- Which one cell would repair a broken identity: the cell that one correction of explains the most broken ones.
with corrections as (
    select
        results.identity_id,
        results.document_id,
        terms.amount_id,
        terms.unit,
        terms.value_yuan,
        (-results.residual_yuan * terms.sign)::decimal(20, 2) as correction_yuan
    from {{ ref('identity_results') }} as results
    inner join {{ ref('int_identity_terms') }} as terms on results.identity_id = terms.identity_id
    where results.outcome = 'breaks' and terms.amount_id is not null
),

held as (
    select
        terms.amount_id,
        count(*) as identities_held
    from {{ ref('identity_results') }} as results
    inner join {{ ref('int_identity_terms') }} as terms on results.identity_id = terms.identity_id
    where results.outcome = 'holds' and terms.amount_id is not null
    group by terms.amount_id
),

explained as (
    select
        corrections.amount_id,
        corrections.correction_yuan,
        any_value(corrections.unit) as unit,
        any_value(corrections.value_yuan) as value_yuan,
        count(distinct corrections.identity_id) as identities_explained,
        coalesce(any_value(held.identities_held), 0) as identities_held
    from corrections
    left join held on corrections.amount_id = held.amount_id
    group by corrections.amount_id, corrections.correction_yuan
    having count(distinct corrections.identity_id) > 1
),

ranked as (
    select
        corrections.identity_id,
        explained.*,
        rank() over (
            partition by corrections.identity_id
            order by explained.identities_explained desc, explained.identities_held asc
        ) as place,
        count(*) over (
            partition by
                corrections.identity_id, explained.identities_explained, explained.identities_held
        ) as contenders
    from corrections
    inner join explained
        on
            corrections.amount_id = explained.amount_id
            and corrections.correction_yuan = explained.correction_yuan
)

select
    ranked.identity_id,
    ranked.amount_id as suspected_amount_id,
    ranked.identities_explained,
    (ranked.value_yuan + ranked.correction_yuan)::decimal(20, 2) as suggested_yuan,
    -- in the unit it is printed in, without trailing zeros
    regexp_replace(
        ((ranked.value_yuan + ranked.correction_yuan) / units.yuan)::decimal(20, 6)::varchar, '\.?0+$', ''
    ) as suggested_text
from ranked
inner join {{ ref('units') }} as units on ranked.unit = units.printed
where ranked.place = 1 and ranked.contenders = 1
