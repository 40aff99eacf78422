"""Ten good websites beside six hostile ones: nobody waits for them, and no host is asked twice at once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from extract.sources.declared import WebsiteSource
from extract.sources.website import Turns
from extract.sources.website.turns import EndedError
from orchestration.collecting.listing import offered_by_all
from orchestration.home.paths import Paths
from tests.extract.sources import hostile_site
from tests.extract.sources.hostile_site import HOSTILE, HostileSite, served

HOSTILE_SECONDS = 4.0
GOOD = 10


def source_of(name: str, site: HostileSite) -> WebsiteSource:
    return WebsiteSource.model_validate(
        {
            "id": name,
            "kind": "website",
            "where": f"{site.address}/index.html",
            "allow_private_addresses": True,
            "politeness": {
                "seconds_between_requests": 0.05,
                "total_timeout": HOSTILE_SECONDS,
                "retries": 0,
                "size_limit": 16,
            },
            "most_pages": 40,
            "most_files": 40,
        }
    )


def test_good_websites_do_not_wait_for_hostile_ones(paths: Paths) -> None:
    """The hostile ones are declared first; all together take longer than the good ones have to wait."""
    with ExitStack() as stack:
        hostile = {name: stack.enter_context(served(answer)) for name, answer in HOSTILE.items()}
        good = {f"good-{n}": stack.enter_context(served(hostile_site.good)) for n in range(GOOD)}
        sources = [source_of(name.replace("_", "-"), site) for name, site in (hostile | good).items()]
        began = time.monotonic()
        ended, found = {}, {}
        for source, files in offered_by_all(paths, sources):
            ended[source.id], found[source.id] = time.monotonic() - began, files
    assert len(ended) == len(sources)
    for name, site in good.items():
        assert [file.file_name for file in found[name]] == ["某局2024年部门预算.pdf"]
        assert found[name][0].stamp is not None, "it was had"
        assert sorted(site.asked) == ["/budget.pdf", "/index.html", "/robots.txt"]
    for site in hostile.values():
        assert len(site.asked) <= 60
    slow = [ended["slow-headers"], ended["dripping-body"]]
    assert max(ended[name] for name in good) < HOSTILE_SECONDS + 3
    assert max(slow) < 3 * HOSTILE_SECONDS


class Counted:
    """How many requests a host answers at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock = threading.Lock()

    def answer(self, path: str) -> Iterator[bytes]:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.05)
        with self.lock:
            self.now -= 1
        yield from hostile_site.good(path)


def test_several_sources_of_one_host_are_asked_one_at_a_time(paths: Paths) -> None:
    host = Counted()
    with served(host.answer) as site:
        sources = [source_of(f"part-{n}", site) for n in range(4)]
        listed = Counter(source.id for source, _ in offered_by_all(paths, sources))
    assert len(listed) == 4
    assert host.most == 1


def test_visits_end_when_nobody_waits_for_them(paths: Paths) -> None:
    """As an interrupt ends them: the one that goes on stops before its next request."""
    with served(hostile_site.endless_pages) as endless, served(hostile_site.good) as good:
        politeness = {"seconds_between_requests": 0.2}
        slow = source_of("endless", endless).model_copy(update={"most_pages": 10_000})
        slow = WebsiteSource.model_validate({**slow.model_dump(), "politeness": politeness})
        offers = offered_by_all(paths, [source_of("good", good), slow])
        assert next(offers)[0].id == "good"
        began = time.monotonic()
        offers.close()  # type: ignore[attr-defined]
        assert time.monotonic() - began < 5
        asked = len(endless.asked)
        time.sleep(0.6)
        assert len(endless.asked) == asked


def test_nothing_is_asked_after_the_end() -> None:
    turns = Turns()
    turns.end()
    with pytest.raises(EndedError), turns.at("a.example", 0, time.sleep):
        pytest.fail("it was its turn")
