"""The order of a stream's events, and what an application sends in a UI stream, as an entry of a page."""

from __future__ import annotations

from collections.abc import Iterator

from samewire import ir
from samewire.extensions.ui_stream.model import UIStream
from samewire.lower.stream_rules import ABSENT, CLOSED
from samewire.targets.docs.page import Machine, Step, StreamEntry
from samewire.targets.docs.spans import Line, Span, code, joined, json_text, line
from samewire.targets.docs.types import Types, fragment


def entry(contract: ir.Contract, types: Types) -> StreamEntry | None:
    ui, order = contract.extension(UIStream), contract.order
    if ui is None and order is None:
        return None
    events = _events(contract, types, order.tag) if order else {}
    return StreamEntry(
        rules=tuple(_rules(order, events)) if order else (),
        machines=tuple(_machine(each, order, events) for each in order.blocks) if order else (),
        data=tuple((name, types.link(key)) for name, key in ui.data) if ui else (),
        tools=tuple(
            (each.name, types.link(each.input), types.link(each.output)) for each in ui.tools
        )
        if ui
        else (),
    )


def _events(contract: ir.Contract, types: Types, tag: str) -> dict[str, str]:
    """The anchor of the type that an event's tag belongs to."""
    found: dict[str, str] = {}
    for each in contract.definitions:
        if isinstance(each.type, ir.Object) and each.name in types.emitted:
            for property_ in each.type.properties:
                if property_.key == tag and isinstance(property_.type, ir.Literal):
                    for value in property_.type.values:
                        found.setdefault(str(value), types.anchors[each.name])
    return found


def _named(tags: tuple[str, ...], events: dict[str, str]) -> Line:
    return joined(" or ", ((Span(tag, "code", events.get(tag)),) for tag in tags))


def _rules(
    order: ir.StreamOrder, events: dict[str, str]
) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Of each event what holds for its place, as far as the states do not say it."""
    for event in order.events:
        if said := tuple(_demands(event)):
            yield _named(event.tags, events), said


def _demands(event: ir.Event) -> Iterator[Line]:
    if event.first:
        yield line("comes first")
    if event.last == "ends":
        yield line("comes last, with nothing left open")
    if event.last == "interrupts":
        yield line("may come anywhere, and nothing after it")
    if event.once:
        yield line("comes once at most")
    for each in event.inside:
        yield line("only while ", code(each), " is open")
    for each in event.outside:
        yield line("only while ", code(each), " is not open")
    for after in event.after:
        when = "in a stream that goes on with another, " if after.continuing else ""
        yield line(f"{when}only after ", code(after.block), " was opened")
    if event.fixed:
        yield line(_codes(event.fixed), " has one value in the whole stream")


def _codes(words: tuple[str, ...]) -> Line:
    return joined(", ", (line(code(each)) for each in words))


def _machine(block: ir.Block, order: ir.StreamOrder, events: dict[str, str]) -> Machine:
    states = (ABSENT, *(state for state, _ in block.states), CLOSED)
    moves: dict[str, list[Step]] = {state: [] for state in states}
    for event in order.events:
        for move in event.moves:
            if move.block == block.name:
                step = Step(_named(event.tags, events), move.after, tuple(_conditions(move)))
                for state in move.before:
                    moves[state].append(step)
    return Machine(
        anchor=fragment("stream", block.name),
        name=block.name,
        states=states,
        notes=tuple(_limits(block)),
        moves=tuple((state, tuple(steps)) for state, steps in moves.items() if steps),
    )


def _limits(block: ir.Block) -> Iterator[Line]:
    if block.inside is not None:
        yield line("inside ", code(block.inside))
    if block.keys is not None:
        yield line("shares the keys of ", code(block.keys))
    if block.once:
        yield line("a key is not used again after it was closed")
    for until, how in (("end", "until the stream ends"), ("any", "for good")):
        if states := tuple(state for state, scope in block.states if scope == until):
            yield line("may stay ", _codes(states), f" {how}")


def _conditions(move: ir.Move) -> Iterator[Line]:
    if move.key is not None:
        yield line("by its ", code(move.key))
    if move.alias is not None:
        yield line("by its " if move.key is None else "also known by its ", code(move.alias))
    for key, value in move.when:
        yield line("if ", code(key), " is ", code(json_text(value)))
    if move.same:
        yield line(_codes(move.same), " may not change")
    if move.resets:
        yield line("forgets what was opened inside")
