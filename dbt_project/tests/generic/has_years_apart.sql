{#-
    Fails on every two rows of one thing (the columns) whose years of validity overlap, and on every row whose years run
    backwards. An open end reaches as far as it can.
-#}
{% test has_years_apart(model, columns) %}
with spans as (
    select
        {{ columns | join(", ") }},
        coalesce(valid_from, 0) as first_year,
        coalesce(valid_to, 9999) as last_year,
        row_number() over () as row_no
    from {{ model }}
)

select one.*
from spans as one
inner join spans as other
    on
        one.row_no <= other.row_no
        {%- for column in columns %}
        and one.{{ column }} = other.{{ column }}
        {%- endfor %}
where
    case
        when one.row_no = other.row_no then one.first_year > one.last_year
        else one.first_year <= other.last_year and other.first_year <= one.last_year
    end
{% endtest %}
