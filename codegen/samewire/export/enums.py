"""Enumerations and literals, with the names and descriptions of their members."""

from __future__ import annotations

import ast
import enum as python_enum
import inspect
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any, Literal, cast

from pydantic_core import PydanticSerializationError, SchemaValidator, to_json

from samewire.coreschema import CoreSchema
from samewire.coreschema.versions import supported
from samewire.export import flags
from samewire.export.context import Context
from samewire.export.docstrings import clean
from samewire.scalars.view import JsonSchema, View

NEVER: JsonSchema = {"not": {}}
UNKNOWN_TEXT, UNKNOWN_NUMBER = "samewire: of no member", 1_723_045_911

_BESIDE = ("ref", "serialization", "metadata")
_SETTINGS = ("ser_json_bytes", "ser_json_timedelta", "ser_json_temporal", "ser_json_inf_nan")


def literal(context: Context, schema: CoreSchema) -> JsonSchema:
    """``Literal[...]``; a member of an enumeration stands for its value."""
    if (refused := _by_the_root(context, schema)) is not None:
        return refused
    values = [wire for _, wire in _on_the_wire(schema, schema["expected"], context.view)]
    distinct = list({(type(v), repr(v)): v for v in values}.values())
    if not distinct:
        return NEVER
    result: JsonSchema = {"const": distinct[0]} if len(distinct) == 1 else {"enum": distinct}
    return {**_json_type(distinct), **result}


def enum(context: Context, schema: CoreSchema) -> JsonSchema:
    """
    A Python enumeration. Member names travel as ``x-enum-varnames``, the attribute docstrings below them as
    ``x-enum-descriptions`` (both as OpenAPI generators spell them).
    """
    cls: type[python_enum.Enum] = schema["cls"]
    if flags.too_many(cls):
        return context.refuse(
            "no-json-form",
            "flags with gaps between their bits, and more combinations than a schema can list",
            "number the members without a gap, or use a list of an enumeration",
        )
    if context.emits and context.dump.by_django and not issubclass(cls, str | int | float):
        return context.refuse(
            "no-json-form",
            f"Django's JSON encoder writes str() of a member, {str(next(iter(cls)))!r}, and not its value",
            f"derive it from str or int as well: class {cls.__name__}(str, Enum)",
        )
    if (refused := _by_the_root(context, schema)) is not None:
        return refused
    if issubclass(cls, python_enum.Flag):
        return flags.document(cls)
    members: dict[str, tuple[str, object]] = {}  # two members may be one value on the wire
    for member, wire in _on_the_wire(schema, schema["members"], context.view):
        members.setdefault(f"{type(wire)} {wire!r}", (member.name, wire))
    names = [name for name, _ in members.values()]
    values = [wire for _, wire in members.values()]
    result: JsonSchema = {}
    if doc := _docstring(cls):
        result["description"] = doc
    if not values:
        return {**result, **NEVER}
    result |= {**_json_type(values), "enum": values}
    if (beyond := _beyond(schema, values)) is not None:
        return {"anyOf": [result, beyond]}
    if any(isinstance(value, (list, dict)) for value in values):
        return result  # names are for scalars: what is left is a union of fixed shapes
    result["x-enum-varnames"] = names
    described = _member_docs(cls)
    if described:
        result["x-enum-descriptions"] = [described.get(name) for name in names]
    return result


def _on_the_wire(
    schema: CoreSchema, members: Iterable[Any], view: View
) -> Iterator[tuple[Any, object]]:
    """
    Each value with its JSON form, under the configuration that holds. From JSON, Pydantic finds not every value again: a date
    or a tuple never, so what is accepted is what it does find.
    """
    config = _configs(schema, view)[0]
    texts = [(member, _text(member, config)) for member in members]
    plain = all(type(member) in (str, int, bool, type(None)) for member, _ in texts)
    if not view.emits and not plain:
        validator = _validator(schema)
        texts = [(member, text) for member, text in texts if _is_found(validator, text, member)]
    for member, text in texts:
        yield member, json.loads(text)


def distinct(configs: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The configurations, of those that write all values alike only one."""
    known: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for config in configs:
        known.setdefault(tuple(config.get(key) for key in _SETTINGS), config)
    return tuple(known.values())


def _by_the_root(context: Context, schema: CoreSchema) -> JsonSchema | None:
    """A refusal, if a value has no JSON form, or one by the configuration of the root that it is dumped with."""
    members = schema.get("members", schema.get("expected", ()))
    configs = _configs(schema, context.view)
    try:
        varies = any(len({_text(one, config) for config in configs}) > 1 for one in members)
    except PydanticSerializationError as error:
        return context.no_form(f"a value of it ({error})")
    if not context.emits or not varies:
        return None
    return context.refuse(
        "no-json-form",
        "the roots of this contract have configurations that write one of these values differently",
        "Pydantic uses the configuration of the dumped class: give all roots the same "
        "ser_json settings",
    )


def _configs(schema: CoreSchema, view: View) -> Sequence[Mapping[str, Any]]:
    return (view.config,) if schema.get("sub_type") == "float" else view.inferred or ({},)


def _text(value: object, config: Mapping[str, Any]) -> bytes:
    value = value.value if isinstance(value, python_enum.Enum) else value
    if type(value) is str:
        return to_json(value)  # whatever the configuration
    return to_json(
        value,
        bytes_mode=config.get("ser_json_bytes", "utf8"),
        timedelta_mode=config.get("ser_json_timedelta", "iso8601"),
        inf_nan_mode="strings" if config.get("ser_json_inf_nan") == "strings" else "null",
        **supported(to_json, temporal_mode=_temporal_mode(config)),
    )


def _temporal_mode(config: Mapping[str, Any]) -> Literal["iso8601", "seconds", "milliseconds"]:
    match config.get("ser_json_temporal"):
        case "seconds":
            return "seconds"
        case "milliseconds":
            return "milliseconds"
        case _:
            return "iso8601"


def _validator(schema: CoreSchema) -> SchemaValidator:
    """Of an enumeration or literal by itself."""
    return SchemaValidator(cast("Any", {key: schema[key] for key in schema if key not in _BESIDE}))


def _is_found(validator: SchemaValidator, text: bytes, member: object) -> bool:
    try:
        return bool(validator.validate_json(text) == member)
    except ValueError:
        return False


def _beyond(schema: CoreSchema, values: Sequence[object]) -> JsonSchema | None:
    """
    The type of which an enumeration takes and writes any value, since its ``_missing_`` makes a member of what is not known yet.
    """
    for type_, unknown in ((str, UNKNOWN_TEXT), (int, UNKNOWN_NUMBER)):
        if all(type(value) is type_ for value in values) and unknown not in values:
            try:
                made = _validator(schema).validate_python(unknown)
            except Exception:  # noqa: BLE001  # the user's code may raise anything
                return None
            if isinstance(made, schema["cls"]) and made.value == unknown:
                return _json_type([unknown])
    return None


def _docstring(cls: type[python_enum.Enum]) -> str | None:
    doc = cls.__doc__
    # Python 3.11 and 3.12 give every enumeration without a docstring one of these.
    if doc is None or doc in (
        "An enumeration.",
        "Enum where members are also (and must be) strings",
    ):
        return None
    if any(doc is base.__doc__ for base in cls.__mro__[1:]):
        return None
    return clean(doc)


def _member_docs(cls: type[python_enum.Enum]) -> Mapping[str, str]:
    """String literals that stand below a member's assignment, as Sphinx and Pydantic (``use_attribute_docstrings``) read them."""
    module = sys.modules.get(cls.__module__)
    return {} if module is None else _docs_of_module(module).get(cls.__qualname__, {})


@cache
def _docs_of_module(module: ModuleType) -> Mapping[str, Mapping[str, str]]:
    """The attribute docstrings of all classes of a module, by qualified name. ``inspect.getsource`` would parse it for each."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return {}
    docs: dict[str, Mapping[str, str]] = {}
    pending: list[tuple[str, ast.AST]] = [("", tree)]
    while pending:
        prefix, node = pending.pop()
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.ClassDef(name=inner):
                    docs[f"{prefix}{inner}"] = _attribute_docs(child)
                    pending.append((f"{prefix}{inner}.", child))
                case ast.FunctionDef(name=inner) | ast.AsyncFunctionDef(name=inner):
                    pending.append((f"{prefix}{inner}.<locals>.", child))
                case ast.If() | ast.Try() | ast.With() | ast.ExceptHandler():
                    pending.append((prefix, child))
    return docs


def _attribute_docs(cls: ast.ClassDef) -> Mapping[str, str]:
    docs: dict[str, str] = {}
    for before, after in itertools.pairwise(cls.body):
        match before, after:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                docs[name] = clean(text)
    return docs


def _json_type(values: Sequence[object]) -> JsonSchema:
    types = {type(value) for value in values}
    for python_type, name in (
        (str, "string"),
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
    ):
        if types == {python_type}:
            return {"type": name}
    return {}
