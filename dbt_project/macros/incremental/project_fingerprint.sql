{#-
    What changes when anything does that the rows of a document are made by: models, vocabulary, decisions (also those of the
    home), contracts, tests, macros, variables, dbt itself. Rows of two fingerprints are never mixed in one build.
-#}
{%- macro project_fingerprint() -%}
{%- set parts = [] -%}
{%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed', 'test') -%}
    {%- do parts.append(tojson([
        node.unique_id, node.checksum.checksum, node.raw_code, node.description, node.get('unrendered_config'),
        node.get('test_metadata'), node.get('columns')
    ], sort_keys=true)) -%}
{%- endfor -%}
{%- for node in graph.nodes.values() if node.resource_type == 'seed' -%}
    {%- for file in own_rows(node) -%}
        {%- do parts.append(run_query("select md5(content) from read_blob('" ~ file | replace("'", "''") ~ "')").rows[0][0]) -%}
    {%- endfor -%}
{%- endfor -%}
{%- for source in graph.sources.values() -%}
    {#- dbt has put the home of the warehouse in; a warehouse may be moved. -#}
    {%- set home = env_var('DISCLOSURES_HOME', 'warehouse') | replace("'", "''") -%}
    {%- do parts.append(tojson([source.unique_id, source.unrendered_config], sort_keys=true).replace(home, '')) -%}
{%- endfor -%}
{%- for macro in context.values() if macro.macro is defined and macro.macro.package_name == project_name -%}
    {%- do parts.append(tojson([macro.macro.unique_id, macro.macro.macro_sql])) -%}
{%- endfor -%}
{%- set variables = modules.re.findall("var\\('([a-z_]+)'", parts | join) | unique | sort -%}
{%- for name in variables -%}
    {%- do parts.append(tojson([name, var(name, none)])) -%}
{%- endfor -%}
{%- do return(local_md5(dbt_version ~ (parts | sort | join))) -%}
{%- endmacro -%}
