"""Text cells of performance forms are prose too: claims and counts with the place of their cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.document import read_document
from extract.forms import understand
from extract.landing import LandedFile
from extract.printed import PrintedDocument, PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks

FORM = """
    表14

    项目支出绩效目标表

    | 项目名称 | | 检查经费 | | |
    | 资金金额（万元） | | 年度资金总额： | 9 | |
    | 总体目标 | {goal} | | | |
    | 绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 |
    | | 产出指标 | 数量指标 | 检查次数 | ≥3次 |
    | | | 成本指标 | 总成本；印刷费 | 9万元；4万元 |
    | | | 质量指标 | 合格率 | {target} |
    """


def document(goal: str, target: str = "100%") -> PrintedDocument:
    return understood(FORM.format(goal=goal, target=target))


def understood(drawing: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "f.txt", "text/plain", extractor_version="v", status="read")
    return understand(blocks(drawing), facts, VOCABULARY)


def test_a_goal_yields_claims_and_counts_with_the_place_of_its_cell() -> None:
    read = document("全年支出9万元，其中印刷费4万元，检查企业25家。")
    (form,) = read.forms
    places = [(claim.subject, claim.claim_text, claim.line_no, claim.field_no) for claim in read.claims]
    assert places == [("支出", "9万元", 7, 1), ("印刷费", "4万元", 7, 1)]
    assert {claim.form_id for claim in read.claims} == {form.form_id}
    assert [(count.subject, count.count_text, count.form_id, count.field_no) for count in read.counts] == [
        ("检查企业", "25", form.form_id, 1)
    ]


def test_relations_inside_a_cell_are_asked() -> None:
    read = document("全年支出共计8万元，其中印刷费4万元，占总支出的50%。")
    shares = [relation for relation in read.relations if relation.kind == "share"]
    assert [relation.not_asked_because for relation in shares] == [None]


def test_a_target_that_is_a_quantity_is_an_indicator_alone_and_a_sentence_is_prose() -> None:
    read = document("做好检查。", target="拨付5万元，结余2万元")
    assert [claim.claim_text for claim in read.claims] == ["5万元", "2万元"]


def test_percentages_of_a_cell_without_money_are_no_claims() -> None:
    assert document("预算完成率=100%的得10分，完成90%的得9分。").claims == ()


def test_a_cell_that_a_page_cut_prints_again_is_read_once() -> None:
    text = FORM.format(goal="支出7万元，完成检查。", target="100%")
    rows = text[text.index("    | 项目名称") :]
    read = understood(text + "\n" + rows)
    assert [claim.claim_text for claim in read.claims] == ["7万元"]


# Shares no code with extract: what a person would underline.
_MONEY = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*(?:亿元|万元|元|[亿万](?![人家个户条次辆平亩多余\d]))")


@pytest.mark.parametrize(
    "name", ["000_968a4590931fbfcf", "001_94a3ed044e7312ad", "002_e16550085fe66be4", "003_208f12fb395773e2"]
)
def test_nearly_every_numeral_with_a_unit_of_money_is_told(corpus: Path, name: str) -> None:
    (path,) = (corpus / "text").glob(f"{name}*")
    data = path.read_bytes()
    read = read_document(LandedFile(DOCUMENT_ID, path.name, "text/plain", len(data)), data)
    values = [text for row in read.indicators for text in (row.target_text, row.actual_text) if text]
    told = "\n".join((
        *(claim.claim_text for claim in read.claims),
        *(reject.printed_text for reject in read.rejects),
        *(re.sub(r"\s", "", text) for text in values),
        *(re.sub(r"\s", "", amount.amount_text) for amount in read.amounts),
    ))  # fmt: skip
    printed = {re.sub(r"\s", "", found) for found in _MONEY.findall(data.decode("utf-8"))}
    missed = {found for found in printed if not re.search(rf"(?<![\d.]){re.escape(found)}", told)}
    assert len(missed) <= 0.03 * len(printed), missed
