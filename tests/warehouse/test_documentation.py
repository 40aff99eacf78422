"""The pages that ``disclosures docs`` writes about this very project."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from orchestration.home.paths import Paths
from tests.conftest import disclosures

LOADED = re.compile(r"""<(?:script|img|iframe)[^>]+src=|<link[^>]+href=["'](?!data:)|@import|url\(""")


@pytest.fixture(scope="module")
def pages(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "pages"
    disclosures(sample_warehouse, "docs", "--output", str(folder))
    return folder


def test_every_column_of_every_mart_is_in_the_dictionary(pages: Path, sample_warehouse: Path) -> None:
    html = (pages / "dictionary.html").read_text(encoding="utf-8")
    markdown = (pages / "dictionary.md").read_text(encoding="utf-8")
    manifest = json.loads((Paths(sample_warehouse, ()).dbt_target / "manifest.json").read_bytes())
    marts = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["schema"] == "marts"
        and node["config"]["materialized"] != "ephemeral"
    ]
    assert marts
    for mart in marts:
        section = html.split(f'<section id="marts.{mart["alias"]}">')[1].split("</section>")[0]
        table = markdown.split(f"### marts.{mart['alias']} ")[1].split("\n### ")[0]
        for column in mart["columns"]:
            assert f'<td class="name"><code>{column}</code>' in section
            assert f"| `{column}` |" in table


def test_the_dictionary_loads_nothing(pages: Path) -> None:
    html = (pages / "dictionary.html").read_text(encoding="utf-8")
    assert LOADED.findall(html) == []
    assert LOADED.findall('<link rel="stylesheet" href="https://example.org/a.css">') != []


def test_the_page_of_dbt_knows_types_and_tells_nothing_of_this_machine(
    pages: Path, sample_warehouse: Path
) -> None:
    page = (pages / "dbt.html").read_text(encoding="utf-8")
    assert '"DECIMAL(20,2)"' in page  # of the catalog: the manifest has it in lower case
    assert '"send_anonymous_usage_stats": false' in page
    for path in (sample_warehouse, Path(__file__).parents[2], pages):
        assert str(path) not in page
