"""The data dictionary says what the catalogue says, in a page that trusts no text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orchestration.building.catalogue import Column, Description, ForeignKey, Relation
from orchestration.command.docs import write_documentation
from orchestration.command.terminal import UsageError
from orchestration.documentation.codes import Code, codes_by_column
from orchestration.documentation.dictionary import as_html, as_markdown, sections
from orchestration.home.paths import Paths

SCRIPT = "<script>alert(1)</script>"


def column(name: str, english: str = "What it is.", **more: Any) -> Column:
    return Column(name, "varchar", Description(english, f"{name}的中文名", "是什么。"), **more)


def relation(schema: str, name: str, *columns: Column, **more: Any) -> Relation:
    return Relation(schema, name, Description(f"One row per {name}.", f"{name}的中文名"), columns, **more)


def with_codes(manifest: dict[str, Any], on: str, column_name: str, *values: str) -> None:
    """State which codes a column of a model has."""
    manifest["nodes"][on]["columns"][column_name] = {"meta": {"rules": [{"one_of": list(values)}]}}


@pytest.fixture
def manifest(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "value_names.csv").write_text(
        "column_name,value,name_zh,name_en\n"
        "stage,budget,预算,Budget\nstage,final_accounts,决算,Final accounts\nkind,row,行内,Within a row\n",
        encoding="utf-8",
    )
    (tmp_path / "measures.csv").write_text("measure,name_zh,name_en\ntotal,合计,Total\n", encoding="utf-8")
    seeds = {
        f"seed.{name}": {
            "resource_type": "seed",
            "name": name,
            "original_file_path": f"{name}.csv",
            "config": {},
            "columns": {},
        }
        for name in ("value_names", "measures", "units")
    }
    facts = {
        f"model.{alias}": {
            "resource_type": "model",
            "schema": "marts",
            "alias": alias,
            "config": {},
            "columns": {},
        }
        for alias in ("fct_claims", "fct_lines")
    }
    return {"nodes": seeds | facts}


def test_a_column_has_the_codes_that_its_own_test_accepts(manifest: dict[str, Any], tmp_path: Path) -> None:
    with_codes(manifest, "model.fct_lines", "stage", "budget")
    catalogue = [relation("marts", "fct_lines", column("stage"), column("amount_id"))]

    assert codes_by_column(catalogue, manifest, tmp_path) == {
        ("marts", "fct_lines", "stage"): (Code("budget", "预算", "Budget"),)
    }


def test_or_those_that_are_accepted_where_it_is_described_in_the_same_words(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    with_codes(manifest, "model.fct_claims", "kind", "level", "share")
    catalogue = [
        relation("marts", "fct_claims", column("kind", "What is claimed.")),
        relation("marts", "fct_lines", column("kind", "What is claimed.")),
        relation("staging", "claims", column("kind", "What is claimed.")),
        relation("staging", "remarks", column("kind", "What is remarked.")),
    ]
    claimed = (Code("level"), Code("share"))

    assert codes_by_column(catalogue, manifest, tmp_path) == {
        ("marts", "fct_claims", "kind"): claimed,
        ("marts", "fct_lines", "kind"): claimed,
        ("staging", "claims", "kind"): claimed,
        ("staging", "remarks", "kind"): (Code("row", "行内", "Within a row"),),
    }


def test_or_every_code_that_its_name_has(manifest: dict[str, Any], tmp_path: Path) -> None:
    catalogue = [relation("marts", "fct_lines", column("stage"), column("measure"))]

    assert codes_by_column(catalogue, manifest, tmp_path) == {
        ("marts", "fct_lines", "stage"): (
            Code("budget", "预算", "Budget"),
            Code("final_accounts", "决算", "Final accounts"),
        ),
        ("marts", "fct_lines", "measure"): (Code("total", "合计", "Total"),),
    }


def test_what_refers_to_another_table_has_no_codes_of_its_own(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    key = ForeignKey(("measure",), "marts", "dim_measure", ("measure",))
    catalogue = [relation("marts", "fct_lines", column("measure"), foreign_keys=(key,))]

    assert codes_by_column(catalogue, manifest, tmp_path) == {}


LINES = relation(
    "marts",
    "fct_lines",
    column("line_id", is_nullable=False),
    column("form_key", "Which form. a|b"),
    column("stage"),
    primary_key=("line_id",),
    foreign_keys=(ForeignKey(("form_key",), "marts", "dim_form", ("form_key",)),),
)
CODES = {("marts", "fct_lines", "stage"): (Code("budget", "预算", "Budget"),)}


def test_the_page_tells_names_keys_types_and_codes() -> None:
    page = as_html(sections([LINES], CODES))

    assert '<section id="marts.fct_lines">' in page
    assert "fct_lines的中文名" in page
    assert "主键 <code>line_id</code>" in page
    assert '<a href="#marts.dim_form">' in page
    assert page.count("not null</span>") == 1
    assert '<dt><code>budget</code></dt><dd lang="zh-CN">预算</dd>' in page


def test_markdown_is_one_line_per_column() -> None:
    lines = as_markdown(sections([LINES], CODES)).splitlines()

    assert "### marts.fct_lines · fct_lines的中文名" in lines
    assert "Primary key · 主键: `line_id`" in lines
    assert [line for line in lines if line.startswith("| `")] == [
        "| `line_id` | line_id的中文名 | varchar not null | What it is. | 是什么。 |  |",
        "| `form_key` | form_key的中文名 | varchar | Which form. a&#124;b → marts.dim_form | 是什么。 |  |",
        "| `stage` | stage的中文名 | varchar | What it is. | 是什么。 | `budget` 预算 |",
    ]


@pytest.mark.parametrize("render", [as_html, as_markdown])
def test_what_looks_like_markup_is_printed_and_not_obeyed(render: Any) -> None:
    hostile = Relation(
        "marts",
        "dim_form",
        Description(SCRIPT, "名", SCRIPT),
        (Column("form_key", SCRIPT, Description(SCRIPT, None, SCRIPT)),),
    )
    page = render(sections([hostile], {("marts", "dim_form", "form_key"): (Code("x", SCRIPT, SCRIPT),)}))

    assert "alert(1)" in page
    assert SCRIPT not in page


def test_a_table_of_another_schema_is_not_shown() -> None:
    assert "units" not in as_markdown(sections([relation("seeds", "units", column("unit"))], {}))


def test_pages_do_not_replace_a_file(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "pages"
    file.touch()
    with pytest.raises(UsageError, match=r"pages is a file; name a folder"):
        write_documentation(paths, file)
