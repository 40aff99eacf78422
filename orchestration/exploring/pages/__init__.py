"""The pages, each by the address that leads to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from orchestration.exploring.asked import Handler
from orchestration.exploring.pages.comparing import comparisons_page, ranking_list, ranking_page
from orchestration.exploring.pages.cube import cube_page
from orchestration.exploring.pages.deciding import decisions_page
from orchestration.exploring.pages.documents import amounts_page, document_list, document_page
from orchestration.exploring.pages.figures import figure_page, stated_page
from orchestration.exploring.pages.findings import cause_page, finding_page, findings_page
from orchestration.exploring.pages.forms import form_page
from orchestration.exploring.pages.home import home_page
from orchestration.exploring.pages.inspection import inspection_page
from orchestration.exploring.pages.publishers import publisher_list, publisher_page
from orchestration.exploring.pages.questions import question_list, question_page
from orchestration.exploring.pages.searching import search_page

_ID = r"[^/]{1,120}"
PAGES: tuple[tuple[re.Pattern[str], Handler], ...] = tuple(
    (re.compile(pattern), handler)
    for pattern, handler in (
        (r"/", home_page),
        (r"/publishers", publisher_list),
        (r"/publishers/(?P<publisher>.{1,300})", publisher_page),
        (r"/documents", document_list),
        (rf"/documents/(?P<document>{_ID})", document_page),
        (rf"/documents/(?P<document>{_ID})/amounts", amounts_page),
        (rf"/forms/(?P<form>{_ID})", form_page),
        (rf"/figures/(?P<figure>{_ID})", figure_page),
        (rf"/stated/(?P<stated>{_ID})", stated_page),
        (r"/findings", findings_page),
        (rf"/findings/(?P<finding>{_ID})", finding_page),
        (rf"/causes/(?P<cause>{_ID})", cause_page),
        (r"/cube", cube_page),
        (r"/comparisons", comparisons_page),
        (r"/inspection", inspection_page),
        (r"/rankings", ranking_list),
        (rf"/rankings/(?P<ranking>{_ID})", ranking_page),
        (r"/questions", question_list),
        (rf"/questions/(?P<question>{_ID})", question_page),
        (r"/search", search_page),
        (r"/decisions", decisions_page),
    )
)


def page_at(path: str) -> tuple[Handler, Mapping[str, str]] | None:
    """Who answers for an address, with the parts of it that have a name."""
    for pattern, handler in PAGES:
        if found := pattern.fullmatch(path):
            return handler, found.groupdict()
    return None
