"""Keys of dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.patterns.ast import (
    Anchor,
    Backref,
    Group,
    Node,
    alternation,
    children,
    concat,
    text_of,
)
from samewire.schema.pointers import Pointer, find


def key_type(key: ir.Type, at: Pointer, scope: Scope) -> tuple[ir.Type, ir.Type | None]:
    """
    ``key``, a type of strings that a schema at ``at`` has for keys, as the type of a dictionary's key; and what is checked of the
    key where a dictionary's key can't be of that type.
    """
    match key:
        case ir.String() | ir.Literal() | ir.Never():
            return key, None
        case ir.Union((ir.Literal(), ir.Unlisted(ir.String()))):
            return key, None
        case ir.Ref(name) if at not in scope.checked:
            scope.keys.append((at, name))
            return key, None
        case ir.Union(members) if (pattern := _one_pattern(members, scope)) is not None:
            return pattern, None
        case _:
            return ir.String(), key


def check_keys(types: Mapping[str, ir.Type], scope: Scope) -> None:
    """References that are keys and turn out to be no strings go to ``scope.failed``."""
    scope.failed.update(at for at, name in scope.keys if not _is_string(ir.Ref(name), types))


def _is_string(type_: ir.Type, types: Mapping[str, ir.Type]) -> bool:
    while isinstance(type_, ir.Ref):
        type_ = types[type_.name]
    match type_:
        case ir.Literal(values):
            return all(isinstance(value, str) for value in values)
        case ir.EnumType(members):
            return all(isinstance(member.value, str) for member in members)
        case ir.Union((listed, ir.Unlisted(ir.String()))):
            return _is_string(listed, types)
        case _:
            return isinstance(type_, ir.String)


def _one_pattern(members: Sequence[ir.Type], scope: Scope) -> ir.String | None:
    """The strings of all members as those of one pattern, where a pattern can say all of them."""
    if ir.String() in members:
        return ir.String()
    trees = [_tree(_resolved(member, scope)) for member in members]
    known = [tree for tree in trees if tree is not None]
    if len(known) < len(trees):
        return None
    return ir.String(patterns=(ir.Regex(alternation(known)),))


def _resolved(member: ir.Type, scope: Scope) -> ir.Type:
    if not isinstance(member, ir.Ref):
        return member
    pointer = scope.pointers[member.name]
    return scope.type_of(Site(find(scope.document, pointer), pointer))


def _tree(member: ir.Type) -> Node | None:
    match member:
        case ir.Literal(values):
            texts = alternation([text_of(str(value)) for value in values])
            return concat([Anchor.TEXT_START, texts, Anchor.TEXT_END])
        case ir.String(None, None, (ir.Regex(tree, False),), None, None, None) if (
            not _has_references(tree)
        ):
            return tree
        case _:
            return None


def _has_references(node: Node) -> bool:
    """Whether groups have names or are referred to: these would clash or be numbered anew beside others."""
    return (
        isinstance(node, Backref)
        or (isinstance(node, Group) and node.name is not None)
        or any(map(_has_references, children(node)))
    )
