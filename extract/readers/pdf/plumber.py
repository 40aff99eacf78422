"""The content of a page by pdfplumber: the fallback for a page that pdfium cannot load."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from extract.readers.pdf.content import Character, PageContent, is_white, rule_of
from extract.readers.ruled import Rule

# What it says about a damaged page is said to nobody: the page is read another way or is illegible.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def plumbed_content(data: bytes, index: int) -> PageContent | None:
    """Give what is drawn on a page, without white fills; None when pdfplumber cannot read the page either."""
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[index + 1]) as document:
            return _content(document.pages[0]) if document.pages else None
    except (PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError, AttributeError):
        # what pdfminer raises for a page that is damaged
        return None


def is_rule(drawn: dict[str, Any]) -> bool:
    """Whether to keep what pdfplumber found: all but fills that are thick or white."""
    if drawn["object_type"] != "rect" or drawn.get("stroke"):
        return True
    is_thin = rule_of(drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]) is not None
    return is_thin and not _is_white(drawn)


def _content(page: Page) -> PageContent:
    drawn = page.filter(is_rule)
    pictured = sum(image["width"] * image["height"] for image in page.images)
    return PageContent(
        width=float(page.width),
        height=float(page.height),
        characters=tuple(_character(char, float(page.height)) for char in page.chars if char["upright"]),
        rules=tuple(_rules(drawn)),
        pictured=min(1.0, pictured / (page.width * page.height)),
    )


def _character(char: dict[str, Any], height: float) -> Character:
    baseline = height - char["matrix"][5]
    size = char["bottom"] - char["top"]
    return Character(char["text"], char["x0"], char["x1"], baseline, char["top"], char["bottom"], size)


def _rules(page: Page) -> Iterator[Rule]:
    for edge in page.edges:
        rule = rule_of(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        if rule is not None:
            yield rule


def _is_white(drawn: dict[str, Any]) -> bool:
    colour = drawn.get("non_stroking_color")
    channels = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(channel, (int, float)) for channel in channels):
        return False
    # ink, not light: no ink is white
    return all(channel == 0 for channel in channels) if len(channels) == 4 else is_white(channels)
