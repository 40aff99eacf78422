{#-
    The chapter of a section (headings from the outermost in, parted by ` / `): down to the first that is numbered 一、,
    which may stand below a 部分 or by itself; where none is, the outermost two.
-#}
{%- macro chapter(section) -%}
array_to_string(
    string_split({{ section }}, ' / ')[
        1:coalesce(
            list_position(
                list_transform(
                    string_split({{ section }}, ' / '), heading -> regexp_matches(heading, '^[一二三四五六七八九十]+、')
                ),
                true
            ),
            2
        )
    ],
    ' / '
)
{%- endmacro -%}
