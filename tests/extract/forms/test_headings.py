"""Headings of the prose, the list of contents before it, and numbers that are left out."""

from __future__ import annotations

import pytest

from extract.blocks import Box, Text
from extract.forms.headings import read_headings
from extract.forms.paragraphs import paragraphs
from tests.extract.drawing import blocks


def found(drawing: str, kind: str) -> list[str]:
    return [each.text for each in read_headings(paragraphs(blocks(drawing))) if each.kind == kind]


_PROSE = "本单位承担若干职责，内设办公室，全部收支纳入预算管理，没有其他需要说明的事项。"

_WITH_CONTENTS = f"""
    目  录

    第一部分 单位概况......1
    一、主要职责{"…" * 90}1
    二、机构设置......2
    第二部分 名词解释......3

    第一部分 单位概况
    一、主要职责
    {_PROSE}
    第二部分 名词解释
    {_PROSE}
"""


def test_a_line_of_the_list_of_contents_is_no_heading() -> None:
    assert found(_WITH_CONTENTS, "contents_entry") == [
        "第一部分 单位概况",
        "一、主要职责",
        "二、机构设置",
        "第二部分 名词解释",
    ]
    assert found(_WITH_CONTENTS, "heading") == ["第一部分 单位概况", "一、主要职责", "第二部分 名词解释"]


def test_lines_of_contents_that_leaders_fill_to_the_margin_of_a_page_are_not_joined() -> None:
    entries = ["一、主要职责", "二、机构设置", "1.收支预算总表", "三、名词解释"]
    lines = ["目 录", *(f"{entry}{'…' * 40}" for entry in entries)]
    contents = [
        Text(line, number, page_no=1, level=level, box=Box(90, 20.0 * number, 500, 20.0 * number + 12))
        for number, (line, level) in enumerate(zip(lines, (1, 2, 2, None, 2), strict=True), 1)
    ]
    title = Text("2024年部门预算编制说明", line_no=1, page_no=2, box=Box(220, 20, 370, 32))
    prose = Text(_PROSE, line_no=2, page_no=2, box=Box(90, 60, 450, 72))
    told = read_headings(paragraphs([*contents, title, prose]))
    assert [each.text for each in told if each.kind == "contents_entry"] == entries


def test_a_sentence_behind_the_list_of_contents_is_no_line_of_it() -> None:
    entries = "一、主要职责\n二、机构设置\n"
    drawing = f"目录\n{entries}\n本单位的数字均以万元列示，四舍五入。\n\n一、主要职责\n{_PROSE}\n"
    assert found(drawing, "contents_entry") == ["一、主要职责", "二、机构设置"]


def test_headings_at_the_start_that_all_return_are_a_list_of_contents_without_a_title() -> None:
    headings = "一、主要职责\n二、机构设置\n三、收支情况\n四、名词解释\n"
    chapters = "".join(f"{line}\n{_PROSE}\n" for line in headings.splitlines())
    assert len(found(headings + chapters, "contents_entry")) == 4
    assert found(headings + chapters, "heading") == headings.split()
    assert found(chapters, "contents_entry") == []


def test_a_document_that_is_nothing_but_a_list_has_no_list_of_contents() -> None:
    assert found("目录\n一、主要职责\n二、机构设置\n", "contents_entry") == []


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        ("一 二 三 四", []),
        ("一 二 四 五", ["二、 → 四、"]),
        ("八 九 十 十一 十三", ["十一、 → 十三、"]),
        ("一 二 三 一 二 三", []),  # they begin again
        ("一 三", []),  # too few to tell
        ("一 二 五", []),  # what is in between is not known: they may be lists of two kinds
    ],
)
def test_a_number_left_out_between_chapters_is_found(numbers: str, gaps: list[str]) -> None:
    drawing = "\n".join(f"{number}、某项情况\n{_PROSE}" for number in numbers.split())
    assert found(drawing, "number_gap") == gaps


def test_a_number_within_a_line_is_not_left_out() -> None:
    drawing = f"一、甲\n{_PROSE}\n二、乙\n{_PROSE}三、丙\n四、丁\n{_PROSE}"
    assert found(drawing, "number_gap") == []


def test_a_part_left_out_is_found_and_chapters_are_counted_within_their_part() -> None:
    part = f"一、甲\n{_PROSE}\n二、乙\n{_PROSE}\n三、丙\n{_PROSE}\n"
    assert found(f"第一部分 概况\n{part}第三部分 说明\n{part}", "number_gap") == ["第一部分 → 第三部分"]
    assert found(f"第一部分 概况\n{part}第二部分 说明\n五、丁\n{_PROSE}\n", "number_gap") == []
