"""Old Word formats, converted by LibreOffice where it is installed, else refused with what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from extract.abilities import office_program
from extract.child_processes import ending_with_this_process
from extract.readers.reading import ReadBlocks, UnreadableDocumentError

_MOST_SECONDS = 90  # a little less than a document may take, so that the reason is the conversion's
_ADVICE = "install LibreOffice, or open it in Word or WPS and save it as .docx or PDF"


def read_through_office(name: str, suffix: str) -> Callable[[bytes], ReadBlocks]:
    """Give a reader of a format, called ``name``, that LibreOffice converts to .docx.

    The reader raises :class:`UnreadableDocumentError` where LibreOffice is missing, fails or takes too long.
    """

    def reader(data: bytes) -> ReadBlocks:
        from extract.readers.word import read_word

        program = office_program()
        if program is None:
            raise UnreadableDocumentError(f"{name} is read through LibreOffice alone; {_ADVICE}")
        return read_word(_converted(program, name, suffix, data))

    return reader


def _converted(program: str, name: str, suffix: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        source, target = Path(folder, f"document{suffix}"), Path(folder, "document.docx")
        source.write_bytes(data)
        # A profile of its own: LibreOffice hands over to a running instance of the same profile.
        profile = Path(folder, "profile").as_uri()
        arguments = ["--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "docx"]
        said = _run([program, *arguments, "--outdir", folder, str(source)], name)
        if not target.is_file():
            raise UnreadableDocumentError(
                f"LibreOffice could not convert {name} ({said.strip() or 'it said nothing'}); {_ADVICE}"
            )
        return target.read_bytes()


def _run(command: list[str], name: str) -> str:
    """Run a program and what it starts, and end all of it when the time is over."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
        errors="replace",
    ) as process:
        try:
            with ending_with_this_process(process, group=True):
                return process.communicate(timeout=_MOST_SECONDS)[0]
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise UnreadableDocumentError(
                f"LibreOffice did not convert {name} within {_MOST_SECONDS} seconds; {_ADVICE}"
            ) from error
