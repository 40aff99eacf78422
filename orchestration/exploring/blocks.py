"""What pages are made of: plain values that know neither HTML nor files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from markupsafe import Markup

from orchestration.exploring.asking import Row

Href = Callable[[Row], str | None]
"""Where a cell of a row leads to."""


class Fact(NamedTuple):
    """One thing that is known about the subject of a page."""

    name: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values; what is empty is left out by who makes them."""

    kind: ClassVar[str] = "facts"
    title: str
    items: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence: a caveat, or what is missing."""

    kind: ClassVar[str] = "note"
    text: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, which a table beside it says too."""

    kind: ClassVar[str] = "chart"
    title: str
    drawing: Markup


class Way(NamedTuple):
    """A link with its words."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Links to go on with."""

    kind: ClassVar[str] = "ways"
    title: str
    items: Sequence[Way]


class Option(NamedTuple):
    """One value that can be chosen, with its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A field to choose or type a value in; without options it takes text."""

    name: str
    label: str
    value: str
    options: Sequence[Option] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """A form that asks the page again with other values; there is none in files."""

    kind: ClassVar[str] = "choices"
    action: str
    fields: Sequence[Choice]
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deciding:
    """A form whose sending changes decisions."""

    kind: ClassVar[str] = "deciding"
    title: str
    action: str
    button: str
    fields: Sequence[Choice]
    kept: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A table that is asked for: shown in pages, saved whole.

    ``query`` ends in an order that tells all rows apart. Columns in ``hidden`` are saved but not shown.
    ``around`` is asked of the rows of one page alone, which stand in it as ``{part}``, and keeps their order.
    """

    kind: ClassVar[str] = "view"
    key: str
    title: str
    query: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    hrefs: Mapping[str, Href] = field(default_factory=dict)
    per_page: int = 50
    note: str = ""
    around: str = "{part}"


@dataclass(frozen=True, slots=True)
class Made:
    """A table that was worked out: the same as a view, its rows given. The first ``most`` are shown."""

    kind: ClassVar[str] = "made"
    key: str
    title: str
    names: Sequence[str]
    types: Sequence[str]
    rows: Sequence[Sequence[Any]]
    titles: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    hrefs: Mapping[str, Href] = field(default_factory=dict)
    note: str = ""
    most: int = 2_000


Block = Facts | Note | Chart | Ways | Choices | Deciding | View | Made


@dataclass(frozen=True, slots=True)
class Page:
    """Everything one address shows. ``status`` is that of HTTP."""

    title: str
    blocks: Sequence[Block]
    crumbs: Sequence[Way] = ()
    status: int = 200
    is_search: bool = False  # of files: the script that searches them belongs here

    def table(self, key: str | None) -> View | Made | None:
        """The table of this key, or the first one."""
        tables = [block for block in self.blocks if isinstance(block, View | Made)]
        return next((table for table in tables if key in (None, table.key)), None)
