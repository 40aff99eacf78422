"""A label gives up its numbering and says what its row is."""

from __future__ import annotations

import pytest

from extract.forms.labels import Label, read_label
from tests.extract.drawing import VOCABULARY


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("一、部门预算", Label("部门预算", "item", None, 1)),
        ("1、财政拨款", Label("财政拨款", "item", "fiscal_appropriation", 3)),
        ("1. 一般公共预算财政拨款", Label("一般公共预算财政拨款", "item", None, 3)),
        ("(10) 其他支出", Label("其他支出", "item", None, 4)),
        ("（1）工资福利支出", Label("工资福利支出", "item", None, 4)),
        ("其中：专项资金列入部门预算的项目", Label("专项资金列入部门预算的项目", "memo", None, None)),
        ("合 计", Label("合计", "total", "form_total", None)),
        ("本年支出合计", Label("本年支出合计", "subtotal", "current_total", None)),
        ("收入总计", Label("收入总计", "total", "grand_total", None)),
        ("三、收入总计", Label("收入总计", "total", "grand_total", 1)),
        ("（一）支出合计", Label("支出合计", "item", None, 2)),  # of its section
        (
            "单位上年结余（不包括国库集中支付额度结余）",
            Label("单位上年结余(不包括国库集中支付额度结余)", "item", "carry", None),
        ),
        ("合计（不含上年结转）", Label("合计(不含上年结转)", "item", None, None)),
        ("结转下年", Label("结转下年", "item", "carry", None)),
        ("专用项目", Label("专用项目", "item", "project_group", 40)),
        ("城乡社区 支出", Label("城乡社区支出", "item", None, None)),
    ],
)
def test_labels(printed: str, read: Label) -> None:
    assert read_label(printed, None, VOCABULARY) == read


@pytest.mark.parametrize(
    ("printed", "line_key"),
    [
        ("“三公”经费", "whole"),
        ("“三公”经费合计", "whole"),
        ("三公经费财政拨款支出合计", "whole"),
        ("“三公”经费支出（合计）", "whole"),
        ("公务接待费合计", None),
    ],
)
def test_what_the_others_are_parts_of_may_be_called_a_total(printed: str, line_key: str | None) -> None:
    label = read_label(printed, "final_three_public", VOCABULARY)
    assert (label.row_kind, label.line_key) == ("item", line_key)
