"""
``x-samewire-order``: the blocks of a document and the rules of its definitions.

The former is an object of blocks, each with ``states``, ``inside``, ``keys`` and ``once``; the latter have ``first``, ``last``,
``once``, ``fixed``, ``inside``, ``outside``, ``after`` and ``moves`` (``docs/schema-format.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from samewire import ir
from samewire.lower.scope import Scope, Site, shown
from samewire.lower.stream_rules import ABSENT, ORDER, Reader, read_blocks
from samewire.walk import inside


def stream_order(
    sites: Mapping[str, Site], types: Mapping[str, ir.Type], emits: Iterable[str], scope: Scope
) -> ir.StreamOrder | None:
    """The order that the definitions declare, ``None`` if none does. If a type differs by direction, the emitted form counts."""
    ordered = {name: site for name, site in sites.items() if site.has(ORDER)}
    emitted = {name: site for name, site in ordered.items() if name in _reached(types, emits)}
    ordered = emitted or ordered
    if not ordered:
        return None
    blocks = read_blocks(scope)
    events = {
        name: Reader(site, types[name], blocks, scope).event() for name, site in ordered.items()
    }
    if scope.diagnostics:
        return None
    _check_opened(blocks, events.values(), scope)
    tag = _tag({name: types[name] for name in ordered}, sites, scope)
    if tag is None:
        return None
    return ir.StreamOrder(
        tag, tuple(blocks[name] for name in sorted(blocks)), _joined(tag, events, types, scope)
    )


def _reached(types: Mapping[str, ir.Type], roots: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found and name in types:
            found.add(name)
            waiting += _named(types[name])
    return found


def _named(type_: ir.Type) -> Iterator[str]:
    for each in inside(type_):
        if isinstance(each, ir.Ref):
            yield each.name


# --- What holds for all together --------------------------------------------------------------------------------------


def _check_opened(blocks: Mapping[str, ir.Block], events: Iterable[ir.Event], scope: Scope) -> None:
    """A block that is asked for, or closed, is opened by something."""
    moves = [move for event in events for move in event.moves]
    opened = {move.block for move in moves if ABSENT in move.before and not move.resets}
    for name in blocks:
        if name not in opened:
            message = f"no event opens the block {shown(name)}"
            hint = "declare which one does, or leave the block out"
            scope.refuse("invalid-order", (ORDER, name), message, hint)


def _tag(types: Mapping[str, ir.Type], sites: Mapping[str, Site], scope: Scope) -> str | None:
    """The property by which all the events are told apart."""
    tagging = [set(_literals(type_)) for type_ in types.values()]
    common = sorted(set.intersection(*tagging))
    if len(common) == 1 or (len(common) > 1 and "type" in common):
        return "type" if "type" in common else common[0]
    first = min(types)
    asked = "events that declare an order need one required property with a distinct literal value"
    message = (
        f"{asked}; these are by {' and '.join(common)}"
        if common
        else f"{asked}; these have none in common"
    )
    hint = 'give each a field such as type: Literal["text-start"]'
    scope.refuse("invalid-order", (*sites[first].pointer, ORDER), message, hint)
    return None


def _literals(type_: ir.Type) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in type_.properties if isinstance(type_, ir.Object) else ():
        if each.required and isinstance(each.type, ir.Literal):
            values = tuple(value for value in each.type.values if isinstance(value, str))
            if len(values) == len(each.type.values):
                found[each.key] = values
    return found


def _joined(
    tag: str, events: Mapping[str, ir.Event], types: Mapping[str, ir.Type], scope: Scope
) -> tuple[ir.Event, ...]:
    """One entry for each set of rules: tools of several names have chunks of one type."""
    by_tag: dict[str, ir.Event] = {}
    for name, event in sorted(events.items()):
        for value in _literals(types[name])[tag]:
            if by_tag.setdefault(value, event) != event:
                message = f"another event with {tag} {shown(value)} has another order, and a reader can't tell them apart"
                place = next(at for at, each in scope.names.items() if each == name)
                scope.refuse("invalid-order", (*place, ORDER), message)
    joined: dict[tuple[ir.Event, str], list[str]] = {}
    for value, event in sorted(by_tag.items()):
        own = value if event.once else ""  # each comes once, not one of them
        joined.setdefault((event, own), []).append(value)
    return tuple(replace(event, tags=tuple(values)) for (event, _), values in joined.items())
