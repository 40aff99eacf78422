"""Pages as HTML, and their tables as files."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.blocks import Block, Choices, Deciding, Made, Page, View
from orchestration.exploring.listing import Listing, listed, whole
from orchestration.exploring.saving import saved
from orchestration.reports.words import Language
from orchestration.texts.shown_text import without_controls

PLACES = (
    ("publishers", "/publishers"),
    ("documents", "/documents"),
    ("findings", "/findings"),
    ("inspection", "/inspection"),
    ("cube", "/cube"),
    ("comparisons", "/comparisons"),
    ("rankings", "/rankings"),
    ("questions", "/questions"),
    ("search", "/search"),
)
"""What every page leads to."""
_SERVED_ONLY = (("decisions", "/decisions"), ("check_draft", "/check/"))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("orchestration.exploring", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(page: Page, asked: Asked) -> str:
    """The HTML of a page."""
    blocks: list[Block | Listing] = [
        listed(block, asked) if isinstance(block, View | Made) else block
        for block in page.blocks
        if not (asked.is_file and isinstance(block, Choices | Deciding))
    ]
    places = PLACES if asked.is_file else (*PLACES, *_SERVED_ONLY)
    other = Language.EN if asked.wording.language is Language.ZH else Language.ZH
    return without_controls(
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            blocks=blocks,
            words=asked.wording,
            links=asked.links,
            language=asked.wording.language,
            places=[
                (asked.wording[name], asked.links.to(path), asked.path.startswith(path))
                for name, path in places
            ],
            home=asked.links.to("/"),
            version=asked.asking.version,
            is_file=asked.is_file,
            other_language=None
            if asked.is_file
            else asked.links.to(asked.path, **{**asked.query, "lang": other}),
        )
    )


def saved_table(page: Page, asked: Asked) -> bytes:
    """The table of a page that is asked for, in the format that is asked for.

    Raises:
        NotThereError: when the page has no such table.
        KeyError: for an unknown format.
    """
    table = page.table(asked.get("table") or None)
    if table is None:
        raise NotThereError(asked.path)
    answer = whole(table, asked.asking)
    titles = table.titles if isinstance(table, Made) else {}
    return saved(
        answer,
        [titles.get(name) or asked.wording.column(name) for name in answer.names],
        asked.get("format"),
    )
