{#- The rectangle that a row is printed in, as one value; NULL where its format has no pages. -#}
{%- macro printed_box(of) -%}
case
    when {{ of }}.bbox_left is not null
        then struct_pack(
            x0 := {{ of }}.bbox_left,
            top := {{ of }}.bbox_top,
            x1 := {{ of }}.bbox_right,
            bottom := {{ of }}.bbox_bottom
        )
end
{%- endmacro -%}
