"""The pages, served until they are stopped."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import closing

import uvicorn

from orchestration.command.terminal import CommandError, messages, output
from orchestration.exploring.application import explore_application
from orchestration.exploring.asking import Published
from orchestration.exploring.guarding import OwnNames
from orchestration.home.paths import Paths

_TOKEN_BYTES = 24
_EVERYWHERE = ("0.0.0.0", "::")


def serve_pages(paths: Paths, host: str, port: int, names: Sequence[str] = ()) -> None:
    """Serve until interrupted; port 0 takes a free one.

    ``names`` are those by which others reach the pages, through a proxy of this machine too.

    Raises :class:`UsageError` when nothing is published, :class:`CommandError` when the address is taken.
    """
    with Published(paths).asking():
        pass  # says so before a page is opened, where nothing is published
    is_local = _is_loopback(host) and not names
    token = None if is_local else secrets.token_urlsafe(_TOKEN_BYTES)
    with closing(_listening(host, port)) as listening:
        shown = socket.gethostname() if host in _EVERYWHERE else host
        address = f"http://{_in_address(shown)}:{listening.getsockname()[1]}/"
        output().print(f"Open {address} in a browser. Ctrl+C ends it.", soft_wrap=True)
        if token is not None:
            messages().print(
                f"--host {host}: everybody who can reach this machine can read all that is published, over "
                "a connection that is not encrypted. Files to check and decisions are taken only from a "
                f"browser that has opened {address}enter?token={token}"
                if not _is_loopback(host)
                else f"--name {', '.join(names)}: files to check and decisions are taken only from a browser "
                f"that has opened, under the name it uses, /enter?token={token}",
                markup=False,
            )
        if sys.stdout.isatty() and is_local:
            webbrowser.open(address)
        application = explore_application(paths, names=_names(host, names), token=token)
        settings = uvicorn.Config(application, log_level="warning", lifespan="off", server_header=False)
        uvicorn.Server(settings).run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _names(host: str, others: Sequence[str]) -> OwnNames:
    own = [socket.gethostname()] if host in _EVERYWHERE else [host]
    return OwnNames.of([*own, *others], takes_addresses=not _is_loopback(host))


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
