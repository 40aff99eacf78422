"""Reports show each cause where it is printed, say the same as the findings, and change no original."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import signal
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from lxml import html
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from extract.landing import content_id
from extract.readers.scan import WHY_NOT_RECOGNISED
from orchestration.cli import app
from orchestration.command.terminal import UsageError
from orchestration.home.processes import _expired
from orchestration.library import check_with_evidence
from orchestration.reports.decisions import decided, of_nothing
from orchestration.reports.entries import REQUIREMENT, SHOWN, Entry, Told, entries_of, in_style
from orchestration.reports.marked_pdf import marked_pdf
from orchestration.reports.page import report_page
from orchestration.reports.pictures import Wanted, find_words, pictures_of
from orchestration.reports.printed import with_boxes
from orchestration.reports.reasons import reason_in
from orchestration.reports.words import WORDS, Language, language_of_terminal
from tests.typesetting import CUT, WIDE
from tests.typesetting.from_text import content_of
from tests.typesetting.pdf import FONT, as_pdf, registered
from tests.typesetting.web import as_html
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xlsx

TEXT = Path(__file__).parents[1] / "typesetting" / "samples" / "shanghai-unit-budget-2025-example.txt"
SEVERAL = Path(__file__).parents[2] / "warehouse" / "samples" / "department-budget-2024-hanbin.txt"
WITHOUT_PAGES: Mapping[str, Callable[[Any], bytes]] = {".xlsx": as_xlsx, ".docx": as_docx, ".html": as_html}
SLIP = ("470,000.00", "480,000.00")  # what is meant, and what the drafts here print
SHOULD_BE = "470,000.00"


def with_a_slip() -> str:
    """The sample, in which one figure of a form is another."""
    text = TEXT.read_text(encoding="utf-8")
    assert SLIP[0] in text
    return text.replace(*SLIP, 1)


@dataclass(frozen=True)
class Reported:
    """A checked file, its entries with boxes, and its page."""

    told: Told
    data: bytes
    entries: list[Entry]
    page: str

    @property
    def document_id(self) -> str:
        return content_id(self.data)


def reported(path: Path, language: Language = Language.ZH) -> Reported:
    checked, evidence = check_with_evidence([path])
    data = path.read_bytes()
    originals = {content_id(data): data}
    told = Told(checked, evidence, entries_of(checked, evidence, language))
    page = report_page(told, originals, language=language, version="1", today=date(2026, 1, 2))
    return Reported(told, data, with_boxes(told.entries, checked.documents, originals), page)


@pytest.fixture(scope="module")
def a_pdf(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    path = tmp_path_factory.mktemp("reports") / "draft.pdf"
    path.write_bytes(as_pdf(content_of(with_a_slip()), WIDE))
    return reported(path)


def slip_of(told: Reported) -> Entry:
    (entry,) = (each for each in told.entries if each.severity == "discrepancy")
    return entry


def text_in(data: bytes, page_no: int, box: tuple[float, ...]) -> str:
    """What is printed in a rectangle of a page that is not turned."""
    with (
        closing(pdfium.PdfDocument(data)) as document,
        closing(document[page_no - 1]) as page,
        closing(page.get_textpage()) as text,
    ):
        height = page.get_size()[1]
        left, top, right, bottom = box
        bounded = text.get_text_bounded(left - 1, height - bottom - 1, right + 1, height - top + 1)
        return "".join(bounded.split())


def test_an_entry_says_what_to_correct_where_and_why(a_pdf: Reported) -> None:
    entry = slip_of(a_pdf)
    assert (entry.printed, entry.should) == (SLIP[1], SHOULD_BE)
    assert re.match(r"第\d+页　", entry.where)
    assert entry.equations
    for equation in entry.equations:
        assert any(term.is_suspected for term in equation.terms)


def test_the_box_of_every_figure_covers_its_printed_text(a_pdf: Reported) -> None:
    marks = [mark for entry in a_pdf.entries for mark in entry.marks if mark.text]
    assert len(marks) > 3
    for mark in marks:
        assert mark.place.page_no is not None
        assert mark.place.box is not None, mark
        assert mark.text is not None
        assert mark.text in text_in(a_pdf.data, mark.place.page_no, mark.place.box), mark


def test_the_page_has_an_entry_for_each_cause_and_a_place_for_each_of_its_figures(a_pdf: Reported) -> None:
    page = html.fromstring(a_pdf.page)
    marks = json.loads(page.get_element_by_id("marks").text)
    leaves = {leaf.get("id").removeprefix("leaf-") for leaf in page.find_class("leaf")}
    entries = page.find_class("entry")
    assert [entry.get("id") for entry in entries] == [entry.key for entry in a_pdf.entries]
    for entry in entries:
        keys = entry.get("data-marks").split()
        assert keys or entry.get("data-severity") == REQUIREMENT
        assert {marks[key]["leaf"] for key in keys} <= leaves
        assert {link.get("data-mark") for link in entry.iter("a")} <= set(keys)


def test_the_page_shows_every_page_and_loads_nothing_from_elsewhere(a_pdf: Reported) -> None:
    page = html.fromstring(a_pdf.page)
    with closing(pdfium.PdfDocument(a_pdf.data)) as document:
        assert len(page.find_class("leaf")) == len(document)
    sources = [image.get("src") for image in page.iter("img")]
    assert all(source.startswith("data:image/webp;base64,") for source in sources)
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", a_pdf.page)
    assert len(a_pdf.page) < 5_000_000


@pytest.mark.parametrize("suffix", [*WITHOUT_PAGES, ".txt"])
def test_without_pages_the_words_of_a_figure_stand_in_the_line_of_its_place(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"draft{suffix}"
    text = with_a_slip()
    data = text.encode() if suffix == ".txt" else WITHOUT_PAGES[suffix](content_of(text))
    path.write_bytes(data)
    told = reported(path)
    page = html.fromstring(told.page)
    marks = json.loads(page.get_element_by_id("marks").text)
    found = [marks[mark.key] for mark in slip_of(told).marks]
    assert found
    for mark in found:
        row = page.get_element_by_id(f"l-{mark['leaf']}-{mark['line']}")
        cells = [cell.text_content() for cell in row.iter("td")]
        assert mark["text"] in (cells[mark["field"]] if "field" in mark else "".join(cells))


def test_a_document_without_a_finding_says_what_was_held_against_what(tmp_path: Path) -> None:
    path = tmp_path / "clean.txt"
    path.write_text(TEXT.read_text(encoding="utf-8"), encoding="utf-8")
    told = reported(path)
    assert [entry for entry in told.entries if entry.severity != REQUIREMENT] == []
    page = html.fromstring(told.page)
    (held,) = page.find_class("held")
    said = " ".join(held.text_content().split())
    assert WORDS[Language.ZH]["none_of_figures"] in told.page
    assert int(re.search(r"共读取数字 (\d+) 个", said)[1]) > 50  # type: ignore[index]
    assert int(re.search(r"核对相符 (\d+) 处", said)[1]) > 50  # type: ignore[index]


def test_what_must_not_be_disclosed_is_an_entry_with_its_line_and_the_rule(tmp_path: Path) -> None:
    """Beside figures, a report says what an inspection would: here a number of an identity card left in."""
    path = tmp_path / "draft.txt"
    lines = [*TEXT.read_text(encoding="utf-8").splitlines(), "经办人公民身份号码：110101199003078515。"]
    path.write_text("\n".join(lines), encoding="utf-8")
    told = reported(path)
    (entry,) = (each for each in told.entries if each.what.startswith("不含个人身份信息"))
    assert entry.severity == REQUIREMENT
    assert [mark.place.line_no for mark in entry.marks] == [len(lines)]
    assert any(said.startswith("依据：") for said in entry.messages)
    met = WORDS[Language.ZH]["required"].partition("{")[0]
    assert met in told.page


def test_entries_come_gravest_first_and_then_in_the_order_of_the_document() -> None:
    checked, evidence = check_with_evidence([SEVERAL])
    order = [
        (SHOWN.index(entry.severity), entry.marks[0].place.line_no or 0)
        for entry in entries_of(checked, evidence, Language.ZH)
        if entry.marks
    ]
    assert len(order) > 3
    assert order == sorted(order)


def test_a_figure_that_goes_on_in_the_next_line_has_a_box_in_each(tmp_path: Path) -> None:
    """One around both would cover all that stands in the two lines."""
    #   ┌────────────────────────────┐
    #   │      支出决算为1511.89万   │
    #   │ 元。人员进出及退休变化……  │
    #   └────────────────────────────┘
    registered()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 200), invariant=True)
    canvas.setFont(FONT, 12)
    canvas.drawString(200, 100, "支出决算为1511.89万")
    canvas.drawString(50, 80, "元。人员进出及退休变化，减少人员经费开支。")
    canvas.drawString(50, 40, "支  出  总  表")
    canvas.save()
    (first, second), (spaced,) = find_words(
        file.getvalue(), [Wanted(1, ("1511.89万元",)), Wanted(1, ("支出总表",))]
    )
    assert 60 < spaced[2] - spaced[0] < 90
    assert first[0] > 250
    assert first[3] <= second[1]
    assert second[2] - second[0] < 15


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_nothing_that_a_document_says_is_markup_or_script(tmp_path: Path) -> None:
    path = tmp_path / "attack&.txt"
    text = re.sub(r"(?m)^(.*?)(行政运行)", rf"\1{ATTACK}\2", with_a_slip())
    assert ATTACK in text
    path.write_text(text, encoding="utf-8")
    page = html.fromstring(reported(path).page)
    assert len(list(page.iter("script"))) == 2
    assert [image for image in page.iter("img") if image.get("onerror")] == []
    assert ATTACK in page.text_content()


def annotations(data: bytes) -> list[tuple[int, str]]:
    """Page and contents of every annotation, as another reading of the file gives them."""
    found = []
    with closing(pdfium.PdfDocument(data)) as document:
        for number, page in enumerate(document, start=1):
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                annotation = raw.FPDFPage_GetAnnot(page, index)
                size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
                held = (raw.FPDF_WCHAR * (size // 2))()
                raw.FPDFAnnot_GetStringValue(annotation, b"Contents", held, size)
                found.append((number, bytes(held).decode("utf-16-le").rstrip("\0")))
                raw.FPDFPage_CloseAnnot(annotation)
    return found


def words_of(data: bytes) -> list[str]:
    with closing(pdfium.PdfDocument(data)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_a_marked_copy_says_at_the_figure_what_it_should_be_and_keeps_the_rest(a_pdf: Reported) -> None:
    copy = marked_pdf(a_pdf.data, a_pdf.document_id, a_pdf.entries, Language.ZH)
    entry = slip_of(a_pdf)
    suspect = next(mark for mark in entry.marks if mark.role == "suspect")
    said = [text for page_no, text in annotations(copy) if page_no == suspect.place.page_no]
    assert any(f"原文 {SLIP[1]}" in text and f"应为 {SHOULD_BE}" in text for text in said)
    assert words_of(copy) == words_of(a_pdf.data)


def _rectangles(page: pdfium.PdfPage) -> list[tuple[float, ...]]:
    found = []
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        edges = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, edges)
        found.append((edges.left, edges.bottom, edges.right, edges.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def as_the_text_alone_is_turned(data: bytes) -> bytes:
    """The same pages, which the file does not say are turned: people turn their heads."""
    held = io.BytesIO()
    with closing(pdfium.PdfDocument(data)) as document:
        for page in document:
            page.set_rotation(0)
        document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("change", [lambda data: data, as_the_text_alone_is_turned], ids=["page", "text"])
def test_marks_of_what_is_turned_lie_on_its_figures(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """A page that is shown turned keeps its text, and its annotations, as they were before."""
    path = tmp_path / "turned.pdf"
    path.write_bytes(change(as_pdf(content_of(with_a_slip()), CUT)))
    told = reported(path)
    entry = slip_of(told)
    copy = marked_pdf(told.data, told.document_id, [entry], Language.ZH)
    with closing(pdfium.PdfDocument(copy)) as document:
        says_so = {page.get_rotation() for page in document} != {0}
        assert says_so == (change is not as_the_text_alone_is_turned)
        covered = [
            "".join(page.get_textpage().get_text_bounded(*_grown(edges)).split())
            for page in document
            for edges in _rectangles(page)
        ]
    printed = {mark.text for mark in entry.marks if mark.text}
    assert printed
    assert all(any(text in each for each in covered) for text in printed)
    looked_at = {mark.place.page_no for mark in entry.marks}
    for picture in pictures_of(told.data, frozenset(number for number in looked_at if number)):
        if picture.page_no in looked_at:
            assert picture.width > picture.height, "it is shown as it lies, and boxes are on the upright page"


def _grown(edges: tuple[float, ...]) -> tuple[float, ...]:
    return edges[0] - 1, edges[1] - 1, edges[2] + 1, edges[3] + 1


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def test_the_command_writes_reports_and_says_so_in_the_language_asked(tmp_path: Path) -> None:
    draft, page, copy = (tmp_path / name for name in ("draft.pdf", "report.html", "marked.pdf"))
    draft.write_bytes(as_pdf(content_of(with_a_slip()), WIDE))
    before = draft.read_bytes()
    ran = run(draft, "-o", page, "-o", copy, "--lang", "en")
    assert ran.exit_code == 0, ran.output
    assert "[Discrepancy] page " in ran.output
    assert f"Printed {SLIP[1]}  Should be {SHOULD_BE}" in ran.output
    assert "Report of a check" in page.read_text(encoding="utf-8")
    assert annotations(copy.read_bytes())
    assert draft.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {"draft.pdf", "report.html", "marked.pdf"}


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("report.odt", "A report is made as .html, .pdf, .xlsx, .docx, not as .odt"),
        ("draft.txt", "not as .txt"),
        ("nowhere/report.html", "nowhere is not there"),
        ("marked.pdf", "of one .pdf file; 0 of the files checked are such"),
    ],
)
def test_a_report_that_cannot_be_made_is_refused_in_words(report: str, said: str, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(TEXT.read_text(encoding="utf-8"), encoding="utf-8")
    ran = run(draft, "-o", tmp_path / report, "--lang", "en")
    assert isinstance(ran.exception, UsageError)
    assert said in str(ran.exception)
    in_chinese = run(draft, "-o", tmp_path / report, "--lang", "zh")
    assert isinstance(in_chinese.exception, UsageError)
    assert re.search("[\u4e00-\u9fff]", str(in_chinese.exception))
    assert draft.read_text(encoding="utf-8") == TEXT.read_text(encoding="utf-8")


def test_of_a_file_that_cannot_be_read_nobody_says_that_nothing_was_found(tmp_path: Path) -> None:
    draft = tmp_path / "draft.xlsx"
    draft.write_bytes(b"PK\x03\x04 cut short")
    ran = CliRunner().invoke(app, ["check", str(draft), "--lang", "en"])
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert "Not read draft.xlsx" in ran.stderr


def test_the_page_says_that_nothing_was_found_only_where_figures_were_held_against_each_other(
    tmp_path: Path,
) -> None:
    words = WORDS[Language.ZH]
    draft = tmp_path / "draft.txt"
    draft.write_text("示例县财政局2024年部门预算说明\n2024年收入总计100万元。\n", encoding="utf-8")
    page = reported(draft).page
    assert words["none_asked"] in page
    assert words["none"] not in page
    draft = tmp_path / "draft.xlsx"
    draft.write_bytes(b"\0\x01 nothing that is known")
    page = reported(draft).page
    assert words["none_read"] in page
    assert words["none"] not in page
    assert "内容却是无法识别的格式" in page


def said_by(node: ast.expr) -> str:
    """What an expression in the code says, each figure or name in it a 1."""
    match node:
        case ast.Constant():
            return str(node.value)
        case ast.JoinedStr():
            return "".join(said_by(part) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return ""


def test_every_reason_why_a_file_cannot_be_read_has_chinese_words() -> None:
    reasons = [
        said_by(node.exc.args[0])
        for file in (Path(__file__).parents[2] / "extract").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id == "UnreadableDocumentError"
    ]
    unpacking = ast.parse(
        (Path(__file__).parents[2] / "extract/sources/archive.py").read_text(encoding="utf-8")
    )
    reasons += [
        said_by(node.value if isinstance(node, ast.Return) else node.exc.args[0])
        for function in ast.walk(unpacking)
        if isinstance(function, ast.FunctionDef) and function.name in ("_why_not", "_read")
        for node in ast.walk(function)
        if (isinstance(node, ast.Return) and said_by(node.value or node) not in ("", "None"))
        or (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call))
    ]
    ways_to_end = [(None, 1), (-signal.SIGKILL, 1), (-signal.SIGABRT, 1), (-signal.SIGSEGV, 1), (1, 1)]
    reasons += [_expired(code, memory_mib).reason for code, memory_mib in ways_to_end]
    reasons += ["reading it took longer than 300 seconds and was stopped"]
    assert len(reasons) > 40
    left = [said for said in reasons if said.strip("1") and reason_in(Language.ZH, said) == said]
    assert left == []
    assert reason_in(Language.ZH, WHY_NOT_RECOGNISED) != WHY_NOT_RECOGNISED
    assert reason_in(Language.EN, reasons[0]) == reasons[0]


def test_a_file_to_check_is_not_overwritten_by_its_report(tmp_path: Path) -> None:
    draft = tmp_path / "draft.html"
    draft.write_bytes(as_html(content_of(with_a_slip())))
    before = draft.read_bytes()
    ran = run(draft, "-o", draft)
    assert isinstance(ran.exception, UsageError)
    assert draft.read_bytes() == before


def test_all_files_of_a_folder_are_one_draft_but_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "one.txt").write_text(TEXT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("no disclosure", encoding="utf-8")
    ran = run(tmp_path, "--lang", "en")
    assert ran.exit_code == 0, ran.output
    assert "1 documents" in ran.output


def test_an_archive_is_taken_as_the_files_in_it_and_reported_on(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "draft.zip", "w") as archive:
        archive.writestr("预算/forms.txt", with_a_slip())
    ran = run(tmp_path / "draft.zip", "-o", tmp_path / "report.html")
    assert ran.exit_code == 0, ran.output
    assert SLIP[1] in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_it_fails_on_what_is_asked_for_and_on_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "slip.txt").write_text(with_a_slip(), encoding="utf-8")
    (tmp_path / "clean.txt").write_text(TEXT.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(tmp_path / "slip.txt").exit_code == 0
    assert run(tmp_path / "slip.txt", "--fail-on", "discrepancy").exit_code == 3
    assert run(tmp_path / "slip.txt", "--fail-on", "note").exit_code == 3
    assert run(tmp_path / "clean.txt", "--fail-on", "note").exit_code == 0


def test_what_is_set_aside_is_listed_so_and_comes_back_when_the_printed_text_changes(tmp_path: Path) -> None:
    draft, decisions = tmp_path / "draft.txt", tmp_path / "decisions.csv"
    draft.write_text(with_a_slip(), encoding="utf-8")
    entry = slip_of(reported(draft))
    decisions.write_text(f"key,reason\n{entry.fingerprint},agreed with the bureau\n", encoding="utf-8")
    asked = ("--decisions", decisions, "--fail-on", "discrepancy", "--lang", "en")

    ran = run(draft, *asked, "-o", tmp_path / "report.html")
    assert ran.exit_code == 0, ran.output
    assert "[Set aside]" in ran.output
    assert "[Discrepancy]" not in ran.output
    page = html.fromstring((tmp_path / "report.html").read_text(encoding="utf-8"))
    (aside,) = page.find_class("aside")
    assert "agreed with the bureau" in aside.text_content()

    draft.write_text(with_a_slip().replace(SLIP[1], "490,000.00"), encoding="utf-8")
    again = run(draft, *asked)
    assert again.exit_code == 3
    assert "[Discrepancy]" in again.output
    assert entry.fingerprint in again.output, "a decision about nothing is not told"


def test_decisions_keep_their_place_in_another_copy_of_the_draft(tmp_path: Path, a_pdf: Reported) -> None:
    path = tmp_path / "saved again.pdf"
    path.write_bytes(a_pdf.data + b"\n% saved again")
    again = reported(path)
    assert again.document_id != a_pdf.document_id
    decisions = {slip_of(a_pdf).fingerprint: "known"}
    assert slip_of(again).fingerprint in decisions
    assert decided(again.entries, decisions)[-1].set_aside_because == "known"
    assert of_nothing(again.entries, decisions | {"gone": "mended"}) == ["gone"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("编号,原因\n1,2\n", "has no columns key, reason"),
        ("key,reason\nabc,\n", "Line 2 of"),
    ],
)
def test_decisions_of_another_form_are_refused_with_the_place(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(with_a_slip(), encoding="utf-8")
    (tmp_path / "decisions.csv").write_text(text, encoding="utf-8")
    ran = run(tmp_path / "draft.txt", "--decisions", tmp_path / "decisions.csv", "--lang", "en")
    assert isinstance(ran.exception, UsageError)
    assert said in str(ran.exception)


@pytest.mark.parametrize(
    ("said", "language"), [("en_GB.UTF-8", "en"), ("zh_CN.UTF-8", "zh"), ("C.UTF-8", "zh")]
)
def test_the_language_is_the_terminals_where_none_is_asked(
    said: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", said)
    assert language_of_terminal() == language


@pytest.mark.parametrize(
    ("suggested", "printed", "told"),
    [
        ("470000", "480,000.00", "470,000.00"),
        ("449.44", "449.431", "449.44"),
        ("449.44", "449", "449.44"),
        ("1234.5", "1234.4", "1234.5"),
        ("-5", "5,000", "-5"),
        ("63.97万元", "639.58万元", "63.97万元"),
        ("2024年", None, "2024年"),
        (None, "5", None),
    ],
)
def test_a_suggested_figure_is_written_as_its_publisher_writes_figures(
    suggested: str | None, printed: str | None, told: str | None
) -> None:
    assert in_style(suggested, printed) == told


def test_both_languages_have_all_words() -> None:
    assert WORDS[Language.ZH].keys() == WORDS[Language.EN].keys()


CORPUS = Path(os.environ.get("DISCLOSURES_CORPUS", Path(__file__).parents[3] / "shared" / "disclosures"))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("pdf/*.pdf")), ids=lambda path: path.name)
def test_every_cause_of_a_real_pdf_reaches_a_page_and_every_figure_its_text(path: Path) -> None:
    told = reported(path)
    for entry in told.entries:
        if entry.severity in ("discrepancy", "suspect"):
            assert [mark for mark in entry.marks if mark.place.page_no is not None], entry
    figures = [mark for entry in told.entries for mark in entry.marks if mark.text]
    without = [mark for mark in figures if mark.place.box is None]
    assert without == []
