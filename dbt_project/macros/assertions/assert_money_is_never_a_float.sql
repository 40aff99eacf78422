{%- macro assert_money_is_never_a_float() -%}
-- depends_on: {{ ref('fct_findings') }}, {{ ref('identity_results') }}
-- depends_on: {{ ref('fct_spending_lines') }}, {{ ref('fct_revenue_lines') }}, {{ ref('fct_projects') }}
-- depends_on: {{ ref('fct_three_public') }}, {{ ref('fct_procurement') }}
-- Reads the built types, so that a contract that says the wrong thing is noticed too. What rounding can explain is half
-- of a printed digit and may be half a fen, so it alone may have more decimals.
select
    schema_name,
    table_name,
    column_name,
    data_type
from duckdb_columns()
where
    database_name = current_database()
    and schema_name in ('staging', 'reconciliation', 'marts')
    and (
        (
            column_name like '%\_yuan' escape '\'
            and column_name not in ('tolerance_yuan', 'rounding_yuan', 'cut_off_yuan', 'largest_rounding_yuan')
            and data_type <> 'DECIMAL(20,2)'
        )
        or regexp_matches(data_type, 'FLOAT|DOUBLE|REAL')
    )
{%- endmacro -%}
