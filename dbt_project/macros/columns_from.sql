{#-
    A part of a select list: the columns that this model declares and that another one has, too.

        select
            {{ columns_from(amounts='stg_amounts', lines='stg_lines') }},
            …
        from {{ ref('stg_amounts') }} as amounts inner join {{ ref('stg_lines') }} as lines …

    A column that several of them have is that of the first. Where there is one model alone, it needs no alias:
    `columns_from('int_published_amounts')`. So a column that is added to both contracts goes from one model to the other
    without being named in any query. In a unit test, whose inputs have the columns that it gives them, all of these.
-#}
{%- macro columns_from() -%}
{%- set sources = [] -%}
{%- for name in varargs -%}
    {%- do sources.append(('', name)) -%}
{%- endfor -%}
{%- for alias, name in kwargs.items() -%}
    {%- do sources.append((alias ~ '.', name)) -%}
{%- endfor -%}
{%- set columns = [] -%}
{%- if execute and model.resource_type != 'unit_test' -%}
    {%- for column in model.columns -%}
        {%- set having = [] -%}
        {%- for prefix, name in sources if column in graph.nodes['model.' ~ project_name ~ '.' ~ name].columns -%}
            {%- do having.append(prefix ~ column) -%}
        {%- endfor -%}
        {%- do columns.extend(having[:1]) -%}
    {%- endfor -%}
{%- else -%}
    {%- for prefix, _ in sources -%}
        {%- do columns.append(prefix ~ '*') -%}
    {%- endfor -%}
{%- endif -%}
{{ columns | join(',\n    ') }}
{%- endmacro -%}
