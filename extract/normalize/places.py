"""Names of publishers to the places they begin with: province, city, county, their code, and the tier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from extract.vocabulary import Region, Vocabulary

Regions = Mapping[str, tuple[Region, ...]]
"""Places by name."""

_KEY = ["printed_province", "printed_city", "printed_county"]
# A place that is not in the list: 示例县. 开发区 and the like are no places of a government of their own.
_UNKNOWN = (
    r"^(?P<city>[^省市县区局委院厅部处所站社]{2,4}?[市州盟])?"
    r"(?P<county>[^省市县区局委院厅部处所站社校景园发新]{1,4}?[区县旗])?"
)
_PLAIN_TIERS = (("province", r"^省[^级]"), ("city", r"^市[^场政容民监]"), ("county", r"^[县区旗][^域级]"))


def with_places(documents: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Add region, province, city, county, their code, the tier of government, and where that was read.

    ``documents`` has ``publisher_name`` and the places that it begins with (``publisher_places``, with
    ``publisher_rest`` behind them); and the same of the title, which is asked where the name has no place.
    What a place lies in is added from the list where there is one such place: that there are several
    (鼓楼区) leaves it open.
    """
    regions = _occurring(documents, vocabulary)
    levels = _names_by_level(regions)
    own, titled = (_parts(of, levels) for of in ("publisher", "title"))
    has_place = pl.concat_str([pl.col("_name").struct.field(name) for name in _KEY], ignore_nulls=True) != ""
    marked = documents.with_columns(_name=own, _place=titled).with_columns(_has_place=has_place)
    chosen = marked.with_columns(
        *(
            pl.when("_has_place")
            .then(pl.col("_name").struct.field(name))
            .otherwise(pl.col("_place").struct.field(name))
            .alias(name)
            for name in _KEY
        ),
        rest=pl.col("_name").struct.field("rest"),
    )
    found = chosen.join(_places(regions), on=_KEY, how="left", nulls_equal=True, maintain_order="left")
    region = pl.concat_str(_KEY, ignore_nulls=True)
    province, city, county = (pl.col(name) for name in _KEY)
    return found.with_columns(
        region=pl.when(region != "").then(region),
        province=pl.coalesce(province, "listed_province"),
        # a 市 that is not in the list is taken for a city: all counties are in it
        city=pl.coalesce("listed_city", pl.when(pl.col("listed_level").is_null()).then(city)),
        county=pl.coalesce("listed_county", county),
        government_tier=_tier(vocabulary),
        government_tier_from=pl.when(_tier(vocabulary).is_not_null()).then(
            pl.when(pl.col("_has_place") | (region == "")).then(pl.lit("name")).otherwise(pl.lit("title"))
        ),
    )


def _occurring(documents: pl.DataFrame, vocabulary: Vocabulary) -> Regions:
    """The places that documents name: of thousands that are listed, those of a few."""
    named = pl.concat(
        [documents[f"{of}_places"].cast(pl.String).str.split("|").explode() for of in ("publisher", "title")]
    )
    listed = vocabulary.regions
    return {name: listed[name] for name in named.drop_nulls().unique().sort() if name in listed}


def _parts(of: str, levels: Mapping[str, frozenset[str]]) -> pl.Expr:
    """The places of a name by their level, each NULL where there is none, and what stands after them."""
    places = pl.col(f"{of}_places").str.split("|")
    province, city, county = (
        places.list.eval(pl.element().filter(pl.element().is_in(list(levels[level])))).list.first()
        for level in ("province", "city", "county")
    )
    rest = pl.col(f"{of}_rest").fill_null("")
    unknown = rest.str.extract_groups(_UNKNOWN)
    is_open = county.is_null()
    return pl.struct(
        province.alias("printed_province"),
        pl.coalesce(city, pl.when(is_open).then(_text(unknown, "city"))).alias("printed_city"),
        pl.coalesce(county, pl.when(is_open).then(_text(unknown, "county"))).alias("printed_county"),
        pl.when(is_open).then(rest.str.replace(_UNKNOWN, "")).otherwise(rest).alias("rest"),
    )


def _text(groups: pl.Expr, name: str) -> pl.Expr:
    text = groups.struct.field(name)
    return pl.when(text != "").then(text)


def _tier(vocabulary: Vocabulary) -> pl.Expr:
    """Of which tier of government a publisher is: its name tells, or the smallest place in it."""
    names = vocabulary.names
    name, rest = pl.col("publisher_name"), pl.col("rest")
    has_place = pl.concat_str(_KEY, ignore_nulls=True) != ""
    is_central = name.str.contains(names.central_anywhere.pattern) | (
        ~has_place & name.str.contains(_without_lookaround(names.central.pattern))
    )
    tier = (
        pl.when(is_central)
        .then(pl.lit("central"))
        .when(rest.str.contains(names.township.pattern))
        .then(pl.lit("township"))
        .when(pl.col("listed_level").is_not_null())
        .then("listed_level")
        .when(pl.col("printed_county").is_not_null())
        .then(pl.lit("county"))
        .when(pl.col("printed_city").is_not_null())
        .then(pl.lit("city"))
        .when(pl.col("printed_province").is_not_null())
        .then(pl.lit("province"))
    )
    for plain, pattern in _PLAIN_TIERS:
        tier = tier.when(rest.str.contains(pattern)).then(pl.lit(plain))
    return tier.otherwise(None)


def _without_lookaround(pattern: str) -> str:
    """Polars knows no look-ahead: what it excludes begins no name without a place."""
    return pattern.replace("(?!级)", "").replace("(?!大街)", "")


def _names_by_level(regions: Regions) -> dict[str, frozenset[str]]:
    """Names of provinces, cities and counties; one that is both a city's and a county's is the city's."""
    by_level: dict[str, set[str]] = {level: set() for level in ("province", "city", "county")}
    for name, places in regions.items():
        for region in places:
            by_level[region.level].add(name)
    by_level["county"] -= by_level["city"] | by_level["province"]
    by_level["city"] -= by_level["province"]
    return {level: frozenset(names) for level, names in by_level.items()}


def _places(regions: Regions) -> pl.DataFrame:
    """One row per way to print a place that means one place alone."""
    meant: defaultdict[tuple[str | None, ...], dict[str, tuple[str | None, ...]]] = defaultdict(dict)
    for name, places in regions.items():
        for region in places:
            province = region.province if region.level != "province" else name
            city = {"city": name, "county": region.city}.get(region.level)
            county = name if region.level == "county" else None
            place = (region.code, region.level, province, city, county)
            for printed in _ways(region.level, province, city, county):
                meant[printed][f"{province}/{city}/{county}"] = place
    rows = [(*printed, *next(iter(named.values()))) for printed, named in meant.items() if len(named) == 1]
    listed = ("region_code", "listed_level", "listed_province", "listed_city", "listed_county")
    return pl.DataFrame(rows, schema=dict.fromkeys((*_KEY, *listed), pl.String), orient="row")


def _ways(
    level: str, province: str, city: str | None, county: str | None
) -> set[tuple[str | None, str | None, str | None]]:
    if level == "province":
        return {(province, None, None)}
    if level == "city":
        return {(before, city, None) for before in (province, None)}
    return {(before, above, county) for before in (province, None) for above in (city, None)}
