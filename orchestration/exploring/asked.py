"""What a page is asked for with, and all that it may use to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from orchestration.exploring.asking import Asking
from orchestration.exploring.blocks import Choice, Option, Page, Way
from orchestration.exploring.decision_files import DecisionFiles
from orchestration.exploring.links import Links
from orchestration.exploring.wording import Wording
from orchestration.home.paths import Paths

LONGEST = 200
"""Characters of one value that is asked with; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for one page, whether it came over HTTP or from the writer of files."""

    path: str
    named: Mapping[str, str]  # parts of the path
    query: Mapping[str, str]
    asking: Asking
    wording: Wording
    links: Links
    paths: Paths
    decisions: DecisionFiles
    is_file: bool = False  # no server stands behind the page: no forms, no originals

    def get(self, name: str) -> str:
        """A value that is asked with, without spaces around it; empty where there is none."""
        return self.query.get(name, "").strip()[:LONGEST]

    def number(self, name: str) -> int | None:
        """The same as a number of at most eight digits."""
        said = self.get(name)
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else None

    def home(self) -> Way:
        """The link to the first page."""
        return Way(self.wording["title"], self.links.to("/"))

    def choice(self, column: str, values: list[str], *, name: str = "") -> Choice:
        """A field to choose one of the values of a column."""
        name = name or column
        options = [Option(value, self.wording.value(column, value)) for value in values]
        return Choice(
            name, self.wording.column(column), self.get(name), [Option("", self.wording["any"]), *options]
        )

    def typed(self, name: str, label: str = "") -> Choice:
        """A field to type in."""
        return Choice(name, label or self.wording[name], self.get(name))


Handler = Callable[[Asked], Page]


class NotThereError(LookupError):
    """No page has this address."""
