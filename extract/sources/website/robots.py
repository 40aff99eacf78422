"""What robots.txt of a host lets us ask, and how fast."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from protego import Protego

from extract.sources.website.answer import Answer, Validators
from extract.sources.website.visited import Remembered, Visited

Fetch = Callable[[str, Validators | None], Answer]


class Robots:
    """The rules of every host of a visit; each robots.txt is asked once.

    A host without one allows everything (RFC 9309). One whose robots.txt cannot be had for now allows
    nothing for now. One that was read at an earlier visit is asked only for what is new.
    """

    def __init__(self, user_agent: str, fetch: Fetch, visited: Visited) -> None:
        self._user_agent = user_agent
        self._fetch = fetch
        self._visited = visited
        self._rules: dict[str, Protego | OSError] = {}

    def allows(self, address: str) -> bool:
        """Whether an address may be asked. Raises :class:`OSError` when robots.txt cannot be had."""
        return bool(self._of(address).can_fetch(address, self._user_agent))

    def seconds_between_requests(self, address: str) -> float:
        """What the host asks for; zero when nothing."""
        try:
            return float(self._of(address).crawl_delay(self._user_agent) or 0)
        except OSError:
            return 0

    def _of(self, address: str) -> Protego:
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._asked(f"{host}/robots.txt")
        rules = self._rules[host]
        if isinstance(rules, OSError):
            raise rules
        return rules

    def _asked(self, address: str) -> Protego | OSError:
        known = self._visited[address]
        text = known.text if known else None
        try:
            answer = self._fetch(address, known.validators if known and text is not None else None)
        except OSError as error:
            return OSError(f"{address} cannot be had, so nothing is asked of this host now: {error}")
        if answer.status in range(HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR):
            return Protego.parse("")
        if not answer.is_unchanged or text is None:
            text = answer.body.decode("utf-8", "replace")
            self._visited[address] = Remembered(answer.validators, text=text)
        return Protego.parse(text)
