{#-
    What a model or a test reads when it refers to a model: in a build of what changed, the rows of the touched documents
    alone, in every model that is built by document. Elsewhere (a build of everything, a table that sums up all
    documents, a unit test, `dbt test`) it is the model itself, as dbt means it, or in a model that is built in parts
    (build_in_parts.sql) the rows of the part. A query that needs every document all the same says `builtins.ref`.

    It is dbt's `ref` under the same name, so that no model can forget it: one that read all documents in a build of what
    changed would be right, and would cost what a build of everything does.
-#}
{%- macro ref() -%}
{%- set relation = builtins.ref(*varargs, **kwargs) -%}
{%- if execute and model.resource_type in ('model', 'test') and is_built_by_document(varargs[-1]) -%}
    {%- set touched = touched_rows(varargs[-1]) if reads_touched_rows() else none -%}
    {%- if touched -%}
        {%- do return(touched) -%}
    {%- elif model.resource_type == 'model' and model.config.meta.in_parts_by and flags.WHICH in ('run', 'build') -%}
        {%- do return(rows_of_part(relation)) -%}
    {%- endif -%}
{%- endif -%}
{%- do return(relation) -%}
{%- endmacro -%}

{#-
    What a rule of a table refers to: the rows of touched documents, where the table itself is asked of these alone. A table about
    all documents is held against all of them.
-#}
{%- macro relation_referred_to(table, name) -%}
{%- set touched = touched_rows(name) if is_built_by_document(name) and is_built_by_document(table.name) else none -%}
{%- do return(touched or built_relation(name)) -%}
{%- endmacro -%}

{#- Whether rows of touched documents are all that the node now compiled has to look at. -#}
{%- macro reads_touched_rows() -%}
{%- if model.resource_type == 'model' -%}
    {#- An ephemeral model is part of the queries of models that are built by document. -#}
    {%- do return(model.config.materialized in ('incremental', 'ephemeral')) -%}
{%- elif model.resource_type != 'test' or model.config.meta.about == 'all documents' -%}
    {%- do return(false) -%}
{%- endif -%}
{#- A test of a table about all documents looks at all of them, also in the models that it compares the table with. -#}
{%- set about = [model.attached_node] if model.attached_node else model.depends_on.nodes -%}
{%- for unique_id in about if unique_id.startswith('model.') and not is_built_by_document(unique_id.split('.')[2]) -%}
    {%- do return(false) -%}
{%- endfor -%}
{%- do return(true) -%}
{%- endmacro -%}

{#- Whether a name is that of a model of which the rows of one document can be made anew without the others. -#}
{%- macro is_built_by_document(name) -%}
{%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ name) -%}
{%- do return(node is not none and node.config.materialized == 'incremental') -%}
{%- endmacro -%}

{#- The relation with a model's rows of touched documents; none in a build of everything. -#}
{%- macro touched_rows(name) -%}
{%- do return(load_cached_relation(
    api.Relation.create(database=target.database, schema='touched', identifier=name, type='table')
)) -%}
{%- endmacro -%}

{#- dbt asks this before it builds a model: a model is made anew unless this build is one of touched documents. -#}
{%- macro should_full_refresh() -%}
{%- set configured = config.get('full_refresh') -%}
{%- if configured is not none -%}
    {%- do return(configured) -%}
{%- endif -%}
{%- do return(
    flags.FULL_REFRESH or (config.get('materialized') == 'incremental' and touched_rows(model.name) is none)
) -%}
{%- endmacro -%}
