"""The classes against ``protocol.json``: the same chunks and parts, the same fields, required or not, of the same types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from samewire import ui_stream
from samewire.absent import ExcludeIf
from samewire.ui_stream import (
    DataChunk,
    DataUIPart,
    DynamicToolInputStreamingUIPart,
    DynamicToolUIPart,
    StandardChunk,
    StandardUIPart,
    TextUIPart,
    ToolInputStreamingUIPart,
    ToolUIPart,
    UIMessageChunk,
    UIMessagePart,
)
from samewire.ui_stream.tool_parts import NamedDynamicToolUIPart, NamedToolUIPart
from typing_extensions import TypeAliasType

PROTOCOL = json.loads(Path(__file__).with_name("protocol.json").read_text(encoding="utf-8"))


def members(alias: Any) -> tuple[Any, ...]:
    value = getattr(alias, "__value__", alias)
    return get_args(get_args(value)[0] if get_origin(value) is Annotated else value)


def alias_of_states(union: Any) -> TypeAliasType:
    """The alias in the protocol's unions of a union of states."""
    aliases = (NamedToolUIPart, NamedDynamicToolUIPart)
    return next(alias for alias in aliases if members(alias) == members(union))


def default(cls: type[BaseModel], name: str) -> str:
    return str(cls.model_fields[name].default)


CHUNKS = {default(cls, "type"): cls for cls in members(StandardChunk)} | {"data-*": DataChunk}
PARTS = (
    {default(cls, "type"): cls for cls in members(StandardUIPart)[:-1]}
    | {"data-*": DataUIPart}
    | {f"tool-* [{default(cls, 'state')}]": cls for cls in members(ToolUIPart)}
    | {f"dynamic-tool [{default(cls, 'state')}]": cls for cls in members(DynamicToolUIPart)}
)


def described(type_: Any) -> Any:
    """A field's type in the words of the table."""
    if hasattr(type_, "__value__"):
        value = type_.__value__
        value = get_args(value)[0] if get_origin(value) is Annotated else value
        return described(value) if get_origin(value) is Literal else type_.__name__
    origin = get_origin(type_)
    if origin is Annotated:
        return described(get_args(type_)[0])
    if origin is Literal:
        return list(get_args(type_))
    if origin in (Union, UnionType):
        names = [described(one) for one in get_args(type_) if one is not NoneType]
        return names[0] if len(names) == 1 else " | ".join(names)
    if origin is list:
        item = described(get_args(type_)[0])
        return f"({item})[]" if " | " in item else f"{item}[]"
    if origin is dict:
        return "Record<{}, {}>".format(*map(described, get_args(type_)))
    words = {str: "string", bool: "boolean", int: "integer", Any: "unknown"}
    return words.get(type_) or type_.__name__


def row(field: FieldInfo) -> dict[str, Any]:
    return {"required": field.is_required(), "type": described(field.annotation)}


def rows(cls: type[BaseModel], *without: str) -> dict[str, dict[str, Any]]:
    fields = {name: field for name, field in cls.model_fields.items() if name not in without}
    return {str(field.alias): row(field) for field in fields.values()}


def plain(fields: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {key: field[key] for key in ("required", "type")} for name, field in fields.items()
    }


def test_all_thirty_chunks_are_there() -> None:
    assert sorted(CHUNKS) == sorted(PROTOCOL["chunks"])
    assert len(CHUNKS) == 30
    assert members(UIMessageChunk)[1].__origin__ is DataChunk


@pytest.mark.parametrize("tag", PROTOCOL["chunks"])
def test_a_chunk_has_the_protocols_fields(tag: str) -> None:
    assert rows(CHUNKS[tag], "type") == plain(PROTOCOL["chunks"][tag]["fields"])


def test_all_parts_are_there() -> None:
    assert sorted(PARTS) == sorted(PROTOCOL["parts"])
    assert [one.__origin__ for one in members(UIMessagePart)] == [
        StandardUIPart,
        alias_of_states(ToolUIPart),
        DataUIPart,
    ]
    assert members(StandardUIPart)[-1] is alias_of_states(DynamicToolUIPart)


def test_calls_are_told_from_other_parts() -> None:
    calls: dict[str, ToolInputStreamingUIPart | DynamicToolInputStreamingUIPart] = {
        "static": ToolInputStreamingUIPart(type="tool-find_all", tool_call_id="c"),
        "dynamic": DynamicToolInputStreamingUIPart(tool_name="find_all", tool_call_id="c"),
    }
    for kind, part in calls.items():
        assert isinstance(part, ToolUIPart) == (kind == "static")
        assert isinstance(part, DynamicToolUIPart) == (kind == "dynamic")
        assert isinstance(part, ToolUIPart | DynamicToolUIPart)
        assert part.tool_name == "find_all"
    assert b"toolName" not in calls["static"].to_json()
    assert not isinstance(TextUIPart(text=""), ToolUIPart | DynamicToolUIPart)


@pytest.mark.parametrize("tag", PROTOCOL["parts"])
def test_a_part_has_the_protocols_fields(tag: str) -> None:
    assert rows(PARTS[tag], "type", *["state"] * ("[" in tag)) == plain(PROTOCOL["parts"][tag])


@pytest.mark.parametrize("name", PROTOCOL["objects"])
def test_an_object_inside_has_the_protocols_fields(name: str) -> None:
    assert rows(getattr(ui_stream, name), "source_type") == plain(PROTOCOL["objects"][name])


@pytest.mark.parametrize("cls", [*CHUNKS.values(), *PARTS.values()], ids=lambda cls: cls.__name__)
def test_an_optional_field_says_how_it_is_left_out(cls: type[BaseModel]) -> None:
    """A typed one is left out when it is ``None``, one of unknown type when it is ``MISSING``."""
    for name, field in cls.model_fields.items():
        if field.is_required() or name in ("type", "state"):
            continue
        absent = ui_stream.MISSING if field.annotation is Any else None
        assert field.default is absent
        leaves_out = _predicate(field)
        assert leaves_out(absent)
        assert not any(leaves_out(one) for one in ("", 0, False, [], {}))
        assert leaves_out(None) is (absent is None)


def _predicate(field: FieldInfo) -> Callable[[object], bool]:
    """``exclude_if``, or before Pydantic 2.12, which has none, what stands for it."""
    [mark] = [each for each in field.metadata if isinstance(each, ExcludeIf)] or [None]
    predicate = getattr(field, "exclude_if", None) if mark is None else mark.predicate
    assert predicate is not None
    return predicate


def test_everything_public_is_named() -> None:
    assert {cls.__name__ for cls in [*CHUNKS.values(), *PARTS.values()]} <= set(ui_stream.__all__)
