"""Which addresses a source may ask: http(s), on its hosts, on the open internet unless it says otherwise.

A name can lead anywhere, so what counts is the address that is connected to: each address of a name is looked
at before a connection is made to it, see :mod:`extract.sources.website.connection`.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from extract.sources.declared import WebsiteSource
from extract.sources.website.answer import LastingError
from extract.sources.website.connection import addresses_of

_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: on networks without IPv4 every address is one
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
    return named in _own(source.where) or any(_matches(parts, pattern) for pattern in source.allowed_hosts)


def check(address: str, source: WebsiteSource) -> None:
    """Raise :class:`ForbiddenAddressError` unless a source may ask an address."""
    parts = urlsplit(address)
    if parts.scheme not in _DEFAULT_PORTS:
        raise ForbiddenAddressError(f"{parts.scheme}: is not asked, only http and https")
    if not is_on_allowed_host(address, source):
        raise ForbiddenAddressError(f"{parts.hostname} is not among the allowed_hosts of {source.id}")
    if source.allow_private_addresses:
        return
    for peer in addresses_of(parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]):
        check_peer(peer, source)


def check_peer(peer: str, source: WebsiteSource) -> None:
    """Raise :class:`ForbiddenAddressError` for an IP address that is not of the open internet."""
    if source.allow_private_addresses:
        return
    address = ip_address(peer.partition("%")[0])
    closed = next((each for each in _stands_for(address) if not _is_open(each)), None)
    if closed is not None:
        leads_to = f"{peer} leads to {closed}, which" if closed != address else peer
        raise ForbiddenAddressError(
            f"{leads_to} is a private address; allow_private_addresses of {source.id} would have to say so"
        )


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    """Whether one computer of the open internet has an address: no group, no network of its own."""
    is_of_site = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or is_of_site)


def _stands_for(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The addresses that one leads to: itself, and an IPv4 address that is written within it.

    Mapped and translated ones are but another way to write the IPv4 address, and are judged by that alone.
    """
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _TRANSLATED:
        return [IPv4Address(int(address) & 0xFFFF_FFFF)]
    return [address, *(address.teredo or ()), *([address.sixtofour] if address.sixtofour else [])]


@lru_cache(64)
def _own(where: tuple[str, ...]) -> frozenset[tuple[str, int] | None]:
    """The hosts of first list pages."""
    return frozenset(_named(urlsplit(address)) for address in where)


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
