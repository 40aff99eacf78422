"""A draft held against what was approved: each figure that is another one is named, and no other."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from orchestration.checking.against import compare
from orchestration.command.check import SOMETHING_FOUND, check_files
from orchestration.command.options import CheckFormat, Severity
from orchestration.command.terminal import UsageError
from orchestration.reports.words import Language
from tests.warehouse.whole_disclosure import whole

SAMPLE = Path(__file__).parents[2] / "warehouse" / "samples" / "shanghai-unit-budget-2025-example.xlsx"
CHANGED = {"B27": 1_001_000, "F74": 71_000, "E144": 670_100}
_BUDGET = """示例县卫生局2024年部门预算

2024年部门一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
210\t卫生健康支出\t{total}\t60.00\t{project}
21011\t行政事业单位医疗\t{total}\t60.00\t{project}
2101101\t行政单位医疗\t{total}\t60.00\t{project}
\t合计\t{total}\t60.00\t{project}
"""
# an export has a title of its own, yuan, and nothing that says whose or of when it is
_EXPORT = """一般公共预算支出批复情况
单位：元
功能科目编码\t功能科目名称\t预算数合计\t基本支出\t项目支出
210\t卫生健康支出\t1000000.00\t600000.00\t400000.00
21011\t行政事业单位医疗\t1000000.00\t600000.00\t400000.00
2101101\t行政单位医疗\t1000000.00\t600000.00\t400000.00
\t合计\t1000000.00\t600000.00\t400000.00
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The sample with three figures changed."""
    book = openpyxl.load_workbook(SAMPLE)
    (sheet,) = book.worksheets
    for place, value in CHANGED.items():
        sheet[place].value = value
    file = tmp_path / "draft.xlsx"
    book.save(file)
    return file


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_three_changed_figures_of_a_workbook_are_exactly_the_three_that_are_named(draft: Path) -> None:
    found = compare(draft, SAMPLE)
    assert [each.draft_text for each in found.differences] == ["1,001,000.00", "71,000.00", "670,100.00"]
    assert [each.approved_text for each in found.differences] == ["1,000,000.00", "70,000.00", "670,000.00"]
    assert [each.draft_line for each in found.differences] == [27, 74, 144]
    assert found.compared == found.approved_figures


def test_a_file_is_as_itself() -> None:
    assert compare(SAMPLE, SAMPLE).differences == ()


def test_an_export_in_another_unit_and_layout_is_matched_by_what_its_figures_are_of(tmp_path: Path) -> None:
    approved = write(tmp_path, "approved.txt", _EXPORT)
    same = compare(write(tmp_path, "same.txt", _BUDGET.format(total="100.00", project="40.00")), approved)
    assert (same.differences, same.compared) == ((), 12)
    more = compare(write(tmp_path, "more.txt", _BUDGET.format(total="105.00", project="45.00")), approved)
    assert {(each.draft_text, each.approved_text) for each in more.differences} == {
        ("105.00", "1000000.00"),
        ("45.00", "400000.00"),
    }
    assert len(more.differences) == 8


def test_a_row_that_only_one_of_them_has_is_a_difference(tmp_path: Path) -> None:
    with_row = "2101101\t行政单位医疗\t100.00\t60.00\t40.00\n"
    with_rows = "2101101\t行政单位医疗\t70.00\t60.00\t10.00\n2101102\t事业单位医疗\t30.00\t\t30.00\n"
    approved = write(tmp_path, "approved.txt", whole())
    found = compare(write(tmp_path, "draft.txt", whole().replace(with_row, with_rows)), approved)
    assert {each.row_label for each in found.differences if each.approved_text is None} == {"事业单位医疗"}


def test_the_command_lists_them_in_both_languages_and_for_programs(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_files([draft], CheckFormat.LIST, language=Language.ZH, against=SAMPLE)
    said = capsys.readouterr().out
    assert "公开稿 1,001,000.00 元，批复 1,000,000.00 元" in said
    assert "不一致 3 处" in said
    check_files([draft], CheckFormat.LIST, language=Language.EN, against=SAMPLE)
    assert "3 differences" in capsys.readouterr().out
    status = check_files([draft], CheckFormat.JSON, against=SAMPLE, fail_on=Severity.DISCREPANCY)
    assert len(json.loads(capsys.readouterr().out)["against"]["differences"]) == 3
    assert status == SOMETHING_FOUND


def test_what_cannot_be_held_against_it_is_refused_in_words(draft: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        check_files([draft], CheckFormat.LIST, language=Language.EN, against=tmp_path / "nowhere.xlsx")
    with pytest.raises(UsageError, match="no figures"):
        check_files(
            [draft],
            CheckFormat.LIST,
            language=Language.EN,
            against=write(tmp_path, "words.txt", "没有数字。"),
        )
    with pytest.raises(UsageError, match="one draft"):
        check_files([draft, SAMPLE], CheckFormat.LIST, language=Language.EN, against=SAMPLE)
