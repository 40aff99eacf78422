"""One visit to a website: list pages, detail pages, attachments; each address is asked once."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from extract.sources.declared import WebsiteSource
from extract.sources.found import CERTAIN, FoundFile, Published, unreadable_file
from extract.sources.website.allowed import is_on_allowed_host
from extract.sources.website.answer import Answer, LastingError
from extract.sources.website.fetching import Fetcher
from extract.sources.website.pages import Link, Page, read_page
from extract.sources.website.visited import Failure, Remembered, Rest, Visited

_MIB = 1024 * 1024
_MOST_REST = 50_000
_MOST_NAME = 120
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_DISPOSITION = re.compile(r"filename\*=(?:UTF-8|utf-8)''([^;]+)|filename=\"?([^\";]+)\"?")
_SAVE_EVERY = 50

StampOf = Callable[[str], "str | None"]
"""The stamp under which landing keeps what was last found at an address; ``None`` if it keeps nothing."""


def visit(
    source: WebsiteSource,
    fetcher: Fetcher,
    visited: Visited,
    arriving: Path,
    *,
    stamp_of: StampOf,
    now: datetime,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[FoundFile]:
    """Every disclosure of a website, as it is found, within the limits of the source.

    What a limit leaves out is remembered, and the next visit begins with it.

    What is new is put into the folder ``arriving`` until landing reads it. What failed is given too, and says
    why when it is read; where that will last, it is asked again after a day, two days, four, … while the
    source is declared as it is. ``visited`` is saved now and then and at the end.
    """
    arriving.mkdir(parents=True, exist_ok=True)
    crawl = _Crawl(source, fetcher, visited, arriving, stamp_of, now, clock)
    try:
        for number, found in enumerate(crawl.found(), start=1):
            if number % _SAVE_EVERY == 0:
                visited.save()
            yield found
    finally:
        crawl.remember()
        visited.save()


@dataclass
class _Crawl:
    source: WebsiteSource
    fetcher: Fetcher
    visited: Visited
    arriving: Path
    stamp_of: StampOf
    now: datetime
    clock: Callable[[], float]
    asked: set[str] = field(default_factory=set)
    pages: int = 0
    rest: dict[str, Rest] = field(default_factory=dict)
    waiting: deque[tuple[str, int]] = field(default_factory=deque)
    lists: set[str] = field(default_factory=set)
    """What list pages of this visit say and lead to."""

    def __post_init__(self) -> None:
        self.declaration = _digest(self.source.model_dump_json().encode())
        self.counts = self.visited.counts
        self.began = self.clock()
        self.said = {
            page.gist: address for address, page in self.visited.landed_pages(self.stamp_of) if page.gist
        }

    def remember(self) -> None:
        """Keep what this visit did not get to, and what it did."""
        for address, depth in self.waiting:
            self._leave(Rest("list", address, depth=depth))
        self.visited.rest = list(self.rest.values())
        self.counts.requests = self.fetcher.requests
        self.counts.left = len(self.rest)

    def found(self) -> Iterator[FoundFile]:
        """What the last visit left out, then list pages, breadth by breadth, each with what it leads to."""
        for left in self.visited.rest:
            yield from self._taken_up(left)
        self.waiting += ((address, 0) for address in self.source.where)
        while self.waiting:
            address, depth = self.waiting.popleft()
            if self._is_new(address) and self._may_go_on(Rest("list", address, depth=depth)):
                yield from self._list(address, depth)
        if self.counts.limit:
            remain = f"{len(self.rest):,} addresses are left for the next visit"
            yield self._failed(self.source.places[0], f"the visit ended early: {self.counts.limit}; {remain}")

    def _taken_up(self, left: Rest) -> Iterator[FoundFile]:
        """What the last visit left out, if it is still wanted."""
        if left.kind == "list":
            self.waiting.append((left.address, left.depth))
        elif self._is_wanted(left.address) and left.kind == "file":
            yield from self._file(left.address, left.name, left.words, None)
        elif self._is_wanted(left.address):
            yield from self._detail(Link(left.address, left.words))

    def _list(self, address: str, depth: int) -> Iterator[FoundFile]:
        page = yield from self._page(address, is_start=depth == 0)
        if page is None:
            return
        leads_to = _digest("\n".join([page.gist or "", *(link.address for link in page.links)]).encode())
        if leads_to in self.lists:
            self.counts.same_words += 1
            return
        self.lists.add(leads_to)
        for link in page.links:
            if self.counts.limit and len(self.rest) >= _MOST_REST:
                break  # this page is asked again, and leads to what is beyond
            yield from self._linked(link)
        if depth < self.source.most_depth:
            self.waiting += [(following, depth + 1) for following in self._following(page, address)]

    def _may_go_on(self, to: Rest) -> bool:
        """Whether an address may be asked; where a limit of the visit is reached, it is left for the next."""
        if not self.counts.limit:
            self.counts.limit = self._limit() or ""
        if self.counts.limit:
            self._leave(to)
        return not self.counts.limit

    def _limit(self) -> str | None:
        """Which limit of the visit is reached, in words."""
        source, counts = self.source, self.counts
        if self.pages >= source.most_pages:
            return f"there are more than {source.most_pages:,} pages, the most_pages of the source"
        if counts.files >= source.most_files:
            return f"it brought {source.most_files:,} files, the most_files of the source"
        if counts.bytes >= source.most_mib * _MIB:
            return f"it brought {source.most_mib:,g} MiB, the most_mib of the source"
        if self.clock() - self.began >= source.most_minutes * 60:
            return f"it took {source.most_minutes:,g} minutes, the most_minutes of the source"
        return None

    def _leave(self, rest: Rest) -> None:
        if len(self.rest) < _MOST_REST:  # what is beyond is found again by the pages that lead to it
            self.rest.setdefault(rest.address, rest)

    def _following(self, page: Page, address: str) -> list[str]:
        """Further list pages that a list page leads to."""
        named = [link.address for link in page.links if _any(self.source.links.pages, link.address)]
        numbered = [link.address for link in page.links if _is_numbered_like(link.address, address)]
        return [each for each in (*page.next_pages, *named, *numbered) if self._is_wanted(each)]

    def _linked(self, link: Link) -> Iterator[FoundFile]:
        """What a link on a list page leads to: a document, or a detail page."""
        if not self._is_wanted(link.address) or not _any(self.source.links.titles, link.text):
            return
        if name := self._name(link):
            yield from self._file(link.address, name, link.text, _published(link, None))
        elif not self.source.links.details or _any(self.source.links.details, link.address):
            yield from self._detail(link)

    def _detail(self, link: Link) -> Iterator[FoundFile]:
        """A detail page: what is attached to it, and its own text where that is wanted."""
        if not self._is_new(link.address) or not self._may_go_on(Rest("detail", link.address, link.text)):
            return
        page = yield from self._page(link.address)
        if page is None:
            return
        attached = [
            (each, name)
            for each in page.links
            if self._is_wanted(each.address) and (name := self._name(each))
        ]
        for each, name in attached:
            yield from self._file(each.address, name, f"{link.text} {each.text}", _published(link, page))
        text = self.source.page_text
        if text == "always" or (text == "without_attachments" and not attached):
            remembered = self.visited[link.address]
            if page.gist and self.said.setdefault(page.gist, link.address) != link.address:
                self.counts.same_words += 1
            elif remembered is not None:
                name = f"{_safe(link.text)}.html"
                yield self._found(link.address, name, remembered, link.text, _published(link, page))

    def _page(self, address: str, *, is_start: bool = False) -> Generator[FoundFile, None, Page | None]:
        """Ask a page; return it, or give what says why it cannot be had."""
        self.pages += 1
        known = self.visited[address]
        if is_start and known and known.failure:
            known = None  # without it there is nothing at all: it is asked at every visit
        try:
            if not is_start and not self.fetcher.allows(address):
                self.counts.forbidden += 1
                return None
            answer = self._asked(address, known, is_here=known is not None and known.page is not None)
        except OSError as error:
            yield self._failed(address, str(error))
            return None
        if answer.is_unchanged and known:
            return known.page
        page = read_page(answer.body, answer.address)
        self.counts.bytes += len(answer.body)
        self.counts.unparsed += page.gist is None
        if known and self._is_landed(address, known) and _says_the_same(page, known.page):
            # tokens and counters make other bytes of it at each visit, and no other document
            self.visited[address] = Remembered(answer.validators, known.sha256, page)
        else:
            self.visited[address] = Remembered(answer.validators, _digest(answer.body), page)
            self._keep(answer)
        return page

    def _file(self, address: str, name: str, words: str, published: Published | None) -> Iterator[FoundFile]:
        """Ask a document, only for what is new if landing has what we know of."""
        if not self._is_new(address) or not self._may_go_on(Rest("file", address, words, name)):
            return
        known = self.visited[address]
        is_landed = known is not None and self._is_landed(address, known)
        try:
            if not self.fetcher.allows(address):
                self.counts.forbidden += 1
                return
            answer = self._asked(address, known, is_here=is_landed)
        except OSError as error:
            yield unreadable_file(address, name, str(error), self.source.id)
            return
        if answer.is_unchanged and known:
            yield self._found(address, known.file_name or name, known, words, published)
            return
        self.counts.files += 1
        self.counts.bytes += len(answer.body)
        name = self._disposed(answer) or name
        remembered = Remembered(answer.validators, _digest(answer.body), file_name=name)
        self.visited[address] = remembered
        self._keep(answer)
        yield self._found(address, name, remembered, words, published)

    def _asked(self, address: str, known: Remembered | None, *, is_here: bool) -> Answer:
        """Ask an address, conditionally where we have what it gave, or need not have it.

        Raises :class:`OSError` as :meth:`Fetcher.fetch` does; a failure that lasts is remembered, and raised
        again without asking until it is due.
        """
        failure = known.failure if known else None
        if failure and failure.declaration != self.declaration:
            failure = None
        try:
            if failure is None or known is None:
                return self.fetcher.fetch(address, known.validators if known and is_here else None)
            if not known.validators.headers() and not failure.is_due(self.now):
                again = failure.last + failure.pause
                raise OSError(
                    f"{failure.reason} (on {failure.last:%Y-%m-%d}; asked again from {again:%Y-%m-%d})"
                )
            answer = self.fetcher.fetch(address, known.validators)
        except LastingError as error:
            times = failure.times + 1 if failure else 1
            failure = Failure(str(error), self.declaration, times, self.now)
            self.visited[address] = Remembered(error.validators, failure=failure)
            raise
        if answer.is_unchanged:
            raise OSError(failure.reason)
        return answer

    def _found(
        self, address: str, name: str, remembered: Remembered, words: str, published: Published | None
    ) -> FoundFile:
        read = partial(self._read, address, remembered.sha256)
        said = " ".join(words.split()) or None
        return FoundFile(address, name, remembered.sha256, CERTAIN, read, self.source.id, said, published)

    def _read(self, address: str, sha256: str) -> bytes:
        arrived = self.arriving / sha256
        if arrived.exists():
            return arrived.read_bytes()
        with Fetcher(self.source, self.visited) as fetcher:
            return fetcher.fetch(address).body

    def _is_landed(self, address: str, known: Remembered) -> bool:
        return self.stamp_of(address) == known.sha256

    def _keep(self, answer: Answer) -> None:
        (self.arriving / _digest(answer.body)).write_bytes(answer.body)

    def _failed(self, address: str, reason: str) -> FoundFile:
        return unreadable_file(address, address, reason, self.source.id)

    def _is_new(self, address: str) -> bool:
        if address in self.asked:
            return False
        self.asked.add(address)
        return True

    def _is_wanted(self, address: str) -> bool:
        return is_on_allowed_host(address, self.source) and not _any(self.source.links.ignore, address)

    def _name(self, link: Link) -> str | None:
        """The name of a document that a link leads to; ``None`` when it leads to none."""
        in_address = unquote(PurePosixPath(urlsplit(link.address).path).name)
        for name in (link.text, in_address):
            if name and self.source.takes(name):
                return _safe(name)
        return None

    def _disposed(self, answer: Answer) -> str | None:
        """The name by which the website offers a file to be saved, where it is a document's."""
        found = _DISPOSITION.search(answer.headers.get("content-disposition", ""))
        name = unquote(found[1] or found[2]) if found else ""
        return _safe(name) if name and self.source.takes(name) else None


def _says_the_same(page: Page, earlier: Page | None) -> bool:
    return earlier is not None and page.gist is not None and page.gist == earlier.gist


def _published(link: Link, page: Page | None) -> Published | None:
    """When what a link leads to was published: what its own page says of it goes before its list."""
    if page is not None and page.published_on:
        return Published(date.fromisoformat(page.published_on), "page")
    if link.published_on:
        return Published(date.fromisoformat(link.published_on), "list_page")
    return None


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


def _is_numbered_like(address: str, page: str) -> bool:
    """Whether an address is that of a list page with a number, as index_1.html is beside index.html."""
    own = re.sub(r"(_\d+)?\.(s?html?|jsp|aspx?|php)$", "", page.rstrip("/"))
    numbered = re.sub(r"_\d+\.(s?html?|jsp|aspx?|php)$", "", address)
    return numbered != address and numbered in (own, f"{own}/index")


def _safe(name: str) -> str:
    """A name without what no file system takes; its end, which says what it is, is kept."""
    cleaned = _NOT_IN_A_NAME.sub("_", name).strip(" .") or "unnamed"
    return cleaned[-_MOST_NAME:]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
