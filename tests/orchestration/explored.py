"""Pages of a warehouse of the samples, and what is asked of every page."""

from __future__ import annotations

import html
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
from starlette.testclient import TestClient

from orchestration.exploring.application import explore_application
from orchestration.exploring.decision_files import DecisionFiles
from orchestration.home.paths import Paths

HERE = "http://127.0.0.1:8500"
_LEFT_OUT = re.compile("/(report|original)(\\?|$)|lang=en")
"""What is no page of ours, takes seconds, or is the same in the other language."""
VOID = frozenset({"meta", "link", "input", "br", "img"})


def client_of(home: Path, decisions: Path, **settings: object) -> TestClient:
    """A browser of this machine that looks at the warehouse of ``home``."""
    application = explore_application(Paths(home, ()), decisions=DecisionFiles(decisions), **settings)  # type: ignore[arg-type]
    return TestClient(application, base_url=HERE, follow_redirects=False)


def links_of(page: str) -> list[str]:
    """Where a page leads to, without what is within it."""
    found = (html.unescape(each).partition("#")[0] for each in re.findall(r'href="([^"]+)"', page))
    return list(dict.fromkeys(each for each in found if each))


def kind_of(link: str) -> str:
    """What kind of page a link leads to: its first part, whether there is more, how it is asked."""
    path, _, query = link.partition("?")
    parts = path.strip("/").split("/")
    names = sorted(each.partition("=")[0] for each in query.split("&") if each)
    return " ".join((parts[0], str(len(parts)), parts[-1] if len(parts) > 2 else "", *names))


def walked(client: TestClient, most_of_a_kind: int) -> Iterator[tuple[str, str]]:
    """Pages by following links from the first one, some of each kind: their addresses and texts."""
    waiting, known = ["/"], {"/"}
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        kinds[kind_of(address)] += 1
        if kinds[kind_of(address)] > most_of_a_kind:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        yield address, answer.text
        for link in links_of(answer.text):
            if link.startswith("/") and link not in known and not _LEFT_OUT.search(link):
                known.add(link)
                waiting.append(link)


class Faults(HTMLParser):
    """What is wrong with a page: elements not closed in order, ids, labels or attributes that are twice."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._labels: set[str] = set()
        self.feed(page)
        self.close()
        self.found += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.found.append(f"<{tag}> has an attribute twice")
        if any(name.startswith("on") or name == "style" for name in names):
            self.found.append(f"<{tag}> has a script or a style within")
        for name, value in attrs:
            if name == "id" and value in self._ids:
                self.found.append(f"id {value} is there twice")
            if name == "id":
                self._ids.add(value or "")
            if name == "aria-label" and value in self._labels:
                self.found.append(f"label {value} is there twice")
            if name == "aria-label":
                self._labels.add(value or "")
            if name in {"href", "src", "action"} and ":" in (value or "").partition("/")[0]:
                self.found.append(f"<{tag}> leads to {value}")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.found.append(f"</{tag}> closes something else")


def with_changes(home: Path, folder: Path, *changes: str) -> Path:
    """A home in ``folder`` whose published file is a copy of that of ``home`` with rows changed by SQL."""
    file = folder / "disclosures.duckdb"
    shutil.copyfile(home / "disclosures.duckdb", file)
    with duckdb.connect(file) as connection:
        for change in changes:
            connection.execute(change)
    return folder
