{#- Queries of one column: the values that break a rule of one column (broken_rules.sql), as text. -#}

{%- macro never_null_is_broken(rows, rule) -%}
select cast(null as varchar)
from {{ rows }}
where {{ rule.columns[0] }} is null
{%- endmacro -%}

{%- macro unique_is_broken(rows, rule) -%}
select cast({{ rule.columns[0] }} as varchar)
from {{ rows }}
where {{ rule.columns[0] }} is not null
group by {{ rule.columns[0] }}
having count(*) > 1
{%- endmacro -%}

{%- macro one_of_is_broken(rows, rule) -%}
{%- set codes = [] -%}
{%- for code in rule.is -%}
    {%- do codes.append("'" ~ code ~ "'") -%}
{%- endfor -%}
select distinct cast({{ rule.columns[0] }} as varchar)
from {{ rows }}
where {{ rule.columns[0] }} not in ({{ codes | join(", ") }})
{%- endmacro -%}

{%- macro refers_to_is_broken(rows, rule) -%}
{%- set name, column = rule.is.split(".") -%}
select cast(own.{{ rule.columns[0] }} as varchar)
from {{ rows }} as own
anti join {{ relation_referred_to(rule.of, name) }} as theirs on own.{{ rule.columns[0] }} = theirs.{{ column }}
where own.{{ rule.columns[0] }} is not null
{%- endmacro -%}

{%- macro named_is_broken(rows, rule) -%}
select distinct cast(own.{{ rule.columns[0] }} as varchar)
from {{ rows }} as own
anti join {{ relation_referred_to(rule.of, "value_names") }} as names
    on names.column_name = '{{ rule.columns[0] }}' and own.{{ rule.columns[0] }} = names.value
where own.{{ rule.columns[0] }} is not null
{%- endmacro -%}
