{#- The first and last year of what has several rows, each with its own: an open end of one is the open end of all. -#}
{%- macro years_of_all_rows() -%}
case when count(*) = count(valid_from) then min(valid_from) end as valid_from,
case when count(*) = count(valid_to) then max(valid_to) end as valid_to
{%- endmacro -%}
