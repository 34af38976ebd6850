"""The files of types of a contract that is split: what each declares, and which types it imports from others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from samewire import ir
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.split import imports, parts
from samewire.targets.typescript.syntax import Code
from samewire.targets.typescript.types import TypeScope
from samewire.targets.typescript.views import AliasView, DeclarationView, TypesView, code_of
from samewire.walk import enumeration, inside, references

_SHARED: Final = {ir.JsonValue: "JsonValue", ir.UnlistedObject: "UnknownTag"}
"""What ``types.ts`` declares by itself, unless a type is called so, by the types that need it."""


def split_types(
    output: Output,
    scope: TypeScope,
    kind: str,
    views: Mapping[str, DeclarationView],
    own: Sequence[AliasView],
) -> dict[str, object]:
    """By the names of the files; ``own`` is what stands in the file that exports all others."""
    homes = {str(scope.reference(key)): output.stems[key] for key in views}
    files: dict[str, object] = {}
    for stem, part in parts(output, output.stems):
        definitions = [each for each in part.contract.definitions if each.name in views]
        shown = tuple(views[each.name] for each in definitions)
        if shown:
            lines = _imports(part, scope, definitions, views, homes)
            files[f"{kind}/{stem}"] = TypesView(output.header, shown, lines)
    exports = tuple(
        output.import_names(
            "export" if not scope.wire and _is_enum(output.definitions[key]) else "export type",
            [str(scope.reference(key))],
            f"{kind}/{output.stems[key]}",
        )
        for key in sorted(views, key=scope.reference)
    )
    return {kind: TypesView(output.header, tuple(own), (), exports), **files}


def _imports(
    part: Output,
    scope: TypeScope,
    definitions: Sequence[ir.Definition],
    views: Mapping[str, DeclarationView],
    homes: Mapping[str, str],
) -> tuple[Code, ...]:
    """Those of types that a declaration names; what it inherits it does not."""
    code = "\n".join(code_of(views[each.name]) for each in definitions)
    own = {str(scope.reference(each.name)) for each in definitions}
    referred = {
        str(scope.reference(key))
        for each in definitions
        for key in (*references(each.type), *each.bases)
    }
    used = {name: homes[name] for name in referred - own if name in homes and _names(code, name)}
    lines = imports("import type", used, part.sibling)
    if scope.wire:
        types = Code(f"import type * as t from {part.module('types')};")
        return (types, *lines) if re.search(r"\bt\.", code) else lines
    needed = {_SHARED.get(type(one)) for each in definitions for one in inside(each.type)}
    shared = sorted(name for name in needed if name and name not in homes and _names(code, name))
    modules = part.decoding.modules(definitions)
    return (
        *part.package_imports(modules, "import type", part.names.values()),
        *((part.import_names("import type", shared, "types"),) if shared else ()),
        *lines,
    )


def _names(code: str, name: str) -> bool:
    return re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", code) is not None


def _is_enum(definition: ir.Definition) -> bool:
    return enumeration(definition.type) is not None
