"""Performance forms: head, tasks and indicators, also where the layout broke."""

from __future__ import annotations

from collections import Counter

from extract.forms.collector import Collector
from extract.forms.performance import PerformanceFacts, read_performance
from extract.numerals import is_numeric_cell
from tests.extract.drawing import VOCABULARY, blocks, collector

HEAD = """| 项目名称 | | 宣传经费 | | |
| 资金金额 (万元) | | 实施期资金总额: | 3 | |
| | | 其中: 财政拨款 | 3 | |
| 总体目标 | 做好宣传。 | | | |
"""
INDICATORS = "| 年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注 |\n"
EVALUATED = "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年完成值 | 未完成原因和改进措施 |\n"


def read(*drawings: str, form_key: str = "performance_project_target") -> tuple[Collector, PerformanceFacts]:
    records = collector()
    grids = blocks("\n\n".join(drawing.strip() for drawing in drawings))
    facts = read_performance(grids, form_key, records, VOCABULARY)
    numeric = [cell for g in grids for row in g.rows for cell in row if is_numeric_cell(cell.text)]
    assert len(records.numeric_cells) == len(numeric), "every numeric cell is filed once"
    return records, facts


def indicators(records: Collector) -> list[tuple[str | None, ...]]:
    return [
        (row.level_1, row.level_2, row.indicator, row.target_text, row.actual_text)
        for row in records.indicators
    ]


def test_the_head_gives_subject_unit_and_money() -> None:
    records, facts = read(HEAD)
    assert (facts.subject, facts.unit_text) == ("宣传经费", "万元")
    assert [(line.line_key, line.row_kind) for line in records.lines] == [
        ("implementation_total", "total"),
        ("fiscal_appropriation", "item"),
    ]
    assert [amount.amount_text for amount in records.amounts] == ["3", "3"]


def test_level_names_are_carried_down_merged_cells() -> None:
    records, _ = read(
        HEAD
        + INDICATORS
        + """| | 产出指标 | 数量指标 | 次数 | ≥2次 | |
        | | | | 家数 | 10家 | |
        | | | 质量指标 | 合格率 | 100% | |
        | | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥95% | |"""
    )
    assert indicators(records) == [
        ("产出指标", "数量指标", "次数", "≥2次", None),
        ("产出指标", "数量指标", "家数", "10家", None),
        ("产出指标", "质量指标", "合格率", "100%", None),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥95%", None),
    ]


def test_rows_shifted_left_are_read_by_order() -> None:
    records, _ = read(
        HEAD + INDICATORS + "| | 成本指标 | 预算控制数 | 8万元 | | |\n| | 提升服务态度 | | 良好 | | |"
    )
    assert indicators(records) == [
        (None, "成本指标", "预算控制数", "8万元", None),
        (None, "成本指标", "提升服务态度", "良好", None),
    ]


def test_rows_shifted_right_are_read_by_order() -> None:
    records, _ = read(
        EVALUATED + "| | | | 成本指标 | 利用率 | 达100% | 100% |",
        form_key="performance_project_self_evaluation",
    )
    assert indicators(records) == [(None, "成本指标", "利用率", "达100%", "100%")]


def test_a_word_of_a_level_may_be_an_indicator_too() -> None:
    records, _ = read(
        EVALUATED + "| | 效益指标 | 生态效益指标 | 效果 | 》 90% | 100% | |",
        form_key="performance_project_self_evaluation",
    )
    assert indicators(records) == [("效益指标", "生态效益指标", "效果", "》 90%", "100%")]


def test_a_level_may_share_its_cell_with_a_stray_word() -> None:
    records, _ = read(HEAD + INDICATORS + "| | | 执行年度可持续影响指标 | 执行年度 | ≥1年 | |")
    assert indicators(records) == [(None, "可持续影响指标", "执行年度", "≥1年", None)]


def test_a_row_cut_by_a_page_is_joined() -> None:
    records, _ = read(
        EVALUATED + "| | 效益指标 | 生态效益指标 | 效果 | 和谐 | 减少负担，促进农业、农 | |",
        "| | | | | | 村发展 | |\n| | | 可持续影响指标 | 时限 | 长期 | 长期 | |",
        form_key="performance_project_self_evaluation",
    )
    assert indicators(records) == [
        ("效益指标", "生态效益指标", "效果", "和谐", "减少负担，促进农业、农村发展"),
        ("效益指标", "可持续影响指标", "时限", "长期", "长期"),
    ]


def test_a_head_printed_again_after_a_page_cut_gives_no_indicators() -> None:
    page = (
        "| (一) 简要概述部门职能与职责。 | 负责。 | |\n"
        + INDICATORS
        + "| | 产出指标 | 数量指标 | {} | 1次 | |"
    )
    records, _ = read(page.format("甲"), page.format("乙"))
    assert [row.indicator for row in records.indicators] == ["甲", "乙"]


def test_tasks_are_a_money_table_of_their_own() -> None:
    records, facts = read(
        """| 部门(单位)名称 | | 医疗保障局 | | | |
        | 年度 主要 任务 | 任务名称 | 主要内容 | 预算金额（万元） | | |
        | | | | 总额 | 财政拨款 | 其他资金 |
        | | 任务1 | 人员工资 | 131.59 | 131.59 | |
        | 金额合计 | | | 131.59 | 131.59 | |
        | 年度总体目标 | 做好。 | | | | |""",
        form_key="performance_overall_target",
    )
    assert (facts.subject, facts.unit_text) == ("医疗保障局", "万元")
    assert [(line.row_label, line.row_kind) for line in records.lines] == [
        ("任务1", "item"),
        ("金额合计", "total"),
    ]
    assert Counter(cell.destination for cell in records.numeric_cells) == {"amounts": 4}


def test_a_self_evaluation_pairs_figures_with_measures_by_order() -> None:
    records, _ = read(
        """| 项目名称 | | 医疗救助金 | | | |
        | | | 全年预算数 (A) | | 全年执行数 (B) | 执行率 (B/A) |
        | (万元) | | 年度资金总额: | 18 | 34.16 | 189.78% |""",
        form_key="performance_project_self_evaluation",
    )
    measures = {column.col_no: column.measure for column in records.columns}
    assert [(measures[amount.col_no], amount.amount_text) for amount in records.amounts] == [
        ("annual_budget", "18"),
        ("annual_execution", "34.16"),
    ]
    assert [(claim.subject, claim.whole, claim.claim_text) for claim in records.claims] == [
        ("年度资金总额:", "执行率(B/A)", "189.78%")
    ]


def test_a_blank_template_yields_nothing_and_says_so() -> None:
    records, facts = read(
        """| 项目名称 | | | | | |
        | 资金金额(万元) | | 实施期资金总额: | | | |
        """
        + INDICATORS
        + "| | 产出指标 | 数量指标 | 指标1: | | |\n| | | | 指标2: | | |\n| | | | ..... | | |"
    )
    assert (records.indicators, records.amounts) == ([], [])
    assert (facts.has_placeholders, facts.has_content) == (True, False)


def test_weights_and_scores_are_kept() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 分值 | 年初目标值 | 实际完成值 | 得分 |
        | 投入 | 预算执行(25分) | 预算调整率 | 5 | ≤5% | ≤5% | 5 |""",
        form_key="performance_overall_self_evaluation",
    )
    (row,) = records.indicators
    assert (row.level_1, row.level_2, row.weight_text, row.score_text) == ("投入", "预算执行", "5", "5")


def test_a_scored_row_that_slid_left_ends_in_target_result_and_score() -> None:
    header = (
        "| 一级指标 | 二级指标 | 三级指标 | 分值 | 指标说明 | 评分标准 | 年初目标值 | 实际完成值 | 得分 |"
    )
    records, _ = read(
        header + "\n| 效果 | 履职尽责(60分) | 项目产出 | 40 | 说明 | 100% | 98% | 39 | |",
        form_key="performance_overall_self_evaluation",
    )
    (row,) = records.indicators
    assert (row.indicator, row.weight_text) == ("项目产出", "40")
    assert (row.target_text, row.actual_text, row.score_text) == ("100%", "98%", "39")


def test_a_comparator_and_a_unit_in_columns_of_their_own_belong_to_the_target() -> None:
    records, _ = read(
        """| 序号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 指标性质 | 指标值 | 度量单位 |
        | 1 | 产出指标 | 数量指标 | 培训人数 | 10 | ≥ | 95 | 人 |
        | 2 | | 质量指标 | 合格率 | 10 | = | 100 | % |
        | 3 | 效益指标 | 社会效益指标 | 影响 | 10 | 定性 | 明显 | |"""
    )
    assert [(row.level_2, row.indicator, row.target_text, row.weight_text) for row in records.indicators] == [
        ("数量指标", "培训人数", "≥95人", "10"),
        ("质量指标", "合格率", "=100%", "10"),
        ("社会效益指标", "影响", "明显", "10"),
    ]
    assert Counter(cell.destination for cell in records.numeric_cells) == {"ordinals": 3, "indicators": 5}


def test_two_blocks_of_indicators_have_headers_of_their_own() -> None:
    records, _ = read(
        """| 长期绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注 |
        | | 产出指标 | 数量指标 | 三年次数 | 9次 | |
        | 年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 备注 | 指标值 |
        | | 产出指标 | 数量指标 | 当年次数 | | 3次 |"""
    )
    assert [(row.indicator, row.target_text) for row in records.indicators] == [
        ("三年次数", "9次"),
        ("当年次数", "3次"),
    ]


def test_points_and_rates_beside_the_money_of_a_self_evaluation_are_no_money() -> None:
    records, _ = read(
        """| 项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
        | | 年度资金总额 | 20.00 | 18.00 | 9.00 | 10 | 50% | 5 |
        | | 其中：当年财政拨款 | 20.00 | 18.00 | 9.00 | — | 50.00 | — |
        | 联系电话 | 63861234 | | | | | | |""",
        form_key="performance_project_self_evaluation",
    )
    measures = {(column.side_no, column.col_no): column.measure for column in records.columns}
    assert list(measures.values())[:3] == [None, "annual_budget", "annual_execution"]
    assert [amount.amount_text for amount in records.amounts] == ["20.00", "18.00", "9.00"] * 2
    assert Counter(cell.destination for cell in records.numeric_cells) == {
        "amounts": 6,
        "descriptions": 3,
        "claims": 1,
        "rates": 1,
    }


def test_figures_of_a_head_stand_under_their_headings_by_place_where_one_heading_is_unknown() -> None:
    drawn = """
        | 项目名称 | 防汛项目     |              |            |            |      |         |       |
        | 资金情况 |              | 开头那个数   | 全年预算数 | 全年执行数 | 分值 | 执行率  | 得分  |
        |          | 年度资金总额 | 29.76        | 29.78      | 35.87      | 10   | 120.45% | 10.00 |
        | 一级指标 | 二级指标     | 三级指标     | 指标值     | 完成值     | 分值 | 得分    | 备注  |
        | 产出指标 | 数量指标     | 新建泵站     | 2座        | 2座        | 10   | 10      |       |
    """
    found, _ = read(drawn, form_key="performance_project_self_evaluation")
    measures = {column.col_no: column.measure for column in found.columns}
    amounts = {amount.amount_text: measures[amount.col_no] for amount in found.amounts}
    assert amounts == {"29.76": None, "29.78": "annual_budget", "35.87": "annual_execution"}
    assert not found.rejects


def test_a_short_label_that_no_word_tells_is_of_the_money_beside_it_and_a_number_is_no_money() -> None:
    for money in ("287.92", "287.9213"):
        found, _ = read(f"| 全部款项 | {money} | | 联络方式 | 84321 |", INDICATORS)
        assert [amount.amount_text for amount in found.amounts] == [money]
        assert [reject.printed_text for reject in found.rejects] == ["84321"]


def test_a_row_of_figures_alone_stands_below_the_labels_of_the_row_above() -> None:
    records, _ = read(
        """| 部门名称 | 示例市水务局 | | |
        | 总体资金情况（万元） | 预算支出总额 | 财政拨款 | 其他资金 |
        | | 1500.00 | 1400.00 | 100.00 |
        | 年度目标 | 完成河道维护。 | | |
        """,
        form_key="performance_overall_target",
    )
    assert [(line.row_label, line.line_key) for line in records.lines] == [
        ("预算支出总额", "annual_total"),
        ("财政拨款", "fiscal_appropriation"),
        ("其他资金", "other_funds"),
    ]
    assert [amount.amount_text for amount in records.amounts] == ["1500.00", "1400.00", "100.00"]
    assert not records.rejects


def test_a_dash_beside_a_label_of_money_is_its_amount_without_a_heading_too() -> None:
    found, _ = read("| 其中：财政拨款 | 5.00 | | 其他资金 | — | | 备注 | — |", INDICATORS)
    assert [amount.amount_text for amount in found.amounts] == ["5.00", "—"]


def test_points_inside_the_cells_of_levels_are_kept_apart_from_their_names() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标（50分） | 数量指标(20分) | 次数 | ≥2次 |
        | | | 家数 | 10家 |
        | | 质量指标(30) | 合格率 | 100% |"""
    )
    assert [
        (row.level_1, row.level_1_points_text, row.level_2, row.level_2_points_text)
        for row in records.indicators
    ] == [
        ("产出指标", "50", "数量指标", "20"),
        ("产出指标", "50", "数量指标", "20"),
        ("产出指标", "50", "质量指标", "30"),
    ]


def test_two_blocks_beside_each_other_are_read_one_by_one() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 | 数量指标 | 三年次数 | 9次 | 数量指标 | 当年次数 | 3次 |
        | | | 三年家数 | 30家 | | 当年家数 | 10家 |
        | 效益指标 | 社会效益指标 | 知晓率 | 95% | | | |"""
    )
    assert indicators(records) == [
        ("产出指标", "数量指标", "三年次数", "9次", None),
        ("产出指标", "数量指标", "当年次数", "3次", None),
        ("产出指标", "数量指标", "三年家数", "30家", None),
        ("产出指标", "数量指标", "当年家数", "10家", None),
        ("效益指标", "社会效益指标", "知晓率", "95%", None),
    ]


def test_levels_that_no_word_tells_are_known_by_their_place() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 指标值 | 备注 |
        | 部门管理 | 资产管理 | 清查次数 | 1次 | |
        | | 内控 | 制度健全 | 健全 | |
        | | | 抽查 | 2次 | |"""
    )
    assert [row[:3] for row in indicators(records)] == [
        ("部门管理", "资产管理", "清查次数"),
        ("部门管理", "内控", "制度健全"),
        ("部门管理", "内控", "抽查"),
    ]


def test_a_second_level_above_its_own_kind_is_a_first() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 成本指标 | 经济成本指标 | 总成本 | ≤5万元 |
        | | 社会成本指标 | 影响 | 无 |"""
    )
    assert [row[:2] for row in indicators(records)] == [
        ("成本指标", "经济成本指标"),
        ("成本指标", "社会成本指标"),
    ]


def test_a_third_level_beside_the_indicator_is_carried_down() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 指标内容 | 指标值 |
        | 产出指标 | 数量指标 | 培训 | 培训场次 | 3次 |
        | | | | 培训人数 | 90人 |
        | | 质量指标 | 合格率 | | 100% |"""
    )
    assert [(row.level_3, row.indicator, row.target_text) for row in records.indicators] == [
        ("培训", "培训场次", "3次"),
        ("培训", "培训人数", "90人"),
        (None, "合格率", "100%"),
    ]


def test_of_two_scores_the_second_is_that_of_a_review() -> None:
    records, _ = read(
        """| 一级指标 | 二级指标 | 三级指标 | 分值 | 年初目标值 | 实际完成值 | 自评得分 | 复核得分 |
        | 产出指标 | 数量指标 | 次数 | 10 | 3次 | 3次 | 10 | 9 |""",
        form_key="performance_project_self_evaluation",
    )
    (row,) = records.indicators
    assert (row.weight_text, row.score_text, row.review_score_text) == ("10", "10", "9")


EVALUATED_HEAD = """| 项目资金 | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 9.00 | 9.00 | 8.00 | 10 | 88.89% | 8.89 |
| | 其中：当年财政拨款 | 9.00 | 9.00 | 8.00 | - | 88.89% | - |
| | 其他资金 | | | | - | | - |
"""


def test_a_row_of_too_few_figures_keeps_the_columns_of_the_row_above() -> None:
    """The dash under 分值 is no money of the first column, though the row prints no figure of money."""
    records, _ = read(EVALUATED_HEAD, form_key="performance_project_self_evaluation")
    labels = {line.line_id: line.row_label for line in records.lines}
    assert {labels[amount.line_id] for amount in records.amounts} == {"年度资金总额", "其中：当年财政拨款"}


def test_a_second_heading_at_the_same_place_is_a_column_of_its_own() -> None:
    other = EVALUATED_HEAD.replace("年初预算数", "年初预算").replace("9.00 | 9.00", "7.00 | 9.00")
    records, _ = read(EVALUATED_HEAD + other, form_key="performance_project_self_evaluation")
    places = [(column.side_no, column.col_no) for column in records.columns]
    assert len(set(places)) == len(places)
    assert {"年初预算", "年初预算数"} <= {column.column_path for column in records.columns}


def test_a_unit_in_a_column_of_its_own_is_that_of_the_result_too_and_a_total_of_points_no_indicator() -> None:
    records, _ = read(
        HEAD
        + """| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 |
        | 产出指标 | 数量指标 | 覆盖率 | ≥ | 95 | % | 98 | 60 | 60 |
        | 效益指标 | 社会效益指标 | 知晓率 | ≥ | 90 | % | 九成 | 30 | 20 |
        | 合计 | | | | | | | 90 | 80 |""",
        form_key="performance_project_self_evaluation",
    )
    assert indicators(records) == [
        ("产出指标", "数量指标", "覆盖率", "≥95%", "98%"),
        ("效益指标", "社会效益指标", "知晓率", "≥90%", "九成"),
    ]
    assert [reject.printed_text for reject in records.rejects] == ["90", "80"]


def test_a_list_of_projects_has_the_indicators_of_each_beside_its_name_and_money() -> None:
    records, _ = read(
        """| 单位代码 | 项目名称 | 资金总额 | 绩效目标 | 绩效指标 | | | | |
        | | | | | 一级指标 | 二级指标 | 三级指标 | 指标值 | 度量单位 |
        | 301001 | 培训经费 | 300.00 | 提高水平 | 产出指标 | 数量指标 | 人数 | ≥500 | 人 |
        | | | | | | 质量指标 | 合格率 | ≥95 | % |
        | 301001 | 维修经费 | 20.00 | 保障运转 | 产出指标 | 数量指标 | 处数 | 3 | 处 |"""
    )
    assert [(row.project, row.level_1, row.indicator, row.target_text) for row in records.indicators] == [
        ("培训经费", "产出指标", "人数", "≥500人"),
        ("培训经费", "产出指标", "合格率", "≥95%"),
        ("维修经费", "产出指标", "处数", "3处"),
    ]
    assert [(line.row_label, line.side_key) for line in records.lines] == [
        ("培训经费", "project_funds"),
        ("维修经费", "project_funds"),
    ]
    assert [amount.amount_text for amount in records.amounts] == ["300.00", "20.00"]
    assert not records.rejects


def test_numbers_of_the_columns_and_what_describes_an_indicator_are_no_indicators() -> None:
    records, _ = read(
        """| 项目名称 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标内容 |
        | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
        | 防控经费 | 做好防控 | 产出指标 | 数量指标 | 接种人数 | ≥ | 300 | 人 | 反映接种情况 |"""
    )
    assert [(row.project, row.indicator, row.target_text) for row in records.indicators] == [
        ("防控经费", "接种人数", "≥300人")
    ]
    assert Counter(cell.destination for cell in records.numeric_cells)["column_numbers"] == 9
