"""The walk over a core schema: the values of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any, Final, TypeAlias

from pydantic import BaseModel
from pydantic_core import to_json

from samewire.absent import MISSING
from samewire.coreschema import CoreSchema, choices, tagged_choices
from samewire.coreschema.flat import Flat
from samewire.scalars import BY_KIND, Format, recognized
from samewire.values.draws import among, nullable, union
from samewire.values.errors import NoValueError
from samewire.values.instances import classes, containers, samples, scalars
from samewire.values.instances.classes import Field
from samewire.values.instances.constants import anything, limited, plain, plain_key
from samewire.values.instances.depth import Depths, is_required
from samewire.values.random_draws import Draw, Make
from samewire.values.references import References
from samewire.values.scalar_strategies import any_json

Config: TypeAlias = Mapping[str, Any]

_NO_INPUT: Final[Mapping[str, str]] = {
    "arguments": "the arguments of a function are no value",
    "arguments-v3": "the arguments of a function are no value",
    "call": "a call is no value",
    "invalid": "Pydantic has no schema for it",
}


class Walker:
    """What is made of a model is remembered, and made once however many schemas it is a part of."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.depths = Depths(self.flat.definitions)
        self.references = References()
        self.not_null: dict[int, Make] = {}
        self._fields_of: dict[int, list[Field]] = {}

    def root(self, schema: CoreSchema, where: str) -> Make | None:
        """
        The function that makes inputs of a schema as Pydantic has it; ``None`` if there are none.

        Raises:
            NoValueError: as :meth:`maker`.

        """
        flat = self._flat(schema)
        if not self.depths.possible(flat):
            return None
        return self.references.root(lambda: self.maker(flat, where, {}))

    def _flat(self, schema: CoreSchema) -> CoreSchema:
        found = self.flat.of(schema)
        self.depths.update()
        return found

    def maker(self, schema: CoreSchema, where: str, config: Config) -> Make:
        """
        The function that makes inputs of a schema that was taken apart. ``config`` is that of the model around it.

        Raises:
            NoValueError: for a schema of which none can be made, wherever it stands.

        """
        kind = schema["type"]
        scalar = recognized(schema) or BY_KIND.get(kind)
        if isinstance(scalar, Format):
            return scalars.formatted(scalar, schema, config, where)
        match kind:
            case "definition-ref":
                ref = schema["schema_ref"]
                return self.references.to(
                    ref, lambda: self.maker(self.flat.definitions[ref], where, config)
                )
            case "int":
                return scalars.integers(schema, where)
            case "float":
                return scalars.floats(schema, config, where)
            case "fraction":
                return scalars.fractions_(schema)
            case "complex":
                return scalars.complex_()
            case "str":
                return scalars.texts(schema, config, where)
            case "bytes":
                return scalars.bytes_(schema, config)
            case "is-instance":
                return self._instance(schema["cls"], where)
            case (
                "any"
                | "none"
                | "bool"
                | "literal"
                | "enum"
                | "ellipsis"
                | "callable"
                | "is-subclass"
            ):
                return plain(schema)
            case "missing-sentinel":
                return lambda _draw, _depth: MISSING
            case "list" | "deque" | "generator":
                return containers.sequence(
                    schema, self._part(schema, "items_schema", where, config)
                )
            case "set" | "frozenset":
                return containers.collection_of_distinct(
                    schema, self._distinct(schema, where, config)
                )
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

    # --- Parts --------------------------------------------------------------------------------------------------------

    def _possible(self, schema: CoreSchema, where: str, config: Config) -> Make | None:
        return self.maker(schema, where, config) if self.depths.possible(schema) else None

    def _part(self, schema: CoreSchema, key: str, where: str, config: Config) -> Make | None:
        if key not in schema:
            return plain_key if key == "keys_schema" else anything
        suffix = " (key)" if key == "keys_schema" else "[]"
        return self._possible(schema[key], f"{where}{suffix}", config)

    def _distinct(self, schema: CoreSchema, where: str, config: Config) -> Make | None:
        """What may be in a set: of anything, what can be hashed; a dict may stand for a model that is frozen."""
        make = self._part(schema, "items_schema", where, config)
        if make is not anything:
            return make
        return lambda draw, depth: containers.hashable(anything(draw, depth))

    def _values(self, schema: CoreSchema, where: str, config: Config) -> Make | None:
        if schema["type"] == "counter" and "values_schema" not in schema:
            return lambda draw, _: draw.below(10)
        return self._part(schema, "values_schema", where, config)

    # --- Instances ---------------------------------------------------------------------------------------------------

    def _instance(self, class_: Any, where: str) -> Make:
        if isinstance(class_, type) and (issubclass(class_, BaseModel) or is_dataclass(class_)):
            return classes.instances(
                class_, lambda schema: self.maker(self._flat(schema), where, {})
            )
        found = samples.instances(class_)
        if not found:
            name = getattr(class_, "__qualname__", repr(class_))
            raise NoValueError(where, f"no instance of {name} could be made")
        return among(found)

    # --- Choices ------------------------------------------------------------------------------------------------------

    def _nullable(self, schema: CoreSchema, where: str, config: Config) -> Make:
        make = self._possible(schema["schema"], where, config)
        if make is not None:
            self.not_null[id(schema)] = make
        return nullable(make, nests=self.depths.of(schema["schema"]) > 0)

    def _union(self, members: Sequence[CoreSchema], where: str, config: Config) -> Make:
        """An instance of a class that nothing is known of is left to the members that make one."""
        made: list[tuple[float, Make]] = []
        failed: NoValueError | None = None
        for each in filter(self.depths.possible, members):
            try:
                made.append((self.depths.of(each), self.maker(each, where, config)))
            except NoValueError as error:
                if each["type"] != "is-instance":
                    raise
                failed = error
        if failed is not None and not made:
            raise failed
        return union(made)

    def _tagged(self, schema: CoreSchema, where: str, config: Config) -> Make:
        made: list[tuple[float, Make]] = []
        for tag, member in tagged_choices(schema).items():
            if self.depths.possible(member):
                make = self.maker(member, where, config)
                with_tag = classes.with_tag(make, schema["discriminator"], tag)
                made.append((self.depths.of(member), with_tag))
        return union(made)

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
        return lambda draw, depth: draw.choice(made)(draw, depth)

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
        if found := samples.for_function(function):
            return among(found)
        declared = schema.get("json_schema_input_schema")
        if schema["type"] == "function-plain":
            if declared is not None and declared["type"] != "any":
                return self.maker(declared, where, config)
            return among(samples.tried(schema))
        if schema["schema"]["type"] == "any" and declared is None:
            # The function alone knows what it takes.
            return among(samples.tried(schema))
        inner = self.maker(schema["schema"], where, config)
        if within := samples.limit(function):
            return limited(inner, within)
        if declared is None or declared["type"] == "any":
            return inner
        outer = self.maker(declared, where, config)
        return lambda draw, depth: draw.choice((inner, outer))(draw, depth)

    def _json(self, schema: CoreSchema, where: str, config: Config) -> Make:
        inner = self.maker(schema["schema"], where, config) if "schema" in schema else any_json

        def text(draw: Draw, depth: int) -> str:
            return to_json(inner(draw, depth), fallback=str, by_alias=True).decode()

        return text

    # --- Classes ------------------------------------------------------------------------------------------------------

    def _class(self, schema: CoreSchema, where: str) -> Make:
        class_, config = schema["cls"], schema.get("config", {})
        inner = self.maker(schema["schema"], class_.__qualname__, config)
        if _has_validators(class_):
            listed = schema["schema"]
            while "schema" in listed:
                listed = listed["schema"]
            inner = classes.repaired(class_, self._fields_of.get(id(listed), ()), inner)
        if schema.get("strict"):
            build = classes.instances_of(class_)
            return lambda draw, depth: build(inner(draw, depth))
        made: list[Make] = []
        asked = False

        def subclasses() -> Sequence[Make]:
            nonlocal asked
            if not asked:
                asked = True
                made.extend(classes.subclasses(class_, lambda schema: self._alone(schema, where)))
            return made

        return classes.instance_or_dict(class_, inner, subclasses)

    def _alone(self, schema: CoreSchema, where: str) -> Make:
        make = self.root(schema, where)
        if make is None:
            raise NoValueError(where, "there is no value of this type")
        return make

    def _fields(self, schema: CoreSchema, where: str, config: Config) -> Make:
        config = schema.get("config", config)
        listed = schema["fields"]
        named = (
            listed.items()
            if isinstance(listed, dict)
            else [(each["name"], each) for each in listed]
        )
        fields = [
            Field(
                name,
                classes.paths_of(name, each, config),
                is_required(each, schema),
                make := self._possible(each["schema"], f"{where}.{name}", config),
                self.not_null.get(id(_without_default(each["schema"])), make),
            )
            for name, each in named
            if each.get("init") is not False
        ]
        self._fields_of[id(schema)] = fields
        if schema["type"] == "named-tuple":
            return classes.named_tuple(fields)
        extra: Make | None = None
        if schema.get("extra_behavior", config.get("extra_fields_behavior")) == "allow":
            extra = self._part(schema, "extras_schema", where, config)
        return classes.fields(fields, extra)


def _without_default(schema: CoreSchema) -> CoreSchema:
    inner: CoreSchema = schema["schema"] if schema["type"] == "default" else schema
    return inner


def _has_validators(class_: type[Any]) -> bool:
    found = getattr(class_, "__pydantic_decorators__", None)
    return found is not None and bool(
        found.validators
        or found.field_validators
        or found.root_validators
        or found.model_validators
    )


_SCALARS: Final = frozenset(
    ("int", "float", "str", "decimal", "date", "datetime", "time", "timedelta", "list")
)
