"""One round of an inspection: every document of a folder, held against the rules and against itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb
import polars as pl

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built, rows_of
from orchestration.home.durable import replacing
from orchestration.inspecting.roster import MART, SEED, Publication, publications_of

ROUND_FILE = "inspection.json"
WRONG = ("not_met", "discrepancy")
OPEN = ("remark", "cannot_be_judged")
OUTCOMES = {
    "not_met": "不符合",
    "discrepancy": "数据不一致（疑似差错）",
    "remark": "提示",
    "cannot_be_judged": "无法判断",
    "met": "符合",
    "not_applicable": "不适用",
}
Key = tuple[str, int | None, str | None, str, str]  # publisher, year, stage, level, item
STAGES = {"budget": "预算", "final_accounts": "决算"}
LEVELS = {"department": "部门", "unit": "单位"}

_CHECKS = """
    select
        documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        roles.document_role as level, documents.page_count is not null as is_paged,
        checks.rule_id as item_id, rules.name_zh as item, checks.outcome, checks.places,
        checks.message_zh as said, rules.remedy_zh as remedy, rules.is_verified,
        concat_ws(' ', rules.source_document, rules.source_article) as source
    from marts.fct_disclosure_checks as checks
    inner join seeds.disclosure_rules as rules using (rule_id)
    inner join reconciliation.int_documents as roles using (document_id)
    inner join reconciliation.int_identified_documents as documents using (document_id)
    order by documents.publisher_name, documents.fiscal_year, documents.stage, documents.file_name, rule_id
"""
# a slip is the same in another round where the same was printed for the same thing
_CAUSES = """
    select
        documents.file_name, documents.publisher_name, documents.fiscal_year, documents.stage,
        roles.document_role as level, documents.page_count is not null as is_paged,
        concat_ws(
            '|', causes.cause_kind, causes.form_key, causes.suspected_label, causes.printed_text,
            case when causes.printed_text is null then causes.message_zh end
        ) as item_id,
        '数据核对' as item, causes.severity as outcome,
        case when causes.suspected_place is not null then [causes.suspected_place] else [] end as places,
        causes.message_zh as said,
        coalesce('疑应为 ' || causes.suggested_text || '，', '') || '核实后更正' as remedy,
        true as is_verified, '报表、文字之间的数据关系' as source
    from marts.fct_causes as causes
    inner join reconciliation.int_documents as roles using (document_id)
    inner join reconciliation.int_identified_documents as documents using (document_id)
    where causes.severity = 'discrepancy'
    order by documents.publisher_name, documents.fiscal_year, documents.stage, documents.file_name, cause_id
"""
_UNREAD = """
    select
        file_name,
        case when is_template then '空白模板' else coalesce(failure_reason, status) end as reason
    from staging.documents where status != 'read' or is_template order by file_name
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One document held against one rule, or one slip in its figures."""

    file_name: str
    publisher_name: str | None
    fiscal_year: int | None
    stage: str | None  # budget | final_accounts
    level: str  # department | unit | government
    is_paged: bool
    item_id: str  # of the rule; of a slip, what was printed where
    item: str
    outcome: str  # a key of OUTCOMES
    places: tuple[int, ...]  # pages, or lines of a text
    said: str
    remedy: str
    is_verified: bool
    source: str

    @property
    def of(self) -> str:
        """Whose disclosure of which year and stage, in words; its file where it does not say."""
        return self.publisher_name or self.file_name

    @property
    def stage_zh(self) -> str:
        """The stage in Chinese."""
        return STAGES.get(self.stage or "", "")

    @property
    def where(self) -> str:
        """The places in words: ``第 3、5 页``."""
        if not self.places:
            return ""
        return f"第 {'、'.join(map(str, self.places[:6]))} {'页' if self.is_paged else '行'}"

    @property
    def key(self) -> Key:
        """What is the same point in another round, in whatever file it is published then."""
        return self.of, self.fiscal_year, self.stage, self.level, self.item_id


@dataclass(frozen=True, slots=True)
class Round:
    """What one round found."""

    points: tuple[Point, ...]
    unread: tuple[tuple[str, str], ...]  # files of which nothing is said, and why
    publications: tuple[Publication, ...] = ()  # of the roster, where there was one

    def wrong(self) -> list[Point]:
        """What is not met or does not agree."""
        return [point for point in self.points if point.outcome in WRONG]


def inspect(paths: Sequence[Path], roster: pl.DataFrame | None = None) -> Round:
    """Read every file of ``paths`` side by side, and hold each against the rules and itself.

    ``roster`` (:func:`orchestration.inspecting.roster.read_roster`) says what ought to be there. Raises
    :class:`OSError` when a file cannot be opened, and what :func:`orchestration.direct.warehouse.built`
    raises.
    """
    targets = ["fct_disclosure_checks", "fct_causes"]
    with built(
        lambda: read_files(paths, in_processes=True),
        targets if roster is None else [*targets, MART],
        seeds=None if roster is None else {SEED: roster},
    ) as connection:
        return replace(
            _round_of(connection), publications=() if roster is None else publications_of(connection)
        )


def _round_of(connection: duckdb.DuckDBPyConnection) -> Round:
    rows = [*rows_of(connection, _CHECKS), *rows_of(connection, _CAUSES)]
    points = tuple(Point(**{**row, "places": tuple(row["places"] or ())}) for row in rows)
    return Round(points, tuple((str(name), str(why)) for name, why in connection.execute(_UNREAD).fetchall()))


def keep(found: Round, folder: Path) -> None:
    """Write a round where the next one can be compared with it."""
    with replacing(folder / ROUND_FILE) as unfinished:
        unfinished.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1), encoding="utf-8")


def kept(folder: Path) -> Round:
    """Read the round that was kept in a folder.

    Raises :class:`FileNotFoundError` where none was, :class:`ValueError` where it is damaged.
    """
    held = json.loads((folder / ROUND_FILE).read_text(encoding="utf-8"))
    try:
        return Round(
            tuple(Point(**{**point, "places": tuple(point["places"])}) for point in held["points"]),
            tuple((name, why) for name, why in held["unread"]),
            tuple(Publication(**each) for each in held.get("publications", ())),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{ROUND_FILE} is of another version") from error
