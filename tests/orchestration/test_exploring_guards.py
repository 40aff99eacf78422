"""Pages are for those who may see them: nothing is read beyond the file, nothing changed by strangers."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from orchestration.command.terminal import UsageError
from orchestration.exploring.asking import Published, TooSlowError
from orchestration.exploring.guarding import COOKIE, MOST_FORM_BYTES
from orchestration.exploring.serving import _is_loopback, _names
from orchestration.exploring.wording import own_words
from orchestration.home.paths import Paths
from orchestration.reports.words import Language
from tests.orchestration.explored import HERE, client_of, links_of

WORDS = own_words(Language.ZH)


@pytest.fixture(scope="module")
def client(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client_of(sample_warehouse, tmp_path_factory.mktemp("decisions"))


def test_no_page_may_run_what_is_not_ours(client: TestClient) -> None:
    for address in ("/", "/nowhere", "/assets/explore.css", "/check/"):
        policy = client.get(address).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "address",
    [
        "/assets/..%2f..%2fpaths.py", "/assets/words.csv", "/documents/..%2f..%2fetc/original",
        "/documents/%2e%2e%2f%2e%2e/report", "/documents/aaaaaaaaaaaaaaaa/original",
        "/forms/'; drop table x--",
        "/figures/%00", "/publishers/nobody", "/causes/C-0", "/stated/V-0", "/questions/../../secret",
        "/rankings/nothing", "/assets/page.html.j2",
    ],
)  # fmt: skip
def test_what_is_no_page_is_not_there(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_an_original_is_saved_and_never_shown(client: TestClient, sample_warehouse: Path) -> None:
    (document,) = [each for each in links_of(client.get("/documents").text) if "/documents/" in each][:1]
    answer = client.get(f"{document}/original")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    landed = document.rpartition("/")[2]
    assert answer.content == (sample_warehouse / "landing" / "objects" / landed[:2] / landed).read_bytes()


def test_a_landed_document_has_its_report(client: TestClient) -> None:
    (document,) = [
        each for each in links_of(client.get("/documents?q=hanbin").text) if "/documents/" in each
    ][:1]
    answer = client.get(f"{document}/report")
    assert answer.status_code == 200
    assert "核对报告" in answer.text
    assert "sha256-" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "elsewhere.example"}, 400),
        ({"Content-Length": str(MOST_FORM_BYTES + 1)}, 413),
    ],
)
def test_strangers_decide_nothing(client: TestClient, headers: dict[str, str], status: int) -> None:
    for address in ("/decisions", "/decisions/undo"):
        assert client.post(address, data={"about": "C-1"}, headers=headers).status_code == status


def test_where_others_may_read_a_token_is_wanted_to_decide_and_to_send_files(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    client = client_of(sample_warehouse, tmp_path, token="known")
    assert client.get("/").status_code == 200
    for address in ("/decisions", "/decisions/undo", "/check/report"):
        assert client.post(address, data={"reason": "x"}).text == WORDS["token_wanted"]
    assert client.get("/enter?token=guessed").status_code == 403
    entered = client.get("/enter?token=known")
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=strict" in entered.headers["set-cookie"]
    client.cookies.set(COOKIE, "known")
    assert client.post("/decisions", data={"reason": "x"}).status_code == 400


def test_only_this_machine_is_listened_to_without_a_token() -> None:
    assert [_is_loopback(host) for host in ("127.0.0.1", "::1", "localhost")] == [True] * 3
    assert [_is_loopback(host) for host in ("0.0.0.0", "10.0.0.1", "::", "a.example")] == [False] * 4


@pytest.mark.parametrize(
    ("listened_at", "named", "asked_as", "is_ours"),
    [
        # this machine alone
        ("127.0.0.1", (), "127.0.0.1:8500", True),
        ("127.0.0.1", (), "localhost", True),
        ("127.0.0.1", (), "[::1]:8500", True),
        ("127.0.0.1", (), "192.0.2.2:8500", False),
        ("127.0.0.1", (), "127.0.0.1.elsewhere.example:8500", False),
        ("127.0.0.1", (), "", False),
        ("127.0.0.1", (), "[::1", False),
        # behind a proxy
        ("127.0.0.1", ("Budgets.example",), "budgets.example", True),
        ("127.0.0.1", ("budgets.example",), "elsewhere.example", False),
        # others too: by any address, which no name can be pointed to
        ("0.0.0.0", (), "192.0.2.2:8500", True),
        ("0.0.0.0", (), "[2001:db8::2]:8500", True),
        ("0.0.0.0", (), "elsewhere.example:8500", False),
        ("0.0.0.0", (), socket.gethostname(), True),
        ("budgets.example", (), "budgets.example:8500", True),
        ("10.0.0.1", (), "10.0.0.1:8500", True),
    ],
)
def test_the_server_answers_to_its_own_names(
    listened_at: str, named: tuple[str, ...], asked_as: str, is_ours: bool
) -> None:
    assert _names(listened_at, named).include(asked_as) is is_ours


def published_as(home: Path, version: str, said: str) -> None:
    """Publish a file that says one thing, as a run does: a file of its own, then the manifest."""
    file = home / "published" / f"disclosures_{version}.duckdb"
    file.parent.mkdir(exist_ok=True)
    with duckdb.connect(file) as connection:
        connection.execute("create table said as select ? as said", [said])
    (home / "disclosures.json").write_text(json.dumps({"version": version, "file": file.name}))


def test_a_publish_does_not_disturb_who_is_reading(tmp_path: Path) -> None:
    published_as(tmp_path, "1", "old")
    published = Published(Paths(tmp_path, ()))
    with published.asking() as before:
        assert before.value("select said from said") == "old"
        published_as(tmp_path, "2", "new")
        with published.asking() as after:
            assert (after.version, after.value("select said from said")) == ("2", "new")
        (tmp_path / "published" / "disclosures_1.duckdb").unlink()
        assert before.value("select said from said") == "old"


def test_questions_neither_write_nor_look_at_other_files_nor_last(tmp_path: Path) -> None:
    published_as(tmp_path, "1", "old")
    with Published(Paths(tmp_path, ()), seconds=0.2).asking() as asking:
        for query in ("delete from said", "from read_csv('/etc/passwd')", "set memory_limit = '90GB'"):
            with pytest.raises(duckdb.Error):
                asking.value(query)
        with pytest.raises(TooSlowError):
            asking.value("select count(*) from range(10000000000) as a(i) where sqrt(i) % 7 = 3")
        assert asking.value("select said from said") == "old"


def test_a_home_without_a_published_file_says_so(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="Nothing has been published"),
        Published(Paths(tmp_path, ())).asking(),
    ):
        pass
    answer = client_of(tmp_path, tmp_path).get("/")
    assert (answer.status_code, answer.text) == (503, WORDS["not_published"])


def test_names_of_other_servers_are_not_answered_to(client: TestClient) -> None:
    refused = client.get("/", headers={"Host": "elsewhere.example"})
    assert (refused.status_code, refused.text) == (400, WORDS["not_my_name"])
    assert client.get("/", headers={"Host": HERE.removeprefix("http://")}).status_code == 200
