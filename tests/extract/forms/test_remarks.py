"""Words that tell without being an amount, and words that only look like it."""

from __future__ import annotations

import pytest

from extract.forms.captions import sections
from extract.forms.page_cuts import stitch
from extract.forms.paragraphs import paragraphs
from extract.forms.remarks import read_remarks
from extract.normalize import stage
from extract.printed import PrintedDocument, PrintedFacts, PrintedRemark, printed_frames
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks


def remarks(drawing: str) -> tuple[PrintedRemark, ...]:
    read = blocks(drawing)
    forms = enumerate(stitch(sections(read, VOCABULARY), VOCABULARY), 1)
    return read_remarks(
        paragraphs(read), [(f"form {number}", form) for number, form in forms], DOCUMENT_ID, VOCABULARY
    )


def said(drawing: str, kind: str, *fields: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(r, field) for field in fields) for r in remarks(drawing) if r.kind == kind]


@pytest.mark.parametrize(
    ("text", "left_in"),
    [
        ("××局20××年支出XXX万元，其中某某项目＿＿＿万元。", ["××", "20××", "XXX", "某某", "＿＿＿"]),
        ("ＸＸ单位共有车辆〇〇辆。", ["ＸＸ", "〇〇"]),
        ("较上年增加（减少）3.5万元。", ["增加（减少）3.5"]),
        ("较上年增减少3.5万元。", ["增减少3.5"]),
        ("较上年（增加/减少）3.5万元。", ["（增加/减少）3.5"]),
        ("某些项目由某项资金安排，某县除外。", []),
        ("采购DXX-100型设备，网址a.gov.cn/xx_yy，证号6101××××0012。", []),
        ("二〇〇八年起共一〇〇项，约3×4米。", []),
        ("负责人签字：______，收支增减情况见表。", []),
    ],
)
def test_placeholders_are_what_a_template_leaves_to_be_filled(text: str, left_in: list[str]) -> None:
    assert said(text, "placeholder", "text") == [(words,) for words in left_in]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        (
            "较上年增加（减少）0万元，增长（下降）0.00%。",
            "open_choice",
            ["增加（减少）0", "增长（下降）0.00"],
        ),
        ("较上年增加（减少）0.5万元。", "open_choice", []),
        ("支出5万元，主要原因是。", "empty_reason", ["原因是。"]),
        ("主要原因：一是人员增加；主要原因是人员增加。", "empty_reason", []),
        ("会议费5万元，较上年减少，原因是少开会。", "direction_alone", ["较上年减少，"]),
        ("较上年减少1万元，较上年有所增加，与上年持平。", "direction_alone", []),
        ("收入5万元。，支出5万元，，其中", "doubled_mark", ["。，", "，，"]),
        ("等等……。说明见后，一、基本情况", "doubled_mark", []),
        ("支出（不含结转5万元。", "open_bracket", ["支出（"]),
        ("支出5万元）。", "open_bracket", ["支出5万元）"]),
        ("（十一）收入（含结转）：1）基本支出；2)项目支出。", "open_bracket", []),
        ("按照”三公”经费规定和《示例办法（试行）》。", "open_bracket", ["按照”", "按照”三公”"]),
        ("“三公”经费《示例办法》（“一上”）。", "open_bracket", []),
        ("减少为0.00万元，与2024年持平。", "open_choice", ["减少为0.00万元，与2024年持平"]),
        ("减少为0.50万元，与2024年持平；减少0.50万元，项目与上年持平。", "open_choice", []),
    ],
)
def test_what_was_written_carelessly_is_found_with_its_place(text: str, kind: str, found: list[str]) -> None:
    assert said(text, kind, "text", "line_no") == [(words, 1) for words in found]


def test_a_placeholder_in_a_cell_is_of_its_form() -> None:
    drawing = """
        表10

        部门综合预算专项业务经费支出表

        单位：元

        | 单位编码 | 单位（项目）名称 | 项目金额 |
        |          | ××项目         | 100      |
        """
    assert said(drawing, "placeholder", "form_id", "text", "line_no") == [("form 1", "××", 8)]


@pytest.mark.parametrize(
    ("text", "subject", "compared_with"),
    [
        ("（3）职工培训（2050803）0.05万元，较上年无增减；", "职工培训", "上年"),
        ("会议费 1 万元，与上年持平。", "会议费", "上年"),
        ("会议费与上年一致。", "会议费", "上年"),
        ("会议费 2 万元，培训费与年初预算数持平。", "培训费", "年初预算数"),
        ("会议费 2 万元，较上年减少 1 万元，与2023年预算持平。", "会议费", "2023年"),
        ("会议费 2 万元，比年初预算增加 1 万元，与全年预算数持平。", "会议费", "全年预算数"),
        ("2024年会议费没有变化。", "会议费", None),
    ],
)
def test_no_change_is_said_of_a_subject_against_a_basis(
    text: str, subject: str, compared_with: str | None
) -> None:
    assert said(text, "no_change", "subject", "compared_with") == [(subject, compared_with)]


def test_no_change_against_two_bases_is_of_one_subject() -> None:
    text = "三公经费5万元，比上年增加1万元。其中，出国费比预算无增减变化，比去年无增减变化，接待费1万元。"
    assert [subject for (subject,) in said(text, "no_change", "subject")] == ["出国费", "出国费"]


def test_about_the_same_is_not_the_same() -> None:
    assert said("会议费与上年基本持平，略增 0.1 万元。（如持平作持平表述）", "no_change", "subject") == []


@pytest.mark.parametrize(
    ("caption", "years"),
    [
        ("2023年部门综合预算收支总表", ["2023"]),
        ("部门综合预算收支总表", []),
        ("部门综合预算收支总表\n（2023年度）", ["2023"]),
        ("部门综合预算财政拨款结转资金支出表（2023年结转）", []),
        ("市级预算（项目）绩效目标自评表（2023 年度）", ["2023"]),
    ],
)
def test_the_year_of_a_form_stands_in_its_title_or_alone_below(caption: str, years: list[str]) -> None:
    drawing = f"表1\n{caption}\n单位：元\n| 项目 | 预算数 |\n| 收入 | 1 |"
    assert said(drawing, "form_year", "year_text") == [(year,) for year in years]


def test_remarks_are_staged_with_years_and_bases_as_claims_have_them() -> None:
    found = remarks(
        "会议费与去年持平。\n\n培训费与变动预算持平。\n\n接待费与年初数持平。\n\n2023年部门综合预算收支总表\n\n单位：元\n\n"
        "| 项目 | 预算数 |\n| 收入 | 1 |"
    )
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    staged = stage(printed_frames([PrintedDocument(facts, remarks=found)]))["remarks"]
    assert staged.select("kind", "subject", "compared_with", "year", "line_no").rows() == [
        ("no_change", "会议费", "last_year", None, 1),
        ("no_change", "培训费", "adjusted_budget", None, 3),
        ("no_change", "接待费", "budget", None, 5),
        ("form_year", None, None, 2023, 7),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("本部门没有政府性基金预算拨款，故本表为空表。", "none_of", ["没有政府性基金预算拨款", "本表为空表"]),
        ("机关运行经费：我单位不适用。", "none_of", []),  # of what is said is in another clause
        ("负责政府性基金管理，无形资产购置按规定办理。", "none_of", []),
        ("机关运行经费，是指为保障运行购买货物和服务的经费。", "explained_term", ["机关运行经费，是指"]),
        ("机关运行经费20万元，包括办公费。", "explained_term", []),
        ("联系电话13800000000。", "personal_data", ["13800000000"]),
        ("证号110101199003070000，项目编码51000021R000000019951。", "personal_data", ["110101199003070000"]),
        ("金额13800000000元，文号20240000000。", "personal_data", []),
        ("（征求意见稿）", "draft_mark", ["征求意见稿"]),
        ("注：按照规定，涉密内容未在本表列示。", "left_out", ["涉密内容未在本表列示"]),
        ("注：本表不含涉密项目。", "left_out", ["不含涉密"]),
        ("本单位负责保密管理，未发生泄密。", "left_out", []),
        ("注：本表收入含财政专户管理资金。", "other_money", ["本表收入含财政专户"]),
        ("本表反映部门的收入情况。", "other_money", []),
    ],
)
def test_what_an_inspection_looks_for_is_found(text: str, kind: str, found: list[str]) -> None:
    assert said(text, kind, "text") == [(words,) for words in found]


def test_that_there_is_none_may_be_said_in_a_cell_of_the_form() -> None:
    drawing = "表9\n政府性基金收支表\n单位：元\n| 项目 | 预算数 |\n| 注：本单位没有政府性基金预算收支 | |"
    assert said(drawing, "none_of", "form_id", "text") == [("form 1", "没有政府性基金预算收支")]
