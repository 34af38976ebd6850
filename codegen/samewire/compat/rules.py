"""The rules of ``compat``: the id, verdict, message and hint of each finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from samewire.compat.mismatch import Kind
from samewire.ir import Direction
from samewire.streams.rules import RuleName


class Verdict(IntEnum):
    """Verdicts, from harmless to harmful."""

    COMPATIBLE = 0
    POSSIBLE = 1
    LENIENT = 2
    UNKNOWN = 3
    BREAKING = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``message`` says what happened at a place; ``hint`` how to ship the change without breaking anyone."""

    id: str
    verdict: Verdict
    message: str
    hint: str


BREAKING, POSSIBLE, LENIENT = Verdict.BREAKING, Verdict.POSSIBLE, Verdict.LENIENT

_EMITTED: Final[dict[Kind, tuple[str, str, str]]] = {
    Kind.KEY_MISSING: (
        "emitted-key-missing",
        "the backend no longer sends this key, which deployed frontends require",
        "keep sending it as long as a deployed frontend needs it",
    ),
    Kind.KEY_OPTIONAL: (
        "emitted-key-optional",
        "the backend may leave out this key, which deployed frontends require",
        "make it optional in the contract and deploy the frontend, then leave it out",
    ),
    Kind.KEY_ADDED: (
        "emitted-key-added",
        "the backend sends a new key, and deployed frontends refuse unknown ones",
        'deploy frontends with unknown-keys = "strip" first',
    ),
    Kind.EXTRA: (
        "emitted-extra-keys",
        "the backend may send keys that are not declared, and deployed frontends refuse those",
        'deploy frontends with unknown-keys = "strip" first',
    ),
    Kind.KEYS: (
        "emitted-keys-widened",
        "the backend may send keys of this dictionary that deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    Kind.NULL: (
        "emitted-null-added",
        "the backend may send null, which deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    Kind.VALUE: (
        "emitted-value-added",
        "the backend may send a value that deployed frontends do not know",
        "deploy the frontend with the new contract first",
    ),
    Kind.TYPE: (
        "emitted-type-changed",
        "the backend sends another type than deployed frontends expect",
        "send it under a new key, and keep the old one until all frontends use the new one",
    ),
    Kind.MEMBER: (
        "emitted-member-added",
        "the backend may send a member of this union that deployed frontends do not know",
        "deploy the frontend with the new contract first",
    ),
    Kind.RANGE: (
        "emitted-range-widened",
        "the backend may send a number that deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    Kind.MULTIPLE: (
        "emitted-multiple-changed",
        "the backend may send a number between the steps that deployed frontends allow",
        "deploy the frontend with the new contract first",
    ),
    Kind.LENGTH: (
        "emitted-length-widened",
        "the backend may send a text of a length that deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    Kind.PATTERN: (
        "emitted-pattern-widened",
        "the backend may send a text that does not match the pattern of deployed frontends",
        "deploy the frontend with the new contract first",
    ),
    Kind.FORMAT: (
        "emitted-format-changed",
        "the backend may send a text that is not of the format that deployed frontends expect",
        "deploy the frontend with the new contract first",
    ),
    Kind.ITEMS: (
        "emitted-items-widened",
        "the backend may send a number of items that deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    Kind.UNIQUE: (
        "emitted-unique-lost",
        "the backend may send an item twice, which deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    Kind.CHECK: (
        "emitted-check-lost",
        "the backend may send a value that a check of deployed frontends refuses",
        "deploy the frontend with the new contract first",
    ),
}

_ACCEPTED: Final[dict[Kind, tuple[str, str, str]]] = {
    Kind.KEY_MISSING: (
        "accepted-key-required",
        "the backend requires a key that deployed frontends do not send",
        "give the field a default",
    ),
    Kind.KEY_OPTIONAL: (
        "accepted-key-required",
        "the backend requires a key that deployed frontends may leave out",
        "give the field a default",
    ),
    Kind.KEY_ADDED: (
        "accepted-key-removed",
        "deployed frontends send a key that the backend now refuses",
        "keep the field and ignore it as long as a deployed frontend sends it",
    ),
    Kind.EXTRA: (
        "accepted-extra-keys",
        "deployed frontends may send keys that are not declared, which the backend now refuses",
        'keep extra="allow" as long as a deployed frontend sends such keys',
    ),
    Kind.KEYS: (
        "accepted-keys-narrowed",
        "deployed frontends may send keys of this dictionary that the backend now refuses",
        "also accept the old keys until all frontends are updated",
    ),
    Kind.NULL: (
        "accepted-null-removed",
        "deployed frontends may send null, which the backend now refuses",
        "also accept null until all frontends are updated",
    ),
    Kind.VALUE: (
        "accepted-value-removed",
        "deployed frontends may send a value that the backend now refuses",
        "also accept the old value until all frontends are updated",
    ),
    Kind.TYPE: (
        "accepted-type-narrowed",
        "deployed frontends send a type that the backend now refuses",
        ("accept both types until all frontends are updated, or add a new key beside the old one"),
    ),
    Kind.MEMBER: (
        "accepted-member-removed",
        "deployed frontends may send a member of this union that the backend now refuses",
        "also accept the old member until all frontends are updated",
    ),
    Kind.RANGE: (
        "accepted-range-narrowed",
        "deployed frontends may send a number that the backend now refuses",
        "accept the old range until all frontends are updated",
    ),
    Kind.MULTIPLE: (
        "accepted-multiple-changed",
        "deployed frontends may send a number between the steps that the backend now allows",
        "accept the old steps until all frontends are updated",
    ),
    Kind.LENGTH: (
        "accepted-length-narrowed",
        "deployed frontends may send a text of a length that the backend now refuses",
        "accept the old lengths until all frontends are updated",
    ),
    Kind.PATTERN: (
        "accepted-pattern-narrowed",
        "deployed frontends may send a text that does not match the backend's new pattern",
        "accept the old pattern until all frontends are updated",
    ),
    Kind.FORMAT: (
        "accepted-format-changed",
        "deployed frontends may send a text that is not of the backend's new format",
        "accept the old format until all frontends are updated",
    ),
    Kind.ITEMS: (
        "accepted-items-narrowed",
        "deployed frontends may send a number of items that the backend now refuses",
        "accept the old number until all frontends are updated",
    ),
    Kind.UNIQUE: (
        "accepted-unique-required",
        "deployed frontends may send an item twice, which the backend now refuses",
        "accept a list, and remove duplicates in the backend",
    ),
    Kind.CHECK: (
        "accepted-check-added",
        "deployed frontends may send a value that a check of the backend now refuses",
        "accept what was accepted before until all frontends are updated",
    ),
}

_OTHERS: Final[dict[tuple[Kind, Direction], tuple[str, Verdict, str, str]]] = {
    (Kind.KEY_IGNORED, "accepts"): (
        "accepted-key-ignored",
        LENIENT,
        "deployed frontends send a key that the backend now silently drops",
        "also read the old key (AliasChoices), or make sure that nothing needs it",
    ),
    (Kind.KEY_POSSIBLE, "emits"): (
        "emitted-key-possible",
        POSSIBLE,
        'the backend keeps undeclared keys (extra="allow"), and may send this one with another type',
        "declare the key, or forbid undeclared ones",
    ),
    (Kind.CLOSED, "emits"): (
        "emitted-closed",
        POSSIBLE,
        (
            "deployed frontends keep members of this type that they do not know; newly "
            "generated ones refuse them"
        ),
        "keep it open, unless it will never get another member",
    ),
    (Kind.KEY_POSSIBLE, "accepts"): (
        "accepted-key-possible",
        POSSIBLE,
        (
            "deployed frontends may send this key undeclared, with another type than its new "
            "declaration"
        ),
        "none, if no frontend sends it",
    ),
    (Kind.NAME, "accepts"): (
        "accepted-name-removed",
        POSSIBLE,
        (
            "the backend no longer reads an alternative name of this key, which older "
            "frontends may still send"
        ),
        "none, if no frontend sends it any more",
    ),
}

_UNPROVEN: Final = (
    "Samewire could not prove that every value still fits",
    "compare the two types; `samewire compat --accept` records your decision",
)

RULES: Final[Mapping[tuple[Kind, Direction], Rule]] = {
    **{(kind, "emits"): Rule(id_, BREAKING, *words) for kind, (id_, *words) in _EMITTED.items()},
    **{(kind, "accepts"): Rule(id_, BREAKING, *words) for kind, (id_, *words) in _ACCEPTED.items()},
    **{key: Rule(*row) for key, row in _OTHERS.items()},
    (Kind.UNPROVEN, "emits"): Rule("emitted-unproven", Verdict.UNKNOWN, *_UNPROVEN),
    (Kind.UNPROVEN, "accepts"): Rule("accepted-unproven", Verdict.UNKNOWN, *_UNPROVEN),
}
"""By what differs and the direction in which it matters."""

UNIQUE_LOST: Final = RULES[Kind.UNIQUE, "emits"]

ROOT_GONE: Final[Mapping[Direction, Rule]] = {
    "emits": Rule(
        "emitted-root-removed",
        POSSIBLE,
        "the contract no longer has this type among what the backend sends",
        "keep it as long as a deployed frontend asks for it",
    ),
    "accepts": Rule(
        "accepted-root-removed",
        BREAKING,
        "the backend no longer accepts this type, which deployed frontends send",
        "accept it as long as a deployed frontend sends it",
    ),
}
CONTRACT_GONE: Final = Rule(
    "contract-removed",
    BREAKING,
    "the contract was removed, with everything that deployed frontends send and expect",
    "keep it as long as a deployed frontend uses it",
)
TYPE_REFUSED: Final = Rule(
    "type-refused",
    Verdict.UNKNOWN,
    "Samewire refuses a type of the new version, so the types that it affects cannot "
    "be compared, and the frontend no longer gets them",
    "see the message of `samewire generate`",
)
TYPE_RENAMED: Final = Rule(
    "type-renamed",
    POSSIBLE,
    "TypeScript that imports the old name no longer compiles",
    "rename it in the frontend, or keep the name with x-samewire-name",
)
TYPE_REMOVED: Final = Rule(
    "type-removed",
    POSSIBLE,
    "TypeScript that imports this name no longer compiles",
    "remove it from the frontend as well",
)
TYPE_SPLIT: Final = Rule(
    "type-split",
    POSSIBLE,
    "the type that the backend accepts is now a separate type, so TypeScript that "
    "sends this type may no longer compile",
    "use the input type for values that are sent",
)
TYPE_BRANDED: Final = Rule(
    "type-branded",
    POSSIBLE,
    "this NewType is now a type of its own, so TypeScript that creates such values no "
    "longer compiles; the JSON did not change",
    "create values with its schema, or assert them: 7 as UserId",
)
BRAND_CHANGED: Final = Rule(
    "brand-changed",
    POSSIBLE,
    "TypeScript has another NewType here, so assignments from or to it may no longer "
    "compile; the JSON did not change",
    "use the new type in the frontend",
)
NAMES: Final = (TYPE_RENAMED, TYPE_REMOVED, TYPE_SPLIT, TYPE_BRANDED, BRAND_CHANGED)
DEAD_ENTRY: Final = Rule(
    "acceptance-dead",
    Verdict.UNKNOWN,
    "an accepted break no longer exists: the baseline changed, or the break was fixed",
    "delete the entry",
)

_ORDER: Final[Mapping[tuple[str, str], tuple[RuleName, ...]]] = {
    ("first", "a stream that starts differently, or starts again"): ("not-first", "first-again"),
    ("end", "an event after the end of a stream, or a stream without one"): ("after-end", "no-end"),
    ("repeated", "an event twice"): ("once",),
    ("place", "an event outside its block, or inside a block that does not allow it"): (
        "inside",
        "outside",
    ),
    ("state", "an event for a block that is in another state"): (
        "not-open",
        "already-open",
        "used-before",
        "wrong-state",
    ),
    ("changed", "another value of a property that must stay the same, or an alias that is taken"): (
        "same",
        "fixed",
        "alias",
    ),
    ("left-open", "an event that leaves a block open"): ("left-open",),
    ("after", "an event before the block that comes first"): ("after",),
}
"""How an id ends, and what is sent; and the rules of the other order that it breaks."""

_SIDES: Final[tuple[tuple[Direction, str, str, str], ...]] = (
    (
        "emits",
        "order-emitted",
        "the backend may send {}, which deployed frontends refuse",
        "deploy the frontend with the new contract first",
    ),
    (
        "accepts",
        "order-accepted",
        "deployed frontends may send {}, which the backend now refuses",
        "accept the old order until all frontends are updated",
    ),
)
_LOST: Final = (
    (
        "the events no longer declare an order, so the backend may send events that "
        "deployed frontends refuse"
    ),
    "keep the order, or deploy the frontend with the new contract first",
)
_UNPROVEN_ORDER: Final = (
    "Samewire could not prove that every stream is still in order",
    "compare the two orders; `samewire compat --accept` records your decision",
)

ORDER_RULES: Final[Mapping[tuple[RuleName, Direction], Rule]] = {
    **{
        (name, direction): Rule(f"{side}-{end}", BREAKING, said.format(what), hint)
        for (end, what), names in _ORDER.items()
        for name in names
        for direction, side, said, hint in _SIDES
    },
}
"""By the rule that a stream breaks in the other version."""

ORDER_UNPROVEN: Final[Mapping[Direction, Rule]] = {
    direction: Rule(f"{side}-unproven", Verdict.UNKNOWN, *_UNPROVEN_ORDER)
    for direction, side, *_ in _SIDES
}
ORDER_LOST: Final = Rule("order-emitted-lost", BREAKING, *_LOST)


def is_of_streams(rule: Rule) -> bool:
    """Whether the witness is a whole stream."""
    return rule is ORDER_LOST or rule in ORDER_RULES.values()


ALL: Final = (
    *RULES.values(),
    *dict.fromkeys(ORDER_RULES.values()),
    *ORDER_UNPROVEN.values(),
    ORDER_LOST,
    *ROOT_GONE.values(),
    CONTRACT_GONE,
    TYPE_REFUSED,
    *NAMES,
    DEAD_ENTRY,
)
