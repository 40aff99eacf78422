"""No website keeps a visit longer than its limits, and what they leave out is taken by the next visits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from extract.landing import LandingStore
from extract.sources.declared import WebsiteSource
from extract.sources.found import FoundFile
from extract.sources.website import Fetcher, Visited, counts_of, visit
from extract.sources.website.addresses import tidied
from extract.sources.website.allowed import check
from tests.extract.sources import hostile_site
from tests.extract.sources.hostile_site import HOSTILE, HostileSite, served

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def source_of(site: HostileSite, seconds: float = 20, **changed: object) -> WebsiteSource:
    politeness = {
        "seconds_between_requests": 0, "total_timeout": seconds, "read_timeout": 30, "retries": 1,
        "size_limit": 16,
    }  # fmt: skip
    declared = {
        "id": "site",
        "kind": "website",
        "where": f"{site.address}/index.html",
        "allow_private_addresses": True,
        "politeness": politeness,
        "most_pages": 20,
        "most_files": 30,
        **changed,
    }
    return WebsiteSource.model_validate(declared)


def visited_once(source: WebsiteSource, folder: Path) -> list[FoundFile]:
    """Visit and land, as a run does."""
    store = LandingStore(folder / "landing")
    visited = Visited(folder / "site.json")
    with Fetcher(source, visited, sleep=lambda _: None) as fetcher:
        found = list(visit(source, fetcher, visited, folder / "arriving", stamp_of=store.stamps(), now=NOW))
    store.land(found, NOW)
    return found


def problems_of(found: list[FoundFile]) -> str:
    said = []
    for file in found:
        try:
            file.read()
        except OSError as error:
            said.append(str(error))
    return "\n".join(said)


@pytest.mark.parametrize(
    ("name", "reason", "seconds", "most_seconds", "most_requests"),
    [
        ("slow_headers", "it took more than 1 s", 1, 4, 3),
        ("dripping_body", "it took more than 1 s", 1, 4, 3),
        ("many_attachments", "it brought 30 files, the most_files of the source", 20, 30, 40),
        ("endless_pages", "more than 20 pages", 5, 10, 30),
        ("redirect_loop", "more than 8 redirects", 5, 8, 12),
        ("bomb", "more than 16 MiB", 20, 20, 3),
        ("bomb_in_a_bomb", "more than 16 MiB", 20, 20, 3),
        ("ill_packed", "not packed as it says", 20, 8, 3),
    ],
)
def test_a_hostile_website_is_left_within_the_limits(
    name: str, reason: str, seconds: float, most_seconds: float, most_requests: int, tmp_path: Path
) -> None:
    with served(HOSTILE[name]) as site:
        began = time.monotonic()
        found = visited_once(source_of(site, seconds), tmp_path)
        assert time.monotonic() - began < most_seconds
        assert reason in problems_of(found)
        assert len(site.asked) <= most_requests
    counts = counts_of(tmp_path / "site.json")
    assert counts is not None
    assert counts.requests == len(site.asked)


def test_what_a_limit_left_out_is_what_the_next_visit_begins_with(tmp_path: Path) -> None:
    with served(partial(hostile_site.many_attachments, how_many=500)) as site:
        taken = [
            {file.file_name for file in visited_once(source_of(site, most_files=25), tmp_path)}
            for _ in range(3)
        ]
    assert [len(names) for names in taken] == [26, 26, 26], "and one that says what is left"
    documents = [{name for name in names if name.endswith(".pdf")} for names in taken]
    assert len(set.union(*documents)) == 75


def test_pages_of_the_same_words_are_one_document_whatever_session_they_name(tmp_path: Path) -> None:
    with served(hostile_site.endless_pages) as site:
        found = visited_once(source_of(site), tmp_path)
        details = [path for path in site.asked if path.startswith("/detail")]
    assert len(details) == 1, "without their sessions the addresses are one"
    assert sum(file.file_name.endswith(".html") and "预算" in file.file_name for file in found) == 1


def same_words(path: str) -> Iterator[bytes]:
    if path == "/robots.txt":
        yield from hostile_site.page("")
    elif path == "/index.html":
        links = "".join(f'<a href="{n}.html">某局2024年部门预算</a>' for n in range(5))
        yield from hostile_site.page(links)
    else:
        yield from hostile_site.page(f"<p>预算</p><script>{path}</script>")


def test_pages_of_the_same_words_under_many_addresses_are_counted(tmp_path: Path) -> None:
    with served(same_words) as site:
        for _ in range(2):
            found = visited_once(source_of(site), tmp_path)
            assert len(found) == 1
            counts = counts_of(tmp_path / "site.json")
            assert counts is not None
            assert counts.same_words == 4


def mostly_forbidden(path: str) -> Iterator[bytes]:
    if path == "/robots.txt":
        yield hostile_site.HTML + b"User-agent: *\nDisallow: /inner\n"
    elif path == "/index.html":
        yield from hostile_site.page(
            '<a href="/inner/1.pdf">2024年预算.pdf</a><a href="/inner/2.html">2024年预算</a>'
            '<a href="/empty.html">2024年预算</a>'
        )
    else:
        yield hostile_site.HTML


def test_what_robots_txt_forbids_and_what_is_no_page_is_counted(tmp_path: Path) -> None:
    with served(mostly_forbidden) as site:
        visited_once(source_of(site), tmp_path)
        assert not [path for path in site.asked if path.startswith("/inner")]
    counts = counts_of(tmp_path / "site.json")
    assert counts is not None
    assert (counts.forbidden, counts.unparsed) == (2, 1)


REFUSED = (
    "127.0.0.1", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "0.1.2.3", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[2001:db8::1]",
    "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::10.0.0.1]", "[::8.8.8.8]", "[2002:a00:1::1]",
    "[64:ff9b::a00:1]", "[64:ff9b:1::a00:1]", "[2001:0:a00:1::1]", "localhost", "LOCALHOST.", "2130706433",
    "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "１２７.０.０.１", "user:word@127.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("host", REFUSED)
def test_an_address_that_is_not_of_the_open_internet_is_refused_before_a_connection(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("it was connected to"))
    bare = host.rpartition("@")[2]
    source = WebsiteSource.model_validate(
        {
            "id": "site",
            "kind": "website",
            "where": f"http://{bare}/",
            "politeness": {"seconds_between_requests": 0, "retries": 0},
        }
    )
    with (
        Fetcher(source, Visited(tmp_path / "site.json")) as fetcher,
        pytest.raises(OSError, match=r"private address|is not known"),
    ):
        fetcher.fetch(f"http://{host}/")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_not_refused(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    source = WebsiteSource.model_validate({"id": "s", "kind": "website", "where": f"http://{host}/"})
    check(f"http://{host}/", source)


def test_a_name_that_leads_elsewhere_when_it_is_connected_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first lookup is of the open internet, the second of this machine: the connection is not made."""
    with served(hostile_site.good) as site:
        port = int(site.address.rpartition(":")[2])
        answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
        monkeypatch.setattr("extract.sources.website.allowed.addresses_of", lambda *_: next(answers))
        monkeypatch.setattr("extract.sources.website.connection.addresses_of", lambda *_: next(answers))
        source = WebsiteSource.model_validate(
            {"id": "s", "kind": "website", "where": f"http://changing.example:{port}/index.html",
             "politeness": {"seconds_between_requests": 0, "retries": 0}}
        )  # fmt: skip
        with (
            Fetcher(source, Visited(tmp_path / "s.json")) as fetcher,
            pytest.raises(OSError, match=r"127\.0\.0\.1 is a private address"),
        ):
            fetcher.fetch(source.where[0])
        assert site.asked == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("http://user:word@a.example/x.pdf#top", "http://a.example/x.pdf"),
        ("http://a.example/x;jsessionid=0A1B?id=7", "http://a.example/x?id=7"),
        ("http://a.example/x?PHPSESSID=abc&id=7", "http://a.example/x?id=7"),
        ("http://a.example/x?id=7&_=1700000000000", "http://a.example/x?id=7"),
        ("http://a.example/x?1700000000000", "http://a.example/x"),
        ("http://a.example/x?r=0.8374651", "http://a.example/x"),
        ("http://a.example/x?sid=12&t=3", "http://a.example/x?sid=12&t=3"),
        ("http://a.example/x?id=0123456789abcdef0123", "http://a.example/x?id=0123456789abcdef0123"),
        ("http://a.example/x?a=1&a=2&&b", "http://a.example/x?a=1&a=2&&b"),
    ],
)
def test_an_address_is_kept_without_credentials_sessions_and_what_defeats_caches(
    address: str, kept: str
) -> None:
    assert tidied(address) == kept
