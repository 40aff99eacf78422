"""What a document says of itself in its list of forms."""

from __future__ import annotations

import pytest

from extract.forms.contents import lists_forms, read_contents
from tests.extract.drawing import VOCABULARY, collector, grid


def test_the_contents_say_which_forms_are_declared_and_which_blank_and_why() -> None:
    entries = read_contents(
        [
            grid("""
                | 报表 | 报表名称                   | 是否空表 | 表格为空的理由 |
                | 表1  | 单位综合预算收支总表       |          |                |
                | 表9  | 单位综合预算政府性基金收支表 | 是       | 不涉及         |
                | 表99 | 一张没有人见过的表         | 否       |                |
                """)
        ],
        collector(),
        VOCABULARY,
    )
    assert [(e.printed_number, e.form_key, e.blank_text, e.blank_reason) for e in entries] == [
        ("表1", "budget_revenue_expenditure_summary", None, None),
        ("表9", "budget_government_fund", "是", "不涉及"),
        ("表99", None, "否", None),
    ]


def test_a_list_of_forms_is_known_without_its_header_and_its_pages_are_no_reasons() -> None:
    listed = grid("""
        | 一、 | 收入支出决算总表         | 12 |
        | 二、 | 收入决算表               | 13 |
        | 三、 | 一般公共预算支出表       | 14 |
        """)
    assert lists_forms([listed], VOCABULARY)
    entries = read_contents([listed], collector(), VOCABULARY, "final_accounts")
    assert [(e.printed_number, e.form_key, e.blank_reason) for e in entries] == [
        ("一、", "final_revenue_expenditure_summary", None),
        ("二、", "final_revenue", None),
        ("三、", "final_expenditure_by_function", None),
    ]


@pytest.mark.parametrize(
    "drawing",
    [
        "| 收入决算表 | 1.00 |\n| 支出决算表 | 2.00 |\n| 收入支出决算总表 | 3.00 |",  # it prints money
        "| 收入决算表 |  |\n| 支出决算表 |  |",  # too few to be a list
        "| 收入总表 | 支出总表 |\n| 收入总表 | 支出总表 |\n| 收入总表 | 支出总表 |",  # two a row
        "| 项目 | 甲 |\n| 教育支出 | 乙 |\n| 收入总表 |  |\n| 支出总表 |  |\n| 收支总表 |  |\n| 丙 |  |",
    ],
)
def test_a_grid_that_names_forms_beside_other_things_is_no_list_of_them(drawing: str) -> None:
    assert not lists_forms([grid(drawing)], VOCABULARY)
