"""On real disclosures: the same cells as plain pdfplumber, and every figure that another extractor prints."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from extract import printed_frames, read_document, stage
from extract.blocks import Grid, Text
from extract.landing import LandedFile
from extract.readers.pdf import read_pdf
from extract.readers.pdf.page import page_blocks
from extract.readers.pdf.pdfium import page_content
from extract.readers.pdf.plumber import is_rule, plumbed_content
from tests.conftest import CORPUS

FILES = sorted(path.name for path in (CORPUS / "pdf").glob("*.pdf")) or ["none"]
EVERY_FILE = pytest.mark.parametrize("name", FILES)
MONEY = re.compile(r"(?<![\d.,])-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})(?![\d,]|\.\d)")
LEAST_RECALL = 0.995

Table = list[list[str]]


def squeezed(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def table(grid: Grid) -> Table:
    return [[squeezed(cell.text) for cell in row] for row in grid.rows]


def tables_of_pdfplumber(data: bytes) -> Iterator[list[Table]]:
    """The tables of each page by pdfplumber's own finder, with white fills removed; blank ones left out."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            found = [each for each in page.filter(is_rule).find_tables() if len(each.cells) > 1]
            texts = [[[squeezed(cell) for cell in row] for row in each.extract()] for each in found]
            yield [each for each in texts if any(any(row) for row in each)]


@EVERY_FILE
def test_every_cell_is_that_of_pdfplumber(corpus: Path, name: str) -> None:
    data = (corpus / "pdf" / name).read_bytes()
    document = pdfium.PdfDocument(data)
    ours = [
        [table(block) for block in page_blocks(page_content(page), number) if isinstance(block, Grid)]
        for number, page in enumerate(document, 1)
    ]
    theirs = list(tables_of_pdfplumber(data))
    assert sum(len(row) for page in theirs for each in page for row in each) > 900
    assert ours == theirs


@EVERY_FILE
def test_the_fallback_finds_the_same_tables(corpus: Path, name: str) -> None:
    """One table page of each file, read by pdfplumber as a page is that pdfium cannot load."""
    data = (corpus / "pdf" / name).read_bytes()
    document = pdfium.PdfDocument(data)
    contents = (page_content(page) for page in document)
    by_pdfium = (page_blocks(content, number) for number, content in enumerate(contents, 1))
    number, blocks = next((n, found) for n, found in enumerate(by_pdfium, 1) if has_grid(found))
    fallback = plumbed_content(data, number - 1)
    assert fallback is not None
    assert [table(block) for block in page_blocks(fallback, number) if isinstance(block, Grid)] == [
        table(block) for block in blocks if isinstance(block, Grid)
    ]


def has_grid(blocks: tuple[Text | Grid, ...]) -> bool:
    return any(isinstance(block, Grid) for block in blocks)


@EVERY_FILE
def test_every_figure_that_another_extractor_prints_on_a_form_page_is_staged(corpus: Path, name: str) -> None:
    printed, missing = 0, Counter[str]()
    path = corpus / "pdf" / name
    kept = figures_kept(path.read_bytes())
    for page_no, text in enumerate(pages_of_pdftotext(path), 1):
        if page_no in kept:
            tokens = Counter(MONEY.findall(text))
            printed += tokens.total()
            missing += tokens - kept[page_no]
    recall = 1 - missing.total() / printed if printed else 1.0
    print(f"{name}: {printed - missing.total()} of {printed} figures on form pages")
    assert recall >= LEAST_RECALL, missing


def figures_kept(data: bytes) -> dict[int, Counter[str]]:
    """Per page that holds cells of a form: the figures in staging.amounts, claims and rejects."""
    landed = LandedFile("a" * 64, "disclosure.pdf", "application/pdf", len(data))
    staged = stage(printed_frames([read_document(landed, data)]))
    pages: dict[int, Counter[str]] = {
        page: Counter() for page in staged["lines"]["page_no"].unique().to_list()
    }
    for rows in (
        staged["amounts"].select("page_no", "amount_text"),
        staged["claims"].select("page_no", "amount_text"),
        staged["rejects"].select("page_no", "printed_text"),
    ):
        for page_no, text in rows.iter_rows():
            if page_no in pages:
                pages[page_no].update(MONEY.findall(squeezed(text)))
    return pages


def pages_of_pdftotext(path: Path) -> list[str]:
    """Each page's text by poppler, which shares no code with pdfium or pdfplumber."""
    ran = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return ran.stdout.split("\f")


def test_a_lost_figure_is_noticed() -> None:
    assert Counter(MONEY.findall("合计 1,234.50 6.00 6.00")) - Counter(["6.00", "1,234.50"]) == Counter(
        ["6.00"]
    )


def test_figures_are_not_torn_out_of_their_sentences(corpus: Path) -> None:
    """Digits there sit in another font than the Chinese around them, whose boxes are 0.4 em lower."""
    read = read_pdf((corpus / "pdf" / "putuo-finance-2024-final.pdf").read_bytes())
    lines = [block.text for block in read.blocks if isinstance(block, Text)]
    assert [line for line in lines if re.fullmatch(r"[\d.,%]+", line.strip()) and "." in line] == []
    (line,) = (line for line in lines if "2995.39" in line)
    assert "收入支出总计2995.39万元" in line
