"""Lowers one schema, for tables of given and want; and says what the parts of an IR promise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest
from samewire import ir
from samewire.errors import SchemaError
from samewire.jsonschema import lower
from samewire.lower.unions import identity
from samewire.targets.typescript.syntax import regex
from samewire.walk import named_in

STRING = {"type": "string"}
INTEGER = {"type": "integer"}
NULL = {"type": "null"}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def tagged(key: str, *values: object, **more: Any) -> dict[str, Any]:
    """An object that requires ``key`` with one of the values."""
    return {
        "type": "object",
        "properties": {key: {"enum": list(values)}, **more},
        "required": [key],
    }


def contract(defs: Mapping[str, Any], **root: Any) -> ir.Contract:
    return lower({"$defs": dict(defs), **root}, where="test.json")


def types(defs: Mapping[str, Any], **root: Any) -> dict[str, ir.Type]:
    return {each.name: each.type for each in contract(defs, **root).definitions}


def type_of(schema: Any, **defs: Any) -> ir.Type:
    """What the definition ``A`` is."""
    return types({"A": schema, **defs})["A"]


def refused(schema: Any, **defs: Any) -> list[tuple[str, str]]:
    """The code and the pointer of everything that is wrong, the definition ``A`` being ``.``."""
    return problems({"$defs": {"A": schema, **defs}})


def problems(document: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(SchemaError) as caught:
        lower(document, where="test.json")
    for each in caught.value.diagnostics:
        assert each.where.startswith("test.json#")
        assert each.message
    found = [(each.code, each.where.removeprefix("test.json")) for each in caught.value.diagnostics]
    return [(code, where.replace("#/$defs/A", ".", 1)) for code, where in found]


def hints(schema: Any, **defs: Any) -> str:
    with pytest.raises(SchemaError) as caught:
        type_of(schema, **defs)
    return str(caught.value)


# --- Promises ---------------------------------------------------------------------------------------------------------


def check_contract(lowered: ir.Contract) -> None:
    """Everything that ``ir`` says of itself."""
    names = [each.name for each in lowered.definitions]
    assert names == sorted(set(names))
    assert set(lowered.emits) | set(lowered.accepts) <= set(names)
    known = {each.name: each.type for each in lowered.definitions}
    for each in lowered.definitions:
        assert each.pointer.startswith("#")
        check_type(each.type, known, top=True)


def check_type(type_: ir.Type, types: Mapping[str, ir.Type], *, top: bool = False) -> None:
    match type_:
        case ir.Literal(values):
            assert values
            assert len({(isinstance(value, bool), value) for value in values}) == len(values)
            assert None not in values
            assert not any(isinstance(value, float) and value.is_integer() for value in values)
        case ir.Integer(ge, gt, le, lt, multiple):
            assert all(limit is None or type(limit) is int for limit in (ge, gt, le, lt, multiple))
            _check_limits(ge, gt, le, lt)
            assert multiple is None or multiple > 0
        case ir.Number(ge, gt, le, lt, multiple):
            assert all(
                limit is None or math.isfinite(limit) for limit in (ge, gt, le, lt, multiple)
            )
            _check_limits(ge, gt, le, lt)
            assert multiple is None or multiple > 0
        case ir.String(low, high, patterns):
            assert low is None or high is None or low <= high
            for pattern in patterns:
                assert regex(pattern)
        case ir.Array(items, low, high):
            assert low is None or high is None or low <= high
            check_type(items, types)
        case ir.Tuple(prefix, rest, low, high):
            assert (
                (low <= len(prefix) and high is None)
                if rest is None
                else (high is None or high > len(prefix))
            )
            assert rest is None or prefix
            assert high is None or low <= high
            for each in (*prefix, *((rest,) if rest else ())):
                assert each != ir.Never()
                check_type(each, types)
        case ir.Record(key, value, low, high):
            assert low is None or high is None or low <= high
            _check_key(key, types)
            check_type(value, types)
        case ir.Object(properties, extra):
            assert len({each.key for each in properties}) == len(properties)
            for each in properties:
                assert isinstance(each.required, bool)
                check_type(each.type, types)
            if isinstance(extra, ir.Keep):
                assert extra.value != ir.Never()
                check_type(extra.value, types)
        case ir.Union(members, tag):
            assert len(members) > 1
            assert len({identity(member) for member in members}) == len(members)
            for member in members:
                assert not isinstance(
                    member, ir.Nullable | ir.Null | ir.Never | ir.Unknown | ir.JsonValue
                )
                assert not (
                    isinstance(member, ir.Union) and (member.tag is None or tag is not None)
                )
                check_type(member, types)
            if tag is not None:
                tag_values(type_, tag, types)
        case ir.Nullable(inner):
            assert not isinstance(
                inner, ir.Nullable | ir.Null | ir.Never | ir.Unknown | ir.JsonValue
            )
            check_type(inner, types)
        case ir.Checked(inner, checks):
            assert checks
            assert not isinstance(inner, ir.Checked | ir.Never)
            check_type(inner, types)
            for check in checks:
                for each in named_in(check):
                    check_type(each, types)
        case ir.EnumType(members):
            assert top
            assert members
            assert len({each.name for each in members}) == len(members)
            assert all(each.name and each.value is not None for each in members)
        case ir.Ref(name):
            assert name in types


def _check_limits(ge: float | None, gt: float | None, le: float | None, lt: float | None) -> None:
    assert ge is None or gt is None
    assert le is None or lt is None


def _check_key(key: ir.Type, types: Mapping[str, ir.Type]) -> None:
    check_type(key, types, top=True)
    while isinstance(key, ir.Ref):
        key = types[key.name]
    match key:
        case ir.Literal(values):
            assert all(isinstance(value, str) for value in values)
        case ir.EnumType(members):
            assert all(isinstance(member.value, str) for member in members)
        case _:
            assert isinstance(key, ir.String)


def tag_values(member: ir.Type, tag: str, types: Mapping[str, ir.Type]) -> set[tuple[bool, object]]:
    """The values that a member has for the tag, given that it promises to have some."""
    while isinstance(member, ir.Ref):
        member = types[member.name]
    if isinstance(member, ir.Union):
        assert member.tag is not None
        seen: set[tuple[bool, object]] = set()
        for each in member.members:
            values = tag_values(each, tag, types)
            assert member.tag != tag or seen.isdisjoint(values)
            seen |= values
        return seen
    if isinstance(member, ir.Checked):
        member = member.type
    assert isinstance(member, ir.Object)
    (found,) = [each for each in member.properties if each.key == tag]
    assert found.required
    type_ = found.type
    while isinstance(type_, ir.Ref):
        type_ = types[type_.name]
    match type_:
        case ir.Literal(literals):
            return {(isinstance(value, bool), value) for value in literals}
        case ir.EnumType(members):
            return {(isinstance(each.value, bool), each.value) for each in members}
    raise AssertionError(f"the tag {tag} is no literal but {type_}")
