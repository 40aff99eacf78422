"""The same pages as files, which any web server shows and a browser opens from a disk.

Pages are followed from the first one on. A figure has a page of its own where it stands in an equation that
breaks; all others are in the page of their form. What needs a server (choices, decisions, originals) is left
out.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Asking, Published
from orchestration.exploring.decision_files import DecisionFiles
from orchestration.exploring.links import FileLinks, file_of
from orchestration.exploring.pages import page_at
from orchestration.exploring.rendering import rendered, saved_table
from orchestration.exploring.search_index import write_index
from orchestration.exploring.wording import Wording
from orchestration.home.paths import Paths
from orchestration.reports.words import Language

SECONDS = 600.0
"""How long one question may take where nobody waits for its page."""
_ASSETS = ("explore.css", "explore.js", "search.js")
_FIGURES = """
    select terms.amount_id
    from (select unnest(terms) as terms from reconciliation.identity_results where outcome = 'breaks')
    where terms.amount_id is not null
    union
    select suspected_amount_id from marts.fct_findings where suspected_amount_id is not null
"""


def write_files(paths: Paths, folder: Path, language: Language) -> int:
    """Write every page into ``folder``, over what was written there before; give how many files.

    Raises :class:`UsageError` when nothing is published.
    """
    with Published(paths, SECONDS).asking() as asking:
        assets = folder / "assets"
        shutil.rmtree(assets, ignore_errors=True)
        assets.mkdir(parents=True)
        for name in _ASSETS:
            (assets / name).write_bytes((files("orchestration.exploring") / "assets" / name).read_bytes())
        figures = frozenset(f"/figures/{row[0]}" for row in asking.answer(_FIGURES).rows)
        writer = _Writer(paths, asking, Wording(language, asking), figures)
        written = writer.write_all(folder)
        return written + len(_ASSETS) + write_index(asking, writer.wording, assets / "search")


class _Writer:
    def __init__(self, paths: Paths, asking: Asking, wording: Wording, figures: frozenset[str]) -> None:
        self._paths, self._asking, self.wording, self._figures = paths, asking, wording, figures
        self._decisions = DecisionFiles(paths.decisions)

    def write_all(self, folder: Path) -> int:
        """Follow the links from the first page on."""
        waiting: deque[tuple[str, Mapping[str, str]]] = deque([("/", {})])
        known = {file_of("/", {})}
        written: set[str] = set()
        while waiting:
            path, query = waiting.popleft()
            links = FileLinks(self.wording.language, path, query, self._figures)
            for name, content in self._contents(path, query, links):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                known.add(name)
                written.add(name)
            for name, wanted in links.wanted.items():
                if name not in known:
                    known.add(name)
                    waiting.append(wanted)
        return len(written)

    def _contents(self, path: str, query: Mapping[str, str], links: FileLinks) -> Iterator[tuple[str, bytes]]:
        """A page and its tables as files; nothing where a link leads nowhere, as to a publisher not known."""
        found = page_at(path)
        if found is None:
            return
        handler, named = found
        asked = Asked(
            path,
            named,
            query,
            self._asking,
            self.wording,
            links,
            self._paths,
            self._decisions,
            is_file=True,
        )
        try:
            page = handler(asked)
        except NotThereError:
            return
        yield file_of(path, query), rendered(page, asked).encode()
        for name, (of_page, wanted) in links.wanted.items():
            if of_page == path and "format" in wanted:
                yield name, saved_table(page, replace(asked, query=wanted))
