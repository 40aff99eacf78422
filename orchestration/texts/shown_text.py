"""Texts of documents as they can be shown: nothing in them moves a cursor or turns what is written."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_controls(text: str) -> str:
    """A text or a page whose control characters and bidirectional marks are each shown as �."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
