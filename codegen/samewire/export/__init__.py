"""
Models to a schema document.

Reads Python types (``discover.Root``), writes one JSON Schema document a contract (``docs/schema-format.md``): each definition
once, in the directions that it is used in, named, with the Python object that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pydantic import PydanticUserError, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import PydanticOmit, SchemaError

from samewire.errors import Diagnostic
from samewire.export import naming, settle, stream_order, subset, unify, walk
from samewire.export.generator import WireSchema
from samewire.export.options import DumpOptions, ExportOptions
from samewire.export.refusals import Refusals
from samewire.export.room import with_room
from samewire.export.scalars import JsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode

    from samewire.discover import Root

__all__ = ["DumpOptions", "Export", "ExportOptions", "export_contract"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EMITS: JsonSchemaMode = "serialization"
_ACCEPTS: JsonSchemaMode = "validation"


@dataclass(frozen=True, slots=True)
class Export:
    """
    ``document`` has every type that could be expressed. ``diagnostics`` are the ones that could not, each with its place; types
    that depend on one of them are left out too, and named in its message.
    """

    document: dict[str, Any]
    diagnostics: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def export_contract(
    name: str, emits: Sequence[Root], accepts: Sequence[Root], options: ExportOptions | None = None
) -> Export:
    """The schema document of a contract. Never raises for a type's sake: what can't be expressed becomes a diagnostic."""
    return with_room(lambda: _export(name, emits, accepts, options or ExportOptions()))


def _export(
    name: str, emits: Sequence[Root], accepts: Sequence[Root], options: ExportOptions
) -> Export:
    refusals = Refusals()
    generator = WireSchema(options, refusals)
    roots: dict[str, JsonSchema] = {}
    diagnostics: list[Diagnostic] = []
    for mode, group in ((_EMITS, emits), (_ACCEPTS, accepts)):
        for root in group:
            schema = _generate(generator, root, mode, diagnostics)
            if schema is not None:
                roots[f"{mode}|root:{root.source}"] = schema
    _name_by_alias(generator, roots, [*emits, *accepts])
    bodies = cast("dict[str, JsonSchema]", dict(generator.definitions)) | roots
    bodies = settle.settle(_reachable(bodies, roots))
    bodies, refused = _without_refused(bodies, refusals, _sources(generator, bodies))
    bodies, diagnostics = (
        _reachable(bodies, [key for key in roots if key in bodies]),
        [*diagnostics, *refused],
    )
    return _assemble(name, bodies, [key for key in roots if key in bodies], generator, diagnostics)


def _generate(
    generator: WireSchema, root: Root, mode: JsonSchemaMode, diagnostics: list[Diagnostic]
) -> JsonSchema | None:
    with generator.inside(root.source):
        try:
            return generator.add(TypeAdapter(cast("Any", root.type)).core_schema, mode)
        except PydanticOmit:
            return None
        except (PydanticUserError, PydanticUndefinedAnnotation, SchemaError) as error:
            message, hint = _explain(error)
        except (
            TypeError,
            ValueError,
            AttributeError,
            NameError,
            KeyError,
            RecursionError,
        ) as error:
            # What a __get_pydantic_core_schema__ or __get_pydantic_json_schema__ of the user's may raise.
            message, hint = (
                f"{type(error).__name__}: {error}",
                "Pydantic itself can't build this type's schema",
            )
        where = (
            root.source
            if generator.where == root.source
            else f"{root.source} (at {generator.where})"
        )
        diagnostics.append(Diagnostic("unusable-type", where, message, hint))
        return None


def _name_by_alias(
    generator: WireSchema, roots: Mapping[str, JsonSchema], given: Sequence[Root]
) -> None:
    """A generic with its arguments that is exported under an alias, ``UserPage = Page[User]``, is called by the alias."""
    for root in sorted(given, key=lambda one: one.source):
        for mode in (_EMITS, _ACCEPTS):
            target = roots.get(f"{mode}|root:{root.source}", {}).get("$ref", "")
            core_ref = target.partition("|")[2]
            if "[" in core_ref and root.name.isidentifier():
                generator.aliases.setdefault(core_ref, root.source)


def _explain(error: Exception) -> tuple[str, str]:
    first = str(error).strip().partition("\n")[0]
    if getattr(error, "code", None) in ("class-not-fully-defined", "undefined-annotation"):
        return (
            first,
            "define or import the missing name, then call Model.model_rebuild() in its module",
        )
    if "arbitrary_types_allowed" in str(error):
        return first, "give the type a __get_pydantic_core_schema__, or exclude the field"
    return first, "see Pydantic's documentation of this error; or leave the type out with `exclude`"


# --- Reachability and refusals ----------------------------------------------------------------------------------------


def _reachable(bodies: Mapping[str, JsonSchema], roots: Iterable[str]) -> dict[str, JsonSchema]:
    found: dict[str, JsonSchema] = {}
    waiting = [key for key in roots if key in bodies]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = bodies[key]
            waiting += [ref for ref in walk.refs(bodies[key]) if ref in bodies]
    return found


def _without_refused(
    bodies: Mapping[str, JsonSchema], refusals: Refusals, sources: Mapping[str, str]
) -> tuple[dict[str, JsonSchema], list[Diagnostic]]:
    """Takes out definitions with a refused place, and all that depend on them."""
    users: dict[str, list[str]] = {}
    gone: dict[str, set[str]] = {}
    places: dict[tuple[str, str, str, str], set[str]] = {}
    for key, body in bodies.items():
        for ref in walk.refs(body):
            users.setdefault(ref, []).append(key)
            if ref not in bodies:
                places.setdefault(
                    ("unusable-type", sources[key], f"depends on {ref.split('|', 1)[1]}", ""), set()
                ).add(key)
        for found in refusals.find(body):
            places.setdefault((found.code, found.where, found.message, found.hint), set()).add(key)
    diagnostics = []
    for (code, where, message, hint), keys in places.items():
        lost = subset.dependents(keys, users)
        for key in lost:
            gone.setdefault(key, set())
        others = sorted({sources[key] for key in lost} - {sources[key] for key in keys})
        with_it = ""
        if others:
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            with_it = f"; left out with it: {', '.join(others[:3])}{more}"
        diagnostics.append(Diagnostic(code, where, message + with_it, hint or None))
    return {key: body for key, body in bodies.items() if key not in gone}, diagnostics


def _sources(generator: WireSchema, bodies: Iterable[str]) -> dict[str, str]:
    return {key: _candidate(generator, key.split("|", 1)[1]).source for key in bodies}


def _candidate(generator: WireSchema, core_ref: str) -> naming.Candidate:
    if core_ref.startswith("root:") or core_ref in generator.aliases:
        source = generator.aliases.get(core_ref, core_ref.removeprefix("root:"))
        module, _, attribute = source.partition(":")
        return naming.candidate(core_ref, module, attribute)
    # Pydantic's form: module.Qual.Name:id, and for a generic its arguments, each with an id: [Item:id,int:id]
    head, bracket, arguments = core_ref.partition("[")
    cls = generator.origins.get(core_ref)
    shown = "".join(_drop_ids(bracket + arguments))
    if cls is None:
        module, _, name = head.rpartition(":")[0].rpartition(".")
        return naming.candidate(core_ref, module, name, shown)
    module, _, qualname = naming.class_key(cls).partition(":")
    return naming.candidate(core_ref, module, qualname.partition("[")[0], shown)


def _drop_ids(text: str) -> Iterable[str]:
    """``[Item:140,int:93]`` to ``[Item,int]``."""
    digits = False
    for index, char in enumerate(text):
        if char == ":" and text[index + 1 : index + 2].isdigit():
            digits = True
        elif not (digits and char.isdigit()):
            digits = False
            yield char


# --- The document -----------------------------------------------------------------------------------------------------


def _assemble(
    name: str,
    bodies: Mapping[str, JsonSchema],
    roots: Sequence[str],
    generator: WireSchema,
    diagnostics: list[Diagnostic],
) -> Export:
    aliased = {key: next(walk.refs(bodies[key])) for key in roots if set(bodies[key]) == {"$ref"}}
    kept = {key: body for key, body in bodies.items() if key not in aliased}
    names, clashes = _names(kept, generator)
    users: dict[str, list[str]] = {}
    for key, body in kept.items():
        for ref in walk.refs(body):
            users.setdefault(ref, []).append(key)
    nameless = subset.dependents((key for key in kept if key not in names), users)
    kept = {key: body for key, body in kept.items() if key not in nameless}
    roots = [key for key in roots if aliased.get(key, key) in kept]
    definitions: dict[str, JsonSchema] = {}
    for key in sorted(kept, key=lambda one: (names.get(one, ""), one != _EMITS)):
        if key in names and names[key] not in definitions:
            source = _candidate(generator, key.split("|", 1)[1]).source
            renamed = walk.rewrite(kept[key], lambda schema: _renamed(schema, names))
            definitions[names[key]] = {**renamed, "x-samewire-source": source}
    order = stream_order.gather(definitions, diagnostics)
    directions = {mode: _root_names(roots, mode, names, aliased) for mode in (_EMITS, _ACCEPTS)}
    document = {
        "$schema": _DIALECT,
        "title": name,
        "x-samewire-emits": directions[_EMITS],
        "x-samewire-accepts": directions[_ACCEPTS],
        **order,
        "$defs": definitions,
    }
    return Export(document, tuple(dict.fromkeys([*diagnostics, *clashes])))


def _root_names(
    roots: Sequence[str], mode: JsonSchemaMode, names: Mapping[str, str], aliased: Mapping[str, str]
) -> list[str]:
    found = (names.get(aliased.get(key, key)) for key in roots if key.startswith(f"{mode}|"))
    return sorted({name for name in found if name is not None})


def _names(
    bodies: Mapping[str, JsonSchema], generator: WireSchema
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Definition keys to names: one for a type that is the same both ways, else ``X`` and ``XInput``."""
    split = unify.differing(bodies)
    core_refs = dict.fromkeys(key.split("|", 1)[1] for key in bodies)
    names, clashes = naming.choose(
        (_candidate(generator, ref) for ref in core_refs), generator.options.names
    )
    taken = set(names.values())
    result: dict[str, str] = {}
    for key in bodies:
        mode, core_ref = key.split("|", 1)
        if core_ref not in names:
            continue
        plain = names[core_ref]
        if mode == _ACCEPTS and core_ref in split:
            plain = next(
                free
                for free in (f"{plain}Input", f"{plain}Accepted", f"{plain}InputAccepted")
                if free not in taken
            )
        result[key] = plain
    return result, clashes


def _renamed(schema: JsonSchema, names: Mapping[str, str]) -> JsonSchema:
    if "$ref" not in schema:
        return schema
    return {**schema, "$ref": f"#/$defs/{names.get(schema['$ref'].removeprefix('#/$defs/'), '')}"}
