"""Marked copies of workbooks and Word documents: comments at the figures, and nothing else is another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.reports.marked_docx import marked_docx
from orchestration.reports.marked_xlsx import marked_xlsx
from orchestration.reports.words import Language
from tests.orchestration.test_reports import SHOULD_BE, SLIP, reported, with_a_slip
from tests.typesetting.from_text import content_of
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xlsx

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MEANT = f"原文 {SLIP[1]}  应为 {SHOULD_BE}"


def changed_parts(before: bytes, after: bytes) -> tuple[set[str], set[str]]:
    """The parts that are new, and those that say something else than before."""
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        names = set(old.namelist())
        assert names <= set(new.namelist()), "a part is lost"
        return set(new.namelist()) - names, {name for name in names if old.read(name) != new.read(name)}


def comments_of(workbook: bytes) -> dict[str, tuple[object, str]]:
    """Value and comment of each cell that has one."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.comment.text)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def plain(workbook: bytes) -> bytes:
    return workbook


def with_a_comment_of_somebody(workbook: bytes) -> bytes:
    """A reviewer has said something of the figure, and of another cell."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == 480000:
                cell.comment = Comment("is this right?", "a reviewer")
    sheet["A1"].comment = Comment("the title is of last year", "a reviewer")
    return saved(book)


def with_a_picture_and_a_list(workbook: bytes) -> bytes:
    """What a library that writes a workbook anew could lose, and what stands behind the place of comments."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(held, "PNG")
    book.worksheets[0].add_image(SheetImage(io.BytesIO(held.getvalue())), "Z1")
    book.worksheets[0].oddHeader.center.text = "draft"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("change", [plain, with_a_comment_of_somebody, with_a_picture_and_a_list])
def test_a_marked_workbook_has_comments_on_the_figures_and_every_other_part_as_it_was(
    change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "draft.xlsx"
    path.write_bytes(change(as_xlsx(content_of(with_a_slip()))))
    told = reported(path)
    copy = marked_xlsx(told.data, told.document_id, told.entries, Language.ZH)

    comments = comments_of(copy)
    meant = [(value, says) for value, says in comments.values() if MEANT in says]
    assert [value for value, _ in meant] == [480000], "the comment is on another cell than the figure"
    marked = {mark.text for entry in told.entries for mark in entry.marks if mark.text}
    values = [value for value, _ in comments.values()]
    assert {float(text.replace(",", "")) for text in marked} <= {
        float(value) for value in values if isinstance(value, int | float)
    }
    added, changed = changed_parts(told.data, copy)
    if change is with_a_comment_of_somebody:
        assert "is this right?" in meant[0][1], "what a reviewer said is lost"
        assert any("last year" in says for _, says in comments.values())
        assert added == set(), "a second part with comments of one sheet cannot be"
    else:
        assert all("marked" in name or name.endswith(".rels") for name in added)
    kept = ("xl/media", "xl/drawings", "xl/styles", "xl/sharedStrings", "xl/workbook")
    assert not any(name.startswith(kept) and not name.endswith(".vml") for name in changed)
    for name in (*added, *changed):
        if name.endswith((".xml", ".rels", ".vml")):
            with zipfile.ZipFile(io.BytesIO(copy)) as package:
                ElementTree.fromstring(package.read(name))


def test_the_reference_to_comments_stands_where_the_schema_wants_it(tmp_path: Path) -> None:
    """Excel repairs a sheet whose elements are in another order."""
    path = tmp_path / "draft.xlsx"
    path.write_bytes(with_a_picture_and_a_list(as_xlsx(content_of(with_a_slip()))))
    told = reported(path)
    copy = marked_xlsx(told.data, told.document_id, told.entries, Language.ZH)
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    order = [each.tag.rpartition("}")[2] for each in sheet]
    assert order.count("legacyDrawing") == 1
    assert order.index("drawing") < order.index("legacyDrawing")
    assert all(order.index(name) < order.index("legacyDrawing") for name in ("sheetData", "headerFooter"))


def commented(document: bytes) -> list[tuple[str, str]]:
    """The text that each comment of a Word document covers, and what it says."""
    body = docx.Document(io.BytesIO(document)).element.body
    says = {str(each.comment_id): each.text for each in docx.Document(io.BytesIO(document)).comments}
    open_now: dict[str, list[str]] = {}
    covered: dict[str, str] = {}
    for element in body.iter():
        if element.tag == f"{WORD}commentRangeStart":
            open_now[element.get(f"{WORD}id")] = []
        elif element.tag == f"{WORD}commentRangeEnd":
            covered[element.get(f"{WORD}id")] = "".join(open_now.pop(element.get(f"{WORD}id")))
        elif element.tag == f"{WORD}t":
            for texts in open_now.values():
                texts.append(element.text or "")
    return [(covered[number], text) for number, text in says.items()]


def test_a_marked_word_document_has_comments_on_the_figures_and_every_other_part_as_it_was(
    tmp_path: Path,
) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(as_docx(content_of(with_a_slip())))
    told = reported(path)
    copy = marked_docx(told.data, told.document_id, told.entries, Language.ZH)

    comments = commented(copy)
    assert [text for text, says in comments if MEANT in says] == [SLIP[1]]
    marked = {mark.text for entry in told.entries for mark in entry.marks if mark.text}
    assert marked <= {text for text, _ in comments}
    added, changed = changed_parts(told.data, copy)
    assert added == {"word/comments.xml"}
    assert changed <= {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    before, after = (
        ["".join(each.itertext()) for each in docx.Document(io.BytesIO(data)).element.body]
        for data in (told.data, copy)
    )
    assert before == after


def test_of_two_rows_that_say_the_same_the_one_that_is_meant_has_the_comment(tmp_path: Path) -> None:
    """A line is found again by its text, the second of two as the second."""
    path = tmp_path / "draft.docx"
    path.write_bytes(as_docx(content_of(with_a_slip())))
    told = reported(path)
    (entry,) = (each for each in told.entries if each.severity == "discrepancy")
    mark = next(each for each in entry.marks if each.text)
    document = docx.Document(io.BytesIO(told.data))
    rows = [row for table in document.tables for row in table.rows]
    row = next(each for each in rows if any(cell.text == mark.text for cell in each.cells))
    row._tr.addnext(deepcopy(row._tr))
    held = io.BytesIO()
    document.save(held)
    second = replace(mark, place=mark.place._replace(line_no=(mark.place.line_no or 0) + 1))

    copy = marked_docx(held.getvalue(), told.document_id, [replace(entry, marks=(second,))], Language.ZH)

    with_comments = [
        number
        for number, each in enumerate(
            each for table in docx.Document(io.BytesIO(copy)).tables for each in table.rows
        )
        if each._tr.findall(f".//{WORD}commentRangeStart")
    ]
    assert with_comments == [[each._tr for each in rows].index(row._tr) + 1]


@pytest.mark.parametrize(("kind", "make"), [(".xlsx", as_xlsx), (".docx", as_docx)])
def test_the_command_writes_them_beside_the_draft(
    kind: str, make: Callable[..., bytes], tmp_path: Path
) -> None:
    draft, copy = tmp_path / f"draft{kind}", tmp_path / f"marked{kind}"
    draft.write_bytes(make(content_of(with_a_slip())))
    before = draft.read_bytes()
    ran = CliRunner().invoke(app, ["check", str(draft), "-o", str(copy), "--lang", "zh"])
    assert ran.exit_code == 0, ran.output
    assert draft.read_bytes() == before
    written = copy.read_bytes()
    comments = comments_of(written).values() if kind == ".xlsx" else commented(written)
    assert any(MEANT in says for _, says in comments)
