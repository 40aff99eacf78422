"""Markup, formulas, SQL, terminal codes and turned writing in documents do nothing where they are shown."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import psycopg
import pypdfium2 as pdfium
import pytest
from lxml import etree, html
from postgres_server import Server

from extract.landing import content_id
from orchestration.library import check_with_evidence
from orchestration.reports.entries import Told, entries_of
from orchestration.reports.marked_docx import marked_docx
from orchestration.reports.marked_pdf import marked_pdf
from orchestration.reports.marked_xlsx import marked_xlsx
from orchestration.reports.page import report_page
from orchestration.reports.printed import with_boxes
from orchestration.reports.words import Language
from tests.conftest import disclosures, run_disclosures
from tests.orchestration.explored import Faults
from tests.typesetting import WIDE
from tests.typesetting.from_text import content_of
from tests.typesetting.pdf import as_pdf
from tests.typesetting.web import as_html
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xlsx

pytestmark = pytest.mark.xdist_group("hostile documents")

TEXT = Path(__file__).parents[1] / "typesetting" / "samples" / "shanghai-unit-budget-2025-example.txt"
MARKUP = "<img src=x onerror=alert(1)><script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","1")'
COMMAND = "=cmd|' /C calc'!A1"
SQL = "'); drop table marts.dim_document; --"
TURNED = "\u202e倒\u2066"
TERMINAL = "\x1b]0;owned\x07\x1b[2J"
LONG = "长" * 10_000
SAYS = {
    "1. 一般公共预算资金": FORMULA,
    "2. 政府性基金": COMMAND,
    "二、社会保障和就业支出": f"二、社会保障和就业支出{MARKUP}",
    "三、卫生健康支出": f"三、卫生健康支出{SQL}",
    "四、住房保障支出": f"四、住房保障支出{TURNED}",
    "三、事业单位经营收入": LONG,
    "二、事业收入": "{{7*7}}${7*7}[red]x[/red]",
}
NAME = f"{TURNED}<b>{SQL.replace('/', '')}"


def hostile_text() -> str:
    """The sample with one slip, whose labels and prose say all of it."""
    text = TEXT.read_text(encoding="utf-8").replace("470,000.00", "480,000.00", 1)
    for label, says in SAYS.items():
        assert label in text
        text = text.replace(label, says)
    return text.replace("第二部分 预算表", f"{MARKUP}{SQL}支出1.00万元。\n\n第二部分 预算表", 1)


KINDS: dict[str, Callable[[str], bytes]] = {
    ".txt": lambda text: text.replace(SQL, SQL + TERMINAL).encode(),
    ".html": lambda text: as_html(content_of(text)),
    ".docx": lambda text: as_docx(content_of(text)),
    ".xlsx": lambda text: as_xlsx(content_of(text)),
    ".pdf": lambda text: as_pdf(content_of(text.replace(LONG, LONG[:50])), WIDE),
}
LEADING = ("src", "href", "action")
RUNNING = ("f", "fldSimple", "instrText", "hyperlink")
MARKED = {".docx": marked_docx, ".xlsx": marked_xlsx, ".pdf": marked_pdf}


@pytest.fixture(scope="module", params=KINDS)
def draft(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drafts") / f"{NAME}{request.param}"
    path.write_bytes(KINDS[request.param](hostile_text()))
    return path


@pytest.fixture(scope="module")
def told(draft: Path) -> Told:
    checked, evidence = check_with_evidence([draft])
    assert checked.causes, "the slip is found, so there is something to report"
    return Told(checked, evidence, entries_of(checked, evidence, Language.ZH))


def test_a_report_has_no_element_that_a_document_named(draft: Path, told: Told) -> None:
    page = report_page(
        told, {content_id(draft.read_bytes()): draft.read_bytes()},
        language=Language.ZH, version="1", today=date(2026, 1, 2),
    )  # fmt: skip
    parsed = html.document_fromstring(page)
    assert [script.get("type") for script in parsed.iter("script")] == ["application/json", None], "its own"
    attributes = [name for element in parsed.iter(etree.Element) for name in element.attrib]
    assert not [name for name in attributes if name.startswith("on")]
    addresses = (element.get(name) for element in parsed.iter(etree.Element) for name in LEADING)
    assert not [each for each in addresses if each and not each.startswith(("#", "data:image/"))]
    assert not {"\u202e", "\u2066", "\x1b"} & set(page)


def test_a_marked_copy_has_comments_and_nothing_that_runs(draft: Path, told: Told) -> None:
    mark = MARKED.get(draft.suffix)
    if mark is None:
        pytest.skip("there are no marked copies of this format")
    data = draft.read_bytes()
    document_id = content_id(data)
    entries = with_boxes(told.entries, told.checked.documents, {document_id: data})
    copy = mark(data, document_id, entries, Language.ZH)
    if draft.suffix == ".pdf":
        assert not re.search(rb"/(?:JavaScript|JS|Launch|URI|OpenAction|AA)\b", copy)
        assert len(pdfium.PdfDocument(copy)) == len(pdfium.PdfDocument(data))
        return
    with zipfile.ZipFile(io.BytesIO(copy)) as archive, zipfile.ZipFile(io.BytesIO(data)) as before:
        added = set(archive.namelist()) - set(before.namelist())
        assert added
        for name in added:
            parsed = etree.fromstring(archive.read(name))
            elements = [etree.QName(each).localname for each in parsed.iter(etree.Element)]
            assert not set(RUNNING) & set(elements)
            assert not re.search(rb'TargetMode="External"', archive.read(name))


def test_a_terminal_is_told_no_command(draft: Path) -> None:
    said = run_disclosures(draft.parent / "home", "check", str(draft))
    assert controls_in(said.stdout + said.stderr) == set()
    assert "Traceback" not in said.stderr


def controls_in(text: str) -> set[str]:
    """What would move a terminal's cursor, or turn the writing of what follows."""
    return {each for each in text if unicodedata.category(each) in ("Cc", "Cf") and each not in "\n\t"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the hostile documents of three formats."""
    source = tmp_path_factory.mktemp("source")
    for kind in (".txt", ".html", ".xlsx"):
        (source / f"{NAME}{kind}").write_bytes(KINDS[kind](hostile_text()))
    home = tmp_path_factory.mktemp("hostile") / "home"
    disclosures(home, "run", "--source", str(source))
    return home


@pytest.mark.end_to_end
def test_a_warehouse_of_such_documents_is_whole_and_shows_them_as_text(home: Path, tmp_path: Path) -> None:
    with duckdb.connect(home / "disclosures.duckdb", read_only=True) as published:
        (documents,) = published.sql("select count(*) from marts.dim_document").fetchone() or (0,)
        labels = {label for (label,) in published.sql("select row_label from staging.amounts").fetchall()}
    assert documents == 3
    assert FORMULA in labels
    assert any(MARKUP in label for label in labels)
    for command in ("findings", "findings --causes", "scorecard", "status"):
        assert controls_in(disclosures(home, *command.split()).stdout) == set(), command
    assert controls_in(disclosures(home, "sql", "select row_label from staging.amounts").stdout) == set()


@pytest.mark.end_to_end
def test_exports_of_such_documents_run_nothing(home: Path, tmp_path: Path) -> None:
    disclosures(home, "export", str(tmp_path / "csv"), "--format", "csv")
    cells = [cell for file in (tmp_path / "csv").rglob("*.csv") for cell in cells_of(file)]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if re.match(r"[=@\t\r]|[+-](?![\d.,]*%?$)", cell) and cell != "-"]
    disclosures(home, "export", str(tmp_path / "xlsx"), "--format", "xlsx")
    workbooks = list((tmp_path / "xlsx").rglob("*.xlsx"))
    assert workbooks
    for file in workbooks:
        assert controls_in(file.name) == set()
        shown = [cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in shown if cell.data_type == "f" or cell.hyperlink]


def cells_of(file: Path) -> Iterator[str]:
    csv.field_size_limit(10_000_000)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.reader(opened):
            yield from row


@pytest.mark.end_to_end
def test_pages_of_such_documents_have_no_element_that_they_named(home: Path, tmp_path: Path) -> None:
    disclosures(home, "explore", "--static", str(tmp_path / "pages"))
    pages = list((tmp_path / "pages").rglob("*.html"))
    assert len(pages) > 20
    said = 0
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert Faults(text).found == [], page
        said += "&lt;script&gt;" in text
        assert not {"\u202e", "\u2066", "\x1b"} & set(text), page
    assert said, "what the documents say is shown"


@pytest.mark.end_to_end
def test_in_a_copy_in_postgresql_they_are_values_and_no_statements(
    home: Path, server: Server, database: str
) -> None:
    disclosures(home, "export-postgres", server.url(database))
    with psycopg.connect(server.url(database)) as connection:
        (documents,) = connection.execute("select count(*) from marts.dim_document").fetchone() or (0,)
        said = connection.execute("select row_label from staging.amounts").fetchall()
    labels = {label for (label,) in said}
    assert documents == 3
    assert FORMULA in labels
    assert any(SQL in str(label) for label in labels)
