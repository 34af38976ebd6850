"""
Core schemas to JSON Schema, both directions, with what is really on the wire.

:class:`WireSchema` extends Pydantic's own ``GenerateJsonSchema``, so that hooks which users and libraries define
(``__get_pydantic_json_schema__``, ``WithJsonSchema``, ``json_schema_extra``) keep working. ``kinds`` has a function for each kind
of core schema. Definitions are keyed by core reference and direction here; ``naming`` gives them names afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from samewire import scalars
from samewire.coreschema import CoreSchema, metadata, unwrapped
from samewire.coreschema.kinds import has_own_encoder
from samewire.coreschema.limits import limit_of, without_notes
from samewire.coreschema.rebuilt import text_steps
from samewire.coreschema.versions import modern_serialization
from samewire.dump import DumpOptions
from samewire.export import (
    authors,
    decided,
    definitions,
    hooks,
    kinds,
    limits,
    listed,
    loosened,
    opened,
    serializers,
    surroundings,
)
from samewire.export.context import Context
from samewire.export.deep_stack import STEP_BYTES, with_deep_stack
from samewire.export.definition_keys import ref_to
from samewire.export.documentation import TEXTS, readable
from samewire.export.jsonable import canonical
from samewire.export.options import ExportOptions
from samewire.scalars.binary import Secret
from samewire.scalars.view import Config, JsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import CoreRef, DefsRef, JsonRef

CoreSchemaOrField: TypeAlias = (
    Any  # a core schema or a field of one; the precise type is private to Pydantic
)
_DEEP = 100
"""After so many core schemas in one another a new thread goes on: Python 3.12 and 3.13 count what C calls, a thread by itself."""

_BESIDES = frozenset(
    ("ref", "schema_ref", "serialization", "function", "steps", "json_schema", limits.PENDING)
)
"""What a core schema without hooks and notes may have that decides on its document beside its kind."""

_JSON_VALUE = "pydantic.types.JsonValue:"


class WireSchema(GenerateJsonSchema):
    """One run over all roots of a contract. Pydantic's part of it: what is generated is said by :class:`Context`."""

    def __init__(self, options: ExportOptions, root_configs: tuple[Config, ...]) -> None:
        super().__init__(by_alias=True, ref_template="#/$defs/{model}")
        self.context = Context(
            options, root_configs, self.definitions, self.generate_inner, self._as_pydantic_does
        )
        self._depth = 0  # of core schemas in one another

    def add(
        self, schema: CoreSchema, mode: JsonSchemaMode, dump: DumpOptions | None = None
    ) -> JsonSchema:
        """The JSON Schema of one root; the definitions it needs collect in ``definitions``."""
        self._mode = mode  # which Pydantic 2.10 reads by itself in places
        self.context.turn(mode, surroundings.config_of_root(schema))
        with self.context.dumping(dump or self.context.options.dump):
            return self.generate_inner(schema)

    def generate_inner(self, schema: CoreSchemaOrField) -> JsonSchema:
        self._depth += 1
        try:
            if self._depth % _DEEP == 0:
                return with_deep_stack(lambda: self._generate(schema), STEP_BYTES)
            return self._generate(schema)
        finally:
            self._depth -= 1

    def _generate(self, core: CoreSchema) -> JsonSchema:
        context = self.context
        is_plain = _BESIDES.isdisjoint(core) and not core.get("metadata")
        if is_plain and (writer := self._writers.get(core["type"])) is not None:
            return decided.placed(context, core, self._finished(writer(core)))
        if core.get("ref", core.get("schema_ref", "")).startswith(_JSON_VALUE):
            return {"x-samewire-type": "json"}
        if "ref" in core and (known := definitions.named(context, core)) is not None:
            return known
        core, mark = decided.without_mark(modern_serialization(core))
        if mark is not None and context.mark is not None and "ref" not in core:
            context.mark.used = True  # the innermost mark counts
        is_named = "ref" in core and (context.mark is not None or context.in_smart_union)
        if mark is not None or is_named:
            in_union = context.in_smart_union and not is_named
            with context.marked(mark), context.inside_union(smart=in_union):
                result = self._described(core)
            return result if mark is None else decided.checked(context, mark, result)
        return self._described(core)

    def _described(self, core: CoreSchema) -> JsonSchema:
        context, as_declared = self.context, core
        if (listed_as := listed.pattern(core, emits=context.emits)) is not None:
            return {"type": "string", "pattern": listed_as}
        scalar = scalars.recognized(core, emits=context.emits)
        core, pending = limits.pending(_believed(context, core))
        core, extra = metadata.without_extra(_limited(context, core))
        core, pattern = hooks.without_pattern(core)
        shows_hidden = context.emits or context.shows_hidden
        plain, has_hooks = hooks.without_theirs(core, shows_hidden=shows_hidden)
        result = None if scalar is None else kinds.scalar(scalar, context, plain)
        if result is None:
            result = self._stock(plain)
        key = context.key(core["ref"]) if "ref" in core else None
        if has_hooks:
            result = authors.heard(context, key, result, partial(self._stock, core))
        result = _with_annotations(context, result, pattern, extra)
        if result.get("format") == "password" and result.get("writeOnly"):
            result = Secret.masked(unwrapped(core), result, context.view)
        result = self._finished(result)
        result = reduce(partial(limits.limited, context), pending, result)
        if key in context.definitions:
            body = decided.placed(context, as_declared, context.definitions[key])
            context.definitions[key] = body
            return result
        return decided.placed(context, as_declared, result)

    def _finished(self, result: JsonSchema) -> JsonSchema:
        """A schema that a writer, or Pydantic, has made, as it stands in the document."""
        result = scalars.adjusted(canonical(result), emits=self.context.emits)
        return opened.placed(self.context, result)

    # --- Pydantic's part --------------------------------------------------------------------------------------------------

    def _stock(self, core: CoreSchema) -> JsonSchema:
        """What the hooks of a core schema make of it, and a definition for what has a reference."""
        return super().generate_inner(cast("CoreSchemaOrField", core))

    def _as_pydantic_does(self, core: CoreSchema) -> JsonSchema:
        return self._pydantics[core["type"]](core)

    def build_schema_type_to_method(self) -> dict[Any, Callable[[Any], JsonSchema]]:
        self._pydantics: dict[Any, Callable[[Any], JsonSchema]] = {
            **super().build_schema_type_to_method()
        }
        own = {kind: partial(self._write, writer) for kind, writer in kinds.KINDS.items()}
        self._writers = self._pydantics | own
        return self._writers

    def _write(self, writer: kinds.Writer, core: CoreSchema) -> JsonSchema:
        return writer(self.context, core)

    def str_schema(self, schema: CoreSchemaOrField) -> JsonSchema:
        return kinds.text(self.context, schema)  # of what is written as a text

    @property
    def mode(self) -> JsonSchemaMode:
        """The direction that was asked for: ``json_schema_mode_override`` of a model does not change what it writes."""
        return self.context.mode

    def get_cache_defs_ref_schema(self, core_ref: CoreRef) -> tuple[DefsRef, JsonSchema]:
        key = cast("DefsRef", self.context.key(core_ref))
        reference = ref_to(key)
        self.json_to_defs_refs[cast("JsonRef", reference["$ref"])] = key
        return key, reference

    def handle_invalid_for_json_schema(
        self,
        schema: CoreSchemaOrField,  # noqa: ARG002 - the parameters are those of the class
        error_info: str,
    ) -> JsonSchema:
        return self.context.no_form(error_info)

    def field_title_should_be_set(self, schema: CoreSchemaOrField) -> bool:  # noqa: ARG002 - as above
        return False


def _believed(context: Context, core: CoreSchema) -> CoreSchema:
    """A core schema with the serializers that say what they write."""
    if not context.emits or "serialization" not in core:
        return core
    core = serializers.resolve(context, core)
    return hooks.without_pydantics(core) if serializers.is_authors(core) else core


def _limited(context: Context, core: CoreSchema) -> CoreSchema:
    """A core schema with the limits that hold for what is on the wire, where the values are."""
    if (limit := limit_of(core)) is not None:
        moved = {**without_notes(core), "schema": limits.moved(context, core["schema"], limit)}
        return hooks.without_pydantics(moved) if has_own_encoder(core["schema"]) else moved
    if context.emits and loosened.is_authors(core):
        return loosened.after_validator(context, core)
    if core["type"] == "json" or text_steps(core) is not None:
        return hooks.without_pydantics(core)  # of what is inside, or stands before the steps
    return core


def _with_annotations(
    context: Context, result: JsonSchema, pattern: str | None, extra: object
) -> JsonSchema:
    """A schema with the pattern and the extras that stand beside it in the metadata, and its documentation as text."""
    if pattern is not None:
        type_ = {"type": result["type"]} if "type" in result else {}
        result = {**result, **kinds.text(context, {"type": "str", "pattern": pattern}), **type_}
    if extra is not None:
        result = hooks.with_extra(extra, result)
    texts: JsonSchema = {key: result[key] for key in TEXTS if key in result}
    if any(type(text) is not str for text in texts.values()):
        result = {**result, **readable(texts)}
    return result
