"""Pages of real disclosures as scans: every figure as in the digital text. See ``tests.benchmarks.scans``."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.blocks import Block, Grid
from extract.readers.pdf import read_pdf
from extract.readers.scan.page import picture_blocks
from tests.extract.readers.scan.scanning import CLEAN, DOTS_AN_INCH, WORN, Wear, compared, rendered, worn

PAGES = [
    ("putuo-finance-2024-final.pdf", 9),
    ("putuo-social-work-2024-final.pdf", 6),
    ("putuo-commerce-2025-budget-unit.pdf", 9),
]


@pytest.mark.parametrize("wear", [CLEAN, WORN], ids=["clean", "worn"])
@pytest.mark.parametrize(("name", "page_no"), PAGES)
def test_every_figure_of_a_scan_is_right(corpus: Path, name: str, page_no: int, wear: Wear) -> None:
    data = (corpus / "pdf" / name).read_bytes()
    digital = [block for block in read_pdf(data).blocks if is_on(block, page_no)]
    pairs = compared(digital, picture_blocks(worn(rendered(data, page_no), wear), DOTS_AN_INCH, page_no))
    assert len(pairs) >= 20
    assert [pair for pair in pairs if not pair.is_right] == []


def is_on(block: Block, page_no: int) -> bool:
    return isinstance(block, Grid) and block.rows[0][0].page_no == page_no
