"""``disclosures doctor`` finds what was done to a home, and its advice makes the home well again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from extract.landing import LandingStore
from orchestration.doctor import CHECKS, Fault, examine, mend
from orchestration.home.lake import Lake
from orchestration.home.paths import REPOSITORY, Paths
from tests.conftest import disclosures, run_disclosures

SAMPLES = REPOSITORY / "warehouse" / "samples"


@pytest.fixture
def home(sample_warehouse: Path, tmp_path: Path) -> Paths:
    """A copy of the warehouse of the samples, to do with as a test likes."""
    copy = Path(shutil.copytree(sample_warehouse, tmp_path / "home"))
    published = copy / "disclosures.duckdb"
    (version,) = (copy / "published").glob("*.duckdb")
    # copying made two files of two names of one, and the day it was copied on the day it was published
    version.unlink()
    version.hardlink_to(published)
    return Paths(copy, (SAMPLES,))


def faults_in(home: Paths) -> dict[str, list[Fault]]:
    return {check.name: faults for check, faults in examine(home) if faults}


def flip(path: Path) -> None:
    """Change one byte in the middle, so that neither size nor name shows it."""
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def some_object(home: Paths) -> Path:
    return min((home.landing / "objects").glob("??/*"))


def lost_bytes(home: Paths) -> Path:
    some_object(home).unlink()
    return some_object_of_catalogue(home)


def some_object_of_catalogue(home: Paths) -> Path:
    store = LandingStore(home.landing)
    (gone,) = (
        store.object_path(document_id)
        for document_id in store.documents()["document_id"]
        if not store.object_path(document_id).exists()
    )
    return gone


def damaged_bytes(home: Paths) -> Path:
    flip(path := some_object(home))
    return path


def stray_bytes(home: Paths) -> Path:
    path = home.landing / "objects" / "00" / ("0" * 64)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"nobody knows")
    return path


def damaged_catalogue(home: Paths) -> Path:
    path = home.landing / "catalogue.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0][:20] + b"\n", *lines[1:]]))
    return path


def damaged_batch(home: Paths) -> Path:
    batch = Lake(home.lake).staging.folder("b000001")
    flip(batch / "amounts.parquet")
    return batch


def lost_batch(home: Paths) -> Path:
    batch = Lake(home.lake).printed.folder("b000001")
    shutil.rmtree(batch)
    return batch


def unnamed_batch(home: Paths) -> Path:
    staging = Lake(home.lake).staging
    return Path(shutil.copytree(staging.folder("b000001"), staging.folder("b000099")))


def damaged_manifest(home: Paths) -> Path:
    path = home.lake / "manifest.parquet"
    path.write_bytes(path.read_bytes()[:40])
    return path


def damaged_state(home: Paths) -> Path:
    home.state.file.write_bytes(b"this is no database" * 1000)
    return home.state.file


def damaged_build(home: Paths) -> Path:
    home.build_file.write_bytes(b"this is no database" * 1000)
    return home.build_file


def damaged_publication(home: Paths) -> Path:
    flip(home.published_file)
    return home.published_file


def lost_words_about_the_publication(home: Paths) -> Path:
    home.published_manifest.unlink()
    return home.published_manifest


def leftover(home: Paths) -> Path:
    path = home.published_folder / ".unfinished-1-disclosures.duckdb"
    path.write_bytes(b"half")
    return path


PLANTED: dict[str, Callable[[Paths], Path]] = {
    "landing.missing": lost_bytes,
    "landing.damaged": damaged_bytes,
    "landing.uncatalogued": stray_bytes,
    "landing.catalogue": damaged_catalogue,
    "lake.damaged": damaged_batch,
    "lake.unnamed": unnamed_batch,
    "lake.manifest": damaged_manifest,
    "lake.state": damaged_state,
    "build.opens": damaged_build,
    "published.whole": damaged_publication,
    "home.leftovers": leftover,
}


def test_a_well_home_has_no_fault(home: Paths) -> None:
    assert faults_in(home) == {}
    assert len({check.name for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_by_name_and_place(home: Paths, name: str) -> None:
    where = PLANTED[name](home)
    found = faults_in(home)
    assert where in {Path(fault.where) for fault in found[name]}
    assert all(fault.what and fault.remedy for faults in found.values() for fault in faults)


def test_a_lost_batch_and_lost_words_about_the_publication_are_found_too(home: Paths) -> None:
    batch, words = lost_batch(home), lost_words_about_the_publication(home)
    found = faults_in(home)
    assert [Path(fault.where) for fault in found["lake.damaged"]] == [batch]
    assert [Path(fault.where) for fault in found["published.whole"]] == [words]


def test_a_missing_source_is_named(home: Paths, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    faults = faults_in(Paths(home.home, (SAMPLES, gone)))
    assert [Path(fault.where) for fault in faults["sources.there"]] == [gone]


def test_only_what_loses_nothing_is_mended(home: Paths) -> None:
    for plant in (damaged_batch, damaged_publication, leftover, damaged_bytes):
        plant(home)
    landed = {path: path.read_bytes() for path in (home.landing / "objects").glob("??/*")}
    mended = mend([fault for faults in faults_in(home).values() for fault in faults])
    assert len(mended) == 3
    left = faults_in(home)
    assert "landing.damaged" in left
    assert {"home.leftovers"}.isdisjoint(left)
    assert landed == {path: path.read_bytes() for path in (home.landing / "objects").glob("??/*")}


@pytest.mark.long
@pytest.mark.end_to_end
def test_after_many_faults_advice_and_a_run_make_the_home_well_and_the_warehouse_the_same(
    home: Paths,
) -> None:
    before = amounts_in(home)
    for plant in (damaged_batch, unnamed_batch, damaged_publication, damaged_build, leftover, damaged_bytes):
        plant(home)
    some_object(home).unlink()  # as the advice says; the source still has the file
    ill = run_disclosures(home.home, "doctor", "--fix")
    assert ill.returncode == 1, ill.stdout + ill.stderr
    assert "mended: " in ill.stderr

    healed = disclosures(home.home, "run", "--source", str(SAMPLES))

    assert healed.returncode == 0, healed.stderr
    assert amounts_in(home).equals(before)
    well = disclosures(home.home, "doctor")
    assert well.returncode == 0, well.stdout
    assert "All is well." in well.stderr


def amounts_in(home: Paths) -> pl.DataFrame:
    staged = Lake(home.lake).staging.current_rows("amounts").drop("batch").collect()
    return staged.sort("amount_id")
