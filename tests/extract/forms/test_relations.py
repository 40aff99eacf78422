"""What the figures of the prose say of each other: which figures a change, a rate or a share is between."""

from __future__ import annotations

import time

import pytest

from extract.forms.narrative import read_narrative
from extract.forms.paragraphs import Paragraph, paragraphs
from extract.forms.relations import relations_of
from extract.readers.text import read_text
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY

YEAR = 2023
Stated = tuple[str, str, str | None, dict[str, str]]


def stated(text: str) -> list[Stated]:
    """Kind, stated figure, why it is not asked, and the terms by role of each relation."""
    prose = paragraphs(read_text(text))
    said, _ = read_narrative(prose, DOCUMENT_ID, VOCABULARY.prose, YEAR)
    relations, terms = relations_of(prose, said, DOCUMENT_ID, VOCABULARY.prose)
    printed = {figure.claim.claim_id: figure.claim.claim_text for each in said for figure in each}
    return [
        (
            relation.kind,
            printed[relation.claim_id],
            relation.not_asked_because,
            {
                f"{term.role}{term.term_no}" if relation.kind == "list_sum" else term.role: printed[
                    term.claim_id
                ]
                for term in terms
                if term.relation_id == relation.relation_id
            },
        )
        for relation in relations
    ]


def asked(text: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(kind, figure, terms) for kind, figure, because, terms in stated(text) if because is None]


@pytest.mark.parametrize(
    "text",
    [
        "会议费 9 万元，上年 8 万元，增加 1 万元。",
        "会议费上年:8 万元，本年:9 万元，增加 1 万元。",
        "会议费由上年的 8 万元增加到 9 万元，增加 1 万元。",
        "2022年会议费 8 万元，2023年 9 万元，增加 1 万元。",
        "2023年会议费 9 万元，2022年为 8 万元，增加 1 万元。",
        "会议费 9 万元，比去年 8 万元多 1 万元。",
        "会议费 9 万元，同比去年 8 万元增加 1 万元。",
        "会议费 9 万元，与上年 8 万元对比增加 1 万元。",
        "会议费 9 万元，比2022年 8 万元增收 1 万元。",
        "会议费 9 万元，上年 8 万元，按同口径同比增加 1 万元。",
    ],
)
def test_a_change_is_between_this_year_and_the_one_before_in_any_order_of_words(text: str) -> None:
    assert asked(text) == [("change", "1万元", {"after": "9万元", "before": "8万元"})]


def test_last_years_figure_is_never_this_years() -> None:
    (relation,) = stated("接待费上年:88.87 万元，减少 1 万元。")
    assert relation == ("change", "1万元", "after_not_printed", {"before": "88.87万元"})


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("收入 9 万元，较上年增加 1 万元，增长 12.5%。", {"change": "1万元", "after": "9万元"}),
        ("收入 9 万元，上年 8 万元，增长 12.5%。", {"after": "9万元", "before": "8万元"}),
        ("收入比上年增加 1 万元，增长 12.5%，为 9 万元。", {"change": "1万元", "after": "9万元"}),
        ("收入 9 万元。与2022年相比，收入增加 1 万元，增幅 12.5%。", {"change": "1万元", "after": "9万元"}),
        ("收、支总计均为 9 万元。与上年相比，收、支总计各增加 1 万元，增长 12.5%。",
         {"change": "1万元", "after": "9万元"}),
    ],
)  # fmt: skip
def test_a_rate_of_change_is_of_the_change_or_of_the_two_levels(text: str, terms: dict[str, str]) -> None:
    assert [each for each in asked(text) if each[0] == "rate_of_change"] == [
        ("rate_of_change", "12.5%", terms)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "会议费年初预算为 8 万元，支出决算为 6 万元，完成年初预算的 75%。",
        "会议费支出决算数为 6 万元，年初预算数为 8 万元，完成年初预算的 75%。",
        "完成预算 8 万元的 75%，会议费支出 6 万元。",
        "会议费预算 8 万元，支出 6 万元，预算执行比例为 75%。",
        "会议费支出预算为 8 万元，实际支出决算为 6 万元，完成预算的 75%。",
    ],
)
def test_a_rate_of_completion_is_of_the_outcome_in_the_budget(text: str) -> None:
    assert asked(text) == [("completion", "75%", {"part": "6万元", "whole": "8万元"})]


def test_a_change_from_the_budget_is_none_from_the_year_before() -> None:
    text = "会议费年初预算 8 万元，决算数 6 万元，决算数小于预算数 2 万元。"
    assert asked(text) == [("change", "2万元", {"after": "6万元", "before": "8万元"})]


@pytest.mark.parametrize(
    "text",
    [
        "总支出 8 万元，其中：基本支出 6 万元，占 75%。",
        "基本支出 6 万元，占总支出 8 万元的 75%。",
        "总支出 8 万元，基本支出 6 万元，占 75%。",
        "总支出 8 万元，其中：基本支出 6 万元，占总支出的 75%。",
        "财政拨款安排的三公经费支出 8 万元。公务接待费 6 万元，占三公经费的 75%。",
        "1、总支出 8 万元。\n（一）教育支出类科目 6 万元,\n占支出总额 75%。",
    ],
)
def test_a_share_is_of_the_whole_that_is_named_or_that_stands_before_the_list(text: str) -> None:
    assert asked(text) == [("share", "75%", {"part": "6万元", "whole": "8万元"})]


def test_a_sentence_that_begins_with_the_name_of_the_whole_gives_shares_of_it() -> None:
    text = "三公经费支出决算 8 万元。三公经费支出决算中，接待费 6 万元，占 75%；出国费 2 万元，占 25%。"
    assert [each for each in asked(text) if each[0] == "share"] == [
        ("share", "75%", {"part": "6万元", "whole": "8万元"}),
        ("share", "25%", {"part": "2万元", "whole": "8万元"}),
    ]
    unknown = stated(text.replace("三公经费支出决算中", "车辆费支出决算中"))
    assert [each[2] for each in unknown if each[0] == "share"] == ["whole_not_printed"] * 2


@pytest.mark.parametrize("figure", ["75.5%", "9.9 万元", "12.5 个百分点"])
def test_a_figure_at_the_beginning_of_a_line_is_no_number_of_an_item(figure: str) -> None:
    (broken,) = paragraphs(read_text(f"其中会议费与上年相比的数额为\n{figure}，与公务接待费一并列示\n"))
    assert figure in broken.text.replace("数额为", "")
    assert len(paragraphs(read_text("其中会议费与上年相比\n1.2024年的数额\n"))) == 2


def test_shares_after_respectively_are_of_the_parts_one_by_one() -> None:
    text = "总支出 8 万元，基本支出和项目支出分别为 6 万元和 2 万元，分别占 75%和 25%。"
    shares = [each for each in asked(text) if each[0] == "share"]
    assert shares == [
        ("share", "75%", {"part": "6万元", "whole": "8万元"}),
        ("share", "25%", {"part": "2万元", "whole": "8万元"}),
    ]


def test_a_list_that_says_it_is_all_adds_up_and_one_that_need_not_be_does_not_have_to() -> None:
    sums = {"whole1": "8万元", "part2": "6万元", "part3": "2万元"}
    assert asked("基本支出 8 万元，包括：人员经费 6 万元和公用经费 2 万元。") == [("list_sum", "8万元", sums)]
    (partial,) = stated("基本支出 8 万元，其中：会议费 6 万元，培训费 2 万元。")
    assert partial == ("list_sum", "8万元", "list_may_be_partial", sums)


def test_a_list_goes_on_paragraph_by_paragraph_under_its_whole() -> None:
    text = "本年支出合计 8 万元，其中：\n\n基本支出 6 万元，占 75%；\n\n项目支出 2 万元，占 25%。"
    assert [(kind, figure) for kind, figure, _ in asked(text)] == [
        ("share", "75%"),
        ("share", "25%"),
        ("list_sum", "8万元"),
    ]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("会议费 9 万元，比上年增加 1 万元。", "before_not_printed"),
        ("会议费 9 万元，上年 8 万元，主要原因是设备费增加 1 万元。", "subject_not_printed"),
        ("会议费 0 万元，与上年相比增加（减少）0 万元。", "direction_open"),
        ("会议费2022年执行数 7 万元，2022年预算 8 万元，2023年预算 9 万元，比2022年增加 1 万元。",
         "several_figures"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_asked_and_says_why(text: str, because: str) -> None:
    assert [reason for kind, _, reason, _ in stated(text) if kind == "change"] == [because]


def test_of_two_figures_of_the_year_before_the_words_choose_one() -> None:
    text = "会议费2022年预算 8 万元，2022年执行数 7 万元，2023年预算 9 万元，比2022年执行数增加 2 万元。"
    assert asked(text) == [("change", "2万元", {"after": "9万元", "before": "7万元"})]


_TWO_BUDGETS = "会议费年初预算 8 万元，{adjusted} 10 万元，支出决算 9 万元，"


@pytest.mark.parametrize(
    "adjusted", ["调整预算", "调整后预算数", "全年预算数", "变动预算", "预算变动数", "最终预算数"]
)
@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("较年初预算数增加 1 万元。", ("change", "1万元", {"after": "9万元", "before": "8万元"})),
        ("完成年初预算的112.5%。", ("completion", "112.5%", {"part": "9万元", "whole": "8万元"})),
        ("比{adjusted}减少 1 万元。", ("change", "1万元", {"after": "9万元", "before": "10万元"})),
        ("为{adjusted}的90%。", ("completion", "90%", {"part": "9万元", "whole": "10万元"})),
        ("与{adjusted}持平。", ("comparison", "9万元", {"after": "9万元", "before": "10万元"})),
    ],
)
def test_of_several_budgets_the_one_that_is_named_is_meant(
    adjusted: str, said: str, terms: tuple[str, str, dict[str, str]]
) -> None:
    assert asked((_TWO_BUDGETS + said).format(adjusted=adjusted)) == [terms]


def test_of_several_budgets_none_is_meant_where_the_words_say_neither() -> None:
    (change,) = stated(_TWO_BUDGETS.format(adjusted="调整预算") + "比预算数减少 1 万元。")
    assert change[:3] == ("change", "1万元", "several_figures")


def test_what_a_budget_was_adjusted_by_is_no_change_of_its_outcome() -> None:
    (change,) = stated("会议费支出决算 9 万元，年初预算 8 万元，年中调增 2 万元。")
    assert change == ("change", "2万元", "after_not_printed", {"before": "8万元"})


def test_a_numbered_heading_that_runs_into_its_text_is_what_the_figures_are_of() -> None:
    prose = paragraphs(read_text("（一）基本支出。年初预算 8 万元，支出决算 9 万元，占支出的90%。"))
    ((*figures,),), _ = read_narrative(prose, DOCUMENT_ID, VOCABULARY.prose, YEAR)
    assert {figure.claim.subject for figure in figures} == {"基本支出"}


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("会议费年初预算为 8 万元，支出决算为 6 万元。决算数大于预算数的主要原因是人员增加。", "up"),
        ("会议费年初预算为 8 万元，支出决算为 6 万元，支出决算数等于年初预算数。", "equal"),
        ("会议费 9 万元，上年 8 万元，与上年持平。", "equal"),
    ],
)
def test_a_comparison_in_words_is_of_the_figures_before_it(text: str, direction: str) -> None:
    prose = paragraphs(read_text(text))
    said, _ = read_narrative(prose, DOCUMENT_ID, VOCABULARY.prose, YEAR)
    relations, _ = relations_of(prose, said, DOCUMENT_ID, VOCABULARY.prose)
    assert [(each.kind, each.direction, each.not_asked_because) for each in relations] == [
        ("comparison", direction, None)
    ]


def test_what_is_about_the_same_need_not_be_the_same() -> None:
    (comparison,) = stated("会议费年初预算为 8 万元，支出决算为 7 万元，决算数与预算数基本持平。")
    assert comparison[2] == "about_equal"


@pytest.mark.parametrize(
    "unit",
    ["1", " ", "1,", "其中", "占", "比上年", "1万元，", "5%、", "支出1万元，增长5%，", "1万元，占5%；"],
)
def test_reading_takes_time_in_proportion_to_the_text(unit: str) -> None:
    """Steps of reading are counted by the clock of this process; the better of two runs of each length."""
    short, long = (_seconds("支出9万元，包括：" + unit * (length // len(unit))) for length in (6_000, 24_000))
    assert long <= 4 * 1.6 * max(short, 0.01)


def _seconds(text: str) -> float:
    paragraph = Paragraph(text, None, (0,), (read_text("支出")[0],))  # type: ignore[arg-type]
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        said, _ = read_narrative([paragraph], DOCUMENT_ID, VOCABULARY.prose, YEAR)
        relations_of([paragraph], said, DOCUMENT_ID, VOCABULARY.prose)
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("会议费 48 万元，是上年 3 万元的 16 倍。",
         ("multiple", "16倍", {"part": "48万元", "whole": "3万元"})),
        ("会议费 48 万元，为预算 3 万元的16倍。", ("multiple", "16倍", {"part": "48万元", "whole": "3万元"})),
        ("会议费 51 万元，比上年 3 万元增长 16 倍。",
         ("rate_of_change", "16倍", {"after": "51万元", "before": "3万元"})),
        ("会议费 48 万元，上年 3 万元，是上年的 16 倍。",
         ("multiple", "16倍", {"part": "48万元", "whole": "3万元"})),
    ],
)  # fmt: skip
def test_a_number_of_times_is_of_the_figure_that_is_said(
    text: str, relation: tuple[str, str, dict[str, str]]
) -> None:
    assert asked(text) == [relation]


def test_a_number_of_times_of_what_is_no_money_is_no_claim() -> None:
    assert stated("会议费 9 万元，规模扩大到原来的 2 倍。") == []


@pytest.mark.parametrize(
    "text",
    [
        "会议费 9 万元，增长 12.5%，上年为 8 万元。",
        "会议费同比上升 12.5%，由 8 万元上升至 9 万元。",
        "会议费由2022年的 8 万元增加到2023年的 9 万元，增长 12.5%。",
        "会议费由2022年的 8 万元增加到 9 万元，增长 12.5%。",
    ],
)
def test_the_figure_that_a_rate_is_counted_from_may_stand_behind_it(text: str) -> None:
    assert asked(text) == [("rate_of_change", "12.5%", {"after": "9万元", "before": "8万元"})]


def test_the_year_before_of_another_subject_is_not_taken() -> None:
    (relation,) = stated("会议费 9 万元，增长 12.5%；培训费上年 8 万元。")
    assert relation[2] == "before_not_printed"


def test_completion_is_of_the_outcome_before_it_and_not_of_the_part_behind() -> None:
    text = "三公经费支出决算 27 万元，完成预算 30 万元的 90%，其中：接待费 7 万元，用车费 20 万元。"
    assert ("completion", "90%", {"part": "27万元", "whole": "30万元"}) in asked(text)


@pytest.mark.parametrize(("named", "whole"), [("年初预算", "5万元"), ("调整预算", "4万元")])
def test_completion_is_of_the_budget_that_is_named(named: str, whole: str) -> None:
    text = f"会议费年初预算 5 万元，调整预算 4 万元，决算 3 万元，完成{named}的 75%。"
    assert asked(text) == [("completion", "75%", {"part": "3万元", "whole": whole})]


def test_a_whole_of_the_very_name_comes_before_one_that_it_may_be_short_for() -> None:
    text = (
        "采购支出总额 100 万元，其中：采购货物支出 40 万元、采购服务支出 60 万元。"
        "合同金额 80 万元，占采购支出总额的 80%。"
    )
    assert ("share", "80%", {"part": "80万元", "whole": "100万元"}) in asked(text)


def test_changes_of_named_parts_are_no_changes_of_the_whole() -> None:
    text = "2023年预算 100 万元，比2022年预算数 120 万元减少 20 万元，其中：基本支出减少 12 万元。"
    assert [(each[1], each[2]) for each in stated(text)] == [
        ("20万元", None),
        ("12万元", "subject_not_printed"),
    ]


def test_what_follows_a_closed_bracket_is_said_of_what_stood_before_it() -> None:
    text = "用车费 10 万元（其中：购置费 3 万元，运行费 7 万元），比上年减少 2 万元，下降 16.67%。"
    assert ("rate_of_change", "16.67%", {"change": "2万元", "after": "10万元"}) in asked(text)


def test_a_whole_that_is_divided_twice_is_the_sum_of_the_first_division() -> None:
    text = "总支出 9 万元，包括：教育支出 4 万元，农林水支出 5 万元，基本支出 6 万元，项目支出 3 万元。"
    assert asked(text) == [("list_sum", "9万元", {"whole1": "9万元", "part2": "4万元", "part3": "5万元"})]


def test_parts_that_make_twice_the_whole_are_no_list_that_is_understood() -> None:
    text = "总支出 9 万元，包括：教育支出 4 万元，农林水支出 4 万元，基本支出 6 万元，项目支出 3 万元。"
    assert [each[2] for each in stated(text)] == ["list_unclear"]


@pytest.mark.parametrize("direction", ["增加", "有所减少"])
def test_a_direction_without_a_figure_is_held_against_the_two_levels(direction: str) -> None:
    (relation,) = stated(f"会议费 9 万元，比上年 8 万元{direction}。")
    assert relation[:1] + relation[2:] == ("comparison", None, {"after": "9万元", "before": "8万元"})


def test_a_direction_behind_several_figures_is_said_of_none_of_them() -> None:
    assert [each[0] for each in stated("会议费 9 万元，培训费 8 万元，较上年减少。")] == []


def test_what_is_said_of_several_figures_one_by_one_goes_the_same_way() -> None:
    text = (
        "2023年收、支总计各是95.0,80.0万元。与2022年相比，收、支总计各减少 5.0,20.0万元，各下降 5%、20%。\n\n"
        "维修费 9 万元，印刷费 5 万元。与2022年执行数相比，分别减少 1 万元、0.5 万元，分别下降 10%、9.09%。"
    )
    assert [each for each in asked(text) if each[0] == "rate_of_change"] == [
        ("rate_of_change", "5%", {"change": "5.0万元", "after": "95.0万元"}),
        ("rate_of_change", "20%", {"change": "20.0万元", "after": "80.0万元"}),
        ("rate_of_change", "10%", {"change": "1万元", "after": "9万元"}),
        ("rate_of_change", "9.09%", {"change": "0.5万元", "after": "5万元"}),
    ]


@pytest.mark.parametrize(
    ("behind_the_list", "terms"),
    [
        ("同比增加 1 万元，增长 12.5%", {"change": "1万元", "after": "9万元"}),  # of the whole
        ("同比增加 1 万元，增长 33.33%", {"change": "1万元", "after": "4万元"}),  # of the last part
    ],
)
def test_a_change_behind_a_list_is_of_what_it_fits(behind_the_list: str, terms: dict[str, str]) -> None:
    text = f"印刷费预算 9 万元，其中：甲类 5 万元，乙类 4 万元，{behind_the_list}。"
    assert [each[2] for each in asked(text) if each[0] == "rate_of_change"] == [terms]


def test_a_change_behind_a_list_that_fits_neither_is_not_asked() -> None:
    text = "印刷费预算 9 万元，其中：甲类 5 万元，乙类 4 万元，同比增加 1 万元，增长 50%。"
    because = [because for kind, _, because, _ in stated(text) if kind == "rate_of_change"]
    assert because == ["subject_unclear"]


def test_the_year_before_may_be_named_with_its_figure() -> None:
    text = "会议费预算 9 万元，较2022年的 8 万元增加 1 万元，增长 12.5%。"
    assert asked(text) == [
        ("change", "1万元", {"after": "9万元", "before": "8万元"}),
        ("rate_of_change", "12.5%", {"change": "1万元", "before": "8万元"}),
    ]


def test_a_figure_of_the_year_before_without_its_unit_names_nothing() -> None:
    text = "会议费 9 万元，较上年10.00减少 1 万元，下降 10%。"
    assert asked(text) == [("rate_of_change", "10%", {"change": "1万元", "after": "9万元"})]


def test_an_outcome_that_was_achieved_is_no_budget_to_achieve() -> None:
    text = "收入完成 9 万元，完成年度预算的 90%，同比增长 5%。支出完成预算 10 万元的 90%。"
    because = [(figure, because) for _, figure, because, _ in stated(text)]
    assert because[:2] == [("90%", "whole_not_printed"), ("5%", "before_not_printed")]


@pytest.mark.parametrize(
    "text",
    [
        "公共预算拨款基本支出 9 万元，其中：人员经费 5 万元，公用经费 4 万元。",
        "财政拨款支出 9 万元，其中：基本支出 5 万元；项目支出 4 万元。",
        "政府采购支出 9 万元，其中：货物采购 3 万元，工程采购 2 万元，服务采购 4 万元。",
        "“三公”经费预算 9 万元中，因公出国（境）费 2 万元，公务用车购置及运行费 3 万元，公务接待费 4 万元。",
        "会议费和培训费预算 9 万元，其中：会议费 5 万元，培训费 4 万元。",
    ],
)
def test_parts_whose_names_say_that_there_are_no_others_add_up(text: str) -> None:
    assert [(kind, figure) for kind, figure, _ in asked(text)] == [("list_sum", "9万元")]


def test_what_comes_in_and_what_goes_out_each_divide_the_whole() -> None:
    text = (
        "财政拨款收支总预算 9 万元。收入包括：公共预算拨款 5 万元、上年结转 4 万元；"
        "支出包括：教育支出 2 万元、住房支出 7 万元。"
    )
    assert asked(text) == [
        ("list_sum", "9万元", {"whole1": "9万元", "part2": "5万元", "part3": "4万元"}),
        ("list_sum", "9万元", {"whole1": "9万元", "part2": "2万元", "part3": "7万元"}),
    ]


def test_the_year_before_is_named_in_front_of_what_its_figure_is_of() -> None:
    text = "会议费 9 万元，比2022年会议费预算 8 万元增加 1 万元。"
    assert asked(text) == [("change", "1万元", {"after": "9万元", "before": "8万元"})]


def test_what_is_named_before_one_comparison_is_compared_in_the_next_too() -> None:
    text = "三项经费 9 万元，比去年增加 1 万元。其中，接待费比预算无增减变化，比去年增加 0.5 万元，增长 50%。"
    assert [each[1:3] for each in stated(text) if each[0] == "rate_of_change"] == [
        ("50%", "subject_not_printed")
    ]
    assert [each for each in asked(text) if each[0] == "comparison"] == []


def test_income_is_no_other_name_of_expenditure() -> None:
    text = "公共预算收入 9 万元，比上年下降 5%。公共预算支出 20 万元，为预算的 100%。"
    assert asked(text) == []


def test_figures_of_the_paragraphs_before_are_compared_where_there_is_one_of_each_year() -> None:
    before = "2023年会议费预算 9 万元。\n\n2022年会议费合计支出 8 万元。\n\n"
    behind = "2023年会议费较上年增加 1 万元，增长 12.5%。"
    assert asked(before + behind) == [
        ("change", "1万元", {"after": "9万元", "before": "8万元"}),
        ("rate_of_change", "12.5%", {"change": "1万元", "before": "8万元"}),
    ]
    assert asked(before + "县本级会议费预算 9 万元，会议费预算 5 万元。\n\n" + behind) == []


def test_an_item_that_is_compared_behind_a_reason_is_not_in_it() -> None:
    text = "会议费 9 万元，主要是因为严控支出，接待费 2 万元，比上年 3 万元减少 1 万元。"
    assert asked(text) == [("change", "1万元", {"after": "2万元", "before": "3万元"})]


def test_a_total_is_counted_up_from_the_figure_its_sentence_or_paragraph_began_with() -> None:
    sums = {"whole1": "16亿元", "part2": "9亿元", "part3": "4亿元", "part4": "3亿元"}
    told = "全县一般公共预算收入9亿元，增长5%。其中：税收收入7亿元；非税收入2亿元。"
    added = "加上上级补助收入4亿元（含返还收入1亿元）、上年结余3亿元后，收入总计16亿元。"
    assert ("list_sum", "16亿元", sums) in asked(told + added)
    one = "全县一般公共预算收入9亿元，全县一般公共预算支出9亿元。"
    assert ("list_sum", "16亿元", sums) in asked(
        one + "全县一般公共预算收入9亿元，加上级补助收入4亿元、上年结转3亿元，总收入为16亿元。"
    )
    # of another flow, or with a sentence between
    assert asked("一般公共预算支出9亿元，加上补助收入4亿元、上年结余3亿元后，收入总计16亿元。") == []
    assert asked("收入9亿元，加上补助收入4亿元、上年结余3亿元。收入总计16亿元。") == []


def test_a_list_may_stand_behind_how_much_its_whole_changed() -> None:
    sums = {"whole1": "9亿元", "part2": "7亿元", "part3": "2亿元"}
    parts = "其中：税收收入完成7亿元，增长4%；非税收入完成2亿元。"
    assert ("list_sum", "9亿元", sums) in asked(f"一般公共预算收入9亿元，增长5%。{parts}")
    # what divides the change, not the whole
    spent = "基本支出90万元，比上年增加9万元，增长11%，其中：人员经费6万元、公用经费3万元。"
    assert [kind for kind, _, because, _ in stated(spent) if because == "list_unclear"] == ["list_sum"]


def test_a_list_behind_a_bracket_is_of_what_stands_before_the_bracket() -> None:
    text = "总支出9万元（含结转1万元），包括：甲费用4万元、乙费用5万元。"
    assert asked(text) == [("list_sum", "9万元", {"whole1": "9万元", "part2": "4万元", "part3": "5万元"})]


def sums(text: str) -> list[tuple[str, ...]]:
    """Each sum that is asked: the whole, then its parts."""
    return sorted(tuple(terms.values()) for kind, _, terms in asked(text) if kind == "list_sum")


@pytest.mark.parametrize(
    ("text", "added"),
    [
        # what stands behind the next item is no part of this one
        ("三公经费9万元。其中：因公出国（境）费2万元，与上年持平；公务接待费3万元；公务用车购置及运行费4万元"
         "（其中公务用车购置费1万元，公务用车运行维护费3万元），与上年持平。",
         [("4万元", "1万元", "3万元"), ("9万元", "2万元", "3万元", "4万元")]),
        # the inner list ends with its bracket, with its sentence, or where it makes up its whole
        ("基本支出9万元，其中：人员经费5万元（含补助1万元），公用经费4万元。", [("9万元", "5万元", "4万元")]),
        ("支出9万元，其中基本支出5万元，包括人员经费3万元和公用经费2万元；项目支出4万元。",
         [("5万元", "3万元", "2万元"), ("9万元", "5万元", "4万元")]),
        ("支出9万元，其中：基本支出5万元，包括人员经费3万元、公用经费2万元，项目支出4万元。",
         [("5万元", "3万元", "2万元"), ("9万元", "5万元", "4万元")]),
        ("支出9万元，其中基本支出5万元，包括人员经费3万元和公用经费1万元；项目支出4万元。",
         [("5万元", "3万元", "1万元"), ("9万元", "5万元", "4万元")]),
        # nor does it take what makes up another whole
        ("支出9万元，其中：基本支出5万元，包括人员经费3万元、公用经费1万元，项目支出4万元。", []),
        # a list that names what there is nothing of, or ends with all others, leaves nothing out
        ("收入9万元，其中：财政拨款7万元，事业收入2万元，其余0万元。",
         [("9万元", "7万元", "2万元", "0万元")]),
        ("资产9万元，其中：房屋5万元，车辆3万元，其他资产1万元。", [("9万元", "5万元", "3万元", "1万元")]),
        ("支出9万元，其中：会议费0万元，培训费2万元。", []),
        ("机关运行经费9万元，其中：办公费5万元，其他商品和服务支出1万元。", []),
        ("支出9万元，按功能分类科目：教育支出5万元，住房保障支出4万元。", [("9万元", "5万元", "4万元")]),
    ],
)  # fmt: skip
def test_where_the_parts_of_a_whole_end_is_said_by_brackets_stops_and_sums(
    text: str, added: list[tuple[str, ...]]
) -> None:
    assert sums(text) == added


def test_a_list_of_budgets_and_outcomes_adds_up_both() -> None:
    text = (
        "三公经费预算9万元，决算6万元，完成预算的66.67%。其中：出国费预算0万元，决算0万元；"
        "公务用车运行费预算5万元，决算4万元；公务接待费预算4万元，决算2万元。"
    )
    assert sums(text) == [("6万元", "0万元", "4万元", "2万元"), ("9万元", "0万元", "5万元", "4万元")]


def test_what_divides_a_whole_may_have_paragraphs_of_its_own() -> None:
    text = (
        "七、“三公”经费情况\n“三公”经费支出预算5万元，决算为4万元，完成预算的80%。\n（一）因公出国（境）费支出1万元。\n"
        "（二）公务用车购置及运行维护费支出2万元。\n（三）公务接待费支出1万元。\n"
    )
    assert sums(text) == [("4万元", "1万元", "2万元", "1万元")]
    assert sums(text.replace("（三）公务接待费", "（三）会议费")) == []


def test_a_paragraph_without_figures_names_the_whole_of_the_items_below_it() -> None:
    text = (
        "2.支出情况。一般公共预算财政拨款支出 8 万元，比上年减少 1 万元。\n"
        "3.比较情况。本部门2023年度一般公共预算财政拨款支出主要用于以下几个方面：\n"
        "（1）教育支出 6 万元，占 75%。\n（2）住房保障支出 2 万元，占 25%。\n"
    )
    assert sums(text) == [("8万元", "6万元", "2万元")]
    assert [each for each in asked(text) if each[0] == "share"] == [
        ("share", "75%", {"part": "6万元", "whole": "8万元"}),
        ("share", "25%", {"part": "2万元", "whole": "8万元"}),
    ]


def test_items_of_items_are_no_items_of_the_whole() -> None:
    items = "1、普通教育3万元。\n2、职业教育2万元。\n"
    text = (
        "2023年支出9万元，比上年增加1万元，增长12.5%。具体情况如下：\n"
        f"（一）教育支出5万元，增长25%，其中：\n{items}（二）住房支出4万元。\n"
    )
    assert sums(text) == [("9万元", "5万元", "4万元")]
    complete = text.replace("职业教育", "其他教育")
    assert sums(complete) == [("5万元", "3万元", "2万元"), ("9万元", "5万元", "4万元")]


@pytest.mark.parametrize("operation", ["4万元", "9万元"])
def test_parts_that_a_known_division_needs_may_stand_in_two_sentences(operation: str) -> None:
    bought = "公务用车购置及运行费4万元，其中：公务用车购置费0万元，购置0辆。"
    text = f"{bought}公务用车运行费{operation}，用于维修。"
    assert sums(text) == [("4万元", "0万元", operation)]


def test_an_adjustment_is_between_the_budget_and_the_adjusted_one_behind_it() -> None:
    text = "项目支出年初预算10万元，年中追加2万元，调整预算12万元，支出决算11万元。"
    assert asked(text) == [("change", "2万元", {"after": "12万元", "before": "10万元"})]
    assert asked("年初预算10万元，调增3万元，调减1万元，调整预算12万元。") == []


def test_a_share_is_of_the_outcome_where_a_budget_stands_beside_it() -> None:
    text = "三公经费预算9万元，决算8万元。三公经费决算中，接待费支出决算6万元，占75%。"
    assert asked(text) == [("share", "75%", {"part": "6万元", "whole": "8万元"})]


def test_how_something_compares_behind_a_reason_is_no_reason() -> None:
    text = "接待费预算9万元，决算3万元，小于预算的主要原因是厉行节约，与上年4万元相比减少1万元，下降25%。"
    assert [each[1] for each in asked(text) if each[0] in ("change", "rate_of_change")] == ["1万元", "25%"]


def test_what_goes_out_does_not_divide_the_last_of_what_comes_in() -> None:
    assert sums("收入包括：拨款5万元、结转4万元。支出包括：教育支出2万元、住房支出7万元。") == []


def test_a_change_beside_parts_with_sentences_of_their_own_is_of_its_part() -> None:
    text = "公务用车购置及运行费4万元，其中：购置费0万元；运行费4万元，比上年减少1万元，下降30%。"
    assert [each for each in asked(text) if each[0] == "rate_of_change"] == [
        ("rate_of_change", "30%", {"change": "1万元", "after": "4万元"})
    ]


def test_of_the_two_budgets_of_a_government_the_one_named_is_meant() -> None:
    text = "市级年初预算收入45亿元，调减2亿元，调整预算收入43亿元，实际完成40亿元，为调整预算的93.02%。"
    assert asked(text) == [
        ("change", "2亿元", {"after": "43亿元", "before": "45亿元"}),
        ("completion", "93.02%", {"part": "40亿元", "whole": "43亿元"}),
    ]
    beside = (
        "收入完成9亿元，为调整预算10亿元的90%，比上年增长5%。其中：税收收入完成7亿元；非税收入完成2亿元。"
    )
    assert asked(f"一般公共预算{beside}") == [
        ("completion", "90%", {"part": "9亿元", "whole": "10亿元"}),
        ("list_sum", "9亿元", {"whole1": "9亿元", "part2": "7亿元", "part3": "2亿元"}),
    ]


def test_what_some_parts_of_a_known_division_come_to_does_not_end_it() -> None:
    text = "三公经费9万元，其中：因公出国费0万元，公务用车购置费0万元，公务用车运行费9万元，公务接待费1万元。"
    assert sums(text) == [("9万元", "0万元", "0万元", "9万元", "1万元")]


def test_what_a_sentence_divides_is_named_right_before_it() -> None:
    listed = "教育支出6万元，占75%；住房支出2万元，占25%。"
    assert sums(f"支出8万元，比上年增加1万元。按功能分类科目分，{listed}") == [("8万元", "6万元", "2万元")]
    assert asked(f"接待费支出8万元，共接待5批次。按功能分类科目分，{listed}") == []


def test_items_said_twice_in_a_chapter_divide_nothing() -> None:
    text = (
        "七、“三公”经费情况\n“三公”经费支出决算为4万元，完成预算的80%。\n"
        "“三公”经费支出决算中，因公出国（境）费1万元，占25%。\n1.因公出国（境）费支出1万元，用于出访。\n"
        "2.公务用车购置及运行维护费支出2万元，用于维修。\n3.公务接待费支出1万元，用于接待。\n"
    )
    assert sums(text) == []


def test_what_was_arranged_is_divided_by_what_was_budgeted() -> None:
    text = "政府采购预算安排9万元，其中：政府采购货物预算5万元、政府采购服务预算4万元。"
    assert sums(text) == [("9万元", "5万元", "4万元")]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("公务接待费 2.00 万元，接待 40 人次，人均接待费 500 元。", "2.00万元"),
        ("公务接待费 2.00 万元，接待 8 批次、40 人次，每批次 2500 元。", "2.00万元"),
        ("车辆运行维护费 9 万元，车均运行维护费 3 万元，车辆保有量 3 辆。", "9万元"),
        # what it is the average of has a paragraph of its own
        ("公务接待费 2.00 万元。\n\n保有车辆 3 辆；接待 40 人次，人均接待费 500 元。", "2.00万元"),
    ],
)
def test_an_average_is_of_a_figure_and_of_how_many_there_are(text: str, whole: str) -> None:
    (average,) = [each for each in asked(text) if each[0] == "average"]
    assert average[2] == {"whole": whole}


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费 2.00 万元，人均接待费 500 元。",
        "公务接待费 2.00 万元，外事接待 10 人次，国内接待 40 人次，人均接待费 500 元。",
        "接待 40 人次，人均接待费 500 元。",
    ],
)
def test_an_average_of_what_is_not_said_is_not_asked(text: str) -> None:
    assert [each for each in asked(text) if each[0] == "average"] == []


def test_an_average_is_no_part_of_a_whole() -> None:
    assert asked("车辆费 9 万元。其中：购置费 0 万元，运行费 9 万元，车辆保有量 3 辆，平均每辆 3 万元。") == [
        ("average", "3万元", {"whole": "9万元"}),
        ("list_sum", "9万元", {"whole1": "9万元", "part2": "0万元", "part3": "9万元"}),
    ]


def test_a_figure_of_that_very_name_comes_before_one_of_nearly_that_name() -> None:
    text = "总收入 970 万元，其中本年收入 950 万元，年初结转 20 万元。总收入较上年减少 30 万元，下降 3%。"
    assert ("rate_of_change", "3%", {"change": "30万元", "after": "970万元"}) in asked(text)


def test_a_bracket_that_ends_with_its_sentence_is_closed() -> None:
    text = "收入总计 920 万元（含年初结转 20 万元）。与上年相比，增加 20 万元，增长 2.2%。"
    assert ("rate_of_change", "2.2%", {"change": "20万元", "after": "920万元"}) in asked(text)


def test_an_item_of_a_list_is_not_of_the_one_before() -> None:
    text = "1.接待费 5 万元。\n\n2.比上年增加 1 万元，增长 20%。"
    assert asked(text) == []


@pytest.mark.parametrize(
    ("parts", "because"),
    [
        ("教育支出 50 万元，卫生健康支出 30 万元，住房保障支出 20 万元", None),
        ("教育支出 50 万元，卫生健康支出 30 万元，住房保障支出 21 万元", None),
        # much is left out: they are the main ones
        ("教育支出 50 万元，卫生健康支出 20 万元，住房保障支出 10 万元", "list_may_be_partial"),
        ("办公费 50 万元，差旅费 30 万元，印刷费 20 万元", "list_may_be_partial"),
        ("工资福利支出 80 万元，商品和服务支出 15 万元，对个人和家庭的补助 5 万元", None),
    ],
)
def test_a_list_by_class_leaves_nothing_out(parts: str, because: str | None) -> None:
    (relation,) = stated(f"支出预算 100 万元，其中：{parts}。")
    assert relation[:3] == ("list_sum", "100万元", because)


@pytest.mark.parametrize(
    "text",
    [
        "政府采购预算 12 万元，货物 2 万元，工程 4 万元，服务 6 万元，合计 12 万元。",
        "货物 2 万元，工程 4 万元，服务 6 万元，共计 12 万元。",
    ],
)
def test_a_whole_may_come_behind_its_parts(text: str) -> None:
    parts = {"whole1": "12万元", "part2": "2万元", "part3": "4万元", "part4": "6万元"}
    assert asked(text) == [("list_sum", "12万元", parts)]


def test_parts_of_a_part_are_not_counted_up() -> None:
    assert asked("人员经费 9 万元，其中工资 5 万元，公用经费 5 万元，合计 14 万元。") == []


@pytest.mark.parametrize("opening", ["年初为", "期初数"])
def test_a_balance_is_counted_from_the_beginning_of_the_year(opening: str) -> None:
    text = f"资产总额为 90 万元，{opening} 60 万元，增加 30 万元，增长 50%。"
    assert asked(text) == [
        ("change", "30万元", {"after": "90万元", "before": "60万元"}),
        ("rate_of_change", "50%", {"change": "30万元", "before": "60万元"}),
    ]


def test_an_aside_about_a_year_is_no_subject() -> None:
    (relation,) = stated("财政拨款收入 9 万元，比 2022 年（上一年度，下同）预算增加 1 万元。")
    assert relation == ("change", "1万元", "before_not_printed", {"after": "9万元"})


def test_a_name_that_ends_with_growth_is_a_name() -> None:
    text = "项目预算 10 万元，其中支持外贸 7 万元，支持稳增长 2 万元，支持消费 1 万元，合计 10 万元。"
    assert [kind for kind, *_ in stated(text) if kind == "change"] == []


@pytest.mark.parametrize(
    ("parts", "taken"),
    [
        # what there is nothing of is named, too: the last figure is one of the parts
        ("拨款收入 90 万元、基金收入 0 万元、事业收入 0 万元、其他收入 7 万元", 4),
        ("拨款收入 90 万元、基金收入 0 万元、事业收入 0 万元、其他收入 0 万元", 4),
        # divided again by what it is spent on
        ("拨款支出 90 万元、基金支出 0 万元、事业支出 0 万元、人员支出 90 万元", 2),
        ("拨款支出 90 万元、基金支出 0 万元、人员支出 70 万元、公用支出 20 万元", 2),
    ],
)
def test_a_list_of_noughts_goes_on_behind_what_makes_the_whole(parts: str, taken: int) -> None:
    (relation,) = stated(f"本部门收入 90 万元，其中：{parts}。")
    assert (relation[2], len(relation[3]) - 1) == (None, taken)


def test_what_stands_below_all_parts_of_a_division_is_none_of_them() -> None:
    whole = "三公经费预算支出 5 万元。其中：\n\n"
    parts = (
        "因公出国费 0 万元；\n\n公务接待费 2 万元；\n\n公务用车运行维护费 3 万元；\n\n公务用车购置费 0 万元。"
    )
    ((kind, figure, terms),) = asked(f"{whole}{parts}\n\n培训费预算支出 0 万元。")
    assert (kind, figure, list(terms.values())) == (
        "list_sum", "5万元", ["5万元", "0万元", "2万元", "3万元", "0万元"],
    )  # fmt: skip
