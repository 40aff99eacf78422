"""An archive in a source is as a folder: its files are found, and what cannot be read says why."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.landing import LandingStore
from extract.sources import find_files

NOON = datetime(2126, 3, 1, 12, tzinfo=UTC)  # long after any file of a test was written


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return path


def test_each_file_in_an_archive_is_found_at_its_place_in_it(tmp_path: Path) -> None:
    path = archive(tmp_path / "2024.zip", **{"预算/某局.txt": b"budget", "note.txt": b"note"})
    (tmp_path / "beside.txt").write_bytes(b"beside")
    found = list(find_files(tmp_path))
    assert [(file.file_name, file.read()) for file in found] == [
        ("note.txt", b"note"),
        ("某局.txt", b"budget"),
        ("beside.txt", b"beside"),
    ]
    assert found[0].uri == f"{path.resolve().as_uri()}!/note.txt"


def test_names_of_a_chinese_windows_are_read(tmp_path: Path) -> None:
    name = "某局预算.txt"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as opened:
        opened.writestr("X" * len(name.encode("gb18030")), b"1")
    raw = data.getvalue().replace(b"X" * len(name.encode("gb18030")), name.encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(raw)
    assert [file.file_name for file in find_files(tmp_path)] == [name]


def test_what_programs_leave_in_archives_is_no_disclosure(tmp_path: Path) -> None:
    archive(
        tmp_path / "a.zip", **{"__MACOSX/._a.txt": b"", ".DS_Store": b"", "a/Thumbs.db": b"", "a.txt": b"1"}
    )
    assert [file.file_name for file in find_files(tmp_path)] == ["a.txt"]


def test_a_name_that_leads_out_of_the_archive_is_a_name_and_no_more(tmp_path: Path) -> None:
    archive(tmp_path / "source.zip", **{"../../evil.txt": b"1"})
    (file,) = find_files(tmp_path / "source.zip")
    assert (file.file_name, file.read()) == ("evil.txt", b"1")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["source.zip"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("inner.zip", b"PK", "archive inside an archive"),
        ("bomb.txt", b"0" * 30_000_000, "decompression bomb"),
    ],
)
def test_a_member_that_is_not_opened_says_why_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    archive(tmp_path / "a.zip", **{name: data, "z.txt": b"fine"})
    odd, fine = find_files(tmp_path)
    with pytest.raises(OSError, match=reason):
        odd.read()
    assert fine.read() == b"fine"


def test_a_locked_member_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"a.txt": b"secret"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (file,) = find_files(tmp_path)
    with pytest.raises(OSError, match="locked by a password"):
        file.read()


def test_a_damaged_archive_is_one_file_that_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"a.txt": b"1" * 100})
    path.write_bytes(path.read_bytes()[:40])
    (file,) = find_files(tmp_path)
    assert file.file_name == "a.zip"
    with pytest.raises(OSError, match="cannot be opened"):
        file.read()


def test_a_member_that_was_tampered_with_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"a.txt": bytes(range(256)) * 4})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    (file,) = find_files(tmp_path)
    with pytest.raises(OSError, match="cannot be unpacked"):
        file.read()


def test_an_unchanged_archive_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path / "a.zip", **{"a.txt": b"1", "b.txt": b"2"})
    store = LandingStore(tmp_path / "landing")
    listing = store.land(list(find_files(tmp_path / "a.zip")), NOON)
    assert listing["is_new"].to_list() == [True, True]

    def fails(*_: object) -> bytes:
        raise AssertionError("read again")

    monkeypatch.setattr(zipfile.ZipFile, "open", fails)
    assert store.land(list(find_files(tmp_path / "a.zip")), NOON)["is_new"].to_list() == [False, False]
