"""A finding: one change between two versions of a contract, at the smallest named type."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.compat.mismatch import Kind
from samewire.compat.rules import (
    CONTRACT_GONE,
    RULES,
    Rule,
    Verdict,
)

_HEX: Final = 12
_WHAT: Final = tuple(
    rule for (kind, _), rule in RULES.items() if kind in (Kind.VALUE, Kind.MEMBER, Kind.TYPE)
)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One change.

    ``type`` is its name in the new contract, or in the old one if it was removed; ``old`` its name in the old contract.
    ``path`` are the keys to the place. ``witness`` is JSON text or empty: a value of the producer, which the acceptor refuses
    if the rule is breaking. ``roots`` are the roots that contain the type. ``executed`` is the result of running the witness.
    """

    rule: Rule
    contract: str
    direction: ir.Direction | None
    type: str
    old: str
    path: tuple[str, ...] = ()
    detail: str = ""
    witness: str = ""
    roots: tuple[str, ...] = ()
    source: str | None = None
    executed: str = "not executed"
    verdict: Verdict = Verdict.COMPATIBLE
    hint: str = ""

    @property
    def fingerprint(self) -> str:
        """
        Identifies the same change at the same place, independent of the witness; another value or member has another
        fingerprint.
        """
        what = (self.detail,) if self.lists_values else ()
        return digest((*self.place, *what))

    @property
    def lists_values(self) -> bool:
        """Whether ``detail`` lists what was added or removed, instead of what is expected."""
        return self.rule in _WHAT

    @property
    def place(self) -> tuple[str, ...]:
        return (self.rule.id, self.contract, self.type, self.old, *self.path)

    @property
    def where(self) -> str:
        place = self.type
        for step in self.path:
            place += step if step.startswith("[") else f".{step}"
        return place


def digest(value: object) -> str:
    """A short digest of a JSON value."""
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_HEX]


def finding(
    rule: Rule, contract: str, direction: ir.Direction | None, type_: str, old: str
) -> Finding:
    return Finding(rule, contract, direction, type_, old, verdict=rule.verdict, hint=rule.hint)


def gone(contract: str) -> Finding:
    return finding(CONTRACT_GONE, contract, None, contract, contract)
