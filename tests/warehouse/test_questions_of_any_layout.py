"""What two statements of one coordinate say of each other, on drawn documents: what is asked, what is not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

DRAWN = """示例县林业局2024年部门预算

2024年部门财政拨款收支预算总表
单位：万元

财政拨款收入		财政拨款支出
项目	预算数	项目	合计	一般公共预算	政府性基金预算	国有资本经营预算
一、本年收入	100.00	一、本年支出	{total}	{total}
（一）一般公共预算资金	100.00	（一）社会保障和就业支出	{welfare}	{welfare}
（二）政府性基金		（二）卫生健康支出	{health}	{health}
（三）国有资本经营预算		（三）农林水支出	60.00	60.00
二、上年结转	{carried}	（四）住房保障支出	12.00	12.00
收入总计	{all}	支出总计	{all}	{all}

2024年部门一般公共预算支出功能分类预算表
单位：万元

科目编码	科目名称	合计	基本支出	项目支出
208	社会保障和就业支出	18.00	18.00
20805	行政事业单位养老支出	18.00	18.00
2080505	机关事业单位基本养老保险缴费支出	18.00	18.00
210	卫生健康支出	10.00	10.00
21011	行政事业单位医疗	10.00	10.00
2101101	行政单位医疗	10.00	10.00
213	农林水支出	60.00	40.00	20.00
21302	林业和草原	60.00	40.00	20.00
2130201	行政运行	40.00	40.00
2130202	一般行政管理事务	20.00		20.00
221	住房保障支出	12.00	12.00
22102	住房改革支出	12.00	12.00
2210201	住房公积金	12.00	12.00
合计		100.00	80.00	20.00
"""
AS_PRINTED = {"total": "100.00", "welfare": "18.00", "health": "10.00", "carried": "", "all": "100.00"}


def _staged(folder: Path, **other: str) -> Mapping[str, pl.DataFrame]:
    file = folder / "drawn.txt"
    file.write_text(DRAWN.format(**{**AS_PRINTED, **other}), encoding="utf-8")
    return read_files([file])


def test_a_class_that_two_forms_state_is_asked_and_nothing_is_raised_where_they_agree(tmp_path: Path) -> None:
    with built(_staged(tmp_path)) as connection:
        assert connection.sql("from marts.fct_findings where severity != 'note'").fetchall() == []
        ((places, value),) = connection.sql(
            """
            select places_count, value_yuan from marts.mart_stated_figures
            where flow = 'expenditure' and fund = 'general_public' and function_code = '213'
                and spending_kind = 'total'
            """
        ).fetchall()
    assert (places, value) == (2, Decimal("600000.00"))


def test_what_is_spent_out_of_a_printed_balance_raises_nothing_and_the_rest_is_asked(tmp_path: Path) -> None:
    spent = {"total": "112.88", "health": "22.88", "carried": "12.88", "all": "112.88"}
    with built(_staged(tmp_path, **spent)) as connection:
        raised = connection.sql("select rule_id from marts.fct_findings where severity != 'note'").fetchall()
        asked = connection.sql(
            """
            select list_sort(list(distinct label)) from reconciliation.figures as figures
            inner join reconciliation.int_identity_terms as terms on figures.figure_id = terms.amount_id
            inner join reconciliation.identity_results as results using (identity_id)
            where results.outcome = 'holds'
                and results.rule_id not in ('row.budget_fiscal_funds', 'row.parts')
                and terms.form_key = 'budget_fiscal_appropriation_summary' and figures.value_yuan = 600000
            """
        ).fetchall()
    assert raised == []
    assert asked == [(["（三）农林水支出"],)]


@pytest.mark.parametrize("printed", ["18.80", "81.00"])
def test_a_class_that_two_forms_state_differently_is_named(tmp_path: Path, printed: str) -> None:
    with built(_staged(tmp_path, welfare=printed)) as connection:
        causes = connection.sql(
            "select printed_text, suggested_text from marts.fct_causes where severity = 'discrepancy'"
        ).fetchall()
    assert (printed, "18.00") in causes


THREE_PUBLIC = """示例县林业局2024年部门决算

“三公”经费支出情况表
单位：万元

项目	决算数
合计	{total}
因公出国（境）费	6.68
公务接待费	16.62
公务用车购置及运行费	{vehicles}
{first}公务用车购置费	5.00
{second}公务用车运行维护费	12.81
"""


@pytest.mark.parametrize(("first", "second"), [("", ""), ("其中：", ""), ("1.", "2."), ("其中：1.", "2.")])
@pytest.mark.parametrize(
    ("total", "vehicles", "said"),
    [
        ("41.11", "17.81", []),
        ("41.44", "17.81", ["41.44 ≠ 6.68＋16.62＋17.81＝41.11"]),
        ("41.41", "18.11", ["18.11 ≠ 5.00＋12.81＝17.81"]),
    ],
)
def test_what_is_known_to_be_divided_is_the_sum_of_its_parts_however_they_are_printed(
    tmp_path: Path, first: str, second: str, total: str, vehicles: str, said: list[str]
) -> None:
    """In a flat list of rows, the last two are no items beside the row that they divide."""
    file = tmp_path / "drawn.txt"
    drawn = THREE_PUBLIC.format(total=total, vehicles=vehicles, first=first, second=second)
    file.write_text(drawn, encoding="utf-8")
    with built(read_files([file])) as connection:
        messages = connection.sql(
            "select message_zh from marts.fct_findings where severity = 'discrepancy'"
        ).fetchall()
    assert len(messages) == len(said)
    for (message,), equation in zip(messages, said, strict=True):
        assert equation in message
