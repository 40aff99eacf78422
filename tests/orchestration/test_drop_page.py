"""Files dropped on a local page come back as the report of their check, and nothing of them is kept."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from orchestration.direct import reading
from orchestration.dropping import application
from orchestration.dropping.application import drop_application
from orchestration.reports.words import WORDS, Language
from tests.orchestration.test_reports import SHOULD_BE, TEXT, with_a_slip

HERE = "http://127.0.0.1:8765"
WORDS_ZH = WORDS[Language.ZH]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser of this machine; temporary files go where the test can look."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return TestClient(drop_application(Language.ZH), base_url=HERE)


def sent(name: str, text: str) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (name, text.encode(), "text/plain"))]


def test_the_page_needs_nothing_from_elsewhere_and_its_form_works_without_its_script(
    client: TestClient,
) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'action="report"' in page.text
    assert "https://" not in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    for name in re.findall(r'(?:href|src)="(drop\.\w+)"', page.text):
        assert client.get(f"/{name}").status_code == 200
    assert client.get("/drop.py").status_code == 404


def test_a_dropped_file_comes_back_as_its_report_and_is_not_kept(client: TestClient, tmp_path: Path) -> None:
    answer = client.post("/report", files=sent("draft.txt", with_a_slip()), headers={"Origin": HERE})
    assert answer.status_code == 200
    assert WORDS_ZH["title"] in answer.text
    assert SHOULD_BE in answer.text
    assert "draft.txt" in answer.text
    assert [*tmp_path.rglob("draft*")] == []


def ending_its_process(_: object) -> None:
    os.abort()


def test_a_file_that_ends_the_process_that_reads_it_ends_no_other(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_read_file", ending_its_process)
    answer = client.post("/report", files=sent("draft.txt", with_a_slip()))
    assert answer.status_code == 200
    assert WORDS_ZH["none_read"] in answer.text
    assert "未能读取：读取它需要的内存超过" in answer.text


def test_what_a_report_may_do_is_to_run_its_own_script(client: TestClient) -> None:
    answer = client.post("/report", files=sent("draft.txt", TEXT.read_text(encoding="utf-8")))
    (digest,) = re.findall(r"script-src '(sha256-[^']+)'", answer.headers["content-security-policy"])
    (script,) = re.findall(r"<script>(.*)</script>", answer.text, re.DOTALL)
    assert application.report_policy().count(digest) == 1
    assert script == (Path(application.__file__).parents[1] / "reports" / "report.js").read_text("utf-8")


def test_a_name_that_leaves_the_folder_does_not(client: TestClient, tmp_path: Path) -> None:
    for name in ("../../outside.txt", "..\\..\\outside.txt", "/outside.txt", ".."):
        answer = client.post("/report", files=sent(name, "a line of text"))
        assert answer.status_code == 200
    assert not any(path.name == "outside.txt" for path in tmp_path.parent.rglob("*"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "elsewhere.example"}, 400),
        ({"Content-Length": str(application.MOST_BYTES + 1)}, 413),
    ],
)
def test_files_are_taken_from_its_own_page_alone_and_within_limits(
    client: TestClient, headers: dict[str, str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application.Checking, "report", lambda *_: pytest.fail("it was checked"))
    answer = client.post("/report", files=sent("draft.txt", "text"), headers=headers)
    assert answer.status_code == status


def test_nothing_sent_is_said_in_words(client: TestClient) -> None:
    answer = client.post(
        "/report", content=b"", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 400
    assert WORDS_ZH["nothing_sent"] in answer.text


def test_a_file_that_cannot_be_read_is_named_with_the_reason(client: TestClient) -> None:
    answer = client.post("/report", files=sent("broken.pdf", "%PDF-1.4 cut off"))
    assert answer.status_code == 200
    assert f"{WORDS_ZH['failed']}：" in answer.text
