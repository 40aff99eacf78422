"""Which addresses a source may ask: http(s), on its hosts, on the open internet unless it says otherwise.

A name can lead anywhere, so what counts is the address that is connected to: it is looked up before a request
and looked at again on the connection, before anything of the answer is read.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from extract.sources.declared import WebsiteSource
from extract.sources.website.answer import LastingError

_DEFAULT_PORTS = {"http": 80, "https": 443}


class ForbiddenAddressError(LastingError):
    """An address that this source may not ask; the message says why."""


def is_on_allowed_host(address: str, source: WebsiteSource) -> bool:
    """Whether an address is on one of the hosts of a source. Nothing is looked up."""
    try:
        parts = urlsplit(address)
        named = _named(parts)
    except ValueError:
        return False
    if named is None:
        return False
    own = {_named(urlsplit(where)) for where in source.where}
    return named in own or any(_matches(parts, pattern) for pattern in source.allowed_hosts)


def check(address: str, source: WebsiteSource) -> None:
    """Raise :class:`ForbiddenAddressError` unless a source may ask an address."""
    parts = urlsplit(address)
    if parts.scheme not in _DEFAULT_PORTS:
        raise ForbiddenAddressError(f"{parts.scheme}: is not asked, only http and https")
    if not is_on_allowed_host(address, source):
        raise ForbiddenAddressError(f"{parts.hostname} is not among the allowed_hosts of {source.id}")
    if source.allow_private_addresses:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or _DEFAULT_PORTS[parts.scheme])
    except OSError as error:
        raise OSError(f"{parts.hostname} is not known: {error.strerror or error}") from error
    for _, _, _, _, peer in found:
        check_peer(str(peer[0]), source)


def check_peer(peer: str, source: WebsiteSource) -> None:
    """Raise :class:`ForbiddenAddressError` for an IP address that is not of the open internet."""
    if not source.allow_private_addresses and not ip_address(peer.partition("%")[0]).is_global:
        raise ForbiddenAddressError(
            f"{peer} is a private address; allow_private_addresses of {source.id} would have to say so"
        )


def _named(parts: SplitResult) -> tuple[str, int] | None:
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.hostname.lower(), parts.port or _DEFAULT_PORTS[parts.scheme]


def _matches(parts: SplitResult, pattern: str) -> bool:
    host, _, port = pattern.rpartition(":") if pattern[-1].isdigit() and ":" in pattern else (pattern, "", "")
    if (port and str(parts.port) != port) or (not port and parts.port not in (None, 80, 443)):
        return False
    own = (parts.hostname or "").lower()
    return own == host.strip("[]") or (host.startswith("*.") and own.endswith(host[1:]))
