"""A folder gives its files in a stable order, and hides nothing that it cannot give."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.sources import find_files
from extract.sources.folder import printable_name


def test_files_are_found_at_every_depth_sorted_by_name_with_their_place(tmp_path: Path) -> None:
    _write(tmp_path, "b.txt", "b/inner.txt", "a.txt", "预算.pdf")
    found = list(find_files(tmp_path))
    assert [file.file_name for file in found] == ["a.txt", "inner.txt", "b.txt", "预算.pdf"]
    assert found[0].uri == (tmp_path / "a.txt").resolve().as_uri()
    assert found[0].read() == b"a.txt"


def test_a_single_file_can_be_the_source(tmp_path: Path) -> None:
    _write(tmp_path, "one.txt", "two.txt")
    assert [file.file_name for file in find_files(tmp_path / "one.txt")] == ["one.txt"]


@pytest.mark.parametrize(
    "name",
    [".hidden", ".git/config", "~$表.xlsx", "old.txt~", "x.tmp", "x.PART", "Thumbs.db"],
)
def test_hidden_and_temporary_files_are_not_disclosures(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "kept.txt", name)
    assert [file.file_name for file in find_files(tmp_path)] == ["kept.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    _write(tmp_path, "year/budget.txt")
    (tmp_path / "year/again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "year/self").symlink_to(tmp_path / "year", target_is_directory=True)
    assert [file.file_name for file in find_files(tmp_path)] == ["budget.txt"]


def test_a_link_to_elsewhere_is_followed_where_the_source_says_so(tmp_path: Path) -> None:
    _write(tmp_path, "elsewhere/budget.txt")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/link.txt").symlink_to(tmp_path / "elsewhere/budget.txt")
    (tmp_path / "source/year").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    file, in_folder = find_files(tmp_path / "source", follow_links=True)
    assert file.read() == in_folder.read() == b"elsewhere/budget.txt"


@pytest.mark.parametrize("to", ["elsewhere/budget.txt", "elsewhere", "source/../elsewhere"])
def test_a_link_out_of_the_folder_is_named_and_not_followed(tmp_path: Path, to: str) -> None:
    _write(tmp_path, "elsewhere/budget.txt")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/link.txt").symlink_to(tmp_path / to)
    (tmp_path / "source/twice.txt").symlink_to(tmp_path / "source/link.txt")
    for file in find_files(tmp_path / "source"):
        with pytest.raises(OSError, match="the link leads out of the folder"):
            file.read()


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    _write(tmp_path, "source/year/budget.txt")
    (tmp_path / "source/link.txt").symlink_to("year/budget.txt")
    linked, there = find_files(tmp_path / "source")
    assert linked.read() == there.read()


def test_a_dangling_link_is_found_and_says_why_it_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "budget.txt").symlink_to(tmp_path / "gone.txt")
    (file,) = find_files(tmp_path)
    with pytest.raises(OSError, match=r"points at .*gone\.txt, which cannot be reached"):
        file.read()


def test_a_pipe_is_found_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (file,) = find_files(tmp_path)
    with pytest.raises(OSError, match="not a file"):
        file.read()


def test_a_file_deleted_after_it_was_found_says_so(tmp_path: Path) -> None:
    _write(tmp_path, "budget.txt")
    (file,) = find_files(tmp_path)
    (tmp_path / "budget.txt").unlink()
    with pytest.raises(OSError, match="no such file"):
        file.read()


def test_what_is_excluded_is_not_looked_at(tmp_path: Path) -> None:
    _write(tmp_path, "budget.txt", "warehouse/landing/objects/ab", "warehouse/samples/sample.txt")
    found = find_files(tmp_path, exclude=[tmp_path / "warehouse/landing"])
    assert [file.file_name for file in found] == ["budget.txt", "sample.txt"]


def test_an_edit_changes_the_stamp_even_when_size_and_time_are_put_back(tmp_path: Path) -> None:
    path = tmp_path / "budget.txt"
    path.write_bytes(b"1,234.56")
    (before,) = find_files(tmp_path)
    status = path.stat()
    while path.stat().st_ctime_ns == status.st_ctime_ns:  # the file system's clock is coarse
        path.write_bytes(b"1,243.56")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    (after,) = find_files(tmp_path)
    assert before.stamp != after.stamp


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(find_files(tmp_path / "nowhere"))


def test_file_names_in_a_chinese_windows_encoding_can_be_read() -> None:
    assert printable_name(os.fsdecode("部门预算.txt".encode("gb18030"))) == "部门预算.txt"
    assert printable_name("部门预算.txt") == "部门预算.txt"


def _write(root: Path, *names: str) -> None:
    """Make files under ``root`` that hold their own names."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
