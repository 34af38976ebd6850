"""Release notes for the frontend: what it can now read and send, and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samewire import ir
from samewire.compat.findings import Finding
from samewire.compat.relation import Relation
from samewire.compat.rules import ORDER_LOST, TYPE_RENAMED, Verdict
from samewire.compat.streams.findings import disorders
from samewire.compat.words import named
from samewire.errors import first_names
from samewire.walk import is_unlisted, written

_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Note:
    """One change of a type. ``breaking``: a finding affects its place."""

    type: str
    text: str
    breaking: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """The changes of a contract. ``order`` is set if events gained or lost a declared order."""

    contract: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    order: Note | None = None
    changed: tuple[Note, ...] = ()


def notes(old: ir.Contract, new: ir.Contract, findings: Sequence[Finding]) -> Notes:
    """Returns what changed between two versions of a contract; ``findings`` are those of the same versions."""
    before = {each.name: each for each in old.definitions}
    after = {each.name: each for each in new.definitions}
    own = [each for each in findings if each.contract == new.name]
    renamed = tuple((each.old, each.type) for each in own if each.rule is TYPE_RENAMED)
    news = dict(renamed)
    broken = {(each.type, each.path[:1]) for each in own if each.verdict is Verdict.BREAKING}
    changed: list[Note] = []
    for name, definition in before.items():
        other = after.get(news.get(name, name))
        if other is not None:
            changed += _changes(definition, other, broken)
    changed += _reordered(old, new)
    return Notes(
        contract=new.name,
        added=tuple(sorted(after.keys() - before.keys() - set(news.values()))),
        removed=tuple(sorted(before.keys() - after.keys() - news.keys())),
        renamed=renamed,
        order=_order(old.order, new.order, own),
        changed=tuple(changed),
    )


def _changes(
    old: ir.Definition, new: ir.Definition, broken: set[tuple[str, tuple[str, ...]]]
) -> Iterator[Note]:
    def note(text: str, *path: str) -> Note:
        return Note(new.name, text, (new.name, path) in broken)

    match _listed(old.type, new.type):
        case ir.Object() as before, ir.Object() as after:
            yield from (note(text, key) for key, text in _keys(before, after))
        case ir.EnumType(before), ir.EnumType(after):
            yield from map(note, _changed([e.value for e in before], [e.value for e in after]))
        case ir.Literal(before), ir.Literal(after):
            yield from map(note, _changed(before, after))
        case ir.Union(before), ir.Union(after):
            names, others = list(map(named, before)), list(map(named, after))
            yield from map(note, _changed_names(names, others))
        case one, other if one != other:
            yield note(_became(one, other))


def _listed(old: ir.Type, new: ir.Type) -> tuple[ir.Type, ir.Type]:
    """Two types, of two that are open what they list."""
    both = all(
        isinstance(one, ir.Union) and any(map(is_unlisted, one.members)) for one in (old, new)
    )
    return (written(old), written(new)) if both else (old, new)


def _keys(old: ir.Object, new: ir.Object) -> Iterator[tuple[str, str]]:
    before = {each.key: each for each in old.properties}
    after = {each.key: each for each in new.properties}
    for key, each in after.items():
        if key not in before:
            optional = "" if each.required else ", optional"
            yield key, f"new key `{key}`: {named(each.type)}{optional}"
    for key, each in before.items():
        other = after.get(key)
        if other is None:
            yield key, f"`{key}` is gone"
            continue
        if each.required != other.required:
            yield key, f"`{key}` is now {'required' if other.required else 'optional'}"
        if each.type != other.type:
            yield key, f"`{key}`: {_became(each.type, other.type)}"


def _became(old: ir.Type, new: ir.Type) -> str:
    match _listed(old, new):
        case ir.Literal(before), ir.Literal(after):
            return "; ".join(_changed(before, after))
        case _ if named(old) == named(new):
            return f"{named(new)}, with other limits"
        case _:
            return f"{named(new)}, was {named(old)}"


def _changed(old: Sequence[ir.Json], new: Sequence[ir.Json]) -> Iterator[str]:
    return _changed_names(list(map(_json, old)), list(map(_json, new)))


def _json(value: ir.Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _changed_names(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    added = [f"`{each}`" for each in new if each not in old]
    removed = [f"`{each}`" for each in old if each not in new]
    if added:
        yield f"new: {', '.join(added)}"
    if removed:
        yield f"gone: {', '.join(removed)}"


# --- The order of streams -------------------------------------------------------------------------------------------------

_SAID: Final[tuple[tuple[ir.Direction, bool, str], ...]] = (
    ("emits", True, "may now occur in a stream"),
    ("emits", False, "no longer occurs in a stream"),
    ("accepts", True, "is now refused in a stream"),
    ("accepts", False, "is now allowed in a stream"),
)
"""By direction, and whether deployed frontends meet it: what is said of a stream that one version knows and the other does not."""


def _reordered(old: ir.Contract, new: ir.Contract) -> Iterator[Note]:
    """What is said of events whose order is another; nothing where only one version declares one."""
    if old.order is None or new.order is None:
        return
    for direction, forward, said in _SAID:
        before, after = (old, new) if forward else (new, old)
        made, known = (after, before) if direction == "emits" else (before, after)
        relation = Relation(
            *({each.name: each for each in one.definitions} for one in (made, known))
        )
        for found in disorders(before, after, direction, relation):
            name = found.type if forward else found.old
            if found.witness:
                example = _example(found.witness, known.order)
                yield Note(name, f"{said}: {found.detail}, as in {example}", breaking=forward)
            elif forward:
                yield Note(name, f"may occur in another order in a stream: {found.detail}")


def _order(
    old: ir.StreamOrder | None, new: ir.StreamOrder | None, findings: Sequence[Finding]
) -> Note | None:
    match old, new:
        case (None, ir.StreamOrder() as order):
            text = "These events now declare an order, which `order.ts` checks"
        case (ir.StreamOrder() as order, None):
            text = "These events no longer declare an order"
        case _:
            return None
    tags = [f"`{tag}`" for event in order.events for tag in event.tags]
    breaking = any(each.rule is ORDER_LOST for each in findings)
    return Note("", f"{text}: {', '.join(tags)}", breaking)


def _example(witness: str, order: ir.StreamOrder | None) -> str:
    """The tags of a stream."""
    stream = json.loads(witness)
    events = stream["events"] if isinstance(stream, dict) else stream
    tags = [f"`{each[order.tag]}`" for each in events if order is not None]
    return first_names(tags, _SHOWN)


def markdown(all_notes: Sequence[Notes], since: str) -> str:
    """The notes as Markdown, with one section per contract."""
    lines = [f"# Changes since {since}"]
    for each in all_notes:
        lines += ["", f"## {each.contract}", ""]
        lines += [f"* New type `{name}`" for name in each.added]
        lines += [f"* `{old}` is now called `{new}`" for old, new in each.renamed]
        lines += [f"* `{name}` was removed" for name in each.removed]
        lines += [f"* {_marked(each.order)}"] if each.order else []
        by_type: Mapping[str, list[Note]] = {note.type: [] for note in each.changed}
        for note in each.changed:
            by_type[note.type].append(note)
        for type_, listed in sorted(by_type.items()):
            lines.append(f"* `{type_}`")
            lines += [f"  * {_marked(one)}" for one in listed]
        if lines[-1] == "":
            lines.append("Nothing changed.")
    return "\n".join(lines)


def _marked(note: Note) -> str:
    return f"**Breaking:** {note.text}" if note.breaking else note.text
