"""Page numbers: lines that belong to the page and not to what is printed on it."""

from __future__ import annotations

import re

from extract.folding import fold

_PAGE_MARK = re.compile(r"[-—–－─━]*\d{1,4}[-—–－─━]*|第\d+页(共\d+页)?|\d{1,4}/\d{1,4}")


def is_page_mark(text: str) -> bool:
    """Whether a line is nothing but the number of its page: ``- 5 -``, ``第5页``, ``5/24``."""
    return _PAGE_MARK.fullmatch(fold(text)) is not None
