"""Forms whose titles nobody knows, named by the forms around them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.forms import understand
from extract.printed import PrintedDocument, PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks

FINAL = "某某市财政局2023年部门决算\n本表之前是一段文字，说明部门的职责，与下面的表格没有关系，也不是名称。"


def by_function(total: str, basic: str, project: str) -> str:
    return f"""
    | 科目编码 | 科目名称           | 合计    | 基本支出 | 项目支出  |
    |          | 合计               | {total} | {basic}  | {project} |
    | 208      | 社会保障和就业支出 | {total} | {basic}  | {project} |
"""


FISCAL = """
    | 收入               |       | 支出         |       |                  |            |              |
    | 项目               | 决算数 | 项目        | 合计  | 一般公共预算财政拨款 | 政府性基金 | 国有资本经营 |
    | 一般公共预算财政拨款 | 9.00 | 社会保障支出 | 16.00 | 9.00             | 5.00       | 2.00         |
    | 政府性基金         | 5.00  |              |       |                  |            |              |
    | 国有资本经营       | 2.00  |              |       |                  |            |              |
    | 本年收入合计       | 16.00 | 本年支出合计 | 16.00 | 9.00             | 5.00       | 2.00         |
    | 总计               | 16.00 | 总计         | 16.00 | 9.00             | 5.00       | 2.00         |
"""
SUMMARY_TITLE = "财政拨款收入支出决算总表\n单位：万元"
PUBLIC = ("一般公共预算财政拨款支出决算表\n单位：万元", by_function("9.00", "6.00", "3.00"))
GENERAL = by_function("9.00", "6.00", "3.00")
FUND = by_function("5.00", "1.00", "4.00")
CAPITAL = by_function("2.00", "0.50", "1.50")


def document(*drawings: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    return understand(blocks("\n\n".join((FINAL, *drawings))), facts, VOCABULARY)


def keys(*drawings: str) -> list[str | None]:
    return [form.form_key for form in document(*drawings).forms]


def unknown(number: str, words: str = "基金款") -> str:
    return f"{number}、{words}核验台账\n单位：万元"


def test_a_form_of_unknown_words_is_the_one_whose_total_others_print() -> None:
    found = document(SUMMARY_TITLE, FISCAL, *PUBLIC, unknown("八"), FUND, unknown("九", "国资款"), CAPITAL)
    assert [form.form_key for form in found.forms] == [
        "final_fiscal_appropriation_summary",
        "final_expenditure_by_function",
        "final_government_fund",
        "final_state_capital",
    ]
    assert all("totals" in (form.recognised_by or "") for form in found.forms[2:])
    assert all(form.certainty < Decimal("0.8") for form in found.forms[2:])


def test_it_is_open_where_its_total_is_that_of_no_missing_form() -> None:
    other = by_function("7.00", "3.00", "4.00")
    assert keys(SUMMARY_TITLE, FISCAL, *PUBLIC, unknown("八"), other)[-1] is None


def test_what_a_title_says_in_known_words_is_not_overruled() -> None:
    titled = "八、彩票公益金支出决算明细表\n单位：万元"
    assert keys(SUMMARY_TITLE, FISCAL, *PUBLIC, titled, by_function("7.00", "3.00", "4.00"))[-1] is None
    known = "财政拨款支出决算表\n单位：万元"  # no standard form, and no word of it is unknown
    assert keys(SUMMARY_TITLE, FISCAL, *PUBLIC, known, FUND)[-1] is None


def test_a_form_that_a_title_claims_is_not_given_twice() -> None:
    fund_title = "政府性基金预算财政拨款收入支出决算表\n单位：万元"
    found = keys(SUMMARY_TITLE, FISCAL, *PUBLIC, fund_title, FUND, unknown("九"), FUND)
    assert found.count("final_government_fund") == 1
    assert found[-1] is None


def test_forms_that_stand_between_two_named_ones_take_their_turn() -> None:
    blank = by_function("0.00", "0.00", "0.00")
    three_public = """
        | 合计 | 因公出国（境）费 | 公务用车购置费 | 公务用车运行费 | 公务接待费 |
        | 9.00 | 0.00             | 5.00           | 3.00           | 1.00       |
    """
    basic = """
        | 科目编码 | 科目名称       | 合计 | 人员经费 | 公用经费 |
        |          | 合计           | 6.00 | 5.00     | 1.00     |
        | 301      | 工资福利支出   | 5.00 | 5.00     |          |
        | 302      | 商品和服务支出 | 1.00 |          | 1.00     |
    """
    titled = "“三公”经费支出决算表\n单位：万元"
    found = keys(
        *PUBLIC,
        *(unknown("六", "维持类"), basic),
        *(titled, three_public),
        *(unknown("八"), blank),
        *(unknown("九", "国资款"), blank),
    )
    assert found[1] == "final_basic_by_economic"
    assert found[3:] == ["final_government_fund", "final_state_capital"]


@pytest.mark.parametrize("cover", ["没有说明是预算还是决算的文件", "某某市2023年政府决算"])
def test_nothing_is_named_by_neighbours_where_stage_or_tier_is_another(cover: str) -> None:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    of_government = "某某市一般公共预算支出表\n单位：万元"
    drawn = "\n\n".join((cover, of_government, GENERAL, unknown("八"), FUND))
    assert understand(blocks(drawn), facts, VOCABULARY).forms[-1].form_key is None


def test_a_title_cut_over_two_lines_is_read_as_one_where_the_second_says_too_little() -> None:
    title = "公开08表 基金款\n支出决算表\n单位：万元"
    found = document(SUMMARY_TITLE, FISCAL, *PUBLIC, title, FUND).forms[-1]
    assert (found.form_key, found.printed_title) == ("final_government_fund", "公开08表 基金款 支出决算表")
    chapter = "一、支出情况\n支出决算表\n单位：万元"
    assert document(chapter, FUND).forms[-1].printed_title == "支出决算表"


def test_a_total_says_of_an_open_form_which_money_it_is_of_unless_all_is_of_one_source() -> None:
    titled = "基本支出决算表\n单位：万元"  # no source is named
    spending = by_function("20.00", "12.00", "8.00")
    all_of_it = ("支出决算表\n单位：万元", spending.replace("20.00", "18.00").replace("12.00", "10.00"))
    grid = by_function("10.00", "10.00", "0.00")
    found = document(*all_of_it, SUMMARY_TITLE, FISCAL, *PUBLIC, titled, grid).forms[-1]
    assert (found.form_key, found.fund) == (None, "all")
    alone = document(*PUBLIC, titled, by_function("6.00", "6.00", "0.00")).forms[-1]
    assert (alone.form_key, alone.fund) == (None, None)
