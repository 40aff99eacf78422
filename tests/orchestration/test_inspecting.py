"""A folder of disclosures inspected twice: the workbook, the notices, and what became of the first round."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from orchestration.command.inspect import NOTICES, WORKBOOK, inspect_folder
from orchestration.command.terminal import UsageError
from orchestration.inspecting.changes import GONE, MENDED, NEW, STILL, changes
from orchestration.inspecting.rounds import ROUND_FILE, Point, Round, kept
from tests.warehouse.whole_disclosure import whole

_NAMES = ("示例县卫生局", "示例县教育局", "示例县水利局")
_HEALTH, _SCHOOLS, _WATER = _NAMES


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text.replace(_HEALTH, name), encoding="utf-8")


def without_small_firms(text: str) -> str:
    return text.replace("授予中小企业合同金额8.00万元，占政府采购支出总额的100%。", "")


@pytest.fixture(scope="module")
def two_rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One mended form, one statement that is still lacking, one form that was there before."""
    home = tmp_path_factory.mktemp("inspection")
    write(home / "first", _HEALTH, whole(without="公开02表"))
    write(home / "first", _SCHOOLS, without_small_firms(whole()))
    write(home / "first", _WATER, whole())
    write(home / "second", _HEALTH, whole())
    write(home / "second", _SCHOOLS, without_small_firms(whole()))
    write(home / "second", _WATER, whole(without="公开02表"))
    assert inspect_folder(home / "first", home / "results") == 0
    assert inspect_folder(home / "second", home / "results again", home / "results") == 0
    return home / "results", home / "results again"


def rows(workbook: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(workbook).get_sheet_by_name(sheet).to_python()]


def test_each_disclosure_is_a_row_and_each_rule_a_column(two_rounds: tuple[Path, Path]) -> None:
    first, _ = two_rounds
    header, *told = rows(first / WORKBOOK, "检查表")
    column = header.index("公开收入决算表")
    assert {row[0]: row[column] for row in told} == {_HEALTH: "不符合", _SCHOOLS: "符合", _WATER: "符合"}
    assert {row[0]: row[header.index("不符合")] for row in told} == {_HEALTH: 1, _SCHOOLS: 1, _WATER: 0}


def test_what_is_wrong_is_told_with_its_rule_and_what_to_do(two_rounds: tuple[Path, Path]) -> None:
    first, _ = two_rounds
    header, *told = rows(first / WORKBOOK, "明细")
    (form,) = [
        dict(zip(header, row, strict=True)) for row in told if row[0] == _HEALTH and row[5] == "不符合"
    ]
    assert form["问题"] == "公开收入决算表：未见收入决算表"
    assert "财预〔2016〕143号" in str(form["依据"])
    assert str(form["整改建议"]).startswith("补充公开")


def test_a_notice_is_written_for_those_of_whom_something_is_wrong(two_rounds: tuple[Path, Path]) -> None:
    first, again = two_rounds
    assert {path.stem for path in (first / NOTICES).iterdir()} == {_HEALTH, _SCHOOLS}
    document = docx.Document(str(again / NOTICES / f"{_SCHOOLS}.docx"))
    said = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert any("中小企业" in text and text.endswith("（上次检查已指出）") for text in said)


def test_the_second_round_says_what_was_mended_what_is_still_there_and_what_is_new(
    two_rounds: tuple[Path, Path],
) -> None:
    _, again = two_rounds
    _, *told = rows(again / WORKBOOK, "整改情况")
    assert {(row[0], row[1]) for row in told} == {(MENDED, _HEALTH), (STILL, _SCHOOLS), (NEW, _WATER)}


def point(outcome: str, item: str = "form.a", name: str = "甲") -> Point:
    return Point(
        "a.txt", name, 2023, "budget", "department", False, item, item, outcome, (), "", "", True, ""
    )


def test_what_cannot_be_judged_now_is_not_said_to_be_mended() -> None:
    before, now = Round((point("not_met"),), ()), Round((point("cannot_be_judged"),), ())
    assert [change.became for change in changes(before, now)] == [STILL]


def test_of_a_disclosure_without_a_file_now_nothing_is_known() -> None:
    before, now = Round((point("not_met"),), ()), Round((point("met", name="乙"),), ())
    assert [change.became for change in changes(before, now)] == [GONE]


def test_a_folder_that_is_not_there_or_holds_no_round_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        inspect_folder(tmp_path / "nowhere", tmp_path / "out")
    write(tmp_path / "some", _HEALTH, whole())
    with pytest.raises(UsageError, match=ROUND_FILE):
        inspect_folder(tmp_path / "some", tmp_path / "out", tmp_path)


def test_a_damaged_round_is_refused(tmp_path: Path) -> None:
    (tmp_path / ROUND_FILE).write_text('{"points": [{}], "unread": []}', encoding="utf-8")
    with pytest.raises(ValueError, match="another version"):
        kept(tmp_path)


_ROSTER = """region_code,publisher_name,document_level,fiscal_year,stage,approved_on,is_exempt
110101,示例县卫生局,department,2023,final_accounts,2024-08-01,
110101,示例县财政局,department,2023,final_accounts,2024-08-01,
110101,示例县保密局,department,2023,final_accounts,,是
"""


def test_with_a_roster_it_says_who_has_published_nothing_and_for_how_long(tmp_path: Path) -> None:
    write(tmp_path / "some", _HEALTH, whole())
    (tmp_path / "roster.csv").write_text(_ROSTER, encoding="utf-8")
    assert (
        inspect_folder(tmp_path / "some", tmp_path / "out", None, tmp_path / "roster.csv", date(2024, 9, 1))
        == 0
    )
    _, *told = rows(tmp_path / "out" / WORKBOOK, "公开情况")
    assert {(row[0], row[4], row[7]) for row in told} == {
        (_HEALTH, "已公开（日期不明）", ""),
        ("示例县财政局", "未公开", 11),
        ("示例县保密局", "不予公开", ""),
    }
    assert {each.publication_status for each in kept(tmp_path / "out").publications} == {
        "published_some_day",
        "not_published",
        "exempt",
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("publisher_name\n甲\n", "no column region_code"),
        (_ROSTER.replace("2024-08-01", "some day"), "could not parse"),
        (_ROSTER.replace("示例县财政局", ""), "says nothing under publisher_name"),
    ],
)
def test_what_is_no_roster_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path / "some", _HEALTH, whole())
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=reason):
        inspect_folder(tmp_path / "some", tmp_path / "out", None, tmp_path / "roster.csv")


_SLIPS: tuple[tuple[str, str], ...] = (
    ("本年支出合计100.00万元", "本年支出合计101.00万元"),
    ("政府采购货物支出8.00万元", "政府采购货物支出3.00万元"),
    ("\t合计\t100.00\t60.00\t40.00", "\t合计\t100.00\t60.00\t44.00"),
    ("301\t工资福利支出\t50.00", "301\t工资福利支出\t55.00"),
    ("2023年度收入总计100.00万元", "2023年度收入总计109.00万元"),
)


def slipped(number: int) -> str:
    text, (right, wrong) = whole(), _SLIPS[number % len(_SLIPS)]
    assert right in text
    return text.replace(right, wrong, 1)


def test_of_ten_slips_six_mended_and_one_new_it_says_six_four_and_one(tmp_path: Path) -> None:
    names = [f"甲{number}县水利局" for number in range(11)]
    for number, name in enumerate(names):
        has_slip_before, has_slip_after = number < 10, number < 4 or number == 10
        write(tmp_path / "first", name, slipped(number) if has_slip_before else whole())
        write(tmp_path / "second", name, slipped(number) if has_slip_after else whole())
    assert inspect_folder(tmp_path / "first", tmp_path / "results") == 0
    assert inspect_folder(tmp_path / "second", tmp_path / "again", tmp_path / "results") == 0
    _, *told = rows(tmp_path / "again" / WORKBOOK, "整改情况")
    assert Counter(row[0] for row in told) == {MENDED: 6, STILL: 4, NEW: 1}
    assert {row[1] for row in told if row[0] == NEW} == {names[10]}


def test_a_blank_template_is_named_as_one(tmp_path: Path) -> None:
    template = Path(__file__).parents[2] / "warehouse" / "samples" / "blank-template.txt"
    write(tmp_path / "some", _HEALTH, whole())
    (tmp_path / "some" / "blank.txt").write_bytes(template.read_bytes())
    assert inspect_folder(tmp_path / "some", tmp_path / "out") == 1
    assert kept(tmp_path / "out").unread == (("blank.txt", "空白模板"),)
