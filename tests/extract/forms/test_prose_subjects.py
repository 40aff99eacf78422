"""What a figure of the prose is said of, where the words right before it do not say it alone."""

from __future__ import annotations

import pytest

from extract.forms.narrative import read_narrative
from extract.forms.paragraphs import paragraphs
from extract.forms.relations import relations_of
from extract.page_marks import is_page_mark
from extract.readers.text import read_text
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY

YEAR = 2023


def said(text: str, *fields: str) -> list[tuple[str | None, ...]]:
    read, _ = read_narrative(paragraphs(read_text(text)), DOCUMENT_ID, VOCABULARY.prose, YEAR)
    return [tuple(getattr(each.claim, field) for field in fields) for figures in read for each in figures]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("收入 9 万元，其中甲项 5 万元、乙项 4 万元，较上年减少 1 万元。", "收入"),
        ("收入 9 万元，其中：甲项 5 万元和乙项 4 万元，较上年减少 1 万元。", "收入"),
        # with commas between the items it may be the last one's, and one item alone has it
        ("收入 9 万元，其中甲项 5 万元，乙项 4 万元，较上年减少 1 万元。", "乙项"),
        ("收入 9 万元，其中甲项 5 万元，较上年减少 1 万元。", "甲项"),
        # where an item has a change of its own, the last one has too
        ("收入 9 万元，其中甲项 5 万元，较上年增加 1 万元，乙项 4 万元，较上年减少 1 万元。", "乙项"),
        ("收入 9 万元，其中甲项 5 万元、乙项 4 万元，乙项较上年减少 1 万元。", "乙项"),
    ],
)
def test_what_follows_a_tight_list_is_said_of_its_whole(text: str, subject: str) -> None:
    assert said(text, "kind", "subject")[-1] == ("change", subject)


@pytest.mark.parametrize(
    ("reason", "subject", "direction"),
    [
        ("新增办公用房经费 2 万元", "办公用房经费", "up"),
        ("项目支出减少平台租赁费 2 万元", "平台租赁费", "down"),
        ("增加了养老保险、职业年金缴费等 2 万元", "养老保险、职业年金缴费等", "up"),
        ("扶贫经费压减 2 万元", "扶贫经费", "down"),
    ],
)
def test_a_reason_says_what_there_is_more_or_less_of(reason: str, subject: str, direction: str) -> None:
    text = f"培训费 9 万元，比上年增加 1 万元，主要原因是{reason}。"
    assert said(text, "kind", "subject", "direction")[-1] == ("change", subject, direction)


def test_a_figure_of_a_reason_that_nothing_moved_stays_a_level() -> None:
    text = "培训费 9 万元，比上年增加 1 万元，主要原因是增人增资，专项经费 2 万元。"
    assert said(text, "kind", "subject")[-1] == ("level", "专项经费")


def test_a_rate_in_a_reason_is_of_what_the_reason_names() -> None:
    text = "培训费 9 万元，比上年减少 1 万元，减少 10%，主要原因是按照规定运转类经费统一压减 5%。"
    assert said(text, "kind", "subject") == [
        ("level", "培训费"),
        ("change", "培训费"),
        ("rate", "培训费"),
        ("rate", "运转类经费"),
    ]


def test_income_and_expenditure_joined_by_a_comma_are_one_name() -> None:
    assert said("财政拨款收、支总预算 9 万元。", "subject") == [("财政拨款收、支",)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [("某某局本年支出预算合计 9 万元", "某某局本年支出"), ("上年度列入的机动经费 9 万元", "列入的机动经费")],
)
def test_a_name_keeps_what_belongs_to_it(text: str, subject: str) -> None:
    assert said(text, "subject") == [(subject,)]


@pytest.mark.parametrize("text", ["─ 7 ─", "━11━", "- 5 -", "第5页"])
def test_a_page_number_between_lines_is_a_page_mark(text: str) -> None:
    assert is_page_mark(text)


@pytest.mark.parametrize(
    ("words", "direction", "because"),
    [
        ("翻了一番", "up", None),
        ("翻番", "up", None),
        ("增长了近一倍", "up", None),
        ("减半", "down", None),
        ("下降五成", "down", None),
        ("持平", "equal", None),
        ("没有增减变化", "equal", None),
        ("基本相当", "equal", "about_equal"),
    ],
)
def test_a_size_in_words_says_which_way_it_went(words: str, direction: str, because: str | None) -> None:
    prose = paragraphs(read_text(f"会议费 9 万元，上年 8 万元，比上年{words}。"))
    read, _ = read_narrative(prose, DOCUMENT_ID, VOCABULARY.prose, YEAR)
    (relation,), _ = relations_of(prose, read, DOCUMENT_ID, VOCABULARY.prose)
    assert (relation.kind, relation.direction, relation.not_asked_because) == (
        "comparison",
        direction,
        because,
    )
