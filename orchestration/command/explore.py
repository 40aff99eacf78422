"""``disclosures explore``: the published warehouse as pages, served or written as files."""

# ruff: noqa: PLC0415 (pages and their server are not loaded together)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orchestration.command.terminal import UsageError, output
from orchestration.home.paths import Paths
from orchestration.reports.words import Language


def explore(
    paths: Paths, host: str, port: int, *, names: Sequence[str], folder: Path | None, language: Language
) -> None:
    """Serve the pages, or write them into ``folder``.

    Raises:
        UsageError: when nothing is published, or the folder holds something else.
    """
    if folder is None:
        from orchestration.exploring.serving import serve_pages

        serve_pages(paths, host, port, names)
        return
    from orchestration.exploring.static_files import write_files

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "index.html").is_file():
        raise UsageError(f"{folder} is not empty, and holds no pages that were written before.")
    count = write_files(paths, folder, language)
    output().print(f"{count:,} files in {folder}; begin with {folder / 'index.html'}.", soft_wrap=True)
