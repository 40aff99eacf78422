"""A registry of sources, from the file to the published warehouse."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from one_form import FORM

from extract.sources.registry import read_registry
from orchestration.collecting.visits import visits
from orchestration.defs.automation import COLLECT_JOB, visit_due_sources
from orchestration.home.paths import REPOSITORY, Paths
from tests.conftest import run_disclosures
from tests.extract.sources.government_site import Site, served

EXAMPLE = REPOSITORY / "sources.example.yaml"


@pytest.fixture
def site() -> Iterator[Site]:
    listed = '<a href="d.html">某区教育局2024年部门预算</a>'
    detail = '<a href="/files/a.txt">某区教育局2024年部门预算.txt</a>'
    files = {
        "/index.html": listed.encode("gbk"),
        "/d.html": detail.encode("gbk"),
        "/files/a.txt": FORM.format(amount=123).encode(),
    }
    with served(Site(files)) as running:
        yield running


@pytest.fixture
def registry(site: Site, paths: Paths) -> Path:
    """A website, a folder that is there and one that is not."""
    file = paths.home / "sources.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(
        f"""
sources:
- id: website
  kind: website
  where: {site.address}/index.html
  allow_private_addresses: true
  politeness: {{seconds_between_requests: 0}}
- id: inbox
  kind: folder
  where: {paths.sources[0]}
- id: vanished
  kind: folder
  where: {paths.home}/vanished
""",
        encoding="utf-8",
    )
    (paths.sources[0] / "b.txt").write_text(FORM.format(amount=456), encoding="utf-8")
    return file


def visit_sources() -> None:
    """Run the job that the hourly schedule starts."""
    dagster = Path(sys.executable).with_name("dagster")
    ran = subprocess.run(
        [dagster, "job", "execute", "-m", "orchestration.definitions", "-j", COLLECT_JOB],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.end_to_end
def test_every_source_has_its_turn_and_a_file_replaced_on_a_website_is_a_later_version(
    site: Site, registry: Path, paths: Paths
) -> None:
    visit_sources()
    site.files["/files/a.txt"] = FORM.format(amount=124).encode()
    site.requests.clear()

    second = run_disclosures(paths.home, "run")  # which also builds

    assert second.returncode == 1, second.stdout + second.stderr
    assert "the folder is not there; what was landed from it is kept" in second.stderr
    assert "1 parsed now, 2 already known" in second.stdout
    assert "1 replaced by later versions" in second.stdout
    answers = {request.path: request.status for request in site.requests if request.path != "/robots.txt"}
    assert answers == {"/index.html": 304, "/d.html": 304, "/files/a.txt": 200}
    with duckdb.connect(paths.published_file, read_only=True) as connection:
        in_force = "select uri, version_no from marts.dim_document where not is_superseded"
        found = connection.sql(in_force).fetchall()
        both = "document_id in (select document_id from marts.dim_document where uri ilike '%/files/a.txt')"
        counted = {
            table: connection.sql(f"select count(distinct document_id) from {table} where {both}").fetchall()
            for table in ("staging.amounts", "marts.fct_revenue_lines")
        }
    assert (f"{site.address}/files/a.txt", 2) in found
    assert counted["staging.amounts"] == [(2,)], "the older version is lost"
    assert counted["marts.fct_revenue_lines"] == [(1,)], "both versions count"
    listed = run_disclosures(paths.home, "sources").stdout
    assert "website" in listed
    assert "vanished" in listed
    known = visits(paths)
    assert [(known[name].found, known[name].failed) for name in ("website", "inbox", "vanished")] == [
        (1, 0),
        (1, 0),
        (0, 1),
    ]
    assert not paths.arriving.exists()


def test_a_run_is_asked_for_when_sources_are_due_and_is_about_them(registry: Path, paths: Paths) -> None:
    request = evaluated()
    assert isinstance(request, dg.RunRequest)
    assert request.run_config["ops"]["landed_documents"]["config"]["only"] == ["website", "inbox", "vanished"]
    assert request.tags["disclosures/sources"] == "website, inbox, vanished"


def test_a_mistake_in_the_registry_is_a_reason_not_to_run(registry: Path, paths: Paths) -> None:
    registry.write_text("sources:\n- {id: x, kind: wbsite}\n", encoding="utf-8")
    skipped = evaluated()
    assert isinstance(skipped, dg.SkipReason)
    assert "line 2: source “x”" in str(skipped.skip_message)
    checked = run_disclosures(paths.home, "sources", "check")
    assert checked.returncode == 2
    assert "kind is “wbsite”" in checked.stderr
    assert run_disclosures(paths.home, "run").returncode == 2


def test_the_example_is_well_declared() -> None:
    declared = read_registry(EXAMPLE)
    assert {source.kind for source in declared.sources} == {"folder", "website", "location"}


def evaluated() -> object:
    return visit_due_sources(dg.build_schedule_context(scheduled_execution_time=datetime.now(UTC)))
