"""The explanation in prose: what is stated of what, and nothing with a unit of money left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.forms.counts import read_counts
from extract.forms.narrative import figures_with_unit, read_narrative
from extract.forms.paragraphs import paragraphs
from extract.forms.relations import relations_of
from extract.printed import PrintedClaim
from extract.readers.text import read_text
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY

STATED = ("staffing", "assets")  # what every disclosure must count


def claims(text: str) -> tuple[PrintedClaim, ...]:
    said, _ = read_narrative(paragraphs(read_text(text)), DOCUMENT_ID, VOCABULARY.prose)
    return tuple(figure.claim for figures in said for figure in figures)


def said(text: str, *fields: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(claim, field) for field in fields) for claim in claims(text)]


def test_a_level_a_change_and_its_rate_are_about_the_same_item() -> None:
    text = "（1）职工培训（2050803）4.00万元，较上年减少1.00万元，下降20%，下降的主要原因是：少办一期；"
    assert said(text, "subject", "code", "claim_text", "kind", "direction", "reason") == [
        ("职工培训", "2050803", "4.00万元", "level", None, "少办一期"),
        ("职工培训", "2050803", "1.00万元", "change", "down", "少办一期"),
        ("职工培训", "2050803", "20%", "rate", "down", "少办一期"),
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("2024年度收入总计 9.00 万元", "收入总计"),
        ("收入共计 9.00 万元", "收入"),
        ("本年支出合计 9.00 万元", "本年支出"),
        ("本年度支出 9.00 万元", "本年度支出"),
        ("2024年当年支出 9.00 万元", "当年支出"),
        ("本年度公用经费 9.00 万元", "公用经费"),
    ],
)
def test_a_total_with_what_was_carried_over_is_told_from_what_the_year_alone_had(
    text: str, subject: str
) -> None:
    assert said(text, "subject") == [(subject,)]


def test_codes_and_years_are_never_amounts() -> None:
    assert said("2024年，本单位（2101506）无变化，由2023年的科目（2080505）转来。", "claim_text") == []


def test_parts_are_named_one_by_one_and_shares_are_of_a_whole() -> None:
    text = (
        "总支出 9.00 万元，其中：基本支出 6.00 万元，占总支出的 66.67%，项目支出 3.00 万元和其他支出 0 元。"
    )
    assert said(text, "subject", "claim_text", "kind", "whole") == [
        ("总支出", "9.00万元", "level", None),
        ("基本支出", "6.00万元", "level", None),
        ("基本支出", "66.67%", "share", "总支出"),
        ("项目支出", "3.00万元", "level", None),
        ("其他支出", "0元", "level", None),
    ]


def test_budget_actual_and_completion_belong_to_the_item_above() -> None:
    text = "3. 卫生（类）管理（款）运行（项）\n\n年初预算为 20 万元，支出决算为 19 万元，完成年初预算的 95%。"
    assert said(text, "claim_text", "kind", "stated_as", "whole") == [
        ("20万元", "level", "budgeted", None),
        ("19万元", "level", "actual", None),
        ("95%", "rate", None, "年初预算"),
    ]
    assert {claim.subject for claim in claims(text)} == {"卫生（类）管理（款）运行（项）"}


def test_a_bare_expenditure_after_a_revenue_is_of_the_same_fund() -> None:
    text = "政府性基金预算财政拨款收入 8 万元，较上年增长 2 万元；支出 7 万元。"
    assert said(text, "subject", "kind") == [
        ("政府性基金预算财政拨款收入", "level"),
        ("政府性基金预算财政拨款收入", "change"),
        ("政府性基金预算财政拨款支出", "level"),
    ]


def test_last_years_figure_says_so() -> None:
    assert said("2020 年度总收入 9 万元，上年收入 8 万元。", "claim_text", "year_text") == [
        ("9万元", "2020"),
        ("8万元", "上年"),
    ]


def test_a_year_does_not_leak_into_the_next_paragraph() -> None:
    text = "2021年一般公共预算支出 9 万元，其中：\n\n工资福利支出（301）6 万元。上年实户资金余额 1 万元。"
    assert said(text, "subject", "year_text") == [
        ("一般公共预算支出", "2021"),
        ("工资福利支出", None),
        ("上年实户资金余额", None),
    ]


def test_a_year_in_a_reason_is_of_what_happened_then() -> None:
    text = "2024年支出 9 万元，较上年减少 1 万元，原因是2023年调出1人，项目支出 3 万元。"
    assert {year for (year,) in said(text, "year_text")} == {"2024"}


def test_a_change_that_names_its_subject_is_about_that() -> None:
    text = "财政拨款收入 9 万元，其中政府性基金拨款收入 0 万元，2022年本部门财政拨款收入较上年减少 7 万元。"
    assert said(text, "subject", "kind")[-1] == ("财政拨款收入", "change")


def test_a_subject_does_not_leak_into_the_next_section() -> None:
    text = "（二）基金\n\n基金支付 5 万元。\n\n（三）整体\n\n全年调整预算数 9 万元，执行数 8 万元。"
    assert said(text, "subject", "claim_text") == [
        ("基金支付", "5万元"),
        (None, "9万元"),
        (None, "8万元"),
    ]


def test_a_change_against_the_budget_says_so() -> None:
    (_, _, change) = claims("机关运行经费预算为 49 万元，支出决算为 29 万元。决算数较预算数减少 20 万元。")
    assert (change.kind, change.direction, change.compared_with) == ("change", "down", "预算数")


def test_a_reason_in_the_next_sentence_explains_the_one_before() -> None:
    text = "会议费预算为 2 万元，支出决算为 1 万元。决算数小于预算数的主要原因是会议减少。"
    assert said(text, "reason") == [("会议减少",), ("会议减少",)]


def test_an_amount_torn_from_its_unit_by_a_page_cut_is_one_amount() -> None:
    (level, change) = claims("（2）职工培训（2050803）40 万元，较上年减少 12.5\n\n万元，原因是少办一期；")
    assert (level.line_no, change.line_no, change.claim_text) == (1, 1, "12.5万元")


def test_percentages_of_other_things_are_no_claims() -> None:
    assert claims("参保率达到98%，满意度95%。") == ()


def test_what_stands_before_a_colon_is_what_the_figure_is_of() -> None:
    text = "其中工资福利支出5万元；商品和服务支出：3万元。"
    assert said(text, "subject", "claim_text") == [("工资福利支出", "5万元"), ("商品和服务支出", "3万元")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("政府采购预算共664.98，为服务类。", [("政府采购", "level", "664.98")]),
        ("会议费5万元，比上年减少1万元，减少9.52，原因是少开会。", [("会议费", "change", "9.52")]),
        ("预算执行平均得分99.43分，建筑面积5356.2平方米，参保居民68.8余万。", []),
        ("支出见表2.1，分析见图3.2。", []),
        ("增加4125.49,4143.91万元。", []),  # one unit serves both
    ],
)
def test_a_decimal_without_a_unit_where_money_is_said_is_a_claim_with_its_unit_open(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    without = [claim for claim in claims(text) if claim.claim_text.replace(".", "").isdigit()]
    assert [(claim.subject, claim.kind, claim.claim_text) for claim in without] == found


def test_a_figure_without_a_unit_is_no_term_of_a_relation() -> None:
    prose = paragraphs(read_text("会议费5万元，比上年增加664.98，增长25%。"))
    found, _ = read_narrative(prose, DOCUMENT_ID, VOCABULARY.prose)
    open_ids = {figure.claim.claim_id for figures in found for figure in figures if figure.is_open_unit}
    _, terms = relations_of(prose, found, DOCUMENT_ID, VOCABULARY.prose)
    assert len(open_ids) == 1
    assert not open_ids & {term.claim_id for term in terms}


def test_thresholds_are_set_aside_with_a_reason() -> None:
    found, rejects = read_narrative(
        paragraphs(read_text("单价20万元以上的设备0台。")), DOCUMENT_ID, VOCABULARY.prose
    )
    assert found == ((),)
    assert [(reject.printed_text, reject.reason_code) for reject in rejects] == [("20万元", "threshold")]


def test_claims_know_their_section() -> None:
    (claim,) = claims("第三部分 情况说明\n\n二、收入情况\n\n（一）总体\n\n收入 1 万元。")
    assert claim.section == "第三部分 情况说明 / 二、收入情况 / （一）总体"


def test_every_amount_with_a_unit_in_real_prose_is_a_claim_or_a_reject(corpus: Path) -> None:
    for path in sorted((corpus / "text").glob("*.txt")):
        prose = paragraphs(read_text(path.read_text(encoding="utf-8")))
        found, rejects = read_narrative(prose, DOCUMENT_ID, VOCABULARY.prose)
        stated = sum(1 for paragraph in prose for _ in figures_with_unit(paragraph.text, VOCABULARY.prose))
        assert stated > 40
        kinds = [figure.claim.kind for figures in found for figure in figures if not figure.is_open_unit]
        assert sum(kind in ("level", "change") for kind in kinds) + len(rejects) == stated, path.name


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            "截至2023年底，本部门人员编制9人，其中行政编制3人，事业编制6人；"
            "实有人员8人，其中行政3人，事业5人。离退休人员2人。",
            [("authorised", "9"), ("authorised_administrative", "3"), ("authorised_institution", "6"),
             ("actual", "8"), ("actual_administrative", "3"), ("actual_institution", "5"), ("retired", "2")],
        ),
        (
            "本部门共有车辆 3 辆，单价 30 万元以上的设备 2 台（套）。当年安排购置车\n\n辆 1 辆；",
            [("vehicles", "3"), ("equipment", "2"), ("vehicles_planned", "1")],
        ),
        ("原因是2023年调出1人，退休1人；接待 300 人次，检查企业 25 家。", []),
    ],
)  # fmt: skip
def test_head_counts_vehicles_and_equipment(text: str, counted: list[tuple[str, str]]) -> None:
    found = read_counts(paragraphs(read_text(text)), DOCUMENT_ID, VOCABULARY)
    assert [(count.count_key, count.count_text) for count in found if count.topic in STATED] == counted


def test_counts_of_activities_are_typed_and_others_keep_their_subject() -> None:
    text = (
        "截至2023年底，因公出国（境）团组 0 个，3 人次；公务接待 2 批次、15 人次；绩效自评项目 4 个；"
        "培训企业 25 家，受益 1,200 户。"
    )
    found = read_counts(paragraphs(read_text(text)), DOCUMENT_ID, VOCABULARY)
    assert [(count.count_key, count.subject, count.count_text, count.unit_text) for count in found] == [
        ("overseas_groups", "因公出国(境)团组", "0", "个"),
        ("overseas_people", "因公出国(境)团组", "3", "人次"),
        ("reception_batches", "公务接待", "2", "批次"),
        ("reception_people", "公务接待", "15", "人次"),
        ("projects", "绩效自评项目", "4", "个"),
        ("other", "培训企业", "25", "家"),
        ("other", "受益", "1,200", "户"),
    ]
    assert found[0].as_of == "截至2023年底"


@pytest.mark.parametrize(
    "day",
    ["截至2023年底", "截至 2023 年末", "截止 2023 年底", "截至 2023 年 12 月 31 日", "截止上年底"],
)
def test_the_day_of_a_count_is_read_however_it_is_spaced(day: str) -> None:
    (count,) = read_counts(paragraphs(read_text(f"{day}，本部门共有车辆3辆。")), DOCUMENT_ID, VOCABULARY)
    assert (count.as_of, count.subject) == (day, "车辆")


def test_a_limit_and_a_month_count_nothing() -> None:
    assert read_counts(paragraphs(read_text("5人以上的，3个月内办理。")), DOCUMENT_ID, VOCABULARY) == ()


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("会议费年初预算为 8 万元。", "budget"),
        ("会议费调整预算数 8 万元。", "adjusted_budget"),
        ("会议费支出决算为 8 万元。", "final"),
        ("会议费2022年执行数 8 万元。", "execution"),
        ("会议费 8 万元。", None),
    ],
)
def test_the_version_of_the_budget_is_what_the_words_say(text: str, version: str | None) -> None:
    assert said(text, "budget_version") == [(version,)]


def test_a_line_that_is_spread_out_is_read_as_if_it_were_not() -> None:
    text = "2024 年 印 刷 费 预 算 9 万 元 ， 同 比 增 加 1 万 元。"
    assert said(text.replace("万 元", "万元"), "subject", "claim_text", "kind") == [
        ("印刷费", "9万元", "level"),
        ("印刷费", "1万元", "change"),
    ]


def test_what_is_added_is_no_part_of_the_total_that_follows() -> None:
    text = "2024年全县预算收入完成 9 万元。加上转移收入 3 万元，收入合计 12 万元。"
    assert said(text, "subject", "claim_text", "budget_version") == [
        ("全县预算收入", "9万元", "final"),
        ("转移收入", "3万元", None),
        ("收入", "12万元", None),
    ]


def test_a_title_above_a_sentence_that_begins_with_its_year_is_no_part_of_it() -> None:
    text = "一般公共预算财政拨款会议费决算情况说明\n2024年会议费 9 万元，全部为培训会议费 9 万元。"
    assert said(text, "subject", "claim_text") == [("会议费", "9万元"), ("培训会议费", "9万元")]


def test_the_publisher_before_the_year_is_not_all_that_is_left_of_a_total() -> None:
    assert said("示例县水务局2024年支出预算合计 9 万元", "subject") == [("示例县水务局2024年支出",)]


def test_a_mark_that_is_passed_is_no_amount() -> None:
    (said_of,), rejects = read_narrative(
        paragraphs(read_text("采购支出 9 万元，首次突破 8 万元，比上年增加 2 万元。")),
        DOCUMENT_ID,
        VOCABULARY.prose,
    )
    assert [figure.claim.claim_text for figure in said_of] == ["9万元", "2万元"]
    assert [(reject.printed_text, reject.reason_code) for reject in rejects] == [("8万元", "threshold")]


def test_a_reason_may_stand_right_behind_a_change() -> None:
    told = "接待费9万元，比上年增加1万元，增长12.5%，主要是来访增加。"
    assert said(told, "kind", "reason") == [
        ("level", "来访增加"),
        ("change", "来访增加"),
        ("rate", "来访增加"),
    ]
    # what something is for is no reason
    assert said("项目支出9万元，主要是业务经费。", "reason") == [(None,)]


def test_a_reason_behind_a_rise_and_a_fall_is_of_neither() -> None:
    text = "收入增加2万元；其他收入减少1万元。主要原因是新增项目。"
    assert said(text, "reason") == [(None,), (None,)]
    assert said("收入增加2万元；其他收入增加1万元。主要原因是新增项目。", "reason")[1] == ("新增项目",)


def test_a_value_is_of_what_the_clause_before_counts() -> None:
    text = "固定资产9万元，其中房屋1200平方米，价值5万元；车辆2辆，原值3万元；其他固定资产1万元。"
    assert said(text, "subject") == [("固定资产",), ("房屋",), ("车辆",), ("其他固定资产",)]


def test_a_change_of_the_total_behind_its_parts_is_none_of_the_last_part() -> None:
    parts = "资产总额9万元，其中：固定资产8万元，无形资产1万元。"
    text = f"{parts}与上年相比，资产总额增加2万元，其中固定资产增加1万元。"
    assert said(text, "kind", "subject")[-2:] == [("change", "资产"), ("change", "固定资产")]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("截至2023年底，单位共有车辆5辆，其中：应急保障用车2辆、其他用车3辆；专用设备1台。",
         [("vehicles", "5", None), ("other", "2", "N1"), ("other", "3", "N1"), ("other", "1", None)]),
        ("全年接待来访团组32个，260人次。",
         [("reception_batches", "32", None), ("reception_people", "260", None)]),
        ("国内公务接待批次6批，人次42人。",
         [("reception_batches", "6", None), ("reception_people", "42", None)]),
        ("国内公务接待批次为55次，共计接待332人次。",
         [("reception_batches", "55", None), ("reception_people", "332", None)]),
        ("车辆3辆，价值9万元；其中：一般用车2辆，价值5万元；其他用车1辆，价值4万元。办公家具8套。",
         [("vehicles", "3", None), ("other", "2", "N1"), ("other", "1", "N1"), ("other", "8", None)]),
        ("编制9人，其中行政编制4人、事业编制5人；实有人员8人。",
         [("authorised", "9", None), ("authorised_administrative", "4", "N1"),
          ("authorised_institution", "5", "N1"), ("actual", "8", None)]),
    ],
)  # fmt: skip
def test_counts_are_of_their_kind_and_parts_of_what_they_follow(
    text: str, counted: list[tuple[str, str, str | None]]
) -> None:
    found = read_counts(paragraphs(read_text(text)), DOCUMENT_ID, VOCABULARY)
    assert [
        (count.count_key, count.count_text, count.part_of and count.part_of.split("-")[-1]) for count in found
    ] == counted


def test_a_code_may_stand_before_its_name() -> None:
    assert said("（一）20105-统计信息事务9万元。", "code", "subject") == [("20105", "统计信息事务")]
