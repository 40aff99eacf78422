"""Websites that keep a visitor busy, on this machine, byte by byte as the tests say."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = Iterator[bytes]
"""The bytes of one answer; the time between them is the website's."""
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n"


@dataclass
class HostileSite:
    """Answers by path, and the paths that were asked."""

    answer: Callable[[str], Answer]
    address: str = ""
    asked: list[str] = field(default_factory=list)


def page(text: str) -> Answer:
    """A page, whole and at once."""
    yield HTML + text.encode()


def not_found() -> Answer:
    """There is nothing."""
    yield b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def packed_page(body: bytes, encoding: bytes) -> bytes:
    """A page with its header, which says how it is packed."""
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n"
        b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (encoding, len(body))
    ) + body


def slow_headers(path: str) -> Answer:
    """A header that never ends, a letter at a time; robots.txt is not there."""
    if path == "/robots.txt":
        yield from not_found()
        return
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    for _ in range(3000):
        time.sleep(0.05)
        yield b"a"


def dripping_body(path: str) -> Answer:
    """A list page that leads to a document that never ends, a byte at a time."""
    if path == "/index.html":
        yield from page('<a href="drips.pdf">某局2024年部门预算.pdf</a>')
    elif path != "/drips.pdf":
        yield from not_found()
    else:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"
        for _ in range(3000):
            time.sleep(0.05)
            yield b"%"


def many_attachments(path: str, how_many: int = 20_000) -> Answer:
    """A list page of many documents; 200,000 were tried, and take some 20 s to be looked through."""
    if path == "/index.html":
        yield from page("".join(f'<a href="{n}.pdf">某局2024年预算{n}.pdf</a>' for n in range(how_many)))
    elif path == "/robots.txt":
        yield from not_found()
    else:
        body = f"%PDF {path}".encode()
        yield b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


def endless_pages(path: str) -> Answer:
    """Every page leads to others, with a new session each time and the same words on most."""
    number = next(_numbers)
    yield from page(
        f'<p>某局2024年部门预算</p><a href="/index.html?page={number}">下一页</a>'
        f'<a href="/detail.html?PHPSESSID={number:032x}">某局2024年部门预算</a>'
        f'<a href="/detail.html;jsessionid={number:032X}?_={1_700_000_000_000 + number}">2024年部门预算</a>'
    )


def redirect_loop(path: str) -> Answer:
    """Everything leads to something else."""
    if path == "/robots.txt":
        yield from not_found()
        return
    to = f"/{next(_numbers)}"
    yield f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


def bomb(path: str) -> Answer:
    """A list page of some kilobytes that unpacks to 32 MiB."""
    if path == "/robots.txt":
        yield from not_found()
        return
    yield packed_page(gzip.compress(b" " * 2**25), b"gzip")


def bomb_in_a_bomb(path: str) -> Answer:
    """A list page of a kilobyte that is packed twice, and unpacks to 256 MiB."""
    if path == "/robots.txt":
        yield from not_found()
        return
    yield packed_page(gzip.compress(gzip.compress(b" " * 2**28)), b"gzip, gzip")


def ill_packed(path: str) -> Answer:
    """A list page that says it is packed, and is not."""
    if path == "/robots.txt":
        yield from not_found()
        return
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n<p>2024</p>"


def good(path: str) -> Answer:
    """One list page with one document."""
    if path == "/index.html":
        yield from page('<a href="budget.pdf">某局2024年部门预算.pdf</a>')
    elif path == "/budget.pdf":
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n%PDF-1.7"
    else:
        yield from not_found()


_numbers = itertools.count()
HOSTILE: dict[str, Callable[[str], Answer]] = {
    "slow_headers": slow_headers,
    "dripping_body": dripping_body,
    "many_attachments": many_attachments,
    "endless_pages": endless_pages,
    "redirect_loop": redirect_loop,
    "bomb": bomb,
    "bomb_in_a_bomb": bomb_in_a_bomb,
    "ill_packed": ill_packed,
}


@contextmanager
def served(answer: Callable[[str], Answer]) -> Iterator[HostileSite]:
    """Serve answers at an address of its own inside the block."""
    site = HostileSite(answer)
    with socket.create_server(("127.0.0.1", 0)) as server:
        site.address = f"http://127.0.0.1:{server.getsockname()[1]}"
        threading.Thread(target=_serve, args=(server, site), daemon=True).start()
        yield site
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def _serve(server: socket.socket, site: HostileSite) -> None:
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_answer, args=(connection, site), daemon=True).start()


def _answer(connection: socket.socket, site: HostileSite) -> None:
    with connection, suppress(OSError):
        asked = connection.recv(65_536).decode("latin-1").split(" ")
        if len(asked) > 1:
            site.asked.append(asked[1])
            for part in site.answer(asked[1].partition("#")[0]):
                connection.sendall(part)
