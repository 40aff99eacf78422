"""The samples in ``warehouse/samples`` that are no text, and the text each is typeset from."""

from __future__ import annotations

from pathlib import Path

from tests.typesetting import FORMATS
from tests.typesetting.from_text import content_of

SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples"
TYPESET = {
    "shanghai-department-budget-2025-example.pdf": "pdf_cut_and_turned",
    "shanghai-unit-budget-2025-example.xlsx": "xlsx",
    "shanghai-final-accounts-2024-example.docx": "docx",
}


def source(name: str) -> str:
    """The text that a sample is typeset from."""
    return (Path(__file__).parent / f"{Path(name).stem}.txt").read_text(encoding="utf-8")


def typeset(name: str) -> bytes:
    """A sample as it is published."""
    _, as_published = FORMATS[TYPESET[name]]
    return as_published(content_of(source(name)))
