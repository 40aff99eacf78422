{#- What tells one stated figure from another: the columns of a coordinate, in their order. -#}
{%- macro dimensions() -%}
{%- do return([
    'scope', 'fiscal_year', 'budget_version', 'flow', 'fund', 'spending_kind', 'function_code', 'economic_code',
    'economic_code_government', 'subject', 'project'
]) -%}
{%- endmacro -%}

{#- They as a part of a list, of the table `of` where it has a name. -#}
{%- macro coordinate_columns(of=none) -%}
{%- set prefix = of ~ '.' if of else '' -%}
{{ prefix }}{{ dimensions() | join(', ' ~ prefix) }}
{%- endmacro -%}

{#- Whether each is known of a row of `of`: what is unknown might tell two figures apart. -#}
{%- macro coordinate_is_known(of) -%}
{{ of }}.{{ dimensions() | join(' is not null and ' ~ of ~ '.') }} is not null
{%- endmacro -%}
