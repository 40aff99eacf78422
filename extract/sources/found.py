"""What every source yields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Literal, NamedTuple

CERTAIN = datetime.min.replace(tzinfo=UTC)
"""``changed_at`` of a file whose stamp is made of its content, so that no clock has to be trusted."""


class Published(NamedTuple):
    """The day on which something was published, and what says so: the list of a website, or its own page."""

    on: date
    said_by: Literal["list_page", "page"]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file that a source offers. Nothing of it has been read yet.

    ``uri`` is the address it stays at, also when it is replaced. ``stamp`` differs whenever the bytes may
    differ, so an unchanged stamp saves reading the file again; ``None`` means that the source cannot tell.
    ``changed_at`` (aware) is when the source last saw it change. ``read`` gives the bytes, or raises
    :class:`OSError` with a reason a person can act on. ``source_id`` is of the source that offers it, where
    that was declared. ``link_text`` are the words of the links that led to it, where it is on the web.
    ``published`` is what the website says of when; no file says it of itself.
    """

    uri: str
    file_name: str
    stamp: str | None
    changed_at: datetime | None
    read: Callable[[], bytes] = field(compare=False, repr=False)
    source_id: str | None = None
    link_text: str | None = None
    published: Published | None = None


def unreadable_file(uri: str, file_name: str, reason: str, source_id: str | None = None) -> FoundFile:
    """Something that is there and cannot be read: landing then reports it by name instead of losing it."""
    return FoundFile(uri, file_name, None, None, partial(_refuse, reason), source_id)


def _refuse(reason: str) -> bytes:
    raise OSError(reason)
