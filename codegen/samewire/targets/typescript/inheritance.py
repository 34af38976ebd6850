"""
``interface Child extends Parent``: inherited members are declared only in the base.

Only where nothing changes: each member of the parent is one of the child, with the same type, presence and comment, and both treat
unknown keys alike. TypeScript would take more, a field that is narrower, of which a reader would not see that it is another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from samewire import ir
from samewire.targets.typescript.annotations import Reference, layout_alias
from samewire.targets.typescript.layout import LINE, group, indent, join, print_doc
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import Code
from samewire.targets.typescript.types import TypeScope
from samewire.targets.typescript.views import AliasView, DeclarationView, InterfaceView, MemberView


def with_bases(
    views: Mapping[str, DeclarationView], output: Output, scope: TypeScope
) -> dict[str, DeclarationView]:
    """The declarations, of which those that can do extend others among them."""
    return {key: _extending(key, view, views, output, scope) for key, view in views.items()}


def _extending(
    key: str,
    view: DeclarationView,
    views: Mapping[str, DeclarationView],
    output: Output,
    scope: TypeScope,
) -> DeclarationView:
    own = output.definitions[key].type
    if not isinstance(view, InterfaceView) or not isinstance(own, ir.Object):
        return view
    parents: list[Code] = []
    inherited: set[MemberView] = set()
    behind: set[str] = set()  # what the parents inherit from themselves
    for base in output.definitions[key].bases:
        parent, above = views.get(base), output.definitions[base].bases
        if base in behind or key in above or not isinstance(parent, InterfaceView):
            continue
        members = set(parent.members)
        if _has_all_of(own, output.definitions[base].type) and members <= set(view.members):
            parents.append(scope.reference(base))
            inherited |= members
            behind.update(above)
    if not parents:
        return view
    added = tuple(each for each in view.members if each not in inherited)
    if not added and len(parents) == 1:  # linters take an empty interface for a mistake
        alias = layout_alias(f"export type {view.name}", Reference(parents[0]))
        return AliasView(view.comment, Code(print_doc(alias)))
    return replace(view, members=added, heritage=_heritage(view.name, parents))


def _has_all_of(own: ir.Object, base: ir.Type) -> bool:
    """Whether an object has all properties of the base as they are, and treats other keys alike."""
    if not isinstance(base, ir.Object) or own.extra != base.extra:
        return False
    keys = {each.key for each in base.properties}
    properties = {each.key: each for each in own.properties}
    return all(
        properties.get(each.key) == each for each in base.properties
    ) and base.names == tuple(each for each in own.names if each.path[0] in keys)


def _heritage(name: Code, parents: list[Code]) -> Code:
    """What stands between the name and the brace. A single parent stays behind the name, however long the line."""
    if len(parents) == 1:
        return Code(f" extends {parents[0]}")
    head = f"export interface {name}"
    listed = indent(LINE, join((",", LINE), parents))
    laid_out = print_doc((group(head, indent(LINE, "extends", listed)), " {"))
    return Code(laid_out.removeprefix(head).removesuffix(" {"))
