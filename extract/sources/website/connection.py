"""Connections to a website: only to addresses that were checked, and only until a request's time is over.

A name is looked up once for a connection, each address found is checked, and the connection is made to one of
these: what the name leads to a moment later does not matter. The time of a request ends all of it, however
slowly its headers or its body drip.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable

import httpcore
import httpx

_SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

Checked = Callable[[str], None]
"""Raises :class:`OSError` for an IP address that must not be connected to."""


class Deadline:
    """When the request that is going on has to be over. One request at a time."""

    def __init__(self) -> None:
        self._at: float | None = None

    def begin(self, seconds: float) -> None:
        """A request begins that may take so many seconds."""
        self._at = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float | None:
        """How long the next step may take: ``timeout``, or what is left if that is less."""
        if self._at is None:
            return timeout
        left = max(0.0, self._at - time.monotonic())
        return left if timeout is None else min(timeout, left)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self._at is not None and time.monotonic() >= self._at


class _Stream(httpcore.NetworkStream):
    """A connection that ends with its request's time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._deadline.is_over:
            raise httpcore.ReadTimeout("the time of the request is over")
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    """Looks names up itself, so that what is connected to is what was checked."""

    def __init__(self, checked: Checked, deadline: Deadline) -> None:
        self._checked = checked
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers; none is asked before all are checked.

        Raises :class:`OSError` as what checks them does, and :class:`httpcore.ConnectError`.
        """
        addresses = addresses_of(host, port)
        for address in addresses:
            self._checked(address)
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                left = self._deadline.left(timeout)
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class CheckedTransport(httpx.HTTPTransport):
    """httpx's own transport over such connections. Proxies of the environment are not used."""

    def __init__(self, checked: Checked, deadline: Deadline) -> None:
        super().__init__(trust_env=False)
        # httpx offers no other way to say how its connections are made; a test shows that they are made so
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            network_backend=_Backend(checked, deadline),
        )


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, each once, as they were found. Raises :class:`OSError`."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OSError(f"{host} is not known: {getattr(error, 'strerror', None) or error}") from error
    return list(dict.fromkeys(str(peer[0]) for *_, peer in found))
