"""Traditional characters as simplified ones, so that the vocabulary is written once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from extract.remembered import remembered

_REMEMBERED = 1 << 16


@remembered(_REMEMBERED)
def simplified(text: str) -> str:
    """Return ``text`` with traditional characters as simplified ones: ``財政撥款`` → ``财政拨款``.

    Used to look words up; what is kept is the text as printed.
    """
    return text if text.isascii() else _converter()(text)


@cache
def _converter() -> Callable[[str], str]:
    """The conversion of OpenCC, loaded with the first text that is not plain ASCII."""
    convert: Callable[[str], str] = import_module("opencc").OpenCC("t2s").convert
    return convert
