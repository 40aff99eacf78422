"""The words that prose about money is made of: typed from ``prose_words.csv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, eq=False)
class ProseWords:
    """One pattern per kind of word, made of all its rows; what each kind is stands in ``_vocabulary.yml``."""

    up: re.Pattern[str]
    down: re.Pattern[str]
    more_of: re.Pattern[str]
    less_of: re.Pattern[str]
    rough_size: re.Pattern[str]
    differs: re.Pattern[str]
    open_direction: re.Pattern[str]
    change_filler: re.Pattern[str]
    up_to: re.Pattern[str]
    compare: re.Pattern[str]
    compare_tail: re.Pattern[str]
    same_period: re.Pattern[str]
    basis_last_year: re.Pattern[str]
    basis_budget: re.Pattern[str]
    basis_version: re.Pattern[str]
    last_year: re.Pattern[str]
    this_year: re.Pattern[str]
    from_: re.Pattern[str]
    actual: re.Pattern[str]
    executed: re.Pattern[str]
    budgeted: re.Pattern[str]
    planned: re.Pattern[str]
    both: re.Pattern[str]
    both_flows: re.Pattern[str]
    initial: re.Pattern[str]
    adjusted: re.Pattern[str]
    adjusting: re.Pattern[str]
    share: re.Pattern[str]
    completion: re.Pattern[str]
    is_of: re.Pattern[str]
    share_filler: re.Pattern[str]
    completion_of: re.Pattern[str]
    equal: re.Pattern[str]
    about: re.Pattern[str]
    slightly: re.Pattern[str]
    greater: re.Pattern[str]
    less: re.Pattern[str]
    outcome: re.Pattern[str]
    parts: re.Pattern[str]
    all_parts: re.Pattern[str]
    rest: re.Pattern[str]
    parts_of_flow: re.Pattern[str]
    division: re.Pattern[str]
    within: re.Pattern[str]
    framing: re.Pattern[str]
    adding: re.Pattern[str]
    each: re.Pattern[str]
    respectively: re.Pattern[str]
    and_: re.Pattern[str]
    join: re.Pattern[str]
    reason: re.Pattern[str]
    reason_given: re.Pattern[str]
    reason_behind: re.Pattern[str]
    delimiter: re.Pattern[str]
    sentence_end: re.Pattern[str]
    year_mark: re.Pattern[str]
    threshold: re.Pattern[str]
    passing: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    value_of: re.Pattern[str]
    generic: re.Pattern[str]
    flow: re.Pattern[str]
    flow_alone: re.Pattern[str]
    sum_alone: re.Pattern[str]
    total: re.Pattern[str]
    total_mark: re.Pattern[str]
    owner: re.Pattern[str]
    name_tail: re.Pattern[str]
    code: re.Pattern[str]
    lead: tuple[re.Pattern[str], ...]  # tried one after another
    count_unit: re.Pattern[str]
    stated_unit: re.Pattern[str]
    count_date: re.Pattern[str]
    count_noise: re.Pattern[str]
    count_filler: re.Pattern[str]
    about_money: re.Pattern[str]
    nothing_of: re.Pattern[str]
    no_figure: re.Pattern[str]
    money_unit: re.Pattern[str]
    times_unit: re.Pattern[str]
    times_of: re.Pattern[str]
    times_filler: re.Pattern[str]
    average: re.Pattern[str]
    of_vehicles: re.Pattern[str]
    classified: re.Pattern[str]
    opening: re.Pattern[str]
    balance: re.Pattern[str]


def prose_words(rows: Iterable[Mapping[str, str | None]]) -> ProseWords:
    """Type the table ``prose_words``.

    Raises:
        ValueError: for a kind of word that is not known, or one without a row.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["kind"] or ""].append(row["pattern"] or "")
    known = {field.name.rstrip("_") for field in fields(ProseWords)}
    if found.keys() != known:
        raise ValueError(f"prose_words.csv: kinds that do not fit: {sorted(found.keys() ^ known)}")
    typed: dict[str, object] = {"lead": tuple(map(re.compile, found.pop("lead")))}
    for field in fields(ProseWords):
        if field.name not in typed:
            typed[field.name] = re.compile("|".join(found[field.name.rstrip("_")]))
    return ProseWords(**typed)  # type: ignore[arg-type]
