"""Printed facts to staged documents: publisher, region, year, stage, scope."""

from __future__ import annotations

import polars as pl

from extract.records import Document, schema
from extract.vocabulary import Vocabulary

_SCOPES = {"本级": "own", "机关": "own", "汇总": "consolidated"}
_SCOPE = rf"[(（]({'|'.join(_SCOPES)})[)）]$"
# An organ of the Party is that of a place too: 中共上海市普陀区委.
_REGION = (
    r"^(?:中国共产党|中共)?"
    r"(?P<province>.{2,5}?(?:省|自治区))?(?P<city>.{2,4}?[市州盟])?(?P<county>.{1,4}?[区县旗])?"
)
# In order of trust: what the cover says, what a caption says, what a unit row says.
_SOURCES = ("cover_publisher", "caption_publisher", "unit_row_publisher")


def stage_documents(printed: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Choose the publisher by order of trust and take its scope suffix (本级, 汇总) off the name.

    The region is what the name begins with; where it names a county or city alone, the vocabulary adds what
    that lies in, and nothing where it does not know the place.
    """
    named = pl.coalesce(*_SOURCES)
    came_from = pl.coalesce(
        *(
            pl.when(pl.col(source).is_not_null()).then(pl.lit(source.removesuffix("_publisher")))
            for source in _SOURCES
        )
    )
    name = named.str.replace(_SCOPE, "").str.strip_chars()
    places = name.str.extract_groups(_REGION)
    province, town, district = (_printed(places, level) for level in ("province", "city", "county"))
    region = pl.concat_str(province, town, district, ignore_nulls=True)
    level = _level(town, vocabulary).fill_null("city")  # 市 are provinces (上海市) and counties (韩城市) too
    city = pl.when(level == "city").then(town)
    county = pl.coalesce(district, pl.when(level == "county").then(town))
    return printed.with_columns(
        publisher_name=name,
        publisher_name_from=came_from,
        parent_name=pl.when(pl.col("parent_name") != name).then("parent_name"),
        region=pl.when(region != "").then(region),
        province=pl.coalesce(
            province, *(_within(place, "province", vocabulary) for place in (town, district))
        ),
        city=pl.coalesce(city, _within(county, "city", vocabulary)),
        county=county,
        fiscal_year=pl.col("year_text").cast(pl.Int64),
        scope=named.str.extract(_SCOPE, 1).replace_strict(_SCOPES, default=None, return_dtype=pl.String),
    ).select(list(schema(Document)))


def _printed(places: pl.Expr, level: str) -> pl.Expr:
    place = places.struct.field(level)
    return pl.when(place != "").then(place)


def _level(place: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    levels = {name: region.level for name, region in vocabulary.regions.items()}
    return place.replace_strict(levels, default=None, return_dtype=pl.String)


def _within(place: pl.Expr, field: str, vocabulary: Vocabulary) -> pl.Expr:
    """The city or province that the vocabulary puts a place in."""
    within = {name: getattr(region, field) for name, region in vocabulary.regions.items()}
    return place.replace_strict(within, default=None, return_dtype=pl.String)
