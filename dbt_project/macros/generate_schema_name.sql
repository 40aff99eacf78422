{#- The schema of a model is the name its folder is given, exactly: no prefix of the target. -#}
{%- macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro -%}
