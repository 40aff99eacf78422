{#-
    Fails on every code that has none of the known lengths (digits, shortest first), that has no code above it in the
    list, or whose years reach beyond those of the code above.
-#}
{% test has_codes_under_listed_ones(model, digits, within=[]) %}
with above as (
    select
        {{ (within + ["code"]) | join(", ") }},
        min(coalesce(valid_from, 0)) as first_year,
        max(coalesce(valid_to, 9999)) as last_year
    from {{ model }}
    group by {{ (within + ["code"]) | join(", ") }}
)

select listed.*
from {{ model }} as listed
left join above
    on
        left(listed.code, length(listed.code) - 2) = above.code
        {%- for column in within %}
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
{% endtest %}
