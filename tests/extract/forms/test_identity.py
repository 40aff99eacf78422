"""Whose a document is, of which year, stage and level: what its places say, weighed."""

from __future__ import annotations

import pytest

from extract.forms.disclosure_titles import read_disclosure_title
from extract.forms.identity import Identity, read_identity
from extract.forms.publisher_names import as_name, fullest, is_same
from extract.forms.testimony import Statement, believed
from tests.extract.document_drawing import drawn
from tests.extract.drawing import VOCABULARY, blocks

NAMES = VOCABULARY.names


def said(identity: Identity) -> tuple[str | None, ...]:
    return (identity.publisher.value, identity.year.value, identity.stage.value, identity.level.value)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (
            "西安市灞桥区医疗保障局（本级）\n2024年单位预算公开说明\n目 录\n第一部分 单位概况",
            ("西安市灞桥区医疗保障局(本级)", "2024", "budget", "unit"),
        ),
        (
            "**西乡县医疗保险业务经办中心\n2024 年单位预算公开说明**\n目录",
            ("西乡县医疗保险业务经办中心", "2024", "budget", "unit"),
        ),
        (
            "西安市高陵区医疗保障局（汇总）\n2020 年度部门决算公开说明\n保密审查情况：已审查",
            ("西安市高陵区医疗保障局(汇总)", "2020", "final_accounts", "department"),
        ),
        ("2024年部门综合预算\n目 录", (None, "2024", "budget", "department")),
        ("××部门（单位）\nXX年部门预算\n目录", (None, None, "budget", "department")),
        (
            "上海市普陀区2025年区级单位预算\n预算主管部门：上海市普陀区商务委员会\n预算单位：某中心（一）\n目录",
            ("某中心(一)", "2025", "budget", "unit"),
        ),
        (
            "上海市普陀区2025年区级部门预算\n预算主管部门：上海市普陀区商务委员会",
            ("上海市普陀区商务委员会", "2025", "budget", "department"),
        ),
        (
            "中共上海市普陀区委\n社会工作部 2024 年度\n部门决算\n目 录",
            ("中共上海市普陀区委社会工作部", "2024", "final_accounts", "department"),
        ),
        ("上海市普陀区2025年区级部门预算\n目录", (None, "2025", "budget", "department")),
        (
            "上海市普陀区2025年区级部门预算\n预算主管部门：上海市普陀区XX局",
            (None, "2025", "budget", "department"),
        ),
        ("目录\n某某局", (None, None, None, None)),
        # what stands above the title of a disclosure is not of its name
        (
            "附件1\n江苏省财政厅印制\n南屏县水利局2024年度单位决算",
            ("南屏县水利局", "2024", "final_accounts", "unit"),
        ),
        ("表一\n- 1 -\n2024年部门预算", (None, "2024", "budget", "department")),
        (
            "2018年度江苏省高级\n人民法院预算公开\n2018 年2 月24 日",
            ("江苏省高级人民法院", "2018", "budget", None),
        ),
        ("示例县民政局\n二〇二二年度部门决算", ("示例县民政局", "2022", "final_accounts", "department")),
        ("示例县民政局\n2025年9月\n目录", ("示例县民政局", None, None, None)),  # the day of publication
    ],
)
def test_the_cover_names_publisher_year_stage_and_level(
    drawing: str, expected: tuple[str | None, ...]
) -> None:
    assert said(read_identity(blocks(drawing), VOCABULARY)) == expected


FORMS = """
    收支预算总表
    公开表一
    部门：示例县水利局  单位：万元
    | 收入 | | 支出 | |
    | 项目 | 2023年预算数 | 项目 | 2023年预算数 |
    | 一、一般公共预算拨款收入 | 10.00 | 一、农林水支出 | 10.00 |
    收入预算总表
    公开表二
    部门：示例县水利局  单位：万元
    | 科目编码 | 科目名称 | 合计 |
    | 213 | 农林水支出 | 10.00 |
    """


def test_without_a_cover_captions_by_majority_and_the_years_of_headers_tell() -> None:
    facts = drawn(FORMS).facts
    assert (facts.publisher_text, facts.publisher_from) == ("示例县水利局", "caption")
    assert (facts.year_text, facts.year_from, facts.stage) == ("2023", "column", "budget")


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        pytest.param("2019年预算数比2018年执行数", "2019", id="a year against the one before"),
        pytest.param("2018年执行数", None, id="one year, which may be any"),
        pytest.param("2019年预算数比2015年预算数", None, id="years that do not follow each other"),
    ],
)
def test_a_heading_that_holds_a_year_against_the_one_before_tells_it(heading: str, year: str | None) -> None:
    forms = FORMS.replace("2023年预算数", "预算数").replace("| 合计 |", f"| 预算数 | {heading} |")
    document = drawn(forms.replace("农林水支出 | 10.00 |\n    ", "农林水支出 | 10.00 | 1.00 |\n    "))
    assert document.facts.year_text == year


@pytest.mark.parametrize(
    "line",
    [
        "- 1 -", "表一", "江苏省财政厅印制", "示例县财政局监制", "收支预算总表", "第一部分 部门概况",
        "单位：万元", "XX局", "2024年", "负责全县水利工作，并监督实施。", "本部门所属事业单位",
        "上海市普陀区", "编制单位", "301001",
    ],
)  # fmt: skip
def test_a_page_mark_a_caption_a_printers_line_or_a_sentence_is_no_name(line: str) -> None:
    assert as_name(line, NAMES) is None
    assert as_name(line, NAMES, is_labelled=True) is None


def test_a_name_behind_a_label_need_not_end_as_organs_do_and_a_code_is_taken_off() -> None:
    assert as_name("第一人民渔港", NAMES) is None
    assert as_name("301001-第一人民渔港", NAMES, is_labelled=True) == "第一人民渔港"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("上海市普陀区财政局", "普陀区财政局", True),
        ("上海市普陀区财政局（本级）", "上海市普陀区财政局", True),
        ("江苏省人大常委会办公厅", "江苏省人大", True),  # the cell was too narrow
        ("示例县财政局", "示例县水利局", False),
        ("示例县教育局", "示例县教育局幼儿园", True),
        ("示例县水利局", "示例县", False),
    ],
)
def test_names_are_one_where_one_is_the_other_with_its_place_or_cut_short(
    one: str, other: str, same: bool
) -> None:
    assert is_same(one.replace("（", "(").replace("）", ")"), other, NAMES) is same


def test_one_that_says_the_same_often_counts_no_more_than_its_source_may() -> None:
    captions = [Statement("甲局", "caption", 1.0)] * 10
    assert believed([*captions, Statement("乙局", "cover", 6.0)], {"caption": 4.0}).value == "乙局"
    assert believed([*captions, Statement("乙局", "cover", 3.0)], {"caption": 4.0}).value == "甲局"


def test_what_two_say_with_like_weight_stays_open() -> None:
    assert believed([Statement("甲局", "caption", 1.0), Statement("乙局", "title", 1.0)], {}).value is None


@pytest.mark.parametrize(
    ("line", "name", "year", "stage", "level", "of_government"),
    [
        ("2024年度渠县财政局决算公开说明", "渠县财政局", 2024, "final_accounts", None, False),
        ("/泸州市中医医院2023年度决算报表", "泸州市中医医院", 2023, "final_accounts", None, False),
        ("青禾县2024年政府预算公开", None, 2024, "budget", None, True),
        ("关于青禾县2023年预算执行情况和2024年预算草案的报告", None, 2024, "budget", None, True),
        ("示例县教育局关于2024年部门预算公开的说明", "示例县教育局", 2024, "budget", "department", False),
        ("西藏自治区政府2024年部门决算", "西藏自治区政府", 2024, "final_accounts", "department", False),
        ("2022年度青禾县财政总决算", None, 2022, "final_accounts", None, True),
        ("关于青禾县2022年决算草案和2023年预算执行情况的报告", None, 2022, "final_accounts", None, True),
        ("青禾县人民政府关于2022年决算和2023年预算执行情况的报告", None, 2022, "final_accounts", None, True),
        ("青禾县财政局关于青禾县2022年财政决算（草案）的报告", None, 2022, "final_accounts", None, True),
        ("示例县教育局2024年三公经费预算情况说明", "示例县教育局", 2024, "budget", None, False),
    ],
)  # fmt: skip
def test_the_title_of_a_disclosure_is_read_on_one_line(
    line: str, name: str | None, year: int, stage: str, level: str | None, of_government: bool
) -> None:
    title = read_disclosure_title(line, NAMES)
    assert title is not None
    assert (title.name, title.year, title.stage, title.level, title.is_of_government) == (
        name, year, stage, level, of_government,
    )  # fmt: skip
    assert title.is_whole


def test_a_headline_about_disclosures_is_no_title_of_one() -> None:
    title = read_disclosure_title("省级部门集中公开2024年度部门决算", NAMES)
    assert title is not None
    assert not title.is_whole


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ({"示例县科": 3.0, "示例县科学技术局": 2.0}, "示例县科学技术局"),  # the cover was cut off
        (
            {"江苏省高级人民法院": 9.0, "江苏省高级人民法院政府": 1.0},
            "江苏省高级人民法院",
        ),  # read once too far
        ({"示例县水利局": 3.0, "示例县水利局本级": 2.0}, "示例县水利局"),
        ({"普陀区财政局": 6.0, "上海市普陀区财政局": 1.0}, "上海市普陀区财政局"),
    ],
)
def test_of_names_of_one_publisher_the_whole_one_is_taken(found: dict[str, float], name: str) -> None:
    assert fullest(found, NAMES) == name
