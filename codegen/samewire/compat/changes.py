"""All changes between two versions of a contract: one finding per cause, at the smallest named type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samewire import ir
from samewire.compat import objects, opened
from samewire.compat.findings import Finding, finding
from samewire.compat.mismatch import Kind, Mismatch, Pair
from samewire.compat.names import changed_brands, changed_names
from samewire.compat.relation import Relation
from samewire.compat.rules import (
    ROOT_GONE,
    RULES,
    TYPE_REFUSED,
)
from samewire.compat.streams.findings import disorders
from samewire.compat.versions import Versions
from samewire.errors import Diagnostic
from samewire.values.depth import Types


def compare(
    old: ir.Contract, new: ir.Contract, refused: Sequence[Diagnostic] = ()
) -> list[Finding]:
    """Returns all findings, the most harmful first; ``refused`` are types without an exact form in the new version."""
    versions = Versions(old, new, refused)
    emitted = Relation(versions.after, versions.before)
    accepted = Relation(versions.before, versions.after)
    found = [
        *_direction(versions, "emits", emitted),
        *_direction(versions, "accepts", accepted),
    ]
    found += changed_names(
        versions,
        {(old_name, name) for name, old_name in emitted.reasons} | set(accepted.reasons),
        {(old_name, name) for name, old_name in emitted.versions} | accepted.versions,
    )
    found += changed_brands(versions)
    found += _refusals(versions)
    return sorted(
        _merged(found), key=lambda each: (-each.verdict, each.direction or "", each.where)
    )


def _merged(found: Sequence[Finding]) -> Iterator[Finding]:
    """Merges findings of the same rule and place into one that lists everything added or removed there."""
    places: dict[tuple[str, ...], list[Finding]] = {}
    for each in found:
        places.setdefault(each.place, []).append(each)
    for same in places.values():
        details = dict.fromkeys(each.detail for each in same if each.detail)
        yield replace(same[0], detail=", ".join(details)) if same[0].lists_values else same[0]


def _direction(
    versions: Versions, direction: ir.Direction, relation: Relation
) -> Iterator[Finding]:
    """Findings of one direction. ``relation`` has the new definitions as produced if emitted, and as accepted if accepted."""
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
    for pair in _versions_of_one_type(relation):
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
    """One finding per refusal, with all roots that are missing because of it."""
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


def _versions_of_one_type(relation: Relation) -> Iterator[Pair]:
    """The pairs that are two versions of one type."""
    yield from sorted(relation.versions)
    for pair in sorted(relation.reasons.keys() - relation.versions):
        produced = relation.produced.definitions[pair[0]]
        accepted = relation.accepted.definitions[pair[1]]
        same_source = produced.source is not None and produced.source == accepted.source
        if produced.name == accepted.name or same_source:
            yield pair
