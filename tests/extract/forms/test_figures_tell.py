"""What no word tells, the figures of a form do: which column is the sum of which, which row what total."""

from __future__ import annotations

from textwrap import dedent

import pytest

from extract.forms.collector import Collector
from extract.forms.money_table import read_money_table
from tests.extract.drawing import VOCABULARY, blocks, collector


def read(drawing: str, form_key: str | None = None) -> Collector:
    records = collector()
    read_money_table(blocks(dedent(drawing).strip()), form_key, records, VOCABULARY)
    return records


def parts(records: Collector) -> dict[str, str]:
    """Each part by its header, with the header of its whole."""
    headers = {column.col_no: column.column_path for column in records.columns}
    return {
        column.column_path: headers[column.part_of_col]
        for column in records.columns
        if column.part_of_col is not None
    }


def totals(records: Collector, side: int = 0) -> dict[str | None, str | None]:
    return {line.row_label: line.line_key for line in records.lines if line.side_no == side}


def test_columns_are_parts_of_the_one_that_row_after_row_is_their_sum() -> None:
    records = read("""
        | 科目编码 | 科目名称 | 全部 | 其一 | 其二 |
        | 201 | 甲 | 3.00 | 1.00 | 2.00 |
        | 208 | 乙 | 5.00 | 5.00 |      |
        | 210 | 丙 | 7.00 | 3.00 | 4.00 |
        """)
    assert parts(records) == {"其一": "全部", "其二": "全部"}


def test_what_has_parts_of_its_own_counts_once() -> None:
    records = read("""
        | 科目编码 | 科目名称 | 全部 | 其一 | 细甲 | 细乙 | 其二 |
        | 201 | 甲 | 6.00 | 3.00 | 1.00 | 2.00 | 3.00 |
        | 208 | 乙 | 9.00 | 5.00 | 2.00 | 3.00 | 4.00 |
        | 210 | 丙 | 7.00 | 3.00 | 2.00 | 1.00 | 4.00 |
        """)
    assert parts(records) == {"其一": "全部", "细甲": "其一", "细乙": "其一", "其二": "全部"}


def test_a_total_may_stand_last() -> None:
    records = read("""
        | 科目编码 | 科目名称 | 其一 | 其二 | 全部 |
        | 201 | 甲 | 1.00 | 2.00 | 3.00 |
        | 208 | 乙 | 2.00 | 3.00 | 5.00 |
        """)
    assert parts(records) == {"其一": "全部", "其二": "全部"}


def test_one_slip_among_many_rows_does_not_hide_the_sum() -> None:
    records = read("""
        | 科目编码 | 科目名称 | 全部 | 其一 | 其二 |
        | 201 | 甲 | 3.00 | 1.00 | 2.00 |
        | 208 | 乙 | 5.00 | 4.00 | 1.00 |
        | 210 | 丙 | 7.00 | 3.00 | 4.00 |
        | 212 | 丁 | 9.00 | 3.00 | 6.00 |
        | 221 | 戊 | 8.00 | 3.00 | 4.00 |
        """)
    assert parts(records) == {"其一": "全部", "其二": "全部"}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("| 201 | 甲 | 3.00 | 1.00 | 2.00 |", id="one row is chance"),
        pytest.param(
            "| 201 | 甲 | 3.00 | 3.00 | |\n| 208 | 乙 | 5.00 | 5.00 | |\n| 210 | 丙 | 4.00 | 4.00 | |",
            id="a copy is no sum",
        ),
        pytest.param(
            "| 201 | 甲 | 3.00 | 1.00 | 2.00 |\n| 208 | 乙 | 3.00 | 1.00 | 2.00 |",
            id="the same row twice proves no more than once",
        ),
        pytest.param(
            "| 201 | 甲 | 3.00 | 1.00 | 2.00 |\n| 208 | 乙 | 5.00 | 4.00 | 1.00 |\n"
            "| 210 | 丙 | 9.00 | 3.00 | 4.00 |",
            id="a row in three that does not add up",
        ),
    ],
)
def test_what_few_rows_say_is_no_proof(rows: str) -> None:
    assert parts(read(f"| 科目编码 | 科目名称 | 全部 | 其一 | 其二 |\n{rows}")) == {}


def test_a_row_with_money_in_a_column_that_no_other_row_proves_is_no_slip() -> None:
    records = read("""
        | 科目编码 | 科目名称 | 全部 | 其一 | 其二 | 其三 |
        | 201 | 甲 | 3.00 | 1.00 | 2.00 |      |
        | 208 | 乙 | 5.00 | 4.00 | 1.00 |      |
        | 210 | 丙 | 7.00 | 3.00 | 4.00 |      |
        | 212 | 丁 | 9.00 | 3.00 | 6.00 |      |
        | 221 | 戊 | 8.00 | 3.00 | 4.00 | 5.00 |
        """)
    assert parts(records) == {}


def test_columns_of_two_years_are_not_added_up() -> None:
    records = read("""
        | 科目编码 | 科目名称 | 2025年预算数 | 2024年预算数 | 2023年预算数 |
        | 201 | 甲 | 3.00 | 1.00 | 2.00 |
        | 208 | 乙 | 5.00 | 4.00 | 1.00 |
        """)
    assert parts(records) == {}


def test_a_last_row_to_which_a_total_and_what_follows_it_add_up_is_the_grand_total() -> None:
    records = read("""
        | 收入 | 预算数 |
        | 一、财政拨款收入 | 3.00 |
        | 二、事业收入 | 2.00 |
        | 收入合计 | 5.00 |
        | 期初滚存 | 1.00 |
        | 来源总数 | 6.00 |
        """)
    assert totals(records) == {
        "一、财政拨款收入": "fiscal_appropriation",
        "二、事业收入": None,
        "收入合计": "current_total",
        "期初滚存": "carry",
        "来源总数": "grand_total",
    }


@pytest.mark.parametrize(("balance", "key"), [("1.00", "carry"), ("0.50", None)])
def test_what_lacks_between_two_totals_is_a_balance(balance: str, key: str | None) -> None:
    records = read(f"""
        | 收入 | 预算数 |
        | 一、财政拨款收入 | 5.00 |
        | 本年收入合计 | 5.00 |
        | 期初滚存 | {balance} |
        | 收入总计 | 6.00 |
        """)
    assert totals(records)["期初滚存"] == key


def test_a_row_without_a_number_that_all_numbered_ones_add_up_to_is_the_total_of_the_year() -> None:
    records = read("""
        | 支出用途 | 预算数 |
        | 一、基本支出 | 3.00 |
        | 二、项目支出 | 2.00 |
        | 当年去向之和 | 5.00 |
        | 年末结转和结余 | 1.00 |
        | 支出总计 | 6.00 |
        """)
    assert totals(records)["当年去向之和"] == "current_total"


def test_numbers_of_columns_that_go_on_further_down_are_no_money() -> None:
    records = read("""
        | 项目 | 全部 | 其一 |
        | 栏次 | 1    | 2    |
        | 甲   | 3.00 | 3.00 |
        |      | 3    | 4    |
        """)
    assert [amount.amount_text for amount in records.amounts] == ["3.00", "3.00"]


def test_numbers_of_rows_without_a_heading_are_no_part_of_a_code() -> None:
    records = read("""
        | 科目名称 | 科目编码 |    | 合计 |
        | 甲       | 201      | 15 | 1.00 |
        | 乙       | 20101    | 16 | 1.00 |
        | 丙       | 2010101  | 17 | 1.00 |
        """)
    assert [line.code for line in records.lines] == ["201", "20101", "2010101"]


BASIC = """
    | 科目编码 | 科目名称     | 金额  | 科目编码 | 科目名称     | 金额 |
    | 301      | 工资福利支出 | 10.00 | 302      | 商品服务支出 | 5.00 |
    | 30101    | 基本工资     | 10.00 | 30201    | 办公费       | 5.00 |
    | 303      | 对个人补助   | 2.00  | 310      | 资本性支出   | 1.00 |
    |          | 人头花费     | {}    |          | 公用经费合计 | 6.00 |
"""


def test_the_other_total_of_two_is_known_by_what_the_codes_above_it_come_to() -> None:
    found = totals(read(BASIC.format("12.00"), "final_basic_by_economic"))
    assert found["人头花费"] == "personnel_total"
    assert found["对个人补助"] is None


def test_a_last_row_that_is_no_sum_of_its_codes_is_no_total() -> None:
    found = totals(read(BASIC.format("13.00"), "final_basic_by_economic"))
    assert found["人头花费"] is None
