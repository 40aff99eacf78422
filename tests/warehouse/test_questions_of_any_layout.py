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


@pytest.mark.parametrize(
    ("printed", "unit", "yuan"),
    [
        ("元", "元", 1),
        ("千元", "千元", 1_000),
        ("人民币千元", "千元", 1_000),
        ("百万元", "百万元", 1_000_000),
        ("亿元", "亿元", 10**8),
    ],
)
def test_a_sum_is_told_in_the_unit_that_is_printed(
    tmp_path: Path, printed: str, unit: str, yuan: int
) -> None:
    drawn = DRAWN.replace("单位：万元", f"金额单位：{printed}").format(**{**AS_PRINTED, "welfare": "28.00"})
    (tmp_path / "drawn.txt").write_text(drawn, encoding="utf-8")
    with built(read_files([tmp_path / "drawn.txt"])) as connection:
        messages = connection.sql(
            "select message_zh from marts.fct_findings where severity = 'discrepancy'"
        ).fetchall()
        value = connection.sql(
            "select amount_yuan from staging.amounts where amount_text = '28.00' limit 1"
        ).fetchone()
    assert value == (28 * yuan,)
    assert messages
    assert all(f"（{unit}），差 10.00 {unit}" in message for (message,) in messages)


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


GOVERNMENT_ITEMS = """示例县林业局2024年部门预算

部门预算政府经济分类支出表
单位：万元

政府经济分类科目
科目编码	科目名称	合计	一般公共预算拨款	政府性基金预算拨款
	合计	{total}	280.00	20.00
501	机关工资福利支出	{wages}	200.00
50101	工资奖金津补贴	150.00	150.00
50102	社会保障缴费	50.00	50.00
502	机关商品和服务支出	100.00	80.00	20.00
50201	办公经费	100.00	80.00	20.00
"""


@pytest.mark.parametrize(
    ("printed", "causes"),
    [
        ({"total": "300.00", "wages": "200.00"}, []),
        ({"total": "300.00", "wages": "210.00"}, [("210.00", "200.00")]),
    ],
    ids=["as it adds up", "a class that breaks two sums by as much"],
)
def test_codes_of_the_government_classification_alone_are_a_tree_and_one_figure_may_break_two_sums(
    tmp_path: Path, printed: dict[str, str], causes: list[tuple[str, str]]
) -> None:
    (tmp_path / "drawn.txt").write_text(GOVERNMENT_ITEMS.format(**printed), encoding="utf-8")
    with built(read_files([tmp_path / "drawn.txt"])) as connection:
        found = connection.sql(
            "select printed_text, suggested_text from marts.fct_causes where severity = 'discrepancy'"
        ).fetchall()
        trees = connection.sql(
            "select count(*) from reconciliation.identity_results where rule_id = 'tree.code'"
        ).fetchone()
    assert found == causes
    assert trees is not None
    assert trees[0] >= 4


MATRIX = """示例县水利局2023年部门预算

支出预算分类汇总表（按政府预算经济分类）
单位：万元

科目代码	科目名称	总计	机关工资福利支出	机关资本性支出
	合计	500.00	200.00	300.00
213	农林水支出	500.00	{wages}	300.00
21303	水利	500.00	200.00	300.00
2130301	行政运行	250.00	200.00	50.00
2130305	水利工程建设	250.00		250.00
"""


@pytest.mark.parametrize(("wages", "causes"), [("200.00", []), ("210.00", [("210.00", "200.00")])])
def test_a_column_that_nobody_knows_is_asked_where_one_figure_breaks_two_sums_by_codes(
    tmp_path: Path, wages: str, causes: list[tuple[str, str]]
) -> None:
    (tmp_path / "drawn.txt").write_text(MATRIX.format(wages=wages), encoding="utf-8")
    with built(read_files([tmp_path / "drawn.txt"])) as connection:
        found = connection.sql(
            "select printed_text, suggested_text from marts.fct_causes where severity != 'note'"
        ).fetchall()
    assert found == causes


OF_A_GOVERNMENT = """青禾县2024年财政预算公开

2024年一般公共预算收入表
单位：万元

项目	2023年完成数	2024年预算数	预算数为上年完成数的%
一、税收收入	290.00	310.00	106.90
二、非税收入	110.00	105.00	95.45
本年收入合计	400.00	415.00	103.75
转移性收入	55.00	60.00	109.09
收入总计	455.00	475.00	104.40

2024年一般公共预算支出表
单位：万元

科目编码	科目名称	预算数	基本支出	项目支出
201	一般公共服务支出	75.00	{basic}	25.00
20101	人大事务	75.00	50.00	25.00
205	教育支出	400.00	100.00	300.00
20502	普通教育	400.00	100.00	300.00
合计		475.00	150.00	325.00
"""


@pytest.mark.parametrize(("basic", "causes"), [("50.00", []), ("55.00", [("55.00", "50.00")])])
def test_sums_that_any_form_implies_are_asked_of_a_government_and_no_rule_of_departments_is(
    tmp_path: Path, basic: str, causes: list[tuple[str, str]]
) -> None:
    (tmp_path / "drawn.txt").write_text(OF_A_GOVERNMENT.format(basic=basic), encoding="utf-8")
    with built(read_files([tmp_path / "drawn.txt"])) as connection:
        assert connection.sql("select distinct form_key from staging.forms").fetchall() == [(None,)]
        rates = connection.sql(
            "select count(*) from lake.numeric_cells where destination = 'rates'"
        ).fetchone()
        assert rates == (5,)
        found = connection.sql(
            "select printed_text, suggested_text from marts.fct_causes where severity != 'note'"
        ).fetchall()
        asked = connection.sql("select distinct rule_id from reconciliation.identity_results").fetchall()
    assert found == causes
    assert ("tree.code",) in asked
    assert not {rule for (rule,) in asked} & {"column.grand_total", "row.budget_basic_project"}


@pytest.mark.parametrize(
    "title",
    [
        "纳入预算管理的行政事业性收费支出表",
        "2024年社会保险基金支出表",
        "一般公共预算和财政专户管理资金支出表",
        "单位资金支出表",
    ],
)
def test_a_title_may_name_money_that_departments_have_no_account_of(tmp_path: Path, title: str) -> None:
    (tmp_path / "drawn.txt").write_text(
        f"示例县民政局2024年部门预算\n\n{title}\n单位：万元\n\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n208\t社会保障和就业支出\t9.00\t4.00\t5.00\n",
        encoding="utf-8",
    )
    with built(read_files([tmp_path / "drawn.txt"])) as connection:  # which holds the table of coordinates
        assert connection.sql("select form_key from staging.forms").fetchall() == [(None,)]
        assert connection.sql("select count(*) from reconciliation.figures").fetchone() == (3,)


BY_SOURCE = """示例县文化馆2024年单位预算

2024年收支预算总表
单位：万元

收入	金额	支出	金额
一、一般公共预算资金	90.00	一、文化旅游体育与传媒支出	115.00
二、上级补助收入	20.00
三、其他收入	5.00
本年收入合计	115.00	本年支出合计	115.00
{beside}
收入总计	{all}	支出总计	{all}

2024年收入预算总表
单位：万元

项目	项目	金额
一般公共预算资金	小计	90.00
单位资金	小计	25.00
	上级补助收入	{subsidy}
	其他收入	5.00
{balance}合计		{total}

2024年支出预算总表
单位：万元

合计	基本支出	项目支出
{spent}	80.00	35.00
"""
WITHOUT_BALANCE = {"beside": "", "all": "115.00", "balance": "", "total": "115.00"}
WITH_BALANCE = {
    "beside": "上年结转	3.00	年终结转	3.00",
    "all": "118.00",
    "balance": "上年结转		3.00\n",
    "total": "118.00",
}


@pytest.mark.parametrize("balances", [WITHOUT_BALANCE, WITH_BALANCE], ids=["plain", "with balances"])
@pytest.mark.parametrize(
    ("subsidy", "spent", "named"),
    [
        ("20.00", "115.00", []),
        ("22.00", "115.00", [("22.00", "20.00")]),
        ("20.00", "151.00", [("151.00", "115.00")]),
    ],
)
def test_sources_listed_in_rows_and_a_form_of_one_row_state_what_the_summary_states(
    tmp_path: Path, balances: Mapping[str, str], subsidy: str, spent: str, named: list[tuple[str, str]]
) -> None:
    file = tmp_path / "drawn.txt"
    file.write_text(BY_SOURCE.format(subsidy=subsidy, spent=spent, **balances), encoding="utf-8")
    with built(read_files([file])) as connection:
        causes = connection.sql(
            "select printed_text, suggested_text from marts.fct_causes where severity = 'discrepancy'"
        ).fetchall()
        asked = connection.sql(
            """
            select count(*) from reconciliation.identity_results
            where rule_id = 'figure.stated_twice' and outcome in ('holds', 'breaks')
            """
        ).fetchall()
    assert causes == named
    assert asked[0][0] >= 3
