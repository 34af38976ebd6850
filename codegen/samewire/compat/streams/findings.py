"""Findings for changes in the order of a contract's streams."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from samewire import ir
from samewire.compat.relation import Relation
from samewire.compat.rules import ORDER_LOST, ORDER_RULES, ORDER_UNPROVEN, Rule
from samewire.compat.streams.chunks import Chunks, Members, members
from samewire.compat.streams.decide import Cause, Decision, Difference, Stream, UndecidedError
from samewire.compat.streams.machine import OTHER, Machine
from samewire.streams.rules import RULES


@dataclass(frozen=True, slots=True)
class Disorder:
    """``type`` and ``old`` are names of a definition now and before; ``witness`` is JSON text, empty where nothing is proved."""

    rule: Rule
    type: str
    old: str
    detail: str
    witness: str = ""


def disorders(
    old: ir.Contract, new: ir.Contract, direction: ir.Direction, relation: Relation
) -> Iterator[Disorder]:
    """Streams that one side sends and the order of the other refuses."""
    made, known = (new, old) if direction == "emits" else (old, new)
    if known.order is None or made.order == known.order:
        return
    order = made.order or ir.StreamOrder(known.order.tag, (), ())
    sent = members(made, getattr(made, direction), order, known.order)
    read = members(known, getattr(known, direction), known.order, order)
    if not sent.by_tag or not read.by_tag:
        return
    machines = Machine(order), Machine(known.order)
    named = _Names(machines[1], sent, read, direction)
    if order.tag != known.order.tag:
        why = f"{order.tag} identifies the events on one side, and {known.order.tag} on the other"
        yield named.unproven(Cause("no-end", None, None), why)
        return
    try:
        chunks = Chunks(relation, sent, read, machines)
        found = Decision(*machines, chunks).differences()
        found.sort(key=lambda each: len(each.stream.events) if each.stream else 0)
        shown = [named.disorder(each) for each in found]
        yield from shown if made.order or direction == "accepts" else map(_lost, shown[:1])
    except UndecidedError as error:
        yield named.unproven(Cause("no-end", None, None), str(error))


def _lost(found: Disorder) -> Disorder:
    """Without an order each rule of the other one is broken, which is one cause."""
    return replace(found, rule=ORDER_LOST) if found.witness else found


@dataclass(frozen=True, slots=True)
class _Names:
    """What is said of a difference."""

    known: Machine
    sent: Members
    read: Members
    direction: ir.Direction

    def disorder(self, difference: Difference) -> Disorder:
        said = self._description(difference)
        if difference.stream is None:
            return self.unproven(difference.cause, f"{said}, {difference.why}")
        rule = ORDER_RULES[difference.cause.rule, self.direction]
        return Disorder(rule, *self._place(difference.cause), said, witness_of(difference.stream))

    def unproven(self, cause: Cause, why: str) -> Disorder:
        return Disorder(ORDER_UNPROVEN[self.direction], *self._place(cause), why)

    def _place(self, cause: Cause) -> tuple[str, str]:
        """The definition of the event, now and before; of one that begins or ends a stream where there is none."""
        events = self.known.order.events
        first = [tag for event in events for tag in event.tags if event.first]
        last = [tag for event in events for tag in event.tags if event.last]
        tags = [cause.tag] if cause.tag else first if cause.rule == "not-first" else last
        tags += [tag for event in events for tag in event.tags]
        sides = (self.sent, self.read) if self.direction == "emits" else (self.read, self.sent)
        both = [tag for tag in tags if all(tag in side.by_tag for side in sides)]
        if both:
            new, old = (side.by_tag[both[0]].definition for side in sides)
            return new, old
        name = next(iter(self.sent.by_tag.values())).definition
        return name, name

    def _description(self, difference: Difference) -> str:
        """The message of the checker that refuses it."""
        broken, cause = difference.broken, difference.cause
        if broken.rule == "after-end":
            return f"something came after {cause.tag}"
        shown = broken.key is None or broken.key is OTHER
        kind = broken.block or ""
        facts = {
            "event": cause.tag
            or ("another event" if broken.rule == "not-first" else "the end of the stream"),
            "block": kind if shown else f"{kind} {broken.key}",
            "kind": kind,
            "state": broken.state,
            "states": " or ".join(broken.states),
            "field": broken.field,
            "first": "",
            "last": " or ".join(
                tag for each in self.known.order.events if each.last for tag in each.tags
            ),
        }
        return RULES[broken.rule].message.format_map(facts)


def witness_of(stream: Stream) -> str:
    """The events, or an object that also has what they continue."""
    if stream.continued is None:
        value: Any = stream.events
    else:
        blocks: dict[str, dict[str, Any]] = {}
        for (block, key), (state, alias, same) in stream.continued.items():
            known = {"key": key, "state": state, "alias": alias, "same": dict(same)}
            kept = {name: each for name, each in known.items() if each not in (None, {})}
            blocks.setdefault(block, {})[str(key)] = kept
        value = {
            "continued": {b: list(keys.values()) for b, keys in blocks.items()},
            "events": stream.events,
        }
    return json.dumps(value, ensure_ascii=False)
