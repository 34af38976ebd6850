"""The walk over a core schema: one arm a kind."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from pydantic import BaseModel, TypeAdapter
from pydantic_core import MISSING, to_json

from samewire.values.drawn.choices import Draw, below, one_of
from samewire.values.drawn.types import DEEPEST, any_json
from samewire.values.errors import NoValueError
from samewire.values.inputs import containers, known, objects, scalars
from samewire.values.inputs.heights import CoreSchema, Heights, choices, is_required, tagged
from samewire.values.inputs.objects import Field

Make: TypeAlias = Callable[[Draw, int], Any]
Config: TypeAlias = Mapping[str, Any]

_PYTHON: Final[tuple[Any, ...]] = (
    dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
    dt.date(2024, 1, 2),
    dt.timedelta(days=-1),
    Decimal("1.50"),
    uuid.UUID(int=1),
    (1, "a"),
    frozenset((1,)),
    b"a",
    float("inf"),
)
"""What ``Any`` may hold beside JSON, and Pydantic can write."""

_ATTEMPTS: Final = 6

_NO_INPUT: Final[Mapping[str, str]] = {
    "arguments": "the arguments of a function are no value",
    "arguments-v3": "the arguments of a function are no value",
    "call": "a call is no value",
    "invalid": "Pydantic has no schema for it",
}


class Walker:
    def __init__(self, root: CoreSchema) -> None:
        self.heights = Heights(root)
        self._made: dict[str, Make] = {}

    def maker(self, schema: CoreSchema, where: str, config: Config) -> Make:
        """
        The function that makes inputs of a schema. ``config`` is that of the model around it.

        Raises:
            NoValueError: for a schema of which none can be made, wherever it stands.

        """
        kind = schema["type"]
        match kind:
            case "definitions":
                return self.maker(schema["schema"], where, config)
            case "definition-ref":
                return self._reference(schema["schema_ref"], where, config)
            case "int":
                return scalars.integers(schema, where)
            case "float":
                return scalars.floats(schema, config, where)
            case "decimal":
                return scalars.decimals(schema, config, where)
            case "fraction":
                return scalars.fractions_(schema)
            case "complex":
                return scalars.complex_()
            case "str":
                return scalars.texts(schema, config, where)
            case "bytes":
                return scalars.bytes_(schema, config)
            case "date" | "time" | "datetime" | "timedelta":
                return scalars.moments(schema, where)
            case "url" | "multi-host-url":
                return scalars.urls(schema, where)
            case "uuid":
                return scalars.uuids(schema, where)
            case (
                "any"
                | "none"
                | "bool"
                | "literal"
                | "enum"
                | "ellipsis"
                | "callable"
                | "is-subclass"
                | "is-instance"
            ):
                return self._object(schema, where)
            case "missing-sentinel":
                return lambda _draw, _depth: MISSING
            case "list" | "deque" | "generator":
                return containers.sequence(
                    schema, self._part(schema, "items_schema", where, config)
                )
            case "set" | "frozenset":
                item = self._part(schema, "items_schema", where, config)
                return containers.collection_of_distinct(schema, item)
            case "dict" | "frozendict" | "ordered-dict" | "counter":
                key = self._part(schema, "keys_schema", where, config)
                return containers.dictionary(schema, key, self._values(schema, where, config))
            case "tuple":
                items = [
                    self._possible(each, f"{where}[]", config) for each in schema["items_schema"]
                ]
                return containers.tuple_(schema, items)
            case "nullable":
                return self._nullable(schema, where, config)
            case "union":
                return self._union(choices(schema), where, config)
            case "tagged-union":
                return self._tagged(schema, where, config)
            case "lax-or-strict":
                return self._lax_or_strict(schema, where, config)
            case "json-or-python":
                return self.maker(schema["python_schema"], where, config)
            case "chain":
                return self._chain(schema, where, config)
            case "function-after" | "function-before" | "function-wrap" | "function-plain":
                return self._function(schema, where, config)
            case "default" | "custom-error":
                return self.maker(schema["schema"], where, config)
            case "json":
                return self._json(schema, where, config)
            case "model" | "dataclass":
                return self._class(schema, where)
            case "model-fields" | "typed-dict" | "dataclass-args" | "named-tuple":
                return self._fields(schema, where, config)
            case _ if kind in _NO_INPUT:
                raise NoValueError(
                    where, f"there is no input of a schema of kind {kind!r}: {_NO_INPUT[kind]}"
                )
            case _:
                raise NoValueError(where, f"nothing is known of schemas of kind {kind!r}")

    def _reference(self, ref: str, where: str, config: Config) -> Make:
        if ref not in self._made:
            # Until it is known, whoever refers to it asks for it when it is needed.
            self._made[ref] = self._later(ref)
            self._made[ref] = self.maker(self.heights.definitions[ref], where, config)
        return self._made[ref]

    def _later(self, ref: str) -> Make:
        def later(draw: Draw, depth: int) -> Any:
            return self._made[ref](draw, depth)

        return later

    # --- Parts --------------------------------------------------------------------------------------------------------

    def _possible(self, schema: CoreSchema, where: str, config: Config) -> Make | None:
        return self.maker(schema, where, config) if self.heights.possible(schema) else None

    def _part(self, schema: CoreSchema, key: str, where: str, config: Config) -> Make | None:
        if key not in schema:
            return _plain_key if key == "keys_schema" else anything
        suffix = " (key)" if key == "keys_schema" else "[]"
        return self._possible(schema[key], f"{where}{suffix}", config)

    def _values(self, schema: CoreSchema, where: str, config: Config) -> Make | None:
        if schema["type"] == "counter" and "values_schema" not in schema:
            return lambda draw, _: below(draw, 10)
        return self._part(schema, "values_schema", where, config)

    # --- Objects of Python --------------------------------------------------------------------------------------------

    def _object(self, schema: CoreSchema, where: str) -> Make:
        match schema["type"]:
            case "any":
                return anything
            case "none":
                return lambda _draw, _depth: None
            case "bool":
                return lambda draw, _: below(draw, 2) == 1
            case "literal":
                return _among(schema["expected"])
            case "enum":
                return _enum(schema)
            case "ellipsis":
                return lambda _draw, _depth: ...
            case "callable":
                return _among((len, repr))
            case "is-subclass":
                return _among((schema["cls"], *schema["cls"].__subclasses__()))
            case _:
                return self._instance(schema["cls"], where)

    def _instance(self, class_: Any, where: str) -> Make:
        if isinstance(class_, type) and (issubclass(class_, BaseModel) or is_dataclass(class_)):
            return _instances(class_, where)
        found = known.instances(class_)
        if not found:
            name = getattr(class_, "__qualname__", repr(class_))
            raise NoValueError(where, f"no instance of {name} could be made")
        return _among(found)

    # --- Choices ------------------------------------------------------------------------------------------------------

    def _nullable(self, schema: CoreSchema, where: str, config: Config) -> Make:
        make = self._possible(schema["schema"], where, config)
        flat = self.heights.of(schema["schema"]) == 0

        def nullable(draw: Draw, depth: int) -> Any:
            if make is None or (depth >= DEEPEST and not flat):
                return None
            return make(draw, depth) if below(draw, 4) > (0 if depth < 2 else 1) else None

        return nullable

    def _union(self, members: Sequence[CoreSchema], where: str, config: Config) -> Make:
        possible = sorted(filter(self.heights.possible, members), key=self.heights.of)
        made = [self.maker(each, where, config) for each in possible]
        lowest = self.heights.of(possible[0]) if possible else 0
        flat = [
            make
            for make, each in zip(made, possible, strict=True)
            if self.heights.of(each) == lowest
        ]
        return lambda draw, depth: one_of(draw, made if depth < DEEPEST else flat)(draw, depth)

    def _tagged(self, schema: CoreSchema, where: str, config: Config) -> Make:
        members = tagged(schema)
        possible = sorted(
            (tag for tag, each in members.items() if self.heights.possible(each)),
            key=lambda tag: self.heights.of(members[tag]),
        )
        discriminator = schema["discriminator"]
        made = [
            objects.with_tag(self.maker(members[tag], where, config), discriminator, tag)
            for tag in possible
        ]
        lowest = min((self.heights.of(members[tag]) for tag in possible), default=0)
        flat = made[: sum(self.heights.of(members[tag]) == lowest for tag in possible)]
        return lambda draw, depth: one_of(draw, made if depth < DEEPEST else flat)(draw, depth)

    def _lax_or_strict(self, schema: CoreSchema, where: str, config: Config) -> Make:
        """Both sides end in the same instances, so one of them will do where nothing can be made for the other."""
        strict = schema.get("strict", config.get("strict", False))
        sides = ["strict_schema"] if strict else ["lax_schema", "strict_schema"]
        made: list[Make] = []
        failed: NoValueError | None = None
        for side in sides:
            try:
                made.append(self.maker(schema[side], where, config))
            except NoValueError as error:
                failed = error
        if failed is not None and not made:
            raise failed
        return lambda draw, depth: one_of(draw, made)(draw, depth)

    def _chain(self, schema: CoreSchema, where: str, config: Config) -> Make:
        """Of steps that say what an object is, the one that says most; the limits of scalar steps hold together."""
        steps = schema["steps"]
        kinds = {each["type"] for each in steps}
        if len(kinds) == 1 and kinds <= _SCALARS:
            merged: dict[str, Any] = {}
            for step in steps:
                merged |= step
            return self.maker(merged, where, config)
        telling = [each for each in steps if each["type"] not in ("any", "is-instance")]
        return self.maker((telling or steps)[0], where, config)

    # --- Functions ----------------------------------------------------------------------------------------------------

    def _function(self, schema: CoreSchema, where: str, config: Config) -> Make:
        function = schema["function"]["function"]
        if found := known.for_function(function):
            return _among(found)
        declared = schema.get("json_schema_input_schema")
        if schema["type"] == "function-plain":
            if declared is not None and declared["type"] != "any":
                return self.maker(declared, where, config)
            return _among(known.tried(schema))
        inner = self.maker(schema["schema"], where, config)
        if within := known.limit(function):
            return _within(inner, within)
        if declared is None or declared["type"] == "any":
            return inner
        outer = self.maker(declared, where, config)
        return lambda draw, depth: one_of(draw, (inner, outer))(draw, depth)

    def _json(self, schema: CoreSchema, where: str, config: Config) -> Make:
        inner = self.maker(schema["schema"], where, config) if "schema" in schema else any_json

        def text(draw: Draw, depth: int) -> str:
            return to_json(inner(draw, depth), fallback=str, by_alias=True).decode()

        return text

    # --- Classes ------------------------------------------------------------------------------------------------------

    def _class(self, schema: CoreSchema, where: str) -> Make:
        class_, config = schema["cls"], schema.get("config", {})
        inner = self.maker(schema["schema"], class_.__qualname__, config)
        if schema.get("strict"):
            build = objects.instances_of(class_)
            return lambda draw, depth: build(inner(draw, depth))
        made: list[Make] = []
        asked = False

        def subclasses() -> Sequence[Make]:
            nonlocal asked
            if not asked:
                asked = True
                made.extend(_subclasses(class_, where))
            return made

        return objects.instance_or_dict(class_, inner, subclasses)

    def _fields(self, schema: CoreSchema, where: str, config: Config) -> Make:
        config = schema.get("config", config)
        listed = schema["fields"]
        named = (
            listed.items()
            if isinstance(listed, dict)
            else [(each["name"], each) for each in listed]
        )
        given = [
            Field(
                name,
                objects.paths_of(name, each, config),
                is_required(each, schema),
                self._possible(each["schema"], f"{where}.{name}", config),
            )
            for name, each in named
            if each.get("init") is not False
        ]
        if schema["type"] == "named-tuple":
            return objects.named_tuple(given)
        extra: Make | None = None
        if schema.get("extra_behavior", config.get("extra_fields_behavior")) == "allow":
            extra = self._part(schema, "extras_schema", where, config)
        return objects.fields(given, extra)


_SCALARS: Final = frozenset(
    ("int", "float", "str", "decimal", "date", "datetime", "time", "timedelta", "list")
)


def anything(draw: Draw, depth: int) -> Any:
    if below(draw, 8) == 7:
        return one_of(draw, _PYTHON)
    return any_json(draw, depth)


def _plain_key(draw: Draw, _depth: int) -> Any:
    return one_of(draw, ("a", "", "é", "__proto__", 1, True))


def _among(values: Sequence[Any]) -> Make:
    return lambda draw, _: one_of(draw, values)


def _within(make: Make, within: Callable[[Any], bool]) -> Make:
    """A value in the limits, if one of a few is."""

    def limited(draw: Draw, depth: int) -> Any:
        value = make(draw, depth)
        for _ in range(_ATTEMPTS):
            if within(value):
                break
            value = make(draw, depth)
        return value

    return limited


def _enum(schema: CoreSchema) -> Make:
    class_, members = schema["cls"], list(schema["members"])
    if issubclass(class_, enum.Flag):
        whole = class_(0)
        for each in members:
            whole |= each
        members += [whole, class_(0)]
    return _among(members)


def _instances(class_: type[Any], where: str) -> Make:
    schema = TypeAdapter(class_).core_schema
    make = Walker(schema).maker(schema, where, {})
    build = objects.instances_of(class_)
    return lambda draw, depth: build(make(draw, depth))


def _subclasses(class_: type[Any], where: str) -> list[Make]:
    """Of the classes below, those that can be made an instance of; a generic's parametrizations are no subclasses of their own."""
    made: list[Make] = []
    for each in class_.__subclasses__():
        generic = getattr(each, "__pydantic_generic_metadata__", {})
        if generic.get("origin") or generic.get("parameters"):
            continue
        try:
            made.append(_instances(each, where))
        except Exception:  # noqa: BLE001, S112 - an unfinished class is not what was asked for
            continue
    return made
