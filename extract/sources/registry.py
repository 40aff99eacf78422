"""The file that says which sources there are, read and checked.

One YAML file with a list ``sources``; :mod:`extract.sources.declared` has the fields. Every mistake in it is
named at once, with its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from extract.sources.declared import (
    BASE_FOLDER,
    FolderSource,
    Links,
    LocationSource,
    Politeness,
    Registry,
    WebsiteSource,
)

_KINDS: dict[str, type[FolderSource | WebsiteSource | LocationSource]] = {
    "folder": FolderSource,
    "website": WebsiteSource,
    "location": LocationSource,
}
_PARTS: dict[str, type[BaseModel]] = {"politeness": Politeness, "links": Links}
_ONE_OF_THE_KINDS = f"one of {', '.join(_KINDS)} is expected"
_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "union_tag_not_found": f"kind is missing; {_ONE_OF_THE_KINDS}",
    "string_pattern_mismatch": (
        "“{given}” cannot be an id; small letters of English, digits, - and _ are expected, 63 at most"
    ),
    "float_parsing": "a number is expected, not “{given}”",
    "float_type": "a number is expected, not “{given}”",
    "int_parsing": "a whole number is expected, not “{given}”",
    "int_from_float": "a whole number is expected, not “{given}”",
    "bool_parsing": "true or false is expected, not “{given}”",
    "tuple_type": "a list is expected, not “{given}”",
    "string_too_short": "it is empty",
    "too_short": "it is empty",
    "model_attributes_type": "fields with values are expected, not “{given}”",
    "model_type": "fields with values are expected, not “{given}”",
}
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9_-]+")


class RegistryError(ValueError):
    """A registry that cannot be used. ``problems`` has one sentence for each mistake, with its place."""

    def __init__(self, file: Path, problems: Sequence[str]) -> None:
        super().__init__("\n".join(f"{file}{problem}" for problem in problems))
        self.file = file
        self.problems = tuple(problems)


def read_registry(file: Path) -> Registry:
    """Read the sources of a YAML file. Raises :class:`RegistryError`, which names every mistake."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise RegistryError(
            file, [f": the registry cannot be read ({(error.strerror or str(error)).lower()})"]
        ) from error
    except UnicodeDecodeError as error:
        raise RegistryError(file, [": the registry is not in UTF-8; save it as UTF-8"]) from error
    return parse_registry(text, file)


def parse_registry(text: str, file: Path) -> Registry:
    """Read the sources of a YAML text, whose relative paths start beside ``file``.

    Raises :class:`RegistryError`, which names every mistake.
    """
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise RegistryError(file, [": it is empty; a list named “sources” is expected"])
        doubled = list(_doubled_keys(root, set()))
        content = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise RegistryError(file, [f"{line}: this is not YAML: {error.problem}"]) from error
    except RegistryError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RegistryError(file, [f": this is not YAML: {error}"]) from error
    finally:
        loader.dispose()
    if doubled:
        raise RegistryError(file, doubled)
    if not isinstance(content, dict):
        raise RegistryError(file, [": a list named “sources” is expected"])
    problems = list(_ids_that_stand_twice(content, root))
    try:
        registry = Registry.model_validate(content, context={BASE_FOLDER: file.parent.absolute()})
    except ValidationError as error:
        problems += [
            _in_words(detail, content, root) for detail in error.errors() if detail["loc"] or not problems
        ]
        raise RegistryError(file, problems) from error
    return registry


def registry_of_folders(folders: Sequence[Path]) -> Registry:
    """Sources for folders that nobody declared, with ids made of their names."""
    sources: list[FolderSource] = []
    taken: set[str] = set()
    for folder in folders:
        name = _NOT_IN_AN_ID.sub("-", unicodedata.normalize("NFKD", folder.name).lower()).strip("-_")[:50]
        free = (f"{name or 'folder'}{suffix}" for suffix in _suffixes())
        source_id = next(candidate for candidate in free if candidate not in taken)
        taken.add(source_id)
        sources.append(FolderSource(id=source_id, where=folder))
    return Registry(sources=tuple(sources))


def _suffixes() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1


def _ids_that_stand_twice(content: dict[str, Any], root: yaml.Node) -> Iterator[str]:
    sources = content.get("sources")
    lines: dict[str, int | None] = {}
    for number, entry in enumerate(sources if isinstance(sources, list) else ()):
        source_id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(source_id, str):
            continue
        line = _line(("sources", number, "id"), root)
        if source_id in lines:
            yield (
                f", line {line}: source “{source_id}”, id: it stands twice, first on line "
                f"{lines[source_id]}; every source needs one of its own"
            )
        lines.setdefault(source_id, line)


def _in_words(detail: ErrorDetails, content: dict[str, Any], root: yaml.Node) -> str:
    """One mistake: line, source, field, and what was expected."""
    place = detail["loc"]
    if len(place) < 2 or not isinstance(place[1], int):
        line = _line(place, root)
        return f"{f', line {line}' if line else ''}: {_expected(detail, Registry, 'the registry')}"
    entry = content["sources"][place[1]]
    written = entry if isinstance(entry, dict) else {}
    kind = str(written.get("kind"))
    # pydantic names the kind as a step of the way to the field
    fields = [part for part in place[3:] if isinstance(part, str)]
    line = _line((*place[:2], *place[3:]), root)
    named = written.get("id")
    source = f"source “{named}”" if isinstance(named, str) else f"source {place[1] + 1}"
    of_what: tuple[type[BaseModel] | None, str] = (_KINDS.get(kind), f"a {kind}")
    if len(fields) > 1:
        of_what = _PARTS.get(fields[0]), fields[0]
    return f", line {line}: {', '.join([source, *fields])}: {_expected(detail, *of_what)}"


def _expected(detail: ErrorDetails, model: type[BaseModel] | None, of_what: str) -> str:
    mistake, given = detail["type"], detail["input"]
    if mistake == "value_error":
        return str(detail["ctx"]["error"])
    if mistake == "union_tag_invalid":
        return f"kind is “{given['kind']}”; {_ONE_OF_THE_KINDS}"
    if mistake == "extra_forbidden" and model is not None:
        return f"there is no such field of {of_what}; its fields are {', '.join(model.model_fields)}"
    if mistake in _WORDS:
        return _WORDS[mistake].format(given=given)
    message = detail["msg"].replace("Input should be", "it should be")
    return f"{message}, not “{given}”" if isinstance(given, (str, int, float, bool)) else message


def _line(path: Sequence[int | str], root: yaml.Node) -> int | None:
    """The line of a field, or of what it should be in."""
    node, line = root, None
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _doubled_keys(node: yaml.Node, seen_nodes: set[int]) -> Iterator[str]:
    """Keys that stand twice in one mapping, of which YAML would silently take the last."""
    if id(node) in seen_nodes:  # an alias
        return
    seen_nodes.add(id(node))
    if isinstance(node, yaml.MappingNode):
        lines: dict[Hashable, int] = {}
        for key, value in node.value:
            name, line = key.value, key.start_mark.line + 1
            if isinstance(name, str):
                if name in lines:
                    yield f", line {line}: {name} stands twice, first on line {lines[name]}"
                lines[name] = line
            yield from _doubled_keys(value, seen_nodes)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled_keys(item, seen_nodes)
