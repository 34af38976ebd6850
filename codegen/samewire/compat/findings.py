"""Two versions of a contract, and all that changed between them: a finding a cause, at the smallest named type."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from samewire import ir
from samewire.compat import objects, opened
from samewire.compat.mismatch import Kind, Mismatch, Pair
from samewire.compat.relation import Relation
from samewire.compat.rules import (
    CONTRACT_GONE,
    ROOT_GONE,
    RULES,
    TYPE_REMOVED,
    TYPE_RENAMED,
    TYPE_SPLIT,
    Rule,
    Verdict,
)
from samewire.values.depth import Types

_HEX: Final = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One change. ``type`` is its name in the new contract, or in the old one where it is gone; ``old`` that in the old contract.

    ``path`` are the keys to the place. ``witness`` is JSON text or empty: a value of the producer, which the acceptor refuses where
    the rule is breaking. ``roots`` are those through which the type is sent. ``executed`` says what was run with the witness.
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

    @property
    def fingerprint(self) -> str:
        """The same for the same change of the same place, whatever the witness is."""
        parts = (self.rule.id, self.contract, self.type, self.old, *self.path)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_HEX]

    @property
    def where(self) -> str:
        place = self.type
        for step in self.path:
            place += step if step.startswith("[") else f".{step}"
        return place


def finding(
    rule: Rule, contract: str, direction: ir.Direction | None, type_: str, old: str
) -> Finding:
    return Finding(rule, contract, direction, type_, old, verdict=rule.verdict)


def gone(contract: str) -> Finding:
    return finding(CONTRACT_GONE, contract, None, contract, contract)


def compare(old: ir.Contract, new: ir.Contract) -> list[Finding]:
    """All that changed, the most harmful first."""
    before = {each.name: each for each in old.definitions}
    after = {each.name: each for each in new.definitions}
    emitted, accepted = Relation(after, before), Relation(before, after)
    found: list[Finding] = []
    found += _direction(old, new, "emits", emitted)
    found += _direction(old, new, "accepts", accepted)
    pairs = {(old_name, name) for name, old_name in emitted.reasons} | set(accepted.reasons)
    found += _names(old, new, pairs)
    distinct = {each.fingerprint: each for each in reversed(found)}
    return sorted(
        distinct.values(), key=lambda each: (-each.verdict, each.direction or "", each.where)
    )


def _direction(
    old: ir.Contract, new: ir.Contract, direction: ir.Direction, relation: Relation
) -> Iterator[Finding]:
    """``relation`` has the new definitions as produced where they are emitted, and as accepted where they are accepted."""
    roots: dict[str, str] = {}
    for name in getattr(old, direction):
        other = _counterpart(name, old, new, direction)
        if other is None:
            yield finding(ROOT_GONE[direction], new.name, direction, name, name)
        else:
            roots[name] = other
    emits = direction == "emits"
    pairs = {name: (other, name) if emits else (name, other) for name, other in roots.items()}
    relation.compare(pairs.values())
    reached = {name: relation.reached([pair]) for name, pair in pairs.items()}
    sources = {each.name: each.source for each in new.definitions}
    now = Types({each.name: each for each in new.definitions})
    for pair in dict.fromkeys(each for listed in reached.values() for each in listed):
        through = tuple(roots[name] for name, listed in reached.items() if pair in listed)
        for mismatch in relation.reasons.get(pair, ()):
            if mismatch.via is None:
                made = _finding(mismatch, pair, new.name, direction)
                yield replace(made, roots=through, source=sources.get(made.type))
    for pair in _alike(relation):
        produced = relation.produced.definitions[pair[0]].type
        accepted = relation.accepted.definitions[pair[1]].type
        noted = [*objects.notes(relation, produced, accepted)]
        if emits:
            new_type = now.definitions[pair[0]].type
            noted += opened.closed(new_type, now, accepted, relation.accepted)
        for note in noted:
            if (note.kind, direction) in RULES:
                made = _finding(note, pair, new.name, direction)
                yield replace(made, source=sources.get(made.type))


def _finding(mismatch: Mismatch, pair: Pair, contract: str, direction: ir.Direction) -> Finding:
    new, old = pair if direction == "emits" else (pair[1], pair[0])
    made = finding(RULES[mismatch.kind, direction], contract, direction, new, old)
    shown = mismatch.kind not in (Kind.UNPROVEN, Kind.CLOSED)
    witness = json.dumps(mismatch.value, ensure_ascii=False) if shown else ""
    return replace(made, path=mismatch.path, detail=mismatch.detail, witness=witness)


def _alike(relation: Relation) -> Iterator[Pair]:
    """The pairs that are two versions of one type."""
    yield from sorted(relation.versions)
    for pair in sorted(relation.reasons.keys() - relation.versions):
        produced = relation.produced.definitions[pair[0]]
        accepted = relation.accepted.definitions[pair[1]]
        same_source = produced.source is not None and produced.source == accepted.source
        if produced.name == accepted.name or same_source:
            yield pair


def _counterpart(
    name: str, old: ir.Contract, new: ir.Contract, direction: ir.Direction
) -> str | None:
    """The root of the new contract that an old one is now: of its name, or of its Python class, or the only one of its shape."""
    roots: Sequence[str] = getattr(new, direction)
    if name in roots:
        return name
    sources = {each.name: each.source for each in (*old.definitions,)}
    after = {each.name: each.source for each in new.definitions}
    same = [root for root in roots if after[root] is not None and after[root] == sources[name]]
    if len(same) == 1:
        return same[0]
    fresh = [root for root in roots if root not in getattr(old, direction)]
    fits = [root for root in fresh if _same(name, root, old, new)]
    return fits[0] if len(fits) == 1 else None


def _same(old_name: str, new_name: str, old: ir.Contract, new: ir.Contract) -> bool:
    """Whether two definitions have the same values."""
    before = {each.name: each for each in old.definitions}
    after = {each.name: each for each in new.definitions}
    for relation, pair in (
        (Relation(before, after), (old_name, new_name)),
        (Relation(after, before), (new_name, old_name)),
    ):
        relation.compare([pair])
        if relation.reasons[pair]:
            return False
    return True


# --- Names ------------------------------------------------------------------------------------------------------------


def _names(old: ir.Contract, new: ir.Contract, pairs: set[tuple[str, str]]) -> Iterator[Finding]:
    """What TypeScript written against the old names no longer finds. ``pairs`` are old and new names that were compared."""
    before = {each.name: each for each in old.definitions}
    after = {each.name: each for each in new.definitions}
    fresh = after.keys() - before.keys()
    sources = {each.source for each in new.definitions}
    for name in sorted(before.keys() - after.keys()):
        became = sorted(other for one, other in pairs if one == name and other in fresh)
        became = [other for other in became if _same(name, other, old, new)] or [
            other for other in became if before[name].source == after[other].source is not None
        ]
        if len(became) == 1:
            made = finding(TYPE_RENAMED, new.name, None, became[0], name)
            yield replace(made, detail=f"{name} is {became[0]}", source=after[became[0]].source)
        elif name not in old.emits or before[name].source in sources:
            instead = sorted(other for one, other in pairs if one == name and other in before)
            made = finding(TYPE_REMOVED, new.name, None, name, name)
            yield replace(made, detail=f"use {instead[0]}" if len(instead) == 1 else "")
    yield from _split(before, after, pairs, new.name)


def _split(
    before: Mapping[str, ir.Definition],
    after: Mapping[str, ir.Definition],
    pairs: set[tuple[str, str]],
    contract: str,
) -> Iterator[Finding]:
    for name in sorted(before.keys() & after.keys()):
        inputs = [other for one, other in pairs if one == name and other != name]
        split = [
            other
            for other in inputs
            if other not in before and after[other].source == after[name].source is not None
        ]
        if split:
            made = finding(TYPE_SPLIT, contract, None, name, name)
            yield replace(made, detail=f"{split[0]} is what is sent", source=after[name].source)
