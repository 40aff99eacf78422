"""The drop page, served on this machine alone until it is stopped."""

from __future__ import annotations

import socket
import sys
import webbrowser
from contextlib import closing

import uvicorn

from orchestration.command.terminal import CommandError, output
from orchestration.dropping.application import LOOPBACK, drop_application
from orchestration.reports.words import WORDS, Language


def serve_drop_page(language: Language, port: int) -> None:
    """Serve until interrupted; port 0 takes a free one.

    Raises :class:`CommandError` where the port is taken.
    """
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
        except OSError as error:
            raise CommandError(WORDS[language]["port_taken"].format(port, error.strerror)) from error
        address = f"http://{LOOPBACK}:{listening.getsockname()[1]}/"
        output().print(WORDS[language]["drop_at"].format(address), soft_wrap=True)
        if sys.stdout.isatty():
            webbrowser.open(address)
        settings = uvicorn.Config(drop_application(language), log_level="warning", lifespan="off")
        uvicorn.Server(settings).run(sockets=[listening])
