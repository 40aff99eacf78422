"""A web page → its links, each with the words that stand on it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree, html

from extract.sources.website.addresses import tidied

_NEXT = re.compile(r"^\W*(下一页|下页|后一页|next)\W*$", re.IGNORECASE)
# Websites made with TRS draw their page numbers by this call: pages in all, this one, first name, ending.
_NUMBERED = re.compile(r"createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*[\"'](\w+)[\"']\s*,\s*[\"'](\w+)[\"']")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MOST_NUMBERED = 2000
# 浏览次数：1,024 次
_LOOKED_AT = re.compile(
    r"(浏览|点击|阅读|访问|查看)\s*(次数|量|数|人数|人次)?\s*[:：]?\s*[\[（(]?\s*\d[\d,]*\s*[\]）)]?\s*(人次|次)?"
)


class Link(NamedTuple):
    """Where a link leads, without its fragment, and what it says."""

    address: str
    text: str


class Page(NamedTuple):
    """What of a page matters here. ``gist`` is the same as long as a reader sees the same words."""

    links: list[Link]
    next_pages: list[str]
    gist: str | None = None  # None where it cannot be parsed


def read_page(body: bytes, address: str) -> Page:
    """Links in the order of the page. Whatever cannot be parsed has none."""
    text = decoded(body)
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        return Page([], [])
    base = _joined(address, next((element.get("href") or "" for element in root.iter("base")), "")) or address
    links = [link for element in root.iter("a", "area") if (link := _link(element, base))]
    following = [link.address for link in links if _NEXT.match(link.text)]
    following += [
        joined
        for element in root.iter("link")
        if (element.get("rel") or "").lower() == "next"
        and (joined := _joined(base, element.get("href") or ""))
    ]
    return Page(links, list(dict.fromkeys([*following, *_numbered(text, address)])), _gist(root))


def decoded(body: bytes) -> str:
    """A page as text. What a page says of its encoding is often wrong: UTF-8 and GB18030 are tried first."""
    said = _CHARSET.search(body[:4096])
    for encoding in ("utf-8-sig", "gb18030", said[1].decode("ascii", "replace") if said else "utf-8"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    # one bad byte in a page of GBK must not cost its links
    best = min(("utf-8", "gb18030"), key=lambda encoding: body.decode(encoding, "replace").count("\ufffd"))
    return body.decode(best, "replace")


def _gist(root: html.HtmlElement) -> str:
    """A digest of what a reader sees; how often a page was looked at is not counted as part of it."""
    seen = " ".join(root.xpath("//text()[not(ancestor::script or ancestor::style)]"))
    words = " ".join(_LOOKED_AT.sub("", " ".join(seen.split())).split())
    return hashlib.sha256(words.encode()).hexdigest()


def _link(element: html.HtmlElement, base: str) -> Link | None:
    href = (element.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    address = _joined(base, href)
    if address is None or not address.lower().startswith(("http://", "https://")):
        return None
    words = " ".join(element.text_content().split())
    title = " ".join((element.get("title") or "").split())
    # a list cuts long titles off, and has them whole in the attribute
    return Link(address, title if len(title) > len(words) else words)


def _joined(base: str, href: str) -> str | None:
    """Where a link leads; None where it is no address."""
    try:
        return tidied(urljoin(base, href))
    except ValueError:
        return None


def _numbered(text: str, address: str) -> Iterator[str]:
    for pages, _, name, ending in _NUMBERED.findall(text):
        for number in range(1, min(int(pages), _MOST_NUMBERED)):
            if joined := _joined(address, f"{name}_{number}.{ending}"):
                yield joined
