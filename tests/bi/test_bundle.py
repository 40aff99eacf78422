"""The dashboard's files: what they name exists, in two languages, and they fit any installation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration.bi.superset.bundle import PLACEHOLDER, assets_of, database_address, stored_assets
from orchestration.bi.superset.columns import columns_of, label
from orchestration.bi.superset.keeping import kept_assets
from tests.conftest import REPOSITORY, run_disclosures

# With the tests of Superset: the other worker has its own to do while the samples are built for all of them.
pytestmark = pytest.mark.xdist_group("superset")

CHARTS = {path: asset for path, asset in stored_assets().items() if path.startswith("charts/")}
(DASHBOARD,) = [asset for path, asset in stored_assets().items() if path.startswith("dashboards/")]
GUIDE = REPOSITORY / "orchestration" / "bi" / "README.md"
SHOWS_CELLS = ("table", "pivot_table_v2")
# One row is a budget and its final accounts: both stages, so neither.
WITHOUT_STAGE = {"budget_and_final_accounts"}


@pytest.fixture(scope="module")
def datasets(sample_warehouse: Path) -> dict[str, dict[str, Any]]:
    """The datasets as they are imported for the samples, by uuid."""
    file = sample_warehouse / "disclosures.duckdb"
    with closing(duckdb.connect(file, read_only=True)) as connection:
        assets = assets_of(file, connection)
    loaded = [yaml.safe_load(text) for path, text in assets.items() if path.startswith("datasets/")]
    return {dataset["uuid"]: dataset for dataset in loaded}


@pytest.mark.parametrize("path", CHARTS)
def test_a_chart_names_what_its_dataset_has(datasets: dict[str, dict[str, Any]], path: str):
    dataset = datasets[CHARTS[path]["dataset_uuid"]]
    there = _names(dataset["columns"], "column_name") | _names(dataset["metrics"], "metric_name")

    assert set(_named(CHARTS[path]["params"])) <= there


def test_a_chart_that_names_what_is_not_there_would_be_noticed():
    assert set(_named({"x_axis": "a", "metrics": ["b"], "adhoc_filters": [{"subject": "c"}]})) == {
        "a",
        "b",
        "c",
    }


@pytest.mark.parametrize("path", [path for path in CHARTS if CHARTS[path]["viz_type"] in SHOWS_CELLS])
def test_what_documents_say_is_text_in_the_cells_of_a_chart(path: str):
    """Superset would make elements of them, also in a chart that says nothing of it."""
    asked_with = json.loads(CHARTS[path]["query_context"])["form_data"]
    assert CHARTS[path]["params"]["allow_render_html"] is False
    assert asked_with["allow_render_html"] is False


def test_the_dashboard_shows_every_chart_once():
    shown = [
        node["meta"]["uuid"]
        for node in DASHBOARD["position"].values()
        if isinstance(node, dict) and node["type"] == "CHART"
    ]

    assert sorted(shown) == sorted(chart["uuid"] for chart in CHARTS.values())


def test_a_filter_reaches_every_dataset(datasets: dict[str, dict[str, Any]]):
    filters = [
        target["column"]["name"]
        for native in DASHBOARD["metadata"]["native_filter_configuration"]
        for target in native["targets"]
    ]

    assert filters == ["publisher_name", "fiscal_year", "stage"]
    for dataset in datasets.values():
        missing = set(filters) - _names(dataset["columns"], "column_name")
        assert missing == ({"stage"} if dataset["table_name"] in WITHOUT_STAGE else set())


@pytest.mark.parametrize(
    "title", [*(chart["slice_name"] for chart in CHARTS.values()), DASHBOARD["dashboard_title"]]
)
def test_a_title_is_in_chinese_and_in_english(title: str):
    assert re.search(r"[\u4e00-\u9fff]", title)
    assert re.search(r"[A-Za-z]{2}", title)


def test_a_column_is_labelled_by_its_chinese_name_and_its_own():
    assert label("fiscal_year", "The budget year. ｜ 年度：预算所属年度。") == "年度 fiscal_year"
    assert label("basic_yuan", "Basic expenditure. ｜ 基本支出（元）") == "基本支出（元） basic_yuan"
    assert label("fiscal_year", "The budget year (年度).") == "fiscal_year"
    assert label("fiscal_year", None) == "fiscal_year"


def test_a_column_of_a_query_is_described_as_in_the_first_table_that_has_it():
    with closing(duckdb.connect()) as connection:
        connection.execute(
            "create table main.a (x int, y decimal(20, 2)); create table main.b (x int, z text)"
        )
        connection.execute("comment on column a.x is 'x of a'; comment on column b.x is 'x of b'")
        connection.execute("comment on column b.z is 'z of b'")
        columns = columns_of(connection, {"sql": "select a.*, b.z, 1 as n from main.a join main.b using (x)"})

    assert [(column["column_name"], column["type"], column["description"]) for column in columns] == [
        ("x", "INTEGER", "x of a"),
        ("y", "DECIMAL(20,2)", None),
        ("z", "VARCHAR", "z of b"),
        ("n", "INTEGER", None),
    ]


def test_the_address_opens_the_published_file_alone():
    assert database_address(Path("/home/w/disclosures.duckdb")) == (
        "duckdb:////home/w/disclosures.duckdb"
        "?access_mode=read_only&enable_external_access=false&lock_configuration=true"
    )


def test_the_guide_gives_the_address_that_is_used():
    assert database_address(Path("/path/to/disclosures.duckdb")) in GUIDE.read_text(encoding="utf-8")


def test_the_guide_links_to_what_is_there():
    links = re.findall(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)", GUIDE.read_text(encoding="utf-8"))

    assert links
    for path, anchor in links:
        page = (GUIDE.parent / path).resolve() if path else GUIDE
        assert page.exists(), path
        if anchor:
            assert anchor[1:] in _anchors(page.read_text(encoding="utf-8")), anchor


def test_a_path_that_an_address_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="question mark"):
        database_address(Path("/home/what?/disclosures.duckdb"))


def test_what_is_kept_of_an_export_is_the_same_in_every_installation():
    def exported(number: int, address: str) -> dict[str, str]:
        context = {"datasource": {"id": number}, "form_data": {"slice_id": number, "metric": "m"}}
        files = {
            f"databases/d_{number}.yaml": {"uuid": "1", "sqlalchemy_uri": address},
            f"datasets/d/t_{number}.yaml": {
                "uuid": "2",
                "metrics": [{"metric_name": "m"}],
                "columns": [
                    {"column_name": "x", "expression": None},
                    {"column_name": "y", "expression": "x + 1"},
                ],
            },
            f"charts/c_{number}.yaml": {
                "uuid": "3",
                "params": {"datasource": f"{number}__table", "metric": "m"},
                "query_context": json.dumps(context),
            },
            f"dashboards/b_{number}.yaml": {
                "uuid": "4",
                "position": {"CHART": {"type": "CHART", "meta": {"uuid": "3", "chartId": number}}},
            },
        }
        return {path: yaml.safe_dump(asset) for path, asset in files.items()}

    here = kept_assets(exported(1, "duckdb:////here.duckdb"), {"charts/known.yaml": {"uuid": "3"}})
    there = kept_assets(exported(7, "duckdb:////there.duckdb"), {"charts/known.yaml": {"uuid": "3"}})

    assert here == there
    assert list(here) == ["databases/d.yaml", "datasets/d/t.yaml", "charts/known.yaml", "dashboards/b.yaml"]
    assert yaml.safe_load(here["databases/d.yaml"])["sqlalchemy_uri"] == PLACEHOLDER
    assert [column["column_name"] for column in yaml.safe_load(here["datasets/d/t.yaml"])["columns"]] == ["y"]


def test_without_superset_the_command_says_how_to_install_it(
    sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DISCLOSURES_SUPERSET", str(tmp_path / "nowhere"))

    ran = run_disclosures(sample_warehouse, "dashboard", "import")

    assert ran.returncode == 2
    assert "make superset" in ran.stderr
    assert not (sample_warehouse / "superset").exists()


def _anchors(markdown: str) -> set[str]:
    """What links can name: headings in small letters, words joined by hyphens."""
    headings = re.findall(r"^#+ (.+)$", markdown, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _names(things: list[dict[str, Any]], name: str) -> set[str]:
    return {thing[name] for thing in things}


def _named(parameters: dict[str, Any]) -> Iterator[str]:
    """Every column and metric that a chart's parameters name; calculated ones name themselves."""
    for key in ("x_axis", "metric", "metrics", "groupby", "groupbyRows", "groupbyColumns", "all_columns"):
        value = parameters.get(key) or []
        yield from (name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str))
    yield from (condition["subject"] for condition in parameters.get("adhoc_filters", []))
    yield from (json.loads(order)[0] for order in parameters.get("order_by_cols", []))
