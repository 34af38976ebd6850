"""
Reading one TOML table so that every mistake in it is reported, each under the full path of its key.

A *check* is a function from the TOML value to what it means; it raises :class:`MismatchError` when the value is not that.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from samewire.errors import Diagnostic

T = TypeVar("T")
Check: TypeAlias = Callable[[object], T]
Path: TypeAlias = tuple[str | int, ...]

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a value; ``inner`` leads to the part of the value that is at fault."""

    message: str
    code: str = "config-value"
    hint: str | None = None
    inner: Path = ()


class MismatchError(Exception):
    """A value that is not what its key takes."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


@dataclass(slots=True)
class Problems:
    """All that was found wrong with one configuration file so far."""

    file: str
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, code: str, path: Path, message: str, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, self.at(path), message, hint))

    def add_all(self, mismatch: MismatchError, path: Path) -> None:
        for fault in mismatch.faults:
            self.add(fault.code, (*path, *fault.inner), fault.message, fault.hint)

    def at(self, path: Path) -> str:
        return f"{self.file}: {dotted(path)}" if path else self.file


class Table:
    """
    One TOML table. Each ``take`` names a key with its check and default, ``close`` reports every key nobody took.

    A value that fails its check is reported and replaced by the default, so that reading goes on to the next mistake.
    """

    def __init__(self, values: Mapping[str, object], path: Path, problems: Problems) -> None:
        self.values = values
        self.path = path
        self.problems = problems
        self.known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def take(self, key: str, check: Check[T], default: T) -> T:
        self.known.append(key)
        if key not in self.values:
            return default
        try:
            return check(self.values[key])
        except MismatchError as mismatch:
            self.problems.add_all(mismatch, (*self.path, key))
            return default

    def close(self, elsewhere: Mapping[str, str]) -> None:
        """Report unknown keys. ``elsewhere`` says of keys that belong into another table which one that is."""
        for key in self.values:
            if key in self.known:
                continue
            hint = elsewhere.get(key) or suggestion(key, self.known)
            self.problems.add("config-unknown-key", (*self.path, key), "unknown key", hint)


def suggestion(key: str, known: Iterable[str]) -> str:
    """Which of the ``known`` keys was probably meant."""
    names = sorted(known)
    if key.replace("_", "-").lower() in names:
        return f"keys are written in lower case with hyphens: {key.replace('_', '-').lower()}"
    close = difflib.get_close_matches(key.lower(), names, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys here are {', '.join(names)}"


def dotted(path: Path) -> str:
    """A TOML path as it is written in a file: ``contracts.api.names."app.models:User"``, with indices in brackets."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            quoted = part if BARE_KEY.fullmatch(part) else '"' + part.replace('"', '\\"') + '"'
            text += f".{quoted}" if text else quoted
    return text


def found(value: object) -> str:
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


def wrong(expected: str, value: object, hint: str | None = None) -> MismatchError:
    return MismatchError(Fault(f"expected {expected}, found {found(value)}", "config-type", hint))


def not_an_array(value: object, *, words: bool = False) -> MismatchError:
    """Text where an array belongs is what somebody writes who has one item, or with ``words`` one with spaces between them."""
    items = value.split() if isinstance(value, str) and words else [value]
    hint = f"write {json.dumps(items, ensure_ascii=False)}" if isinstance(value, str) else None
    return wrong("an array", value, hint)


def bad(message: str, *, code: str = "config-value", hint: str | None = None) -> MismatchError:
    return MismatchError(Fault(message, code, hint))


# --- Checks -----------------------------------------------------------------------------------------------------------


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong("true or false", value)
    return value


def string(value: object) -> str:
    if not isinstance(value, str):
        raise wrong("a string", value)
    if not value or not value.isprintable():
        raise bad(f"expected text without control characters, found {value!r}")
    return value


def table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise wrong("a table", value)
    return value


def one_of(*allowed: T, known_as: Mapping[str, T] | None = None) -> Check[T]:
    """One of a few strings; ``known_as`` are words of elsewhere, each with the one that means the same."""

    def check(value: object) -> T:
        for option in allowed:
            if value == option:
                return option
        names = " or ".join(f'"{option}"' for option in allowed)
        if not isinstance(value, str):
            raise wrong(names, value)
        close = difflib.get_close_matches(value, [str(option) for option in allowed], n=1)
        if known_as and value in known_as:
            close = [str(known_as[value])]
        raise bad(
            f"expected {names}, found {found(value)}",
            hint=f'did you mean "{close[0]}"?' if close else None,
        )

    return check


def list_of(check: Check[T]) -> Check[tuple[T, ...]]:
    def checked(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise not_an_array(value)
        return tuple(_each([(index, check, item) for index, item in enumerate(value)]))

    return checked


def table_of(key: Check[str], check: Check[T]) -> Check[dict[str, T]]:
    """A table with keys of the user's choice, each of which must pass ``key``."""

    def under(name: str) -> Check[T]:
        def entry(value: object) -> T:
            key(name)
            return check(value)

        return entry

    def checked(value: object) -> dict[str, T]:
        items = table(value)
        return dict(
            zip(items, _each([(name, under(name), items[name]) for name in items]), strict=True)
        )

    return checked


def _each(parts: Iterable[tuple[str | int, Check[T], object]]) -> list[T]:
    """The value of every part, or all the faults of all of them."""
    values: list[T] = []
    faults: list[Fault] = []
    for step, check, part in parts:
        try:
            values.append(check(part))
        except MismatchError as mismatch:
            faults += [replace(fault, inner=(step, *fault.inner)) for fault in mismatch.faults]
    if faults:
        raise MismatchError(*faults)
    return values
