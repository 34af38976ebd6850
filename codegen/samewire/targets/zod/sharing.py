"""
Constants for schemas that many fields of a large contract share: zod takes long to create them, and TypeScript to infer them.

``z.string().min(1)`` becomes ``stringMin1``. In a small contract they stand where they are used, which is easier to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from samewire.graph import components
from samewire.identifiers import KEYWORDS
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Call,
    Entry,
    Expression,
    Getter,
    Member,
    Name,
    Number,
    ObjectLiteral,
    Spread,
)
from samewire.targets.typescript.syntax import identifier
from samewire.targets.zod.builder import Builder, Shared, Z

MANY: Final = 300
"""With how many definitions a contract is large: loading them takes some 50 ms longer if nothing is shared."""

_LONGEST: Final = 40


_Named: TypeAlias = "tuple[Expression, str | None]"
"""
An expression, with a name that says how it is made, from the inside out: ``z.array(z.string()).max(3)`` is ``stringArrayMax3``;
``None`` if there is more in it than calls, counts and constants.
"""


@dataclass(frozen=True, slots=True)
class Sharing:
    """``taken`` are names that a constant may not have, ``entries`` the values of keys so far: many keys have the same."""

    build: Builder
    taken: frozenset[str]
    entries: dict[Expression, Expression] = field(default_factory=dict)

    def share(self, expression: Expression) -> Expression:
        """The expression, with constants that ``build`` declares in place of those parts that can be named."""
        return self.shared(expression)[0]

    def shared(self, expression: Expression) -> _Named:
        match expression:
            case Call():
                return self._constant(*self._made(expression))
            case Name(code):
                return expression, code if code in self.build.shared else None
            case Number(code):
                return expression, code.replace("-", "Minus").replace("+", "").replace(".", "_")
            case ArrayLiteral(elements):
                return ArrayLiteral(tuple([self.shared(each)[0] for each in elements])), None
            case ObjectLiteral(entries):
                return ObjectLiteral(tuple(map(self._entry, entries))), None
            case Member(target, key):
                return Member(self.shared(target)[0], key), None
            case _:
                return expression, None

    def _entry(self, entry: Entry | Getter) -> Entry | Getter:
        value = self.entries.get(entry.value)
        if value is None:
            value = self.entries[entry.value] = self.share(entry.value)
        match entry:
            case Entry(key):
                return Entry(key, value)
            case Getter(key, type_):
                return Getter(key, type_, value)
            case _:
                assert_never(entry)

    def _made(self, call: Call) -> tuple[Call, str | None]:
        """The call with what it is made of in constants. What a method is called on gets none, if the whole may have one."""
        function = call.function
        named = [self.shared(each) for each in call.arguments]
        names = [name for _, name in named]
        match function:
            case Member(target, method) if target == Z:
                counts = [isinstance(each, Number) for each in call.arguments].count(True)
                names.insert(len(names) - counts, method)
            case Member(Call() as target, method):
                inner: Expression
                inner, name = self._made(target)
                names = [name, method, *names]
                if None in names:
                    inner, _ = self._constant(inner, name)
                function = Member(inner, method)
            case Member(target, method):
                inner, name = self.shared(target)
                names = [name, method, *names]
                function = Member(inner, method)
            case Name(code):
                names = ["own", *names] if code.startswith("own") else [*names, code]
            case _:
                names = [None]
                function, _ = self.shared(function)
        return Call(function, tuple([each for each, _ in named])), _joined(names)

    def _constant(self, part: Call, name: str | None) -> _Named:
        if (
            name is not None
            and len(name) <= _LONGEST
            and name not in KEYWORDS
            and name not in self.taken
            and part.evaluates_nothing()
        ):
            shared = self.build.shared.setdefault(name, Shared(part, ""))
            if shared.schema == part:
                return Name(identifier(name)), name
        return part, name


def _joined(names: list[str | None]) -> str | None:
    known = [name for name in names if name is not None]
    if len(known) < len(names):
        return None
    return known[0] + "".join(name[0].upper() + name[1:] for name in known[1:])


def in_order(build: Builder) -> list[str]:
    """The names of the constants, each after those that it is made of."""
    parts = {name: tuple(_names(each.schema)) for name, each in build.shared.items()}
    return [name for component in components(sorted(parts), parts) for name in component]


def _names(schema: Expression) -> Iterator[str]:
    match schema:
        case Name(code):
            yield code
        case Member(target) | Spread(target):
            yield from _names(target)
        case Call(function, arguments):
            for part in (function, *arguments):
                yield from _names(part)
        case _:
            pass
