"""Items of the explanation of final accounts: said twice, with two budgets, and beside their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

DRAWN = """示例市林业局2024年度部门决算

政府性基金预算财政拨款收入支出决算表
单位：万元

科目编码	科目名称	年初结转和结余	本年收入	本年支出合计	基本支出	项目支出	年末结转和结余
	合计		105.00	105.00		105.00
229	其他支出		105.00	105.00		105.00
22960	彩票公益金安排的支出		105.00	105.00		105.00
2296002	用于社会福利的彩票公益金支出		105.00	105.00		105.00

五、一般公共预算财政拨款支出决算情况说明

（一）总体情况

一般公共预算财政拨款支出年初预算为{planned}万元，支出决算为{spent}万元。

（二）具体情况

1、社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）{front}万元，主要用于缴费。{items}

2、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）140.00万元，主要用于缴费。年初预算为150.00万元，支出决算为140.00万元。

{more}

八、政府性基金预算财政拨款收入支出决算情况说明

1、其他支出（类）彩票公益金安排的支出（款）用于社会福利的彩票公益金支出（项）{fund}万元，支出决算为{fund}万元。
"""
AS_IT_IS = {
    "planned": "350.00",
    "spent": "330.00",
    "front": "190.00",
    "items": "年初预算为200.00万元，支出决算为190.00万元，完成年初预算的95%。",
    "fund": "105.00",
    "more": "",
}
Finding = tuple[str, str, str | None, str]


def _findings(folder: Path, **other: str) -> list[Finding]:
    """Severity, rule, what is suggested, and the words."""
    file = folder / "drawn.txt"
    file.write_text(DRAWN.format(**{**AS_IT_IS, **other}), encoding="utf-8")
    with built(read_files([file])) as connection:
        return connection.sql(
            "select severity, rule_id, suggested_text, message_zh from marts.fct_findings "
            "where severity != 'suspect' order by all"
        ).fetchall()


def test_what_is_said_twice_of_an_item_is_counted_once(tmp_path: Path) -> None:
    assert _findings(tmp_path) == []


def test_a_budget_in_two_versions_is_one_part_of_the_sum(tmp_path: Path) -> None:
    items = "年初预算为200.00万元，全年预算为195.00万元，支出决算为190.00万元，完成年初预算的95%。"
    assert _findings(tmp_path, items=items) == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"front": "191.00"}, [("discrepancy", "claims.said_again", "190")]),
        ({"front": "190.01"}, [("rounding", "claims.said_again", None)]),
        # 190 / 200 is 95 %: a whole per cent more is no rounding, and nothing was cut off
        (
            {"items": "年初预算为200.00万元，支出决算为190.00万元，完成年初预算的96%。"},
            [("discrepancy", "claims.completion_rate", "95")],
        ),
        # 190 / 199 is 95.48 %: cut off or rounded, it is 95
        ({"items": "年初预算为200.00万元，支出决算为190.00万元，完成预算的95%。"}, []),
        (
            {"items": "年初预算为0，支出决算为190.00万元，完成年初预算的95%。", "planned": "150.00"},
            [("discrepancy", "wording.completion_of_nothing", None)],
        ),
        (
            {
                "items": "年初预算为0，全年预算为200.00万元，支出决算为190.00万元，完成年初预算的95%。",
                "planned": "150.00",
            },
            [("discrepancy", "wording.completion_of_nothing", None)],
        ),
        # nothing is all of nothing, and no other part of it
        ({"more": "3、公务接待费年初预算为0万元，支出决算为0万元，完成预算的100%。"}, []),
        (
            {"more": "3、公务接待费年初预算为0万元，支出决算为0万元，完成预算的600%。"},
            [("discrepancy", "wording.completion_of_nothing", None)],
        ),
        # a class beside the code of another one; one that is merely called otherwise is no slip
        ({"more": "3、农林水事务（213）5.00万元，较上年增加1.00万元。"}, []),
        ({"more": "3、农林水支出（213）5.00万元，较上年增加1.00万元。"}, []),
        (
            {"more": "3、农林水支出（214）5.00万元，较上年增加1.00万元。"},
            [("note", "code.name_differs", "交通运输支出")],
        ),
        # the budget that is not printed is 190 - 40 = 150, of which 190 are no 95 %
        (
            {"items": "完成年初预算的95%，决算数大于预算数40.00万元。", "planned": "150.00"},
            [("discrepancy", "claims.completion_rate", "127")],
        ),
        # the form adds up, the prose says it by itself
        ({"fund": "135.00"}, [("discrepancy", "figure.stated_in_prose", "105")]),
        # the items that are named are few: what they lack is not held against the whole
        ({"spent": "3300.00", "planned": "3500.00"}, []),
        ({"spent": "331.00"}, [("discrepancy", "claims.item_actuals", None)]),
    ],
)
def test_what_does_not_fit_is_told_once_and_where_it_is(
    tmp_path: Path, other: dict[str, str], expected: list[tuple[str, str, str | None]]
) -> None:
    found = _findings(tmp_path, **other)
    assert [(severity, rule) for severity, rule, _, _ in found] == [(s, r) for s, r, _ in expected], found
    for (_, _, suggested, _), (_, _, figure) in zip(found, expected, strict=True):
        assert figure is None or (suggested or "").startswith(figure)


def test_the_budget_that_the_rate_was_taken_of_is_named(tmp_path: Path) -> None:
    items = "年初预算为0，全年预算为200.00万元，支出决算为190.00万元，完成年初预算的95%。"
    ((_, _, _, message),) = _findings(tmp_path, items=items, planned="150.00")
    assert "200.00万元" in message
