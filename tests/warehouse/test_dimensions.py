"""What the dimensions give an analyst: every code and place once, and roll-ups in one join."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return connection.sql(sql).fetchall()


@pytest.mark.parametrize(
    ("level", "rolled_up"),
    [
        ("class", [("208", "社会保障和就业支出", Decimal(300_000))]),
        ("group", [("20805", "行政事业单位养老支出", Decimal(300_000))]),
        (
            "item",
            [
                ("2080501", "行政单位离退休", Decimal(100_000)),
                ("2080505", "机关事业单位基本养老保险缴费支出", Decimal(200_000)),
            ],
        ),
    ],
)
def test_one_join_rolls_up_to_any_level(
    connection: duckdb.DuckDBPyConnection, level: str, rolled_up: list[tuple[object, ...]]
) -> None:
    assert (
        rows(
            connection,
            f"""
            select function.{level}_code, function.{level}_name, sum(spending.amount_yuan)
            from marts.fct_spending_lines as spending
            inner join marts.dim_function as function using (code)
            where spending.form_key = 'budget_expenditure_by_function' and spending.measure = 'total'
            and spending.classification = 'function' and spending.is_leaf
            group by all order by all
            """,
        )
        == rolled_up
    )


def test_every_official_code_has_a_row_whether_or_not_a_form_prints_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert rows(
        connection,
        """
        select code, name, is_official, is_seen, document_count from marts.dim_function
        where code in ('2080505', '2080506') order by code
        """,
    ) == [
        ("2080505", "机关事业单位基本养老保险缴费支出", True, True, 1),
        ("2080506", "机关事业单位职业年金缴费支出", True, False, 0),
    ]
    assert rows(
        connection,
        """
        select count(*) from seeds.economic_codes as listed
        anti join marts.dim_economic_item as item
            on listed.classification = item.classification and listed.code = item.code
        where listed.is_official
        """,
    ) == [(0,)]


def test_every_official_item_hangs_on_a_named_class(connection: duckdb.DuckDBPyConnection) -> None:
    nameless = "class_name is null or code_level > 1 and parent_code is null"
    assert rows(connection, f"select code from marts.dim_function where is_official and ({nameless})") == []
    assert (
        rows(connection, f"select code from marts.dim_economic_item where is_official and ({nameless})") == []
    )


def test_a_code_whose_name_changed_has_one_row_with_the_name_of_today(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert rows(
        connection,
        """
        select code, official_name, valid_from, valid_to from marts.dim_function
        where code in ('20115', '20138', '210') order by code
        """,
    ) == [
        ("20115", "工商行政管理事务", None, 2018),  # abolished
        ("20138", "市场监督管理事务", 2019, None),
        ("210", "卫生健康支出", None, None),
    ]


@pytest.mark.parametrize(
    ("departmental", "pairs"),
    [
        ("30101", [("50101", "administrative"), ("50501", "institution")]),
        ("30201", [("50201", "administrative"), ("50502", "institution")]),
        ("31002", [("50306", "administrative"), ("50601", "institution")]),
        ("30902", [("50404", "administrative"), ("50602", "institution")]),
        ("30302", [("50905", "all")]),
        ("30107", [("50501", "institution")]),
    ],
)
def test_a_departmental_item_answers_to_one_government_item_in_each_kind_of_unit(
    connection: duckdb.DuckDBPyConnection, departmental: str, pairs: list[tuple[str, str]]
) -> None:
    assert (
        rows(
            connection,
            f"""
            select government_code, applies_to from marts.bridge_economic_items
            where departmental_code = '{departmental}' and is_official order by all
            """,
        )
        == pairs
    )


def test_a_place_says_what_it_lies_in(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        connection,
        """
        select region_name, region_code, full_name, parent_code from marts.dim_region
        where region_name in ('陕西省', '汉中市', '西乡县', '普陀区', '巴音郭楞蒙古自治州')
        order by region_code
        """,
    ) == [
        ("普陀区", "310107", "上海市普陀区", "310000"),
        ("普陀区", "330903", "浙江省舟山市普陀区", "330900"),
        ("陕西省", "610000", "陕西省", None),
        ("汉中市", "610700", "陕西省汉中市", "610000"),
        ("西乡县", "610724", "陕西省汉中市西乡县", "610700"),
        ("巴音郭楞蒙古自治州", "652800", "新疆维吾尔自治区巴音郭楞蒙古自治州", "650000"),
    ]


def test_a_code_of_a_place_begins_as_that_of_what_it_lies_in(connection: duckdb.DuckDBPyConnection) -> None:
    assert (
        rows(
            connection,
            """
            select region_name from marts.dim_region
            where case government_level
                when 'province' then region_code[3:] != '0000'
                when 'city' then region_code[5:] != '00' or left(region_code, 2) != left(parent_code, 2)
                else left(region_code, 4) != left(city_code, 4)
                    or left(region_code, 2) != left(province_code, 2)
            end
            """,
        )
        == []
    )
