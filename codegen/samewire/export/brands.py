"""
Brands: where a text or number is declared as a ``NewType``, of which Pydantic's core schemas know nothing.

So annotations are read beside the schemas that Pydantic makes of them, field by field. A place gets a brand where both say the
same: a value that a serializer or validator changes is no longer of the new type.
"""

from __future__ import annotations

import types
import typing
from collections import abc
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from pydantic import (
    BeforeValidator,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    WrapSerializer,
    WrapValidator,
)
from pydantic.errors import PydanticUserError
from pydantic_core import PydanticUndefined

from samewire.brand import BRAND, NEW_TYPE
from samewire.discover.members import ALIAS_TYPES
from samewire.export import type_hints
from samewire.export.context import Context
from samewire.export.definition_keys import REF, Key, key_of, root_ref
from samewire.export.forms import ACCEPTS
from samewire.export.naming import candidate
from samewire.scalars.view import JsonSchema

_SCALARS: Final = ("string", "integer", "number")
_OWN_TYPES: Final = {str: "string", int: "integer", float: "number"}
_UNIONS: Final = (typing.Union, types.UnionType)
_READERS: Final = (BeforeValidator, PlainValidator, WrapValidator)


def placed(context: Context, annotation: Any, schema: JsonSchema) -> JsonSchema:
    """The schema of an annotation, with brands where values are of a new type."""
    return _placed(context, annotation, schema) if context.new_types.chosen else schema


def of_root(context: Context, type_: object, source: str, schema: JsonSchema) -> JsonSchema:
    """The same for a root, which may be a new type itself."""
    made = placed(context, type_, schema)
    if not isinstance(type_, typing.NewType) or BRAND not in made:
        return made
    key = str(made[BRAND]).removeprefix(REF)
    if Key.parse(key).core_ref == root_ref(source):
        return context.new_types.bodies[key]
    return {"$ref": made[BRAND]}


def _key(context: Context, new: typing.NewType, type_: str) -> str | None:
    """The key of the definition of a new type whose values have a type in JSON; ``None`` where it is no brand."""
    source = f"{new.__module__}:{new.__name__}"
    if not context.new_types.has(source):
        return None
    form = context.forms.of(context.dump) if context.emits else ACCEPTS
    key = str(Key.of_root(form, source))
    if key not in context.new_types.bodies:
        body = _scalar(context, new)
        if body is None:
            return None
        named = candidate(root_ref(source), new.__module__, new.__name__)
        context.new_types.add(key, {**body, NEW_TYPE: True}, named)
    return key if context.new_types.bodies[key]["type"] == type_ else None


def _scalar(context: Context, new: typing.NewType) -> JsonSchema | None:
    """The schema of what a new type is made of, if that is one kind of text or number."""
    try:
        core = TypeAdapter(cast("Any", new.__supertype__)).core_schema
    except PydanticUserError:
        return None
    with context.inside_class(None, {}):
        made = _placed(context, new.__supertype__, context.generate_inner(core))
    match [part for part in _parts(made) if part.get("type") != "null"]:
        case [part] if part.get("type") in _SCALARS and not {"enum", "const"} & part.keys():
            return part
        case _:
            return None


def _placed(context: Context, annotation: Any, schema: JsonSchema) -> JsonSchema:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, typing.NewType):
        return _branded(context, annotation, schema)
    if _is_alias(annotation):
        return _alias(context, _meant(annotation), schema)
    if origin is typing.Annotated:
        changed = any(_changes(each, emits=context.emits) for each in arguments[1:])
        return schema if changed else _placed(context, arguments[0], schema)
    if origin in type_hints.QUALIFIERS:
        return _placed(context, arguments[0], schema)
    if origin in _UNIONS:
        return _union(context, [each for each in arguments if each is not type(None)], schema)
    if not isinstance(origin, type):
        return schema
    if key_of(schema):
        return _generic(context, origin, arguments, schema)
    if issubclass(origin, tuple):
        return _tuple(context, arguments, schema)
    if issubclass(origin, abc.Mapping):
        return _dictionary(context, arguments, schema)
    if issubclass(origin, abc.Iterable) and len(arguments) == 1:
        return _inside(context, "items", arguments[0], schema)
    return schema


def _changes(metadata: object, *, emits: bool) -> bool:
    """Whether what annotates a type has another value on the wire."""
    if emits:
        return isinstance(metadata, PlainSerializer | WrapSerializer)
    if not isinstance(metadata, _READERS):
        return False
    return metadata.json_schema_input_type is not PydanticUndefined


def _branded(context: Context, new: typing.NewType, schema: JsonSchema) -> JsonSchema:
    """What is no text and no number has no brand: an infinite float, which is null, is none either."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [_branded(context, new, each) for each in schema["anyOf"]]}
    type_ = schema.get("type")
    if type_ not in _SCALARS or {"enum", "const"} & schema.keys():
        return schema
    key = _key(context, new, type_)
    return schema if key is None else {**schema, BRAND: f"{REF}{key}"}


def _alias(context: Context, value: object, schema: JsonSchema) -> JsonSchema:
    """An alias with a name has a definition; older versions of Pydantic write its schema in place."""
    key = key_of(schema)
    if not key:
        return _placed(context, value, schema)
    if key in context.definitions and context.new_types.enters(key):
        context.definitions[key] = _placed(context, value, context.definitions[key])
    return schema


def _generic(
    context: Context, cls: type[Any], arguments: tuple[Any, ...], schema: JsonSchema
) -> JsonSchema:
    """A dataclass, typed dictionary or named tuple with arguments, whose own annotations have type parameters in their place."""
    key = key_of(schema)
    if key not in context.definitions or not context.new_types.enters(key):
        return schema
    given = dict(zip(getattr(cls, "__parameters__", ()), arguments, strict=False))
    body = context.definitions[key]
    wire = context.wire_names.get((context.mode, cls), {})

    def filled(name: str, inner: JsonSchema) -> JsonSchema:
        if context.emits and serialized(cls, name):
            return inner
        return _placed(context, _filled(type_hints.of_field(cls, name), given), inner)

    made = dict(body)
    if "prefixItems" in body:
        made["prefixItems"] = [filled(item.get("title", ""), item) for item in body["prefixItems"]]
    if "properties" in body:
        names = {key: name for name, key in wire.items()}
        properties = body["properties"].items()
        made["properties"] = {each: filled(names.get(each, ""), one) for each, one in properties}
    context.definitions[key] = made
    return schema


def _is_alias(annotation: object) -> bool:
    return isinstance(annotation, ALIAS_TYPES) or isinstance(
        typing.get_origin(annotation), ALIAS_TYPES
    )


def _meant(alias: Any) -> Any:
    """The value of an alias, with the arguments that it is given."""
    origin = typing.get_origin(alias)
    if origin is None:
        return alias.__value__
    given = dict(zip(origin.__type_params__, typing.get_args(alias), strict=False))
    return _filled(origin.__value__, given)


def _filled(annotation: Any, given: Mapping[Any, Any]) -> Any:
    """An annotation with arguments in the place of type parameters."""
    if isinstance(annotation, typing.TypeVar):
        return given.get(annotation, annotation)
    open_ = () if isinstance(annotation, type) else getattr(annotation, "__parameters__", ())
    if not open_ or not all(isinstance(each, typing.TypeVar) for each in open_):
        return annotation
    return annotation[tuple(given.get(each, each) for each in open_)]


def _parts(schema: JsonSchema) -> list[JsonSchema]:
    return list(schema.get("anyOf") or schema.get("oneOf") or [schema])


def _union(context: Context, members: list[Any], schema: JsonSchema) -> JsonSchema:
    """Members in order where there are as many schemas; a new type beside its own supertype is no longer told from that."""
    key = next((each for each in ("anyOf", "oneOf") if each in schema), None)
    if len(members) == 1:
        given = {id(part): members[0] for part in _parts(schema)}
    else:
        parts = [part for part in _parts(schema) if part.get("type") != "null"]
        if len(parts) != len(members):
            return schema
        given = {id(part): member for part, member in zip(parts, members, strict=True)}
        if any(_differs(member, part) for part, member in zip(parts, members, strict=True)):
            return schema
    made = [
        _placed(context, given[id(part)], part) if id(part) in given else part
        for part in _parts(schema)
    ]
    return made[0] if key is None else {**schema, key: made}


def _differs(annotation: Any, schema: JsonSchema) -> bool:
    """Whether a schema is plainly not that of an annotation."""
    while True:
        if typing.get_origin(annotation) is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif isinstance(annotation, typing.NewType):
            annotation = annotation.__supertype__
        else:
            break
    type_ = schema.get("type")
    wanted = _OWN_TYPES.get(annotation) if isinstance(annotation, type) else None
    return wanted is not None and type_ is not None and wanted != type_


def _tuple(context: Context, arguments: tuple[Any, ...], schema: JsonSchema) -> JsonSchema:
    if len(arguments) == 2 and arguments[1] is ...:
        return _inside(context, "items", arguments[0], schema)
    items = schema.get("prefixItems", [])
    if len(items) != len(arguments):
        return schema
    pairs = zip(arguments, items, strict=True)
    return {**schema, "prefixItems": [_placed(context, one, item) for one, item in pairs]}


def _dictionary(context: Context, arguments: tuple[Any, ...], schema: JsonSchema) -> JsonSchema:
    if not arguments or schema.get("type") != "object":
        return schema
    if len(arguments) == 2:
        schema = _inside(context, "additionalProperties", arguments[1], schema)
    return _keys(context, arguments[0], schema)


def _keys(context: Context, annotation: Any, schema: JsonSchema) -> JsonSchema:
    """Keys are texts, also those of integers, whose brand they have; a float is not found by the text that is its key."""
    while not isinstance(annotation, typing.NewType):
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if _is_alias(annotation):
            annotation = _meant(annotation)
        elif origin is not typing.Annotated or any(
            _changes(each, emits=context.emits) for each in arguments[1:]
        ):
            return schema
        else:
            annotation = arguments[0]
    names = schema.get("propertyNames", {"type": "string"})
    if names.get("type") != "string" or {"enum", "const"} & names.keys():
        return schema
    for type_ in ("string", "integer"):
        if (key := _key(context, annotation, type_)) is not None:
            return {**schema, "propertyNames": {**names, BRAND: f"{REF}{key}"}}
    return schema


def _inside(context: Context, keyword: str, annotation: Any, schema: JsonSchema) -> JsonSchema:
    inner = schema.get(keyword)
    if not isinstance(inner, Mapping):
        return schema
    return {**schema, keyword: _placed(context, annotation, dict(inner))}


def serialized(owner: type[Any] | None, name: str) -> bool:
    """Whether a function of the class serializes a field, so that its annotation does not say what is written."""
    decorators = getattr(owner, "__pydantic_decorators__", None)
    found: Iterable[Any] = decorators.field_serializers.values() if decorators else ()
    return any({name, "*"} & {*each.info.fields} for each in found)


def computed(owner: type[Any] | None, name: str) -> Iterator[Any]:
    """The annotation of a computed field, where it says one."""
    decorators = getattr(owner, "__pydantic_decorators__", None)
    if decorators and (field := decorators.computed_fields.get(name)) is not None:
        yield field.info.return_type
