"""A contract in which each object and enumeration is a separate definition, because a class needs a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from samewire import ir
from samewire.lower.unions import identity

_TOLD = 2
"""How many required keys a name has at most."""


def named(contract: ir.Contract) -> tuple[ir.Definition, ...]:
    """The definitions, with new ones for nested objects, named after their path."""
    return tuple(_Naming(contract).all())


class _Naming:
    def __init__(self, contract: ir.Contract) -> None:
        self.definitions = contract.definitions
        self.taken = {each.name for each in contract.definitions}
        self.added: list[ir.Definition] = []
        self.parts: dict[tuple[str, str], ir.Ref] = {}

    def all(self) -> Iterator[ir.Definition]:
        for definition in self.definitions:
            self.owner = definition
            yield replace(definition, type=self.inside(definition.type, definition.name))
        yield from self.added

    def inside(self, type_: ir.Type, name: str) -> ir.Type:
        """A type whose parts have names; it itself has one, or needs none."""
        match type_:
            case ir.Object(properties, extra):
                return replace(
                    type_,
                    properties=tuple(
                        replace(each, type=self.part(each.type, f"{name}{_title(each.key)}"))
                        for each in properties
                    ),
                    extra=ir.Keep(self.part(extra.value, f"{name}Value"))
                    if isinstance(extra, ir.Keep)
                    else extra,
                )
            case ir.Array(items):
                return replace(type_, items=self.part(items, f"{name}Item"))
            case ir.Tuple(prefix, rest):
                first = tuple(self.part(each, f"{name}Item") for each in prefix)
                return replace(type_, prefix=first, rest=self._optional_part(rest, f"{name}Rest"))
            case ir.Record(_, value):
                return replace(type_, value=self.part(value, f"{name}Value"))
            case ir.Nullable(inner):
                return replace(type_, inner=self.part(inner, name))
            case ir.Union(members):
                steps = _steps(members)
                if name in self.taken:
                    steps = tuple(step or "Object" for step in steps)
                listed = zip(members, steps, strict=True)
                return replace(
                    type_, members=tuple(self.part(each, f"{name}{step}") for each, step in listed)
                )
            case ir.Checked(inner, checks):
                return replace(
                    type_,
                    type=self.part(inner, name),
                    checks=tuple(self._check(each, name) for each in checks),
                )
            case _:
                return type_

    def _check(self, check: ir.Check, name: str) -> ir.Check:
        if isinstance(check, ir.ContentSchema):
            return replace(check, content=self.part(check.content, f"{name}Content"))
        return check

    def _optional_part(self, type_: ir.Type | None, name: str) -> ir.Type | None:
        return None if type_ is None else self.part(type_, name)

    def part(self, type_: ir.Type, name: str) -> ir.Type:
        whole = self.inside(type_, name)
        if not isinstance(whole, ir.Object | ir.EnumType):
            return whole
        # The same one twice on one way, as in members of a union that differ elsewhere, is one.
        known = (name, identity(whole))
        if known not in self.parts:
            free = _free(name, self.taken.__contains__)
            self.taken.add(free)
            own = replace(self.owner, name=free, type=whole, doc=ir.NO_DOC, bases=())
            self.added.append(own)
            self.parts[known] = ir.Ref(free)
        return self.parts[known]


def _steps(members: Sequence[ir.Type]) -> tuple[str, ...]:
    """What tells the objects of a union apart, as the end of a name: the value of a tag, or a key that only one requires."""
    objects = [each for each in members if isinstance(each, ir.Object)]
    if len(objects) < 2:
        return tuple("" for _ in members)
    return tuple(
        _title(_tag(each)) or _own_key(each, objects) if isinstance(each, ir.Object) else ""
        for each in members
    )


def _tag(type_: ir.Object) -> str:
    for each in type_.properties:
        match each.type:
            case ir.Literal((str(value),)) if each.required:
                return value
            case _:
                continue
    return ""


def _own_key(type_: ir.Object, objects: Sequence[ir.Object]) -> str:
    others = {each.key for other in objects if other is not type_ for each in other.properties}
    own = (each.key for each in type_.properties if each.required and each.key not in others)
    if (key := next(own, None)) is not None:
        return f"With{_title(key)}"
    required = _required(type_)
    if any(_required(other) == required for other in objects if other is not type_):
        return ""
    told = [key for key in required if not all(key in _required(other) for other in objects)]
    return f"With{'And'.join(map(_title, told))}" if 0 < len(told) <= _TOLD else ""


def _required(type_: ir.Object) -> tuple[str, ...]:
    return tuple(each.key for each in type_.properties if each.required)


def _title(key: str) -> str:
    return "".join(
        each[:1].upper() + each[1:]
        for each in "".join(c if c.isalnum() else " " for c in key).split()
    )


def _free(name: str, taken: Callable[[str], bool]) -> str:
    """``OrderItem``, and ``OrderItem2`` where two parts of a type have one way to them."""
    number = 2
    candidate = name
    while taken(candidate):
        candidate, number = f"{name}{number}", number + 1
    return candidate
