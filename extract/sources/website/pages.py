"""A web page → its links, each with the words that stand on it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
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
_DATE = r"(?<!\d)(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)"
_ANY_DATE = re.compile(_DATE)
# 时间 alone says it, too; 打印时间, 成文日期 and the like are of something else
_PUBLISHED = re.compile(
    rf"(?:(?:发布|公开|公布|发表)(?:时间|日期)\s*[:：]?|(?<![\u4e00-\u9fff])(?:时间|日期)\s*[:：])\s*{_DATE}"
)
_ROW_OF_A_LIST = "ancestor::*[self::li or self::tr or self::dd or self::p][1]"
# the name that 政府网站发展指引 gives it, and those of other systems
_META = {"pubdate", "publishdate", "publicationdate", "article:published_time"}


class Link(NamedTuple):
    """Where a link leads, without its fragment, and what it says; the day (ISO) in its row of a list."""

    address: str
    text: str
    published_on: str | None = None


class Page(NamedTuple):
    """What of a page matters here. ``gist`` is the same as long as a reader sees the same words.

    ``published_on`` is the day (ISO) on which it says that it was published.
    """

    links: list[Link]
    next_pages: list[str]
    gist: str | None = None  # None where it cannot be parsed
    published_on: str | None = None


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
    next_pages = list(dict.fromkeys([*following, *_numbered(text, address)]))
    return Page(links, next_pages, _gist(root), _published_on(root))


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
    words = " ".join(_LOOKED_AT.sub("", _seen(root)).split())
    return hashlib.sha256(words.encode()).hexdigest()


def _seen(root: html.HtmlElement) -> str:
    return " ".join(" ".join(root.xpath("//text()[not(ancestor::script or ancestor::style)]")).split())


def _published_on(root: html.HtmlElement) -> str | None:
    """The day that a page names as that of its publication; not any other day in its text."""
    for element in root.iter("meta"):
        if (element.get("name") or element.get("property") or "").lower() in _META:
            days = _days(_ANY_DATE, element.get("content") or "")
            if days:
                return days[0]
    days = _days(_PUBLISHED, _seen(root))
    return days[0] if days else None


def _beside(element: html.HtmlElement) -> str | None:
    """The day in the row of a list beside its link: one, or it is not known which is meant."""
    for row in element.xpath(_ROW_OF_A_LIST):
        days = _days(_ANY_DATE, " ".join(row.xpath(".//text()[not(ancestor::a)]")))
        return days[0] if len(set(days)) == 1 else None
    return None


def _days(pattern: re.Pattern[str], text: str) -> list[str]:
    """Days as ISO says them; no day of any month is left out."""
    found = []
    for year, month, day in pattern.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)).isoformat())
        except ValueError:
            continue
    return found


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
    return Link(address, title if len(title) > len(words) else words, _beside(element))


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
