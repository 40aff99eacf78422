"""A website that behaves as those of governments do, on this machine: it counts what it is asked."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import quote, unquote


class Request(NamedTuple):
    """One request, and the answer's status."""

    path: str
    at: float
    is_conditional: bool
    status: int


@dataclass
class Site:
    """What the website has, by path, and what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    """Answers that come first, before the file: status and headers."""
    slow: dict[str, float] = field(default_factory=dict)
    """Seconds until the answer begins."""
    requests: list[Request] = field(default_factory=list)
    address: str = ""

    def asked(self, path: str) -> list[Request]:
        """The requests for a path."""
        return [request for request in self.requests if request.path == path]


def a_governments_site() -> Site:
    """List pages in GBK, detail pages, attachments named by their links alone; and what goes wrong there."""
    site = Site()
    page = site.files
    page["/robots.txt"] = b"User-agent: *\nDisallow: /inner/\n"
    page["/zw/index.html"] = _gbk(
        "<ul>"
        '<li><a href="./202401/t1_1.html">某区教育局2024年部门预算</a>'
        '<li><a href="202401/t1_2.html" title="某区民政局2024年部门预算公开说明">某区民政局2024年部…</a>'
        '<li><a href="/zw/202401/t1_3.html">某区召开工作会议</a>'
        '<li><a href="/inner/t9.html">某区内部预算</a>'
        '<li><a href="http://elsewhere.example/t.html">上级2024年部门预算</a>'
        '<li><a href="mailto:office@example">预算信箱</a>'
        "</ul><script>createPageHTML(3, 0, 'index', 'html');</script>",
        charset="utf-8",  # which it is not
    )
    page["/zw/index_1.html"] = _gbk(
        '<a href="202308/t2_1.html">某区教育局2023年部门决算</a>'
        '<a href="202308/moved.html">某区民政局2023年部门决算</a>'
        '<a href="/files/direct.pdf">某区财政局2023年部门决算.pdf</a>'
        '<a href="202401/t1_1.html#top">某区教育局2024年部门预算</a>'
        '<a href="index_2.html">下一页</a>'
    )
    page["/zw/index_2.html"] = _gbk(
        '<a href="202308/t3_1.html">某区卫健局2023年部门决算</a>'
        '<a href="202308/gone.html">某区水务局2023年部门决算</a>'
        '<a href="index.html">首页</a><a href="index_1.html">上一页</a><a href="index_2.html">下一页</a>'
    )
    page["/zw/202401/t1_1.html"] = _gbk(
        '<p>附件：<a href="../../download?id=1">某区教育局2024年部门预算.txt</a>'
        '<a href="./P02024.xlsx">附表</a><a href="/style.css">预算</a></p>'
    )
    page["/download?id=1"] = "教育局预算".encode()
    page["/zw/202401/P02024.xlsx"] = b"PK\x03\x04 a workbook"
    page["/zw/202401/t1_2.html"] = _gbk("<h1>某区民政局2024年部门预算</h1><p>全文</p>")
    page["/zw/202401/t1_3.html"] = _gbk("no budget")
    page["/zw/202308/t2_1.html"] = _gbk(
        '<a href="big.pdf">决算全文.pdf</a><a href="/files/unstable.pdf">说明.pdf</a>'
        '<a href="/files/busy.doc">表.doc</a><a href="/files/slow.txt">慢.txt</a>'
    )
    page["/zw/202308/big.pdf"] = b"x" * 3_000_000
    page["/files/unstable.pdf"] = b"%PDF unstable"
    page["/files/busy.doc"] = b"a document"
    page["/files/slow.txt"] = "慢".encode()
    page["/files/direct.pdf"] = b"%PDF direct"
    page["/zw/202308/t2_2.html"] = _gbk('<a href="/files/%E6%B0%91%E6%94%BF.pdf">民政局决算</a>')
    page["/files/民政.pdf"] = b"%PDF of civil affairs"
    page["/zw/202308/t3_1.html"] = _gbk('<a href="/to-inside">卫健局决算.pdf</a><a href="/loop/1">环.pdf</a>')
    site.redirects["/zw/202308/moved.html"] = "/zw/202308/t2_2.html"
    site.redirects["/to-inside"] = "http://169.254.169.254/latest.pdf"
    site.redirects |= {f"/loop/{n}": f"/loop/{n + 1}" for n in range(1, 40)}
    site.troubles["/files/unstable.pdf"] = [(500, {}), (503, {})]
    site.troubles["/files/busy.doc"] = [(429, {"Retry-After": "1"})]
    site.slow["/files/slow.txt"] = 0.3
    return site


FOUND = {
    "某区教育局2024年部门预算.txt": "教育局预算".encode(),
    "P02024.xlsx": b"PK\x03\x04 a workbook",
    "某区民政局2024年部门预算公开说明.html": None,  # the page itself
    "某区财政局2023年部门决算.pdf": b"%PDF direct",
    "说明.pdf": b"%PDF unstable",
    "表.doc": b"a document",
    "慢.txt": "慢".encode(),
    "民政.pdf": b"%PDF of civil affairs",
}
FAILED = {
    "决算全文.pdf": "more than 1 MiB, the size_limit",
    "卫健局决算.pdf": "169.254.169.254 is not among the allowed_hosts",
    "环.pdf": "more than 8 redirects",
    "/zw/202308/gone.html": "404 Not Found",
}


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Serve it at an address of its own inside the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(self.path)
            status, headers, body = _answer(site, path, dict(self.headers))
            is_conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
            site.requests.append(Request(path, time.monotonic(), is_conditional, status))
            time.sleep(site.slow.get(path, 0))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()


def _answer(site: Site, path: str, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    if site.troubles.get(path):
        status, headers = site.troubles[path].pop(0)
        return status, headers, b"in trouble"
    if path in site.redirects:
        return 302, {"Location": quote(site.redirects[path], safe=":/?=")}, b""
    if path not in site.files:
        return 404, {}, b"not found"
    body = site.files[path]
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if asked.get("If-None-Match") == tag:
        return 304, {"ETag": tag}, b""
    kind = site.types.get(path, "text/html" if path.endswith(".html") else "application/octet-stream")
    return 200, {"ETag": tag, "Content-Type": kind, **site.headers.get(path, {})}, body


def _gbk(content: str, charset: str = "gb2312") -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body>{content}</body></html>'.encode("gbk")
