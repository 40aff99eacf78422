"""A whole disclosure meets every rule that is asked of it; each thing taken out or put in is found alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built

_RESULTS = "select rule_id, outcome, because, message_zh from marts.fct_disclosure_checks"
_REASON = "主要原因是人员增加"

FORMS = {
    "公开01表": """
收入支出决算总表
单位：万元
收入\t\t支出\t
项目\t决算数\t项目\t决算数
一、财政拨款收入\t100.00\t一、卫生健康支出\t100.00
本年收入合计\t100.00\t本年支出合计\t100.00
总计\t100.00\t总计\t100.00
""",
    "公开02表": """
收入决算表
单位：万元
科目编码\t科目名称\t本年收入合计\t财政拨款收入\t其他收入
210\t卫生健康支出\t100.00\t100.00\t
21011\t行政事业单位医疗\t100.00\t100.00\t
2101101\t行政单位医疗\t100.00\t100.00\t
\t合计\t100.00\t100.00\t
""",
    "公开03表": """
支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
210\t卫生健康支出\t100.00\t60.00\t40.00
21011\t行政事业单位医疗\t100.00\t60.00\t40.00
2101101\t行政单位医疗\t100.00\t60.00\t40.00
\t合计\t100.00\t60.00\t40.00
""",
    "公开04表": """
财政拨款收入支出决算总表
单位：万元
收入\t\t支出\t
项目\t决算数\t项目\t合计
一、一般公共预算财政拨款\t100.00\t一、卫生健康支出\t100.00
本年收入合计\t100.00\t本年支出合计\t100.00
总计\t100.00\t总计\t100.00
""",
    "公开05表": """
一般公共预算财政拨款支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
210\t卫生健康支出\t100.00\t60.00\t40.00
21011\t行政事业单位医疗\t100.00\t60.00\t40.00
2101101\t行政单位医疗\t100.00\t60.00\t40.00
\t合计\t100.00\t60.00\t40.00
""",
    "公开06表": """
一般公共预算财政拨款基本支出决算表
单位：万元
经济分类科目编码\t科目名称\t决算数
301\t工资福利支出\t50.00
30101\t基本工资\t50.00
302\t商品和服务支出\t10.00
30201\t办公费\t10.00
\t合计\t60.00
""",
    "公开07表": """
一般公共预算财政拨款“三公”经费支出决算表
单位：万元
项目\t预算数\t决算数
“三公”经费合计\t6.00\t5.00
因公出国（境）费\t0.00\t0.00
公务接待费\t2.00\t1.00
公务用车购置费\t0.00\t0.00
公务用车运行费\t4.00\t4.00
""",
    "公开08表": """
政府性基金预算财政拨款收入支出决算表
单位：万元
科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出\t年末结转和结余
\t合计\t\t\t\t

注：本部门没有政府性基金收支，本表为空表。
""",
    "公开09表": """
国有资本经营预算财政拨款支出决算表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t\t\t

注：本部门没有国有资本经营预算支出，本表为空表。
""",
}
BEFORE = """示例县卫生局2023年度部门决算

目录

第一部分 部门概况
一、主要职责
二、机构设置
第二部分 部门决算情况说明
第三部分 名词解释
第四部分 部门决算表

第一部分 部门概况

一、主要职责

本部门负责若干事项，按照规定开展工作，没有其他需要说明的职责。

二、机构设置

本部门内设办公室，按照规定开展工作，没有其他需要说明的机构。

"""
EXPLAINED = f"""第二部分 部门决算情况说明

一、收入支出决算总体情况说明

2023年度收入总计100.00万元，支出总计100.00万元。与上年相比，收入总计增加10.00万元，{_REASON}。

二、支出决算情况说明

本年支出合计100.00万元，其中基本支出60.00万元，项目支出40.00万元。

三、“三公”经费支出决算情况说明

2023年度“三公”经费支出决算5.00万元，比上年增加1.00万元，{_REASON}。其中：公务接待费支出决算1.00万元，公务用车运行费支出决算4.00万元。
公务接待8批次，60人次。公务用车保有量2辆。

四、机关运行经费支出情况说明

2023年度机关运行经费支出10.00万元，比上年增加1.00万元，{_REASON}。

五、政府采购支出情况说明

2023年度政府采购支出总额8.00万元，其中：政府采购货物支出8.00万元、政府采购工程支出0.00万元、政府采购服务支出0.00万元。授予中小企业合同金额8.00万元，占政府采购支出总额的100%。

六、国有资产占用情况说明

截至2023年12月31日，本部门共有车辆2辆。

七、预算绩效情况说明

本部门按照规定开展绩效管理工作，没有其他需要说明的事项。

"""
TERMS = """第三部分 名词解释

机关运行经费：指为保障单位运行用于购买货物和服务的各项资金。

"""


def results(text: str) -> dict[str, tuple[str, str | None, str]]:
    frames = stage_bytes([NamedBytes("disclosure.txt", text.encode())])
    with built(frames, ["fct_disclosure_checks"]) as connection:
        rows = connection.execute(_RESULTS).fetchall()
    return {rule: (outcome, because, message) for rule, outcome, because, message in rows}


def whole(*, without: str | None = None, explained: str = EXPLAINED) -> str:
    forms = "".join(f"\n{number}\n{form}" for number, form in FORMS.items() if number != without)
    return f"{BEFORE}{explained}{TERMS}第四部分 部门决算表\n{forms}"


def failed(found: dict[str, tuple[str, str | None, str]]) -> set[str]:
    return {rule for rule, (outcome, _, _) in found.items() if outcome in ("not_met", "remark")}


def test_a_whole_disclosure_meets_every_rule_that_is_asked_of_it() -> None:
    found = results(whole())
    open_rules = {rule: said for rule, (outcome, _, said) in found.items() if outcome == "cannot_be_judged"}
    assert (failed(found), open_rules) == (set(), {})
    assert sum(outcome == "met" for outcome, _, _ in found.values()) > 35


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("公开01表", "form.final_revenue_expenditure_summary"),
        ("公开02表", "form.final_revenue"),
        ("公开03表", "form.final_expenditure"),
        ("公开04表", "form.final_fiscal_appropriation_summary"),
        ("公开05表", "form.final_expenditure_by_function"),
        ("公开06表", "form.final_basic_by_economic"),
        ("公开07表", "form.final_three_public"),
        ("公开08表", "form.final_government_fund"),
        ("公开09表", "form.final_state_capital"),
    ],
)
def test_a_form_taken_out_is_found_and_nothing_else_but_its_number(number: str, rule: str) -> None:
    found = failed(results(whole(without=number)))
    assert rule in found
    assert found <= {rule, "numbering.forms"}


def _without(words: str) -> Callable[[str], str]:
    def altered(text: str) -> str:
        assert words in text
        return text.replace(words, "")

    return altered


def _without_terms(text: str) -> str:
    return text.replace(TERMS, "").replace("第三部分 名词解释\n", "")


def _with(before: str, words: str) -> Callable[[str], str]:
    def altered(text: str) -> str:
        assert before in text
        return text.replace(before, words)

    return altered


@pytest.mark.parametrize(
    ("alter", "rules"),
    [
        (_with("2101101\t行政单位医疗", "21011\t行政单位医疗"), {"detail.function"}),
        (lambda text: text.replace("30101\t", "301\t").replace("30201\t", "302\t"), {"detail.economic"}),
        (_without("公务接待8批次，60人次。"), {"counts.reception_batches", "counts.reception_people"}),
        (_without("公务用车保有量2辆。"), {"counts.vehicles_kept"}),
        (_without_terms, {"prose.terms"}),
        (_without("授予中小企业合同金额8.00万元，占政府采购支出总额的100%。"), {"procurement.small_firms"}),
        (
            _with("、政府采购工程支出0.00万元、政府采购服务支出0.00万元", ""),
            {"procurement.parts"},
        ),
        (_with("截至2023年12月31日，本部门", "本部门"), {"assets.dated"}),
        (_without("\n注：本部门没有政府性基金收支，本表为空表。\n"), {"blank.explained"}),
        (_with("五、政府采购", "六、政府采购"), {"numbering.headings"}),
        (_with("没有其他需要说明的职责", "联系电话13800000000"), {"privacy.personal_data"}),
        (_with("2023年度部门决算\n", "2023年度部门决算\n（征求意见稿）\n"), {"privacy.draft_marks"}),
    ],
)
def test_each_violation_planted_alone_is_found(alter: Callable[[str], str], rules: set[str]) -> None:
    assert rules <= failed(results(alter(whole())))


def test_a_form_that_nobody_could_name_leaves_open_which_one_is_missing() -> None:
    unknown = whole(without="公开02表") + "\n某某收入一览\n\n项目\t金额\n甲\t1.00\n乙\t2.00\n合计\t3.00\n"
    outcome, because, _ = results(unknown)["form.final_revenue"]
    assert (outcome, because) == ("cannot_be_judged", "open")


def test_a_chapter_that_the_contents_name_is_not_said_to_be_missing() -> None:
    found = results(whole().replace(TERMS, ""))
    assert found["prose.terms"][:2] == ("cannot_be_judged", "contents_entry")
    assert found["contents.body"][0] == "remark"


def test_forms_alone_may_have_their_explanation_elsewhere() -> None:
    forms = "示例县卫生局2023年度部门决算\n" + "".join(
        f"\n{number}\n{form}" for number, form in FORMS.items()
    )
    found = results(forms)
    assert found["prose.terms"][:2] == ("cannot_be_judged", "prose")
    assert {rule for rule in failed(found) if rule.startswith("prose")} == set()


def test_a_telephone_number_is_not_repeated_in_full() -> None:
    _, _, said = results(whole() + "\n联系电话13800000000。\n")["privacy.personal_data"]
    assert "138****00" in said
    assert "13800000000" not in said
