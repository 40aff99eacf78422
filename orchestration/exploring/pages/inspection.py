"""What must be disclosed: documents against rules, how often each rule is met, and what is not met."""

from __future__ import annotations

from orchestration.exploring.asked import Asked
from orchestration.exploring.asking import Row, like
from orchestration.exploring.blocks import Block, Choice, Choices, Href, Note, Option, Page, View, Way, Ways
from orchestration.exploring.pages.publishers import years_of

_SIGNS = {"met": "✓", "not_met": "✗", "remark": "！", "cannot_be_judged": "？"}
"""How an outcome is shown in a cell; what does not apply has none."""
_UNMET_OUTCOMES = ("not_met", "remark", "cannot_be_judged")
_STAGES = ["budget", "final_accounts"]
_ASKED = """
    select checks.*
    from marts.fct_disclosure_checks as checks
    inner join marts.dim_document as documents using (document_id)
    where
        documents.is_in_force
        and checks.stage = $stage
        and ($year is null or checks.fiscal_year = $year)
        and list_bool_and(list_transform($words, lambda word: contains(
            concat_ws(' ', checks.publisher_name, checks.file_name), word
        ))) is not false
"""
_DOCUMENTS = f"""
    select publisher_name, fiscal_year, file_name, document_id from ({_ASKED})
    group by all order by publisher_name, fiscal_year desc, file_name, document_id
"""
_RULES = f"""
    select
        rule_id,
        count(*) filter (outcome = 'met') as met,
        count(*) filter (outcome = 'not_met') as not_met,
        count(*) filter (outcome = 'remark') as remark,
        count(*) filter (outcome = 'cannot_be_judged') as cannot_be_judged
    from ({_ASKED})
    where outcome != 'not_applicable'
    group by all order by not_met + remark desc, rule_id
"""
_UNMET = f"""
    select publisher_name, fiscal_year, outcome, message_zh, message_en, places, file_name, rule_id,
        document_id
    from ({_ASKED})
    where outcome in ('not_met', 'remark', 'cannot_be_judged')
        and ($rule = '' or rule_id = $rule)
        and ($outcome = '' or outcome = $outcome)
    order by list_position(['not_met', 'remark', 'cannot_be_judged'], outcome), publisher_name,
        fiscal_year desc, document_id, rule_id
"""
OF_DOCUMENT = """
    select outcome, message_zh, message_en, places, rule_id from marts.fct_disclosure_checks
    where document_id = $document and outcome != 'not_applicable'
    order by list_position(['not_met', 'remark', 'cannot_be_judged', 'met'], outcome), rule_id
"""


def inspection_page(asked: Asked) -> Page:
    """Documents of a stage against the rules that bind them."""
    words, links = asked.wording, asked.links
    stage = asked.get("stage") if asked.get("stage") in _STAGES else _STAGES[0]
    of = {"stage": stage, "year": asked.number("year"), "words": like(asked.get("q"))}
    rules = asked.asking.rows(f"select rule_id from ({_RULES}) order by rule_id", **of)
    names = {str(rule["rule_id"]): words.rule(str(rule["rule_id"])) for rule in rules}
    other_message = "message_en" if words.language == "zh" else "message_zh"
    stages = [Option(value, words.value("stage", value)) for value in _STAGES]

    def to_document(row: Row) -> str:
        return f"{links.to('/documents/' + row['document_id'])}#required"

    blocks: list[Block] = [
        Choices(
            links.to("/inspection"),
            [
                asked.typed("q"),
                Choice("stage", words.column("stage"), stage, stages),
                asked.choice("fiscal_year", years_of(asked), name="year"),
                Choice(
                    "rule",
                    words["rule"],
                    asked.get("rule"),
                    [Option("", words["any"]), *(Option(key, name) for key, name in names.items())],
                ),
                asked.choice("outcome", [*_UNMET_OUTCOMES]),
            ],
        ),
        Ways("", [Way(each.text, links.to("/inspection", stage=each.value)) for each in stages]),
        Note(words["inspection_note"]),
        View(
            "matrix",
            words["matrix"],
            _DOCUMENTS,
            of,
            frozenset({"document_id", "file_name"}),
            dict.fromkeys(
                ("publisher_name", *names.values()),
                to_document,
            ),
            per_page=25,
            note=words["matrix_note"],
            around=_matrix(names),
        ),
        View(
            "rules",
            words["by_rule"],
            _RULES,
            of,
            hrefs={outcome: _to_unmet(asked, stage, outcome) for outcome in _UNMET_OUTCOMES},
            per_page=100,
        ),
        View(
            "unmet",
            words["unmet"],
            _UNMET,
            of | {"rule": asked.get("rule"), "outcome": asked.get("outcome")},
            frozenset({"rule_id", "document_id", other_message}),
            dict.fromkeys(
                ("publisher_name", "file_name", "message_zh", "message_en"),
                to_document,
            ),
        ),
    ]
    return Page(words["inspection"], blocks, [asked.home()])


def _to_unmet(asked: Asked, stage: str, outcome: str) -> Href:
    """From the number of documents of an outcome to them."""

    def href(row: Row) -> str | None:
        if not row[outcome]:
            return None
        chosen = {"stage": stage, "year": asked.get("year"), "q": asked.get("q")}
        to = asked.links.to("/inspection", **chosen, rule=row["rule_id"], outcome=outcome)
        return f"{to}#unmet"

    return href


def _matrix(names: dict[str, str]) -> str:
    """Beside the documents of a page a column for each rule."""
    signs = " ".join(f"when '{outcome}' then '{sign}'" for outcome, sign in _SIGNS.items())
    columns = "".join(
        f""", max(case checks.outcome {signs} end) filter (checks.rule_id = '{rule_id}')"""
        f""" as "{name.replace('"', '""')}\""""
        for rule_id, name in names.items()
    )
    return f"""
        with part as ({{part}})
        select part.*{columns}
        from part
        left join marts.fct_disclosure_checks as checks on part.document_id = checks.document_id
        group by part.publisher_name, part.fiscal_year, part.file_name, part.document_id
        order by part.publisher_name, part.fiscal_year desc, part.file_name, part.document_id
    """
