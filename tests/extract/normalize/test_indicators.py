"""Targets and results as quantities and days; lists of indicators; whether a target is met."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from extract.normalize.deadlines import last_day
from extract.normalize.indicators import one_row_per_indicator, stage_indicators
from extract.normalize.quantities import with_quantity
from extract.printed import PRINTED_TABLES, PrintedIndicator, printed_frames
from tests.extract.drawing import VOCABULARY


def quantity(printed: str | None) -> dict[str, object]:
    frame = pl.DataFrame({"text": [printed]}, schema={"text": pl.String})
    row = with_quantity(frame, "text", "q", VOCABULARY).drop("text").row(0, named=True)
    return {name.removeprefix("q_"): value for name, value in row.items()}


@pytest.mark.parametrize(
    ("printed", "comparator", "number", "unit"),
    [
        ("≥95%", "≥", "95", "%"),
        ("≧95％", "≥", "95", "%"),
        (">=95%", "≥", "95", "%"),
        ("》 90%", "≥", "90", "%"),
        ("85%以上", "≥", "85", "%"),
        ("95%(含)以上", "≥", "95", "%"),
        ("达到90%及以上", "≥", "90", "%"),
        ("=100%", "=", "100", "%"),
        ("不少于3次", "≥", "3", "次"),
        ("大于等于12场次", "≥", "12", "场次"),
        ("超过500人", ">", "500", "人"),
        ("≤100%", "≤", "100", "%"),
        ("控制在5万元以内", "≤", "5", "万元"),
        ("30分钟内", "≤", "30", "分钟"),
        ("约300人", "≈", "300", "人"),
        ("300余人次", "≈", "300", "人次"),
        ("461.61平米", "=", "461.61", "平米"),
        ("900㎡", "=", "900", "m2"),
        ("1,500", "=", "1500", None),
        ("340元/人.年", "=", "340", "元/人.年"),
        ("100%完成", "=", "100", "%"),
        ("知晓率90%以上", "≥", "90", "%"),
        ("全年至少2次", "≥", "2", "次"),
        ("6人。", "=", "6", "人"),
    ],
)
def test_a_target_that_is_one_quantity_is_read(
    printed: str, comparator: str, number: str, unit: str | None
) -> None:
    read = quantity(printed)
    assert (read["comparator"], read["number"], read["unit"]) == (comparator, Decimal(number), unit)


@pytest.mark.parametrize(
    ("printed", "low", "high", "unit"),
    [
        ("7-8 个工作日", 7, 8, "个工作日"),
        ("90%~95%", 90, 95, "%"),
        ("10万元—20万元", 10, 20, "万元"),
        ("5至10天", 5, 10, "天"),
    ],
)
def test_a_range_has_two_ends(printed: str, low: int, high: int, unit: str) -> None:
    read = quantity(printed)
    assert (read["comparator"], read["number"], read["number_high"], read["unit"]) == (
        "range",
        low,
        high,
        unit,
    )


@pytest.mark.parametrize(
    "printed",
    [
        "2024年底", "2022年1-12月", "良好", "6人；6人。", "大于2024年", "每10人中9人", "每月5日前",
        "全市前10名", "10元-20万元", "1:1", "稽核28家，检查206家", None,
    ],
)  # fmt: skip
def test_dates_lists_ranks_and_words_are_no_quantities(printed: str | None) -> None:
    assert set(quantity(printed).values()) == {None}


@pytest.mark.parametrize(
    ("printed", "value", "measure"),
    [
        ("1.5万元", "15000", "元"),
        ("15000元", "15000", "元"),
        ("0.2亿元", "20000000", "元"),
        ("68.8万人", "688000", "人"),
        ("30名", "30", "人"),
        ("28万", "280000", None),  # 万 of what is not said
        ("1500平米", "1500", "平方米"),
        ("900㎡", "900", "平方米"),
        ("5个工作日", "5", "工作日"),
        ("95%", "95", "%"),
        ("1.2万人次", "12000", "人次"),
        ("3千米", "3", "公里"),
    ],
)
def test_values_are_comparable_by_their_measure(printed: str, value: str, measure: str | None) -> None:
    read = quantity(printed)
    assert (read["value"], read["measure"]) == (Decimal(value), measure)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024年底前", "2024-12-31"),
        ("2024年", "2024-12-31"),
        ("2024年度全年", "2024-12-31"),
        ("2024年12月31日前", "2024-12-31"),
        ("2024年2月底前完成", "2024-02-29"),
        ("2022年1-12月", "2022-12-31"),
        ("2022年1月-12月", "2022-12-31"),
        ("2022年11月15日-2023年3月15日", "2023-03-15"),
        ("2024-6-30", "2024-06-30"),
        ("2024年6月前", None),  # some mean its end
        ("2024年13月", None),
        ("大于2024年", None),
        ("12月底前", None),  # of which year is not printed
        ("≥1年", None),
        (None, None),
    ],
)
def test_a_deadline_is_the_last_day_it_allows(printed: str | None, day: str | None) -> None:
    assert pl.select(last_day(pl.lit(printed, dtype=pl.String))).item() == day


def split(indicator: str, target: str, actual: str | None = None) -> list[tuple[object, ...]]:
    frame = pl.DataFrame(
        {"indicator_id": ["i"], "indicator": [indicator], "target_text": [target], "actual_text": [actual]},
        schema_overrides={"actual_text": pl.String},
    )
    columns = ["indicator_id", "part_no", "indicator", "target_text", "actual_text"]
    return one_row_per_indicator(frame).select(columns).rows()


def test_a_list_with_as_many_targets_is_one_row_each() -> None:
    assert split("在职人员；劳务派遣人员；", "6人；6人。") == [
        ("iN1", 1, "在职人员", "6人", None),
        ("iN2", 2, "劳务派遣人员", "6人", None),
    ]


@pytest.mark.parametrize(
    ("indicator", "target"),
    [
        ("甲费；乙费，丙费", "1万元；2万元；3万元"),
        ("甲费、乙费、丙费", "1万元；2万元；3万元"),
        ("甲费：乙费；丙费", "1万元；2万元；3万元"),
        ("指标1：甲费 指标2：乙费 指标3：丙费", "指标1：1万元 指标2：2万元 指标3：3万元"),
    ],
)
def test_what_parts_a_list_is_what_gives_as_many_names_as_targets(indicator: str, target: str) -> None:
    assert [row[2:4] for row in split(indicator, target)] == [
        ("甲费", "1万元"),
        ("乙费", "2万元"),
        ("丙费", "3万元"),
    ]


def test_results_are_paired_too() -> None:
    assert split("甲; 乙", "1个; 3次", "2个; 3次") == [
        ("iN1", 1, "甲", "1个", "2个"),
        ("iN2", 2, "乙", "3次", "3次"),
    ]


@pytest.mark.parametrize(
    ("indicator", "target", "actual"),
    [
        ("甲；乙", "1；2；3", None),
        ("甲；乙", "1；2", "3"),
        ("甲", "1", None),
        ("甲、乙", "良好；有所提高", None),  # an enumeration of words may be one thing
    ],
)
def test_where_counts_differ_the_row_stays_whole(indicator: str, target: str, actual: str | None) -> None:
    assert split(indicator, target, actual) == [("i", None, indicator, target, actual)]


def test_numbering_and_points_are_no_part_of_a_name() -> None:
    names = [
        split(printed, "1次")[0][2]
        for printed in ("指标 2：培训次数", "培训次数（10分）", "指标完成率", "指标1：")
    ]
    assert names == ["培训次数", "培训次数", "指标完成率", "指标1："]


def staged(**fields: str | None) -> dict[str, object]:
    row = (
        dict.fromkeys(PrintedIndicator.__dataclass_fields__) | {"indicator_id": "i", "form_id": "f"} | fields
    )
    frame = printed_frames([])["indicators"].clear()
    frame = pl.DataFrame([row], schema=frame.schema)
    forms = pl.DataFrame({"form_id": ["f"], "form_key": ["k"], "subject": ["s"]})
    assert "indicators" in PRINTED_TABLES
    return stage_indicators(frame, forms, VOCABULARY).row(0, named=True)


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("≥90%", "95%", True),
        ("≥90%", "89%", False),
        ("≤5天", "5日", True),
        (">5次", "5次", False),
        ("<5次", "4次", True),
        ("7-8个工作日", "15-30个工作日", False),
        ("7-8个工作日", "7-9个工作日", False),
        ("7-8个工作日", "8个工作日", True),
        ("≤8个工作日", "7-9个工作日", False),
        ("1000", "1000", True),
        ("1000", "936", None),  # nobody says whether more is better
        ("≥90%", "95", None),
        ("≥90%", "≤100%", None),
        ("≥300人", "约310人", None),
        ("≤200万", "210.66万元", False),
        ("≤200", "210.66万元", None),
        ("≤1.5万元", "14000元", True),
        ("2024年底前", "2024年11月", True),
        ("2024年6月30日前", "2024年11月", False),
        ("≥90%", None, None),
        ("良好", "良好", None),
    ],
)
def test_a_result_meets_its_target_or_cannot_be_compared(
    target: str, actual: str | None, verdict: bool | None
) -> None:
    assert staged(target_text=target, actual_text=actual)["is_achieved"] is verdict


def test_points_are_numbers_also_behind_a_name_or_in_a_level() -> None:
    row = staged(
        indicator="预算完成率（10分）", score_text="9.5分", review_score_text="9", level_2_points_text="25"
    )
    points = (row["weight"], row["score"], row["review_score"], row["level_1_points"], row["level_2_points"])
    assert points == (Decimal(10), Decimal("9.5"), Decimal(9), None, Decimal(25))
