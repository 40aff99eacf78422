"""Titles are read word by word: which form they name follows from what the words say together."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from extract import read_document
from extract.forms.titles import TitleReading, read_title
from extract.landing import LandedFile
from extract.media_type import media_type
from extract.title_vocabulary import DIMENSIONS, FormMeaning, TitleVocabulary, title_vocabulary
from tests.extract.drawing import VOCABULARY

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "warehouse" / "samples"
MOST_OVERRIDES = 10
OPEN = ("not_a_form", "government_level")  # beside what is new


def read(title: str, stage: str | None = None, holder: str | None = None) -> TitleReading:
    return read_title(title, VOCABULARY, stage, holder)


def read_with(title: str, titles: TitleVocabulary) -> TitleReading:
    return read_title(title, replace(VOCABULARY, titles=titles))


def keys(stage: str | None, *titles: str) -> list[str | None]:
    return [read(title, stage).form_key for title in titles]


def titles_of_the_country() -> list[tuple[str, str, str]]:
    """Titles by the templates of the provinces, and lines that are none; without a key, it stays open."""
    with (HERE / "titles_of_the_country.csv").open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["stage"], row["form_key"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("title", "stage", "key"), titles_of_the_country())
def test_a_title_of_any_province_is_its_form_or_open(title: str, stage: str, key: str) -> None:
    assert read(title, stage).form_key == (key or None)


@pytest.mark.parametrize(
    "title",
    [
        "一、收入支出决算总表",
        "1.收入支出决算总表",
        "2.17 收入支出决算总表",
        "（一）收入支出决算总表",
        "三 收入支出决算总表",
        "第一部分 收入支出决算总表",
        "附件1：收入支出决算总表",
        "附表1-1 收入支出决算总表",
        "表一：收入支出决算总表",
        "公开01表 收入支出决算总表",
        "收入支出决算总表（公开 01 表）",
        "部门公开表3 收入支出决算总表",
        "预算01表 收入支出决算总表",
        "GK02 收入支出决算总表",
        "表13-4 收入支出决算总表",
        "收入支出决算总表（续）",
        "2024年度收入支出决算总表",
        "二〇二四年收入支出决算总表",
        "20XX年度部门收入支出决算总表",
        "某某市医疗保障局2024年度收入支出决算总表",
        "2024年某某市医疗保障局收入支出决算总表",
        "某某市医疗保障局（本级）收入支出决算总表",
        "收入支出决算总表（某某县第一中学）",
        "单位收入支出决算总表",
        "部门收入支出决算汇总表",
        "“收入支出”决算总表",
        "收 入 支 出 决 算 总 表",
        "收入支出决算总表……………12",
        "收入支出决算总表 ... 4",
        "收入支出决算总表15",
        "收入支出决算总表（单位：万元）",
        "收入 “支出”决算总表",
        "入支出决算总表",
    ],
)
def test_marks_around_the_words_change_nothing(title: str) -> None:
    reading = read(title, "final_accounts")
    assert (reading.is_title, reading.form_key) == (True, "final_revenue_expenditure_summary")


def test_marks_are_kept_apart() -> None:
    reading = read("公开04表 某某区教育局2023年度财政拨款收入支出决算总表（续）")
    assert reading.number == "公开04表"
    assert (reading.holder, reading.year, reading.is_continued) == ("某某区教育局", 2023, True)
    assert (reading.stage, reading.flow, reading.fund) == ("final_accounts", "expenditure+revenue", "fiscal")
    assert read("二〇二三年部门收支总表").year == 2023
    assert read("表13-4 项目支出绩效目标表").number == "表13-4"


def test_the_document_says_the_stage_where_the_title_does_not() -> None:
    title = "一般公共预算支出表"
    assert read(title, "budget").form_key == "budget_expenditure_by_function"
    assert read(title, "final_accounts").form_key == "final_expenditure_by_function"
    assert read(title).form_key == "budget_expenditure_by_function"
    assert read(title).certainty < read(title, "budget").certainty == 1
    assert read("支出决算表", "budget").form_key == "final_expenditure"
    assert read("支出决算表", "budget").certainty < read("支出决算表", "final_accounts").certainty


def test_titles_that_differ_by_the_source_of_money_alone_are_different_forms() -> None:
    assert keys("budget", "一般公共预算支出预算表", "财政拨款支出预算表", "支出预算表") == [
        "budget_expenditure_by_function",
        None,
        "budget_expenditure",
    ]


def test_a_fund_beside_fiscal_appropriation_is_the_fund_and_two_are_all_of_it() -> None:
    assert read("一般公共预算财政拨款支出决算表").fund == "general_public"
    assert read("一般公共预算和政府性基金预算财政拨款支出决算表").fund == "fiscal"


def test_a_form_of_a_government_gets_no_key_of_a_department() -> None:
    of_governments = [
        "2022年度某某区一般公共预算支出表",
        "2022年度某某区一般公共预算本级基本支出决算表",
        "市级一般公共预算支出表",
        "全县政府性基金支出预算表",
        "地方政府一般债务限额和余额情况表",
        "税收返还和转移支付决算表",
        "社会保险基金收入决算表",
    ]
    for title in of_governments:
        reading = read(title)
        assert (reading.is_title, reading.level, reading.form_key) == (True, "government", None), title
    assert read("一般公共预算支出表", holder="某某县人民政府").form_key is None
    assert read("一般公共预算支出表", holder="某某县财政局").form_key == "budget_expenditure_by_function"
    assert read("某某县2022年部门“三公”经费预算表").form_key == "budget_three_public"
    assert read("某某县教育局2022年一般公共预算支出表").level == "department"


def test_performance_forms_are_told_by_what_they_are_about() -> None:
    assert keys(
        None,
        "项目支出绩效目标表",
        "部门整体支出绩效目标申报表",
        "省级专项资金绩效目标表",
        "项目支出绩效自评表",
        "部门整体支出绩效评价得分表",
        "财政支出项目绩效目标申报表填报说明",
    ) == [
        "performance_project_target",
        "performance_overall_target",
        "performance_special_fund_target",
        "performance_project_self_evaluation",
        "performance_overall_self_evaluation",
        None,
    ]


def test_a_name_is_a_holder_only_where_it_ends_as_names_do_or_the_document_says_so() -> None:
    assert read("某某县文联收入总表").holder == "某某县文联"
    assert read("甲乙丙2022年收入总表").holder == "甲乙丙"  # before the year
    assert read("甲乙丙收入总表").leftover == ("甲乙丙",)
    assert read("甲乙丙收入总表", holder="甲乙丙").form_key == "budget_revenue"
    assert read("某某县水利局财政拨款支出一览(功能科目)").holder == "某某县水利局"  # not …(功能科
    assert read("债项收入总表", holder="某某债项中心").holder is None  # two characters of a name are none


def test_words_unknown_leave_it_open_and_say_what_the_known_ones_would_mean() -> None:
    reading = read("工会经费收入总表", "budget")
    assert (reading.is_title, reading.form_key, reading.likely_key) == (True, None, "budget_revenue")
    assert reading.leftover == ("工会经费",)
    assert reading.certainty < 0.5


def test_a_heading_without_a_word_for_a_table_is_no_title_but_may_head_one() -> None:
    reading = read("三、部门收支总体情况", "budget")
    assert (reading.is_title, reading.form_key) == (False, None)
    assert reading.likely_key == "budget_revenue_expenditure_summary"
    assert read("部门收支总体情况表", "budget").form_key == "budget_revenue_expenditure_summary"


@pytest.mark.parametrize(
    "line",
    [
        "本部门2024年收入总表见附件。",
        "收入支出决算总表显示，本年收入为12万元",
        "关于收支总表的说明",
        "三、支出决算情况说明",
        "第二部分 2022年单位预算表",
        "2022年度部门决算公开报表（见附表）",
        "部门：某某局　　单位：万元",
        "编制单位：某某局收支总表",
        "项目",
        "12",
        "",
    ],
)
def test_what_only_mentions_a_form_is_no_title(line: str) -> None:
    reading = read(line)
    assert (reading.is_title, reading.form_key) == (False, None)


def test_traditional_characters_are_read_and_the_printed_text_is_not_touched() -> None:
    assert read("七、一般公共預算財政撥款基本支出決算表").form_key == "final_basic_by_economic"


def test_no_combination_of_words_means_two_forms() -> None:
    """Every combination that two rows allow would leave both open."""
    meanings = VOCABULARY.titles.meanings
    for one, other in product(meanings, meanings):
        if one.form_key < other.form_key:
            assert not overlap(one, other), f"{one.form_key} and {other.form_key}"


def overlap(one: FormMeaning, other: FormMeaning) -> bool:
    return all(a is None or b is None or a & b for a, b in zip(one.allowed, other.allowed, strict=True))


def test_two_meanings_that_overlap_leave_it_open() -> None:
    words = [
        {"word": "收入", "says": "flow", "value": "revenue"},
        {"word": "表", "says": "shape", "value": "plain"},
    ]
    anything = dict.fromkeys(DIMENSIONS, "*")
    meanings = [{**anything, "form_key": key, "certainty": "1"} for key in ("one", "other")]
    titles = title_vocabulary(words, meanings, [], [])
    assert read_with("收入表", titles).form_key is None
    assert read_with("收入表", title_vocabulary(words, meanings[:1], [], [])).form_key == "one"


def test_a_word_that_speaks_of_no_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="no dimension"):
        title_vocabulary([{"word": "收入", "says": "flwo", "value": "revenue"}], [], [], [])


def test_whole_titles_are_few_exceptions() -> None:
    assert len(VOCABULARY.titles.overrides) <= MOST_OVERRIDES


def test_an_override_wins_over_what_the_words_say() -> None:
    words = [
        {"word": "收入", "says": "flow", "value": "revenue"},
        {"word": "表", "says": "shape", "value": "plain"},
    ]
    titles = title_vocabulary(words, [], [{"title_pattern": "收入表", "form_key": "this"}], [])
    reading = read_with("一、2022年收入表", titles)
    assert reading.form_key == "this"


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_form_of_the_samples_is_known_by_its_title_alone(path: Path) -> None:
    data = path.read_bytes()
    landed = LandedFile(hashlib.sha256(data).hexdigest(), path.name, media_type(data), len(data))
    document = read_document(landed, data)
    titled = [form for form in document.forms if form.form_key not in (None, "unit_list", "contents_list")]
    assert titled
    for form in titled:
        reading = read(form.printed_title or "", document.facts.stage)
        assert reading.form_key == form.form_key, form.printed_title


def test_real_titles_of_many_regions_are_read(corpus: Path) -> None:
    """At least 98 of 100 right (open where no standard form is named), and at most one wrong."""
    with (corpus.parent / "titles.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["form_key"] != "unclear"]
    outcomes: Counter[str] = Counter()
    for row in rows:
        meant = row["form_key"]
        expected = None if meant in OPEN or meant.startswith("new:") else meant
        found = read(row["title_as_printed"], row["stage"]).form_key
        outcomes["right" if found == expected else "open" if found is None else "wrong"] += 1
    assert outcomes["wrong"] <= 1
    assert outcomes["right"] / len(rows) >= 0.98
