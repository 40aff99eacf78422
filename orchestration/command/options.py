"""Words that options of the command can take."""

from enum import StrEnum


class Severity(StrEnum):
    """Whose slip it is: the publisher's, printed precision, perhaps ours, or nobody's."""

    DISCREPANCY = "discrepancy"
    ROUNDING = "rounding"
    SUSPECT = "suspect"
    NOTE = "note"


class Format(StrEnum):
    """How rows are printed. ``csv`` and ``json`` print all of them."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class CheckFormat(StrEnum):
    """How what was checked is told."""

    LIST = "list"
    JSON = "json"


class ExportFormat(StrEnum):
    """What an export is made of: a file per table, or a workbook per publisher."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
