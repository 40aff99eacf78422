"""From the budget of the beginning to the adjusted one and the final accounts, two drawn documents each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built, rows_of

_BUDGET = """{name}2023年部门预算

2023年部门一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
210\t卫生健康支出\t100.00\t60.00\t40.00
21011\t行政事业单位医疗\t60.00\t60.00\t
2101101\t行政单位医疗\t40.00\t40.00\t
2101102\t事业单位医疗\t20.00\t20.00\t
21013\t医疗救助\t40.00\t\t40.00
2101301\t城乡医疗救助\t40.00\t\t40.00
\t合计\t100.00\t60.00\t40.00
"""
_FINAL = """{name}2023年度部门决算

一般公共预算财政拨款支出决算表
单位：万元
科目编码\t科目名称\t年初预算数\t调整预算数\t决算数
210\t卫生健康支出\t100.00\t{adjusted:.2f}\t{final:.2f}
21011\t行政事业单位医疗\t60.00\t60.00\t60.00
2101101\t行政单位医疗\t40.00\t40.00\t41.00
2101102\t事业单位医疗\t20.00\t20.00\t19.00
21013\t医疗救助\t40.00\t{aid_adjusted:.2f}\t{aid:.2f}
2101301\t城乡医疗救助\t40.00\t{aid_adjusted:.2f}\t{aid:.2f}
\t合计\t100.00\t{adjusted:.2f}\t{final:.2f}
"""


def budget(name: str) -> str:
    return _BUDGET.format(name=name)


def final(name: str, aid_adjusted: float, aid: float) -> str:
    return _FINAL.format(
        name=name, aid_adjusted=aid_adjusted, aid=aid, adjusted=60 + aid_adjusted, final=60 + aid
    )


def outcomes(*texts: str) -> list[dict[str, Any]]:
    files = [NamedBytes(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    with built(stage_bytes(files), ["mart_budget_to_outcome"]) as connection:
        return rows_of(connection, "select * from marts.mart_budget_to_outcome order by all")


@pytest.fixture(scope="module")
def two_publishers() -> list[dict[str, Any]]:
    """Of one the aid was more than doubled and little spent, of the other it was not."""
    first, second = "甲县医疗保障局", "乙县医疗保障局"
    return outcomes(budget(first), final(first, 90, 45), budget(second), final(second, 40, 36))


def of(rows: list[dict[str, Any]], publisher: str, code: str | None) -> dict[str, Any]:
    (row,) = (each for each in rows if each["publisher_name"] == publisher and each["code"] == code)
    return row


def test_a_code_has_its_three_figures_and_what_is_between_them(two_publishers: list[dict[str, Any]]) -> None:
    row = of(two_publishers, "甲县医疗保障局", "2101301")
    assert (row["initial_yuan"], row["adjusted_yuan"], row["final_yuan"]) == (400_000, 900_000, 450_000)
    assert (row["adjustment_yuan"], row["adjustment_pct"]) == (500_000, 125)
    assert (row["executed_pct"], row["unspent_yuan"]) == (50, 450_000)


def test_the_total_is_a_row_of_its_own(two_publishers: list[dict[str, Any]]) -> None:
    row = of(two_publishers, "甲县医疗保障局", None)
    assert (row["subject_kind"], row["adjusted_yuan"], row["final_yuan"]) == ("total", 1_500_000, 1_050_000)


def test_what_asks_for_a_second_look_is_ranked_by_money_and_told_once(
    two_publishers: list[dict[str, Any]],
) -> None:
    told = sorted(
        (row["second_look_rank"], row["code"], row["second_look"], row["second_look_yuan"])
        for row in two_publishers
        if row["second_look"] and row["subject_kind"] == "function"
    )
    assert told == [
        (1, "2101301", "low_execution", Decimal("450000.00")),
        (2, "2101101", "over_budget", Decimal("10000.00")),
        (3, "2101101", "over_budget", Decimal("10000.00")),
    ]


def test_like_publishers_are_one_family_and_their_median_stands_beside(
    two_publishers: list[dict[str, Any]],
) -> None:
    row = of(two_publishers, "甲县医疗保障局", "2101301")
    assert (row["publisher_family"], row["family_figures"], row["family_executed_pct"]) == (
        "医疗保障 210",
        2,
        70,
    )


def test_what_was_not_in_the_budget_and_what_is_over_it_say_so() -> None:
    name = "丙县医疗保障局"
    spent = final(name, 40, 40).replace("年初预算数\t调整预算数\t决算数", "合计\t基本支出\t项目支出")
    rows = """210\t卫生健康支出\t110.00\t70.00\t40.00
21011\t行政事业单位医疗\t65.00\t65.00\t
2101101\t行政单位医疗\t45.00\t45.00\t
2101102\t事业单位医疗\t20.00\t20.00\t
21013\t医疗救助\t40.00\t\t40.00
2101301\t城乡医疗救助\t40.00\t\t40.00
21015\t医疗保障管理事务\t5.00\t5.00\t
2101501\t行政运行\t5.00\t5.00\t
\t合计\t110.00\t70.00\t40.00
"""
    head = spent[: spent.index("210\t")]
    told = {
        row["code"]: row["second_look"] for row in outcomes(budget(name), head + rows) if row["second_look"]
    }
    assert told == {None: "over_initial_budget", "2101101": "over_initial_budget", "2101501": "not_budgeted"}
