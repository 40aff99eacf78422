"""The words of columns, as the blocks that models of dbt share by ``doc('…')``."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import Record, declared_columns
from extract.records.declaration import Words
from orchestration.columns.notice import NOTICE


def blocks(records: Sequence[type[Record]]) -> str:
    """A Markdown file with one block for each different column.

    Raises :class:`ValueError` when two columns that are told in different words claim one name.
    """
    told: dict[str, tuple[Words, str]] = {}
    for record in records:
        for column in declared_columns(record):
            where = f"{record.__name__}.{column.name}"
            words, first = told.setdefault(column.block, (column.words, where))
            if words != column.words:
                raise ValueError(
                    f"{first} and {where} are told in different words under the name {column.block}: "
                    'give one of them a name of its own, Words(…, block="…")'
                )
    parts = [f"# {NOTICE}\n"]
    parts += [
        f"{{% docs {name} %}}\n{words.english} ｜ {words.chinese}\n{{% enddocs %}}\n"
        for name, (words, _) in told.items()
    ]
    return "\n".join(parts)
