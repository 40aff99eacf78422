"""Altered copies of staged documents: as many documents as wanted, without reading as many files.

Copies are made in generations. A generation has one copy of every original and is a world of its own: its
publishers and units have names that no other generation has, so that rules between documents find in it what
they find between the originals. The prose is copied as it is, so its wordings do
not get more with the documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import polars as pl

from extract.printed import DOCUMENT_ID_PREFIX
from extract.records import MONEY

ONE_ALTERED_OF = 50  # printed numbers that are not zero
_PLAIN_NUMBER = r"^\d+(\.\d+)?$"  # neither grouped nor signed, so each digit's place is plain to see
_OF_UNITS = pl.col("side_key").is_in(["unit", "unit_project"]) & pl.col("code").is_not_null()


def batches(
    originals: Mapping[str, pl.DataFrame], documents: int, most_in_a_batch: int
) -> Iterator[dict[str, pl.DataFrame]]:
    """Yield staged frames of ``documents`` altered copies in all, by table, a batch of documents at a time.

    Raises:
        ValueError: when there is no original to copy.
    """
    for start in range(0, documents, most_in_a_batch):
        yield numbered(originals, range(start, min(start + most_in_a_batch, documents)))


def numbered(originals: Mapping[str, pl.DataFrame], numbers: range) -> dict[str, pl.DataFrame]:
    """Staged frames, by table, of the altered copies of these numbers; a number always has the same copy.

    Raises:
        ValueError: when there is no original to copy.
    """
    copies = _copies(originals["documents"]["document_id"].to_list(), numbers)
    return {table: _copied(table, frame, copies) for table, frame in originals.items()}


def _copies(document_ids: list[str], numbers: range) -> pl.DataFrame:
    """One row per copy: ``document_id`` of the original, ``copy_id`` and ``generation``."""
    if not document_ids:
        message = "no document to copy"
        raise ValueError(message)
    originals = [document_ids[number % len(document_ids)] for number in numbers]
    generations = [number // len(document_ids) for number in numbers]
    names = zip(originals, generations, strict=True)
    return pl.DataFrame(
        {
            "document_id": originals,
            "copy_id": [hashlib.sha256(f"{name}/{copy}".encode()).hexdigest() for name, copy in names],
            "generation": [f"{generation:05d}" for generation in generations],
        }
    )


def _copied(table: str, frame: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    copied = frame.join(copies, on="document_id").with_columns(
        _prefixed(name) for name in frame.columns if name.endswith("_id") and name != "document_id"
    )
    copied = copied.with_columns(document_id=pl.col("copy_id"))
    if table == "documents":
        copied = copied.with_columns(pl.col("publisher_name", "parent_name") + pl.col("generation"))
    elif table == "lines":
        names = pl.col("row_label", "label_plain")
        copied = copied.with_columns(pl.when(_OF_UNITS).then(names + pl.col("generation")).otherwise(names))
    elif table == "amounts":
        copied = altered(copied)
    return copied.select(frame.columns)


def _prefixed(name: str) -> pl.Expr:
    """The id of the same thing in the copy: all ids begin as the id of their document does."""
    rest = pl.col(name).str.slice(DOCUMENT_ID_PREFIX)
    return pl.concat_str(pl.col("copy_id").str.head(DOCUMENT_ID_PREFIX), rest).alias(name)


def altered(amounts: pl.DataFrame) -> pl.DataFrame:
    """Change one digit of one number in fifty: in ``amount_text``, and in ``amount_yuan`` by its worth.

    Which ones hangs on ``amount_id`` alone. The new digit is never a zero, so no figure vanishes.
    """
    text, chance = pl.col("amount_text"), pl.col("amount_id").hash(seed=1)
    chosen = amounts.filter(
        chance % ONE_ALTERED_OF == 0,
        pl.col("amount_kind") == "number",
        text.str.contains(_PLAIN_NUMBER),
        # no unit, no yuan; and a last digit that is worth less than a fen is not held exactly
        pl.col("last_digit_yuan") > 0,
    )
    places = chosen.select(
        "amount_id",
        "amount_text",
        "amount_yuan",
        "last_digit_yuan",
        digits=text.str.count_matches(r"\d").cast(pl.Int64),
        decimals=text.str.extract(r"\.(\d+)$").str.len_chars().fill_null(0).cast(pl.Int64),
        last=text.str.len_chars().cast(pl.Int64) - 1,
    ).with_columns(power=(chance // ONE_ALTERED_OF).mod(pl.col("digits").cast(pl.UInt64)).cast(pl.Int64))
    beyond_point = (pl.col("decimals") > 0) & (pl.col("power") >= pl.col("decimals"))
    changes = (
        places.with_columns(at=pl.col("last") - pl.col("power") - beyond_point.cast(pl.Int64))
        .with_columns(digit=text.str.slice(pl.col("at"), 1).cast(pl.Int64))
        .with_columns(new_digit=pl.col("digit") % 9 + 1)
    )
    powers = pl.lit(pl.Series([10**power for power in range(18)]))
    steps = (pl.col("new_digit") - pl.col("digit")) * powers.gather(pl.col("power"))
    written = changes.select(
        "amount_id",
        amount_text=pl.concat_str(
            text.str.slice(0, pl.col("at")),
            pl.col("new_digit").cast(pl.String),
            text.str.slice(pl.col("at") + 1),
        ),
        amount_yuan=(pl.col("amount_yuan") + pl.col("last_digit_yuan") * steps.cast(MONEY)).cast(MONEY),
    )
    return amounts.update(written, on="amount_id")
