"""Two versions of a contract, and all that changed between them: a finding a cause, at the smallest named type."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from samewire import ir
from samewire.compat import objects, opened
from samewire.compat.kin import nearest, taken, without
from samewire.compat.mismatch import Kind, Mismatch, Pair
from samewire.compat.relation import Relation
from samewire.compat.rules import (
    BRAND_CHANGED,
    CONTRACT_GONE,
    ROOT_GONE,
    RULES,
    TYPE_BRANDED,
    TYPE_REFUSED,
    TYPE_REMOVED,
    TYPE_RENAMED,
    TYPE_SPLIT,
    Rule,
    Verdict,
)
from samewire.compat.streams.findings import disorders
from samewire.errors import Diagnostic
from samewire.graph import reachable
from samewire.values.depth import Types
from samewire.walk import references

_HEX: Final = 12
_WHAT: Final = tuple(
    rule for (kind, _), rule in RULES.items() if kind in (Kind.VALUE, Kind.MEMBER, Kind.TYPE)
)
"""Rules whose detail is what was added or is gone, and not what is expected."""


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
    hint: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same change of the same place, whatever the witness is; another for another value or member."""
        what = (self.detail,) if self.rule in _WHAT else ()
        return digest((*self.place, *what))

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
    """A short one of a JSON value."""
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_HEX]


def finding(
    rule: Rule, contract: str, direction: ir.Direction | None, type_: str, old: str
) -> Finding:
    return Finding(rule, contract, direction, type_, old, verdict=rule.verdict, hint=rule.hint)


def gone(contract: str) -> Finding:
    return finding(CONTRACT_GONE, contract, None, contract, contract)


class Versions:
    """Two versions of a contract, with their definitions by name, and what is refused in the new one."""

    def __init__(
        self, old: ir.Contract, new: ir.Contract, refused: Sequence[Diagnostic] = ()
    ) -> None:
        self.old, self.new = old, new
        self.before = {each.name: each for each in old.definitions}
        self.after = {each.name: each for each in new.definitions}
        self.taken = taken(old.definitions, new.definitions, refused)

    @cached_property
    def _both_ways(self) -> tuple[Relation, Relation]:
        return Relation(self.before, self.after), Relation(self.after, self.before)

    def are_same(self, old: str, new: str) -> bool:
        """Whether an old definition and a new one have one shape and the same values."""
        there, back = self._both_ways
        before = there.produced.resolve(ir.Ref(old))
        after = back.produced.resolve(ir.Ref(new))
        return (
            _outline(before) == _outline(after) and there.fits((old, new)) and back.fits((new, old))
        )

    def have_one_source(self, old: str, new: str) -> bool:
        source = self.before[old].source
        return source is not None and source == self.after[new].source

    @cached_property
    def _gone(self) -> Sequence[str]:
        return without(self.before, self.after)

    @cached_property
    def _fresh(self) -> Sequence[str]:
        return without(self.after, self.before)

    @cached_property
    def roots(self) -> Mapping[ir.Direction, Mapping[str, str | None]]:
        """The old roots, with the new one that each is now."""
        return {
            "emits": {name: self._counterpart(name, "emits") for name in self.old.emits},
            "accepts": {name: self._counterpart(name, "accepts") for name in self.old.accepts},
        }

    def gone_roots(self, direction: ir.Direction) -> list[str]:
        return [name for name, other in self.roots[direction].items() if other is None]

    @cached_property
    def lost(self) -> set[str]:
        """The old definitions that are reached through roots alone which a refusal takes away."""
        edges = {name: tuple(references(each.type)) for name, each in self.before.items()}
        roots: Sequence[ir.Direction] = ("emits", "accepts")
        lost = {name for way in roots for name in self.gone_roots(way)} & self.taken.keys()
        rest = {
            name
            for way in roots
            for name, other in self.roots[way].items()
            if other is not None or name not in lost
        }
        return reachable(lost, edges) - reachable(rest, edges)

    def _counterpart(self, name: str, direction: ir.Direction) -> str | None:
        """The new root of its name, or of its class, or of the class that moved to another module, or the only one of its shape."""
        roots: Sequence[str] = getattr(self.new, direction)
        if name in roots:
            return name
        same = [root for root in roots if self.have_one_source(name, root)]
        if len(same) == 1:
            return same[0]
        if name in self.taken:
            return None
        fresh = [root for root in roots if root in self._fresh]
        if name in self._gone:
            like = nearest(self.before[name], (self.after[root] for root in fresh)) or nearest(
                self.before[name],
                (self.after[root] for root in roots if self.are_same(name, root)),
            )
            if like is not None:
                return like.name
        fits = [root for root in fresh if self.are_same(name, root)]
        return fits[0] if len(fits) == 1 else None


def _outline(type_: ir.Type) -> object:
    """What types of one shape have in common at the least: cheap to tell, where a comparison is not."""
    match type_:
        case ir.Object(properties):
            return {each.key: each.required for each in properties}
        case ir.Union(members, tag):
            return len(members), tag
        case _:
            return None


def compare(
    old: ir.Contract, new: ir.Contract, refused: Sequence[Diagnostic] = ()
) -> list[Finding]:
    """All that changed, the most harmful first; ``refused`` is what has no exact form in the new version."""
    versions = Versions(old, new, refused)
    emitted = Relation(versions.after, versions.before)
    accepted = Relation(versions.before, versions.after)
    found = [
        *_direction(versions, "emits", emitted),
        *_direction(versions, "accepts", accepted),
    ]
    found += _names(
        versions,
        {(old_name, name) for name, old_name in emitted.reasons} | set(accepted.reasons),
        {(old_name, name) for name, old_name in emitted.versions} | accepted.versions,
    )
    found += _brands(versions)
    found += _refusals(versions)
    return sorted(
        _merged(found), key=lambda each: (-each.verdict, each.direction or "", each.where)
    )


def _merged(found: Sequence[Finding]) -> Iterator[Finding]:
    """One finding a rule and place, which says all that is new or gone there."""
    places: dict[tuple[str, ...], list[Finding]] = {}
    for each in found:
        places.setdefault(each.place, []).append(each)
    for same in places.values():
        details = dict.fromkeys(each.detail for each in same if each.detail)
        yield replace(same[0], detail=", ".join(details)) if same[0].rule in _WHAT else same[0]


def _direction(
    versions: Versions, direction: ir.Direction, relation: Relation
) -> Iterator[Finding]:
    """``relation`` has the new definitions as produced where they are emitted, and as accepted where they are accepted."""
    contract = versions.new.name
    roots: dict[str, str] = {}
    for name, other in versions.roots[direction].items():
        if other is not None:
            roots[name] = other
        elif name not in versions.taken:
            yield finding(ROOT_GONE[direction], contract, direction, name, name)
    emits = direction == "emits"
    pairs = {name: (other, name) if emits else (name, other) for name, other in roots.items()}
    relation.compare(pairs.values())
    through: dict[Pair, list[str]] = {}
    for name, pair in pairs.items():
        for each in relation.reached([pair]):
            through.setdefault(each, []).append(roots[name])
    for pair, names in through.items():
        for mismatch in relation.reasons.get(pair, ()):
            if mismatch.via is None:
                made = _finding(mismatch, pair, versions, direction)
                yield replace(made, roots=tuple(names))
    now = Types(versions.after)
    for pair in _alike(relation):
        produced = relation.produced.definitions[pair[0]].type
        accepted = relation.accepted.definitions[pair[1]].type
        noted = [*objects.notes(relation, produced, accepted)]
        if emits:
            new_type = now.definitions[pair[0]].type
            noted += opened.closed(new_type, now, accepted, relation.accepted)
        for note in noted:
            if (note.kind, direction) in RULES:
                yield _finding(note, pair, versions, direction)
    for found in disorders(versions.old, versions.new, direction, relation):
        made = finding(found.rule, contract, direction, found.type, found.old)
        source = versions.after[found.type].source
        yield replace(made, detail=found.detail, witness=found.witness, source=source)


def _refusals(versions: Versions) -> Iterator[Finding]:
    """One a refusal, with all the roots that it takes away."""
    gone = sorted({*versions.gone_roots("emits"), *versions.gone_roots("accepts")})
    roots: dict[Diagnostic, list[str]] = {}
    for name in gone:
        if name in versions.taken:
            roots.setdefault(versions.taken[name], []).append(name)
    for cause, names in roots.items():
        made = finding(TYPE_REFUSED, versions.new.name, None, cause.where, names[0])
        said = f"{cause.message} [{cause.code}]"
        hint = cause.hint or made.hint
        yield replace(made, detail=said, hint=hint, roots=tuple(names), source=cause.where)


def _finding(
    mismatch: Mismatch, pair: Pair, versions: Versions, direction: ir.Direction
) -> Finding:
    new, old = pair if direction == "emits" else (pair[1], pair[0])
    made = finding(RULES[mismatch.kind, direction], versions.new.name, direction, new, old)
    shown = mismatch.kind not in (Kind.UNPROVEN, Kind.CLOSED)
    return replace(
        made,
        path=mismatch.path,
        detail=mismatch.detail,
        witness=json.dumps(mismatch.value, ensure_ascii=False) if shown else "",
        source=versions.after[new].source,
    )


def _alike(relation: Relation) -> Iterator[Pair]:
    """The pairs that are two versions of one type."""
    yield from sorted(relation.versions)
    for pair in sorted(relation.reasons.keys() - relation.versions):
        produced = relation.produced.definitions[pair[0]]
        accepted = relation.accepted.definitions[pair[1]]
        same_source = produced.source is not None and produced.source == accepted.source
        if produced.name == accepted.name or same_source:
            yield pair


# --- Names ------------------------------------------------------------------------------------------------------------


def _names(
    versions: Versions, pairs: set[tuple[str, str]], firm: set[tuple[str, str]]
) -> Iterator[Finding]:
    """
    What TypeScript written against the old names no longer finds.

    ``pairs`` are old and new names that were compared, ``firm`` those that stand in each other's place.
    """
    before, after, contract = versions.before, versions.after, versions.new.name
    others, places = _by_old(pairs), _by_old(firm)
    for name in sorted(before.keys() - after.keys() - versions.lost):
        fresh = [other for other in others.get(name, ()) if other not in before]
        became = (
            [other for other in fresh if versions.are_same(name, other)]
            or [other for other in fresh if versions.have_one_source(name, other)]
            or [other for other in places.get(name, ()) if other not in before]
        )
        if len(became) > 1:
            became = [root for root in became if root in _roots_of(versions, name)]
        if len(became) == 1:
            made = finding(TYPE_RENAMED, contract, None, became[0], name)
            yield replace(made, detail=f"{name} is now {became[0]}", source=after[became[0]].source)
        elif None not in _roots_of(versions, name):  # else that is said of the root
            instead = [other for other in others.get(name, ()) if other in before]
            made = finding(TYPE_REMOVED, contract, None, name, name)
            yield replace(made, detail=f"use {instead[0]}" if len(instead) == 1 else "")
    for name in sorted(before.keys() & after.keys()):
        source = after[name].source
        split = [
            other
            for other in others.get(name, ())
            if other not in before and after[other].source == source is not None
        ]
        if split:
            made = finding(TYPE_SPLIT, contract, None, name, name)
            yield replace(made, detail=f"{split[0]} is what is sent", source=source)


def _brands(versions: Versions) -> Iterator[Finding]:
    """What became, or is no longer, a type of its own in TypeScript, in types that there were before."""
    before, after, contract = versions.before, versions.after, versions.new.name
    fresh = {
        name
        for name, each in after.items()
        if each.brand and not (name in before and before[name].brand)
    }
    known = sorted(before.keys() & after.keys())
    for name in sorted(fresh & _in_use(after, known)):
        made = finding(TYPE_BRANDED, contract, None, name, name)
        yield replace(made, source=after[name].source)
    for name in known:
        old, new = _brands_of(before, name), _brands_of(after, name)
        for key in sorted(old.keys() & new.keys()):
            still = all(brand in after and after[brand].brand for brand in old[key])
            if old[key] != new[key] and still and fresh.isdisjoint(new[key]):
                made = finding(BRAND_CHANGED, contract, None, name, name)
                yield replace(made, path=(key,) if key else (), source=after[name].source)


def _in_use(definitions: Mapping[str, ir.Definition], names: Iterable[str]) -> set[str]:
    return {brand for name in names for brand in references(definitions[name].type)}


def _brands_of(definitions: Mapping[str, ir.Definition], name: str) -> Mapping[str, list[str]]:
    """The new types in a type by its key, those of a type that has none under no key."""
    type_ = definitions[name].type
    types = (
        {each.key: each.type for each in type_.properties}
        if isinstance(type_, ir.Object)
        else {"": type_}
    )
    return {
        key: [brand for brand in references(each) if definitions[brand].brand]
        for key, each in types.items()
    }


def _by_old(pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for name, other in sorted(pairs):
        others.setdefault(name, []).append(other)
    return others


def _roots_of(versions: Versions, name: str) -> list[str | None]:
    """What a root is now in each direction that it had."""
    return [roots[name] for roots in versions.roots.values() if name in roots]
