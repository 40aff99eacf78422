{#-
    The names by which documents are compared with each other: a query of `document_id`, `name`, `is_publisher`. Two
    documents are linked when they share a name and at least one of them is published under it.

    - documents, lines: relations with staged documents and lines.
    - landings: a relation with the addresses where documents were found: what is found at one address may be versions
      of one document. An address stands here for a publisher's name.
    - rule_terms: the relation int_rule_terms.
-#}
{%- macro document_links(documents, lines, landings, rule_terms) -%}
select distinct
    document_id,
    publisher_name as name,
    true as is_publisher
from {{ documents }}
where publisher_name is not null
union all
select distinct
    document_id,
    {{ same_address('uri') }} as name,
    true as is_publisher
from {{ landings }}
union all
-- whom a link or a file's name tells, where the document itself does not
select distinct
    document_id,
    unnest(list_filter(
        [{% for name in ['link_publisher', 'file_publisher'] %}regexp_replace({{ name }}, '\((本级|机关|汇总)\)$', '')
            {{- ", " if not loop.last }}{% endfor %}],
        name -> name is not null
    )) as name,
    true as is_publisher
from {{ landings }}
union all
-- the units that a department lists beside their money
select distinct
    lines.document_id,
    lines.label_plain as name,
    false as is_publisher
from {{ lines }} as lines
inner join {{ rule_terms }} as terms
    on
        lines.form_key = terms.form_key
        and coalesce(lines.side_key = terms.side_key, true)
        and terms.match_on = 'year_unit'
        and terms.document_role = 'department'
where lines.label_plain is not null
{%- endmacro -%}
