"""
Models to a schema document.

Reads Python types (``discover.Root``), writes one JSON Schema document a contract (``docs/schema-format.md``): each definition
once, in the directions that it is used in, named, with the Python object that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import PydanticUserError, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import PydanticOmit, SchemaError, core_schema
from typing_extensions import is_typeddict

from samewire.coreschema.versions import own_config
from samewire.discover.members import ALIAS_TYPES
from samewire.errors import Diagnostic
from samewire.export import document, duplicates, enums, settle, tables, unvalidated, walk
from samewire.export.definition_keys import Key, key_of
from samewire.export.described import Described, described
from samewire.export.document import ACCEPTS, EMITS
from samewire.export.generator import WireSchema
from samewire.export.left_out import without_refused
from samewire.export.options import DumpOptions, ExportOptions
from samewire.export.room import with_room
from samewire.extensions import extensions
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode

    from samewire.discover import Root

__all__ = ["Described", "DumpOptions", "Export", "ExportOptions", "export_contract"]


@dataclass(frozen=True, slots=True)
class Export:
    """
    ``document`` has every type that could be expressed. ``diagnostics`` are the ones that could not, each with its place; types
    that depend on one of them are left out too, and named in its message. ``described`` are the types behind the definitions, and
    ``decided`` the keys of ``opaque`` that had an effect.
    """

    document: dict[str, Any]
    diagnostics: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    described: tuple[Described, ...] = ()
    decided: frozenset[str] = frozenset()


def export_contract(
    name: str, emits: Sequence[Root], accepts: Sequence[Root], options: ExportOptions | None = None
) -> Export:
    """The schema document of a contract. Never raises for a type's sake: what can't be expressed becomes a diagnostic."""
    return with_room(lambda: _export(name, emits, accepts, options or ExportOptions()))


def _export(
    name: str, emits: Sequence[Root], accepts: Sequence[Root], options: ExportOptions
) -> Export:
    generator = WireSchema(options)
    generator.root_configs = enums.distinct(map(_config, emits))
    roots: dict[str, JsonSchema] = {}
    diagnostics: list[Diagnostic] = []
    suffixes: dict[str, str] = {}
    for mode, group in ((EMITS, emits), (ACCEPTS, accepts)):
        # The contract's own dump options come first: they keep the plain names.
        for root in sorted(group, key=lambda one: one.dump not in (None, options.dump)):
            before = frozenset(generator.forms.values())
            schema = _generate(generator, root, mode, diagnostics)
            if schema is not None:
                form = _form(generator, root, mode, suffixes, before)
                roots[str(Key.of_root(form, root.source))] = schema
    added = [one.export(generator, emits, roots, diagnostics) for one in extensions()]
    extended = [one for one in added if one is not None]
    for one in extended:
        roots |= one.bodies
    bodies = duplicates.merged(cast("dict[str, JsonSchema]", dict(generator.definitions)) | roots)
    _name_by_alias(generator, bodies, [*emits, *accepts])
    bodies = settle.settle(_reachable(bodies, roots), generator.origins)
    bodies = unvalidated.with_alternatives(bodies)
    bodies, refused = without_refused(bodies, document.sources(generator, bodies))
    bodies = _reachable(bodies, [key for key in roots if key in bodies])
    made = document.assemble(
        name, bodies, [key for key in roots if key in bodies], generator, suffixes
    )
    result = dict(made.document)
    for one in extended:
        result |= one.written(made.names)
    types = described(made.names, [*emits, *accepts], generator)
    return Export(
        result,
        tuple(dict.fromkeys([*diagnostics, *refused, *made.clashes])),
        (*_pattern_warnings(generator), *tables.warnings(types)),
        types,
        frozenset(generator.decisions.used),
    )


def _pattern_warnings(generator: WireSchema) -> Iterator[Diagnostic]:
    """One for each pattern, at the first of the places that share it."""
    for remark, found in generator.remarks.items():
        first, *more = sorted(set(found))
        others = (
            f" (also at {more[0]}{f' and {len(more) - 1} more' if more[1:] else ''})"
            if more
            else ""
        )
        yield Diagnostic("risky-pattern", first, remark + others)


def _config(root: Root) -> Mapping[str, Any]:
    """The configuration under which a root is dumped: its own, or that of Pydantic for a type that has none."""
    if is_typeddict(root.type):
        return {}  # which reads its own for validation only
    return own_config(root.type) or {}


def _form(
    generator: WireSchema,
    root: Root,
    mode: JsonSchemaMode,
    suffixes: dict[str, str],
    before: frozenset[str],
) -> str:
    """The form that a root has; ``suffixes`` gets the one that the user gave to what is written with its options."""
    if mode == ACCEPTS:
        return ACCEPTS
    form = generator.forms[root.dump or generator.options.dump]
    if root.suffix is not None and form != EMITS:
        # What a choice of fields leads to inside has the suffix as well.
        for dump, known in generator.forms.items():
            if known == form or (dump.selects and known not in before):
                suffixes.setdefault(known, root.suffix)
    return form


# What Pydantic's own generator raises for schemas that it does not expect.
# Pydantic asserts that a literal has values.
_RAISED: Final = (
    TypeError,
    ValueError,
    AttributeError,
    NameError,
    KeyError,
    RecursionError,
    AssertionError,
)


class _BrokenTypeError(Exception):
    """Code of a type's author raised, ``__get_pydantic_core_schema__`` for example; the cause is what it raised."""


def _core_schema(type_: object) -> core_schema.CoreSchema:
    try:
        return TypeAdapter(cast("Any", type_)).core_schema
    except (PydanticUserError, PydanticUndefinedAnnotation, SchemaError, PydanticOmit):
        raise
    except (Exception, SystemExit) as error:
        raise _BrokenTypeError from error


def _generate(
    generator: WireSchema, root: Root, mode: JsonSchemaMode, diagnostics: list[Diagnostic]
) -> JsonSchema | None:
    with generator.inside(root.source):
        try:
            core = _core_schema(root.type)
            generator.root_type = root.type
            return generator.add(core, mode, root.dump or generator.options.dump)
        except PydanticOmit:
            return None
        except (PydanticUserError, PydanticUndefinedAnnotation, SchemaError) as error:
            message, hint = _explain(error, root.type)
        except (*_RAISED, _BrokenTypeError) as raised:
            cause = raised.__cause__ or raised
            message = f"{type(cause).__name__}: {cause}"
            hint = "Pydantic itself can't build this type's schema"
        where = (
            root.source
            if generator.where == root.source
            else f"{root.source} (at {generator.where})"
        )
        diagnostics.append(Diagnostic("unusable-type", where, message, hint))
        return None


def _name_by_alias(
    generator: WireSchema, bodies: Mapping[str, JsonSchema], given: Sequence[Root]
) -> None:
    """A generic with its arguments that is exported under an alias, ``UserPage = Page[User]``, is called by the alias."""
    for root in sorted(given, key=lambda one: one.source):
        for form in (*generator.forms.values(), ACCEPTS):
            target = bodies.get(str(Key.of_root(form, root.source)), {})
            core_ref = Key.parse(key_of(target)).core_ref
            if ("[" in core_ref or _is_alias(root.type, core_ref)) and root.name.isidentifier():
                generator.aliases.setdefault(core_ref, root.source)


def _is_alias(type_: object, core_ref: str) -> bool:
    """Whether it is ``type UserPage = Page[User]``, and the reference that of the alias, which does not say the class."""
    return isinstance(type_, ALIAS_TYPES) and core_ref.startswith(
        f"{type_.__module__}.{type_.__name__}:"
    )


def _explain(error: Exception, type_: object) -> tuple[str, str]:
    first = str(error).strip().partition("\n")[0]
    if getattr(error, "code", None) in ("class-not-fully-defined", "undefined-annotation"):
        missing = _undefined_name(type_)
        return (
            f"an annotation in it mentions {missing}, which is not defined there"
            if missing
            else first,
            "define or import the missing name, then call Model.model_rebuild() in its module",
        )
    if "arbitrary_types_allowed" in str(error):
        return first, "give the type a __get_pydantic_core_schema__, or exclude the field"
    return first, "see Pydantic's documentation of this error; or leave the type out with `exclude`"


def _undefined_name(type_: object) -> str | None:
    """The name because of which Pydantic could not finish a type: the error of an unfinished class does not say it."""
    try:
        TypeAdapter(cast("Any", type_)).rebuild(raise_errors=True, _types_namespace={})
    except PydanticUndefinedAnnotation as error:
        return error.name
    except (PydanticUserError, SchemaError, TypeError, AssertionError):
        return None
    return None


def _reachable(bodies: Mapping[str, JsonSchema], roots: Iterable[str]) -> dict[str, JsonSchema]:
    found: dict[str, JsonSchema] = {}
    waiting = [key for key in roots if key in bodies]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = bodies[key]
            waiting += [ref for ref in walk.refs(bodies[key]) if ref in bodies]
    return found
