"""The README and docs/ can fail: what they mark as runnable runs on the samples, and what they name exists.

A fence is runnable when its first line says so, as in ```` ```sql runnable ````.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

REPOSITORY = Path(__file__).parents[1]
PAGES = {
    str(page.relative_to(REPOSITORY)): page.read_text(encoding="utf-8")
    for page in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
}
README = PAGES["README.md"]
ALL_PAGES = "\n".join(PAGES.values())


class Example(NamedTuple):
    language: str
    text: str


def runnable_examples(markdown: str) -> list[Example]:
    fences = re.findall(r"^```(\w+) runnable\n(.*?)^```$", markdown, flags=re.MULTILINE | re.DOTALL)
    return [Example(language, text) for language, text in fences]


def commands(examples: list[Example]) -> list[str]:
    return [line for example in examples if example.language == "sh" for line in example.text.splitlines()]


EXAMPLES = [*dict.fromkeys(runnable_examples(ALL_PAGES))]  # each once
QUERIES = [example.text for example in EXAMPLES if example.language == "sql"]
PROGRAMS = [example.text for example in EXAMPLES if example.language == "python"]


@pytest.fixture
def checkout(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A folder in which ``warehouse/`` is the sample warehouse, as it is in a clone after ``make run``."""
    warehouse = tmp_path / "warehouse"
    warehouse.mkdir()
    for entry in (*sample_warehouse.iterdir(), REPOSITORY / "warehouse" / "samples"):
        (warehouse / entry.name).symlink_to(entry)
    return tmp_path


def run(checkout: Path, command: list[str]) -> str:
    environment = os.environ | {
        "DISCLOSURES_HOME": str(checkout / "warehouse"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    ran = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_each_kind_of_example_is_there():
    assert {example.language for example in EXAMPLES} == {"sh", "sql", "python"}


def test_an_example_that_is_not_marked_is_left_alone():
    assert runnable_examples("```sh\nrm -rf /\n```\n\n```sql runnable\nselect 1\n```\n") == [
        Example("sql", "select 1\n")
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_gives_rows(sample_warehouse: Path, query: str):
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as warehouse:
        assert warehouse.sql(query).fetchall() != []


def test_the_number_of_questions_is_that_of_the_cookbook():
    questions = len(list((REPOSITORY / "orchestration" / "cookbook").glob("*.sql")))
    assert f"lists {questions} of them" in README
    assert f"列出 {questions} 个常见问题" in PAGES["docs/zh.md"]


@pytest.mark.parametrize("command", commands(EXAMPLES))
def test_every_command_succeeds_and_says_something(checkout: Path, command: str):
    assert run(checkout, ["sh", "-c", command]).strip()


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_prints_something(checkout: Path, program: str):
    assert run(checkout, [sys.executable, "-c", program]).strip()


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"(?:^|`)make ([a-z]+)\b", ALL_PAGES, re.MULTILINE)))
)
def test_every_make_command_it_names_exists(target: str):
    subprocess.run(["make", "--dry-run", target], cwd=REPOSITORY, check=True, capture_output=True)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"(?:^|`)disclosures ([a-z]+)\b", ALL_PAGES, re.MULTILINE)))
)
def test_every_subcommand_it_names_exists(checkout: Path, name: str):
    assert "Usage" in run(checkout, ["disclosures", name, "--help"])


def headings(markdown: str) -> set[str]:
    """The names by which a page's headings are linked to."""
    without_code = re.sub(r"^```.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", without_code, flags=re.MULTILINE)
    }


LINKS = sorted(
    {(page, link) for page, text in PAGES.items() for link in re.findall(r"\]\((?!http)([^)]+)\)", text)}
)


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_every_place_it_links_to_exists(page: str, link: str):
    name, _, heading = link.partition("#")
    linked = (REPOSITORY / page).parent / name if name else REPOSITORY / page
    assert linked.exists()
    assert not heading or heading in headings(linked.read_text(encoding="utf-8"))


def test_the_readme_links_to_every_other_page():
    linked = {link.partition("#")[0] for page, link in LINKS if page == "README.md"}
    assert set(PAGES) - {"README.md"} <= linked


def test_continuous_integration_runs_the_test_command_of_the_readme():
    assert "```sh\nmake test\n```" in README
    assert re.search(
        r"^make (-s )?test\b", (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE
    )


def test_the_first_run_ends_with_the_table_that_the_readme_describes(sample_run: str):
    described = README.split("ends with a table: ", 1)[1].split(".", 1)[0]
    words = [word for word in re.split(r",\s+|\s+", described) if word not in ("identities", "that", "and")]
    assert [word for word in words if word not in sample_run] == []
