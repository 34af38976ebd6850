"""
Rewrites references by address, anchor or place as pointers into one document.

JSON Schema 2020-12, Core, sections 8.2 and 9: ``$id`` starts a resource with an address of its own, against
which the references inside are resolved; ``$anchor`` and ``$dynamicAnchor`` name places in it. A reference that leads nowhere in
the file stays as it is, and is refused where it is lowered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote, urldefrag, urljoin

from samewire.jsonschema.source.entries import Entries
from samewire.schema.keywords import MANY, NAMED, ONE, subschemas
from samewire.schema.pointers import MISSING, Pointer, find, free_name, parse

ADDRESSES: Final = ("$id", "$anchor", "$dynamicAnchor")
NOWHERE: Final = "https://nowhere.invalid/"
"""The address of a file that gives itself none: one that no file has (RFC 6761, section 6.4)."""


@dataclass(slots=True)
class Resources:
    """Where the resources of a file begin, and its named places, by their addresses."""

    starts: dict[str, Pointer] = field(default_factory=dict)
    anchors: dict[str, Pointer] = field(default_factory=dict)
    dynamic: dict[str, set[Pointer]] = field(default_factory=dict)

    def find(self, address: str) -> Pointer | None:
        url, name = urldefrag(address)
        start = self.starts.get(url)
        if start is None:
            return None
        inner = parse(f"#{name}")
        return self.anchors.get(address) if inner is None else (*start, *inner)


def with_pointers(
    document: Mapping[str, Any], entries: Entries, *, drop: Collection[str] = ()
) -> dict[Pointer, Any]:
    """
    Each type of a file by its pointer, its references rewritten to ``#/$defs/<name>`` and what is inside of that.

    The keywords ``drop`` are left out.
    """
    resources = Resources()
    for pointer, base, schema in _schemas(document, entries):
        _register(schema, pointer, base, resources)
    rewriter = _Rewriter(document, entries, resources, frozenset((*ADDRESSES, *drop)))
    base = _base(document, NOWHERE)
    return {
        pointer: rewriter.rewrite(find(document, pointer), base if pointer else NOWHERE)
        for pointer in entries.names
    }


def with_targets(document: Mapping[str, Any], entries: Entries) -> Entries:
    """The same with what is referred to under keywords that JSON Schema does not have, as in ``#/components/x-shared/Id``."""
    names = dict(entries.names)
    aside: list[str] = []
    while True:
        reached = list(_schemas(document, replace(entries, names=names)))
        known = {pointer for pointer, _, _ in reached}
        resources = Resources()
        for pointer, base, schema in reached:
            _register(schema, pointer, base, resources)
        targets: dict[Pointer, None] = {}
        for _, base, schema in reached:
            ref = schema.get("$ref")
            target = resources.find(_join(base, ref)) if isinstance(ref, str) else None
            if target and target not in known and isinstance(find(document, target), dict):
                targets[target] = None
        if not targets:
            return replace(entries, names=names, aside=frozenset(aside))
        for target in sorted(targets):
            names[target] = free_name(target, names.values())
            aside.append(names[target])


def _schemas(
    document: Mapping[str, Any], entries: Entries
) -> Iterator[tuple[Pointer, str, dict[str, Any]]]:
    """Every schema of a file with its pointer and the address of the resource it is in."""
    yield (), _base(document, NOWHERE), dict(document)
    base = _base(document, NOWHERE)
    pending = [(pointer, base, find(document, pointer)) for pointer in entries.names if pointer]
    if () in entries.names:
        pending += [(path, base, inner) for path, inner in subschemas(dict(document))]
    seen: set[Pointer] = set()
    while pending:
        pointer, base, schema = pending.pop()
        if not isinstance(schema, dict) or pointer in seen:
            continue
        seen.add(pointer)
        base = _base(schema, base)
        yield pointer, base, schema
        pending += [((*pointer, *path), base, inner) for path, inner in subschemas(schema)]


def _base(schema: Mapping[str, Any], base: str) -> str:
    id_ = schema.get("$id")
    return urldefrag(_join(base, id_)).url if isinstance(id_, str) else base


def _join(base: str, ref: str) -> str:
    """RFC 3986, section 5; :func:`urljoin` knows no base without a path, as a URN is one."""
    return f"{urldefrag(base).url}{ref}" if ref.startswith("#") else urljoin(base, ref)


def _register(schema: dict[str, Any], pointer: Pointer, base: str, resources: Resources) -> None:
    if not pointer or isinstance(schema.get("$id"), str):
        resources.starts.setdefault(base, pointer)
    for key in ("$anchor", "$dynamicAnchor"):
        name = schema.get(key)
        if isinstance(name, str):
            resources.anchors.setdefault(f"{base}#{name}", pointer)
            if key == "$dynamicAnchor":
                resources.dynamic.setdefault(name, set()).add(pointer)


@dataclass(frozen=True, slots=True)
class _Rewriter:
    document: Mapping[str, Any]
    entries: Entries
    resources: Resources
    dropped: frozenset[str]

    def rewrite(self, schema: Any, base: str) -> Any:
        if not isinstance(schema, dict):
            return schema
        base = _base(schema, base)
        result = {key: value for key, value in schema.items() if key not in self.dropped}
        if isinstance(schema.get("$ref"), str):
            result["$ref"] = self._target(schema["$ref"], base) or schema["$ref"]
        elif isinstance(schema.get("$dynamicRef"), str) and "$ref" not in schema:
            target = self._static(schema["$dynamicRef"], base)
            if target is not None:
                del result["$dynamicRef"]
                result["$ref"] = target
        for key in schema:
            result |= self._inside(key, schema[key], base)
        return result

    def _inside(self, key: str, value: Any, base: str) -> dict[str, Any]:
        """What a keyword holds, if that is schemas or leads to some."""
        if key in ONE:
            return {key: self.rewrite(value, base)}
        if key in MANY and isinstance(value, list):
            return {key: [self.rewrite(inner, base) for inner in value]}
        if key in NAMED and isinstance(value, dict):
            return {key: {name: self.rewrite(inner, base) for name, inner in value.items()}}
        if key == "discriminator" and isinstance(value, dict):
            mapping = value.get("mapping")
            if isinstance(mapping, dict):
                return {key: {**value, "mapping": self._mapping(mapping, base)}}
        return {}

    def _mapping(self, mapping: Mapping[str, Any], base: str) -> dict[str, Any]:
        """Names of types stand beside references here (OpenAPI 3.1, "Discriminator Object")."""
        by_name = {
            name: _written(pointer, self.entries) for pointer, name in self.entries.names.items()
        }
        return {
            tag: (by_name.get(ref) or self._target(ref, base) or ref)
            if isinstance(ref, str)
            else ref
            for tag, ref in mapping.items()
        }

    def _target(self, ref: str, base: str) -> str | None:
        pointer = self.resources.find(_join(base, ref))
        if pointer is None or find(self.document, pointer) is MISSING:
            return None
        return _written(pointer, self.entries)

    def _static(self, ref: str, base: str) -> str | None:
        """The target of a ``$dynamicRef`` that has only one: the name stands in one place, or is that of an ``$anchor``."""
        _, name = urldefrag(ref)
        places = self.resources.dynamic.get(name, set())
        target = self.resources.find(_join(base, ref))
        if target is None or (target in places and len(places) > 1):
            return None
        return self._target(ref, base)


def _written(pointer: Pointer, entries: Entries) -> str | None:
    """A place in the file as a reference into the document that is made of its types."""
    for length in range(len(pointer), -1, -1):
        name = entries.names.get(pointer[:length])
        if name is not None:
            parts = ("$defs", name, *pointer[length:])
            return "#" + "".join(
                "/" + quote(part.replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@")
                for part in parts
            )
    return None
