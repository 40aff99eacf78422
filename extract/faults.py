"""What a library raises when it stops: an error, or a panic of Rust, which is no ``Exception`` of Python."""

from __future__ import annotations


def is_of_code(error: BaseException) -> bool:
    """Whether an error is of the code that ran, as a panic is too, and no interrupt."""
    return isinstance(error, Exception) or is_panic(error)


def is_panic(error: BaseException) -> bool:
    """Whether a library in Rust gave up; the class is one of each library, and cannot be imported."""
    return type(error).__name__ == "PanicException"
