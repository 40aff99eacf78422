"""The pages as files: they lead to each other from any folder, and are searched without a server."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from orchestration.exploring import static_files
from orchestration.exploring.links import FileLinks, Links, file_of
from orchestration.exploring.search_index import ENTRIES_A_FILE, SHARDS, shard_of
from orchestration.reports.words import Language
from tests.conftest import run_disclosures
from tests.orchestration.explored import Faults, links_of
from tests.orchestration.pages_as_files import written


@pytest.fixture(scope="module")
def folder(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_warehouse, tmp_path_factory.mktemp("files") / "pages")


def test_links_are_relative_and_lead_to_files_of_the_folder(folder: Path) -> None:
    kinds = set()
    for page in folder.rglob("*.html"):
        for link in links_of(page.read_text(encoding="utf-8")):
            target = (page.parent / unquote(link)).resolve()
            assert target.is_relative_to(folder.resolve()), link
            if target.exists():
                kinds.add(target.relative_to(folder.resolve()).parts[0])
    assert kinds >= {"index.html", "publishers", "documents", "forms", "causes", "figures", "assets"}


def test_files_are_valid_and_have_nothing_that_needs_a_server(folder: Path) -> None:
    pages = {page: page.read_text(encoding="utf-8") for page in folder.rglob("*.html")}
    assert {page: Faults(text).found for page, text in pages.items() if Faults(text).found} == {}
    assert not any('method="post"' in text or "/original" in text for text in pages.values())
    assert [page.name for page, text in pages.items() if "<form" in text] == ["search.html"]


def test_tables_lie_beside_their_pages(folder: Path) -> None:
    saved = [*folder.rglob("*.csv")]
    assert saved
    assert all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in saved)


def found_in(folder: Path, text: str) -> list[list[str]]:
    """What the script of the search page finds, by the same two files."""
    parts = re.compile(r'found\("[a-z0-9-]+",(.*)\)\n', re.DOTALL)

    def content(name: str) -> dict[str, list[int]] | list[list[str]]:
        (read,) = parts.findall((folder / "assets" / "search" / f"{name}.js").read_text(encoding="ascii"))
        return json.loads(read)  # type: ignore[no-any-return]

    pairs = content(f"pairs-{shard_of(text[:2])}")
    assert isinstance(pairs, dict)
    entries = []
    for number in pairs.get(text[:2], []):
        block = content(f"entries-{number // ENTRIES_A_FILE}")
        assert isinstance(block, list)
        entries.append(block[number % ENTRIES_A_FILE])
    return [entry for entry in entries if text in entry[1]]


def test_the_index_leads_from_words_to_files(folder: Path) -> None:
    found = found_in(folder, "医疗保障")
    assert found
    assert any((folder / entry[2]).exists() for entry in found)
    assert found_in(folder, "无处可寻") == []


def test_the_script_reckons_as_the_index_does() -> None:
    script = (Path(static_files.__file__).parent / "assets" / "search.js").read_text(encoding="utf-8")
    assert f"const SHARDS = {SHARDS};" in script
    assert f"const ENTRIES_A_FILE = {ENTRIES_A_FILE};" in script
    assert "innerHTML" not in script


@pytest.mark.parametrize(
    ("path", "query", "file"),
    [
        ("/", {}, r"index\.html"),
        ("/documents/abc/amounts", {}, r"documents/abc/amounts\.html"),
        ("/documents", {"year": "2024"}, r"documents__[0-9a-f]{16}\.html"),
        ("/documents", {"format": "csv"}, r"documents\.csv"),
        ("/publishers/某某局", {}, r"publishers/[0-9a-f]{16}\.html"),
        ("/publishers/../../x", {}, r"publishers/[0-9a-f]{16}/[0-9a-f]{16}/x\.html"),
        ("/publishers/.htaccess", {}, r"publishers/[0-9a-f]{16}\.html"),
    ],
)
def test_a_page_has_a_file_that_no_name_leads_out_of_the_folder(
    path: str, query: dict[str, str], file: str
) -> None:
    assert re.fullmatch(file, file_of(path, query))


def test_the_same_page_has_an_address_and_a_file() -> None:
    served, filed = (
        Links(Language.EN),
        FileLinks(Language.EN, "/documents/abc", {}, frozenset({"/figures/a"})),
    )
    assert served.to("/publishers/某", q="", year=2024) == "/publishers/%E6%9F%90?year=2024&lang=en"
    assert filed.to("/publishers") == "../publishers.html"
    assert (filed.maybe("/figures/a"), filed.maybe("/figures/b")) == ("../figures/a.html", None)
    assert filed.asset("explore.css") == "../assets/explore.css"


def test_a_folder_of_something_else_is_not_written_into(sample_warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    ran = run_disclosures(sample_warehouse, "explore", "--static", str(tmp_path))
    assert ran.returncode == 2
    assert "not empty" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
