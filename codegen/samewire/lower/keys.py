"""Keys of dictionaries: the strings they may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.lower.strings import regex
from samewire.schema.pointers import Pointer, find

_CAPTURE: Final = re.compile(r"\\[1-9]|\(\?<[^=!]")
_SYNTAX: Final = re.compile(r"[\^$\\.*+?()\[\]{}|/]")


def key_type(key: ir.Type, at: Pointer, scope: Scope) -> tuple[ir.Type, ir.Type | None]:
    """
    ``key``, a type of strings that a schema at ``at`` has for keys, as the type of a dictionary's key; and what is checked of the
    key where a dictionary's key can't be of that type.
    """
    match key:
        case ir.String() | ir.Literal() | ir.Never():
            return key, None
        case ir.Ref(name) if at not in scope.checked:
            scope.keys.append((at, name))
            return key, None
        case ir.Union(members) if (pattern := _one_pattern(members, at, scope)) is not None:
            return pattern, None
        case _:
            return ir.String(), key


def check_keys(types: Mapping[str, ir.Type], scope: Scope) -> None:
    """References that are keys and turn out to be no strings go to ``scope.failed``."""
    scope.failed.update(at for at, name in scope.keys if not _is_string(ir.Ref(name), types))


def _is_string(type_: ir.Type, types: Mapping[str, ir.Type]) -> bool:
    while isinstance(type_, ir.Ref):
        type_ = types[type_.name]
    match type_:
        case ir.Literal(values):
            return all(isinstance(value, str) for value in values)
        case ir.EnumType(members):
            return all(isinstance(member.value, str) for member in members)
        case _:
            return isinstance(type_, ir.String)


def _one_pattern(members: Sequence[ir.Type], at: Pointer, scope: Scope) -> ir.String | None:
    """The strings of all members as those of one pattern, where a pattern can say all of them."""
    if ir.String() in members:
        return ir.String()
    sources = [_source(_resolved(member, scope)) for member in members]
    known = [source for source in sources if source is not None]
    if len(known) < len(sources):
        return None
    pattern = regex("|".join(known), at, scope)
    return None if pattern is None else ir.String(patterns=(pattern,))


def _resolved(member: ir.Type, scope: Scope) -> ir.Type:
    if not isinstance(member, ir.Ref):
        return member
    pointer = scope.pointers[member.name]
    return scope.type_of(Site(find(scope.document, pointer), pointer))


def _source(member: ir.Type) -> str | None:
    match member:
        case ir.Literal(values):
            return f"^(?:{'|'.join(_SYNTAX.sub(_escape, str(value)) for value in values)})$"
        case ir.String(None, None, (ir.Regex(source, "u"),), None, None, None) if (
            not _CAPTURE.search(source)
        ):
            return f"(?:{source})"
        case _:
            return None


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
