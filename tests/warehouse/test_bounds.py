"""What cannot be more than what it is a part of, though no sum says so: more is found, as much is not."""

from __future__ import annotations

import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from tests.warehouse.whole_disclosure import whole

_SMALL = "授予中小企业合同金额8.00万元，占政府采购支出总额的100%"
_SPENDING = "二、支出决算情况说明\n"
_BASIC = """二、一般公共预算财政拨款基本支出决算情况说明

基本支出60.00万元，其中：人员经费50.00万元，公用经费10.00万元。
"""
_OFFICE = "2023年度机关运行经费支出10.00万元"
_CARRIED = "一、一般公共预算财政拨款\t100.00\t一、卫生健康支出\t100.00\n"
_OF_WHICH = "其中：专项资金列入部门预算的项目\t{}\t\t\n"


def found(*texts: str) -> list[tuple[str, str, str]]:
    files = [NamedBytes(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    with built(stage_bytes(files), ["fct_findings"]) as connection:
        return connection.execute(
            """
            select rule_id, severity, message_zh from marts.fct_findings where starts_with(rule_id, 'bound.')
            order by all
            """
        ).fetchall()


def said(text: str, before: str, words: str) -> str:
    assert before in text
    return text.replace(before, words)


def with_firms(medium: str, small: str) -> str:
    return said(whole(), _SMALL, f"授予中小企业合同金额{medium}万元，其中：授予小微企业合同金额{small}万元")


def with_agency(amount: str) -> str:
    return said(said(whole(), _SPENDING, _BASIC), _OFFICE, _OFFICE.replace("10.00", amount))


def with_item(code: str, name: str, amount: str) -> str:
    """One more item of basic expenditure, and what is left for the other."""
    rest = f"{10 - float(amount):.2f}"
    return said(whole(), "30201\t办公费\t10.00", f"30201\t办公费\t{rest}\n{code}\t{name}\t{amount}")


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        (with_firms("8.00", "8.02"), "bound.procurement", "discrepancy"),
        (with_firms("8.02", "8.00"), "bound.procurement", "discrepancy"),
        (with_agency("10.02"), "bound.agency_operating", "note"),
        (with_item("30217", "公务接待费", "1.02"), "bound.three_public", "discrepancy"),
        (with_item("30231", "公务用车运行维护费", "4.02"), "bound.three_public", "discrepancy"),
        (with_item("30212", "因公出国（境）费用", "0.02"), "bound.three_public", "discrepancy"),
        (
            said(whole(), _CARRIED, _CARRIED + _OF_WHICH.format("100.02")),
            "bound.of_which",
            "discrepancy",
        ),
    ],
    ids=["micro firms", "small firms", "agency", "reception", "vehicles", "travel", "of which"],
)
def test_a_part_that_is_more_than_its_whole_is_found_once(text: str, rule: str, severity: str) -> None:
    assert [(rule_id, grave) for rule_id, grave, _ in found(text)] == [(rule, severity)]


@pytest.mark.parametrize(
    "text",
    [
        whole(),
        with_firms("8.00", "8.00"),
        with_firms("7.00", "0.00"),
        with_agency("3.00"),
        with_agency("10.00"),
        with_item("30217", "公务接待费", "1.00"),
        with_item("30231", "公务用车运行维护费", "4.00"),
        said(whole(), _CARRIED, _CARRIED + _OF_WHICH.format("100.00")),
        said(whole(), _CARRIED, _CARRIED + _OF_WHICH.format("0.00")),
        with_item("30217", "公务接待费", "1.01"),
    ],
    ids=[
        "whole",
        "firms equal",
        "firms less",
        "agency less",
        "agency equal",
        "reception",
        "vehicles",
        "of which equal",
        "of which nothing",
        "rounding",
    ],
)
def test_a_part_up_to_its_whole_raises_nothing(text: str) -> None:
    assert found(text) == []


def test_what_was_spent_is_not_bounded_by_another_version_of_the_budget() -> None:
    header = "合计\t因公出国（境）费\t公务用车购置费\t公务用车运行费\t公务接待费\n"
    before = "\n".join(
        [
            "项目\t预算数\t决算数",
            "“三公”经费合计\t6.00\t5.00",
            "因公出国（境）费\t0.00\t0.00",
            "公务接待费\t2.00\t1.00",
            "公务用车购置费\t0.00\t0.00",
            "公务用车运行费\t4.00\t4.00\n",
        ]
    )
    text = with_item("30231", "公务用车运行维护费", "4.00")
    adjusted = f"调整预算数\t\t\t\t\n{header}5.00\t0.00\t0.00\t3.00\t2.00\n"
    assert found(said(text, before, adjusted)) == []


def test_what_is_more_says_so_in_both_figures_as_they_are_printed() -> None:
    ((_, _, message),) = found(with_item("30217", "公务接待费", "1.02"))
    assert message == "公务接待费：1.02 大于 公务接待费 1.00"


def level(total: str, *, of_unit: bool) -> str:
    """Final accounts of the department with its units, or of the department's own unit."""
    text = (
        said(whole(), "示例县卫生局2023年度部门决算", "示例县卫生局（本级）2023年度单位决算")
        if of_unit
        else whole()
    )
    return text.replace("100.00", total).replace("60.00\t40.00", f"60.00\t{float(total) - 60:.2f}")


def test_a_unit_that_has_more_than_its_department_is_found_once_a_form() -> None:
    raised = found(level("100.00", of_unit=False), level("130.00", of_unit=True))
    assert {rule for rule, _, _ in raised} == {"bound.own_unit"}
    assert all("本级大于部门汇总" in message for _, _, message in raised)


def test_a_unit_that_has_as_much_as_its_department_or_less_raises_nothing() -> None:
    assert found(level("100.00", of_unit=False), level("100.00", of_unit=True)) == []
    assert found(level("130.00", of_unit=False), level("100.00", of_unit=True)) == []
