"""A form prints no unit only where nothing near it looks like one."""

from __future__ import annotations

import pytest

from extract.forms.captions import sections
from extract.forms.unit_marks import looks_like_unit
from tests.extract.drawing import VOCABULARY, blocks

GRID = """
| 项目 | 预算数 |
| 一、财政拨款收入 | 5.00 |
| 收入合计 | 5.00 |
"""


def marked(drawing: str) -> list[bool]:
    return [section.has_unit_mark for section in sections(blocks(drawing), VOCABULARY)]


@pytest.mark.parametrize(
    "text", ["单位：万元", "（百元）", "单位：", "单位：□", "金额单位", "Unit: RMB", "￥", "千元", "单位（万"]
)
def test_what_may_be_a_unit_of_money_looks_like_one(text: str) -> None:
    assert looks_like_unit(text, VOCABULARY)


@pytest.mark.parametrize(
    "text", ["部门收入总表", "单位：某某县水务局", "预算01表", "2023年", "本年收入为5万元，比上年增加1万元。"]
)
def test_titles_holders_and_sentences_do_not(text: str) -> None:
    assert not looks_like_unit(text, VOCABULARY)


def test_a_form_without_anything_like_a_unit_has_no_mark() -> None:
    assert marked(f"部门收入总表\n{GRID}") == [False]


def test_a_line_above_the_grid_that_was_not_understood_is_a_mark() -> None:
    assert marked(f"部门收入总表\n计量：壹千元整\n{GRID}") == [True]


def test_a_cell_is_a_mark() -> None:
    assert marked(f"部门收入总表\n{GRID.replace('预算数', '预算数万元')}") == [True]


def test_a_line_below_the_grid_is_a_mark_and_the_next_forms_unit_is_none() -> None:
    second = f"部门支出总表\n单位：万元\n{GRID}"
    assert marked(f"部门收入总表\n{GRID}\n{second}") == [False, True]
    assert marked(f"部门收入总表\n{GRID}\n（以百元计）\n{second}") == [True, True]


def test_a_unit_above_the_next_title_is_of_the_form_that_has_no_other() -> None:
    first = f"部门收入总表\n{GRID}"
    assert marked(f"{first}\n单位：万元\n部门支出总表\n{GRID}") == [False, True]
    assert marked(f"{first}\n单位：万元\n部门支出总表\n单位：元\n{GRID}") == [True, True]
