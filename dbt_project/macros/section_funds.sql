{#- The kind of money that the headings above the prose name, the nearest first; a heading that names two says of neither. -#}
{% macro section_funds() -%}
    select
        funds.section,
        arg_max(funds.fund, funds.depth) as fund
    from (
        select
            headings.section,
            headings.depth,
            min(dimensions.value) as fund
        from (
            select
                section,
                unnest(string_split(section, ' / ')) as heading,
                generate_subscripts(string_split(section, ' / '), 1) as depth
            from {{ ref('stg_claims') }}
            where section is not null
            group by section
        ) as headings
        inner join {{ ref('claim_dimensions') }} as dimensions
            on
                dimensions.dimension = 'fund'
                and dimensions.value in ('general_public', 'government_fund', 'state_capital')
                and regexp_matches(headings.heading, dimensions.pattern)
        group by headings.section, headings.depth
        having count(distinct dimensions.value) = 1
    ) as funds
    group by funds.section
{%- endmacro %}
