"""Errors that checks of the configuration raise, and how messages show TOML values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Path: TypeAlias = tuple[str | int, ...]


def mistake(code: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """The error of a check: a code of docs/errors.md, the problem, and the fix."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def mistakes(errors: Iterable[tuple[Path, PydanticCustomError]]) -> ValidationError:
    """Several errors at once, each with its path from the checked value."""
    lines = [InitErrorDetails(type=error, loc=path, input=None) for path, error in errors]
    return ValidationError.from_exception_data("configuration", lines)


def in_words(value: object) -> str:
    """A TOML value as a message shows it."""
    match value:
        case bool():
            return f"the boolean {str(value).lower()}"
        case str():
            return f"the string {value!r}"
        case int() | float():
            return f"the number {value}"
        case list():
            return "an array"
        case dict():
            return "a table"
        case _:
            return f"the {type(value).__name__} {value}"
