"""What does not add up, to work through; and one of it with its evidence and what was decided."""

from __future__ import annotations

import re

from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Row, like
from orchestration.exploring.blocks import (
    Block,
    Choice,
    Choices,
    Deciding,
    Fact,
    Facts,
    Note,
    Option,
    Page,
    View,
    Way,
    Ways,
)
from orchestration.exploring.decision_files import ACKNOWLEDGEMENTS, CORRECTIONS, Decision
from orchestration.exploring.pages.documents import crumbs_of, document_of, finding_link
from orchestration.exploring.pages.figures import equation_blocks
from orchestration.exploring.pages.publishers import years_of

_SEVERITIES = ["discrepancy", "suspect", "rounding", "note"]
_WORK = """
    with entries as (
        select severity, publisher_name, fiscal_year, stage, suspected_label as label, printed_text,
            suggested_text, evidence, cause_kind as kind, identities_broken as broken, message_zh, message_en,
            is_acknowledged, cause_id, null::varchar as finding_id, document_id, is_superseded
        from marts.fct_causes
        union all
        select findings.severity, documents.publisher_name, documents.fiscal_year, documents.stage, null,
            null, findings.suggested_text, null, findings.kind, null, findings.message_zh,
            findings.message_en,
            findings.acknowledged_because is not null, null, findings.finding_id, findings.document_id,
            findings.is_superseded
        from marts.fct_findings as findings
        inner join marts.dim_document as documents using (document_id)
        where findings.cause_id is null
            or findings.cause_id not in (select causes.cause_id from marts.fct_causes as causes)
    )

    select * exclude (is_superseded) from entries
    where not is_superseded
        and ($severity = '' or severity = $severity)
        and ($evidence = '' or evidence = $evidence)
        and ($kind = '' or kind = $kind)
        and ($year is null or fiscal_year = $year)
        and ($publisher = '' or publisher_name = $publisher)
        and ($state = '' or is_acknowledged = ($state = 'yes'))
        and list_bool_and(list_transform($words, lambda word: contains(
            concat_ws(' ', publisher_name, label, printed_text, message_zh), word
        ))) is not false
    order by list_position(['discrepancy', 'suspect', 'rounding', 'note'], severity),
        list_position(['several', 'only_one', 'likely'], evidence), publisher_name, fiscal_year desc,
        document_id, cause_id, finding_id
"""
_KINDS = """
    select distinct kind from marts.fct_findings
    union
    select distinct cause_kind from marts.fct_causes
    order by 1
"""
_FACTS = (
    "severity", "cause_kind", "slip_kind", "evidence", "suspected_label", "suspected_place", "printed_text",
    "suggested_text", "identities_broken", "is_acknowledged",
)  # fmt: skip
_OF_FINDING = (
    "severity", "kind", "rule_id", "places", "left_yuan", "right_yuan", "residual_yuan", "tolerance_yuan",
    "acknowledged_because",
)  # fmt: skip
_EQUATIONS = """
    select findings.finding_id, findings.message_zh, findings.message_en, findings.suspected_amount_id,
        results.identity_id, results.rule_id, results.outcome, results.not_asked_because,
        results.residual_yuan, results.tolerance_yuan, results.document_id, results.terms, findings.cause_id,
        list_transform(
            list_filter(results.terms, lambda term: term.amount_text is not null),
            lambda term: term.amount_text
        ) as printed_texts
    from marts.fct_findings as findings
    left join (
        select * from reconciliation.identity_results where document_id = $document
    ) as results on findings.identity_id = results.identity_id
    where findings.document_id = $document and ($cause is null or findings.cause_id = $cause)
        and ($finding is null or findings.finding_id = $finding)
    order by findings.finding_id
"""
_PLACE = """
    select page_no, line_no, field_no, amount_text, unit from staging.amounts
    where document_id = $document and amount_id || '' = $figure
    union all
    select page_no, line_no, null, amount_text, unit from staging.claims
    where document_id = $document and claim_id || '' = $figure
"""
UNITS = ("元", "千元", "万元", "亿元")
_SUGGESTED = re.compile(r"(-?[\d,]+(?:\.\d+)?)(元|千元|万元|百万元|亿元)?")


def findings_page(asked: Asked) -> Page:
    """Causes, and findings that have none, gravest and surest first."""
    words, links = asked.wording, asked.links
    other = "message_en" if words.language == "zh" else "message_zh"
    kinds = [row[0] for row in asked.asking.answer(_KINDS).rows if row[0]]
    named = {name: asked.get(name) for name in ("severity", "evidence", "kind", "publisher", "state")}

    entry = finding_link(asked)
    view = View(
        "findings", words["findings"], _WORK,
        {**named, "year": asked.number("year"), "words": like(asked.get("q"))},
        frozenset({"cause_id", "finding_id", "document_id", other}),
        {
            "label": entry, "printed_text": entry, "message_zh": entry, "message_en": entry,
            "publisher_name": lambda row: (
                links.maybe("/findings", publisher=row["publisher_name"])
                or links.to(f"/publishers/{row['publisher_name']}")
            ),
            "fiscal_year": lambda row: links.to(f"/documents/{row['document_id']}"),
        },
        note=words["findings_note"],
    )  # fmt: skip
    choices = Choices(
        links.to("/findings"),
        [
            asked.typed("q"),
            asked.choice("severity", _SEVERITIES),
            asked.choice("evidence", ["several", "only_one", "likely"]),
            asked.choice("kind", kinds),
            asked.choice("fiscal_year", years_of(asked), name="year"),
            Choice("state", words.column("is_acknowledged"), asked.get("state"),
                   [Option("", words["any"]), Option("no", words["no"]), Option("yes", words["yes"])]),
        ],
        {"publisher": named["publisher"]} if named["publisher"] else {},
    )  # fmt: skip
    return Page(words["findings"], [choices, view], [asked.home()])


def cause_page(asked: Asked) -> Page:
    """One thing to correct, with every equation that it breaks. Raises :class:`NotThereError`."""
    words, links = asked.wording, asked.links
    cause = asked.asking.row("from marts.fct_causes where cause_id = $id", id=asked.named["cause"])
    if cause is None:
        return _group_page(asked)
    document = document_of(asked, cause["document_id"])
    facts = [
        Fact(words.column(name), words.said(name, cause[name])) for name in _FACTS if cause[name] is not None
    ]
    suspected = cause["suspected_amount_id"]
    equations = asked.asking.rows(
        _EQUATIONS, document=cause["document_id"], cause=cause["cause_id"], finding=None
    )
    message = cause["message_zh"] if words.language == "zh" else cause["message_en"]
    blocks: list[Block] = [Note(message), Facts("", facts)]
    places = links.maybe(f"/figures/{suspected}") if suspected else None
    if places:
        blocks.append(Ways("", [Way(words["all_places"], places)]))
    blocks += _decisions(asked, cause, equations)
    blocks += equation_blocks(
        asked, [row for row in equations if row["identity_id"]], frozenset({suspected or ""})
    )
    title = cause["suspected_label"] or words.said("cause_kind", cause["cause_kind"])
    return Page(f"{title} {cause['printed_text'] or ''}".strip(), blocks, crumbs_of(asked, document))


def _group_page(asked: Asked) -> Page:
    """Findings of one cause that is none of the causes to correct: the first of them."""
    found = asked.asking.row(
        "select finding_id from marts.fct_findings where cause_id = $id order by finding_id limit 1",
        id=asked.named["cause"],
    )
    if found is None:
        raise NotThereError(asked.path)
    return _finding(asked, found["finding_id"])


def finding_page(asked: Asked) -> Page:
    """One finding. Raises :class:`NotThereError`."""
    return _finding(asked, asked.named["finding"])


def _finding(asked: Asked, finding_id: str) -> Page:
    words = asked.wording
    finding = asked.asking.row("from marts.fct_findings where finding_id = $id", id=finding_id)
    if finding is None:
        raise NotThereError(asked.path)
    document = document_of(asked, finding["document_id"])
    equations = asked.asking.rows(_EQUATIONS, document=finding["document_id"], cause=None, finding=finding_id)
    message = finding["message_zh"] if words.language == "zh" else finding["message_en"]
    facts = [
        Fact(words.column(name), words.said(name, finding[name]))
        for name in _OF_FINDING
        if finding[name] is not None
    ]
    blocks: list[Block] = [Note(message), Facts("", facts)]
    blocks += _decisions(asked, finding, equations)
    blocks += equation_blocks(
        asked,
        [row for row in equations if row["identity_id"]],
        frozenset({finding["suspected_amount_id"] or ""}),
    )
    return Page(words.rule(finding["rule_id"]), blocks, crumbs_of(asked, document))


def correction_of(asked: Asked, row: Row) -> Decision | None:
    """The correction that a cause or finding suggests, without reason; ``None`` where it names no figure."""
    figure = row["suspected_amount_id"]
    place = figure and asked.asking.row(_PLACE, figure=figure, document=row["document_id"])
    if not place:
        return None
    suggested = _SUGGESTED.fullmatch(row["suggested_text"] or "")
    unit = suggested[2] if suggested and suggested[2] != place["unit"] else None
    said = {
        name: "" if place[name] is None else str(place[name]) for name in ("page_no", "line_no", "field_no")
    }
    return Decision(
        CORRECTIONS,
        {
            "document_id": row["document_id"],
            **said,
            "printed_text": place["amount_text"] or "",
            "corrected_text": suggested[1].replace(",", "") if suggested else "",
            "corrected_unit": unit or "",
            "reason": "",
            "decided_by": "",
            "decided_on": "",
        },
    )


def acknowledgements_of(equations: list[Row]) -> list[Decision]:
    """What acknowledges each break, without reason."""
    return [
        Decision(
            ACKNOWLEDGEMENTS,
            {
                "document_id": row["document_id"],
                "rule_id": row["rule_id"],
                "printed_texts": "|".join(row["printed_texts"] or ()),
                "residual_yuan": str(row["residual_yuan"]),
                "reason": "",
                "decided_by": "",
                "decided_on": "",
            },
        )
        for row in equations
        if row["identity_id"] and row["residual_yuan"] is not None
    ]


def equations_of(asked: Asked, about: str) -> tuple[Row, list[Row]]:
    """A cause or finding by its id, with its equations. Raises :class:`NotThereError`."""
    table, column = ("fct_causes", "cause_id") if about.startswith("C-") else ("fct_findings", "finding_id")
    row = asked.asking.row(f"from marts.{table} where {column} = $id", id=about)  # one of two names of ours
    if row is None:
        raise NotThereError(about)
    of_cause = about if column == "cause_id" else None
    of_finding = about if column == "finding_id" else None
    equations = asked.asking.rows(_EQUATIONS, document=row["document_id"], cause=of_cause, finding=of_finding)
    return row, equations


def _decisions(asked: Asked, row: Row, equations: list[Row]) -> list[Block]:
    """What was decided about this, how to undo it, and how to decide."""
    if asked.is_file:
        return []
    words, links = asked.wording, asked.links
    about = str(row["cause_id"] if "suspected_label" in row else row["finding_id"])
    correction = correction_of(asked, row)
    possible = [*([correction] if correction else []), *acknowledgements_of(equations)]
    subjects = {decision.about for decision in possible}
    taken = [decision for decision in asked.decisions.all() if decision.about in subjects]
    is_in_force = bool(row.get("is_acknowledged") or row.get("acknowledged_because"))
    if taken:
        said = "；".join(dict.fromkeys(
            f"{words[each.table]} {each.row.get('corrected_text', '')} {each.row['reason']}"
            f"（{each.row['decided_by']}，{each.row['decided_on']}）" for each in taken
        ))  # fmt: skip
        kept = {"keys": " ".join(decision.key for decision in taken), "next": asked.path}
        return [
            Note(f"{words['decided_in_force' if is_in_force else 'decided']}{said}"),
            Deciding(words["undo"], links.to("/decisions/undo"), words["undo"], (), kept, words["next_run"]),
        ]
    who = [
        Choice("reason", words["reason"], "", is_required=True),
        Choice("decided_by", words["decided_by"], "", is_required=True),
    ]
    blocks: list[Block] = []
    if correction:
        meant = Choice("corrected_text", words["meant"], correction.row["corrected_text"], is_required=True)
        unit = Choice(
            "corrected_unit", words["meant_unit"], correction.row["corrected_unit"],
            [Option("", words["as_printed"]), *(Option(name, name) for name in UNITS)],
        )  # fmt: skip
        blocks.append(
            Deciding(words["correct"], links.to("/decisions"), words["correct"], [meant, unit, *who],
                     {"about": about, "what": CORRECTIONS}, words["correct_note"])
        )  # fmt: skip
    if acknowledgements_of(equations):
        blocks.append(
            Deciding(words["dismiss"], links.to("/decisions"), words["dismiss"], who,
                     {"about": about, "what": ACKNOWLEDGEMENTS}, words["dismiss_note"])
        )  # fmt: skip
    return blocks
