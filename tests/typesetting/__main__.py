"""Typeset the samples that are published in other formats than text: ``python -m tests.typesetting``."""

from __future__ import annotations

from tests.typesetting.samples import SAMPLES, TYPESET, typeset


def main() -> None:
    """Write each sample beside the text ones, where the warehouse reads them."""
    for name in TYPESET:
        (SAMPLES / name).write_bytes(typeset(name))


if __name__ == "__main__":
    main()
