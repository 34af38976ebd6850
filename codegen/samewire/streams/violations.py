"""The message of a broken rule, from the texts in ``rules.py``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from samewire.streams.rules import RULES, RuleName
from samewire.streams.tracker import Broken
from samewire.streams.vocabulary import order_of


@dataclass(frozen=True, slots=True)
class Violation:
    """
    A rule that a stream breaks.

    ``index`` counts events from 0. ``event`` is the one that breaks the rule, and ``None`` where one is missing at the end.
    ``block`` is the kind of block that it is about, and ``key`` the block's key, where there is one.
    """

    rule: RuleName
    message: str
    hint: str
    index: int
    event: Any = None
    block: str | None = None
    key: Any = None

    def __str__(self) -> str:
        return f"{self.message} (event {self.index}, rule {self.rule}). {self.hint}"


class OrderError(ValueError):
    """An event out of order; ``violation`` says which and why."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(str(violation))
        self.violation = violation


@dataclass(frozen=True, slots=True)
class Wording:
    """How a protocol's events are called: by the field ``tag``; ``first`` and ``last`` are those that begin and end a stream."""

    tag: str
    first: str
    last: str

    def name(self, event: Any) -> str:
        """The event's tag, or its class where it has none."""
        value = getattr(event, self.tag, None)
        return value if isinstance(value, str) else type(event).__name__

    def violation(self, broken: Broken, index: int, event: Any) -> Violation:
        rule = RULES[broken.rule]
        kind = broken.block.name if broken.block else "block"
        facts = {
            "event": "the end of the stream" if event is None else self.name(event),
            "block": kind if broken.key is None else f"{kind} {_shown(broken.key)}",
            "kind": kind,
            "state": broken.state,
            "states": " or ".join(broken.move.before) if broken.move else "",
            "field": _on_the_wire(event, broken.field or ""),
            "first": self.first,
            "last": self.last,
        }
        message, hint = rule.message.format_map(facts), rule.hint.format_map(facts)
        block = broken.block.name if broken.block else None
        return Violation(broken.rule, message, hint, index, event, block, broken.key)


@lru_cache(maxsize=64)
def wording(classes: tuple[type[Any], ...]) -> Wording:
    """The wording for a protocol of these classes."""
    orders = {cls: order for cls in classes if (order := order_of(cls)) is not None}
    tag = _tag(orders)

    def names(chosen: Iterable[type[Any]]) -> str:
        return " or ".join(sorted({name for cls in chosen for name in _tags(cls, tag)}))

    return Wording(
        tag,
        names(cls for cls, order in orders.items() if order.first),
        names(cls for cls, order in orders.items() if order.last is not None),
    )


def _tag(classes: Iterable[type[Any]]) -> str:
    """The field by which the classes are told apart: ``type``, unless another one alone has literal values in all of them."""
    common = [{name for name in _fields(cls) if _literals(cls, name)} for cls in classes]
    shared = set.intersection(*common) if common else set()
    return "type" if "type" in shared or len(shared) != 1 else shared.pop()


def _tags(cls: type[Any], tag: str) -> Iterator[str]:
    yield from _literals(cls, tag) or (cls.__name__,)


def _literals(cls: type[Any], name: str) -> tuple[str, ...]:
    info = _fields(cls).get(name)
    values = get_args(info.annotation) if info and get_origin(info.annotation) is Literal else ()
    return values if all(isinstance(value, str) for value in values) else ()


def _fields(cls: type[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = getattr(cls, "model_fields", {})
    return fields


def _on_the_wire(event: Any, name: str) -> str:
    info = _fields(type(event)).get(name)
    return name if info is None else info.serialization_alias or info.alias or name


def _shown(key: Any) -> str:
    """A key as JSON, which is what a reader in TypeScript sees of it."""
    return json.dumps(key, ensure_ascii=False, default=str)
