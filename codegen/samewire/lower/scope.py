"""
Where lowering is and what it has found: a schema with its place, and the accessors that read a keyword or say what is wrong.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from samewire import ir
from samewire.errors import Diagnostic
from samewire.schema.pointers import Pointer, fragment

MAX_DEPTH: Final = 64
"""How deep types may be nested without a name; a definition starts anew."""
DERIVED: Final = "\0"
"""In a pointer, before the part that is in no document."""
LEFT_OUT: Final = "\0not"
"""In a schema that follows from others: the site of one of whose values it has none, and that is not to be taken apart any more."""
MAX_COPIES: Final = 20_000
"""How many schemas may be lowered more than once because a reference to them can't stay one."""
MAX_TRIED: Final = 1000
MAX_LOST: Final = 4
"""How many schemas may be lowered to see what comes of a condition when it is written out; and how often that may be too little."""
_INSIDE: Final = frozenset(("properties", "prefixItems", "items", "additionalProperties"))


@dataclass(frozen=True, slots=True)
class Site:
    """
    A schema, which may be anything as long as nobody has looked at it, and where it stands.

    ``derived``: it stands nowhere, and follows from what stands at its pointer, as far as :data:`DERIVED` in that.
    """

    schema: Any
    pointer: Pointer
    derived: bool = False

    def has(self, *keywords: str) -> bool:
        return isinstance(self.schema, dict) and any(key in self.schema for key in keywords)

    def at(self, *steps: str) -> Pointer:
        return (*self.pointer, *steps)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Members of which no value may match two, to be shown when all definitions are known."""

    pointer: Pointer
    members: tuple[ir.Type, ...]


@dataclass(frozen=True, slots=True)
class TagValue:
    """That a value of the tag names one of the members, as the ``mapping`` of a discriminator says."""

    pointer: Pointer
    tag: str
    value: str
    name: str
    members: tuple[ir.Type, ...]


Lower: TypeAlias = "Callable[[Sequence[Site], Scope], ir.Type]"


@dataclass(slots=True)
class Scope:
    """
    One run over one document.

    ``names`` are the definitions by the pointers of their schemas. ``one_ofs``, ``tag_values`` and ``keys`` (references that have
    to be strings) are shown to hold when everything is lowered; where they don't, the place goes to ``failed``. In another run
    these are ``checked``: written as what is checked of a value, where that takes a program.

    ``written_out`` says of conditions, by their pointers, whether they are written out as types. That is tried first, and
    given up if what comes of it is ``ugly``.
    """

    document: Mapping[str, Any]
    where: str
    names: Mapping[Pointer, str]
    lower: Lower
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    one_ofs: list[OneOf] = field(default_factory=list)
    tag_values: list[TagValue] = field(default_factory=list)
    keys: list[tuple[Pointer, str]] = field(default_factory=list)
    checked: frozenset[Pointer] = frozenset()
    failed: set[Pointer] = field(default_factory=set)
    written_out: dict[Pointer, bool] = field(default_factory=dict)
    ugly: bool = False
    trials: int = 0
    tried: int = 0
    lost: int = 0
    depth: int = 0
    copying: int = 0
    copies: int = 0
    merging: set[frozenset[Pointer]] = field(default_factory=set)
    implied: dict[Pointer, frozenset[str] | None] = field(default_factory=dict)

    def type_of(self, *sites: Site) -> ir.Type:
        """The type of the values for which all of the schemas hold."""
        return self.lower(sites, self)

    def refuse(self, code: str, pointer: Pointer, message: str, hint: str | None = None) -> None:
        if DERIVED in pointer:
            pointer = pointer[: pointer.index(DERIVED)]
        place = f"{self.where}{fragment(pointer)}"
        self.diagnostics[Diagnostic(code, place, message, hint)] = None

    @contextmanager
    def copy(self) -> Iterator[None]:
        """Around schemas that are lowered again, in another place than their own."""
        self.copying += 1
        try:
            yield
        finally:
            self.copying -= 1

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Around what is lowered to see what comes of it. :attr:`failing` says so before the end, at which it is forgotten."""
        kept = self.diagnostics, self.ugly, self.copies
        lists: tuple[list[Any], ...] = (self.one_ofs, self.tag_values, self.keys)
        lengths = tuple(map(len, lists))
        self.diagnostics, self.ugly = {}, False
        self.trials += 1
        try:
            yield
        finally:
            self.trials -= 1
            self.diagnostics, self.ugly, self.copies = kept
            if self.trials == 0:
                self.lost += self.tried > MAX_TRIED
                self.tried = 0
            for each, length in zip(lists, lengths, strict=True):
                del each[length:]

    @property
    def failing(self) -> bool:
        return self.ugly or bool(self.diagnostics)

    # --- Keywords -----------------------------------------------------------------------------------------------------

    def invalid(self, site: Site, keyword: str, expected: str, hint: str | None = None) -> None:
        found = shown(site.schema[keyword])
        message = f"{keyword} is {expected}, not {found}"
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
        lows = [found for site in sites if (found := self.count(site, low)) is not None]
        highs = [found for site in sites if (found := self.count(site, high)) is not None]
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
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
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
            return [Site(each, site.at(keyword, str(index))) for index, each in enumerate(value)]
        self.invalid(site, keyword, "a list of at least one schema")
        return []

    def named_schemas(self, site: Site, keyword: str) -> dict[str, Site]:
        value = site.schema.get(keyword, {})
        if isinstance(value, dict):
            return {name: Site(each, site.at(keyword, name)) for name, each in value.items()}
        self.invalid(site, keyword, "an object of schemas")
        return {}


def is_inside(pointer: Pointer) -> bool:
    """Whether a derived schema is about what is inside of the value that it was derived for."""
    if DERIVED not in pointer:
        return False
    return not _INSIDE.isdisjoint(pointer[pointer.index(DERIVED) :])


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
