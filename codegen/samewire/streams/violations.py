"""What is said of a broken rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from samewire.streams.tracker import Broken, RuleName


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


def violation(broken: Broken, index: int, event: Any, first: str, last: str) -> Violation:
    """``first`` and ``last`` name the events that may begin and end a stream."""
    message, hint = _TEXTS[broken.rule](_Facts(broken, event, first, last))
    block = broken.block.name if broken.block else None
    return Violation(broken.rule, message, hint, index, event, block, broken.key)


@dataclass(frozen=True, slots=True)
class _Facts:
    broken: Broken
    event: Any
    first: str
    last: str

    @property
    def name(self) -> str:
        return name_of(self.event)

    @property
    def block(self) -> str:
        """``text 't1'``."""
        block = self.broken.block
        if block is None:
            return "block"
        return block.name if block.key is None else f"{block.name} {self.broken.key!r}"

    @property
    def kind(self) -> str:
        return self.broken.block.name if self.broken.block else "block"

    @property
    def before(self) -> str:
        move = self.broken.move
        return " or ".join(move.before) if move else ""

    @property
    def field(self) -> str:
        return self.broken.field or ""


def name_of(event: Any) -> str:
    """How an event is called in messages: by its type, or its class."""
    found = getattr(event, "type", None)
    return found if isinstance(found, str) else type(event).__name__


_TEXTS: Final[dict[RuleName, Callable[[_Facts], tuple[str, str]]]] = {
    "after-end": lambda it: (
        f"{it.name} comes after the end of the stream",
        f"Send nothing after {it.last}; clients still apply it, or drop it.",
    ),
    "not-first": lambda it: (
        f"the stream begins with {it.name}",
        f"Send {it.first} before everything else.",
    ),
    "first-again": lambda it: (
        f"{it.name} comes a second time, or not first",
        "Send it once, as the first event.",
    ),
    "once": lambda it: (f"{it.name} comes a second time", "Send it once."),
    "fixed": lambda it: (
        f"{it.name} has another value of {it.field} than the stream",
        f"Keep {it.field} as it was, or leave it out.",
    ),
    "inside": lambda it: (
        f"{it.name} comes outside a {it.kind}",
        f"Open a {it.kind} first, and close it afterwards.",
    ),
    "outside": lambda it: (
        f"{it.name} comes while a {it.kind} is open",
        f"Close the {it.kind} first.",
    ),
    "not-open": lambda it: (
        f"{it.name} for the {it.block}, which was not opened",
        f"Open the {it.block} first; or it was closed already, and this comes too late.",
    ),
    "already-open": lambda it: (
        f"{it.name} opens the {it.block} a second time",
        "Close it first, or use another key.",
    ),
    "used-before": lambda it: (
        f"{it.name} for the {it.block}, which is over",
        f"Nothing may come for a {it.kind} after its end; a new one needs a new key.",
    ),
    "wrong-state": lambda it: (
        f"{it.name} for the {it.block} in state {it.broken.state}",
        f"It may come in state {it.before} only.",
    ),
    "same": lambda it: (
        f"{it.name} has another {it.field} than the event that opened the {it.block}",
        f"Give every event of a {it.kind} the same {it.field}.",
    ),
    "alias": lambda it: (
        f"{it.name} uses a {it.field} that belongs to another {it.kind}",
        f"Make a new {it.field}.",
    ),
    "left-open": lambda it: (
        f"{it.name} while the {it.block} is still {it.broken.state}"
        if it.event is not None
        else f"the stream ends while the {it.block} is still {it.broken.state}",
        f"Close the {it.block} first.",
    ),
    "after": lambda it: (
        f"{it.name} comes before any {it.kind}",
        f"Open and close a {it.kind} before it, at least an empty one.",
    ),
    "no-end": lambda it: (
        f"the stream ends without {it.last}",
        "Clients take a stream that just stops for a whole one; send one of these last.",
    ),
}
