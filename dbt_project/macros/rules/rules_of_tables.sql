{#- Queries of one column: what breaks a rule of a table as a whole (broken_rules.sql), as text. -#}

{%- macro no_empty_text_is_broken(rows, rule) -%}
select concat_ws(
    ', '
    {%- for column in text_columns_of(rule.of) %}
    , case when trim({{ column }}) = '' then '{{ column }}' end
    {%- endfor %}
)
from {{ rows }}
where
    false
    {%- for column in text_columns_of(rule.of) %}
    or trim({{ column }}) = ''
    {%- endfor %}
{%- endmacro -%}

{#- By the contract of a model, which dbt holds its table to, or the types of a seed. -#}
{%- macro text_columns_of(table) -%}
{%- set found = [] -%}
{%- for column in table.columns.values() if (column.data_type or table.config.column_types[column.name]) == 'varchar' -%}
    {%- do found.append(column.name) -%}
{%- endfor -%}
{%- do return(found) -%}
{%- endmacro -%}

{%- macro unique_together_is_broken(rows, rule) -%}
select concat_ws(', ', {{ rule.columns | join(", ") }})
from {{ rows }}
group by {{ rule.columns | join(", ") }}
having count(*) > 1
{%- endmacro -%}

{#-
    Two rows of one thing (the columns) whose years of validity overlap, and rows whose years run backwards. An open end
    reaches as far as it can.
-#}
{%- macro years_apart_is_broken(rows, rule) -%}
with spans as (
    select
        {{ rule.columns | join(", ") }},
        coalesce(valid_from, 0) as first_year,
        coalesce(valid_to, 9999) as last_year,
        row_number() over () as row_no
    from {{ rows }}
)

select concat_ws(', ', {% for column in rule.columns %}one.{{ column }}, {% endfor %}one.first_year, one.last_year)
from spans as one
inner join spans as other
    on
        one.row_no <= other.row_no
        {%- for column in rule.columns %}
        and one.{{ column }} = other.{{ column }}
        {%- endfor %}
where
    case
        when one.row_no = other.row_no then one.first_year > one.last_year
        else one.first_year <= other.last_year and other.first_year <= one.last_year
    end
{%- endmacro -%}

{#-
    Codes that have none of the known lengths (digits, shortest first), that have no code above them in the list, or whose
    years reach beyond those of the code above.
-#}
{%- macro codes_under_listed_ones_is_broken(rows, rule) -%}
{%- set digits = rule.is.digits -%}
with above as (
    select
        {{ (rule.columns + ["code"]) | join(", ") }},
        min(coalesce(valid_from, 0)) as first_year,
        max(coalesce(valid_to, 9999)) as last_year
    from {{ rows }}
    group by {{ (rule.columns + ["code"]) | join(", ") }}
)

select listed.code
from {{ rows }} as listed
left join above
    on
        left(listed.code, length(listed.code) - 2) = above.code
        {%- for column in rule.columns %}
        and listed.{{ column }} = above.{{ column }}
        {%- endfor %}
where
    length(listed.code) not in ({{ digits | join(", ") }})
    or length(listed.code) > {{ digits[0] }}
    and (
        above.code is null
        or listed.valid_from < above.first_year
        -- an abolished code has no item that lives on
        or listed.is_official and coalesce(listed.valid_to, 9999) > above.last_year
    )
{%- endmacro -%}
