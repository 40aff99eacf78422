r"""What leaves ``extract``: one frozen record type per staging table.

These classes are the only border between reading and reconciling, and the only place where a staged column
is declared: its polars type (:func:`schema`), its SQL, its contract and tests in dbt, its comment and its
Chinese name all come from the field (see ``declaration``).

Conventions shared by all records:

* ``document_id`` is the SHA-256 of the file's bytes, in hex.
* Places: ``page_no`` is the 1-based page (or sheet) of a paged document, NULL for text; ``line_no`` the
  1-based line of a text document (split at ``"\n"`` alone) or of the page; ``field_no`` the 0-based tab field
  or grid column. See ``extract.blocks`` for each format.
* ``bbox_*`` is the cell's rectangle on its upright page, in points from the top left corner; NULL where the
  format has no pages. ``confidence`` (0 to 1) is that of the recognition, NULL for what was not recognised in
  a picture.
* ``*_text`` is exactly as printed; ``*_yuan`` is exact, in yuan, ``DECIMAL(20,2)``.
* NULL means "not printed or not known"; an empty string never occurs.
"""

from __future__ import annotations

from extract.records.declaration import MONEY, QUANTITY, Record, declared_columns, schema
from extract.records.documents import Document
from extract.records.forms import ContentsEntry, Form
from extract.records.ledger import NumericCell, Reject
from extract.records.money import Amount, Column, Line
from extract.records.performance import Indicator
from extract.records.prose import Claim, Count, Remark
from extract.records.relations import Relation, RelationTerm

__all__ = [
    "MONEY",
    "QUANTITY",
    "RECORDS",
    "Amount",
    "Claim",
    "Column",
    "ContentsEntry",
    "Count",
    "Document",
    "Form",
    "Indicator",
    "Line",
    "NumericCell",
    "Record",
    "Reject",
    "Relation",
    "RelationTerm",
    "Remark",
    "declared_columns",
    "schema",
]

RECORDS: tuple[type[Record], ...] = (
    Document,
    Form,
    ContentsEntry,
    Column,
    Line,
    Amount,
    Indicator,
    Claim,
    Relation,
    RelationTerm,
    Count,
    Remark,
    Reject,
    NumericCell,
)
