"""The roots of a contract, exported one by one; what can't be exported is reported and stops no other root."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import PydanticUserError, RootModel, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import PydanticOmit, SchemaError

from samewire.coreschema import CoreSchema
from samewire.errors import Diagnostic
from samewire.export import brands
from samewire.export.definition_keys import Key, key_of, ref_to
from samewire.export.documentation import WORDS
from samewire.export.forms import ACCEPTS, EMITS
from samewire.export.generator import WireSchema
from samewire.export.naming import Candidate
from samewire.export.options import ExportOptions
from samewire.export.sources import Sources
from samewire.export.unusable import BrokenTypeError, Unusable, core_schema_of, explained
from samewire.scalars.view import Config, JsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode

    from samewire.discover import Root


class Exporter:
    """
    ``roots`` are the schemas of the roots, and ``definitions`` those of the types that they use, by :class:`Key` as text.
    """

    def __init__(self, options: ExportOptions, root_configs: tuple[Config, ...]) -> None:
        self._generator = WireSchema(options, root_configs)
        self.context = self._generator.context
        self.sources = Sources(self.context.references.origins)
        self.roots: dict[str, JsonSchema] = {}
        self.diagnostics: list[Diagnostic] = []
        self.unusable: list[Unusable] = []
        self._core_schemas: dict[int, tuple[object, CoreSchema]] = {}

    @property
    def definitions(self) -> Mapping[str, JsonSchema]:
        return cast("Mapping[str, JsonSchema]", self._generator.definitions)

    def add(self, root: Root, mode: JsonSchemaMode) -> None:
        """Exports a root in one direction."""
        forms = self.context.forms
        before = frozenset(forms.by_dump.values())
        schema = self._generated(root, mode)
        if schema is None:
            return
        key = Key.of_root(ACCEPTS, root.source)
        if mode == EMITS:
            key = Key.parse(self.key(root))
            if root.suffix is not None:
                forms.give_suffix(key.form, root.suffix, {*forms.by_dump.values()} - before)
        self.roots[str(key)] = schema

    def key(self, root: Root) -> str:
        """The key of a root as it is emitted."""
        form = self.context.forms.of(root.dump or self.context.options.dump)
        return str(Key.of_root(form, root.source))

    def add_property(self, root: Root, cls: type[Any], name: str) -> JsonSchema | None:
        """
        The schema of one property of a class, as it is there: the class's configuration may bear on it. ``None`` if the class, or
        the property, is refused.
        """
        reference = self._generator.add(TypeAdapter(cls).core_schema, EMITS, root.dump)
        properties = self.definitions[key_of(reference)].get("properties", {})
        schema: JsonSchema | None = properties.get(name)
        return schema

    def name(self, candidate: Candidate) -> None:
        """Gives a name to what is no root and no class."""
        self.sources.parts[candidate.key] = candidate

    def _generated(self, root: Root, mode: JsonSchemaMode) -> JsonSchema | None:
        place = self.context.place
        with place.inside(root.source):
            try:
                core = self._core_schema(root.type)
                place.root_type = root.type
                schema = self._of_root_model(root, self._generator.add(core, mode, root.dump))
                with self.context.dumping(root.dump or self.context.options.dump):
                    return brands.of_root(self.context, root.type, root.source, schema)
            except PydanticOmit:
                return None
            except (*_RAISED, BrokenTypeError) as error:
                self.unusable.append(explained(root.source, root.type, error))
        return None

    def _core_schema(self, type_: object) -> CoreSchema:
        """The core schema of a type, which may be a root in both directions; an annotation need not have a hash."""
        if id(type_) not in self._core_schemas:
            self._core_schemas[id(type_)] = (type_, core_schema_of(type_))
        return self._core_schemas[id(type_)][1]

    def _of_root_model(self, root: Root, schema: JsonSchema) -> JsonSchema:
        """
        A root model's schema with the texts that ``json_schema_extra`` of its field ``root`` has moved to its definition. Pydantic
        puts them beside the reference, so that the root would be a second type of the same class.
        """
        texts = {word: text for word, text in schema.items() if word in WORDS}
        is_root_model = isinstance(root.type, type) and issubclass(root.type, RootModel)
        if not (is_root_model and texts) or schema.keys() - texts.keys() != {"$ref"}:
            return schema
        definitions = cast("dict[str, JsonSchema]", self._generator.definitions)
        key = key_of(schema)
        definitions[key] = {**texts, **definitions[key]}
        return ref_to(key)


# What Pydantic raises for types without a schema, and for schemas that its generator does not expect. It asserts that a literal
# has values.
_RAISED: Final = (
    PydanticUserError,
    PydanticUndefinedAnnotation,
    SchemaError,
    TypeError,
    ValueError,
    AttributeError,
    NameError,
    KeyError,
    RecursionError,
    AssertionError,
)
