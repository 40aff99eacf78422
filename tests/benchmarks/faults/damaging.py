"""Copies of documents with one kind of damage each: bits, stretches, parts, words, pages."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

_MARKUP = (".html", ".htm", ".xml", ".txt", ".csv", ".rtf")
_TRIES = 5  # to do a damage that changes anything
_ELEMENT = re.compile(
    rb"<(\w[\w:]*)(?: [^<>]{0,400})?>[^<>]{0,4000}"
    rb"(?:<(\w[\w:]*)(?: [^<>]{0,400})?>[^<>]{0,4000}</\2>){0,8}</\1>"
)
_FIGURE_IN_MARKUP = re.compile(rb"(?:^|[\t\n>])[^<>\t\n]{0,4000}?([0-9.,-])")
_WORD = re.compile(rb"(<[^>]{0,400}>|[0-9.,]+|\s+)")


class Copy(NamedTuple):
    """A damaged copy: its number, what it is of, and what was done to it."""

    number: int
    original: Path
    damage: str
    data: bytes

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.number:05}-{self.damage}-{self.original.name}"


def mutated(files: Sequence[Path], count: int, seed: int) -> Iterator[Copy]:
    """Copies with a kind of damage each, the documents in turn: those of one seed are always the same."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        path = files[number % len(files)]
        data = path.read_bytes()
        kinds = [flipped, cut_short, doubled, overwritten]
        if zipfile.is_zipfile(io.BytesIO(data)):
            kinds += [with_a_part_damaged] * 6  # else most are refused for their checksums, unread
        elif path.suffix in _MARKUP:
            kinds += [with_words_moved, with_words_moved, with_elements_moved, with_characters_changed]
        if path.suffix == ".pdf":
            kinds += [with_more_pages, with_more_pages]
        kind = chance.choice(kinds)
        yield Copy(number, path, kind.__name__, kind(data, chance))


def flipped(data: bytes, chance: random.Random) -> bytes:
    """A few bits flipped."""
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 4, 16, 256])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut_short(data: bytes, chance: random.Random) -> bytes:
    """The end missing."""
    return data[: chance.randrange(1, len(data) + 1)]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """A stretch of it twice."""
    start = chance.randrange(len(data))
    stop = min(len(data), start + chance.choice([16, 1024, 65_536]))
    return data[:stop] + data[start:]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """A stretch of it noise."""
    start = chance.randrange(len(data))
    length = min(len(data) - start, chance.choice([8, 64, 4096]))
    return data[:start] + chance.randbytes(length) + data[start + length :]


def with_a_part_damaged(data: bytes, chance: random.Random) -> bytes:
    """A zip whose checksums are right, and one or two parts of which are damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    for name in chance.sample(sorted(parts), min(len(parts), chance.choice([1, 1, 2]))):
        for _ in range(_TRIES):
            before = parts[name]
            parts[name] = chance.choice(_OF_PARTS)(before, chance) if before else before
            if parts[name] != before:
                break
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_words_moved(data: bytes, chance: random.Random) -> bytes:
    """Tags, numbers and words in other places: taken out, put in again elsewhere, many times over."""
    words = _WORD.split(data)
    for _ in range(chance.choice([1, 4, 32])):
        taken = words[chance.randrange(len(words))]
        at = chance.randrange(len(words))
        words[at : at + chance.choice([0, 1])] = [taken] * chance.choice([0, 1, 1, 2, 100])
        words = words or [b""]
    return b"".join(words)


def with_elements_moved(data: bytes, chance: random.Random) -> bytes:
    """Whole elements of markup taken out, doubled or put elsewhere: what is left is well-formed."""
    for _ in range(chance.choice([1, 2, 8])):
        found = list(_ELEMENT.finditer(data))
        if not found:
            break
        taken, there = chance.choice(found), chance.choice(found).start()
        rest = chance.choice([data, data[: taken.start()] + b" " * len(taken.group()) + data[taken.end() :]])
        data = rest[:there] + chance.choice([b"", taken.group()]) + rest[there:]
    return data


def with_characters_changed(data: bytes, chance: random.Random) -> bytes:
    """Digits, points and signs between tags changed, taken out or added."""
    places = [found.start(1) for found in _FIGURE_IN_MARKUP.finditer(data)]
    damaged = bytearray(data)
    for place in sorted(chance.sample(places, min(len(places), chance.choice([1, 4, 16]))), reverse=True):
        damaged[place : place + chance.choice([0, 1, 1])] = chance.choice(
            [b"", b"7", b"0", b".", b",", b"-", b"E"]
        )
    return bytes(damaged)


def with_more_pages(data: bytes, chance: random.Random) -> bytes:
    """Pages inserted: blank, huge, or its own again. What is no PDF stays as it is."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return data
    with document:
        for _ in range(chance.choice([1, 3, 30])):
            at = chance.randrange(len(document) + 1)
            if chance.random() < 0.5:
                with contextlib.suppress(pdfium.PdfiumError):  # of a damaged page
                    document.import_pages(pdfium.PdfDocument(data), [chance.randrange(len(document)) % 3], at)
            else:
                document.new_page(chance.choice([1, 595, 14_000]), chance.choice([1, 842, 14_000]), at)
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


_OF_PARTS = [
    flipped,
    cut_short,
    doubled,
    overwritten,
    with_words_moved,
    with_elements_moved,
    with_elements_moved,
    with_characters_changed,
    with_characters_changed,
]
