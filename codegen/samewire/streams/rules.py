"""
The rules of order and their messages: one table for Python and TypeScript.

``scripts/order_messages.py`` writes it to ``templates/typescript/runtime/order-messages.ts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

RuleName: TypeAlias = Literal[
    "after-end",
    "not-first",
    "first-again",
    "once",
    "fixed",
    "inside",
    "outside",
    "not-open",
    "already-open",
    "used-before",
    "wrong-state",
    "same",
    "alias",
    "left-open",
    "after",
    "no-end",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    ``message`` says what happened, ``hint`` what to do.

    Both have places in braces: ``event`` is the event's tag, ``block`` a block with its key, ``kind`` its kind, ``state`` the state
    it is in and ``states`` those it should be in, ``field`` a property, ``first`` and ``last`` the events that begin and end a
    stream. An event that breaks an ``ignored`` rule changes nothing; any other one counts as if it were right.
    """

    message: str
    hint: str
    ignored: bool = False


RULES: Final[Mapping[RuleName, Rule]] = {
    "after-end": Rule(
        "{event} came after the end of the stream", "Send nothing after {last}.", ignored=True
    ),
    "not-first": Rule("the stream began with {event}", "Send {first} first."),
    "first-again": Rule(
        "{event} came again, or too late", "Send it once, as the first event.", ignored=True
    ),
    "once": Rule("{event} came twice", "Send it once in a stream.", ignored=True),
    "fixed": Rule(
        "{event} changed {field}", "Keep the {field} that the stream began with, or omit it."
    ),
    "inside": Rule("{event} came outside any {kind}", "Open one before it, and close it after."),
    "outside": Rule("{event} came while a {kind} was open", "Close it first."),
    "not-open": Rule(
        "{event} names the {block}, which is not open",
        "Open it first. If it is closed already, send this event before its end.",
        ignored=True,
    ),
    "already-open": Rule(
        "{event} opened the {block} again", "Close it first, or use a new key.", ignored=True
    ),
    "used-before": Rule(
        "{event} names the {block}, which is closed",
        "Send nothing for it after its end. A new {kind} needs a new key.",
        ignored=True,
    ),
    "wrong-state": Rule(
        "{event} came while the {block} was {state}",
        "Send it only while the state is {states}.",
        ignored=True,
    ),
    "same": Rule(
        "{event} changed {field} of the {block}", "Keep the {field} that it was opened with."
    ),
    "alias": Rule("{event} used the {field} of another {kind}", "Use a new one.", ignored=True),
    "left-open": Rule("{event} came while the {block} was {state}", "Close it first."),
    "after": Rule(
        "{event} came before any {kind}",
        "Open and close one before it. An empty one is enough.",
    ),
    "no-end": Rule(
        "the stream ended without {last}",
        "Send it last. Without it, clients take a broken stream for a complete one.",
    ),
}
