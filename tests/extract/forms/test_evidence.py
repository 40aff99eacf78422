"""What decides which form a grid is of: its title, its columns, its codes, its rows, the list of contents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.forms import understand
from extract.forms.evidence import Decision, without_rivals
from extract.printed import PrintedDocument, PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks

ASKED = Decimal("0.8")  # from here on identities are asked of a form
LONG = "本表之前是一段很长的文字，说明部门的职责和机构设置等情况，与下面的表格没有任何直接关系，也不是名称。"
BUDGET = f"某某市财政局2024年部门预算\n{LONG}"
FINAL = f"某某市财政局2023年部门决算\n{LONG}"

BY_FUNCTION = """
    | 科目编码 | 科目名称             | 合计 | 基本支出 | 项目支出 |
    |          | 合计                 | 9.00 | 5.00     | 4.00     |
    | 208      | 社会保障和就业支出   | 9.00 | 5.00     | 4.00     |
    | 20805    | 行政事业单位养老支出 | 9.00 | 5.00     | 4.00     |
    | 2080501  | 行政单位离退休       | 9.00 | 5.00     | 4.00     |
"""
BY_ECONOMIC = """
    | 科目编码 | 科目名称       | 合计 | 人员经费 | 公用经费 |
    |          | 合计           | 9.00 | 5.00     | 4.00     |
    | 301      | 工资福利支出   | 5.00 | 5.00     |          |
    | 30101    | 基本工资       | 5.00 | 5.00     |          |
    | 302      | 商品和服务支出 | 4.00 |          | 4.00     |
    | 30201    | 办公费         | 4.00 |          | 4.00     |
"""
BY_SOURCE = """
    | 科目编码 | 科目名称       | 合计 | 财政拨款收入 | 事业收入 | 其他收入 |
    |          | 合计           | 9.00 | 5.00         | 3.00     | 1.00     |
    | 208      | 社会保障和就业 | 9.00 | 5.00         | 3.00     | 1.00     |
"""
THREE_PUBLIC = """
    | 合计 | 因公出国（境）费 | 公务用车购置费 | 公务用车运行费 | 公务接待费 |
    | 9.00 | 0.00             | 5.00           | 3.00           | 1.00       |
"""
SUMMARY = """
    | 收入         |       | 支出           |       |
    | 项目         | 决算数 | 项目          | 决算数 |
    | 一、财政拨款收入 | 5.00 | 一、教育支出 | 9.00 |
    | 二、事业收入     | 3.00 |              |      |
    | 三、经营收入     | 1.00 |              |      |
    | 总计             | 9.00 | 总计         | 9.00 |
"""
OTHER_GRID = """
    | 名称     | 数量 |
    | 办公用房 | 3    |
"""


def document(*drawings: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    return understand(blocks("\n\n".join(drawings)), facts, VOCABULARY)


def decided(*drawings: str) -> list[tuple[str | None, str | None, Decimal]]:
    return [(form.form_key, form.recognised_by, form.certainty) for form in document(*drawings).forms]


def last(*drawings: str) -> tuple[str | None, str | None, Decimal]:
    return decided(*drawings)[-1]


def amounts(*drawings: str) -> int:
    return len(document(*drawings).amounts)


# --- a title that is understood


@pytest.mark.parametrize(
    ("cover", "title", "grid", "key", "recognised_by"),
    [
        (BUDGET, "一般公共预算支出表", BY_FUNCTION, "budget_expenditure_by_function", "title+columns+codes"),
        (
            BUDGET,
            "一般公共预算基本支出表",
            BY_ECONOMIC,
            "budget_basic_by_economic",
            "title+columns+codes",
        ),
        (BUDGET, "部门收入总表", BY_SOURCE, "budget_revenue", "title+columns"),
        (FINAL, "收入决算表", BY_SOURCE, "final_revenue", "title+columns"),
        (FINAL, "收入支出决算总表", SUMMARY, "final_revenue_expenditure_summary", "title+columns+rows"),
        (BUDGET, "“三公”经费支出表", THREE_PUBLIC, "budget_three_public", "title+columns"),
    ],
)
def test_an_understood_title_decides_where_nothing_contradicts(
    cover: str, title: str, grid: str, key: str, recognised_by: str
) -> None:
    assert last(cover, f"{title}\n单位：万元", grid) == (key, recognised_by, Decimal("1.000"))


def test_a_form_published_empty_is_known_by_its_title_alone() -> None:
    assert last(BUDGET, "政府性基金预算支出表\n单位：万元") == ("budget_government_fund", "title", Decimal(1))


def test_what_the_grid_shows_takes_doubt_from_a_damaged_title() -> None:
    _, _, doubtful = last(BUDGET, "般公共预算基本支出表\n单位：万元")
    key, recognised_by, certainty = last(BUDGET, "般公共预算基本支出表\n单位：万元", BY_ECONOMIC)
    assert (key, recognised_by) == ("budget_basic_by_economic", "title+columns+codes")
    assert doubtful < ASKED <= certainty < 1


# --- contradictions


@pytest.mark.parametrize(
    ("cover", "title", "grid", "recognised_by"),
    [
        (BUDGET, "一般公共预算支出表（按经济分类）", BY_FUNCTION, "title against columns+codes"),
        (BUDGET, "一般公共预算支出表（按功能分类）", BY_ECONOMIC, "title against columns+codes"),
        (BUDGET, "部门收入总表", BY_FUNCTION, "title against columns"),
        (FINAL, "收入决算表", BY_FUNCTION, "title against columns"),
        (BUDGET, "“三公”经费支出表", BY_FUNCTION, "title against columns"),
        (FINAL, "“三公”经费支出决算表", BY_ECONOMIC, "title against columns"),
        (BUDGET, "部门支出总表", THREE_PUBLIC.replace("合计", "三公经费合计"), "title against columns"),
        (FINAL, "部门支出总表", SUMMARY, "title against columns"),
        (FINAL, "收入决算表", SUMMARY, "title against columns"),
        (FINAL, "收入支出决算总表", BY_FUNCTION, "title against columns"),
        (FINAL, "财政拨款收入支出决算总表", SUMMARY, "title against rows"),
        (FINAL, "政府性基金预算财政拨款收入支出决算表", SUMMARY, "title against rows"),
        (BUDGET, "政府性基金预算支出表", BY_SOURCE, "title against columns"),
    ],
)
def test_a_grid_that_contradicts_its_title_leaves_the_form_open_and_its_amounts_kept(
    cover: str, title: str, grid: str, recognised_by: str
) -> None:
    key, by, certainty = last(cover, f"{title}\n单位：万元", grid)
    assert (key, by) == (None, recognised_by)
    assert certainty < ASKED
    assert amounts(cover, f"{title}\n单位：万元", grid) == amounts(grid) > 0


def test_functions_beside_economic_items_do_not_contradict_a_list_by_economic_item() -> None:
    nested = """
        | 科目编码 | 科目名称           | 合计 | 人员经费 | 公用经费 |
        | 208      | 社会保障和就业支出 | 9.00 | 5.00     | 4.00     |
        | 301      | 工资福利支出       | 5.00 | 5.00     |          |
        | 302      | 商品和服务支出     | 4.00 |          | 4.00     |
    """
    assert (
        last(BUDGET, "一般公共预算基本支出表（按经济分类）\n单位：万元", nested)[0]
        == "budget_basic_by_economic"
    )


def test_codes_of_units_are_of_no_classification() -> None:
    by_unit = """
        | 单位编码 | 单位名称       | 合计 | 基本支出 | 项目支出 |
        | 301      | 某某市财政局   | 9.00 | 5.00     | 4.00     |
        | 30101    | 某某市财政局本级 | 9.00 | 5.00   | 4.00     |
    """
    assert last(BUDGET, "部门支出总表\n单位：万元", by_unit) == (
        "budget_expenditure",
        "title+columns",
        Decimal("1.000"),
    )


FINAL_FIGURES = BY_FUNCTION.replace("合计 | 基本", "决算数 | 基本")
BUDGET_FIGURES = BY_FUNCTION.replace("合计 | 基本", "预算数 | 基本")


def test_a_budget_in_final_accounts_is_open_only_where_cover_and_columns_say_so() -> None:
    title = "一般公共预算支出预算表\n单位：万元"
    assert last(FINAL, title, FINAL_FIGURES)[:2] == (None, "title against columns+document")
    for grid in (BY_FUNCTION, BUDGET_FIGURES):
        key, _, certainty = last(FINAL, title, grid)
        assert key == "budget_expenditure_by_function"
        assert certainty < ASKED
    key, _, certainty = last(BUDGET, title, FINAL_FIGURES)
    assert key == "budget_expenditure_by_function"
    assert certainty < ASKED


def test_the_final_accounts_of_the_year_before_do_not_contradict_a_budget() -> None:
    grid = BY_FUNCTION.replace("合计 | 基本", "上年决算数 | 基本")
    assert last(BUDGET, "一般公共预算支出表\n单位：万元", grid)[2] >= ASKED


@pytest.mark.parametrize("title", ["某某市一般公共预算支出表", "债务限额表", "财政拨款支出预算表"])
def test_a_form_of_a_government_or_of_no_standard_kind_is_never_named_by_its_columns(title: str) -> None:
    assert last(BUDGET, f"{title}\n单位：万元", BY_FUNCTION) == (None, None, Decimal(0))
    assert last(FINAL, f"{title}\n单位：万元", THREE_PUBLIC) == (None, None, Decimal(0))


def test_a_list_of_projects_without_indicators_is_no_form_of_targets() -> None:
    listed = """
        | 项目名称 | 金额 |
        | 信息化   | 9.00 |
    """
    assert last(BUDGET, "项目支出绩效目标表\n单位：万元", listed)[:2] == (None, "title against columns")
    assert amounts(BUDGET, "项目支出绩效目标表\n单位：万元", listed) == 1


# --- titles with words unknown


def test_a_title_with_an_unknown_word_is_decided_by_columns_and_codes_that_agree() -> None:
    title = "一般公共预算基本支出核验表（按经济分类）\n单位：万元"
    key, recognised_by, certainty = last(BUDGET, title, BY_ECONOMIC)
    assert (key, recognised_by) == ("budget_basic_by_economic", "title+columns+codes")
    assert Decimal("0.5") <= certainty < ASKED


@pytest.mark.parametrize(
    ("title", "grid"),
    [
        ("彩票公益金支出表", BY_FUNCTION),  # the word is a source of money
        ("一般公共预算基本支出核验表（按经济分类）", OTHER_GRID),  # nothing agrees
        ("一般公共预算基本支出核验表（按经济分类）", BY_FUNCTION),  # the codes do not
    ],
)
def test_a_title_with_an_unknown_word_is_open_where_the_grid_says_too_little(title: str, grid: str) -> None:
    key, _, certainty = last(BUDGET, f"{title}\n单位：万元", grid)
    assert key is None
    assert certainty < ASKED


# --- no title


def test_a_grid_without_a_title_is_known_where_a_single_form_shows_what_it_shows() -> None:
    assert last(FINAL, LONG, SUMMARY)[0] == "final_revenue_expenditure_summary"
    key, recognised_by, certainty = last(BUDGET, LONG, THREE_PUBLIC)
    assert (key, recognised_by) == ("budget_three_public", "columns")
    assert certainty <= Decimal("0.7")


@pytest.mark.parametrize("grid", [BY_FUNCTION, BY_ECONOMIC, BY_SOURCE, OTHER_GRID])
def test_a_grid_without_a_title_that_several_forms_show_is_open(grid: str) -> None:
    assert last(BUDGET, LONG, grid) == (None, None, Decimal(0))


def test_a_grid_alone_decides_nothing_where_the_stage_is_unknown_or_the_forms_are_a_governments() -> None:
    assert last(LONG, THREE_PUBLIC)[0] is None
    of_government = "某某市一般公共预算支出表\n单位：万元"
    assert last(BUDGET, of_government, BY_FUNCTION, LONG, THREE_PUBLIC)[0] is None


def test_a_document_headed_as_a_governments_has_no_forms_of_departments_unless_a_title_names_one() -> None:
    accounts, by_function = "青禾县2023年财政决算草案", "一般公共预算支出决算总表\n单位：万元"
    assert last(accounts, by_function, BY_FUNCTION) == (None, None, Decimal(0))
    assert last(accounts, "部门" + by_function, BY_FUNCTION)[0] == "final_expenditure_by_function"


def test_a_grid_alone_claims_no_form_that_a_title_claims() -> None:
    titled = "“三公”经费支出表\n单位：万元"
    both = decided(BUDGET, titled, THREE_PUBLIC, LONG, THREE_PUBLIC)
    assert [key for key, _, _ in both] == ["budget_three_public", None]
    assert both[0][2] == 1


# --- the document


CONTENTS = """
    | 序号 | 内容                   | 是否空表 |
    | 表1  | 部门收支总表           | 否       |
    | 表2  | 部门收入总表           | 否       |
    | 表3  | 一般公共预算基本支出表 | 否       |
"""


def test_the_list_of_contents_names_a_grid_that_prints_its_number_alone() -> None:
    key, recognised_by, certainty = last(BUDGET, CONTENTS, f"{LONG}\n表3\n单位：万元", BY_ECONOMIC)
    assert (key, recognised_by) == ("budget_basic_by_economic", "contents+columns+codes")
    assert certainty < ASKED
    assert last(BUDGET, CONTENTS, f"{LONG}\n表3\n单位：万元", BY_FUNCTION)[:2] == (
        None,
        "contents against columns+codes",
    )
    assert last(BUDGET, CONTENTS, f"{LONG}\n表9\n单位：万元", BY_ECONOMIC)[0] is None


def test_the_list_of_contents_confirms_a_title_and_cannot_overrule_it() -> None:
    grid = "部门收入总表\n单位：万元"
    assert last(BUDGET, CONTENTS, f"表2\n{grid}", BY_SOURCE) == (
        "budget_revenue",
        "title+contents+columns",
        Decimal("1.000"),
    )
    key, _, certainty = last(BUDGET, CONTENTS, f"表3\n{grid}", BY_SOURCE)
    assert key == "budget_revenue"
    assert ASKED <= certainty < 1


def test_a_list_is_known_by_what_it_lists_and_prints_no_money() -> None:
    assert decided(BUDGET, CONTENTS)[0] == ("contents_list", "rows", Decimal("0.9"))
    units = "| 序号 | 单位名称 |\n| 1 | 某某市财政局 |"
    assert last(BUDGET, LONG, units)[0] == "unit_list"
    money = "| 序号 | 单位名称 | 金额 |\n| 1 | 某某市财政局 | 9.00 |"
    assert last(BUDGET, LONG, money)[0] is None
    assert amounts(BUDGET, LONG, money) == 1


def test_the_other_titles_say_the_stage_that_the_cover_does_not() -> None:
    neighbour = "支出决算表\n单位：万元"
    both = decided(LONG, neighbour, BY_FUNCTION, "收入总表\n单位：万元", BY_SOURCE)
    assert [key for key, _, _ in both] == ["final_expenditure", "final_revenue"]
    assert decided(LONG, "收入总表\n单位：万元", BY_SOURCE)[0][0] == "budget_revenue"


def test_of_two_claims_to_one_form_the_less_certain_becomes_less_so() -> None:
    titled = Decision("budget_revenue", "title+columns", Decimal(1))
    doubtful = Decision("budget_revenue", "title", Decimal("0.81"))
    alone = Decision("budget_revenue", "columns", Decimal("0.7"))
    many = Decision("performance_project_target", "title", Decimal("0.9"))
    assert without_rivals(
        [doubtful, titled, alone, many, many._replace(certainty=Decimal(1))], VOCABULARY
    ) == (
        Decision("budget_revenue", "title", Decimal("0.567")),
        titled,
        Decision(),
        many,
        many._replace(certainty=Decimal(1)),
    )
    assert without_rivals([titled, titled], VOCABULARY) == (titled, titled)
    assert without_rivals([alone], VOCABULARY) == (alone,)


# --- blank forms and templates


TEMPLATE_GRID = """
    | 科目编码 | 科目名称     | 合计 | 基本支出 | 项目支出 |
    | 208      | XX支出       | {}   |          |          |
"""


def is_template(prose: str, cell: str = "", title: str = "一般公共预算支出表") -> bool:
    grid = TEMPLATE_GRID.format(cell)
    return document("XX局2024年部门预算\n", f"{prose}", f"{title}\n单位：万元", grid).facts.is_template


def test_a_set_with_placeholders_and_no_figure_is_a_template() -> None:
    assert is_template("本年支出XX万元。")
    assert is_template("本年支出XX万元。", "0.00")
    assert is_template("本年支出XX万元。", "—")


@pytest.mark.parametrize(
    ("prose", "cell", "title"),
    [
        ("本年支出XX万元。", "9.00", "一般公共预算支出表"),
        ("本年支出XX万元。", "9.00", "债务限额表"),
        ("本年收入预算5.00万元，本年支出XX万元。", "", "一般公共预算支出表"),
        ("本年支出5.00万元。", "", "一般公共预算支出表"),
    ],
)
def test_what_holds_a_figure_or_a_claim_or_no_placeholder_is_no_template(
    prose: str, cell: str, title: str
) -> None:
    if "XX" not in prose:
        assert not document("某某局2024年部门预算\n", prose).facts.is_template
    else:
        assert not is_template(prose, cell, title)


def test_the_claims_of_a_set_without_forms_are_kept_beside_a_placeholder() -> None:
    prose = "本年收入预算5.00万元。具体情况见XX附件。"
    found = document(BUDGET, prose)
    assert not found.facts.is_template
    assert found.claims


@pytest.mark.parametrize("cell", ["9.00", "0.00", "—", "45%"])
def test_a_form_with_anything_filled_in_is_not_blank(cell: str) -> None:
    (form,) = document(BUDGET, "一般公共预算支出表\n单位：万元", TEMPLATE_GRID.format(cell)).forms
    assert not form.is_blank


def test_a_form_with_nothing_but_codes_and_labels_is_blank() -> None:
    (form,) = document(BUDGET, "一般公共预算支出表\n单位：万元", TEMPLATE_GRID.format("")).forms
    assert form.is_blank


@pytest.mark.parametrize(
    ("subject", "is_filled"), [("信息化建设", True), ("无", False), ("XX项目", False), ("", False)]
)
def test_a_form_of_targets_that_names_its_project_is_no_template(subject: str, is_filled: bool) -> None:
    form = document(
        BUDGET,
        "项目支出绩效目标表\n（2024年度）",
        f"""
        | 项目名称 | {subject} |          |       |        |
        | 一级指标 | 二级指标  | 三级指标 |       | 指标值 |
        | 产出指标 | 数量指标  | 指标1：  |       |        |
        |          |           | 指标2：  |       |        |
        """,
    ).forms[-1]
    assert form.form_key == "performance_project_target"
    assert (form.is_template, form.is_blank) == (not is_filled, not is_filled)
