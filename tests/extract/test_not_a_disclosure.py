"""What is no disclosure is named as such: no publisher, no figure comes of it, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import printed_frames, read_document, stage
from extract.forms.disclosure import NOT_A_DISCLOSURE
from extract.landing import LandedFile, content_id
from extract.media_type import media_type
from tests.extract.document_drawing import drawn
from tests.near_misses import NEAR_MISSES

_OF_DISCLOSURES = (
    "forms",
    "amounts",
    "claims",
    "indicators",
    "counts",
    "remarks",
    "lines",
    "columns",
    "contents",
)


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_near_miss_is_no_disclosure_and_says_so(name: str) -> None:
    document = drawn(NEAR_MISSES[name])
    assert document.facts.status == NOT_A_DISCLOSURE
    assert "no disclosure" in (document.facts.failure_reason or "")
    assert document.facts.publisher_text is None
    tables = stage(printed_frames([document]))
    assert [table for table in _OF_DISCLOSURES if tables[table].height] == []
    assert tables["rejects"].height == document.facts.numeric_cell_count == tables["numeric_cells"].height
    assert set(tables["rejects"]["reason_code"]) <= {NOT_A_DISCLOSURE}


def test_the_heading_says_what_a_document_is_instead() -> None:
    assert "裁判文书" in (drawn(NEAR_MISSES["judgment"]).facts.failure_reason or "")


FORM = """
    一般公共预算支出表
    部门：示例县水利局  单位：万元
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | 213 | 农林水支出 | 10.00 | 6.00 | 4.00 |
    """
PROSE = """
    示例县水利局2024年部门预算情况说明
    一、收支预算总体情况说明
    2024年本部门收入预算总计10万元，其中一般公共预算拨款10万元，比上年增加1万元。
    二、机关运行经费安排说明
    本部门机关运行经费财政拨款预算安排3万元。
    """


@pytest.mark.parametrize("drawing", [FORM, PROSE, PROSE + FORM])
def test_a_form_alone_and_prose_alone_are_disclosures(drawing: str) -> None:
    assert drawn(drawing).facts.status == "read"


def test_the_heading_of_another_document_does_not_hide_forms_that_are_there() -> None:
    drawing = "示例县水利局办公设备采购公告\n" + PROSE + FORM + FORM.replace("支出表", "基本支出表")
    assert drawn(drawing).facts.status == "read"


def test_a_report_of_a_government_is_kept_and_named_as_such() -> None:
    facts = drawn("""
        青禾县2024年政府预算公开
        青禾县2024年一般公共预算收入表
        单位：万元
        | 项目 | 2023年执行数 | 2024年预算数 |
        | 一、税收收入 | 100.00 | 110.00 |
        | 二、非税收入 | 50.00 | 40.00 |
        """).facts
    assert (facts.status, facts.document_kind, facts.publisher_text) == ("read", "government", "青禾县")
    assert (facts.year_text, facts.stage) == ("2024", "budget")


def test_a_budget_and_how_the_last_was_carried_out_are_a_governments_without_the_word_report_too() -> None:
    facts = drawn("""
        青禾县2023年预算执行情况和2024年预算草案
        | 项目 | 2024年预算数 |
        | 税收收入 | 110.00 |
        """).facts
    assert (facts.status, facts.document_kind, facts.year_text) == ("read", "government", "2024")


TABLE = """
    2024年市本级{}表
    单位：万元
    | 项目 | 2024年预算数 |
    | 合计 | 110.00 |
    """


def test_tables_that_say_to_be_of_a_governments_money_are_a_disclosure_without_a_heading() -> None:
    revenue, fund = TABLE.format("一般公共预算收入"), TABLE.format("政府性基金预算支出")
    assert drawn(revenue + fund).facts.status == "read"
    assert drawn(revenue.replace("市本级一般公共预算", "某公司销售")).facts.status == NOT_A_DISCLOSURE


PART_OF_A_GOVERNMENT = """
    关于2024年示例省本级经济分类支出决算的说明
    2024年省本级支出决算数为40720.18亿元。
    其中：住房公积金决算数为168.23亿元。
    """


def test_a_title_of_a_place_and_a_year_needs_one_word_of_disclosures() -> None:
    assert drawn(PART_OF_A_GOVERNMENT).facts.status == "read"
    assert drawn(PART_OF_A_GOVERNMENT.replace("2024年示例省", "")).facts.status == NOT_A_DISCLOSURE


def test_a_title_may_name_budget_and_final_accounts_in_one_word() -> None:
    facts = drawn("""
        青禾县2022年政府预决算相关重要事项说明
        2022年度一般公共预算支出数为9万元，比2021年度决算数增加1万元，增长12.5%。
        """).facts
    assert (facts.status, facts.document_kind, facts.publisher_text) == ("read", "government", "青禾县")
    assert facts.year_text == "2022"


def test_a_sum_over_a_place_is_published_by_the_place() -> None:
    facts = drawn("""
        青禾县2016年“三公”经费决算情况统计表
        单位：万元
        | 项目 | 上年决算数 | 本年决算数 |
        | 合计 | 9.00 | 8.00 |
        | 公务接待费 | 9.00 | 8.00 |
        """).facts
    assert (facts.status, facts.publisher_text, facts.stage) == ("read", "青禾县", "final_accounts")


def test_every_real_disclosure_and_template_is_recognised(corpus: Path) -> None:
    paths = [path for folder in ("text", "pdf", "xlsx") for path in sorted((corpus / folder).rglob("*.*"))]
    assert len(paths) >= 15
    assert {path.name: _status(path) for path in paths if _status(path) != "read"} == {}


def _status(path: Path) -> str:
    data = path.read_bytes()
    return read_document(
        LandedFile(content_id(data), path.name, media_type(data), len(data)), data
    ).facts.status


def test_the_draft_accounts_of_a_tier_are_of_its_government() -> None:
    facts = drawn("""
        示例市青禾区2020年区本级决算草案报告
        2020年区本级一般公共预算支出为9万元，比上年增加1万元。
        """).facts
    assert (facts.status, facts.document_kind, facts.publisher_text) == ("read", "government", "示例市青禾区")
