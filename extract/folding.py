"""One printed text, one folded form: width, inner spaces and quotation marks do not tell texts apart."""

from __future__ import annotations

import re
import unicodedata

from extract import figures
from extract.remembered import remembered

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_QUOTES = re.compile(r"[“”‘’\"'＂＇「」]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

# Forms repeat the same few texts, and every step asks about them again.
_REMEMBERED = 1 << 16


@remembered(_REMEMBERED)
def fold(text: str) -> str:
    """Return ``text`` in half width, without any white space or quotation marks.

    Full-width digits and punctuation become half-width (``（`` → ``(``, ``：`` → ``:``), so that a title or
    header printed as ``项 目`` or ``“三公”经费`` is found in the vocabulary as ``项目`` or ``三公经费``.
    """
    return _QUOTES.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


@remembered(_REMEMBERED)
def fold_number(text: str) -> str:
    """Return a printed numeral as digits, ``,``, ``.``, a sign or brackets, and its unit; see ``figures``."""
    return figures.plain(text)


def half_width(text: str) -> str:
    """Return ``text`` with full-width letters, digits and punctuation in half width, each in its place."""
    return text.translate(_HALF_WIDTH)
