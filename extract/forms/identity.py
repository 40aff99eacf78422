"""Whose a document is, of which year and stage, and of what level: all that speaks for it, weighed.

Covers are cut off, scanned badly, or belong to a whole booklet; captions repeat what is true on every form.
So no place decides alone: each says what it says with a weight. The file's name comes last of all, in SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from extract.blocks import Block
from extract.forms.captions import Section
from extract.forms.cover import labelled
from extract.forms.heard import MOST, Heard, hear, kinds, levels, publishers, stages, years
from extract.forms.publisher_names import NOWHERE, Places, fullest, is_same, split_places, without_scope
from extract.forms.testimony import UNKNOWN, Fact, believed
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_PLACE_ALONE = Decimal("0.5")  # certainty of a publisher that a title gives as a place and no more


@dataclass(frozen=True, slots=True)
class Identity:
    """What is believed of a document as a whole."""

    publisher: Fact = UNKNOWN
    year: Fact = UNKNOWN
    stage: Fact = UNKNOWN
    level: Fact = UNKNOWN  # department | unit
    kind: Fact = UNKNOWN  # department | government: of whom it is
    department: str | None = None  # that a unit belongs to
    places: Places = NOWHERE  # that the publisher's name begins with
    title_places: Places = NOWHERE  # that the title names without a publisher

    def as_printed(self) -> dict[str, Any]:
        """Fields of :class:`extract.printed.PrintedFacts`."""
        return {
            "publisher_text": self.publisher.value,
            "publisher_from": self.publisher.source,
            "publisher_certainty": self.publisher.certainty,
            "publisher_places": "|".join(self.places.places) or None,
            "publisher_rest": self.places.rest or None,
            "title_places": "|".join(self.title_places.places) or None,
            "title_rest": self.title_places.rest or None,
            "parent_name": self.department,
            "document_level": self.level.value,
            "document_level_from": self.level.source,
            "document_kind": self.kind.value,
            "year_text": self.year.value,
            "year_from": self.year.source,
            "year_certainty": self.year.certainty,
            "stage": self.stage.value,
            "stage_from": self.stage.source,
            "stage_certainty": self.stage.certainty,
        }


def read_identity(
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    sections: Sequence[Section] = (),
    lines: Sequence[PrintedLine] = (),
    columns: Sequence[PrintedColumn] = (),
) -> Identity:
    """Weigh all that a document says of itself; of its forms, what has been read so far."""
    heard = hear(blocks, vocabulary, sections, lines, columns)
    kind = believed(kinds(heard), MOST)
    units = heard.units
    listed = units[min(units, key=len)] if units else None
    publisher = _publisher(heard, kind, vocabulary)
    return Identity(
        publisher=publisher,
        year=believed(years(heard, vocabulary), MOST),
        stage=believed(stages(heard, vocabulary), MOST),
        level=believed(levels(heard), MOST),
        kind=kind,
        department=labelled(heard.cover, "department", vocabulary) or listed,
        places=split_places(without_scope(publisher.value or ""), vocabulary.names),
        title_places=split_places(heard.title.place or "", vocabulary.names),
    )


def _publisher(heard: Heard, kind: Fact, vocabulary: Vocabulary) -> Fact:
    """The publisher; of a report of a government the place whose it is, where the title names that alone.

    So it is where nothing else is named: a place's sum of all its departments (某市2025年三公经费预算汇总).
    """
    if kind.value == "government" and heard.title.place and heard.title.is_of_government:
        return Fact(heard.title.place, "cover", kind.certainty)
    names = vocabulary.names
    said = tuple(publishers(heard, vocabulary))
    if not said and heard.title.place and heard.title.year and heard.title.level is None:
        return Fact(heard.title.place, "cover", _PLACE_ALONE)
    return believed(said, MOST, partial(is_same, names=names), partial(fullest, names=names))
