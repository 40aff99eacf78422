"""Lists of indicators are taken apart where that takes no guess; places are put where they lie."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from extract.forms.publisher_names import split_places, without_scope
from extract.normalize.documents import stage_documents
from extract.normalize.indicators import one_row_per_indicator
from extract.normalize.targets import is_achieved
from extract.printed import PRINTED_TABLES, PrintedDocument, PrintedFacts, printed_frames
from tests.extract.drawing import VOCABULARY


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


def test_results_are_paired_too() -> None:
    assert split("甲; 乙", "1个; 3次", "2个; 3次") == [
        ("iN1", 1, "甲", "1个", "2个"),
        ("iN2", 2, "乙", "3次", "3次"),
    ]


@pytest.mark.parametrize(
    ("indicator", "target", "actual"),
    [("甲；乙", "1；2；3", None), ("甲；乙", "1；2", "3"), ("甲", "1", None), ("甲，乙", "1；2", None)],
)
def test_where_counts_differ_the_row_stays_whole(indicator: str, target: str, actual: str | None) -> None:
    assert split(indicator, target, actual) == [("i", None, indicator, target, actual)]


@pytest.mark.parametrize(
    ("comparator", "target", "high", "actual", "same_unit", "verdict"),
    [
        ("≥", "90", None, "95", True, True),
        ("≥", "90", None, "89", True, False),
        ("≤", "5", None, "5", True, True),
        (">", "5", None, "5", True, False),
        ("<", "5", None, "4", True, True),
        ("range", "7", "8", "15", True, False),
        ("range", "7", "8", "8", True, True),
        ("=", "1000", None, "1000", True, True),
        ("=", "1000", None, "936", True, None),  # nobody says whether more is better
        ("≥", "90", None, "95", False, None),
        ("≥", "90", None, None, True, None),
    ],
)
def test_a_result_meets_its_target_or_cannot_be_compared(
    comparator: str, target: str, high: str | None, actual: str | None, same_unit: bool, verdict: bool | None
) -> None:
    number = [Decimal(text) if text else None for text in (target, high, actual)]
    row = pl.DataFrame(
        {"c": [comparator], "t": [number[0]], "h": [number[1]], "a": [number[2]], "s": [same_unit]},
        schema={
            "c": pl.String,
            "t": pl.Decimal(24, 6),
            "h": pl.Decimal(24, 6),
            "a": pl.Decimal(24, 6),
            "s": pl.Boolean,
        },
    )
    columns = (pl.col(name) for name in "ctha")
    assert row.select(is_achieved(*columns, same_unit=pl.col("s"))).item() is verdict


def document(name: str | None, place: str | None = None) -> dict[str, object]:
    own, titled = (split_places(without_scope(text or ""), VOCABULARY.names) for text in (name, place))
    facts = PrintedFacts(
        document_id="d", file_name="f", media_type="text/plain", extractor_version="v", status="read",
        publisher_text=name, publisher_from="cover",
        publisher_places="|".join(own.places) or None, publisher_rest=own.rest,
        title_places="|".join(titled.places) or None, title_rest=titled.rest,
    )  # fmt: skip
    frames = printed_frames([PrintedDocument(facts)])
    assert set(frames) == set(PRINTED_TABLES)
    return stage_documents(frames["documents"], VOCABULARY).to_dicts()[0]


@pytest.mark.parametrize(
    ("name", "province", "city", "county"),
    [
        ("西安市灞桥区医疗保障局", "陕西省", "西安市", "灞桥区"),
        ("西乡县医疗保险业务经办中心", "陕西省", "汉中市", "西乡县"),
        ("上海市普陀区财政局", "上海市", None, "普陀区"),
        ("中共上海市普陀区委社会工作部", "上海市", None, "普陀区"),
        ("舟山市普陀区财政局", "浙江省", "舟山市", "普陀区"),
        ("韩城市财政局", "陕西省", "渭南市", "韩城市"),
        ("陕西省医疗保障局", "陕西省", None, None),
        ("某某县医疗保障局", None, None, "某某县"),
        ("医疗保障局", None, None, None),
    ],
)
def test_a_publisher_lies_where_its_name_says_and_nowhere_by_guess(
    name: str, province: str | None, city: str | None, county: str | None
) -> None:
    row = document(name)
    assert (row["province"], row["city"], row["county"]) == (province, city, county)


@pytest.mark.parametrize(
    ("name", "place", "tier", "code"),
    [
        ("上海市普陀区财政局", None, "county", "310107"),
        ("普陀区财政局", None, "county", None),  # in 上海 or in 舟山
        ("普陀区财政局", "上海市", "county", None),
        ("财政局", "上海市普陀区", "county", "310107"),
        ("韩城市财政局", None, "county", "610581"),
        ("西安市财政局", None, "city", "610100"),
        ("陕西省财政厅", None, "province", "610000"),
        ("延边朝鲜族自治州民政局", None, "city", "222400"),
        ("积石山保安族东乡族撒拉族自治县民政局", None, "county", "622927"),
        ("莱芜市财政局", None, "city", "371200"),  # a city until 2018
        ("上海市普陀区人民政府万里街道办事处", None, "township", "310107"),
        ("示例县城关镇人民政府", None, "township", None),
        ("国家税务总局示例县税务局", None, "central", None),
        ("民政部", None, "central", None),
        ("县财政局", None, "county", None),
        ("市场监督管理局", None, None, None),
        ("城市社区服务中心", None, None, None),
    ],
)
def test_the_tier_of_a_publisher_is_that_of_its_smallest_place_and_an_ambiguous_place_has_no_code(
    name: str, place: str | None, tier: str | None, code: str | None
) -> None:
    row = document(name, place)
    assert (row["government_tier"], row["region_code"]) == (tier, code)


def test_the_scope_is_taken_off_the_name() -> None:
    rows = [document(name) for name in ("甲局(本级)", "乙局(汇总)", "丙局")]
    assert [(row["publisher_name"], row["scope"]) for row in rows] == [
        ("甲局", "own"),
        ("乙局", "consolidated"),
        ("丙局", None),
    ]
