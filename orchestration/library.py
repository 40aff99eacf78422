"""Disclosures as a library: read documents, and check them, without a warehouse and with nothing left behind.

Installed as ``disclosures`` too (``from disclosures import check, read``). Both functions take files of any
format that :mod:`extract` reads; neither needs Dagster or dbt, a home or a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from orchestration.checking.evidence import Evidence

__all__ = [
    "Cause",
    "Checked",
    "Document",
    "Finding",
    "Reading",
    "UnnamedForm",
    "check",
    "check_with_evidence",
    "read",
]

_FINDINGS = "fct_findings"
_CAUSES = "fct_causes"
SEVERITIES = ("discrepancy", "suspect", "rounding", "note")  # the gravest first
_GRAVEST_FIRST = f"list_position({[*SEVERITIES]}, severity)"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says of itself; each fact None where it does not."""

    document_id: str  # SHA-256 of its bytes, in hex
    file_name: str
    media_type: str
    publisher_name: str | None
    fiscal_year: int | None
    stage: str | None  # budget | final_accounts
    status: str  # read | failed | not_a_disclosure
    failure_reason: str | None
    is_template: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up, or another inconsistency."""

    finding_id: str
    document_id: str
    file_name: str
    rule_id: str
    kind: str
    severity: str  # discrepancy (the publisher's) | suspect (maybe ours) | rounding | note
    form_key: str | None
    places: tuple[int, ...]  # lines of a text, pages of a paged document
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    residual_yuan: Decimal | None
    tolerance_yuan: Decimal | None
    message_zh: str
    message_en: str
    suspected_amount_id: str | None
    suggested_text: str | None
    cause_id: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What findings have in common: the figure or line to correct, and what it should say."""

    cause_id: str
    document_id: str
    file_name: str
    severity: str
    cause_kind: str
    slip_kind: str | None
    evidence: str | None
    form_key: str | None
    suspected_label: str | None
    suspected_place: str | None
    printed_text: str | None
    suggested_text: str | None
    identities_broken: int
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class UnnamedForm:
    """A form whose amounts were read, but which none of the standard forms was recognised in."""

    document_id: str
    file_name: str
    printed_title: str | None
    amounts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents as they were read, before anything is judged."""

    documents: tuple[Document, ...]
    frames: Mapping[str, pl.DataFrame] = field(repr=False)
    """One polars frame per staging table, see ``extract.records``: ``amounts``, ``claims``, ``rejects`` …"""


@dataclass(frozen=True, slots=True)
class Checked:
    """Documents, held against themselves and each other."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]  # gravest first
    causes: tuple[Cause, ...]
    asked: Mapping[str, int]  # identities by outcome: holds, breaks, not_asked
    unnamed_forms: tuple[UnnamedForm, ...]  # with figures, but none of the standard forms, or not known to be
    counts: Mapping[str, int]  # rows by staging table: forms, amounts, claims, rejects …


def read(path: str | PathLike[str]) -> Reading:
    """Read one file.

    A file that cannot be understood gives a document with status ``failed`` and the reason. Raises
    :class:`OSError` when the file cannot be opened.

    Example:
        >>> reading = read("warehouse/samples/unit-budget-2024-example.txt")
        >>> reading.documents[0].publisher_name
        '示例县医疗保险服务所'
        >>> reading.frames["amounts"].height
        40
    """
    from orchestration.direct.reading import read_files

    frames = read_files([Path(path)])
    return Reading(_documents(frames), frames)


def check(paths: Iterable[str | PathLike[str]], *, in_processes: bool = False) -> Checked:
    """Read some files, ask every identity of them, and tell what does not hold.

    Files of one publisher are held against each other. ``in_processes`` reads many of them side by side, in a
    program that guards its start with ``if __name__ == "__main__"``.

    Raises :class:`OSError` when a file cannot be opened, and
    :class:`orchestration.direct.holding.ContractError` when a table of ours is not what it must be: then no
    finding can be trusted.

    Example:
        >>> checked = check(["warehouse/samples/department-budget-2024-hanbin.txt"])
        >>> [(cause.printed_text, cause.suggested_text) for cause in checked.causes if cause.printed_text]
        [('5.38元', '5.38万元'), ('449.431', '449.44')]
    """
    from orchestration.direct.reading import read_files

    return _checked(lambda: read_files([Path(path) for path in paths], in_processes=in_processes))


def check_with_evidence(
    paths: Iterable[str | PathLike[str]], *, in_processes: bool = False, also_few: bool = False
) -> tuple[Checked, Evidence]:
    """The same, with what each finding rests on: the figures of its equation, their roles and their places.

    ``also_few`` reads few files so, too: who serves strangers must outlive a file that ends a library.

    Example:
        >>> checked, evidence = check_with_evidence(["warehouse/samples/department-budget-2024-hanbin.txt"])
        >>> (cause,) = (each for each in checked.causes if each.printed_text == "449.431")
        >>> broken = [each for each in checked.findings if each.cause_id == cause.cause_id]
        >>> {term.printed for term in evidence.equations[broken[0].finding_id].terms if term.is_suspected}
        {'449.431'}
    """
    from orchestration.checking.evidence import EVIDENCE, evidence_of
    from orchestration.direct.reading import read_files

    found: list[Evidence] = []
    checked = _checked(
        lambda: read_files([Path(path) for path in paths], in_processes=in_processes, also_few=also_few),
        also=lambda connection: found.append(evidence_of(connection)),
        tables=EVIDENCE,
    )
    return checked, found[0]


def check_frames(frames: Mapping[str, pl.DataFrame]) -> Checked:
    """The same, of staged frames that are there already."""
    return _checked(lambda: frames)


def _checked(
    staged: Callable[[], Mapping[str, pl.DataFrame]],
    also: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
    tables: Sequence[str] = (),
) -> Checked:
    from orchestration.direct.warehouse import built, rows_of

    frames: Mapping[str, pl.DataFrame] = {}

    def read_now() -> Mapping[str, pl.DataFrame]:
        nonlocal frames
        frames = staged()
        return frames

    with built(read_now, [_FINDINGS, _CAUSES, *tables]) as connection:
        if also is not None:
            also(connection)
        names = "inner join staging.documents as documents using (document_id)"
        findings = f"select * from marts.{_FINDINGS} {names} order by {_GRAVEST_FIRST}, file_name, finding_id"
        causes = f"select * from marts.{_CAUSES} {names} order by {_GRAVEST_FIRST}, file_name, cause_id"
        outcomes = "select outcome, count(*) from reconciliation.identity_results group by all"
        unnamed = (
            "select document_id, file_name, printed_title, count(*) as amounts from staging.amounts "
            "inner join staging.forms using (form_id, document_id) "
            "inner join staging.documents using (document_id) "
            "where forms.form_key is null group by all order by all"
        )
        return Checked(
            _documents(frames),
            tuple(_typed(Finding, row) for row in rows_of(connection, findings)),
            tuple(_typed(Cause, row) for row in rows_of(connection, causes)),
            {str(outcome): int(count) for outcome, count in connection.execute(outcomes).fetchall()},
            tuple(_typed(UnnamedForm, row) for row in rows_of(connection, unnamed)),
            {table: frame.height for table, frame in frames.items()},
        )


def _documents(frames: Mapping[str, pl.DataFrame]) -> tuple[Document, ...]:
    return tuple(_typed(Document, row) for row in frames["documents"].iter_rows(named=True))


def _typed(record: type[Any], row: Mapping[str, Any]) -> Any:
    values = {name: row[name] for name in record.__dataclass_fields__}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return record(**values | lists)
