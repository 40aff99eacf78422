"""What columns say that no word of their headers tells."""

from __future__ import annotations

import polars as pl
import pytest

from extract import printed_frames, stage
from extract.forms import understand
from extract.printed import PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks

FINAL = "某某市财政局2023年部门决算"


def columns(*drawings: str) -> dict[str, tuple[str | None, str | None]]:
    """Measure and source of the amounts under each header, as staged."""
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    document = understand(blocks("\n\n".join((FINAL, *drawings))), facts, VOCABULARY)
    amounts = stage(printed_frames([document]))["amounts"]
    rows = amounts.select("column_path", "measure", "fund").unique(maintain_order=True).iter_rows()
    return {str(path): (measure, fund) for path, measure, fund in rows}


def test_a_heading_over_all_amounts_that_nobody_knows_hides_nothing_below_it() -> None:
    grid = """
        | 科目编码 | 科目名称       | 流向 |          |          |
        |          |                | 合计 | 基本支出 | 项目支出 |
        | 208      | 社会保障支出   | 9.00 | 5.00     | 4.00     |
    """
    assert columns("一般公共预算财政拨款支出决算表\n单位：万元", grid) == {
        "流向/合计": ("total", "general_public"),
        "流向/基本支出": ("basic", "general_public"),
        "流向/项目支出": ("project", "general_public"),
    }


def test_a_heading_over_some_of_the_amounts_may_say_anything() -> None:
    grid = """
        | 科目编码 | 科目名称       | 本年支出合计 | 流向     |          |
        |          |                |              | 基本支出 | 项目支出 |
        | 208      | 社会保障支出   | 9.00         | 5.00     | 4.00     |
    """
    found = columns("一般公共预算财政拨款支出决算表\n单位：万元", grid)
    assert found["流向/基本支出"] == (None, "general_public")


def test_a_source_of_revenue_that_nobody_knows_is_revenue_in_total_and_of_an_open_source() -> None:
    grid = """
        | 科目编码 | 科目名称     | 本年收入合计 | 财政拨款收入 | 上家给的 |
        | 208      | 社会保障支出 | 9.00         | 5.00         | 4.00     |
    """
    assert columns("收入决算表\n单位：万元", grid) == {
        "本年收入合计": ("total", "all"),
        "财政拨款收入": ("total", "fiscal_appropriation"),
        "上家给的": ("total", None),
    }


def test_a_kind_that_nobody_knows_beside_kinds_is_of_the_money_of_its_form() -> None:
    grid = """
        | 科目编码 | 科目名称     | 本年支出合计 | 基本支出 | 项目支出 | 往下拨的 |
        | 208      | 社会保障支出 | 9.00         | 5.00     | 3.00     | 1.00     |
    """
    assert columns("支出决算表\n单位：万元", grid)["往下拨的"] == (None, "all")


THREE = """
    | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |{more}
    | {total} | 1.00          | 5.00                 | 3.00       |{figure}
"""


def total_of_three(total: str, *, has_more: bool) -> str | None:
    more, figure = (" 会议费 |", " 2.00 |") if has_more else ("", "")
    drawn = THREE.format(total=total, more=more, figure=figure)
    return columns("“三公”经费支出决算表\n单位：万元", drawn)["合计"][0]


def test_a_total_is_of_the_three_public_expenses_where_it_is_their_sum_and_no_other() -> None:
    assert total_of_three("9.00", has_more=False) == "three_public"
    assert total_of_three("9.00", has_more=True) == "three_public"
    assert total_of_three("11.00", has_more=True) == "total"


def test_what_was_brought_forward_is_a_balance_in_a_form_of_balances_and_a_source_elsewhere() -> None:
    grid = """
        | 科目编码 | 科目名称     | 上年结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |
        | 208      | 社会保障支出 | 1.00           | 5.00     | 4.00     | 2.00           |
    """
    found = columns("政府性基金预算财政拨款收入支出决算表\n单位：万元", grid)
    assert found["上年结转和结余"] == ("carry_in", "government_fund")


def test_an_open_source_is_no_part_that_is_known() -> None:
    grid = """
        | 科目编码 | 科目名称     | 本年收入合计 | 财政拨款收入 | 上家给的 |
        | 208      | 社会保障支出 | 9.00         | 5.00         | 4.00     |
    """
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    document = understand(blocks(f"{FINAL}\n\n收入决算表\n单位：万元\n\n{grid}"), facts, VOCABULARY)
    staged = stage(printed_frames([document]))["columns"]
    assert staged.filter(pl.col("column_path") == "上家给的")["measure"].to_list() == [None]


KINDS = """
    | 科目编码 | 科目名称     | 合计  | {}   | {}   |
    | 208      | 社会保障支出 | 9.00  | 5.00 | 4.00 |
    | 210      | 卫生健康支出 | 7.00  | 4.00 | 3.00 |
    | 221      | 住房保障支出 | 2.00  | 1.00 | 1.00 |
"""


def test_of_two_parts_of_a_total_the_one_that_nobody_knows_is_the_other_kind() -> None:
    found = columns("一般公共预算财政拨款支出决算表\n单位：万元", KINDS.format("基本支出", "任务花费"))
    assert found["任务花费"] == ("project", "general_public")
    found = columns("一般公共预算财政拨款基本支出决算表\n单位：万元", KINDS.format("人头花费", "公用经费"))
    assert found["人头花费"] == ("personnel", "general_public")


def test_of_two_unknown_parts_neither_is_named() -> None:
    found = columns("一般公共预算财政拨款支出决算表\n单位：万元", KINDS.format("日常花费", "任务花费"))
    assert (found["日常花费"][0], found["任务花费"][0]) == (None, None)


def test_a_part_that_the_rows_do_not_prove_is_not_named() -> None:
    wrong = KINDS.replace("| 4.00 |", "| 3.50 |").replace("| 3.00 |", "| 2.20 |")
    found = columns("一般公共预算财政拨款支出决算表\n单位：万元", wrong.format("基本支出", "任务花费"))
    assert found["任务花费"][0] is None


def test_the_one_source_of_revenue_that_nobody_knows_is_what_the_set_of_sources_lacks() -> None:
    grid = """
        | 编码 | 名称 | 合计 | 财政拨款 | 上级补助收入 | 事业收入 | 做买卖的 | 附属单位上缴收入 | 其他收入 |
        | 208 | 甲 | 21.00 | 1.00 | 2.00 | 3.00 | 4.00 | 5.00 | 6.00 |
        | 210 | 乙 | 12.00 | 1.00 | 1.00 | 2.00 | 2.00 | 3.00 | 3.00 |
        | 221 | 丙 | 27.00 | 2.00 | 3.00 | 4.00 | 5.00 | 6.00 | 7.00 |
    """
    assert columns("收入决算表\n单位：万元", grid)["做买卖的"] == ("total", "business_income")
    without_other = grid.replace("其他收入", "零碎的")
    assert columns("收入决算表\n单位：万元", without_other)["做买卖的"] == ("total", None)


def test_a_heading_over_a_total_and_its_kinds_hides_no_kind_but_may_name_a_source() -> None:
    grid = """
        | 科目编码 | 科目名称 | 上年执行数 |          |          | 安排的那些 |          |          |
        |          |          | 小计       | 基本支出 | 项目支出 | 小计       | 基本支出 | 项目支出 |
        | 208      | 甲       | 9.00       | 5.00     | 4.00     | 8.00       | 5.00     | 3.00     |
        | 210      | 乙       | 7.00       | 4.00     | 3.00     | 5.00       | 3.00     | 2.00     |
        | 221      | 丙       | 2.00       | 1.00     | 1.00     | 6.00       | 4.00     | 2.00     |
    """
    found = columns("支出决算表\n单位：万元", grid)
    assert found["安排的那些/基本支出"] == ("basic", None)
    assert found["安排的那些/小计"] == ("total", None)


SUMMARY = """
    收入支出决算总表
    单位：万元
    | 收入               |          | 支出             |          |
    | 项目               | 决算数   | 项目             | 决算数   |
    | 一、财政拨款收入   | 1,300.00 | 一、社会保障支出 | 2,140.00 |
    | 二、事业收入       | 840.00   |                  |          |
    | 收入总计           | 2,140.00 | 支出总计         | 2,140.00 |
"""
REVENUE = """
    收入决算表
    单位：万元
    | 科目编码 | 科目名称     | 合计     | 财政拨款收入 | 业务所得 |
    |          | 合计         | 2,140.00 | 1,300.00     | {theirs} |
    | 208      | 社会保障支出 | 2,140.00 | 1,300.00     | {theirs} |
"""


def test_a_column_with_the_total_of_one_source_of_the_summary_is_of_that_source() -> None:
    found = columns(SUMMARY, REVENUE.format(theirs="840.00"))
    assert found["业务所得"] == ("total", "institution_income")


def test_a_column_with_another_total_or_that_of_all_stays_open() -> None:
    for theirs in ("839.00", "2,140.00", ""):
        found = columns(SUMMARY, REVENUE.format(theirs=theirs))
        assert found.get("业务所得", ("total", None)) == ("total", None), theirs


def test_two_columns_with_the_same_total_stay_open() -> None:
    revenue = REVENUE.replace("| 业务所得 |", "| 业务所得 | 下属交来 |").replace(
        "{theirs} |", "{theirs} | {theirs} |"
    )
    found = columns(SUMMARY, revenue.format(theirs="840.00"))
    assert (found["业务所得"], found["下属交来"]) == (("total", None), ("total", None))


def test_what_the_office_runs_on_is_paid_from_general_public_appropriations() -> None:
    grid = """
        机关运行经费支出预算表
        单位：万元
        | 科目编码 | 科目名称 | 机关运行经费 |
        | 30201    | 办公费   | 9.00         |
    """
    assert columns(grid)["机关运行经费"] == ("agency_operating", "general_public")


def versions(drawing: str) -> dict[str, str | None]:
    """The version of the amounts under each header, as staged, in final accounts."""
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    document = understand(blocks(f"{FINAL}\n\n{drawing}"), facts, VOCABULARY)
    amounts = stage(printed_frames([document]))["amounts"]
    return dict(amounts.select("column_path", "budget_version").unique().iter_rows())


def test_a_heading_that_nobody_knows_beside_versions_may_be_another_version() -> None:
    grid = """
        支出决算表
        单位：万元
        | 科目编码 | 科目名称     | {heading} | 决算数 |
        | 208      | 社会保障支出 | 9.00      | 8.00   |
        | 213      | 农林水支出   | 7.00      | 6.00   |
    """
    assert versions(grid.format(heading="年头安排额")) == {"年头安排额": None, "决算数": "final"}
    assert versions(grid.format(heading="基本支出")) == {"基本支出": "final", "决算数": "final"}


def test_a_column_of_the_same_money_as_one_that_names_its_version_may_be_another_version() -> None:
    grid = """
        收入支出决算总表
        单位：万元
        | 收入         | 收入       | 收入   | 支出         | 支出       | 支出   |
        | 项目         | 下达安排额 | 决算数 | 项目         | 下达安排额 | 决算数 |
        | 财政拨款收入 | 9.00       | 8.00   | 社会保障支出 | 9.00       | 8.00   |
        | 收入总计     | 9.00       | 8.00   | 支出总计     | 9.00       | 8.00   |
    """
    assert versions(grid) == {
        "收入/下达安排额": None, "收入/决算数": "final", "支出/下达安排额": None, "支出/决算数": "final",
    }  # fmt: skip


@pytest.mark.parametrize("heading", ["调整后", "变更后核定数", "调剂后安排额", "追加后预算"])
def test_what_was_changed_is_the_adjusted_budget(heading: str) -> None:
    grid = f"""
        支出决算表
        单位：万元
        | 科目编码 | 科目名称     | {heading} | 决算数 |
        | 208      | 社会保障支出 | 9.00      | 8.00   |
    """
    assert versions(grid) == {heading: "adjusted_budget", "决算数": "final"}


BASIC = """
    一般公共预算财政拨款基本支出决算表
    单位：万元
    | 科目编码 | 科目名称     | 合计     | 人员经费 | 公用经费 |
    |          | 合计         | 1,300.00 | 1,000.00 | 300.00   |
    | 301      | 工资福利支出 | 1,000.00 | 1,000.00 |          |
    | 302      | 商品服务支出 | 300.00   |          | 300.00   |
"""
BASIC_OF_ALL = """
    {title}
    单位：万元
    | 科目编码 | 科目名称     | 合计     | 人员经费  | 公用经费 |
    |          | 合计         | {total}  | 1,000.00  | 300.00   |
    | 301      | 工资福利支出 | 1,000.00 | 1,000.00  |          |
    | 302      | 商品服务支出 | 300.00   |           | 300.00   |
"""


@pytest.mark.parametrize(
    ("title", "total", "fund"),
    [
        pytest.param("基本支出决算情况表", "1,300.00", "all", id="beside a form that names its source"),
        pytest.param("基本支出决算情况表", "1,200.00", None, id="less than of one source"),
        pytest.param("日常支出决算情况表", "1,300.00", None, id="an unknown kind"),
    ],
)
def test_a_form_that_names_no_source_beside_one_that_does_is_of_all(
    title: str, total: str, fund: str | None
) -> None:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    drawing = "\n\n".join((FINAL, BASIC, BASIC_OF_ALL.format(title=title, total=total)))
    document = understand(blocks(drawing), facts, VOCABULARY)
    assert (document.forms[-1].form_key, document.forms[-1].fund) == (None, fund)


@pytest.mark.parametrize(
    ("title", "fund"),
    [
        ("财政拨款“三公”经费支出决算表", "fiscal_appropriation"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "general_public"),
        ("“三公”经费支出决算表", "general_public"),
    ],
)
def test_a_title_may_say_another_source_than_is_usual_for_its_form(title: str, fund: str) -> None:
    grid = """
        | 项目       | 预算数 | 决算数 |
        | 合计       | 9.00   | 8.00   |
        | 公务接待费 | 9.00   | 8.00   |
    """
    assert {found for _, found in columns(f"{title}\n单位：万元", grid).values()} == {fund}


def test_beside_columns_of_several_funds_the_total_is_of_all_of_them() -> None:
    grid = """
        | 项目       | 合计 | 一般公共预算 | 政府性基金预算 |
        | “三公”经费 | 9.00 | 8.00         | 1.00           |
        | 公务接待费 | 9.00 | 8.00         | 1.00           |
    """
    assert columns("“三公”经费支出决算表\n单位：万元", grid) == {
        "合计": ("total", "fiscal_appropriation"),
        "一般公共预算": ("total", "general_public"),
        "政府性基金预算": ("total", "government_fund"),
    }
