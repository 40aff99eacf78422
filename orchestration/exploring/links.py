"""Addresses of pages: below the server's root, or of files in a folder that any web server shows."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from orchestration.reports.words import Language

_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,80}")


class Links:
    """Makes the addresses on one page."""

    formats: tuple[str, ...] = ("csv", "xlsx", "parquet")
    """In which tables can be had."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def to(self, path: str, **query: object) -> str:
        """The address of a page: ``path`` begins with a slash; values that are empty are left out."""
        asked = _asked(query)
        if self._language is not Language.ZH:
            asked.setdefault("lang", str(self._language))
        return quote(path) + (f"?{urlencode(asked)}" if asked else "")

    def maybe(self, path: str, **query: object) -> str | None:
        """The same, of a page that is not written as a file; ``None`` there."""
        return self.to(path, **query)

    def asset(self, name: str) -> str:
        """The address of a style sheet or script."""
        return f"/assets/{name}"


class FileLinks(Links):
    """The same as relative names of files; remembers what is linked, so that it can be written.

    Args:
        language: of the pages.
        path: the page that the addresses stand on.
        query: what that page is asked with.
        written: paths that are written although not all of their kind are.
    """

    formats = ("csv",)

    def __init__(
        self,
        language: Language,
        path: str,
        query: Mapping[str, str],
        written: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(language)
        self._folder = posixpath.dirname(file_of(path, query)) or "."
        self._written = written
        self.wanted: dict[str, tuple[str, dict[str, str]]] = {}

    def to(self, path: str, **query: object) -> str:
        """The relative name of the file of a page."""
        asked = _asked(query)
        asked.pop("lang", None)
        name = file_of(path, asked)
        self.wanted.setdefault(name, (path, asked))
        return self._relative(name)

    def maybe(self, path: str, **query: object) -> str | None:
        """The relative name of a file that is written, else ``None``."""
        return self.to(path, **query) if path in self._written and not _asked(query) else None

    def asset(self, name: str) -> str:
        """The relative name of a style sheet or script."""
        return self._relative(f"assets/{name}")

    def _relative(self, name: str) -> str:
        return quote(posixpath.relpath(name, self._folder))


def _asked(query: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in query.items() if value not in (None, "", False)}


def file_of(path: str, query: Mapping[str, str]) -> str:
    """The file that a page is written to: plain names stay, others become digests of themselves."""
    parts = [part for part in path.split("/") if part]
    safe = [part if _PLAIN.fullmatch(part) and not part.startswith(".") else _digest(part) for part in parts]
    rest = {name: value for name, value in sorted(query.items()) if name != "format"}
    stem = "/".join(safe) or "index"
    if rest:
        stem += f"__{_digest(urlencode(rest))}"
    return f"{stem}.{query.get('format', 'html')}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
