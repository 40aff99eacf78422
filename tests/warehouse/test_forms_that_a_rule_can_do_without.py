"""A form that adds to a sum only where it prints the level that is summed: classes, not items alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.library import check

DRAFT = """石桥县环境卫生所2026年部门预算

财政拨款收支预算总表
部门：石桥县环境卫生所	单位：万元
收入		支出
项目	预算数	项目（按功能分类）	预算数
一、一般公共预算拨款	64.64	一、城乡社区支出	77.90
二、政府性基金预算拨款	13.26
本年收入合计	77.90	本年支出合计	77.90
收入总计	77.90	支出总计	77.90

一般公共预算支出预算表
部门：石桥县环境卫生所	单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	64.64	50.00	14.64
212	城乡社区支出	64.64	50.00	14.64
21205	城乡社区环境卫生	64.64	50.00	14.64
2120501	城乡社区环境卫生	64.64	50.00	14.64

政府性基金预算支出预算表
部门：石桥县环境卫生所	单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	13.26		13.26
{rows}
"""
ITEMS = "2120801	征地和拆迁补偿支出	8.84		8.84\n2120803	城市建设支出	4.42		4.42"
CLASSES = (
    "212	城乡社区支出	13.26		13.26\n21208	国有土地使用权出让收入安排的支出	13.26		13.26\n"
    + ITEMS
)
RULE = "figure.sum_of_budgets"


@pytest.mark.parametrize(
    ("rows", "summary", "found"),
    [
        (CLASSES, "77.90", False),
        (CLASSES, "79.90", True),
        (ITEMS, "77.90", False),
    ],
    ids=["classes that add up", "classes that do not", "items alone, which say nothing of the class"],
)
def test_the_class_of_a_summary_is_held_against_what_prints_classes(
    rows: str, summary: str, found: bool, tmp_path: Path
) -> None:
    path = tmp_path / "石桥县环境卫生所2026年部门预算.txt"
    text = DRAFT.format(rows=rows).replace("一、城乡社区支出	77.90", f"一、城乡社区支出	{summary}")
    path.write_text(text, encoding="utf-8")
    assert any(finding.rule_id == RULE for finding in check([path]).findings) == found
