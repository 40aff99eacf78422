{#-
    The names under which a row of a project form, a performance form or a sentence may mean a project: the name,
    the name without what it has in brackets, and what it has in brackets.
-#}
{%- macro project_names(figures) -%}
list_filter(
    list_transform(
        [
            {{ figures }}.project_name,
            regexp_replace({{ figures }}.project_name, '[（(].*[）)]', ''),
            regexp_extract({{ figures }}.project_name, '[（(](.+)[）)]', 1),
            regexp_replace({{ figures }}.project_name, '(?:项目|补助资金)$', '')
        ],
        name -> regexp_replace(name, '\s', '', 'g')
    ),
    name -> coalesce(name, '') != ''
)
{%- endmacro -%}
