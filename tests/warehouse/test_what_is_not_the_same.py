"""Figures that look alike and are not of the same: each beside the other in a document raises nothing."""

from __future__ import annotations

import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from tests.warehouse.whole_disclosure import whole

_BASIC = """二、一般公共预算财政拨款基本支出决算情况说明

基本支出60.00万元，其中：人员经费50.00万元，公用经费10.00万元。
"""
_LAST_ROW = "公务用车运行费\t4.00\t4.00\n"
_BUDGET = """示例县卫生局2023年部门预算

2023年部门一般公共预算“三公”经费支出表
单位：万元
项目\t预算数
“三公”经费合计\t8.00
因公出国（境）费\t0.00
公务接待费\t3.00
公务用车购置费\t0.00
公务用车运行费\t5.00
"""
_FUNCTIONS = """210\t卫生健康支出\t100.00\t60.00\t40.00
21011\t行政事业单位医疗\t100.00\t60.00\t40.00
2101101\t行政单位医疗\t100.00\t60.00\t40.00
\t合计\t100.00\t60.00\t40.00
"""
_REVENUE = """210\t卫生健康支出\t100.00\t100.00\t
21011\t行政事业单位医疗\t100.00\t100.00\t
2101101\t行政单位医疗\t100.00\t100.00\t
\t合计\t100.00\t100.00\t
"""
_SECRET = "注：按照规定，涉密内容未在本表列示。\n"
_ACCOUNT = "注：本表收入含财政专户管理资金。\n"


def raised(*texts: str) -> list[tuple[str]]:
    files = [NamedBytes(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    with built(stage_bytes(files), ["fct_findings"]) as connection:
        return connection.execute(
            """
            select distinct rule_id from marts.fct_findings
            where severity not in ('note', 'rounding') order by all
            """
        ).fetchall()


def altered(*words: tuple[str, str]) -> str:
    text = whole()
    for before, after in words:
        assert before in text
        text = text.replace(before, after)
    return text


def without_a_secret_row(note: str) -> str:
    """What is secret is in the sums of the classes and in no row below them."""
    rows = _FUNCTIONS.replace("行政单位医疗\t100.00\t60.00", "行政单位医疗\t90.00\t50.00")
    return altered((_FUNCTIONS, rows + note))


def with_special_account(note: str) -> str:
    """Money of the fiscal special account in the form of revenue, and in no other form."""
    rows = _REVENUE.replace("100.00\t100.00\t", "120.00\t100.00\t20.00")
    return altered((_REVENUE, rows + note))


def test_operating_expenses_of_the_agency_are_not_public_operating_expenses() -> None:
    agency = ("机关运行经费支出10.00万元", "机关运行经费支出7.00万元")
    assert raised(altered(("二、支出决算情况说明\n", _BASIC), agency)) == []


def test_vehicles_of_the_three_public_expenses_are_not_vehicles_of_the_assets() -> None:
    assert raised(altered(("本部门共有车辆2辆", "本部门共有车辆5辆"))) == []


@pytest.mark.parametrize("note", ["", "注：本表预算数为全年预算数。\n"], ids=["without a note", "noted"])
def test_the_budget_in_a_form_of_final_accounts_is_not_the_budget_of_the_beginning(note: str) -> None:
    assert raised(altered((_LAST_ROW, _LAST_ROW + note)), _BUDGET) == []


def test_sums_over_rows_of_which_secret_ones_are_left_out_are_not_asked_where_a_note_says_so() -> None:
    assert raised(without_a_secret_row(_SECRET)) == []
    assert raised(without_a_secret_row("")) == [("tree.code",)]


def test_forms_of_which_one_has_more_money_by_its_note_are_not_held_against_each_other() -> None:
    assert raised(with_special_account(_ACCOUNT)) == []
    assert raised(with_special_account("")) == [("figure.stated_twice",)]


def test_a_note_that_money_is_in_it_excuses_no_sum_inside_the_form() -> None:
    broken = with_special_account(_ACCOUNT).replace(
        "行政单位医疗\t120.00\t100.00", "行政单位医疗\t110.00\t90.00"
    )
    assert ("tree.code",) in raised(broken)


def test_rows_without_a_code_among_coded_ones_may_be_parts_of_the_row_above() -> None:
    """Their code stands in a cell that is merged over all of them."""
    rows = _FUNCTIONS.replace("21011\t", "\t").replace("2101101\t", "\t")
    assert raised(altered((_FUNCTIONS, rows))) == []
