"""Keys of dictionaries: the strings they may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.lower.strings import regex
from samewire.schema.pointers import Pointer, find

_CAPTURE: Final = re.compile(r"\\[1-9]|\(\?<[^=!]")
_SYNTAX: Final = re.compile(r"[\^$\\.*+?()\[\]{}|/]")


def key_type(
    schemas: Sequence[Site], pointer: Pointer, scope: Scope
) -> tuple[ir.Type, ir.Type | None]:
    """
    The type of a key for which all schemas hold, and which is a string whether they say so or not; and what is to be checked
    of it where a dictionary's key can't be of that type.
    """
    if not schemas:
        return ir.String(), None
    at = schemas[0].pointer
    key = scope.type_of(Site({"type": "string"}, pointer), *schemas)
    match key:
        case ir.String() | ir.Literal() | ir.Never():
            return key, None
        case ir.Ref(name) if at not in scope.checked:
            scope.keys.append((at, name))
            return key, None
        case ir.Union(members) if (either := _either(members, at, scope)) is not None:
            return either, None
        case _:
            return ir.String(), key


def matching(pattern: str, pointer: Pointer) -> Site:
    """The schema of the strings that a pattern matches, as a key of ``patternProperties``."""
    return Site({"type": "string", "pattern": pattern}, pointer)


def _either(members: Sequence[ir.Type], pointer: Pointer, scope: Scope) -> ir.String | None:
    """The strings of all members as the strings of one pattern, where each has at most that."""
    if ir.String() in members:
        return ir.String()
    sources = [_source(_written_out(member, scope)) for member in members]
    known = [source for source in sources if source is not None]
    if len(known) < len(sources):
        return None
    pattern = regex("|".join(known), pointer, scope)
    return None if pattern is None else ir.String(patterns=(pattern,))


def _written_out(member: ir.Type, scope: Scope) -> ir.Type:
    """What a member that is a reference refers to, as far as it is a string."""
    if not isinstance(member, ir.Ref):
        return member
    pointer = next(pointer for pointer, name in scope.names.items() if name == member.name)
    with scope.copy():
        return scope.type_of(
            Site({"type": "string"}, pointer), Site(find(scope.document, pointer), pointer)
        )


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
