"""Captions say which grids are which form; page cuts and empty forms are seen."""

from __future__ import annotations

from extract.forms.captions import Section, sections, stitch
from extract.forms.titles import read_title
from tests.extract.drawing import VOCABULARY, blocks


def found(drawing: str) -> tuple[Section, ...]:
    return stitch(sections(blocks(drawing), VOCABULARY), VOCABULARY)


def test_the_number_may_stand_above_or_below_the_title() -> None:
    above, below = found("""
        表5

        单位综合预算一般公共预算支出明细表（按支出功能分类科目）

        单位：元

        | 功能科目编码 | 功能科目名称 | 合计 |

        2024年部门综合预算财政拨款收支总表

        表4

        单位：万元

        | 项目 | 预算数 |
        """)
    assert (above.caption.number, above.caption.form_key, above.caption.unit_text) == (
        "表5",
        "budget_expenditure_by_function",
        "元",
    )
    assert (below.caption.number, below.caption.form_key, below.caption.unit_text) == (
        "表4",
        "budget_fiscal_appropriation_summary",
        "万元",
    )


def test_titles_tolerate_years_spaces_width_and_quotes() -> None:
    titles = [
        "2022年部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表（不含上年结转）",
        "单位综合预算一般公共预算拨款三公经费及会议费、培训费支出预算表",
        "部门综合预算一般公共预算拨款 “三公” 经费及会议费、培训费支出预算表",
    ]
    assert {read_title(title, VOCABULARY).form_key for title in titles} == {"budget_three_public"}


def test_a_title_may_break_over_two_lines() -> None:
    (section,) = found("""
        一般公共预算财政拨款“三公”经费
        及会议费、培训费支出决算表
        公开 07 表
        | 项目 | 会议费 |
        """)
    assert (section.caption.form_key, section.caption.number) == ("final_three_public", "公开07表")


def test_a_sentence_that_names_a_form_is_no_title() -> None:
    assert found("详见公开报表中的收入支出决算总表。\n二、收入决算情况说明") == ()


def test_a_form_cut_by_a_page_break_is_one_form() -> None:
    (section,) = found("""
        收入支出决算总表
        公开 01 表
        | 项目 | 决算数 |
        | 1.教育支出 | 1.00 |

        收入支出决算总表
        公开 01 表
        | 项目 | 决算数 |
        | 本年支出合计 | 1.00 |
        """)
    assert len(section.grids) == 2


def test_a_grid_without_any_text_before_it_continues_the_form_above() -> None:
    (section,) = found("""
        收入支出决算总表
        | 项目 | 决算数 |

        | 本年支出合计 | 1.00 |
        """)
    assert len(section.grids) == 2


def test_a_page_number_between_two_grids_is_no_text() -> None:
    (section,) = found("""
        收入支出决算总表
        | 项目 | 决算数 |

        - 12 -

        | 本年支出合计 | 1.00 |
        """)
    assert len(section.grids) == 2


def test_a_form_for_every_project_is_not_stitched_but_its_cut_pages_are() -> None:
    one_project = "部门专项业务经费绩效目标表\n| 项目名称 | {} |\n| 总体目标 | |\n\n"
    cut = "部门专项业务经费绩效目标表\n| 效益指标 | 社会效益指标 |\n\n"
    first, second = found(one_project.format("甲") + cut + one_project.format("乙"))
    assert (len(first.grids), len(second.grids)) == (2, 1)


def test_a_form_published_empty_has_a_caption_and_no_grid() -> None:
    (section,) = found("""
        国有资本经营预算财政拨款支出决算表
        公开 09 表
        金额单位：万元
        注：本表为空。
        第三部分 决算情况说明
        """)
    assert (section.caption.form_key, section.grids, section.is_illegible) == (
        "final_state_capital",
        (),
        False,
    )


def test_an_illegible_form_is_known_by_its_caption() -> None:
    (section,) = found("表2\n2022年部门综合预算收入总表\n单位：万元\n[illegible]\n")
    assert (section.caption.form_key, section.is_illegible) == ("budget_revenue", True)


def test_a_grid_far_from_any_title_stays_untitled() -> None:
    empty, untitled = found("""
        国有资本经营预算财政拨款支出决算表
        金额单位：万元
        第一句。
        第二句。
        第三句。
        第四句。
        | 甲 | 乙 |
        """)
    assert (empty.caption.form_key, untitled.caption.form_key) == ("final_state_capital", None)
