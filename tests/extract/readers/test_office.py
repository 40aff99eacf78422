"""Old Word formats are converted by LibreOffice, here a stand-in on the path that does what it is told to."""

from __future__ import annotations

import io
import stat
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from extract.abilities import abilities
from extract.blocks import Text
from extract.readers import UnreadableDocumentError, office, read_blocks

DOC = "application/msword"
Installed = Callable[[str], None]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """Put a shell script on the path as ``soffice``; its arguments end with ``--outdir FOLDER SOURCE``."""

    def install(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text("#!/bin/sh\nwhile [ $# -gt 2 ]; do shift; done\n" + script, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return install


def docx_of(text: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def test_what_was_converted_is_read(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "converted").write_bytes(docx_of("支出合计 1.00 万元"))
    installed(f'cp "{tmp_path}/converted" "$1/document.docx"')
    (block,) = read_blocks(b"old", DOC).blocks
    assert isinstance(block, Text)
    assert block.text == "支出合计 1.00 万元"


def test_the_program_is_given_the_bytes_of_the_document(installed: Installed, tmp_path: Path) -> None:
    installed(f'cp "$2" "{tmp_path}/given"')
    with pytest.raises(UnreadableDocumentError):
        read_blocks(b"old", DOC)
    assert (tmp_path / "given").read_bytes() == b"old"


def test_a_conversion_that_fails_says_what_the_program_said(installed: Installed) -> None:
    installed("echo source file could not be loaded; exit 1")
    with pytest.raises(UnreadableDocumentError, match="source file could not be loaded"):
        read_blocks(b"old", DOC)


def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    installed: Installed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "_MOST_SECONDS", 1)
    installed(f'sh -c "sleep 3; touch {tmp_path}/survived" & wait')
    began = time.monotonic()
    with pytest.raises(UnreadableDocumentError, match=r"did not convert .* within 1 seconds"):
        read_blocks(b"old", DOC)
    assert time.monotonic() - began < 3
    time.sleep(3)
    assert not (tmp_path / "survived").exists()


@pytest.mark.parametrize("media_type", [DOC, "application/rtf", "application/vnd.oasis.opendocument.text"])
def test_without_libreoffice_they_are_refused_with_what_to_do(
    media_type: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocumentError, match=r"install LibreOffice, or .* save it as \.docx or PDF"):
        read_blocks(b"old", media_type)


def test_what_is_installed_is_an_ability(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    installed("")
    assert "old Word formats" in abilities()
    monkeypatch.setenv("PATH", "")
    assert "old Word formats" not in abilities()
