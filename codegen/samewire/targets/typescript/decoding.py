"""
What is another value in TypeScript than in JSON: an instant, which is a ``Date`` where the contract says so.

Texts that are no instant stay texts, and so do the keys of records. A type that has a ``Date`` somewhere inside is *decoded*: its
schema decodes and encodes, and beside its type in ``types.ts`` there is the type of its JSON in ``wire.ts``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.graph import reachable
from samewire.scalars import DateTime
from samewire.scalars.temporal import Zone
from samewire.targets.typescript.annotations import Reference
from samewire.targets.typescript.syntax import Code, InexpressibleError, identifier
from samewire.walk import children

_HINT: Final = (
    'annotate it as AwareDatetime or NaiveDatetime, or say it of all in the configuration: datetimes = "aware" (each has a UTC'
    ' offset) or datetimes = "utc" (none has one, and all are UTC)'
)


@dataclass(frozen=True, slots=True)
class Decoding:
    """
    ``types`` are the keys of the decoded definitions. ``on``: texts are decoded at all; ``utc``: those without a UTC offset too.
    """

    on: bool = False
    utc: bool = False
    types: frozenset[str] = frozenset()

    def codec(self, type_: ir.String) -> str | None:
        """
        What makes a ``Date`` of a text, a name of the runtime library; ``None`` for what stays a text.

        Raises:
            InexpressibleError: the text may be an instant, and may be none.

        """
        if not self.on or not isinstance(type_.format, DateTime):
            return None
        match type_.format.zone:
            case Zone.AWARE:
                return "awareDates"
            case Zone.NAIVE:
                return "utcDates" if self.utc else None
            case Zone.ANY:
                message = "a datetime that may lack a UTC offset is not always an instant, so it is no Date"
                raise InexpressibleError("date-zone", message, _HINT)

    def decodes(self, type_: ir.Type) -> bool:
        """Whether there is a ``Date`` in a type."""
        return self.on and any(self._is_decoded(each) for each in values_in(type_))

    def _is_decoded(self, type_: ir.Type) -> bool:
        match type_:
            case ir.Ref(name):
                return name in self.types
            case ir.String(format=DateTime(zone=zone)):
                return zone is not Zone.NAIVE or self.utc
            case _:
                return False

    def refuse_in_checks(self, type_: ir.Checked) -> None:
        """
        Keywords of JSON Schema look at JSON, and a value that they were asked about stays as it came.

        Raises:
            InexpressibleError: there is a ``Date`` in the type.

        """
        if self.decodes(type_.type):
            message = (
                "keywords of JSON Schema are checked of it, so a datetime in it can't be a Date"
            )
            raise InexpressibleError(
                "date-checked", message, 'leave the keywords out, or dates = "string"'
            )

    def loses_dates(self, union: ir.Union, definitions: Mapping[str, ir.Definition]) -> bool:
        """Whether a ``Date`` of one member may be taken for an object of another one."""
        if not self.decodes(union):
            return False
        inner = (each for member in union.members for each in _all_in(member, definitions))
        return any(isinstance(each, ir.Object) for each in inner)

    def refuse_mixed(self, union: ir.Union, definitions: Mapping[str, ir.Definition]) -> None:
        """
        Whoever encodes a ``Date`` in a union has to know in which way it is written.

        Raises:
            InexpressibleError: members without a tag write it in different ways.

        """
        if union.tag is not None or not self.utc or not self.decodes(union):
            return
        by_member = [zones for each in union.members if (zones := _zones(each, definitions))]
        if len(by_member) > 1 and len(set().union(*by_member)) > 1:
            message = "some members of the union have datetimes with a UTC offset and others without, which one Date can't tell"
            raise InexpressibleError(
                "date-union", message, "give the members a tag, or the datetimes one type"
            )


UNDECODED: Final = Decoding()
"""Every text stays one."""


def decoding(definitions: Mapping[str, ir.Definition], *, on: bool, utc: bool) -> Decoding:
    if not on:
        return UNDECODED
    texts = Decoding(on, utc)
    users: dict[str, list[str]] = {name: [] for name in definitions}
    for name, definition in definitions.items():
        for each in values_in(definition.type):
            if isinstance(each, ir.Ref):
                users[each.name].append(name)
    own = (name for name, definition in definitions.items() if texts.decodes(definition.type))
    return Decoding(on, utc, frozenset(reachable(own, users)))


def _zones(type_: ir.Type, definitions: Mapping[str, ir.Definition]) -> set[Zone]:
    """Those of all datetimes in a type, at any depth."""
    return {
        each.format.zone
        for each in _all_in(type_, definitions)
        if isinstance(each, ir.String) and isinstance(each.format, DateTime)
    }


def _all_in(type_: ir.Type, definitions: Mapping[str, ir.Definition]) -> Iterator[ir.Type]:
    """The type and all types in it but those of keys, at any depth, those that it refers to as well."""
    pending, seen = [type_], set[str]()
    while pending:
        for each in values_in(pending.pop()):
            yield each
            if isinstance(each, ir.Ref) and each.name not in seen:
                seen.add(each.name)
                pending.append(definitions[each.name].type)


def value_types(
    key: str, names: Mapping[str, str], decoding: Decoding
) -> tuple[Reference, Reference]:
    """The type of a definition's values, ``t.Name``, and that of their JSON, the same or ``w.NameWire``."""
    value = Reference(Code(f"t.{identifier(names[key])}"))
    return value, Reference(Code(f"w.{wire_name(names[key])}")) if key in decoding.types else value


def wire_name(name: str) -> Code:
    """What the JSON of a type is called in ``wire.ts``."""
    return identifier(f"{name}Wire")


def values_in(type_: ir.Type) -> Iterator[ir.Type]:
    """The type and all types in it but those of keys."""
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case ir.Record(value=value):
                waiting.append(value)
            case ir.Checked(inner):
                waiting.append(inner)
            case _:
                waiting += children(one)
