"""The audit of dependencies fails for what is known and not accepted, and says when it could not be done."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from orchestration.home.paths import REPOSITORY

FOUND = {"id": "TEST-2026-1", "modified": "2026-01-01T00:00:00Z"}
pytestmark = pytest.mark.skipif(
    not (REPOSITORY / ".bootstrap" / "bin" / "uv").exists(), reason="uv is not set up as the Makefile does"
)


@pytest.fixture
def advisories() -> Iterator[tuple[str, set[str]]]:
    """An advisory service that knows a vulnerability in each package of a set."""
    vulnerable: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(
                {
                    "results": [
                        {"vulns": [FOUND]} if query["package"]["name"] in vulnerable else {}
                        for query in asked["queries"]
                    ]
                }
            )

        def do_GET(self) -> None:
            self._answer({**FOUND, "summary": "planted", "affected": []})

        def _answer(self, content: object) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", vulnerable
        server.shutdown()


def audited(service: str, accepted: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [REPOSITORY / ".ci" / "audit"],
        env={**os.environ, "AUDIT_SERVICE": service, "AUDIT_ACCEPTED": str(accepted), "UV_HTTP_RETRIES": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_known_passes_and_something_known_fails_until_it_is_accepted_with_a_reason(
    advisories: tuple[str, set[str]], tmp_path: Path
) -> None:
    service, vulnerable = advisories
    accepted = tmp_path / "accepted.txt"
    accepted.write_text("# nothing\n", encoding="utf-8")
    well = audited(service, accepted)
    assert well.returncode == 0, well.stderr
    assert "no known vulnerabilities" in well.stdout

    vulnerable.add("httpx")
    ill = audited(service, accepted)
    assert ill.returncode == 1
    assert "TEST-2026-1" in ill.stderr

    accepted.write_text("TEST-2026-1\n", encoding="utf-8")
    assert "has no reason beside it" in audited(service, accepted).stderr
    accepted.write_text("TEST-2026-1 only a server of ours is asked\n", encoding="utf-8")
    assert audited(service, accepted).returncode == 0


def test_where_no_service_answers_it_says_so_and_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "accepted.txt").touch()
    not_done = audited("http://127.0.0.1:1", tmp_path / "accepted.txt")
    assert not_done.returncode == 0
    assert "NOT DONE, no advisory service answers" in not_done.stderr
