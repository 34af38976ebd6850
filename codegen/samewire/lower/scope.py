"""The state of lowering: a schema with its place, and accessors that read a keyword or report a problem."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from samewire import ir
from samewire.errors import Diagnostic
from samewire.schema.pointers import Pointer, fragment

MAX_DEPTH: Final = 64
"""How deep types may be nested without a name; a definition starts anew."""


class BeyondSubsetError(Exception):
    """A schema uses or combines keywords in a way that the exporter never writes."""


@dataclass(frozen=True, slots=True)
class Site:
    """A schema and its place. It may be any JSON value until it is checked."""

    schema: Any
    pointer: Pointer

    def has(self, *keywords: str) -> bool:
        return isinstance(self.schema, dict) and any(key in self.schema for key in keywords)

    def at(self, *steps: str) -> Pointer:
        return (*self.pointer, *steps)


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The ``mapping`` of a discriminator: by the values of ``tag``, the definitions that are to be among ``members``."""

    pointer: Pointer
    tag: str
    mapping: tuple[tuple[str, str], ...]
    members: tuple[ir.Type, ...]


Mark: TypeAlias = "tuple[dict[Diagnostic, None], int, int]"


@dataclass
class Scope:
    """
    One run over one document.

    ``names`` are the definitions by the pointers of their schemas. ``discriminators`` and ``keys`` (references that have to be
    strings) are checked when every definition is lowered; a key that is no string goes to ``failed``. In another run these are
    ``checked``: a check of the value says what the type can't. ``scalars`` are the types of texts and numbers by what their schemas
    say: most fields of a contract say the same as another one.
    """

    document: Mapping[str, Any]
    where: str
    names: Mapping[Pointer, str]
    lower: Callable[[Site, Scope], ir.Type]
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    discriminators: list[Discriminator] = field(default_factory=list)
    keys: list[tuple[Pointer, str]] = field(default_factory=list)
    checked: frozenset[Pointer] = frozenset()
    failed: set[Pointer] = field(default_factory=set)
    depth: int = 0
    implied: dict[Pointer, frozenset[str] | None] = field(default_factory=dict)
    scalars: dict[str, ir.Type] = field(default_factory=dict)

    @cached_property
    def pointers(self) -> dict[str, Pointer]:
        """Where each definition stands, by its name."""
        return {name: pointer for pointer, name in self.names.items()}

    def type_of(self, site: Site) -> ir.Type:
        return self.lower(site, self)

    def refuse(self, code: str, pointer: Pointer, message: str, hint: str | None = None) -> None:
        self.diagnostics[Diagnostic(code, f"{self.where}{fragment(pointer)}", message, hint)] = None

    def mark(self) -> Mark:
        return dict(self.diagnostics), len(self.discriminators), len(self.keys)

    def rewind(self, mark: Mark) -> None:
        """Forgets what was noted since."""
        diagnostics, discriminators, keys = mark
        self.diagnostics.clear()
        self.diagnostics.update(diagnostics)
        del self.discriminators[discriminators:]
        del self.keys[keys:]

    # --- Keywords -----------------------------------------------------------------------------------------------------

    def invalid(self, site: Site, keyword: str, expected: str, hint: str | None = None) -> None:
        message = f"{keyword} is {expected}, not {shown(site.schema[keyword])}"
        self.refuse("invalid-keyword", site.at(keyword), message, hint)

    def number(self, site: Site, keyword: str) -> int | float | None:
        """A JSON number; one that is whole is an ``int``, however it is written."""
        match site.schema.get(keyword):
            case None if keyword not in site.schema:
                return None
            case bool() if keyword.startswith("exclusive"):
                hint = f"as in draft 4; since draft 6 {keyword} is the limit itself"
                self.invalid(site, keyword, "a number", hint)
            case int() | float() as value if not isinstance(value, bool):
                return whole(value)
            case _:
                self.invalid(site, keyword, "a number")
        return None

    def count(self, site: Site, keyword: str) -> int | None:
        if keyword not in site.schema:
            return None
        value = site.schema[keyword]
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.invalid(site, keyword, "a number of things: an integer from 0 on")
        return None

    def counts(self, sites: Iterable[Site], low: str, high: str) -> tuple[int | None, int | None]:
        """The strictest of the limits that all schemas set; a lower limit of 0 is none."""
        lows = [limit for site in sites if (limit := self.count(site, low)) is not None]
        highs = [limit for site in sites if (limit := self.count(site, high)) is not None]
        return max(lows, default=0) or None, min(highs, default=None)

    def text(self, site: Site, keyword: str) -> str | None:
        if keyword not in site.schema:
            return None
        value = site.schema[keyword]
        if isinstance(value, str):
            return value
        self.invalid(site, keyword, "a string")
        return None

    def flag(self, site: Site, keyword: str) -> bool:
        value = site.schema.get(keyword, False)
        if isinstance(value, bool):
            return value
        self.invalid(site, keyword, "true or false")
        return False

    def texts(self, site: Site, keyword: str) -> tuple[str, ...]:
        value = site.schema.get(keyword, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(dict.fromkeys(value))
        self.invalid(site, keyword, "a list of strings")
        return ()

    def schema(self, site: Site, keyword: str) -> Site | None:
        """The schema that a keyword holds. Whether it is one is found when it is lowered."""
        if keyword not in site.schema:
            return None
        return Site(site.schema[keyword], site.at(keyword))

    def schemas(self, site: Site, keyword: str, *, some: bool = True) -> list[Site]:
        if keyword not in site.schema:
            return []
        value = site.schema[keyword]
        if isinstance(value, list) and (value or not some):
            return [Site(one, site.at(keyword, str(index))) for index, one in enumerate(value)]
        self.invalid(site, keyword, "a list of at least one schema")
        return []

    def named_schemas(self, site: Site, keyword: str) -> dict[str, Site]:
        value = site.schema.get(keyword, {})
        if isinstance(value, dict):
            return {name: Site(one, site.at(keyword, name)) for name, one in value.items()}
        self.invalid(site, keyword, "an object of schemas")
        return {}


def whole(value: float) -> int | float:
    """``1`` for ``1.0``: JSON has one number there."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def shown(value: Any) -> str:
    """A JSON value in a message, short and on one line."""
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            text = json.dumps(value)
            return text if len(text) <= 60 else f"{text[:57]}..."


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {shown(close[0])}?" if close else None
