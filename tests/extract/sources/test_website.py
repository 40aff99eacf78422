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
        with Fetcher(source, sleep=self.slept.append) as fetcher:
            found = list(visit(source, fetcher, visited, self.folder / "arriving", self.store.stamps()))
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


def test_a_second_visit_asks_only_whether_anything_changed(site: Site, visitor: Visitor) -> None:
    first = visitor.visit(source_of(site))
    site.requests.clear()
    second = visitor.visit(source_of(site), NOON + timedelta(days=1))

    assert second.keys() == first.keys()
    assert visitor.listing["is_new"].sum() == 0
    plain = {request.path for request in site.requests if not request.is_conditional}
    failed_before = {"/zw/202308/big.pdf", "/to-inside", *(f"/loop/{n}" for n in range(1, 10))}
    without_validators = {"/robots.txt", "/zw/202308/gone.html", "/zw/202308/moved.html"}
    assert plain <= failed_before | without_validators
    kept = [request for request in site.requests if request.path not in plain]
    assert {request.status for request in kept} == {304} or {request.status for request in kept} <= {302, 304}
    assert len(kept) >= len(FOUND)


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


def test_requests_keep_their_distance_and_wait_as_long_as_they_are_asked(site: Site, tmp_path: Path) -> None:
    """With a real clock, as the website sees it."""
    source = source_of(site)
    with Fetcher(source) as fetcher:
        found = visit(source, fetcher, Visited(tmp_path / "visited"), tmp_path / "arriving", lambda _: None)
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
