"""Captions say which grids are which form; page cuts and empty forms are seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.blocks import Cell, Grid, Text
from extract.forms.captions import Section, sections
from extract.forms.page_cuts import stitch
from tests.extract.drawing import VOCABULARY, blocks, grid


def found(drawing: str, stage: str | None = None) -> tuple[Section, ...]:
    return stitch(sections(blocks(drawing), VOCABULARY, stage), VOCABULARY)


def only(drawing: str, stage: str | None = None) -> Section:
    (section,) = found(drawing, stage)
    return section


def facts(section: Section) -> tuple[str | None, str | None, str | None, str | None]:
    caption = section.caption
    return caption.form_key, caption.number, caption.unit_text, caption.holder


def words(section: Section) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in section.grids]


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


@pytest.mark.parametrize(
    "caption",
    [
        "公开01表\n收入支出决算总表\n部门：某某局　　单位：万元",
        "收入支出决算总表\n公开01表\n部门：某某局\n金额单位：万元",
        "部门：某某局    公开01表    单位：万元\n收入支出决算总表",
        "公开01表 收入支出决算总表\n编制单位：某某局 单位：万元",
        "收入支出决算总表（单位：万元）\n公开01表\n单位名称：某某局",
        "收入支出决算总表\n公开01表 部门：某某局 2023年度 单位:万元",
        "公开01表\n单位：万元\n填报单位：某某局\n\n一、收入支出决算总表",
        "部门：某某局单位：万元\n公开 01 表\n2023年度收入支出决算总表",
        "| 公开01表 |  |\n| 收入支出决算总表 |  |\n| 部门：某某局 | 单位：万元 |",
        "| 收入支出决算总表 |  |\n|  | 公开01表 |\n| 部门：某某局 | 金额单位：万元 |",
        "收入支出决算总表\n| 公开01表 |  |\n| 编制单位： | 某某局 |\n| （单位：万元） |  |",
        "| 收入支出决算总表 |  |\n| 公开01表 部门：某某局 单位：万元 |  |",
        "收入支出决算总表\n| 收入支出决算总表 |  |\n| 公开01表 |  |\n| 部门：某某局 | 单位：万元 |",
    ],
)
def test_title_number_holder_and_unit_stand_in_any_order_above_or_inside_the_grid(caption: str) -> None:
    section = only(f"{caption}\n| 项目 | 决算数 |\n| 一、财政拨款 | 1.00 |")
    assert facts(section) == ("final_revenue_expenditure_summary", "公开01表", "万元", "某某局")
    assert words(section) == [[["项目", "决算数"], ["一、财政拨款", "1.00"]]]


def test_a_caption_is_not_taken_for_the_title_nor_for_the_name_of_an_unknown_form() -> None:
    known = only("财政拨款收支总表\n部门：某某局　　单位：万元\n| 项目 | 预算数 |")
    assert (known.caption.title, known.caption.where) == ("财政拨款收支总表", "above")
    unknown = only("政府购买服务支出表\n部门：某某局　　单位：万元\n| 项目 | 预算数 |")
    assert (unknown.caption.title, unknown.caption.form_key) == ("政府购买服务支出表", None)
    nameless = only("部门：某某局　　单位：万元\n| 项目 | 预算数 |")
    assert (nameless.caption.title, nameless.caption.unit_text) == (None, "万元")


def test_a_row_of_figures_is_no_name_of_a_form() -> None:
    section = only("某某资金\n教育支出 12.00\n单位：万元\n| 项目 | 预算数 |")
    assert section.caption.title == "某某资金"


def test_a_title_in_a_grid_counts_only_where_it_is_not_one_of_a_list() -> None:
    section = only("| 表1 | 部门收支总表 |\n| 表2 | 部门收入总表 |\n| 表3 | 部门支出总表 |")
    assert (section.caption.form_key, len(section.grids[0].rows)) == (None, 3)


def test_a_row_with_a_figure_never_leaves_the_grid() -> None:
    section = only("| 部门收支总表 | 2 |\n| 单位：万元 |  |\n| 项目 | 预算数 |")
    assert words(section) == [[["部门收支总表", "2"], ["单位：万元", ""], ["项目", "预算数"]]]


def test_forms_typed_below_each_other_in_one_grid_are_taken_apart() -> None:
    first, second = found("""
        | 部门收入总表 |  |
        | 单位：万元 |  |
        | 项目 | 预算数 |
        | 财政拨款 | 1.00 |
        | 部门支出总表 |  |
        | 单位：元 |  |
        | 项目 | 预算数 |
        | 教育支出 | 2.00 |
        """)
    assert (facts(first)[0], facts(first)[2]) == ("budget_revenue", "万元")
    assert (facts(second)[0], facts(second)[2]) == ("budget_expenditure", "元")
    assert words(second) == [[["项目", "预算数"], ["教育支出", "2.00"]]]


def test_a_title_of_few_known_words_over_a_header_begins_a_form_and_a_coded_row_does_not() -> None:
    drawing = """
        | 部门收入总表 |        |        |
        | 单位：万元   |        |        |
        | 科目名称     | 合计   | 预算数 |
        | 财政拨款     | 1.00   | 1.00   |
        | {heading} |        |        |
        | 单位：元     |        |        |
        | 科目名称     | 合计   | 预算数 |
        | 教育支出     | 2.00   | 2.00   |
        """
    assert [len(section.grids[0].rows) for section in found(drawing.format(heading="支出甲乙丙"))] == [2, 2]
    assert len(found(drawing.format(heading="2101101行政单位医疗"))) == 1
    assert len(found(drawing.format(heading="甲乙丙"))) == 1


def test_a_heading_inside_a_grid_that_reads_like_a_title_does_not_cut_it() -> None:
    section = only("| 项目 | 预算数 |\n| 甲 | 1.00 |\n| 部门支出总表 |  |\n| 乙 | 2.00 |")
    assert len(section.grids[0].rows) == 4


def test_two_titles_on_one_line_are_two_and_the_last_is_of_the_grid() -> None:
    section = only("一、收入决算表二、支出决算表\n单位：万元\n| 项目 | 决算数 |")
    assert (section.caption.title, section.caption.form_key) == ("二、支出决算表", "final_expenditure")
    forms = found("公开02表 收入决算表 公开03表 支出决算表\n| 项目 | 决算数 |")
    assert [form.caption.form_key for form in forms] == ["final_expenditure"]


def test_a_title_may_break_within_a_word() -> None:
    section = only("""
        一般公共

        预算支出情况表

        单位：万元

        | 科目编码 | 科目名称 | 合计 |
        """)
    assert section.caption.form_key == "budget_expenditure_by_function"


def test_a_table_continues_by_its_mark_and_header_where_no_word_tells_its_title() -> None:
    drawing = """
        支出甲乙丙

        | 科目编码 | 科目名称 | 合计 |
        | 201 | 甲 | 1.00 |

        {caption}

        | {header} | 科目名称 | 合计 |
        | 208 | 乙 | 1.00 |
        """
    assert len(found(drawing.format(caption="甲乙丙（续）", header="科目编码"))) == 1
    assert len(found(drawing.format(caption="甲乙丙（续）", header="单位编码"))) == 2
    assert len(found(drawing.format(caption="支出丁戊己", header="科目编码"))) == 2


def test_a_space_between_its_characters_makes_no_title_too_long_for_a_name() -> None:
    spaced = " ".join("支出甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥") + "（续）"
    drawing = """
        支出甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥

        | 科目编码 | 科目名称 | 合计 |
        | 201 | 甲 | 1.00 |

        {caption}

        | 科目编码 | 科目名称 | 合计 |
        | 208 | 乙 | 1.00 |
        """
    assert len(found(drawing.format(caption=spaced))) == 1


def test_a_title_may_break_over_two_lines() -> None:
    (section,) = found("""
        一般公共预算财政拨款“三公”经费
        及会议费、培训费支出决算表
        公开 07 表
        | 项目 | 会议费 |
        """)
    assert (section.caption.form_key, section.caption.number) == ("final_three_public", "公开07表")


def test_a_numbered_title_of_unknown_words_with_its_unit_may_stand_in_the_grid() -> None:
    section = only("""
        单位名称：某某局
        | 表五：一般预算补助款支出台账（单位：元） |      |      |
        | 项目                                     | 总计 | 其中 |
        | 合计                                     | 1.00 | 1.00 |
        """)
    assert (section.caption.title, section.caption.unit_text) == ("表五：一般预算补助款支出台账", "元")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("表6 财政拨款基本支出\n预算表（经济科目）", "表6 财政拨款基本支出 预算表（经济科目）"),
        ("第二部分 财政拨款支出情况\n预算表（经济科目）", "预算表（经济科目）"),
        ("某某局\n预算表（经济科目）", "预算表（经济科目）"),
        ("表6 财政拨款基本支出\n项目支出预算表（经济科目）", "项目支出预算表（经济科目）"),
    ],
)
def test_a_line_that_says_of_no_money_ends_the_title_above_it(lines: str, title: str) -> None:
    assert only(f"{lines}\n单位：万元\n| 项目 | 预算数 |", "budget").caption.title == title


def test_the_second_line_of_a_title_is_not_taken_for_a_whole_one() -> None:
    keys = [
        only(f"{title}\n单位：万元\n| 项目 | 决算数 |", "final_accounts").caption.form_key
        for title in (
            "一般公共预算财政拨款\n支出决算表",
            "一般公共预算财政拨款基本\n支出决算表",
            "一般公共预算财\n政拨款支出决算表",
            "政府性基金预算财政拨款收入支出决算\n表",
            "一般公共预算支出表\n（按经济分类科目）",
            "部门收支总体情况\n部门收入总表",
            "第二部分 2023年度部门决算表\n收入支出决算总表",
        )
    ]
    assert keys == [
        "final_expenditure_by_function",
        "final_basic_by_economic",
        "final_expenditure_by_function",
        "final_government_fund",
        None,
        "final_revenue",
        "final_revenue_expenditure_summary",
    ]


def test_a_heading_and_a_title_below_it_make_no_word_together_that_silences_the_title() -> None:
    *_, section = found("""
        示例县民政局2024年部门预算
        单位资金支出表
        单位：万元
        | 科目编码 | 科目名称 | 合计 |
        | 208 | 社会保障和就业支出 | 9.00 |
        """)
    assert (section.caption.title, section.caption.form_key) == ("单位资金支出表", None)


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


def test_a_page_that_repeats_the_caption_or_says_that_it_goes_on_continues_the_form() -> None:
    for between in ("单位：万元", "续表", "（续）", "单位：万元\n（续表）"):
        section = only(f"""
            收入支出决算总表
            单位：万元
            | 项目 | 决算数 |

            {between}
            | 本年支出合计 | 1.00 |
            """)
        assert len(section.grids) == 2, between


def test_two_forms_of_one_kind_are_two_when_their_titles_differ() -> None:
    pairs = [
        ("收入决算表（按功能分类列示）", "收入决算表（按单位列示）"),
        ("2.17单位支出总表", "3.17部门支出总表"),
        ("四、收支总表", "五、收支总表"),
        ("2023年收支总表", "2024年收支总表"),
        ("某某县教育局收支总表", "某某县民政局收支总表"),
        ("公开01表 收支总表", "公开02表 收支总表"),
    ]
    for one, other in pairs:
        drawing = f"{one}\n单位：万元\n| 项目 | 甲 |\n\n{other}\n单位：万元\n| 项目 | 甲 |"
        assert len(found(drawing)) == 2, other
        again = f"{one}\n单位：万元\n| 项目 | 甲 |\n\n{one}\n单位：万元\n| 项目 | 甲 |"
        assert len(found(again)) == 1, one


def test_a_holder_beside_the_title_that_is_a_government_makes_it_a_governments() -> None:
    drawing = "一般公共预算支出表\n部门：{}　　单位：万元\n| 项目 | 预算数 |"
    assert only(drawing.format("某某县人民政府")).caption.form_key is None
    assert only(drawing.format("某某县财政局")).caption.form_key == "budget_expenditure_by_function"


def test_another_caption_begins_another_form() -> None:
    assert len(found("收入决算表\n单位：万元\n| 项目 | 决算数 |\n\n单位：元\n| 项目 | 甲 |")) == 2


def test_a_form_that_no_row_knows_continues_by_its_title() -> None:
    title = "政府购买服务支出表"
    section = only(f"{title}\n| 项目 | 预算数 |\n\n{title}（续）\n| 甲 | 1.00 |")
    assert (len(section.grids), section.caption.form_key) == (2, None)
    assert len(found(f"{title}\n| 项目 | 预算数 |\n\n项目支出及其他支出表\n| 项目 | 预算数 |")) == 2


def test_the_document_says_the_stage_where_its_titles_do_not() -> None:
    drawing = "一般公共预算支出表\n| 项目 | 合计 |"
    assert only(drawing, "final_accounts").caption.form_key == "final_expenditure_by_function"
    assert only(drawing, "budget").caption.form_key == "budget_expenditure_by_function"


def test_a_chapter_is_a_form_only_where_a_grid_follows_directly() -> None:
    section = only("三、部门收支总体情况\n单位：万元\n| 项目 | 预算数 |")
    assert (section.caption.form_key, section.caption.title) == (
        "budget_revenue_expenditure_summary",
        "三、部门收支总体情况",
    )
    assert section.caption.certainty < only("部门收支总表\n| 项目 | 预算数 |").caption.certainty
    apart = only("三、部门收支总体情况\n2024年比上年增加。\n| 项目 | 预算数 |")
    assert apart.caption.form_key is None
    assert found("三、部门收支总体情况\n单位：万元\n2024年比上年增加。") == ()


def test_a_list_of_contents_is_no_list_of_empty_forms() -> None:
    contents = """
        目 录
        表1
        部门收支总表
        表2
        部门收入总表
        部门支出总表……………3
        四、财政拨款收支总表 4
        """
    assert found(contents) == ()
    (section,) = found(contents + "\n表9\n政府性基金预算支出表\n单位：万元\n本表为空。")
    assert section.caption.form_key == "budget_government_fund"


def test_a_title_with_a_sentence_that_says_it_is_empty_is_an_empty_form() -> None:
    section = only("国有资本经营预算支出表\n注：本部门没有国有资本经营预算拨款收支，故本表为空表。")
    assert (section.caption.form_key, section.grids) == ("budget_state_capital", ())
    assert found("国有资本经营预算支出表\n2024年收支如下。") == ()


def test_the_note_under_a_form_is_not_of_the_next_ones_caption() -> None:
    _, second = found("""
        政府性基金预算支出表
        | 项目 | 合计 |
        注：本表为空。
        国有资本经营预算支出表
        | 项目 | 合计 |
        """)
    assert second.caption.first_line == 4


def test_a_second_form_in_a_grid_may_begin_with_a_header_of_two_cells() -> None:
    first, second = found(
        """
        | 收入预算总表 |      |      |          |
        | 单位：万元   |      |      |          |
        | 项目         | 合计 | 基本支出 | 项目支出 |
        | 甲           | 3.00 | 1.00 | 2.00     |
        | 乙           | 1.00 | 1.00 |          |
        | 单位：元     |      |      |          |
        | 四、财政拨款收入支出总括表 | | |       |
        | 收入         |      | 支出 |          |
        | 项目         | 预算数 | 项目 | 预算数 |
        | 本年收入     | 1.00 | 本年支出 | 1.00 |
        """
    )
    assert (first.caption.unit_text, second.caption.unit_text) == ("万元", "元")
    assert len(first.grids[0].rows) == 3


def test_a_title_may_be_the_name_of_the_sheet() -> None:
    def sheet(name: str, text: str) -> Grid:
        return replace(grid(text), sheet_name=name)

    named, default = sections(
        [sheet("2.收入总表", "| 项目 | 预算数 |"), sheet("3.支出总表", "| 项目 | 甲 |")], VOCABULARY
    )
    assert (named.caption.form_key, named.caption.title, named.caption.where) == (
        "budget_revenue",
        "2.收入总表",
        "sheet",
    )
    assert default.caption.form_key == "budget_expenditure"
    (going_on,) = sections(
        [sheet("Sheet1", "| 收入总表 |  |\n| 项目 | 预算数 |"), sheet("Sheet2", "| 甲 | 1.00 |")], VOCABULARY
    )
    assert len(going_on.grids) == 2


def test_rows_that_a_page_cut_off_their_table_do_not_end_the_form() -> None:
    def page(number: int, *rows: tuple[str, ...]) -> Grid:
        return Grid(
            tuple(
                tuple(Cell(text, line, column, number) for column, text in enumerate(row))
                for line, row in enumerate(rows, 5)
            )
        )

    title = Text("部门支出总表", 1, 1)
    first = page(1, ("编码", "名称", "金额"), ("30107", "绩效工资", "2.00"))
    cut = Text("30108 养老保险缴费 1.00", 1, 2)
    second = page(2, ("30109", "职业年金缴费", "3.00"))
    (section,) = sections([title, first, cut, second], VOCABULARY)
    assert (len(section.grids), [line.text for line in section.loose_rows]) == (2, [cut.text])
    note = Text("单位预留经费按规定执行。", 1, 2)
    assert len(sections([title, first, note, second], VOCABULARY)) == 2


def of_unread_title(*pages: tuple[tuple[str, ...], ...]) -> int:
    """How many forms are found in one table a page, each under a title that no word tells."""
    blocks_of_pages: list[Text | Grid] = []
    for number, rows in enumerate(pages, 1):
        cells = [
            tuple(Cell(text, line, column, number) for column, text in enumerate(row))
            for line, row in enumerate(rows, 5)
        ]
        blocks_of_pages += [Text("某某一览", 1, number), Grid(tuple(cells))]
    return len(stitch(sections(blocks_of_pages, VOCABULARY), VOCABULARY))


HEADER, TITLE = ("编码", "名称", "金额"), ("某某一览", "", "")
ITEM, OTHER, TOTAL = ("30107", "绩效工资", "2.00"), ("30108", "保险缴费", "1.00"), ("", "合计", "3.00")


def test_a_form_of_an_unread_title_goes_on_overleaf_under_its_header() -> None:
    assert of_unread_title((HEADER, ITEM), (HEADER, OTHER, TOTAL)) == 1
    assert of_unread_title((TITLE, HEADER, ITEM), (HEADER, OTHER, TOTAL)) == 1


def test_two_tables_of_one_header_that_have_a_total_each_are_two_forms() -> None:
    assert of_unread_title((HEADER, ITEM, TOTAL), (HEADER, OTHER, TOTAL)) == 2


def test_tables_of_two_headers_are_two_forms() -> None:
    assert of_unread_title((HEADER, ITEM), (("编码", "名称", "数量"), OTHER, TOTAL)) == 2


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


def test_figures_that_stand_in_no_grid_make_a_form_illegible_and_not_empty() -> None:
    drawing = """
        表2 2024年单位综合预算收入总表
        单位：万元
        {}
        第三部分 情况说明
    """
    rows = "合计 1,836.42 1,836.42\n        301 示例县农业农村局 1,836.42"
    (lost,) = sections(blocks(drawing.format(rows)), VOCABULARY)
    assert (lost.caption.form_key, lost.grids, lost.is_illegible) == ("budget_revenue", (), True)
    (empty,) = sections(blocks(drawing.format("本表无数据")), VOCABULARY)
    assert (empty.grids, empty.is_illegible) == ((), False)


def test_a_unit_above_a_title_of_unknown_words_is_found_in_the_grid_and_above_it() -> None:
    inside = only("""
        | 编制单位：某某局    单位：万元 |          |          |
        | 附件6：经费拨款花费台账        |          |          |
        | 科目编码                       | 科目名称 | 合计     |
        | 301                            | 工资     | 12.00    |
        """)
    assert facts(inside)[2:] == ("万元", "某某局")
    assert words(inside)[0][0] == ["科目编码", "科目名称", "合计"]
    above = only("""
        编制单位：某某局    单位：万元

        附件6：经费拨款花费台账

        | 科目编码 | 科目名称 | 合计  |
        | 301      | 工资     | 12.00 |
        """)
    assert facts(above)[2:] == ("万元", "某某局")


def test_a_unit_above_the_text_before_a_grid_is_not_its_own_where_one_stands_below() -> None:
    section = only("""
        单位：元

        附件6：经费拨款花费台账

        金额单位：万元

        | 科目编码 | 科目名称 | 合计  |
        | 301      | 工资     | 12.00 |
        """)
    assert section.caption.unit_text == "万元"


HALVES = """
    “三公”经费支出预算表

    单位：万元

    {}

    | 合计 | 因公出国（境）费 | 公务接待费 |
    | 9.00 | 5.00             | 4.00       |

    — 2 —

    {}

    | 合计 | 因公出国（境）费 | 公务接待费 |
    | 8.00 | 5.00             | 3.00       |
    """


@pytest.mark.parametrize(("first", "second"), [("上年执行数", "本年预算数"), ("去年完成额", "2024年预算数")])
def test_a_line_that_says_of_which_version_the_columns_are_is_their_first_heading(
    first: str, second: str
) -> None:
    section = only(HALVES.format(first, second), "budget")
    assert [grid[0] for grid in words(section)] == [[first, "", ""], [second, "", ""]]
    assert section.caption.form_key == "budget_three_public"


def test_a_sentence_or_a_title_above_a_grid_heads_no_columns() -> None:
    first, second = found(HALVES.format("上年工作情况说明", "2024年收入预算表"), "budget")
    assert words(first)[0][0] == ["合计", "因公出国（境）费", "公务接待费"]
    assert second.caption.form_key == "budget_revenue"


def test_a_row_that_says_of_which_version_the_columns_are_is_no_title() -> None:
    section = only("""
        | 编制部门：某某局               |                  | 单位：万元 |
        | 三公花费预算台账               |                  |            |
        | 2023年预算数                   |                  |            |
        | 合计                           | 因公出国（境）费 | 公务接待费 |
        | 9.00                           | 5.00             | 4.00       |
        """)
    assert facts(section)[2:] == ("万元", "某某局")
    assert words(section)[0][0][0] == "2023年预算数"
