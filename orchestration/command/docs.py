"""``disclosures docs``: the data dictionary and dbt's documentation, as files that need no server."""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.building.catalogue import DescriptionError, read_catalogue
from orchestration.building.dbt_project import DbtProjectError, current_manifest
from orchestration.command.terminal import CommandError, UsageError, output
from orchestration.documentation.codes import codes_by_column
from orchestration.documentation.dbt_page import dbt_page
from orchestration.documentation.dictionary import as_html, as_markdown, sections
from orchestration.home.durable import replacing
from orchestration.home.paths import DBT_PROJECT, Paths


def write_documentation(paths: Paths, folder: Path) -> None:
    """Write ``dictionary.html``, ``dictionary.md`` and ``dbt.html``, each whole or not at all.

    They tell what the dbt project declares, so no warehouse need exist. Raises :class:`UsageError` when
    ``folder`` is a file, :class:`CommandError` when the dbt project cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder for the pages.")
    try:
        manifest = json.loads(current_manifest(paths).read_bytes())
        catalogue = read_catalogue(manifest)
        found = sections(catalogue, codes_by_column(catalogue, manifest, DBT_PROJECT))
        pages = {
            "dictionary.html": as_html(found),
            "dictionary.md": as_markdown(found),
            "dbt.html": dbt_page(catalogue),
        }
    except (DbtProjectError, DescriptionError) as error:
        raise CommandError(f"{error}") from error
    for name, text in pages.items():
        with replacing(folder / name) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
        output().print(str(folder / name), soft_wrap=True, markup=False)
