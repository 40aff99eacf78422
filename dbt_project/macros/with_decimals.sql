{#- A number in words with at least so many decimals, as the figures beside it are printed: 11 beside 7.00 is 11.00. -#}
{%- macro with_decimals(text, decimals) -%}
(
    {{ text }}
    || case
        when {{ decimals }} > length(split_part({{ text }}, '.', 2))
            then if(contains({{ text }}, '.'), '', '.')
            || repeat('0', ({{ decimals }} - length(split_part({{ text }}, '.', 2)))::integer)
        else ''
    end
)
{%- endmacro -%}
