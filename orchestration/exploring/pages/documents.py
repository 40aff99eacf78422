"""One document: whose it is, how it does, its forms, its prose, its indicators and what does not add up."""

from __future__ import annotations

from collections.abc import Callable

from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Row, like
from orchestration.exploring.blocks import Block, Choices, Fact, Facts, Note, Page, View, Way, Ways
from orchestration.exploring.pages.inspection import OF_DOCUMENT
from orchestration.exploring.pages.publishers import cause_link, years_of

STAGES = ["budget", "final_accounts"]
_LIST = """
    select documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        documents.status, documents.is_in_force, cards.forms_present, cards.forms_required,
        cards.amounts_reconciled_pct, cards.identities_break, cards.discrepancy_causes,
        documents.document_id
    from marts.dim_document as documents
    left join marts.fct_disclosure_scorecard as cards using (document_id)
    where
        list_bool_and(list_transform($words, lambda word: contains(
            concat_ws(' ', documents.file_name, documents.publisher_name, documents.document_id), word
        ))) is not false
        and ($year is null or documents.fiscal_year = $year)
        and ($stage = '' or documents.stage = $stage)
        and ($status = '' or documents.status = $status)
    order by documents.publisher_name, documents.fiscal_year desc, documents.stage, documents.file_name,
        documents.document_id
"""
_FACTS = (
    "fiscal_year",
    "stage",
    "scope",
    "document_level",
    "region",
    "government_tier",
    "version_no",
    "page_count",
    "media_type",
    "status",
    "failure_reason",
    "disclosure_role",
    "found_at",
    "document_id",
)
_CARD = (
    "forms_present",
    "forms_required",
    "identities_asked",
    "identities_hold",
    "identities_break",
    "identities_not_asked",
    "discrepancy_causes",
    "suspects",
    "roundings",
    "notes",
    "amounts",
    "amounts_reconciled_pct",
    "amounts_disputed",
    "amounts_quarantined",
    "claims",
    "claims_reconciled",
    "indicators",
    "indicators_quantified_pct",
)
_FORMS = """
    select forms.printed_number, forms.printed_title, forms.form_key, forms.recognised_by, forms.certainty,
        forms.unit, forms.is_blank, forms.blank_reason,
        count(amounts.amount_id) as amount_count,
        count(*) filter (trusted.trust = 'reconciled') as reconciled_count,
        count(*) filter (trusted.trust = 'disputed') as disputed_count,
        forms.first_page, forms.first_line, forms.form_id
    from staging.forms as forms
    left join staging.amounts as amounts
        on forms.form_id = amounts.form_id and amounts.document_id = $document
    left join reconciliation.amount_trust as trusted
        on amounts.amount_id = trusted.amount_id and trusted.document_id = $document
    where forms.document_id = $document
    group by all order by forms.form_id
"""
_FINDINGS = """
    select severity, message_zh, message_en, evidence, residual_yuan, places, acknowledged_because,
        finding_id, cause_id
    from marts.fct_findings where document_id = $document
    order by list_position(['discrepancy', 'suspect', 'rounding', 'note'], severity), places, finding_id
"""
_CAUSES = """
    select severity, suspected_label, printed_text, suggested_text, evidence, slip_kind, identities_broken,
        is_acknowledged, suspected_place, cause_id
    from marts.fct_causes where document_id = $document order by severity, suspected_place, cause_id
"""
_CLAIMS = """
    select section, subject, kind, direction, amount_text, amount_yuan, rate_percent, basis_year, reason,
        trust, page_no, line_no, claim_id
    from marts.fct_claims where document_id = $document order by page_no, line_no, claim_id
"""
_INDICATORS = """
    select subject, level_1, level_2, indicator, target_text, actual_text, is_achieved, score, page_no,
        line_no, indicator_id
    from marts.fct_performance_indicators where document_id = $document
    order by page_no, line_no, indicator_id
"""
_REJECTS = """
    select reason_code, printed_text, hint, page_no, line_no from staging.rejects
    where document_id = $document order by all
"""
_AMOUNTS = """
    select forms.printed_title, amounts.row_label, amounts.code, amounts.column_path, amounts.amount_text,
        amounts.unit, amounts.amount_yuan, trusted.trust, amounts.page_no, amounts.line_no, amounts.amount_id
    from staging.amounts as amounts
    left join staging.forms as forms on amounts.form_id = forms.form_id
    left join reconciliation.amount_trust as trusted
        on amounts.amount_id = trusted.amount_id and trusted.document_id = $document
    where amounts.document_id = $document
        and ($code = '' or amounts.code = $code or amounts.economic_code_government = $code)
        and ($measure = '' or amounts.measure = $measure)
        and list_bool_and(list_transform($words, lambda word: contains(
            concat_ws(' ', amounts.row_label, forms.printed_title, amounts.column_path, amounts.amount_text),
            word
        ))) is not false
    order by amounts.page_no, amounts.line_no, amounts.form_id, amounts.row_no, amounts.col_no,
        amounts.amount_id
"""


def document_list(asked: Asked) -> Page:
    """Documents by name, publisher, year and stage."""
    words, links = asked.wording, asked.links
    view = View(
        "documents",
        words["documents"],
        _LIST,
        {
            "words": like(asked.get("q")),
            "year": asked.number("year"),
            "stage": asked.get("stage"),
            "status": asked.get("status"),
        },
        frozenset({"document_id"}),
        {
            "file_name": lambda row: links.to(f"/documents/{row['document_id']}"),
            "publisher_name": lambda row: links.to(f"/publishers/{row['publisher_name']}"),
        },
    )
    choices = Choices(
        links.to("/documents"),
        [
            asked.typed("q"),
            asked.choice("fiscal_year", years_of(asked), name="year"),
            asked.choice("stage", STAGES),
            asked.choice("status", ["read", "failed"]),
        ],
    )
    return Page(words["documents"], [choices, view], [asked.home()])


def document_of(asked: Asked, beginning: str) -> Row:
    """The document whose id this is, or begins so. Raises :class:`NotThereError`."""
    if not (6 <= len(beginning) <= 64 and beginning.isalnum()):
        raise NotThereError(asked.path)
    found = asked.asking.rows(
        "from marts.dim_document where starts_with(document_id, $id) limit 2", id=beginning
    )
    if len(found) != 1:
        raise NotThereError(asked.path)
    return found[0]


def crumbs_of(asked: Asked, document: Row) -> list[Way]:
    """From the first page to this document."""
    links = asked.links
    ways = [asked.home(), Way(asked.wording["publishers"], links.to("/publishers"))]
    if document["publisher_name"]:
        name = document["publisher_name"]
        ways.append(Way(name, links.to(f"/publishers/{name}")))
    return [*ways, Way(title_of(asked, document), links.to(f"/documents/{document['document_id']}"))]


def title_of(asked: Asked, document: Row) -> str:
    """A document as it is spoken of: whose, of which year, what."""
    said = [
        document["publisher_name"],
        str(document["fiscal_year"] or ""),
        asked.wording.said("stage", document["stage"]),
    ]
    return " ".join(part for part in said if part) or str(document["file_name"])


def document_page(asked: Asked) -> Page:
    """One document. Raises :class:`NotThereError`."""
    words, links = asked.wording, asked.links
    document = document_of(asked, asked.named["document"])
    of = {"document": document["document_id"]}
    root = f"/documents/{document['document_id']}"
    card = asked.asking.row("from marts.fct_disclosure_scorecard where document_id = $document", **of)
    totals = asked.asking.row("from marts.mart_document_totals where document_id = $document", **of)
    other_message = "message_en" if asked.wording.language == "zh" else "message_zh"
    facts = [Fact(words["file_name"], document["file_name"])]
    facts += [
        Fact(words.column(name), words.said(name, document[name]))
        for name in _FACTS
        if document[name] is not None
    ]
    blocks: list[Block] = [Facts("", facts)]
    if not document["is_in_force"]:
        newer = document["superseded_by"] or document["edition_of"]
        blocks.append(Note(words["not_in_force"], is_grave=True))
        if newer:
            blocks.append(Ways("", [Way(words["the_one_in_force"], links.to(f"/documents/{newer}"))]))
    ways = [Way(words["all_amounts"], links.to(f"{root}/amounts"))]
    if not asked.is_file:
        ways.append(Way(words["the_report"], links.to(f"{root}/report")))
        ways.append(Way(words["the_original"], f"{root}/original"))
    blocks.append(Ways("", ways))
    if totals:
        blocks.append(Facts(words["in_figures"], _money_of(asked, totals, root)))
    if card:
        blocks.append(
            Facts(
                words["scorecard"],
                [
                    Fact(words.column(name), words.said(name, card[name]))
                    for name in _CARD
                    if card[name] is not None
                ],
            )
        )
    at = frozenset({"form_id"})
    blocks += [
        View(
            "causes",
            words["to_correct"],
            _CAUSES,
            of,
            frozenset({"cause_id"}),
            {"suspected_label": cause_link(asked), "printed_text": cause_link(asked)},
        ),
        View(
            "forms",
            words["forms"],
            _FORMS,
            of,
            at,
            {
                "printed_title": lambda row: links.to(f"/forms/{row['form_id']}"),
                "form_key": lambda row: links.to(f"/forms/{row['form_id']}"),
            },
            per_page=60,
        ),
        View(
            "findings",
            words["findings"],
            _FINDINGS,
            of,
            frozenset({"finding_id", "cause_id", other_message}),
            {"message_zh": finding_link(asked), "message_en": finding_link(asked)},
            per_page=40,
        ),
        View(
            "required",
            words["required"],
            OF_DOCUMENT,
            of,
            frozenset({"rule_id", other_message}),
            per_page=100,
        ),
        View(
            "claims",
            words["prose"],
            _CLAIMS,
            of,
            frozenset({"claim_id"}),
            {"amount_text": lambda row: links.maybe(f"/figures/{row['claim_id']}")},
            per_page=60,
        ),
        View(
            "indicators",
            words["indicators"],
            _INDICATORS,
            of,
            frozenset({"indicator_id"}),
            per_page=60,
        ),
        View("rejects", words["rejects"], _REJECTS, of, per_page=30, note=words["rejects_note"]),
    ]
    return Page(title_of(asked, document), blocks, crumbs_of(asked, document)[:-1])


def _money_of(asked: Asked, totals: Row, root: str) -> list[Fact]:
    """The sums of a document, each with the amounts behind it where they have a measure of their own."""
    words = asked.wording
    measures = (
        "three_public",
        "overseas_travel",
        "official_reception",
        "official_vehicles",
        "meetings",
        "training",
    )
    facts = []
    for name, value in totals.items():
        if value is None or (not name.endswith("_yuan") and not name.endswith("head_count")):
            continue
        measure = name.removesuffix("_yuan")
        href = asked.links.to(f"{root}/amounts", measure=measure) if measure in measures else None
        facts.append(Fact(words.column(name), words.said(name, value), href))
    return facts


def finding_link(asked: Asked) -> Callable[[Row], str]:
    """Where a finding is shown: with the others of its cause, where it has one."""
    return lambda row: asked.links.to(
        f"/causes/{row['cause_id']}" if row["cause_id"] else f"/findings/{row['finding_id']}"
    )


def amounts_page(asked: Asked) -> Page:
    """Every printed amount of a document, or those of one code, measure or word."""
    words, links = asked.wording, asked.links
    document = document_of(asked, asked.named["document"])
    path = f"/documents/{document['document_id']}/amounts"
    view = View(
        "amounts",
        words["amounts"],
        _AMOUNTS,
        {
            "document": document["document_id"],
            "code": asked.get("code"),
            "measure": asked.get("measure"),
            "words": like(asked.get("q")),
        },
        frozenset({"amount_id"}),
        {"amount_text": lambda row: links.maybe(f"/figures/{row['amount_id']}")},
        per_page=100,
    )
    choices = Choices(
        links.to(path),
        [asked.typed("q"), asked.typed("code", words.column("code"))],
        {"measure": asked.get("measure")},
    )
    return Page(words["all_amounts"], [choices, view], crumbs_of(asked, document))
