"""One polite client: it waits between requests, tries again, looks where redirects lead, stops at limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from extract.sources.declared import WebsiteSource
from extract.sources.website.addresses import tidied
from extract.sources.website.allowed import check, check_peer
from extract.sources.website.answer import Answer, LastingError, Validators
from extract.sources.website.connection import CheckedTransport, Deadline
from extract.sources.website.robots import Robots
from extract.sources.website.turns import Turns
from extract.sources.website.unpacking import ASKED_FOR, PackingError, unpacked
from extract.sources.website.visited import Visited

_MIB = 1024 * 1024
_MOST_REDIRECTS = 8
_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_BACKOFF = 30


class _MayPassError(OSError):
    """A failure worth another try, after ``retry_after`` seconds if the website said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Fetcher:
    """Asks what one source may ask, one request after the other. Closes its connections at the end."""

    def __init__(
        self,
        source: WebsiteSource,
        visited: Visited,
        sleep: Callable[[float], None] | None = None,
        turns: Turns | None = None,
    ) -> None:
        self._source = source
        self._polite = source.politeness
        self._turns = turns or Turns()
        self._sleep = sleep or self._turns.wait
        self._deadline = Deadline()
        self.requests = 0
        self._client = httpx.Client(
            transport=CheckedTransport(lambda peer: check_peer(peer, source), self._deadline),
            headers={"User-Agent": self._polite.user_agent, "Accept-Encoding": ASKED_FOR},
            timeout=httpx.Timeout(self._polite.read_timeout, connect=self._polite.connect_timeout),
            follow_redirects=False,
            trust_env=False,
        )
        self._robots = Robots(self._polite.user_agent, self._robots_txt, visited)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def allows(self, address: str) -> bool:
        """Whether robots.txt lets us ask. Raises :class:`OSError` when it cannot be had."""
        return self._robots.allows(address)

    def fetch(self, address: str, known: Validators | None = None) -> Answer:
        """Ask an address, only for what is new if ``known`` says what we have.

        Raises :class:`OSError` with a reason a person can act on: a limit, a refusal, or what went wrong at
        the last of several tries; :class:`LastingError` where another visit will most likely fail as well.
        """
        answer = self._tried(address, known, check_robots=True)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise OSError(_status_in_words(answer.status))
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise LastingError(_status_in_words(answer.status))
        return answer

    def _robots_txt(self, address: str, known: Validators | None) -> Answer:
        return self._tried(address, known, check_robots=False)

    def _tried(self, address: str, known: Validators | None, *, check_robots: bool) -> Answer:
        tries = Retrying(
            retry=retry_if_exception_type(_MayPassError),
            stop=stop_after_attempt(self._polite.retries + 1),
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )
        return tries(self._once, address, known.headers() if known else {}, check_robots)

    def _wait(self, state: RetryCallState) -> float:
        """Longer after each try, or as long as the website asks."""
        error = state.outcome.exception() if state.outcome else None
        backoff = wait_exponential_jitter(initial=1, max=_LONGEST_BACKOFF)(state)
        asked = error.retry_after if isinstance(error, _MayPassError) else None
        if asked is not None and asked > self._polite.longest_wait:
            raise OSError(f"the website asks to come back in {asked:,.0f} s; the next visit tries again")
        return min(self._polite.longest_wait, max(backoff, asked or 0))

    def _once(self, address: str, headers: dict[str, str], check_robots: bool) -> Answer:
        """Ask once, through redirects; each hop is checked as if it had been linked."""
        for _ in range(_MOST_REDIRECTS + 1):
            check(address, self._source)
            if check_robots and not self.allows(address):
                raise OSError(f"robots.txt of {urlsplit(address).netloc} does not allow it")
            answer = self._asked(address, headers, check_robots)
            if answer.status not in _REDIRECTS:
                break
            address = _led_to(address, answer)
        else:
            raise LastingError(f"there are more than {_MOST_REDIRECTS} redirects")
        if answer.status in _MAY_PASS:
            raise _MayPassError(_status_in_words(answer.status), _retry_after(answer))
        return answer

    def _asked(self, address: str, headers: dict[str, str], check_robots: bool) -> Answer:
        asked = self._robots.seconds_between_requests(address) if check_robots else 0
        distance = max(self._polite.seconds_between_requests, asked)
        try:
            with self._turns.at(urlsplit(address).netloc, distance, self._sleep):
                self._deadline.begin(self._polite.total_timeout)
                self.requests += 1
                with self._client.stream("GET", address, headers=headers) as response:
                    body = b"" if response.status_code in _REDIRECTS else self._body(response)
                    return Answer(address, response.status_code, response.headers, body)
        except httpx.TransportError as error:
            if self._deadline.is_over:
                raise LastingError(self._too_long()) from error
            raise _MayPassError(_in_words(error)) from error
        except httpx.InvalidURL as error:
            raise LastingError(f"it is no address: {error}") from error

    def _too_long(self) -> str:
        return f"it took more than {self._polite.total_timeout:g} s"

    def _body(self, response: httpx.Response) -> bytes:
        limit = int(self._polite.size_limit * _MIB)
        announced = response.headers.get("content-length", "")
        validators = Validators.of(response.headers)
        too_large = f"it has more than {self._polite.size_limit:g} MiB, the size_limit of {self._source.id}"
        if announced.isdigit() and int(announced) > limit:
            raise LastingError(too_large, validators)
        if response.status_code == HTTPStatus.OK and not self._takes(response):
            kind = response.headers.get("content-type", "")
            reason = f"it is {kind}, which is not among the types of {self._source.id}"
            raise LastingError(reason, validators)
        body = bytearray()
        try:
            for part in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
                body += part
                if len(body) > limit:
                    raise LastingError(too_large, validators)
                if self._deadline.is_over:
                    raise LastingError(self._too_long())
        except PackingError as error:
            raise LastingError(str(error), validators) from error
        return bytes(body)

    def _takes(self, response: httpx.Response) -> bool:
        """Pages are always looked at; ``types`` is about files."""
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        wanted = self._polite.types
        return (
            not wanted
            or media_type in ("", "text/html", "text/plain")
            or any(fnmatchcase(media_type, pattern.lower()) for pattern in wanted)
        )


def _led_to(address: str, answer: Answer) -> str:
    """Where a redirect leads. Raises :class:`LastingError` when it leads to no address."""
    try:
        return tidied(urljoin(address, answer.headers.get("location", "")))
    except ValueError as error:
        raise LastingError(f"it leads to no address: {error}") from error


def _status_in_words(status: int) -> str:
    try:
        return f"the website answers {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"the website answers {status}"


def _retry_after(answer: Answer) -> float | None:
    said = str(answer.headers.get("retry-after", "")).strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _in_words(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return f"no answer in time ({type(error).__name__})"
    return f"the connection failed: {error or type(error).__name__}"
