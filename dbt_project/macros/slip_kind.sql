{#-
    The slip of the pen that turns the figure meant into the figure printed, judged by its digits in steps of its last
    printed one; NULL when it looks like none.

    - printed, correction: SQL of the printed figure and of what it is short of the one meant.
    - step: SQL of what one step of its last printed digit is worth.
-#}
{%- macro slip_kind(printed, correction, step) -%}
{%- set meant = printed ~ " + " ~ correction -%}
{%- set was = "round(" ~ printed ~ " / nullif(" ~ step ~ ", 0))::bigint::varchar" -%}
{%- set should = "round((" ~ meant ~ ") / nullif(" ~ step ~ ", 0))::bigint::varchar" -%}
{%- set width = "greatest(length(" ~ was ~ "), length(" ~ should ~ "), 3)::integer" -%}
{%- set was_padded = "lpad(" ~ was ~ ", " ~ width ~ ", '0')" -%}
{%- set should_padded = "lpad(" ~ should ~ ", " ~ width ~ ", '0')" -%}
case
    when coalesce({{ step }}, 0) = 0 then null
    -- not a figure that could have been printed with as many decimals
    when abs(round(({{ meant }}) / {{ step }}) * {{ step }} - ({{ meant }})) > {{ step }} / 2 then null
    {%- for factor in ["10000", "0.0001"] %}
    when {{ printed }} != 0 and {{ meant }} != 0 and abs({{ meant }} - {{ printed }} * {{ factor }}) <= {{ step }} * {{ factor }} / 2
        then 'wrong_unit'
    {%- endfor %}
    {%- for factor in ["10", "100", "1000", "0.1", "0.01", "0.001"] %}
    when {{ printed }} != 0 and {{ meant }} != 0 and abs({{ meant }} - {{ printed }} * {{ factor }}) <= {{ step }} * greatest({{ factor }}, 1) / 2
        then 'moved_point'
    {%- endfor %}
    when hamming({{ was_padded }}, {{ should_padded }}) = 1 then 'one_digit'
    when damerau_levenshtein({{ was_padded }}, {{ should_padded }}) = 1 then 'swapped_digits'
    when levenshtein({{ was }}, {{ should }}) = 1 and length({{ was }}) < length({{ should }}) then 'dropped_digit'
    when levenshtein({{ was }}, {{ should }}) = 1 and length({{ was }}) > length({{ should }}) then 'extra_digit'
end
{%- endmacro -%}
