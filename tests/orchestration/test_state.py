"""What a warehouse remembers is in one file: whole after kills, taken over from homes of earlier programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.home.state import TAKEN_OVER, State, Visit, WrittenFile

VISIT = Visit("2026-02-01T06:00:00+08:00", found=3, failed=1, new_at="2026-01-01T06:00:00+08:00")
FILE = WrittenFile(4, 17, "ab" * 32)

KILLED = """
import os, signal, sys
from pathlib import Path
from orchestration.home.state import State
state = State(Path(sys.argv[1]))
with state._writing() as connection:
    connection.execute("pragma cache_size = 1")  # so that changes are written to the file before the end
    connection.execute("delete from put_off")
    for number in range(5000):
        connection.execute("insert into put_off values (?)", (f"{number:064d}",))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "lake" / "state.sqlite")


def old_home(home: Path) -> Paths:
    """A home as programs before this one left it, with a batch and all that they kept in files."""
    paths = Paths(home, ())
    lake = Lake(paths.lake)
    frame = pl.DataFrame({"form_id": ["f"]})
    entries = pl.DataFrame({"document_id": ["d"], "extractor_version": ["1"], "status": ["read"]})
    for layer in (lake.printed, lake.staging):
        layer.write_batch("b000001", {"forms": frame}, entries)
        files = lake.state.files_of(layer.batches.name, "b000001")
        told = {
            name: {"size_bytes": file.size_bytes, "changed_ns": file.changed_ns, "sha256": file.sha256}
            for name, file in files.items()
        }
        (layer.folder("b000001") / "checksums.json").write_text(json.dumps(told))
    lake.state.file.unlink()
    (paths.lake / "put_off.json").write_text('["slow"]')
    visit = {"visited_at": VISIT.visited_at, "found": 3, "failed": 1, "new_at": VISIT.new_at}
    for folder in (paths.landing, paths.build_folder):
        folder.mkdir(parents=True)
    (paths.landing / "visits.json").write_text(json.dumps({"county": {**visit, "succeeded_at": None}}))
    (paths.build_folder / "published_from.sha256").write_text("cd" * 32)
    (paths.build_folder / "shared_snapshot").write_text("7")
    return paths


def left_by_earlier_programs(paths: Paths) -> list[Path]:
    flat = [(paths.lake / pattern).resolve() for pattern in TAKEN_OVER if "*" not in pattern]
    return [path for path in flat if path.exists()] + list(paths.lake.glob("*/batch=*/checksums.json"))


def remembered(state: State) -> tuple[object, ...]:
    files = {layer: set(state.files_of(layer, "b000001")) for layer in ("printed", "staging")}
    facts = (state.fact("published_from"), state.fact("shared_snapshot"))
    return files, state.put_off(), state.visits(), facts


OF_THE_OLD_HOME = (
    {"printed": {"forms.parquet"}, "staging": {"forms.parquet"}},
    frozenset({"slow"}),
    {"county": VISIT},
    ("cd" * 32, "7"),
)


def test_what_is_remembered_is_there_for_whoever_opens_it_next(state: State) -> None:
    assert (state.put_off(), state.visits(), state.fact("published_from")) == (frozenset(), {}, None)
    assert not state.file.exists(), "asking writes nothing"
    state.set_files("staging", "b000001", {"forms.parquet": FILE})
    state.set_put_off(["b", "a"])
    state.add_visits({"county": VISIT})
    state.set_fact("published_from", "x")
    again = State(state.file)
    assert again.files_of("staging", "b000001") == {"forms.parquet": FILE}
    assert again.put_off() == {"a", "b"}
    assert again.visits() == {"county": VISIT}
    assert again.fact("published_from") == "x"
    again.set_fact("published_from", None)
    assert state.fact("published_from") is None


def test_files_of_batches_that_are_gone_are_forgotten(state: State) -> None:
    for layer, batch in (("staging", "b000001"), ("staging", "b000002"), ("printed", "b000001")):
        state.set_files(layer, batch, {"forms.parquet": FILE})
    state.keep_files("staging", ["b000002"])
    assert state.files_of("staging", "b000001") == {}
    assert state.files_of("staging", "b000002") != {}
    assert state.files_of("printed", "b000001") != {}


@pytest.mark.parametrize("home", ["old", "new"])
def test_a_writer_that_is_killed_leaves_what_was_there(tmp_path: Path, home: str) -> None:
    paths = old_home(tmp_path)
    if home == "new":
        paths.state.set_put_off(["slow"])
    killed = subprocess.run([sys.executable, "-c", KILLED, str(paths.state.file)], check=False)
    assert killed.returncode == -9
    assert remembered(paths.state) == OF_THE_OLD_HOME
    assert paths.state.is_readable()
    paths.state.set_put_off(["another"])
    assert paths.state.put_off() == {"another"}


def test_a_home_of_an_earlier_program_is_read_as_it_is(tmp_path: Path) -> None:
    paths = old_home(tmp_path)
    before = left_by_earlier_programs(paths)
    assert remembered(paths.state) == OF_THE_OLD_HOME
    assert left_by_earlier_programs(paths) == before
    assert not paths.state.file.exists()


def test_the_first_writer_takes_over_what_earlier_programs_left(tmp_path: Path) -> None:
    paths = old_home(tmp_path)
    assert Lake(paths.lake).prepare() == []
    assert remembered(paths.state) == OF_THE_OLD_HOME
    assert left_by_earlier_programs(paths) == []
    damaged = Lake(paths.lake).staging.folder("b000001") / "forms.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (healed,) = Lake(paths.lake).prepare()
    assert str(damaged) in healed


def test_what_is_damaged_in_an_old_home_does_not_keep_the_rest(tmp_path: Path) -> None:
    paths = old_home(tmp_path)
    (paths.lake / "put_off.json").write_text('["cut')
    (paths.landing / "visits.json").write_text('{"county": {"unknown": 1}}')
    paths.state.set_fact("shared_snapshot", "8")
    files, put_off, visits, facts = remembered(paths.state)
    assert (files, put_off, visits) == (OF_THE_OLD_HOME[0], frozenset(), {})
    assert facts == ("cd" * 32, "8")


def test_a_file_that_cannot_be_read_is_set_aside(state: State) -> None:
    lake = Lake(state.file.parent)
    lake.prepare()
    state.file.write_bytes(b"this is no database" * 1000)
    assert state.fact("published_from") is None
    assert not state.is_readable()
    (healed,) = lake.prepare()
    assert "state.damaged" in healed
    state.set_fact("published_from", "x")
    assert state.fact("published_from") == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_may_only_be_read_can_be_asked(state: State) -> None:
    state.set_fact("published_from", "x")
    state.file.chmod(0o444)
    state.file.parent.chmod(0o555)
    try:
        assert state.fact("published_from") == "x"
    finally:
        state.file.parent.chmod(0o755)
