"""
Exports models to a schema document.

Reads Python types (``discover.Root``), writes one JSON Schema document a contract (``docs/schema-format.md``): each definition
once, in the directions that it is used in, named, with the Python object that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typing_extensions import is_typeddict

from samewire.coreschema.versions import own_config
from samewire.discover.members import ALIAS_TYPES
from samewire.errors import Diagnostic
from samewire.export import (
    bases,
    document,
    duplicates,
    enums,
    opened,
    resolved,
    tables,
    unusable,
    unvalidated,
)
from samewire.export.contents import Contents
from samewire.export.context import Remark
from samewire.export.deep_stack import with_deep_stack
from samewire.export.definition_keys import Key, key_of
from samewire.export.described import Described, described
from samewire.export.exporter import Exporter
from samewire.export.form_names import Naming
from samewire.export.forms import ACCEPTS, EMITS
from samewire.export.left_out import without_refused
from samewire.export.options import DumpOptions, ExportOptions
from samewire.extensions import extensions
from samewire.extensions.routes.places import with_routes
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.discover import Root
    from samewire.extensions import Exported

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
    return with_deep_stack(lambda: _export(name, emits, accepts, options or ExportOptions()))


def _export(
    name: str, emits: Sequence[Root], accepts: Sequence[Root], options: ExportOptions
) -> Export:
    exporter = Exporter(options, enums.distinct(map(_config, emits)))
    for mode, group in ((EMITS, emits), (ACCEPTS, accepts)):
        # The contract's own dump options come first: they keep the plain names.
        for root in sorted(group, key=lambda one: one.dump not in (None, options.dump)):
            exporter.add(root, mode)
    roots, sources, forms = exporter.roots, exporter.sources, exporter.context.forms
    extended = _extended(exporter, emits)
    _add_brands(exporter)
    for one in extended:
        roots |= one.bodies
    bodies = duplicates.merged({**exporter.definitions, **roots})
    sources.aliases.update(_aliases(bodies, [*emits, *accepts], [*forms.by_dump.values(), ACCEPTS]))
    contents = Contents()
    bodies = resolved.resolve(_reachable(bodies, roots, contents), sources.origins)
    if exporter.context.has_open:
        bodies = opened.resolve(bodies)
    bodies = unvalidated.with_alternatives(bodies, contents)
    bodies, refused = without_refused(bodies, sources.of(bodies), contents)
    bodies = _reachable(bodies, roots, contents)
    naming = Naming(sources, forms, options.names)
    named = [key for key in roots if key in bodies]
    made = document.assemble(name, bodies, named, naming, contents)
    result = dict(made.document)
    if options.bases:
        result["$defs"] = bases.with_bases(result["$defs"], made.names, sources.origins)
    for one in extended:
        result |= one.written(made.names)
    types = described(made.names, [*emits, *accepts], sources.origins, forms)
    diagnostics = (
        *unusable.diagnostics(exporter.unusable),
        *exporter.diagnostics,
        *refused,
        *made.clashes,
    )
    warnings = (
        *_warnings(exporter.context.remarks),
        *_lost_defaults(exporter.context.lost_defaults),
        *tables.warnings(types),
    )
    return Export(
        result,
        tuple(dict.fromkeys(with_routes(diagnostics, options.routes))),
        tuple(with_routes(warnings, options.routes)),
        types,
        frozenset(exporter.context.decisions.used),
    )


def _add_brands(exporter: Exporter) -> None:
    """The definitions of new types, which are no roots by that."""
    found, roots = exporter.context.new_types, exporter.roots
    named = {Key.parse(key).core_ref for key in roots}
    roots |= {key: body for key, body in found.bodies.items() if key not in roots}
    for core_ref, candidate in found.candidates.items():
        if core_ref not in named:
            exporter.name(candidate)


def _extended(exporter: Exporter, emits: Sequence[Root]) -> list[Exported]:
    """What extensions add to the document."""
    added = [
        one.export(exporter, emits, exporter.roots, exporter.diagnostics) for one in extensions()
    ]
    return [one for one in added if one is not None]


def _warnings(remarks: Mapping[Remark, Sequence[str]]) -> Iterator[Diagnostic]:
    """One for each remark, at the first of the places that share it."""
    for remark, places in remarks.items():
        first, *more = sorted(set(places))
        others = (
            f" (also at {more[0]}{f' and {len(more) - 1} more' if more[1:] else ''})"
            if more
            else ""
        )
        yield Diagnostic(remark.code, first, remark.message + others, remark.hint)


def _lost_defaults(factories: Mapping[str, str]) -> Iterator[Diagnostic]:
    for place, what in factories.items():
        message = (
            f"the default factory {what}, so what is sent for it is taken to be of the field's type"
        )
        hint = "let it return at once, and do what takes time in a validator or in the application"
        yield Diagnostic("default-factory", place, message, hint)


def _config(root: Root) -> Mapping[str, Any]:
    """The configuration under which a root is dumped: its own, or that of Pydantic for a type that has none."""
    if is_typeddict(root.type):
        return {}  # which reads its own for validation only
    return own_config(root.type) or {}


def _aliases(
    bodies: Mapping[str, JsonSchema], roots: Sequence[Root], forms: Iterable[str]
) -> dict[str, str]:
    """The alias of a generic with its arguments that is a root, ``UserPage = Page[User]``, by core reference."""
    aliases: dict[str, str] = {}
    for root in sorted(roots, key=lambda one: one.source):
        for form in forms:
            target = bodies.get(str(Key.of_root(form, root.source)), {})
            core_ref = Key.parse(key_of(target)).core_ref
            if ("[" in core_ref or _is_alias(root.type, core_ref)) and root.name.isidentifier():
                aliases.setdefault(core_ref, root.source)
    return aliases


def _is_alias(type_: object, core_ref: str) -> bool:
    """Whether it is ``type UserPage = Page[User]``, and the reference that of the alias, which does not say the class."""
    return isinstance(type_, ALIAS_TYPES) and core_ref.startswith(
        f"{type_.__module__}.{type_.__name__}:"
    )


def _reachable(
    bodies: Mapping[str, JsonSchema], roots: Iterable[str], contents: Contents
) -> dict[str, JsonSchema]:
    """The bodies of the roots and of all that they refer to."""
    refs = contents.refs(bodies)
    reached: dict[str, JsonSchema] = {}
    pending = [key for key in roots if key in bodies]
    while pending:
        key = pending.pop()
        if key not in reached:
            reached[key] = bodies[key]
            pending += [ref for ref in refs[key] if ref in bodies]
    return reached
