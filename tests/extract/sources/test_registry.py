"""The registry of sources: what it holds, and how its mistakes are named."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from extract.sources.declared import FolderSource, LocationSource, Registry, WebsiteSource
from extract.sources.registry import RegistryError, parse_registry, read_registry, registry_of_folders

FILE = Path("/etc/disclosures/sources.yaml")


def test_each_kind_of_source_is_read_with_its_fields() -> None:
    registry = parsed(
        """
        sources:
          - id: inbox
            kind: folder
            where: inbox
          - id: finance-bureau
            publisher: 示例市财政局
            region: 110000
            kind: website
            where: https://czj.example.gov.cn/zfxxgk/
            files: "*.pdf"
            links: {titles: 预算, ignore: [/video/]}
            allowed_hosts: ["*.Example.gov.cn"]
            politeness: {seconds_between_requests: 2.5, types: application/pdf}
          - id: bucket
            kind: location
            where: s3://disclosures/2026
            options: {anon: true}
        """
    )
    folder, website, location = registry.sources
    assert isinstance(folder, FolderSource)
    assert folder.where == Path("/etc/disclosures/inbox")
    assert isinstance(website, WebsiteSource)
    assert (website.publisher, website.region) == ("示例市财政局", "110000")
    assert website.where == ("https://czj.example.gov.cn/zfxxgk/",)
    assert website.links.titles == ("预算",)
    assert website.allowed_hosts == ("*.example.gov.cn",)
    assert website.politeness.seconds_between_requests == 2.5
    assert not website.allow_private_addresses
    assert isinstance(location, LocationSource)
    assert location.options == {"anon": True}
    assert registry.of("bucket") is location


def test_what_was_declared_does_not_change() -> None:
    registry = parsed("sources: [{id: a, kind: folder, where: a}]")
    with pytest.raises(ValidationError, match="frozen"):
        registry.sources[0].id = "b"


def test_names_of_files_are_patterns_in_any_case() -> None:
    (source,) = parsed("sources: [{id: a, kind: folder, where: a, files: ['*预算*.pdf']}]").sources
    assert source.takes("2026年部门预算.PDF")
    assert not source.takes("2026年部门决算.pdf")


def test_a_source_is_visited_more_often_in_its_season() -> None:
    (source,) = parsed(
        """
        sources:
          - {id: a, kind: folder, where: a, season: [budget, 12], cadence: 12 hours,
             off_season_cadence: monthly}
        """
    ).sources
    assert source.months == {1, 2, 3, 4, 12}
    assert source.cadence_on(date(2026, 12, 1)) == timedelta(hours=12)
    assert source.cadence_on(date(2026, 8, 1)) == timedelta(days=30)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind: folder\nwhere: x", ", line 2: source 1, id: it is missing"),
        ("id: A b\nkind: folder\nwhere: x", ", line 2: source “A b”, id: “A b” cannot be an id"),
        ("id: a\nkind: folder", ", line 2: source “a”, where: it is missing"),
        ("id: a\nwhere: x", ", line 2: source “a”: kind is missing; one of folder, website, location is"),
        ("id: a\nkind: ftp\nwhere: x", ", line 2: source “a”: kind is “ftp”; one of folder, website"),
        (
            "id: a\nkind: folder\nwhere: x\nlinks: {}",
            ", line 5: source “a”, links: there is no such field of a folder; its fields are id, publisher",
        ),
        (
            "id: a\nkind: website\nwhere: http://x\npoliteness:\n  sped: 1",
            ", line 6: source “a”, politeness, sped: there is no such field of politeness; its fields",
        ),
        (
            "id: a\nkind: website\nwhere: http://x\npoliteness:\n  retries: many",
            ", line 6: source “a”, politeness, retries: a whole number is expected, not “many”",
        ),
        (
            "id: a\nkind: folder\nwhere: x\ncadence: often",
            ", line 5: source “a”, cadence: hourly, daily, weekly",
        ),
        (
            "id: a\nkind: folder\nwhere: x\nseason: 13",
            ", line 5: source “a”, season: budget, final",
        ),
        ("id: a\nkind: website\nwhere: ftp://x", ", line 4: source “a”, where: http://… or https://… is"),
        (
            "id: a\nkind: website\nwhere: http://u:p@x",
            ", line 4: source “a”, where: a password does not",
        ),
        (
            "id: a\nkind: website\nwhere: http://x\nallowed_hosts: 'http://y'",
            "a host such as “www.example",
        ),
        (
            "id: a\nkind: website\nwhere: http://x\nlinks: {titles: '('}",
            "links, titles: a regular",
        ),
        ("id: a\nkind: location\nwhere: nothing://x", "“nothing” is no protocol that fsspec knows"),
        ("id: a\nkind: location\nwhere: https://x", "a website is not visited as a location"),
        ("id: a\nkind: location\nwhere: simplecache::https://x", "a website is not visited as a location"),
        ("id: a\nkind: location\nwhere: s3://x\noptions: {secret: x}", "looks like a secret"),
        ("id: a\nkind: folder\nwhere: x\nwhere: y", ", line 5: where stands twice, first on line 4"),
    ],
)
def test_a_mistake_is_named_with_its_line_source_field_and_what_is_expected(text: str, problem: str) -> None:
    entry = textwrap.indent(text, "    ").removeprefix("    ")
    with pytest.raises(RegistryError) as raised:
        parse_registry(f"sources:\n  - {entry}", FILE)
    (found,) = raised.value.problems
    assert problem in found
    assert str(raised.value) == f"{FILE}{found}"


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(RegistryError) as raised:
        parsed(
            """
            sources:
              - {id: a, kind: folder, where: x, cadence: often}
              - {id: a, kind: folder, where: y}
              - {id: b, kind: website}
            more: 1
            """
        )
    assert [problem.split(";")[0] for problem in raised.value.problems] == [
        ", line 3: source “a”, id: it stands twice, first on line 2",
        ", line 2: source “a”, cadence: hourly, daily, weekly, monthly or a number of minutes, hours, "
        "days or weeks such as “3 days” is expected, not “often”",
        ", line 4: source “b”, where: it is missing",
        ", line 5: there is no such field of the registry",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ": it is empty; a list named “sources” is expected"),
        ("- a", ": a list named “sources” is expected"),
        ("sources: 4", ", line 1: a list is expected, not “4”"),
        ("sources: [", ", line 1: this is not YAML"),
        ("sources: [4]", ", line 1: source 1: fields with values are expected, not “4”"),
    ],
)
def test_what_is_no_registry_is_said_to_be_none(text: str, problem: str) -> None:
    with pytest.raises(RegistryError) as raised:
        parse_registry(text, FILE)
    assert raised.value.problems[0].startswith(problem)


def test_a_registry_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="cannot be read"):
        read_registry(tmp_path / "nowhere.yaml")
    (tmp_path / "gbk.yaml").write_bytes("sources: [] # 来源".encode("gbk"))
    with pytest.raises(RegistryError, match="not in UTF-8"):
        read_registry(tmp_path / "gbk.yaml")


def test_folders_that_nobody_declared_are_sources_named_after_them() -> None:
    registry = registry_of_folders(
        [Path("/one/samples"), Path("/two/samples"), Path("/预算"), Path("/My Files")]
    )
    assert [source.id for source in registry.sources] == ["samples", "samples-2", "folder", "my-files"]


def parsed(text: str) -> Registry:
    return parse_registry(textwrap.dedent(text).lstrip(), FILE)
