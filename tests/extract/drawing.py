"""Draw documents in tests: a table with bars becomes a grid, other lines become text."""

from __future__ import annotations

from textwrap import dedent

from extract.blocks import Grid
from extract.forms.collector import Collector
from extract.readers.text import read_text
from extract.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
DOCUMENT_ID = "d" * 64


def tabbed(drawing: str) -> str:
    """``| a | b |`` becomes ``a⇥b``; lines without bars stay as they are."""
    lines = (line.strip() for line in dedent(drawing).strip("\n").split("\n"))
    return "\n".join(
        "\t".join(cell.strip() for cell in line[1:-1].split("|")) if line.startswith("|") else line
        for line in lines
    )


def grid(drawing: str) -> Grid:
    (only,) = read_text(tabbed(drawing))
    assert isinstance(only, Grid)
    return only


def blocks(drawing: str):
    return read_text(tabbed(drawing))


def collector() -> Collector:
    return Collector(DOCUMENT_ID, "form")
