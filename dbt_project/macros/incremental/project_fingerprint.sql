{#-
    What changes when anything does that the rows of a document are made by: models, vocabulary, decisions, contracts,
    tests, macros, variables, dbt itself. Rows of two fingerprints are never mixed in one build.
-#}
{%- macro project_fingerprint() -%}
{%- set parts = [] -%}
{%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed', 'test') -%}
    {%- do parts.append([
        node.unique_id, node.checksum.checksum, node.raw_code, node.description, node.columns, node.unrendered_config,
        node.test_metadata
    ] | tojson(sort_keys=true)) -%}
{%- endfor -%}
{%- for source in graph.sources.values() -%}
    {%- do parts.append([source.unique_id, source.unrendered_config] | tojson(sort_keys=true)) -%}
{%- endfor -%}
{%- for macro in context.values() if macro.macro is defined and macro.macro.package_name == project_name -%}
    {%- do parts.append([macro.macro.unique_id, macro.macro.macro_sql] | tojson) -%}
{%- endfor -%}
{%- set variables = modules.re.findall("var\\('([a-z_]+)'", parts | join) | unique | sort -%}
{%- for name in variables -%}
    {%- do parts.append([name, var(name, none)] | tojson) -%}
{%- endfor -%}
{%- do return(local_md5([dbt_version] | join ~ parts | sort | join)) -%}
{%- endmacro -%}
