"""What a column means is composed of the words in its header texts, from top to bottom."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.folding import fold
from extract.header_words import HeaderMeaning, HeaderWords
from extract.vocabulary import load_vocabulary

WORDS = load_vocabulary().words


def meaning(path: str, form_key: str | None = None) -> HeaderMeaning:
    composed = WORDS.compose(form_key, tuple(fold(part) for part in path.split(" / ")))
    assert composed is not None
    return composed


@pytest.mark.parametrize(
    ("path", "measure", "fund"),
    [
        ("合计", "total", None),
        ("基本支出 / 小计", "basic", None),
        ("基本支出 / 人员经费", "personnel", None),
        ("本年支出 / 小计", "total", None),
        ("财政拨款收入", "total", "fiscal_appropriation"),
        ("事业收入 / 其中：教育收费", "total", "education_fees"),
        ("支出 / 一般公共预算财政拨款", "total", "general_public"),
        ("公务用车购置及运行维护费 / 公务用车运行费", "vehicle_operation", None),
        ("年初结转和结余 / 合计", "carry_in", None),
        ("财政拨款结转结余 / 一般公共预算", "carry_in", "general_public"),
        ("省级当年财政拨款安排 / 一般公共预算拨款 / 项目支出", "project", "general_public"),
        ("财政专户核拨", "total", "special_account"),
        ("上年结余结转 / 小计", "total", "carry_in"),
        ("人员类项目支出", "personnel", None),
    ],
)
def test_lower_parts_refine_upper_ones(path: str, measure: str, fund: str | None) -> None:
    composed = meaning(path)
    assert (composed.role, composed.measure, composed.fund) == ("amount", measure, fund)


@pytest.mark.parametrize(
    "path",
    [
        "县级自筹安排 / 基本支出",  # an unknown heading: whose basic expenditure?
        "基本支出 / 提租补贴小计",
        "年初结转和结余 / 基本支出",  # a balance of a kind of spending has no measure of its own
        "工资福利支出 / 小计",
    ],
)
def test_what_no_word_knows_stays_open(path: str) -> None:
    composed = meaning(path)
    assert (composed.role, composed.measure) == ("amount", None)


@pytest.mark.parametrize(
    ("path", "budget_version", "year", "nature"),
    [
        ("上年执行数", "execution", "previous", "figure"),
        ("本年预算数", "budget", "current", "figure"),
        ("2016-执行数", "execution", "2016", "figure"),
        ("2026年预算数 / 基本支出", "budget", "2026", "figure"),
        ("调整预算数", "adjusted_budget", None, "figure"),
        ("变动预算数", "adjusted_budget", None, "figure"),
        ("最终预算", "adjusted_budget", None, "figure"),
        ("2024年预算执行", "execution", "2024", "figure"),
        ("预算执行进度", "budget", None, "rate"),
        ("年初预算数", "budget", None, "figure"),
        ("上一年决算数", "final", "previous", "figure"),
        ("2026年预算数比2025年执行数 / 增减额", "budget", "2026", "change"),
        ("2026年预算数比2025年执行数 / 增减%", "budget", "2026", "rate"),
        ("年预算执行率", "budget", None, "rate"),
        ("2024年核定数", "budget", "2024", "figure"),
        ("年初批复数", "budget", None, "figure"),
        ("2023年预计完成数", "execution", "2023", "figure"),
        ("快报数", "execution", None, "figure"),
        ("决算统计数", "final", None, "figure"),
        ("预算追加数", "budget", None, "change"),
        ("决算数为上年决算数的%", "final", "previous", "rate"),
        ("为调整预算的%", "adjusted_budget", None, "rate"),
        ("占预算（%）", "budget", None, "rate"),
        ("数量", None, None, "count"),
        ("公务接待人次(人)", None, None, "count"),
    ],
)
def test_a_header_names_its_version_year_and_nature(
    path: str, budget_version: str | None, year: str | None, nature: str
) -> None:
    composed = meaning(path)
    assert (composed.budget_version, composed.year, composed.nature) == (budget_version, year, nature) or (
        nature == "rate" and composed.nature == "rate"
    )
    assert (
        composed.role == {"figure": "amount", "change": "amount", "rate": "rate", "count": "quantity"}[nature]
    )


@pytest.mark.parametrize(
    ("path", "role", "side_key"),
    [
        ("收入 / 项目", "label", "revenue"),
        ("支出 / 功能分类 / 功能科目名称", "label", "function"),
        ("支出 / 政府预算经济分类", "label", "economic_government"),
        ("部门预算支出经济分类科目(按大类)", "label", "economic"),
        ("支出 / 支出用途 / 项目名称", "label", "expenditure_kind"),
        ("功能分类科目 / 科目编码", "function_code", None),
        ("经济分类科目编码", "economic_code", None),
        ("政府预算 / 支出经济科目编码", "government_economic_code", None),
        ("预算单位代码", "unit_code", None),
        ("项目代码", "project_code", None),
        ("行次", "ordinal", None),
        ("项目负责人及电话", "mark", None),
    ],
)
def test_names_and_codes_are_told_by_their_last_word(path: str, role: str, side_key: str | None) -> None:
    assert meaning(path)[:2] == (role, side_key)


def test_a_word_in_front_of_an_unknown_one_does_not_tell_what_the_column_holds() -> None:
    assert WORDS.compose(None, ("单位预留机动经费",)) is None
    assert meaning("单位名称").role == "label"


def test_a_word_of_one_character_counts_only_alone() -> None:
    words = HeaderWords([("项", None, "role", "code"), ("合计", None, "sum", "total")])
    assert words.compose(None, ("项",)) is not None
    assert words.compose(None, ("专项",)) is None


def test_a_row_for_one_form_goes_before_the_row_for_all() -> None:
    assert (meaning("备注", "performance_project_target").role, meaning("备注").role) == ("note", "text")


def test_real_headers_are_told_from_what_is_no_money(corpus: Path) -> None:
    """Of real column paths, those that say it; the others are told by what stands in the column."""
    with (corpus.parent / "headers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 150
    told = [
        (row["is_money"] == "yes", composed.role == "amount", row["header_path"])
        for row in rows
        if (composed := WORDS.compose(None, tuple(map(fold, row["header_path"].split(" / ")))))
    ]
    wrong = [path for is_money, is_said, path in told if is_money != is_said]
    assert wrong == []
    assert len(told) >= 0.93 * len(rows)


@pytest.mark.parametrize(
    ("word", "is_known"), [("去年核定数", True), ("去年完成额", True), ("去年", True), ("某某", False)]
)
def test_a_word_that_says_only_when_is_one_that_headers_are_made_of(word: str, is_known: bool) -> None:
    assert load_vocabulary().knows_header(fold(word)) is is_known
