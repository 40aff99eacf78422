"""Places of publishers are put where they lie, and the scope is no part of a name."""

from __future__ import annotations

import pytest

from extract.forms.publisher_names import split_places, without_scope
from extract.normalize.documents import stage_documents
from extract.printed import PRINTED_TABLES, PrintedDocument, PrintedFacts, printed_frames
from tests.extract.drawing import VOCABULARY


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
