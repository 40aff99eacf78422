"""What is published several times counts once: editions, parts, versions, and units in their department."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from extract.landing import content_id
from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from tests.editions import Found, editions_of, figures_of, landings_of
from tests.extract.drawing import tabbed
from tests.near_misses import NEAR_MISSES
from tests.test_readme import EXAMPLES

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "warehouse" / "samples" / "department-budget-2024-example.txt"
COOKBOOK = REPOSITORY / "orchestration" / "cookbook"
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(COOKBOOK.glob("*.sql"))} | {
    f"README {number}": example.text for number, example in enumerate(EXAMPLES) if example.language == "sql"
}


@contextmanager
def warehouse_of(found: list[Found]) -> Iterator[duckdb.DuckDBPyConnection]:
    files = {content_id(each.file.data): each.file for each in found}  # the same bytes land once
    with built(stage_bytes([*files.values()]), landings=landings_of(found)) as connection:
        yield connection


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def found(name: str, text: str) -> Found:
    return Found(NamedBytes(name, text.encode()), f"https://site/{name}")


def test_seven_editions_of_many_at_eight_places_give_the_figures_of_one_in_every_query() -> None:
    """Departments, their units and their final accounts, which are held against each other."""
    assert len(QUERIES) > 25
    editions = [editions_of(path.stem, text) for path, text in texts().items()]
    assert {len(each) for each in editions} == {8}
    assert {len({each.file.data for each in one}) for one in editions} == {7}
    given = []
    for found_of_each in ([each[:1] for each in editions], editions):
        with warehouse_of([found for each in found_of_each for found in each]) as connection:
            given.append(figures_of(connection, QUERIES))
    one, seven = given
    assert {name for name in QUERIES if one[name] != seven[name]} == set()
    assert any(one.values())


def texts() -> dict[Path, str]:
    """The samples that are texts in UTF-8."""
    read = {}
    for path in sorted(SAMPLE.parent.glob("*.txt")):
        with suppress(UnicodeDecodeError):
            read[path] = text_of(path)
    return read


def test_a_difference_between_editions_is_found_where_it_was_planted_and_nowhere_else() -> None:
    drawn = random.Random(20)
    planted = 0
    for path, text in texts().items():
        altered, differences = with_differences(text, drawn)
        planted += len(differences)
        with warehouse_of([found("a.txt", text), found("b.txt", altered)]) as connection:
            said = connection.sql(
                "select message_en from marts.fct_findings where kind = 'edition' order by 1"
            ).fetchall()
            roles = connection.sql("select disclosure_role from marts.dim_document order by 1").fetchall()
        assert len(said) == len(differences), path
        assert all(
            any(here in message and there in message for (message,) in said) for here, there in differences
        ), path
        if differences:
            assert roles == [("chosen",), ("edition",)]
    assert planted >= 20
    with warehouse_of([found("a.txt", text), found("b.txt", text + "\n")]) as connection:
        assert connection.sql("from marts.fct_findings where kind = 'edition'").fetchall() == []


def with_differences(text: str, drawn: random.Random) -> tuple[str, list[tuple[str, str]]]:
    """The text with another last digit in five cells, and what these show in either edition."""
    rows = [line.split("\t") for line in text.split("\n")]
    figures = [
        (row_no, column)
        for row_no, row in enumerate(rows)
        for column, cell in enumerate(row)
        if column and re.fullmatch(r"[\d,]*[1-9][\d,]*\.\d\d", cell)
    ]
    differences = []
    for row_no, column in drawn.sample(figures, min(5, len(figures))):
        here = rows[row_no][column]
        there = rows[row_no][column] = f"{here[:-1]}{(int(here[-1]) + 3) % 10}"
        differences.append((here, there))
    return "\n".join("\t".join(row) for row in rows), differences


def test_a_document_published_in_two_files_is_reconciled_as_one() -> None:
    text = text_of(SAMPLE)
    cut = text.index("\t")  # the first row of the first form
    start = text.rindex("\n\n", 0, cut)
    cover = "\n".join(text.lstrip().split("\n")[:3])
    prose, forms = text[:start], f"{cover}\n\n{text[start:]}"
    with warehouse_of([found("prose.txt", prose), found("forms.txt", forms)]) as connection:
        roles = connection.sql(
            "select distinct disclosure_role, disclosure_id from marts.dim_document"
        ).fetchall()
        assert [role for role, _ in roles] == ["part"]
        held = connection.sql(
            "select count(*) from reconciliation.identity_results "
            "where rule_id like 'claim.%' and outcome = 'holds'"
        ).fetchone()
    with warehouse_of([found("whole.txt", text)]) as connection:
        whole = connection.sql(
            "select count(*) from reconciliation.identity_results "
            "where rule_id like 'claim.%' and outcome = 'holds'"
        ).fetchone()
    assert held == whole
    assert whole is not None
    assert whole[0] > 0


def test_a_unit_does_not_enter_the_sum_of_a_region_beside_its_department(corpus: Path) -> None:
    names = ("putuo-commerce-2025-budget-department", "putuo-commerce-2025-budget-unit")
    files = [NamedBytes(f"{name}.pdf", (corpus / "pdf" / f"{name}.pdf").read_bytes()) for name in names]
    with warehouse_of([Found(file, f"https://site/{file.file_name}") for file in files]) as connection:
        department, in_years, in_region = (
            connection.sql(query).fetchall()
            for query in (
                "select total_yuan from marts.mart_document_totals where document_level = 'department'",
                "select sum(total_yuan) from marts.mart_publisher_year",
                "select total_yuan from marts.mart_region_year where region_code = '310107'",
            )
        )
    assert department == in_years == in_region
    assert department[0][0] is not None


def test_what_is_no_disclosure_has_no_row_in_any_fact() -> None:
    with warehouse_of(
        [found(f"{name}.txt", tabbed(drawing)) for name, drawing in NEAR_MISSES.items()]
    ) as connection:
        facts = connection.sql(
            "select table_name from duckdb_tables() where schema_name = 'marts' "
            "and (table_name = 'dim_publisher' or regexp_matches(table_name, '^(fct|mart)_'))"
        ).fetchall()
        assert len(facts) > 15
        rows = {name: connection.sql(f"select count(*) from marts.{name}").fetchone() for (name,) in facts}
        assert {name for name, count in rows.items() if count != (0,)} == set()
        assert connection.sql("select distinct status from marts.dim_document").fetchall() == [
            ("not_a_disclosure",)
        ]
