"""Release notes for the frontend: what there is to read and to send now, and what is not as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samewire import ir
from samewire.compat.findings import Finding
from samewire.compat.rules import TYPE_RENAMED, Verdict
from samewire.compat.words import named
from samewire.walk import is_unlisted, written


@dataclass(frozen=True, slots=True)
class Note:
    """One change of a type. ``breaking`` if a finding says so of its place."""

    type: str
    text: str
    breaking: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    contract: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    changed: tuple[Note, ...] = ()


def notes(old: ir.Contract, new: ir.Contract, findings: Sequence[Finding]) -> Notes:
    """What changed between two versions of a contract; ``findings`` are those of the same two."""
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
    return Notes(
        contract=new.name,
        added=tuple(sorted(after.keys() - before.keys() - set(news.values()))),
        removed=tuple(sorted(before.keys() - after.keys() - news.keys())),
        renamed=renamed,
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
            yield key, f"`{key}` is {'required' if other.required else 'optional'} now"
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


def markdown(all_notes: Sequence[Notes], since: str) -> str:
    """The notes as Markdown, a section a contract."""
    lines = [f"# Changes since {since}"]
    for each in all_notes:
        lines += ["", f"## {each.contract}", ""]
        lines += [f"* New type `{name}`" for name in each.added]
        lines += [f"* `{old}` is called `{new}` now" for old, new in each.renamed]
        lines += [f"* `{name}` is gone" for name in each.removed]
        by_type: Mapping[str, list[Note]] = {note.type: [] for note in each.changed}
        for note in each.changed:
            by_type[note.type].append(note)
        for type_, listed in sorted(by_type.items()):
            lines.append(f"* `{type_}`")
            lines += [f"  * {'**Breaking:** ' if one.breaking else ''}{one.text}" for one in listed]
        if lines[-1] == "":
            lines.append("Nothing changed.")
    return "\n".join(lines)
