"""Answers about texts are remembered, as forms print the same few again and again; long ones not for long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

_LONG = 2_000  # characters; the longest line or cell that was seen in a disclosure has some 600

Answer = TypeVar("Answer")
_clearing: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Remember what a pure function answers to ``most`` questions about texts."""

    def remembering(function: Callable[..., Answer]) -> Callable[..., Answer]:
        cached = lru_cache(most)(function)
        _clearing.append(cached.cache_clear)
        return cached

    return remembering


def forget_if_long(texts: Iterable[str]) -> None:
    """Forget everything if one of the texts that were asked about is long.

    Thousands of such would fill the memory of a process that reads one document after the other.
    """
    if any(len(text) > _LONG for text in texts):
        for clear in _clearing:
            clear()
