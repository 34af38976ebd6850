# ruff: noqa: ARG002  # the methods' parameters are those of the class they override
"""
Core schemas to JSON Schema, both directions, with what is really on the wire.

:class:`WireSchema` extends Pydantic's own ``GenerateJsonSchema``, so that hooks which users and libraries define
(``__get_pydantic_json_schema__``, ``WithJsonSchema``, ``json_schema_extra``) keep working, and replaces what the stock export
loses or misstates. Definitions are keyed by core reference and direction here; ``naming`` gives them names afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pydantic import RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import PydanticSerializationError, core_schema

from samewire import scalars
from samewire.coreschema import metadata, unwrapped
from samewire.coreschema.rebuilt import text_steps
from samewire.coreschema.versions import models_stand_alone, modern, modern_serialization
from samewire.dump import DumpOptions
from samewire.export import (
    authors,
    containers,
    defaults,
    enums,
    forms,
    hooks,
    keys,
    limits,
    loosened,
    naming,
    objects,
    opaque,
    serializers,
    surroundings,
    type_hints,
    unions,
    validators,
)
from samewire.export.decisions import Decisions
from samewire.export.definition_keys import Key, ref_to
from samewire.export.documentation import TEXTS, readable
from samewire.export.jsonable import canonical
from samewire.export.options import ExportOptions
from samewire.export.refusals import Refusal, of_core_schema
from samewire.export.room import STEP_BYTES, with_room
from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.binary import Secret
from samewire.scalars.json_texts import JsonText
from samewire.scalars.strings import String, conjunction
from samewire.scalars.view import JsonSchema, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.json_schema import CoreRef, DefsRef, JsonRef

CoreSchemaOrField: TypeAlias = (
    Any  # a core schema or a field of one; the precise type is private to Pydantic
)
_DEEP = 100
"""After so many core schemas in one another a new thread goes on: Python 3.12 and 3.13 count what C calls, a thread by itself."""

_JSON_VALUE = "pydantic.types.JsonValue:"


class WireSchema(GenerateJsonSchema):
    """
    One run over all roots of a contract.

    ``definitions`` maps a :class:`Key`, as text, to its schema; ``origins`` the core reference of each to its
    Python class (``None`` for a type alias), ``core_schemas`` to its core schema, ``aliases`` that of a generic to the alias that a
    root gives it, ``candidates`` what has no name of its own to those it may have. ``forms`` names what is emitted with each set of
    dump options. ``scopes`` are the definitions around, and whether there are any that mean something else in another scope;
    ``signatures`` the keys that such a definition has.
    """

    def __init__(self, options: ExportOptions) -> None:
        super().__init__(by_alias=True, ref_template="#/$defs/{model}")
        self.options = options
        self.remarks: dict[str, list[str]] = {}  # on patterns, with the places that have them
        self.decisions = Decisions(options.opaque)
        self.root_type: object = type_hints.UNSTATED
        self.dump = options.dump
        self.forms: dict[DumpOptions, str] = {options.dump: forms.EMITS}
        self.origins: dict[str, type[Any] | None] = {}
        self.core_schemas: dict[str, Mapping[str, Any]] = {}
        self.scopes: list[tuple[Mapping[str, Mapping[str, Any]], bool]] = []
        self.signatures: dict[str, surroundings.Signature] = {}
        self.aliases: dict[str, str] = {}
        self.candidates: dict[str, naming.Candidate] = {}
        self.entered: set[str] = set()  # definitions that are, or are being, generated
        self.root_configs: tuple[Mapping[str, Any], ...] = ()
        self.root_config: Mapping[str, Any] = {}
        self.shows_hidden = False  # what SkipJsonSchema hides
        self.depth = 0  # of core schemas in one another
        self.place: list[str] = []  # where we are: "module:Class", then field names
        self.owners: list[type[Any]] = []
        self.wire_names: dict[tuple[str, type[Any] | None], dict[str, str]] = {}
        self.made: dict[int, object] = {}  # by factories of defaults

    # --- Running ------------------------------------------------------------------------------------------------------

    def add(
        self, schema: core_schema.CoreSchema, mode: JsonSchemaMode, dump: DumpOptions
    ) -> JsonSchema:
        """The JSON Schema of one root; the definitions it needs collect in ``definitions``."""
        self._mode = mode
        self.root_config = surroundings.config_of_root(schema)
        with self.dumping(dump):
            return self.generate_inner(schema)

    def get_cache_defs_ref_schema(self, core_ref: CoreRef) -> tuple[DefsRef, JsonSchema]:
        key = self.key(core_ref)
        reference = ref_to(key)
        self.json_to_defs_refs[cast("JsonRef", reference["$ref"])] = cast("DefsRef", key)
        return cast("DefsRef", key), reference

    def key(self, core_ref: str) -> str:
        """The :class:`Key` of a type at the current place, as text."""
        emits = self.mode == "serialization"
        core = self.core_schemas.get(core_ref)
        given = forms.settings(core, self._config.config_dict, emits=emits)
        return str(Key(f"{self.form}{given}", core_ref))

    @property
    def form(self) -> str:
        """What is being written: ``validation``, ``serialization``, or that with options that are not the contract's."""
        return forms.ACCEPTS if self.mode == "validation" else self.forms[self.dump]

    @contextmanager
    def dumping(self, dump: DumpOptions) -> Iterator[None]:
        """Each set of dump options has definitions of its own."""
        if dump == self.dump:
            yield
            return
        before, self.dump = self.dump, dump
        self.forms.setdefault(dump, f"{forms.EMITS}~{len(self.forms)}")
        try:
            yield
        finally:
            self.dump = before

    @property
    def mode(self) -> JsonSchemaMode:
        """The direction that was asked for: ``json_schema_mode_override`` of a model does not change what it writes."""
        return self._mode

    @property
    def view(self) -> View:
        return View(
            mode=self.mode,
            config=self._config.config_dict,
            inferred=self.root_configs,
            finite_floats=self.options.floats == "finite",
            safe_integers=self.options.integers == "safe",
        )

    @property
    def owner(self) -> type[Any] | None:
        return self.owners[-1] if self.owners else None

    @contextmanager
    def inside(self, step: str) -> Iterator[None]:
        self.place.append(step)
        try:
            yield
        finally:
            self.place.pop()

    @contextmanager
    def inside_class(
        self, cls: type[Any] | None, config: Mapping[str, Any] | None
    ) -> Iterator[None]:
        with self._config_wrapper_stack.push(cast("Any", config)):
            if cls is None:
                yield
                return
            self.owners.append(cls)
            try:
                with self.inside(naming.class_key(cls)):
                    yield
            finally:
                self.owners.pop()

    @contextmanager
    def showing_hidden(self) -> Iterator[None]:
        before, self.shows_hidden = self.shows_hidden, True
        try:
            yield
        finally:
            self.shows_hidden = before

    @property
    def where(self) -> str:
        """``module:Class.field`` of the innermost class, the form that configuration keys have."""
        start = max((i for i, step in enumerate(self.place) if ":" in step), default=0)
        return ".".join(self.place[start:])

    @property
    def annotation(self) -> object:
        """The annotation of the innermost field, or of the root."""
        if self.owner is None:
            return self.root_type
        key = naming.class_key(self.owner)
        fields = self.place[len(self.place) - 1 - self.place[::-1].index(key) + 1 :]
        name = (
            "root" if not fields and issubclass(self.owner, RootModel) else next(iter(fields), "")
        )
        return type_hints.of_field(self.owner, name)

    def refuse(self, code: str, message: str, hint: str, where: str | None = None) -> JsonSchema:
        return Refusal(where or self.where, code, message, hint).schema

    def generate_inner(self, schema: CoreSchemaOrField) -> JsonSchema:
        self.depth += 1
        try:
            if self.depth % _DEEP == 0:
                return with_room(lambda: self._generate(schema), STEP_BYTES)
            return self._generate(schema)
        finally:
            self.depth -= 1

    def _generate(self, schema: CoreSchemaOrField) -> JsonSchema:
        core = cast("Mapping[str, Any]", schema)
        if core.get("ref", core.get("schema_ref", "")).startswith(_JSON_VALUE):
            return {"x-samewire-type": "json"}
        if "ref" in core:
            self.origins.setdefault(core["ref"], modern(core).get("cls"))
            self.core_schemas.setdefault(core["ref"], core)
            key = self.key(core["ref"])
            if key not in self.entered and any(varies for _, varies in self.scopes):
                own = surroundings.own_schema(core)
                if own is not core:
                    return self.generate_inner(own)
            self.entered.add(key)
            if self._has_other_keys(key, core):
                return self._other_keys()
            if key in self.definitions:
                return ref_to(key)
        core = modern_serialization(core)
        scalar = scalars.recognized(core, emits=self.mode == "serialization")
        if self.mode == "serialization" and "serialization" in core:
            core = serializers.resolve(self, core)
            if serializers.is_authors(core):
                core = hooks.without_pydantics(core)
        core, said_later = limits.pending(core)
        if (limit := limits.of(core)) is not None:
            inner = limits.moved(self, core["schema"], limit)
            core = {**limits.without_notes(core), "schema": inner}
        elif self.mode == "serialization" and loosened.is_authors(core):
            core = loosened.settled(self, core)
        elif core["type"] == "json" or text_steps(core) is not None:
            core = hooks.without_pydantics(core)  # of what is inside, or stands before the steps
        core, extra = metadata.without_extra(core)
        core, pattern = hooks.without_pattern(core)
        shows_hidden = self.mode == "serialization" or self.shows_hidden
        plain, theirs = hooks.without_theirs(core, shows_hidden=shows_hidden)
        result = self._stock(plain) if scalar is None else self._scalar(scalar, plain)
        if theirs:
            named = self.key(core["ref"]) if "ref" in core else None
            asked = partial(self._stock, core)
            result = authors.heard(self, self.definitions, named, result, asked)
        if pattern is not None:
            result = {
                **result,
                **self.str_schema(core_schema.str_schema(pattern=pattern)),
                **_only_type(result),
            }
        if extra is not None:
            result = hooks.with_extra(extra, result)
        if any(type(result.get(key, "")) is not str for key in TEXTS):
            result = {**result, **readable({key: result[key] for key in TEXTS if key in result})}
        if result.get("format") == "password" and result.get("writeOnly"):
            result = Secret.masked(unwrapped(core), result, self.view)
        result = scalars.adjusted(canonical(result), emits=self.mode == "serialization")
        return reduce(partial(limits.limited, self), said_later, result)

    def _stock(self, core: Mapping[str, Any]) -> JsonSchema:
        return super().generate_inner(cast("CoreSchemaOrField", core))

    # --- What can't be said ---------------------------------------------------------------------------------------------

    def handle_invalid_for_json_schema(
        self, schema: CoreSchemaOrField, error_info: str
    ) -> JsonSchema:
        return self.refuse("no-json-form", f"{error_info} has no JSON form", validators.NO_FORM)

    def invalid_schema(self, schema: core_schema.InvalidSchema) -> JsonSchema:
        return of_core_schema(cast("Mapping[str, Any]", schema))

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchema:
        return validators.instance(self, schema["cls"])

    def is_subclass_schema(self, schema: core_schema.IsSubclassSchema) -> JsonSchema:
        return self.handle_invalid_for_json_schema(
            schema, f"a subclass of {opaque.name(schema['cls'])}"
        )

    def callable_schema(self, schema: core_schema.CallableSchema) -> JsonSchema:
        return self.handle_invalid_for_json_schema(schema, "a callable")

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> JsonSchema:
        return validators.plain(self, cast("Mapping[str, Any]", schema))

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchema:
        instead = validators.around_anything(self, cast("Mapping[str, Any]", schema))
        return super().function_before_schema(schema) if instead is None else instead

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchema:
        instead = validators.around_anything(self, cast("Mapping[str, Any]", schema))
        return super().function_after_schema(schema) if instead is None else instead

    def function_wrap_schema(self, schema: core_schema.WrapValidatorFunctionSchema) -> JsonSchema:
        instead = validators.around_anything(self, cast("Mapping[str, Any]", schema))
        return super().function_wrap_schema(schema) if instead is None else instead

    def any_schema(self, schema: core_schema.AnySchema) -> JsonSchema:
        return validators.anything(self)

    # --- Scalars --------------------------------------------------------------------------------------------------------

    def build_schema_type_to_method(self) -> dict[Any, Callable[[Any], JsonSchema]]:
        methods = cast(
            "dict[Any, Callable[[Any], JsonSchema]]", super().build_schema_type_to_method()
        )
        own = {kind: partial(self._scalar, scalar) for kind, scalar in scalars.BY_KIND.items()}
        return methods | own

    def _scalar(self, scalar: Scalar, schema: Mapping[str, Any]) -> JsonSchema:
        try:
            result = scalar.export(schema, self.view)
        except UnrepresentableError as error:
            return self.refuse(error.code, error.message, error.hint)
        for remark in scalar.remarks(schema, self.view):
            self.remarks.setdefault(remark, []).append(self.where)
        return self._stock(schema) if result is None else result

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchema:
        return self._scalar(String(), cast("Mapping[str, Any]", schema))

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchema:
        return self._of_values(enums.literal, cast("Mapping[str, Any]", schema))

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchema:
        core = cast("Mapping[str, Any]", schema)
        if enums.too_many_flags(core):
            return self.refuse(
                "no-json-form",
                "flags that leave bits out between them, with more combinations than a schema can list",
                "number the members without a gap, or use a list of an enumeration",
            )
        cls = core["cls"]
        if (
            self.mode == "serialization"
            and self.dump.by_django
            and not issubclass(cls, str | int | float)
        ):
            return self.refuse(
                "no-json-form",
                f"Django's JSON encoder writes str() of a member, {str(next(iter(cls)))!r}, and not its value",
                f"derive it from str or int as well: class {cls.__name__}(str, Enum)",
            )
        return self._of_values(enums.enum, core)

    def _of_values(
        self,
        generate: Callable[[Mapping[str, Any], View], JsonSchema],
        schema: Mapping[str, Any],
    ) -> JsonSchema:
        try:
            depends = enums.depends_on_the_root(schema, self.view)
        except PydanticSerializationError as error:
            return self.handle_invalid_for_json_schema(schema, f"a value of it ({error})")
        if depends:
            return self.refuse(
                "no-json-form",
                "the roots of this contract have configurations that write one of these values in different ways",
                "Pydantic goes by the configuration of the class that is dumped: give all of them the same ser_json settings",
            )
        return generate(schema, self.view)

    def json_schema(self, schema: core_schema.JsonSchema) -> JsonSchema:
        if self.mode == "validation" or self.dump.round_trip:
            text = JsonText().document()
            content = self.generate_inner(schema.get("schema") or core_schema.any_schema())
            return text if hooks.says_nothing(content) else {**text, "x-samewire-content": content}
        return self.generate_inner(schema.get("schema") or core_schema.any_schema())

    def definitions_schema(self, schema: core_schema.DefinitionsSchema) -> JsonSchema:
        """Definitions are generated where they are first referred to: without a configuration of their own, that one's holds."""
        core: Mapping[str, Any]
        scope: dict[str, Mapping[str, Any]] = {}
        for core in schema["definitions"]:
            scope[core["ref"]] = core
            self.core_schemas.setdefault(core["ref"], core)
            self.origins.setdefault(core["ref"], modern(core).get("cls"))
        varies = any(surroundings.signature(core) is not None for core in scope.values())
        self.scopes.append((scope, varies))
        try:
            return self.generate_inner(schema["schema"])
        finally:
            self.scopes.pop()

    def core_of(self, core_ref: str) -> Mapping[str, Any] | None:
        """The core schema that a reference stands for where we are."""
        found = (scope[core_ref] for scope, _ in reversed(self.scopes) if core_ref in scope)
        return next(found, self.core_schemas.get(core_ref))

    def _has_other_keys(self, key: str, core: Mapping[str, Any]) -> bool:
        """Whether a definition is there already that has other keys, or other values, than it should have here."""
        own = surroundings.meaning(core)
        return own is not None and self.signatures.setdefault(key, own) != own

    def _other_keys(self) -> JsonSchema:
        return self.refuse(
            "name-clash",
            "this type has other keys or values here than elsewhere: by the alias generator of a model that it is in, or by a "
            "reference in a core schema that two types have",
            "make it a model, whose keys are the same everywhere; or give every alias generator and reference a name of its own",
        )

    def definition_ref_schema(self, schema: core_schema.DefinitionReferenceSchema) -> JsonSchema:
        if models_stand_alone():
            return self._definition_ref(schema)
        with self.inside_class(None, self.root_config):
            return self._definition_ref(schema)

    def _definition_ref(self, schema: core_schema.DefinitionReferenceSchema) -> JsonSchema:
        core_ref = schema["schema_ref"]
        core, key = self.core_of(core_ref), self.key(core_ref)
        if core is not None and self._has_other_keys(key, core):
            return self._other_keys()
        if core is not None and key not in self.entered:
            self.entered.add(key)
            self.generate_inner(core)
        return super().definition_ref_schema(schema)

    def chain_schema(self, schema: core_schema.ChainSchema) -> JsonSchema:
        """Steps that only constrain one scalar type hold together."""
        moved = limits.with_steps(self, cast("Mapping[str, Any]", schema))
        if moved is not None:
            return self.generate_inner(moved)
        steps = [self.generate_inner(step) for step in schema["steps"]]
        types = {step.get("type") for step in steps}
        if len(types) == 1 and types <= {"string", "integer", "number"}:
            return conjunction(steps)
        return steps[0] if self.mode == "validation" else steps[-1]

    # --- Containers -----------------------------------------------------------------------------------------------------

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchema:
        return containers.of_items(self, partial(super().list_schema, schema))

    def generator_schema(self, schema: core_schema.GeneratorSchema) -> JsonSchema:
        return self.list_schema(cast("core_schema.ListSchema", schema))

    def call_schema(self, schema: core_schema.CallSchema) -> JsonSchema:
        newer = modern(cast("Mapping[str, Any]", schema))
        if newer["type"] == "named-tuple":
            return containers.named_tuple(self, newer)
        return super().call_schema(schema)

    def set_schema(self, schema: core_schema.SetSchema) -> JsonSchema:
        return containers.set_(self, cast("Mapping[str, Any]", schema))

    def frozenset_schema(self, schema: core_schema.FrozenSetSchema) -> JsonSchema:
        return containers.set_(self, cast("Mapping[str, Any]", schema))

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchema:
        return containers.of_items(self, partial(containers.tuple_, self, schema))

    def named_tuple_schema(self, schema: core_schema.NamedTupleSchema) -> JsonSchema:
        return containers.named_tuple(self, cast("Mapping[str, Any]", schema))

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchema:
        return self._dictionary(cast("Mapping[str, Any]", schema))

    # The three types exist from pydantic-core 2.14 on.
    def frozendict_schema(self, schema: Any) -> JsonSchema:
        return self._dictionary(schema)

    def ordered_dict_schema(self, schema: Any) -> JsonSchema:
        return self._dictionary(schema)

    def counter_schema(self, schema: Any) -> JsonSchema:
        return self._dictionary({"values_schema": {"type": "int"}, **schema})

    def _dictionary(self, schema: Mapping[str, Any]) -> JsonSchema:
        return containers.of_items(self, partial(keys.dictionary, self, schema))

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchema:
        return unions.any_of([self.generate_inner(schema["schema"]), {"type": "null"}])

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchema:
        return unions.plain(self, cast("Mapping[str, Any]", schema))

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchema:
        return unions.tagged(self, cast("Mapping[str, Any]", schema))

    # --- Objects --------------------------------------------------------------------------------------------------------

    def field_title_should_be_set(self, schema: CoreSchemaOrField) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchema:
        return objects.model(self, schema)

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchema:
        return objects.dataclass(self, schema)

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchema:
        return objects.typed_dict(self, schema)

    def model_fields_schema(self, schema: core_schema.ModelFieldsSchema) -> JsonSchema:
        return objects.model_fields(self, schema)

    def dataclass_args_schema(self, schema: core_schema.DataclassArgsSchema) -> JsonSchema:
        return objects.dataclass_fields(self, schema)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchema:
        result = self.generate_inner(schema["schema"])
        return defaults.with_default(self, cast("Mapping[str, Any]", schema), result)


def _only_type(schema: JsonSchema) -> JsonSchema:
    return {"type": schema["type"]} if "type" in schema else {}
