"""The warehouse as pages: each can be reached by clicks, is valid, small, and says what the file says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import openpyxl
import polars as pl
import pytest
from starlette.testclient import TestClient

from orchestration.exploring.pages import cube
from orchestration.exploring.pages.comparing import rankings
from orchestration.exploring.wording import own_words
from orchestration.reports.words import Language
from tests.orchestration.explored import Faults, client_of, kind_of, links_of, walked, with_changes

MOST_BYTES = 500_000
WORDS = own_words(Language.ZH)
SAMPLE = "汉滨区医疗保障局"


@pytest.fixture(scope="module")
def client(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client_of(sample_warehouse, tmp_path_factory.mktemp("decisions"))


@pytest.fixture(scope="module")
def pages(client: TestClient) -> dict[str, str]:
    return dict(walked(client, 2))


@pytest.fixture(scope="module")
def published(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        yield connection


def test_clicks_lead_to_every_kind_of_page(pages: dict[str, str]) -> None:
    kinds = {kind_of(address).split()[0] for address in pages}
    assert kinds >= {
        "publishers", "documents", "forms", "figures", "findings", "causes", "cube", "comparisons",
        "inspection", "rankings", "questions", "search", "decisions", "check",
    }  # fmt: skip


def test_each_document_is_shown_against_each_rule_that_binds_it(
    client: TestClient, published: duckdb.DuckDBPyConnection
) -> None:
    """The matrix of what must be disclosed says what the file says, and leads to where it is said."""
    of = "from marts.fct_disclosure_checks join marts.dim_document using (document_id) where is_in_force and "
    asked = published.sql(
        f"select rule_name, count(*) filter (outcome = 'not_met'), count(*) filter (outcome = 'met') {of}"
        "fct_disclosure_checks.stage = 'budget' and outcome != 'not_applicable' group by all"
    ).fetchall()
    text = client.get("/inspection?stage=budget&table=matrix&format=csv").text
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {name for name, _, _ in asked} <= table[0].keys()
    for name, unmet, met in asked:
        signs = [row[name] for row in table]
        assert (signs.count("✗"), signs.count("✓")) == (unmet, met), name
    unmet = client.get("/inspection?stage=budget&outcome=not_met&table=unmet&format=csv").text
    assert len(unmet.splitlines()) - 1 == sum(number for _, number, _ in asked)
    page = client.get("/inspection?stage=budget").text
    target = next(link for link in re.findall(r'href="([^"]+)"', page) if link.endswith("#required"))
    assert 'id="required"' in client.get(target.partition("#")[0]).text


def test_a_department_that_published_nothing_is_no_link(sample_warehouse: Path, tmp_path: Path) -> None:
    """A unit names its department, of which there may be no page."""
    change = "update marts.dim_publisher set parent_name = '示例上级部门' where publisher_name = "
    home = with_changes(sample_warehouse, tmp_path, f"{change} '{SAMPLE}'")
    page = client_of(home, tmp_path / "decisions").get(f"/publishers/{SAMPLE}")
    assert page.status_code == 200
    assert not [link for link in links_of(page.text) if link == f"/publishers/{quote('示例上级部门')}"]


def test_pages_are_valid_and_run_nothing_that_is_within(pages: dict[str, str]) -> None:
    assert {address: Faults(page).found for address, page in pages.items() if Faults(page).found} == {}


def test_a_page_is_small(pages: dict[str, str]) -> None:
    assert max(len(page.encode()) for page in pages.values()) <= MOST_BYTES


def test_a_fault_of_a_page_is_noticed() -> None:
    assert Faults("<p><b>text</p></b>").found
    assert Faults('<p id="a"></p><p id="a"></p>').found
    assert Faults('<a href="javascript:alert(1)">text</a>').found
    assert Faults('<p style="color:red">text</p>').found


def test_a_publisher_has_its_totals_and_its_documents(
    client: TestClient, published: duckdb.DuckDBPyConnection
) -> None:
    name, total, document = published.sql(
        "select publisher_name, total_yuan, document_id from marts.mart_publisher_year "
        "where total_yuan is not null order by all limit 1"
    ).fetchall()[0]
    page = client.get(f"/publishers/{name}").text
    assert f"{total:,.2f}" in page
    assert f"/documents/{document}" in links_of(page)


def test_a_figure_shows_every_place_that_states_it(
    client: TestClient, published: duckdb.DuckDBPyConnection
) -> None:
    (places,) = published.sql(
        "select list_transform(places, lambda place: place.figure_id) from marts.mart_stated_figures "
        "where places_count > 2 order by stated_figure_id limit 1"
    ).fetchall()[0]
    links = links_of(client.get(f"/figures/{places[0]}").text)
    assert {f"/figures/{place}" for place in places} <= {*links}


def test_findings_are_narrowed_by_what_is_chosen(
    client: TestClient, published: duckdb.DuckDBPyConnection
) -> None:
    (causes,) = published.sql(
        "select count(*) from marts.fct_causes where severity = 'discrepancy' and not is_superseded"
    ).fetchall()[0]
    page = client.get("/findings?severity=discrepancy&kind=figure").text
    shown = re.findall(r'"(/causes/[^"]+)"', page)
    assert 0 < len(set(shown)) <= causes
    assert "/findings/F-" not in page
    assert WORDS["nothing"] in client.get("/findings?q=nowhere-to-be-found").text


def test_the_cube_says_what_is_missing(client: TestClient, published: duckdb.DuckDBPyConnection) -> None:
    year, known = published.sql(
        "select fiscal_year, count(distinct publisher_name) from marts.mart_publisher_year "
        "where stage = 'budget' group by all order by 2 desc limit 1"
    ).fetchall()[0]
    page = client.get(f"/cube?fiscal_year={year}&rows=publisher_name&columns=fund&flow=brought_forward").text
    stated = {link for link in links_of(page) if link.startswith("/publishers/")}
    assert stated
    assert WORDS["cube_missing"].format(known - len(stated), known) in page
    assert WORDS["cube_summed"] in client.get(f"/cube?rows=fund&columns=flow&fiscal_year={year}").text


def test_a_dimension_that_is_none_is_not_asked(client: TestClient) -> None:
    answer = client.get("/cube?rows=1;drop table marts.dim_form&columns=document_id")
    assert answer.status_code == 200
    assert 'value="document_id"' not in answer.text


@pytest.mark.parametrize("key", rankings())
def test_every_ranking_has_its_caveat(client: TestClient, key: str) -> None:
    page = client.get(f"/rankings/{key}?lang=en").text
    assert rankings()[key]["caveat_en"].replace("'", "&#39;") in page
    assert re.search(rf"<dt>{own_words(Language.EN)['ranked']}</dt>", page)


def test_search_finds_words_of_two_characters_and_wants_as_many(client: TestClient) -> None:
    assert SAMPLE in client.get("/search?q=医疗").text
    assert WORDS["search_longer"] in client.get("/search?q=医").text
    assert WORDS["nothing"] in client.get("/search?q=无处可寻的词").text


def test_a_question_is_narrowed_to_a_publisher(client: TestClient) -> None:
    everybody = client.get("/questions/total_spending?table=answer&format=csv").text
    one = client.get(f"/questions/total_spending?publisher={SAMPLE}&table=answer&format=csv").text
    assert 1 < len(one.splitlines()) < len(everybody.splitlines())
    assert all(SAMPLE in line for line in one.splitlines()[1:])


def test_a_table_is_saved_whole_in_each_format(client: TestClient) -> None:
    address = "/documents?table=documents&format="
    rows = [*csv.reader(io.StringIO(client.get(f"{address}csv").content.decode("utf-8-sig")))]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}xlsx").content)).active
    frame = pl.read_parquet(io.BytesIO(client.get(f"{address}parquet").content))
    assert sheet is not None
    assert len(rows) - 1 == sheet.max_row - 1 == frame.height
    assert "document_id" in frame.columns
    assert client.get(f"{address}exe").status_code == 404
    assert client.get("/documents?table=nothing&format=csv").status_code == 404


def test_pages_of_a_table_go_on_and_end(client: TestClient) -> None:
    (document,) = [each for each in links_of(client.get("/documents").text) if "/documents/" in each][:1]
    first = client.get(f"{document}/amounts").text
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(following.replace("&amp;", "&")).text
    assert re.findall(r'rel="prev" href="([^"]+)"', second) == [f"{document}/amounts#amounts"]
    last = client.get(f"{document}/amounts?page.amounts=999999").text
    assert 'rel="next"' not in last
    assert "<tbody>" in last


def test_english_stays_english_from_page_to_page(client: TestClient) -> None:
    page = client.get("/publishers?lang=en").text
    assert '<html lang="en">' in page
    own = [each for each in links_of(page) if each.startswith("/") and not each.startswith("/assets")]
    assert [each for each in own if "lang=en" not in each] == ["/publishers?lang=zh"]


def test_both_languages_say_everything() -> None:
    zh, en = own_words(Language.ZH), own_words(Language.EN)
    assert zh.keys() == en.keys()
    assert all(zh.values())
    assert all(en.values())


HOSTILE = "<script>alert(1)</script>'\"`\u202e=cmd|' /C calc'!A0"


def test_what_a_document_says_is_text_whatever_it_says(sample_warehouse: Path, tmp_path: Path) -> None:
    said = HOSTILE.replace("'", "''")
    home = with_changes(
        sample_warehouse,
        tmp_path,
        f"update staging.lines set row_label = '{said}'",
        f"update staging.forms set printed_title = '{said}'",
        f"update marts.fct_causes set suspected_label = '{said}', printed_text = '{said}'",
        f"update marts.fct_claims set reason = '{said}' || repeat('长', 10000)",
    )
    client = client_of(home, tmp_path)
    pages = dict(walked(client, 1))
    assert sum("&lt;script&gt;alert(1)" in page for page in pages.values()) >= 4
    assert not any("<script>alert" in page for page in pages.values())
    assert {address: Faults(page).found for address, page in pages.items() if Faults(page).found} == {}
    # A name that is written from right to left turns nothing beside it.
    assert sum("<bdi>&lt;script&gt;" in page for page in pages.values()) >= 4
    causes = client.get("/findings?severity=discrepancy&table=findings&format=csv").content.decode(
        "utf-8-sig"
    )
    formulas = [
        cell for row in csv.reader(io.StringIO(causes)) for cell in row if cell.startswith(("=", "@"))
    ]
    assert formulas == []


def test_a_large_table_is_shown_in_part_and_saved_whole(
    client: TestClient, published: duckdb.DuckDBPyConnection
) -> None:
    ((year, publishers),) = published.sql(
        "select fiscal_year, count(distinct publisher_name) from marts.mart_publisher_year group by all "
        "order by 2 desc, 1 limit 1"
    ).fetchall()
    address = f"/cube?rows=publisher_name&columns=flow&fiscal_year={year}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cube, "_MOST_ROWS", 1)
        page = client.get(address).text
        saved = client.get(f"{address}&table=cube&format=csv").content.decode("utf-8-sig")
    assert page.count("<tr>") == 2
    assert 2 < len(saved.splitlines()) <= publishers + 1
    assert WORDS["cube_cut"] in page
