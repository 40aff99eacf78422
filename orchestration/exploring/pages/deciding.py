"""Decisions: what was decided, and how a decision comes from a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from orchestration.exploring.asked import LONGEST, Asked
from orchestration.exploring.blocks import Block, Choice, Deciding, Made, Note, Option, Page
from orchestration.exploring.decision_files import ACKNOWLEDGEMENTS, CORRECTIONS, Decision
from orchestration.exploring.pages.findings import UNITS, acknowledgements_of, correction_of, equations_of

_NUMBER = re.compile(r"-?\d{1,14}(?:\.\d{1,6})?")
_UNITS = ("", *UNITS)
_NAMES = ("table", "document_id", "about", "meant", "reason", "decided_by", "decided_on")


class RefusedError(ValueError):
    """A decision that cannot be taken; the message is a key of the words."""


def decisions_page(asked: Asked) -> Page:
    """Every decision, and a form to undo one."""
    words, links = asked.wording, asked.links
    decisions = asked.decisions.all()
    rows = [
        [
            words[each.table],
            each.row["document_id"],
            each.row.get("printed_text") or each.row.get("printed_texts"),
            f"{each.row.get('corrected_text', '')}{each.row.get('corrected_unit', '')}" or None,
            each.row["reason"],
            each.row["decided_by"],
            each.row["decided_on"],
        ]
        for each in decisions
    ]
    table = Made(
        "decisions",
        words["decisions"],
        _NAMES,
        ["VARCHAR"] * len(_NAMES),
        rows,
        {name: words[f"decision_{name}"] for name in _NAMES},
        hrefs={"document_id": lambda row: links.to(f"/documents/{row['document_id']}")},
    )
    blocks: list[Block] = [Note(words["decisions_note"]), table]
    if decisions:
        options = [
            Option(each.key, f"{words[each.table]} {row[2]} {each.row['reason']}"[:LONGEST])
            for each, row in zip(decisions, rows, strict=True)
        ]
        blocks.append(
            Deciding(
                words["undo"],
                links.to("/decisions/undo"),
                words["undo"],
                [Choice("keys", words["decisions"], "", options)],
                {"next": "/decisions"},
            )
        )
    return Page(words["decisions"], blocks, [asked.home()])


def decide(asked: Asked, form: Mapping[str, str], today: date) -> str:
    """Take the decision that a form sends; give the path of the page to go on with.

    Raises:
        RefusedError: when something is missing or no number.
        NotThereError: when it is about nothing that was found.
        DecisionFileError: when it cannot be written.
    """
    reason, who = (_plain(form.get(name, "")) for name in ("reason", "decided_by"))
    if not reason or not who:
        raise RefusedError("refused_reason")
    about = form.get("about", "")
    row, equations = equations_of(asked, about)
    signed = {"reason": reason, "decided_by": who, "decided_on": today.isoformat()}
    if form.get("what") == CORRECTIONS:
        correction = correction_of(asked, row)
        text = form.get("corrected_text", "").replace(",", "").strip()
        unit = form.get("corrected_unit", "").strip()
        if correction is None or not _NUMBER.fullmatch(text) or unit not in _UNITS:
            raise RefusedError("refused_number")
        decided = [_with(correction, {**signed, "corrected_text": text, "corrected_unit": unit})]
    elif form.get("what") == ACKNOWLEDGEMENTS:
        decided = [_with(each, signed) for each in acknowledgements_of(equations)]
    else:
        decided = []
    if not decided:
        raise RefusedError("refused_nothing")
    asked.decisions.decide(decided)
    return f"/causes/{about}" if about.startswith("C-") else f"/findings/{about}"


def _with(decision: Decision, said: Mapping[str, str]) -> Decision:
    return replace(decision, row={**decision.row, **said})


def _plain(text: str) -> str:
    """A line of text that neither breaks lines of a file nor is a formula to a spreadsheet."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line.lstrip("=+-@＝＋－＠ ")[:LONGEST]
