"""Addresses as they are kept: without credentials, and without what is another at each visit."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

_OF_A_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|session_?id|sess(?:ion)?|cfid|cftoken|csrf\w*|nocache|no_cache"
    r"|cache_?bust(?:er)?|rand(?:om)?|rnd|utm_\w+)",
    re.IGNORECASE,
)
"""Names of parameters that are of a session, or only there so that no cache answers."""
_MAY_BE_OF_A_SESSION = re.compile(r"(?:sid|s|token|t|_t|ts|timestamp|time|r|_r|v|_v|_)", re.IGNORECASE)
"""The same, where the value is a moment or was drawn: short names mean other things elsewhere."""
_DRAWN = re.compile(r"\d{10}(?:\d{3})?|0\.\d{6,}|(?=.*\d)[0-9a-fA-F-]{16,}|(?=.*\d)(?=.*[A-Za-z])\w{20,}")
_IN_PATH = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)


def tidied(address: str) -> str:
    """An address without its fragment, user and password, session ids and what defeats caches.

    Raises :class:`ValueError` for what is no address.
    """
    parts = urlsplit(address)
    path = _IN_PATH.sub("", parts.path) if ";" in parts.path else parts.path
    query = "&".join(each for each in parts.query.split("&") if not _is_of_a_session(each))
    return urlunsplit((parts.scheme, _without_user(parts), path, query if parts.query else "", ""))


def _without_user(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _is_of_a_session(parameter: str) -> bool:
    if not parameter:
        return False
    name, _, value = parameter.partition("=")
    if _OF_A_SESSION.fullmatch(name):
        return True
    is_bare = not value and _DRAWN.fullmatch(name) is not None  # page.html?1700000000000
    return is_bare or (
        _MAY_BE_OF_A_SESSION.fullmatch(name) is not None and _DRAWN.fullmatch(unquote(value)) is not None
    )
