"""What a report says: causes and other findings as entries, each with its equations and its places."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import NamedTuple

from orchestration.checking.evidence import RATE_UNITS, Box, Equation, Evidence, Place, Requirement, Term
from orchestration.library import SEVERITIES, Cause, Checked, Document, Finding
from orchestration.reports.words import WORDS, Language

_SHEETS = ("sheet", "excel", "csv", "tab-separated")
GRAVE = SEVERITIES[:2]
REQUIREMENT = "requirement"
"""That something is not disclosed as it must be; no figure is wrong."""
SHOWN = (*GRAVE, REQUIREMENT, *SEVERITIES[2:])
"""In the order in which entries are shown."""
_UNMET = ("not_met", "remark")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STYLED = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_MONEY_DECIMALS = 2
_FINGERPRINT = 10  # characters


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to light up: on a page by its box, elsewhere by its line and field."""

    key: str
    place: Place
    role: str  # suspect | term | cited
    text: str | None
    suggested: str | None = None
    more: tuple[Box, ...] = ()  # of a figure that goes on in the next line


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term of an equation as it is told."""

    sign: str
    printed: str | None
    unit: str
    name: str
    where: str
    yuan: str
    mark: str
    is_suspected: bool
    suggested: str | None


@dataclass(frozen=True, slots=True)
class ShownEquation:
    """An equation as it is told."""

    rule: str
    terms: tuple[ShownTerm, ...]
    blanks: int  # terms that are not printed and add nothing
    residual: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look at: a cause with all it breaks, or a finding by itself."""

    key: str
    fingerprint: str  # by which decisions name it: the same in each draft, as long as what is printed is
    severity: str
    document_id: str
    where: str
    what: str
    printed: str | None
    should: str | None  # of a rounding: what would make its equation exact
    messages: tuple[str, ...]  # why; without one that ``what`` says already
    equations: tuple[ShownEquation, ...]
    marks: tuple[Mark, ...]
    set_aside_because: str | None = None  # by a decision on this draft


class Told(NamedTuple):
    """What was checked, what it rests on, and what is told of it."""

    checked: Checked
    evidence: Evidence
    entries: Sequence[Entry]


def entries_of(checked: Checked, evidence: Evidence, language: Language) -> list[Entry]:
    """Everything that was found, gravest first, then as it is printed; what has one cause is one entry."""
    told = _Telling(checked, evidence, language)
    by_cause: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        is_of_cause = finding.cause_id is not None and finding.severity in GRAVE
        by_cause[finding.cause_id if is_of_cause and finding.cause_id else finding.finding_id].append(finding)
    causes = {cause.cause_id: cause for cause in checked.causes}
    entries = [told.entry(key, findings, causes.get(key)) for key, findings in by_cause.items()]
    entries += told.all_required()
    numbers = {document.document_id: number for number, document in enumerate(checked.documents)}
    return sorted(entries, key=lambda entry: _order(entry, numbers))


def conclusion(checked: Checked, entries: Sequence[Entry]) -> str | None:
    """The word (:mod:`.words`) for a check in whose figures nothing was found; ``None`` when something was.

    That nothing was found is said only where figures were held against each other.
    """
    if any(entry.severity != REQUIREMENT for entry in entries):
        return None
    statuses = {document.status for document in checked.documents}
    if "read" not in statuses:
        return "none_read"
    if "failed" in statuses:
        return "none_of_what_was_read"
    if not checked.asked.get("holds"):
        return "none_asked"
    return "none_of_figures" if entries else "none"


def _order(entry: Entry, numbers: Mapping[str, int]) -> tuple[object, ...]:
    """As an officer goes through a document; what is about all of it comes last."""
    place = entry.marks[0].place if entry.marks else None
    lies = (place.page_no, place.line_no, place.field_no) if place else (None, None, None)
    at = (inf if each is None else each for each in lies)
    return SHOWN.index(entry.severity), numbers[entry.document_id], *at, entry.fingerprint, entry.key


class _Telling:
    """Findings in the words of one language."""

    def __init__(self, checked: Checked, evidence: Evidence, language: Language) -> None:
        self.evidence = evidence
        self.language = language
        self.words = WORDS[language]
        self.documents = {document.document_id: document for document in checked.documents}
        self.has_several = len(self.documents) > 1

    def entry(self, key: str, findings: Sequence[Finding], cause: Cause | None) -> Entry:
        first = findings[0]
        found = [self.evidence.equations.get(each.finding_id) for each in findings]
        terms = [term for each in found if each for term in each.terms]
        meant = [term for term in terms if term.is_suspected]
        # the figure itself before its copies, which add up what it says
        suspected = next((term for term in meant if term.amount_id == first.suspected_amount_id), None)
        suspected = suspected or next(iter(meant), None)
        marks = _marks(key, findings, self.evidence)
        by_place = {(mark.place, mark.text): mark.key for mark in marks}
        what = self.what(first, suspected, cause)
        # where no figure is suspected, the first one of the equation says which form it is about
        leading = suspected or next((term for term in terms if term.printed is not None), None)
        place = leading.place if leading else (marks[0].place if marks else None)
        printed = (cause.printed_text if cause else None) or (suspected.printed if suspected else None)
        return Entry(
            key=key,
            fingerprint=_fingerprint(findings, self.evidence),
            severity=cause.severity if cause else first.severity,
            document_id=first.document_id,
            where=self.where(place, leading) if place else self.nowhere(first.document_id),
            what=what,
            printed=printed or (self.words["blank"] if suspected and suspected.printed is None else None),
            should=in_style((cause.suggested_text if cause else None) or first.suggested_text, printed),
            messages=tuple(each for each in dict.fromkeys(map(self.message, findings)) if each != what),
            equations=tuple(self.equation(each, by_place) for each in found if each),
            marks=marks,
        )

    def all_required(self) -> Iterable[Entry]:
        """What is not disclosed as it must be; what all parts of one disclosure lack is said once."""
        said: set[tuple[object, ...]] = set()
        for document_id, rules in self.evidence.requirements.items():
            document = self.documents[document_id]
            disclosure = (document.publisher_name, document.fiscal_year, document.stage)
            for rule in rules:
                lacking = (*disclosure, rule.rule_id, rule.message_zh, rule.places)
                if rule.outcome in _UNMET and (lacking not in said or document.publisher_name is None):
                    said.add(lacking)
                    yield self.required(document_id, rule)

    def required(self, document_id: str, rule: Requirement) -> Entry:
        """A rule of disclosure that is not met, or may not be."""
        is_zh = self.language is Language.ZH
        said = [self.words["by_rule"].format(rule.source)] if rule.source else []
        said += [self.words["remedy"].format(rule.remedy_zh)] if rule.remedy_zh and is_zh else []
        said += [] if rule.is_verified else [self.words["unverified"]]
        marks = tuple(
            Mark(f"{rule.check_id}-{number}", place, "cited", None)
            for number, place in enumerate(rule.places)
        )
        return Entry(
            key=rule.check_id,
            fingerprint=_hashed([(rule.rule_id, rule.message_zh)]),
            severity=REQUIREMENT,
            document_id=document_id,
            where=self.where(rule.places[0]) if rule.places else self.nowhere(document_id),
            what=rule.message_zh if is_zh else rule.message_en,
            printed=None,
            should=None,
            messages=tuple(said),
            equations=(),
            marks=marks,
        )

    def nowhere(self, document_id: str) -> str:
        """Of what is about all of a document: its name where there are several."""
        return self.documents[document_id].file_name if self.has_several else self.words["no_place"]

    def message(self, finding: Finding) -> str:
        return finding.message_zh if self.language is Language.ZH else finding.message_en

    def what(self, finding: Finding, suspected: Term | None, cause: Cause | None) -> str:
        if suspected is not None and suspected.label:
            return suspected.label
        if cause is not None and cause.suspected_label:
            return cause.suspected_label
        equation = self.evidence.equations.get(finding.finding_id)
        return self.rule(equation) if equation else self.message(finding)

    def rule(self, equation: Equation) -> str:
        return equation.rule_zh if self.language is Language.ZH else equation.rule_en

    def where(self, place: Place, term: Term | None = None) -> str:
        """Page, title of the form, row and column; of a text its line. The file where there are several."""
        document = self.documents[place.document_id]
        parts = [document.file_name] if self.has_several else []
        if place.page_no is not None:
            kind = "sheet" if is_workbook(document) else "page"
            parts.append(self.words[kind].format(place.page_no))
        if place.line_no is not None and (place.page_no is None or is_workbook(document)):
            parts.append(self.words["line"].format(place.line_no))
        if term is not None:
            parts += [text for text in (term.form, term.column) if text]
        return "　".join(parts) if self.language is Language.ZH else ", ".join(parts)

    def equation(self, equation: Equation, marks: Mapping[tuple[Place, str | None], str]) -> ShownEquation:
        shown = [term for term in equation.terms if term.printed is not None or term.is_suspected]
        return ShownEquation(
            self.rule(equation),
            tuple(self.term(term, marks) for term in shown),
            len(equation.terms) - len(shown),
            _money(equation.residual_yuan),
        )

    def term(self, term: Term, marks: Mapping[tuple[Place, str | None], str]) -> ShownTerm:
        unit = term.unit or ""
        return ShownTerm(
            sign=_sign(term),
            printed=term.printed,
            unit="" if term.printed is None or term.printed.endswith(unit) else unit,
            name=term.label or self.words["prose"],
            where=self.where(term.place, term),
            yuan="" if unit in RATE_UNITS else _money(term.yuan),
            mark=marks[term.place, term.printed],
            is_suspected=term.is_suspected,
            suggested=in_style(term.suggested, term.printed),
        )


def _fingerprint(findings: Iterable[Finding], evidence: Evidence) -> str:
    """Of rules and what is printed, whatever the language, the document's bytes and the order of findings."""
    told = []
    for finding in findings:
        equation = evidence.equations.get(finding.finding_id)
        terms = sorted((term.printed or "", term.label or "") for term in equation.terms) if equation else []
        told.append((finding.rule_id, repr(terms) if equation else finding.message_zh))
    return _hashed(told)


def _hashed(told: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256(repr(sorted(told)).encode()).hexdigest()[:_FINGERPRINT]


def in_style(suggested: str | None, printed: str | None) -> str | None:
    """A suggested number as its publisher writes numbers: 470,000.00 where 480,000.00 is printed."""
    plain = _NUMBER.fullmatch(suggested or "")
    if plain is None or printed is None or _STYLED.fullmatch(printed) is None:
        return suggested
    own, theirs = (len(text.partition(".")[2]) for text in (plain[0], printed))
    decimals = max(own, min(theirs, _MONEY_DECIMALS))  # a third one may be the slip
    return f"{Decimal(plain[0]):{',' if ',' in printed else ''}.{decimals}f}"


def is_workbook(document: Document) -> bool:
    """Whether what places call pages are sheets."""
    return any(word in document.media_type for word in _SHEETS)


def _sign(term: Term) -> str:
    if term.unit in RATE_UNITS:
        return "×"
    factor = abs(term.weight).normalize()
    sign = "+" if term.weight >= 0 else "−"
    return sign if factor == 1 else f"{sign} {factor:f} ×"


def _money(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def _marks(key: str, findings: Iterable[Finding], evidence: Evidence) -> tuple[Mark, ...]:
    """Every place of an entry once, those of what is to be corrected first."""
    found: dict[tuple[Place, str | None], Mark] = {}
    for finding in findings:
        equation = evidence.equations.get(finding.finding_id)
        cited: Iterable[tuple[Place, str | None, str, str | None]]
        if equation is None:
            cited = ((place, None, "cited", None) for place in evidence.places.get(finding.finding_id, ()))
        else:
            cited = (
                (
                    each.place,
                    each.printed,
                    "suspect" if each.is_suspected else "term",
                    in_style(each.suggested, each.printed),
                )
                for each in equation.terms
                if each.printed is not None or each.is_suspected
            )
        for place, text, role, suggested in cited:
            known = found.get((place, text))
            if known is None or (role == "suspect" != known.role):
                number = len(found) if known is None else known.key.rpartition("-")[2]
                found[place, text] = Mark(f"{key}-{number}", place, role, text, suggested)
    return tuple(sorted(found.values(), key=lambda mark: mark.role != "suspect"))
