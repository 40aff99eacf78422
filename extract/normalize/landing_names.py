"""What the name of a file, and the words of the links that led to it, say of a document.

This is hearsay: it is asked where the document itself is silent, in SQL, over all places where it was found.
"""

from __future__ import annotations

import re

import polars as pl

from extract.vocabulary import Vocabulary

_LOOK_AHEAD = re.compile(r"\(\?![^()]*\)")  # the regular expressions of polars have none
_SCOPES = r"(?:[(（](?:本级|机关|汇总)[)）])?"
_YEAR, _BARE_YEAR = r"(20\d\d)\s*年", r"(?:^|[^\d])(20[12]\d)(?:[^\d]|$)"


def with_said(landings: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Add what is said of each document; ``landings`` has ``uri``, ``file_name`` and ``link_text``.

    A folder's name speaks where the file's own does not.
    """
    stem = pl.col("file_name").str.replace(r"\.[A-Za-z]{2,5}$", "")
    folders = pl.col("uri").str.extract(r"([^/\\]*[/\\][^/\\]*)[/\\][^/\\]*$")
    link = pl.col("link_text").cast(pl.String)
    return landings.with_columns(
        link_publisher=_publisher(link, vocabulary),
        link_year=_year(link),
        link_stage=_stage(link),
        file_publisher=pl.coalesce(_publisher(stem, vocabulary), _publisher(folders, vocabulary)),
        file_year=pl.coalesce(_year(stem), _year(folders)),
        file_stage=pl.coalesce(_stage(stem), _stage(folders)),
    )


def _publisher(text: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    """The name before the year, the level or the stage, or a name alone."""
    names = vocabulary.names
    endings = names.ending.pattern.removesuffix("$")
    pattern = (
        r"(?:^|[^\p{Han}])(?:附件\d*|关于)?(?:20\d\d\s*年?度?)?"
        rf"([\p{{Han}}（）()]{{1,30}}?{endings}{_SCOPES})"
        r"(?:\s*20\d\d|部门|单位|本级|汇总|预算|决算|[^\p{Han}]|$)"
    )
    name = text.str.extract(pattern).str.replace_all("（", "(").str.replace_all("）", ")")
    is_none = name.str.contains(_LOOK_AHEAD.sub("", names.never.pattern)) | name.str.contains(
        f"^(?:{_LOOK_AHEAD.sub('', names.whole.pattern)})$"
    )
    return pl.when(~is_none & (name.str.len_chars() > 2)).then(name)


def _year(text: pl.Expr) -> pl.Expr:
    return pl.coalesce(text.str.extract(_YEAR), text.str.extract(_BARE_YEAR)).cast(pl.Int64)


def _stage(text: pl.Expr) -> pl.Expr:
    return (
        pl.when(text.str.contains("决算"))
        .then(pl.lit("final_accounts"))
        .when(text.str.contains("预算"))
        .then(pl.lit("budget"))
    )
