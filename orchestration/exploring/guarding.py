"""Who may ask for what: names of the server, the token of those who change something, what a page may do."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from orchestration.dropping.application import is_from_own_page
from orchestration.exploring.wording import own_words
from orchestration.reports.words import Language

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
COOKIE = "disclosures_token"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
MOST_FORM_BYTES = 64 * 1024
_SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What this server may be called in a request: a name that a stranger's site points here is refused.

    An address that is no name cannot be pointed anywhere, so all are good where others may read, too; behind
    a translation of addresses the machine does not know by which one it is reached.
    """

    names: frozenset[str] = frozenset(LOOPBACK_NAMES)
    takes_addresses: bool = False

    @classmethod
    def of(cls, names: Iterable[str], *, takes_addresses: bool = False) -> OwnNames:
        """The names of this machine for itself, and these."""
        return cls(frozenset((*LOOPBACK_NAMES, *(name.lower() for name in names))), takes_addresses)

    def include(self, host: str) -> bool:
        """Whether what a request names (its port aside) is this server."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.names or (self.takes_addresses and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Refuses what other sites send, and, where there is a token, changes by who does not know it."""

    def __init__(self, token: str | None, names: OwnNames) -> None:
        self._token = token
        self._names = names

    async def __call__(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Let a request pass or refuse it; every answer gets the headers that a page here has."""
        answer = self.refusal(request) or await call_next(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        return answer

    def refusal(self, request: Request) -> Response | None:
        """What is answered to a request that is not let through."""
        words = own_words(Language.ZH)
        if not self._names.include(request.headers.get("host", "")):
            return PlainTextResponse(words["not_my_name"], 400)
        if request.method in _SAFE:
            return None
        if not is_from_own_page(request):
            return PlainTextResponse(words["not_from_here"], 403)
        if self._token is not None and not self._knows_token(request.cookies.get(COOKIE, "")):
            return PlainTextResponse(words["token_wanted"], 403)
        return None

    def enter(self, request: Request) -> Response:
        """Take the token from the address that was shown at the start, and remember it in a cookie."""
        answer: Response = RedirectResponse("/", 303)
        said = request.query_params.get("token", "")
        if self._token is None:
            return answer
        if not self._knows_token(said):
            return PlainTextResponse(own_words(Language.ZH)["token_wanted"], 403)
        answer.set_cookie(COOKIE, said, httponly=True, samesite="strict")
        return answer

    def _knows_token(self, said: str) -> bool:
        return self._token is not None and hmac.compare_digest(said.encode(), self._token.encode())
