"""One offline page of HTML: what was found at the left, the printed pages at the right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from orchestration.reports.entries import SHOWN, Entry, Mark, Told, conclusion
from orchestration.reports.printed import Leaf, leaves_of, with_boxes
from orchestration.reports.reasons import reason_in
from orchestration.reports.words import WORDS, Language
from orchestration.texts.shown_text import without_controls


def report_page(
    told: Told, originals: Mapping[str, bytes], *, language: Language, version: str, today: date
) -> str:
    """The report of some checked documents; ``originals`` are their bytes, by document id."""
    checked = told.checked
    entries = with_boxes(told.entries, checked.documents, originals)
    leaves = [
        leaf
        for document in checked.documents
        for leaf in leaves_of(document, originals[document.document_id], entries, language)
    ]
    environment = Environment(
        loader=PackageLoader("orchestration.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    package = files("orchestration.reports")
    ours = {name: Markup((package / f"report.{name}").read_text("utf-8")) for name in ("css", "js")}
    severities = Counter(entry.severity for entry in entries if entry.set_aside_because is None)
    page = environment.get_template("report.html.j2").render(
        words=WORDS[language],
        language=language,
        reason_in=reason_in,
        checked=checked,
        evidence=told.evidence,
        entries=entries,
        conclusion=conclusion(checked, entries),
        severities=[(name, severities[name]) for name in SHOWN],
        leaves=leaves,
        marks=Markup(_marks_as_json(entries, leaves)),
        made=WORDS[language]["made"].format(version, today.isoformat()),
        **ours,
    )
    return without_controls(page)


def _marks_as_json(entries: Sequence[Entry], leaves: Sequence[Leaf]) -> str:
    """Where each mark is, by its key, for the script; safe inside an element of a page."""
    leaf_of = {(leaf.document_id, leaf.page_no): leaf.key for leaf in leaves}
    marks = {mark.key: _as_data(mark, leaf_of) for entry in entries for mark in entry.marks}
    text = json.dumps(marks, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026").replace("\u2028", "").replace("\u2029", "")


def _as_data(mark: Mark, leaf_of: Mapping[tuple[str, int | None], str]) -> dict[str, object]:
    place = mark.place
    box = None if place.box is None else [round(edge, 1) for edge in place.box]
    found = {
        "leaf": leaf_of.get((place.document_id, place.page_no)),
        "line": place.line_no,
        "field": place.field_no,
        "box": box,
        "more": [[round(edge, 1) for edge in each] for each in mark.more] or None,
        "role": mark.role,
        "text": mark.text,
        "should": mark.suggested,
    }
    return {name: value for name, value in found.items() if value is not None}
