"""Who reads a message, a report, a workbook or a Chinese view meets the words of the field.

Whole files are looked through, so that a word that comes back in any of them is found. What is matched
against printed text (patterns, titles, headers) may hold any word.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# 疑似差错 is said of what does not agree, and is no verdict
ODD = re.compile(
    "勾稽|存疑|(?<!疑似)(?<!的)差错|待查|无从核对|已隔离|别无其他可能|可修复多处|较为可能|核定为|已按核定"
    "|印作|印有|行未印出|重印行|占位符|无理由空表|公开质量|记分|首选口径|无法辨认|政府经济分类类级"
    "|文字算术|原因标识|原因类型"
)
_READ_BY_PEOPLE = {
    "dbt_project": ("csv", "yml", "sql", "md"),
    "orchestration": ("py", "csv", "sql", "j2", "js", "yaml", "md"),
    "extract/records": ("py",),
}
_MATCHED_WITH_PRINTED_TEXT = {
    "title_words.csv",
    "header_words.csv",
    "form_titles.csv",
    "remark_patterns.csv",
    "prose_words.csv",
    "row_words.csv",
}


def files() -> list[Path]:
    found = [
        file
        for folder, endings in _READ_BY_PEOPLE.items()
        for ending in endings
        for file in sorted((ROOT / folder).rglob(f"*.{ending}"))
        if not {"parsed", "dbt_packages", "compiled"} & set(file.relative_to(ROOT).parts)
    ]
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [*pages, *(file for file in found if file.name not in _MATCHED_WITH_PRINTED_TEXT)]


def odd_words(text: str) -> list[str]:
    return [
        f"{number}: {line[max(0, word.start() - 12) : word.end() + 12].strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        for word in ODD.finditer(line)
    ]


def test_no_odd_word_is_left_in_what_people_read() -> None:
    looked_at = files()
    assert len(looked_at) > 300
    found = {
        str(file.relative_to(ROOT)): words
        for file in looked_at
        if (words := odd_words(file.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("said", "is_odd"),
    [
        ("行内勾稽", True),
        ("severity,discrepancy,差错,Discrepancy", True),
        ("数据不一致（疑似差错）", False),
        ("可信度：存疑", True),
        ("印作 5.38，疑为 5.83", True),
        ("列示为 5.38", False),
    ],
)
def test_an_odd_word_is_found_and_its_better_one_is_not(said: str, is_odd: bool) -> None:
    assert bool(odd_words(said)) is is_odd
