"""The pages, served until they are stopped."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import sys
import webbrowser
from contextlib import closing
from typing import Any

import uvicorn

from orchestration.command.terminal import CommandError, messages, output
from orchestration.exploring.application import explore_application
from orchestration.exploring.asking import Published
from orchestration.exploring.guarding import LOOPBACK_NAMES
from orchestration.home.paths import Paths

_TOKEN_BYTES = 24
_EVERYWHERE = ("0.0.0.0", "::")


def serve_pages(paths: Paths, host: str, port: int) -> None:
    """Serve until interrupted; port 0 takes a free one.

    Raises :class:`UsageError` when nothing is published, :class:`CommandError` when the address is taken.
    """
    with Published(paths).asking():
        pass  # says so before a page is opened, where nothing is published
    is_local = _is_loopback(host)
    token = None if is_local else secrets.token_urlsafe(_TOKEN_BYTES)
    with closing(_listening(host, port)) as listening:
        shown = socket.gethostname() if host in _EVERYWHERE else host
        address = f"http://{_in_address(shown)}:{listening.getsockname()[1]}/"
        output().print(f"Open {address} in a browser. Ctrl+C ends it.", soft_wrap=True)
        if token is not None:
            messages().print(
                f"--host {host}: everybody who can reach this machine can read all that is published, over "
                "a connection that is not encrypted. Files to check and decisions are taken only from a "
                f"browser that has opened {address}enter?token={token}",
                markup=False,
            )
        if sys.stdout.isatty() and is_local:
            webbrowser.open(address)
        application = explore_application(paths, names=_names(host), token=token)
        settings = uvicorn.Config(application, log_level="warning", lifespan="off", server_header=False)
        uvicorn.Server(settings).run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _names(host: str) -> tuple[str, ...]:
    """What the server may be called in a request: a name that a stranger's site points here is refused."""
    if host not in _EVERYWHERE:
        return (*LOOPBACK_NAMES, _in_address(host))
    own = socket.gethostname()
    found = {str(each[4][0]) for each in _addresses(own)}
    return (*LOOPBACK_NAMES, own, *map(_in_address, sorted(found)))


def _addresses(name: str) -> list[tuple[Any, ...]]:
    try:
        return [*socket.getaddrinfo(name, None)]
    except OSError:
        return []


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CommandError(f"{host}, port {port}, cannot be listened at: {error.strerror}.") from error
    return listening
