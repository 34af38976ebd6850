"""Enumerations: literals with names for their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samewire import ir
from samewire.lower.literals import literal_key
from samewire.lower.scope import Scope, Site, shown, whole
from samewire.walk import is_unlisted

NAMES = "x-enum-varnames"
DESCRIPTIONS = "x-enum-descriptions"


def enum_type(site: Site, type_: ir.Type, scope: Scope) -> ir.Type:
    """
    The enumeration that a definition is, given the type it has; that type itself if it has no names, or values that are null
    or no scalars.

    A member without a name (null, or an empty one) is called by the text of its value. An open enumeration is one beside what is
    not listed.
    """
    if isinstance(type_, ir.Union) and any(map(is_unlisted, type_.members)):
        first, *others = type_.members
        listed = enum_type(scope.schemas(site, "anyOf")[0], first, scope)
        return ir.Union((listed, *others)) if isinstance(listed, ir.EnumType) else type_
    if not site.has(NAMES) or not site.has("enum") or not isinstance(type_, ir.Literal):
        return type_
    values: list[Any] = site.schema["enum"]
    names = _texts(site, NAMES, len(values), scope)
    descriptions = (
        _texts(site, DESCRIPTIONS, len(values), scope)
        if site.has(DESCRIPTIONS)
        else [None] * len(values)
    )
    if names is None or descriptions is None:
        return type_
    kept = {literal_key(value) for value in type_.values}
    members: dict[object, ir.EnumMember] = {}
    for value, name, description in zip(values, names, descriptions, strict=True):
        key = literal_key(value)
        if key in kept and key not in members:
            plain = whole(value) if isinstance(value, float) else value
            members[key] = ir.EnumMember(name or _text(plain), plain, description or None)
    _refuse_repeated([member.name for member in members.values()], site, scope)
    return ir.EnumType(tuple(members.values()))


def _texts(site: Site, keyword: str, length: int, scope: Scope) -> Sequence[str | None] | None:
    texts = site.schema[keyword]
    if not isinstance(texts, list) or not all(
        each is None or isinstance(each, str) for each in texts
    ):
        scope.invalid(site, keyword, "a list of strings and null")
        return None
    if len(texts) != length:
        message = f"{keyword} has {len(texts)} entries for {length} values"
        scope.refuse(
            "invalid-keyword",
            site.at(keyword),
            message,
            "write one for each value of enum, in the same order",
        )
        return None
    return texts


def _refuse_repeated(names: Sequence[str], site: Site, scope: Scope) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            scope.refuse(
                "invalid-keyword",
                site.at(NAMES),
                f"two values have the name {shown(name)}",
                "give each its own name",
            )


def _text(value: str | float | bool) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
