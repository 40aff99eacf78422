"""A client of Superset's API, logged in as its administrator."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from typing import Any, NamedTuple


class Answer(NamedTuple):
    status: int
    body: Any


class Client:
    """Each call is one request; what comes back is never an exception but the answer."""

    def __init__(self, address: str, username: str, password: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._headers = {"Referer": address}
        login = {"username": username, "password": password, "provider": "db"}
        token = self.post("/api/v1/security/login", login).body["access_token"]
        self._headers["Authorization"] = f"Bearer {token}"
        self._headers["X-CSRFToken"] = self.get("/api/v1/security/csrf_token/").body["result"]

    def get(self, path: str) -> Answer:
        return self._call(path, None)

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        return self._call(path, json.dumps(body).encode())

    def all_of(self, kind: str) -> list[dict[str, Any]]:
        """Every chart, dataset … as a list shows it."""
        answer = self.get(f"/api/v1/{kind}/?q=(page_size:100)")
        assert answer.status == 200, answer
        return list(answer.body["result"])

    def _call(self, path: str, data: bytes | None) -> Answer:
        content = {"Content-Type": "application/json"} if data else {}
        request = urllib.request.Request(self._address + path, data, {**self._headers, **content})
        try:
            with self._opener.open(request, timeout=120) as response:
                return Answer(response.status, json.load(response))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode())
