"""What an analyst finds in the marts of the small disclosure."""

from __future__ import annotations

from decimal import Decimal

import duckdb


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return connection.sql(sql).fetchall()


def test_leaves_of_one_form_and_measure_add_up_to_its_total(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        connection,
        """
        select measure, sum(amount_yuan) filter (is_leaf), max(amount_yuan) filter (row_kind = 'total')
        from marts.fct_spending_lines
        where form_key = 'budget_expenditure_by_function' and classification = 'function'
        group by measure order by measure
        """,
    ) == [
        ("personnel", Decimal(200_000), Decimal(200_000)),
        ("project", Decimal(100_000), Decimal(100_000)),
        ("total", Decimal(300_000), Decimal(300_000)),
    ]


def test_a_dash_and_a_figure_of_unknown_unit_are_staged_but_in_no_mart(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    staged = rows(connection, "select amount_text from staging.amounts where amount_yuan is null order by 1")
    assert staged == [("-",), ("7",)]
    assert rows(
        connection, "select count(*) from marts.fct_spending_lines where amount_text in ('-', '7')"
    ) == [(0,)]


def test_a_printed_zero_is_a_fact(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows(connection, "select measure, amount_yuan from marts.fct_three_public order by measure") == [
        ("meetings", Decimal(12_000)),
        ("three_public", Decimal(0)),
    ]


def test_a_revenue_form_is_revenue(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        connection, "select distinct form_key, classification, amount_yuan from marts.fct_revenue_lines"
    ) == [("budget_revenue", "unit", Decimal(300_000))]


def test_a_project_is_in_the_list_of_projects_and_in_its_own_form(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert rows(
        connection,
        """
        select project_name, form_key, unit_code, unit_name, amount_yuan
        from marts.fct_projects order by form_key, project_name
        """,
    ) == [
        ("基金监管", "budget_special_projects", "509001", "甲县医疗保障局", Decimal(40_000)),
        ("网络运行", "budget_special_projects", "509001", "甲县医疗保障局", Decimal(60_000)),
        ("基金监管", "performance_project_target", None, None, Decimal(40_000)),
    ]


def test_an_indicator_keeps_the_printed_target_beside_the_number(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert rows(
        connection,
        """
        select publisher_name, fiscal_year, subject, indicator,
            target_text, comparator, target_number, target_unit
        from marts.fct_performance_indicators
        """,
    ) == [("甲县医疗保障局", 2024, "基金监管", "检查次数", "≥12次", "≥", Decimal(12), "次")]


def test_a_document_that_could_not_be_read_is_in_the_dimension_with_the_reason(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert rows(connection, "select failure_reason from marts.dim_document where status = 'failed'") == [
        ("not a text document",)
    ]


def test_every_form_key_of_the_vocabulary_is_in_the_dimension(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows(connection, "from staging.forms anti join marts.dim_form using (form_key)") == []
