"""Definitions without those that have a refused place, and what is reported of them: one message for each cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from samewire.errors import Diagnostic, first_names
from samewire.export.contents import Contents
from samewire.export.definition_keys import Key
from samewire.export.refusals import Refusal
from samewire.graph import reversed_edges
from samewire.scalars.view import JsonSchema

NAMED = 3  # so many places a message names; it counts the others
"""So many places, and types that are left out, a message names; it counts the others."""


def without_refused(
    bodies: Mapping[str, JsonSchema], sources: Mapping[str, str], contents: Contents
) -> tuple[dict[str, JsonSchema], list[Diagnostic]]:
    """Takes out definitions with a refused place, and all that depend on them; ``sources`` are the types by their keys."""
    refs = contents.refs(bodies)
    users = reversed_edges(refs)
    refused = {key: list(found) for key, found in contents.refusals(bodies).items()}
    for key, used in refs.items():
        refused[key] += [_unusable(sources[key], ref) for ref in used if ref not in bodies]
    groups: dict[object, dict[Refusal, list[str]]] = {}
    for key, refusals in refused.items():
        for refusal in refusals:
            group = groups.setdefault(refusal.cause or refusal, {})
            group.setdefault(refusal, []).append(key)
    owners = {key for key, refusals in refused.items() if refusals}
    named = {sources[key] for key in owners}
    gone = set(owners)
    diagnostics = []
    for group in groups.values():
        # What depends on several causes is named with the first.
        own = [key for keys in group.values() for key in keys]
        dependents = _dependents(own, users, gone)
        others = sorted({sources[key] for key in dependents} - named)
        takes = sorted({sources[key] for key in (*own, *dependents)})
        diagnostics.append(replace(_diagnostic(list(group), others), takes=tuple(takes)))
    return {key: body for key, body in bodies.items() if key not in gone}, diagnostics


def _dependents(
    keys: Iterable[str], users: Mapping[str, Sequence[str]], gone: set[str]
) -> list[str]:
    """What uses one of the definitions and is not yet ``gone``, to which it is added."""
    dependents: list[str] = []
    pending = list(keys)
    while pending:
        new = [key for key in users.get(pending.pop(), ()) if key not in gone]
        gone.update(new)
        dependents += new
        pending += new
    return dependents


def _diagnostic(refusals: Sequence[Refusal], others: Sequence[str]) -> Diagnostic:
    first, *_ = sorted(refusals, key=lambda one: (one.where, one.code, one.message))
    places = sorted({one.where for one in refusals} - {first.where})
    hint = first.cure if places else first.hint
    message = first.message
    if places:
        message += f"; also at {first_names(places, NAMED)}"
    if others:
        message += f"; left out with it: {first_names(others, NAMED)}"
    return Diagnostic(first.code, first.where, message, hint or None, 1 + len(places))


def _unusable(source: str, ref: str) -> Refusal:
    return Refusal(source, "unusable-type", f"depends on {Key.parse(ref).core_ref}", "")
