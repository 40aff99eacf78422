"""A notice in Word for each publisher: what, where, what it should be, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT

from orchestration.exporting.file_names import file_stems
from orchestration.home.durable import replacing
from orchestration.inspecting.changes import STILL, Change
from orchestration.inspecting.rounds import OUTCOMES, WRONG, Key, Point, Round

_COLUMNS = ("序号", "文件", "检查项", "位置", "问题", "整改建议", "依据")


def write_notices(found: Round, changed: Sequence[Change] | None, folder: Path) -> Iterator[Path]:
    """Write a notice for each publisher of whom something is not met or does not agree; give its path.

    Of a point that was there in the round before, it says so.
    """
    still = {change.point.key for change in changed or () if change.became == STILL}
    told = sorted(
        (point for point in found.points if point.outcome in (*WRONG, "remark")), key=lambda each: each.of
    )
    by_publisher = {name: list(points) for name, points in groupby(told, key=lambda each: each.of)}
    wrong = {
        name: points for name, points in by_publisher.items() if any(each.outcome in WRONG for each in points)
    }
    stems = file_stems(wrong)
    for name, points in wrong.items():
        path = folder / f"{stems[name]}.docx"
        with replacing(path) as unfinished:
            _notice(name, points, still).save(str(unfinished))
        yield path


def _notice(name: str, points: Sequence[Point], still: set[Key]) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(f"{name}预决算公开检查情况", level=1)
    wrong = [point for point in points if point.outcome in WRONG]
    document.add_paragraph(f"经检查，下列 {len(wrong)} 处需要核实整改。位置为文件的页码或行号。")
    _table(document, wrong, still)
    if remarks := [point for point in points if point.outcome == "remark"]:
        document.add_heading("提示", level=2)
        document.add_paragraph("下列事项的依据尚待核实，不作为不符合，请自行对照。")
        _table(document, remarks, still)
    return document


def _table(document: Document, points: Sequence[Point], still: set[Key]) -> None:
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for number, point in enumerate(points, 1):
        item = point.item if point.outcome != "discrepancy" else OUTCOMES["discrepancy"]
        said = f"{point.said}（上次检查已指出）" if point.key in still else point.said
        cells = (str(number), point.file_name, item, point.where, said, point.remedy, point.source)
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
