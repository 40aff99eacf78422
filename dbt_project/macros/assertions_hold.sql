{#-
    A query of `rule` and `value`: the rows that break some assertions, each a macro of its name that gives a query of rows which
    must not be. What reads the compiled query takes it apart at the lines that name them.

    - names: the assertions. All look at touched documents alone in a build of what changed; see reads_touched_rows.
-#}
{%- macro assertions_hold(names) -%}
{%- for name in names %}
-- assertion {{ name }}
select
    '{{ name }}' as rule,
    cast(to_json(broken) as varchar) as value
from (
{{ context[name]() }}
) as broken
{{ "union all" if not loop.last }}
{%- endfor %}
{%- endmacro -%}
