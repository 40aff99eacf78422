"""How well and how fast scanned pages are read: figures right, wrong, missing and invented; seconds a page.

Run ``uv run python -m tests.benchmarks.scans --source DIR --pages 12``. Pages with tables of digital PDFs
are rendered as scans, clean and worn, and each numeric cell is held against the text of the same page. Not a
test: it asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.blocks import Block, Grid
from extract.numerals import is_numeric_cell
from extract.readers.pdf import read_pdf
from extract.readers.scan.page import picture_blocks
from tests.extract.readers.scan.scanning import (
    BAD,
    CLEAN,
    DOTS_AN_INCH,
    WORN,
    Compared,
    cells,
    compared,
    rendered,
    worn,
)

_FEWEST_FIGURES = 5  # a page with fewer measures nothing
_LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
_WEARS = {"clean": CLEAN, "worn": WORN, "bad": BAD}


def main() -> None:
    """Read a sample of pages as scans and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder of digital PDF disclosures")
    parser.add_argument("--pages", type=int, default=12, help="pages with tables, drawn by lot")
    parser.add_argument("--wear", nargs="*", choices=_WEARS, default=list(_WEARS))
    parser.add_argument("--json", type=Path, help="where to list each figure that is not right")
    options = parser.parse_args()
    pages = list(_table_pages(options.source))
    random.Random(1).shuffle(pages)
    listed: list[dict[str, object]] = []
    for wear in options.wear:
        pairs: list[Compared] = []
        began = time.perf_counter()
        chosen = pages[: options.pages]
        for path, page_no, digital in chosen:
            picture = worn(rendered(path.read_bytes(), page_no), _WEARS[wear])
            scanned = picture_blocks(picture, DOTS_AN_INCH, page_no)
            of_page = compared(digital, scanned)
            pairs += of_page
            listed += (
                {"wear": wear, "file": path.name, "page": page_no, **pair._asdict()}
                for pair in of_page
                if not pair.is_right
            )
        _report(wear, pairs, (time.perf_counter() - began) / max(1, len(chosen)))
    if options.json:
        options.json.write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")


def _table_pages(source: Path) -> Iterator[tuple[Path, int, list[Block]]]:
    for path in sorted(source.rglob("*.pdf")):
        by_page: dict[int, list[Block]] = {}
        for block in read_pdf(path.read_bytes()).blocks if path.stat().st_size > 1000 else ():
            if isinstance(block, Grid):
                by_page.setdefault(block.rows[0][0].page_no or 0, []).append(block)
        for page_no, blocks in by_page.items():
            if sum(is_numeric_cell(cell.text) for cell in cells(blocks)) >= _FEWEST_FIGURES:
                yield path, page_no, blocks


def _report(wear: str, pairs: Sequence[Compared], seconds: float) -> None:
    right = [pair for pair in pairs if pair.is_right]
    missing = [pair for pair in pairs if not pair.recognised]
    invented = [pair for pair in pairs if not pair.printed]
    wrong = [pair for pair in pairs if pair.printed and pair.recognised and not pair.is_right]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{wear}: {len(right)} right, {len(wrong)} wrong, {len(missing)} missing, {len(invented)} invented; "
        f"{seconds:.2f} s a page; peak memory {peak:.0f} MiB"
    )
    for name, group in (("right", right), ("wrong or invented", wrong + invented)):
        levels = Counter(next(level for level in _LEVELS if (pair.confidence or 0) < level) for pair in group)
        print(f"  confidence of {name}: " + ", ".join(f"<{at}: {levels[at]}" for at in _LEVELS if levels[at]))
    for pair in [*wrong, *invented, *missing][:20]:
        print(f"  {pair.printed!r} read as {pair.recognised!r} ({pair.confidence})")


if __name__ == "__main__":
    main()
