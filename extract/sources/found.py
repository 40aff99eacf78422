"""What every source yields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file that a source offers. Nothing of it has been read yet.

    ``stamp`` differs whenever the bytes may differ, so an unchanged stamp saves reading the file again;
    ``None`` means that the source cannot tell. ``changed_at`` (aware) is when the source last saw it change.
    ``read`` gives the bytes, or raises :class:`OSError` with a reason a person can act on.
    """

    uri: str
    file_name: str
    stamp: str | None
    changed_at: datetime | None
    read: Callable[[], bytes] = field(compare=False, repr=False)
