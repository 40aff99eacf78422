"""A website is visited as a patient person would: everything once, nothing twice, within limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from extract.landing import LandingStore
from extract.sources.declared import WebsiteSource
from extract.sources.found import FoundFile
from extract.sources.website import Fetcher, Visited, visit
from extract.sources.website.allowed import ForbiddenAddressError, check, check_peer
from tests.extract.sources.government_site import FAILED, FOUND, Site, a_governments_site, served

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
BETWEEN = 0.05


@pytest.fixture
def site() -> Iterator[Site]:
    with served(a_governments_site()) as running:
        yield running


def source_of(site: Site, **changed: object) -> WebsiteSource:
    politeness = {"seconds_between_requests": BETWEEN, "size_limit": 1, "retries": 2, "read_timeout": 5}
    declared = {
        "id": "site",
        "kind": "website",
        "where": f"{site.address}/zw/index.html",
        "allow_private_addresses": True,
        "politeness": politeness,
        **changed,
    }
    return WebsiteSource.model_validate(declared)


class Visitor:
    """Visits and lands, as a run does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = LandingStore(folder / "landing")
        self.slept: list[float] = []

    def visit(self, source: WebsiteSource, now: datetime = NOON) -> dict[str, FoundFile]:
        """Land all that is found; give it by name."""
        visited = Visited(self.folder / "visited.json")
        with Fetcher(source, visited, sleep=self.slept.append) as fetcher:
            arriving = self.folder / "arriving"
            found = list(visit(source, fetcher, visited, arriving, stamp_of=self.store.stamps(), now=now))
        self.listing = self.store.land(found, now)
        assert len({file.uri for file in found}) == len(found), "something was found twice"
        return {file.file_name: file for file in found}

    def problems(self) -> dict[str, str]:
        rows = self.listing.filter(self.listing["problem"].is_not_null())
        return dict(rows.select("file_name", "problem").iter_rows())


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return Visitor(tmp_path)


def test_everything_is_found_once_and_what_failed_says_why(site: Site, visitor: Visitor) -> None:
    found = visitor.visit(source_of(site))

    failed = {name.removeprefix(site.address): reason for name, reason in visitor.problems().items()}
    assert failed.keys() == FAILED.keys()
    for name, reason in FAILED.items():
        assert reason in failed[name]
    assert found.keys() - visitor.problems().keys() == FOUND.keys()
    for name, data in FOUND.items():
        if data is not None:
            assert found[name].read() == data
    assert "全文" in found["某区民政局2024年部门预算公开说明.html"].read().decode("gbk")
    assert visitor.listing["is_new"].sum() == len(FOUND)
    assert set(visitor.listing["source_id"]) == {"site"}


def test_each_address_is_asked_once_but_after_a_failure_that_may_pass(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    times = Counter(request.path for request in site.requests)
    again = {path: count for path, count in times.items() if count > 1}
    assert again == {"/files/unstable.pdf": 3, "/files/busy.doc": 2}
    assert not [path for path in times if path.startswith("/inner/")], "robots.txt does not allow it"
    assert "/zw/202401/t1_3.html" not in times, "no link says that it is about a budget"
    assert "/style.css" not in times


WITHOUT_ANYTHING = {"/zw/202308/gone.html", "/to-inside", *(f"/loop/{n}" for n in range(1, 10))}
"""What gave nothing that one could ask about: not found, and redirects that lead nowhere."""


def asked_plainly(site: Site) -> set[str]:
    return {request.path for request in site.requests if not request.is_conditional}


def test_a_second_visit_asks_only_whether_anything_changed(site: Site, visitor: Visitor) -> None:
    first = visitor.visit(source_of(site))
    problems = visitor.problems()
    site.requests.clear()
    second = visitor.visit(source_of(site), NOON + timedelta(hours=6))

    assert second.keys() == first.keys()
    assert visitor.listing["is_new"].sum() == 0
    assert asked_plainly(site) == set()
    assert len(site.requests) >= len(FOUND)
    assert {request.status for request in site.requests if request.path not in site.redirects} == {304}
    assert len(site.asked("/robots.txt")) == 1
    assert site.asked("/zw/202308/big.pdf"), "whether it is still too large is asked, too"
    assert not WITHOUT_ANYTHING & {request.path for request in site.requests}
    assert visitor.problems().keys() == problems.keys()
    for name, reason in problems.items():
        assert visitor.problems()[name].startswith(reason), "what failed is still said to be missing"


def test_what_is_not_there_is_asked_again_after_a_day_then_after_two_then_four(
    site: Site, visitor: Visitor
) -> None:
    asked_on = []
    for day in range(17):
        site.requests.clear()
        visitor.visit(source_of(site), NOON + timedelta(days=day, hours=-3 * (day % 2)))
        asked_on += [day] if site.asked("/zw/202308/gone.html") else []
        if day:
            assert asked_plainly(site) <= WITHOUT_ANYTHING
    assert asked_on == [0, 1, 3, 7, 15]
    assert "404 Not Found (on 2026-01-20; asked again from 2026-02-05)" in " ".join(
        visitor.problems().values()
    )


def test_what_was_not_there_is_found_once_it_is(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    site.files["/zw/202308/gone.html"] = '<a href="/files/late.pdf">水务局决算.pdf</a>'.encode()
    site.files["/files/late.pdf"] = b"%PDF late"
    assert "水务局决算.pdf" in visitor.visit(source_of(site), NOON + timedelta(days=1))


def test_a_file_that_was_too_large_is_taken_once_it_is_smaller(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    site.files["/zw/202308/big.pdf"] = b"%PDF small"
    visitor.visit(source_of(site), NOON + timedelta(hours=1))
    assert visitor.listing["is_new"].sum() == 1


def test_a_source_that_is_declared_anew_is_asked_anew(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    site.requests.clear()
    larger = {"seconds_between_requests": BETWEEN, "size_limit": 4, "retries": 2, "read_timeout": 5}
    found = visitor.visit(source_of(site, politeness=larger), NOON + timedelta(hours=1))
    assert len(found["决算全文.pdf"].read()) == 3_000_000
    assert site.asked("/zw/202308/gone.html")


def test_a_clock_that_was_put_back_leaves_nothing_unasked(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    site.requests.clear()
    visitor.visit(source_of(site), NOON - timedelta(days=300))
    assert site.asked("/zw/202308/gone.html")


def test_a_list_page_that_is_gone_is_asked_at_every_visit(site: Site, visitor: Visitor) -> None:
    page = site.files.pop("/zw/index.html")
    visitor.visit(source_of(site))
    assert "404 Not Found" in visitor.problems().popitem()[1]
    site.files["/zw/index.html"] = page
    visitor.visit(source_of(site), NOON + timedelta(hours=1))
    assert visitor.listing["is_new"].sum() == len(FOUND)


def test_a_replaced_file_is_a_new_document_at_the_same_address(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    before = visitor.store.documents().height
    site.files["/files/direct.pdf"] = b"%PDF corrected"

    found = visitor.visit(source_of(site), NOON + timedelta(days=1))

    assert visitor.listing["is_new"].sum() == 1
    assert visitor.store.documents().height == before + 1
    catalogue = visitor.store.catalogue()
    address = found["某区财政局2023年部门决算.pdf"].uri
    assert catalogue.filter(catalogue["uri"] == address)["document_id"].n_unique() == 2


def page_of_civil_affairs(words: str, token: int, looked_at: str) -> bytes:
    return (
        f'<head><meta charset="utf-8"><meta name="csrf" content="{token}">'
        f"<script>var token = {token}</script></head>"
        f"<h1>某区民政局2024年部门预算</h1><p>{words}</p><p>浏览次数：{looked_at} 次</p>"
    ).encode()


@pytest.mark.parametrize(
    ("words", "new"), [("合计 31.00 万元", 0), ("合计 31.01 万元", 1), ("合计 31.00 元", 1)]
)
def test_a_page_is_a_new_version_when_its_words_differ_not_its_counters(
    site: Site, visitor: Visitor, words: str, new: int
) -> None:
    site.files["/zw/202401/t1_2.html"] = page_of_civil_affairs("合计 31.00 万元", 1, "7")
    visitor.visit(source_of(site))
    for day in (1, 2):
        site.files["/zw/202401/t1_2.html"] = page_of_civil_affairs(words, day + 1, f"1,{day}07")
        visitor.visit(source_of(site), NOON + timedelta(days=day))
        assert visitor.listing["is_new"].sum() == (new if day == 1 else 0)


def test_requests_keep_their_distance_and_wait_as_long_as_they_are_asked(site: Site, tmp_path: Path) -> None:
    """With a real clock, as the website sees it."""
    source = source_of(site)
    visited = Visited(tmp_path / "visited")
    with Fetcher(source, visited) as fetcher:
        found = visit(source, fetcher, visited, tmp_path / "arriving", stamp_of=lambda _: None, now=NOON)
        assert len(list(found)) == len(FOUND) + len(FAILED)
    moments = [request.at for request in site.requests]
    distances = [later - earlier for earlier, later in pairwise(moments)]
    # measured where requests arrive; the network between may be late by a few milliseconds
    assert sorted(distances)[len(distances) // 20] > 0.8 * BETWEEN
    refused, answered = (request.at for request in site.asked("/files/busy.doc"))
    assert answered - refused >= 1, "Retry-After was not kept"


def test_robots_txt_may_ask_for_more_distance(site: Site, visitor: Visitor) -> None:
    site.files["/robots.txt"] = b"User-agent: *\nCrawl-delay: 7\nDisallow: /inner/\n"
    visitor.visit(source_of(site))
    assert max(visitor.slept) > 6


def test_a_website_whose_robots_txt_cannot_be_had_is_left_alone(site: Site, visitor: Visitor) -> None:
    site.troubles["/robots.txt"] = [(500, {})] * 10
    assert visitor.visit(source_of(site)).keys() == {f"{site.address}/zw/index.html"}
    assert "robots.txt cannot be had" in visitor.problems().popitem()[1]
    assert {request.path for request in site.requests} == {"/robots.txt"}


def test_pages_are_limited_in_number(site: Site, visitor: Visitor) -> None:
    site.files |= {
        f"/zw/index_{n}.html": f'<a href="index_{n + 1}.html">下一页</a>'.encode() for n in range(2, 200)
    }
    visitor.visit(source_of(site, most_pages=10))
    assert "more than 10 pages" in " ".join(visitor.problems().values())
    assert len([request for request in site.requests if request.path.endswith(".html")]) <= 12


def test_a_private_address_is_not_asked_unless_the_source_says_so(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site, allow_private_addresses=False))
    assert site.requests == []
    assert "127.0.0.1 is a private address" in visitor.problems().popitem()[1]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://www.example.gov.cn/a.pdf", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://evil.example/a.pdf", "not among the allowed_hosts"),
        ("http://www.example.gov.cn.evil.example/", "not among the allowed_hosts"),
        ("http://www.example.gov.cn:8080/", "not among the allowed_hosts"),
        ("http://www.example.gov.cn@evil.example/", "not among the allowed_hosts"),
    ],
)
def test_an_address_that_may_not_be_asked_says_why(address: str, reason: str) -> None:
    source = WebsiteSource.model_validate(
        {"id": "s", "kind": "website", "where": "http://www.example.gov.cn/index.html"}
    )
    with pytest.raises(ForbiddenAddressError, match=reason):
        check(address, source)


@pytest.mark.parametrize(
    "peer", ["10.0.0.8", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "fe80::1%eth0"]
)
def test_a_connection_to_a_private_address_is_given_up(peer: str) -> None:
    source = WebsiteSource.model_validate({"id": "s", "kind": "website", "where": "http://a.example/"})
    with pytest.raises(ForbiddenAddressError, match="private address"):
        check_peer(peer, source)


def test_what_is_remembered_of_a_website_may_be_lost(site: Site, visitor: Visitor) -> None:
    visitor.visit(source_of(site))
    (visitor.folder / "visited.json").write_text("{ cut off", encoding="utf-8")
    visitor.visit(source_of(site), NOON + timedelta(days=1))
    assert visitor.listing["is_new"].sum() == 0
