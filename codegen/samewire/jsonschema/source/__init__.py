"""
Contracts that come from a schema file: JSON Schema 2020-12, or the components of an OpenAPI 3.1 description.

The file is brought into the form of ``docs/schema-format.md``: one document whose types are its ``$defs`` and whose references are
pointers to them. Nothing of what a schema says is changed on the way; what has no exact form is refused when it is lowered.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from samewire import extensions
from samewire.errors import Diagnostic, SchemaError, first_names
from samewire.jsonschema.source.entries import Entries, entries
from samewire.jsonschema.source.references import with_pointers, with_targets
from samewire.scalars.spelling import OF_DOCUMENT, Spelling
from samewire.schema.keywords import subschemas
from samewire.schema.pointers import Pointer, find, fragment, parse
from samewire.schema.text import file_text, load

__all__ = ["Source", "read", "read_document"]

Formats: TypeAlias = Literal["annotate", "assert"]

ANNOTATING: Final = ("format", "contentEncoding")
ROOT: Final = "x-samewire-root"
DIRECTIONS: Final = ("emits", "accepts")
ABOUT_THE_CONTRACT: Final = ("x-samewire-order", *extensions.keywords())
"""What a document of ours says beside its types; it holds for all of them together."""


@dataclass(frozen=True, slots=True)
class Source:
    """
    A schema file and its roots. ``where`` is what messages call the file.

    ``emits`` and ``accepts`` are names of types; with neither, the types that ``x-samewire-root`` marks in the file count, and
    without those every type is emitted.

    ``names`` are other names for some types; ``emits`` and ``accepts`` know them by these.

    ``formats``: whether ``format`` and ``contentEncoding`` are checked. In JSON Schema they only annotate unless one says
    otherwise (Validation, sections 7.2.1 and 8.3); in a document that Samewire wrote they always are.
    """

    path: Path
    where: str
    emits: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    formats: Formats = "annotate"
    names: Mapping[str, str] = field(default_factory=dict)


def read(source: Source, contract: str) -> dict[str, Any]:
    """
    The schema document of ``contract``.

    Raises:
        SchemaError: the file can't be read, is of another dialect, or lacks one of the roots.

    """
    return read_document(_load(source), source, contract)


def read_document(document: dict[str, Any], source: Source, contract: str) -> dict[str, Any]:
    """As :func:`read`, of a document that is loaded already."""
    named = entries(document, source.where, source.path.stem, source.names)
    known = with_targets(document, named)
    ours = _is_ours(document, known)
    checked = source.formats == "assert" or ours
    rewritten = with_pointers(document, known, drop=() if checked else ANNOTATING)
    definitions = {
        name: _definition(rewritten[pointer], pointer, known, source.where)
        for pointer, name in known.names.items()
    }
    roots = _roots(source, definitions, sorted(set(definitions) - known.aside))
    whole = not source.emits and not source.accepts
    about: dict[str, Any] = {
        key: document[key] for key in ABOUT_THE_CONTRACT if whole and key in document
    }
    kept = _reachable(roots, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": contract,
        **about,
        # Formats are those of JSON Schema, not what Pydantic makes of them.
        **({} if ours else {OF_DOCUMENT: Spelling.STANDARD.value}),
        "$defs": {name: _marked(definitions[name], roots.get(name)) for name in sorted(kept)},
    }


def _marked(definition: dict[str, Any], directions: list[str] | None) -> dict[str, Any]:
    rest = {key: value for key, value in definition.items() if key != ROOT}
    return rest if directions is None else {ROOT: directions, **rest}


def _is_ours(document: Mapping[str, Any], entries: Entries) -> bool:
    """Whether Samewire wrote the document."""
    return any(_directions(find(document, pointer)) for pointer in entries.names)


def _directions(schema: Any) -> list[str]:
    """The directions in which a definition of a document of ours is a root."""
    own = schema.get(ROOT) if isinstance(schema, dict) else None
    return (
        [direction for direction in DIRECTIONS if direction in own] if isinstance(own, list) else []
    )


def _load(source: Source) -> dict[str, Any]:
    if source.path.suffix.lower() in (".yaml", ".yml"):
        hint = "convert it to JSON, and name that file"
        raise SchemaError(Diagnostic("source-unreadable", source.where, "is YAML", hint))
    return load(file_text(source.path, "source-unreadable", source.where), source.where)


def _definition(schema: Any, pointer: Pointer, entries: Entries, where: str) -> dict[str, Any]:
    """One type, with the place it comes from."""
    if isinstance(schema, bool):
        schema = {} if schema else {"not": {}}
    if not isinstance(schema, dict):
        message = "a schema is an object, true or false"
        raise SchemaError(Diagnostic("invalid-schema", f"{where}{fragment(pointer)}", message))
    own = {key: value for key, value in schema.items() if pointer or key not in entries.apart}
    return {"x-samewire-source": f"{where}{fragment(pointer)}", **own}


def _roots(
    source: Source, definitions: Mapping[str, dict[str, Any]], names: Sequence[str]
) -> dict[str, list[str]]:
    """The roots by name, each with its directions; ``names`` are what may be one."""
    if not source.emits and not source.accepts:
        own = {name: directions for name in names if (directions := _directions(definitions[name]))}
        return own or {name: ["emits"] for name in names}
    problems = []
    for name in dict.fromkeys((*source.emits, *source.accepts)):
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            hint = (
                f"did you mean {close[0]}?"
                if close
                else f"it has {first_names(names, 8) or 'none'}"
            )
            problems.append(Diagnostic("unknown-root", source.where, f"has no type {name!r}", hint))
    if problems:
        raise SchemaError(*problems)
    chosen = {"emits": source.emits, "accepts": source.accepts}
    return {
        name: [direction for direction in DIRECTIONS if name in chosen[direction]]
        for name in {*source.emits, *source.accepts}
    }


def _reachable(roots: Iterable[str], definitions: Mapping[str, Any]) -> set[str]:
    reached: set[str] = set()
    pending: list[Any] = [name for name in roots if name in definitions]
    while pending:
        name = pending.pop()
        if name in reached:
            continue
        reached.add(name)
        schemas = [definitions[name]]
        while schemas:
            schema = schemas.pop()
            if not isinstance(schema, dict):
                continue
            target = parse(schema["$ref"]) if isinstance(schema.get("$ref"), str) else None
            if target and target[0] == "$defs" and len(target) > 1 and target[1] in definitions:
                pending.append(target[1])
            schemas += [inner for _, inner in subschemas(schema)]
    return reached
