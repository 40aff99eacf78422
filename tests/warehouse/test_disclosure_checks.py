"""A whole disclosure meets every rule that is asked of it; each thing taken out or put in is found alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from tests.warehouse.whole_disclosure import FORMS, TERMS, whole

_RESULTS = "select rule_id, outcome, because, message_zh from marts.fct_disclosure_checks"


def results(text: str) -> dict[str, tuple[str, str | None, str]]:
    frames = stage_bytes([NamedBytes("disclosure.txt", text.encode())])
    with built(frames, ["fct_disclosure_checks"]) as connection:
        rows = connection.execute(_RESULTS).fetchall()
    return {rule: (outcome, because, message) for rule, outcome, because, message in rows}


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
        (
            _with("公务用车运行费支出决算4.00万元", "公务用车购置及运行维护费支出决算4.00万元"),
            {"three_public.vehicle_purchase_in_text"},
        ),
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


def test_what_may_stand_in_a_form_that_nobody_could_name_is_not_said_to_be_lacking() -> None:
    shallow = whole().replace("2101101\t行政单位医疗", "21011\t行政单位医疗")
    assert results(shallow)["detail.function"][0] == "not_met"
    unknown = shallow + "\n某某收入一览\n\n项目\t金额\n甲\t1.00\n乙\t2.00\n合计\t3.00\n"
    assert results(unknown)["detail.function"][0] == "not_met"  # revenue is no spending
    unknown = unknown.replace("某某收入一览", "某某支出一览")
    assert results(unknown)["detail.function"][:2] == ("cannot_be_judged", "open")


def test_a_form_whose_number_was_not_read_leaves_no_gap_between_numbers() -> None:
    gap = whole(without="公开02表")
    assert results(gap)["numbering.forms"][0] == "remark"
    unnumbered = whole().replace("公开02表\n", "")
    assert results(unnumbered)["numbering.forms"][0] != "remark"


@pytest.mark.parametrize(("printed", "outcome"), [("0.00", "met"), ("5.00", "remark")])
def test_a_form_full_of_zeros_does_not_contradict_that_it_is_blank(printed: str, outcome: str) -> None:
    listed = "报表\t报表名称\t是否空表\t理由\n表8\t政府性基金预算财政拨款收入支出决算表\t是\t不涉及\n"
    row = f"\t合计\t{printed}\t{printed}\t{printed}\t{printed}\n"
    text = whole().replace("目录\n", f"目录\n\n{listed}\n", 1).replace("\t合计\t\t\t\t\n", row)
    assert results(text)["blank.not_contradicted"][0] == outcome


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
