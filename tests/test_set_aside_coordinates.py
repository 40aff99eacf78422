"""What coordinates are measured on at first contact was drawn by seed before they were built."""

import csv
from hashlib import sha256
from pathlib import Path

from tests.set_aside.draw_coordinates import (
    LOTTERY_SEEDS,
    NAMED,
    VARIANTS,
    candidates,
    drawn_documents,
    drawn_seeds,
    drawn_variants,
)

LIST = Path(__file__).parent / "set_aside" / "coordinates.csv"


def _names(kind: str) -> list[str]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return [row["name"] for row in csv.DictReader(lines) if row["kind"] == kind]


def test_the_list_names_the_seeds_and_variants_that_its_seed_draws() -> None:
    seeds = drawn_seeds()
    assert len(set(seeds)) == 5
    assert set(seeds) <= set(LOTTERY_SEEDS)
    assert _names("lottery") == [str(seed) for seed in seeds]
    variants = drawn_variants()
    assert len(set(variants)) * 3 == VARIANTS
    assert _names("variant") == [f"{seeds[0]}/{number}" for number in variants]


def test_another_seed_draws_others() -> None:
    assert drawn_seeds(1) != drawn_seeds(2)
    assert drawn_variants(1) != drawn_variants(2)


def test_the_order_of_documents_has_no_say() -> None:
    digests = [sha256(bytes([number])).hexdigest() for number in range(9)]
    assert drawn_documents(digests) == drawn_documents(digests[::-1])


def test_documents_that_are_asked_for_by_name_and_blank_templates_are_not_set_aside(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "pdf").mkdir()
    for name in (f"text/{NAMED[0]}.txt", "text/drawn.txt", "pdf/somebodys-blank-template.pdf"):
        (tmp_path / name).write_text(name)
    assert list(candidates(tmp_path).values()) == ["text/drawn.txt"]


def test_the_documents_set_aside_are_the_ones_drawn(corpus: Path) -> None:
    found = candidates(corpus)
    assert [found[digest] for digest in drawn_documents(found)] == _names("document")
