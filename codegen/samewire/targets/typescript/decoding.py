"""
Which values are decoded in TypeScript, where the contract says so: an instant to a ``Date``, a set to a ``Set``.

What has no such form stays as it is, and so do the keys of records. A type that has a decoded value somewhere inside is *decoded*:
its schema decodes and encodes, and beside its type in ``types.ts`` there is the type of its JSON in ``wire.ts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from samewire import ir, scalars
from samewire.graph import reachable
from samewire.scalars.base import UnrepresentableError
from samewire.scalars.decoded import SET, Choices, Form
from samewire.targets.typescript.annotations import Reference
from samewire.targets.typescript.syntax import Code, InexpressibleError, identifier
from samewire.walk import children

_CODECS: Final = "only zod 4.1 or newer has them, as the target of a contract without valibot: give these types one of their own"


@dataclass(frozen=True, slots=True)
class Decoding:
    """
    ``choices`` say which values are decoded of which the contract says nothing; without them none are at all. ``types`` are the
    keys of the decoded definitions. ``codecs``: whether any can be.
    """

    choices: Choices | None = None
    types: frozenset[str] = frozenset()
    codecs: bool = True

    def form(self, type_: ir.String | ir.Array) -> Form | None:
        """
        What the values of a type are decoded to; ``None`` for what stays as it is.

        Raises:
            InexpressibleError: not every value can be.

        """
        if self.choices is None:
            return None
        choices = self.choices if type_.decode is None else self.choices.said(type_.decode)
        if choices and not self.codecs:
            message = f'samewire.Decode("{type_.decode}") asks for a schema that decodes'
            raise InexpressibleError("no-codecs", message, _CODECS)
        if isinstance(type_, ir.Array):
            return SET if type_.is_set and choices.sets else None
        try:
            return scalars.decoded(type_.format, type_.holds, type_.patterns, choices)
        except UnrepresentableError as error:
            raise InexpressibleError(error.code, error.message, error.hint) from error

    def decodes(self, type_: ir.Type) -> bool:
        """Whether anything in a type is decoded."""
        return self.choices is not None and any(map(self._is_decoded, values_in(type_)))

    def _is_decoded(self, type_: ir.Type) -> bool:
        match type_:
            case ir.Ref(name):
                return name in self.types
            case ir.String() | ir.Array():
                try:
                    return self.form(type_) is not None
                except InexpressibleError:
                    return True
            case _:
                return False

    def _possible(self, type_: ir.String) -> Form | None:
        """What the values of a type are decoded to, if each can be."""
        try:
            return self.form(type_)
        except InexpressibleError:
            return None

    def modules(self, definitions: Iterable[ir.Definition]) -> dict[str, str]:
        """What is imported by the types that values are decoded to, and the modules that export it."""
        if self.choices is None:
            return {}
        types = (each for definition in definitions for each in values_in(definition.type))
        return {
            form.root: form.module
            for each in types
            if isinstance(each, ir.String) and (form := self._possible(each)) and form.module
        }

    def refuse_in_checks(self, type_: ir.Checked) -> None:
        """
        Keywords of JSON Schema look at JSON, and a value that they were asked about stays as it came.

        Raises:
            InexpressibleError: something in the type is decoded.

        """
        if self.decodes(type_.type):
            message = "keywords of JSON Schema are checked of it, so nothing in it can be decoded"
            raise InexpressibleError(
                "date-checked", message, "leave the keywords out, or decode no such values"
            )

    def may_lose(self, union: ir.Union, definitions: Mapping[str, ir.Definition]) -> bool:
        """Whether a decoded value of one member may be taken for an object of another one."""
        if not self.decodes(union):
            return False
        inner = (each for member in union.members for each in _all_in(member, definitions))
        return any(isinstance(each, ir.Object) for each in inner)

    def refuse_mixed(self, union: ir.Union, definitions: Mapping[str, ir.Definition]) -> None:
        """
        Whoever encodes a value in a union has to know in which way it is written.

        Raises:
            InexpressibleError: members without a tag write it in different ways.

        """
        if union.tag is not None or not self.decodes(union):
            return
        codecs: dict[str, list[set[str]]] = {}
        for member in union.members:
            for type_, own in self._codecs(member, definitions).items():
                codecs.setdefault(type_, []).append(own)
        for type_, by_member in codecs.items():
            if len(by_member) > 1 and len(set().union(*by_member)) > 1:
                message = f"some members of the union write a {type_} in one way and others in another, which the value can't tell"
                raise InexpressibleError(
                    "date-union", message, "give the members a tag, or these values one type"
                )

    def _codecs(
        self, type_: ir.Type, definitions: Mapping[str, ir.Definition]
    ) -> dict[str, set[str]]:
        """The codecs of all texts in a type, at any depth, by what they decode to."""
        codecs: dict[str, set[str]] = {}
        for each in _all_in(type_, definitions):
            form = self.form(each) if isinstance(each, ir.String) else None
            if form is not None:
                codecs.setdefault(form.type, set()).add(form.codec)
        return codecs


UNDECODED: Final = Decoding()
"""Everything stays as it is in JSON."""


def is_said(definitions: Iterable[ir.Definition]) -> bool:
    """Whether any type says itself what it is decoded to."""
    types = (each for definition in definitions for each in values_in(definition.type))
    return any(isinstance(each, ir.String | ir.Array) and each.decode for each in types)


def decoding(
    definitions: Mapping[str, ir.Definition], choices: Choices, *, codecs: bool = True
) -> Decoding:
    if not choices and not is_said(definitions.values()):
        return UNDECODED
    values = Decoding(choices, codecs=codecs)
    users: dict[str, list[str]] = {name: [] for name in definitions}
    for name, definition in definitions.items():
        for each in values_in(definition.type):
            if isinstance(each, ir.Ref):
                users[each.name].append(name)
    own = (name for name, definition in definitions.items() if values.decodes(definition.type))
    return replace(values, types=frozenset(reachable(own, users)))


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
