"""The data dictionary: every published table and column, in both languages, as one page and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from orchestration.building.catalogue import Column, Description, ForeignKey, Relation
from orchestration.documentation.codes import Code, Place

SCHEMAS = {
    "marts": Description("What analysts query.", "数据集市", "供查询分析使用。"),
    "reconciliation": Description(
        "Which identities were asked of the figures, and what came of it.",
        "核对",
        "数字之间的核对及其结论。",
    ),
    "staging": Description(
        "What is printed, with its place, before any judgement.", "原文数据", "印刷内容及其出处，不加判断。"
    ),
}
"""The schemas that readers see, in the order in which they look for things."""


@dataclass(frozen=True, slots=True)
class Row:
    """One column of a relation, with what is to be said of it."""

    column: Column
    is_key: bool
    refers_to: ForeignKey | None
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One relation with its columns."""

    relation: Relation
    rows: tuple[Row, ...]

    @property
    def anchor(self) -> str:
        """Where links to it lead."""
        return f"{self.relation.schema}.{self.relation.name}"


def sections(
    catalogue: Sequence[Relation], codes: Mapping[Place, tuple[Code, ...]]
) -> dict[str, list[Section]]:
    """The relations of each schema of :data:`SCHEMAS` that has any."""
    return {
        schema: [_section(relation, codes) for relation in relations]
        for schema in SCHEMAS
        if (relations := [relation for relation in catalogue if relation.schema == schema])
    }


def as_html(found: Mapping[str, Sequence[Section]]) -> str:
    """One page that needs nothing else: no network, no other file. It escapes whatever it prints."""
    return _render("dictionary.html.j2", found)


def as_markdown(found: Mapping[str, Sequence[Section]]) -> str:
    """The same as Markdown, for places that show no HTML."""
    return _render("dictionary.md.j2", found)


def _section(relation: Relation, codes: Mapping[Place, tuple[Code, ...]]) -> Section:
    foreign = {column: key for key in relation.foreign_keys for column in key.columns}
    return Section(
        relation,
        tuple(
            Row(
                column,
                column.name in relation.primary_key,
                foreign.get(column.name),
                codes.get((relation.schema, relation.name, column.name), ()),
            )
            for column in relation.columns
        ),
    )


def _render(template: str, found: Mapping[str, Sequence[Section]]) -> str:
    environment = Environment(
        loader=PackageLoader(__name__, "."),
        autoescape=True,  # for Markdown too, whose readers pass HTML through
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["in_cell"] = _in_cell
    return environment.get_template(template).render(schemas=SCHEMAS, sections=found)


def _in_cell(text: str | None) -> Markup:
    """Text for a cell of a Markdown table, which a bar would end."""
    return Markup(str(escape(text or "")).replace("|", "&#124;"))
