"""Which schemas of a file are its types, depending on the kind of file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from samewire import extensions
from samewire.errors import Diagnostic, SchemaError
from samewire.schema.keywords import APPLICATORS, OWN
from samewire.schema.pointers import Pointer, fragment

DIALECTS: Final = frozenset(
    (
        "https://json-schema.org/draft/2020-12/schema",
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
        "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
    )
)
"""JSON Schema 2020-12 (Core, section 8.1.1), and OpenAPI's, which adds annotations to it (OpenAPI 3.1.1, section 4.8.24.5)."""

CONTAINERS: Final = ("$defs", "definitions")
ABOUT_THE_FILE: Final = frozenset(
    (
        *CONTAINERS,
        "$schema",
        "$id",
        "x-samewire-output",
        "x-samewire-runtime",
        "x-samewire-python",
        "x-samewire-docs",
        "x-samewire-order",
        *extensions.keywords(),
    )
)
_WORD: Final = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Entries:
    """
    The types of a file: their names by their pointers.

    ``apart`` are the keys of the file itself that are no part of the type that the file describes as a whole. ``aside`` are the
    names of those that stand where no schema is looked for, and that others refer to.
    """

    names: Mapping[Pointer, str]
    apart: frozenset[str] = ABOUT_THE_FILE
    aside: frozenset[str] = frozenset()


def entries(
    document: Mapping[str, Any], where: str, stem: str, chosen: Mapping[str, str]
) -> Entries:
    """
    The types of a file. One that is a schema as a whole is named by its title, or else by the file's name ``stem``; ``chosen`` are
    other names for some.

    Raises:
        SchemaError: it is of another dialect, or two types have one name.

    """
    is_api = "openapi" in document or "swagger" in document
    named = _components(document, where) if is_api else _definitions(document, where, stem)
    _check_chosen(chosen, [name for _, name in named], where)
    names: dict[Pointer, str] = {}
    for pointer, name in named:
        _add(names, pointer, chosen.get(name, name), where)
    return Entries(names)


def _definitions(document: Mapping[str, Any], where: str, stem: str) -> list[tuple[Pointer, str]]:
    _check_dialect(document.get("$schema"), where, ("$schema",))
    named: list[tuple[Pointer, str]] = []
    for container in CONTAINERS:
        held = document.get(container)
        named += (((container, name), name) for name in (held if isinstance(held, dict) else ()))
    if (OWN | APPLICATORS).intersection(document):
        title = document.get("title")
        named.append(((), title if isinstance(title, str) and title else _pascal(stem)))
    if not named:
        message = "describes no type: it has no $defs, and is no schema itself"
        raise SchemaError(Diagnostic("source-empty", where, message))
    return named


def _check_chosen(chosen: Mapping[str, str], names: list[str], where: str) -> None:
    problems = []
    for name in chosen:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean {close[0]}?" if close else None
            problems.append(Diagnostic("unknown-root", where, f"has no type {name!r}", hint))
    if problems:
        raise SchemaError(*problems)


def _components(document: Mapping[str, Any], where: str) -> list[tuple[Pointer, str]]:
    version = document.get("openapi")
    if not isinstance(version, str) or not version.startswith(("3.1", "3.2")):
        said = f"OpenAPI {version}" if isinstance(version, str) else "Swagger 2"
        hint = "schemas are JSON Schema from OpenAPI 3.1 on: convert the file to 3.1"
        raise SchemaError(Diagnostic("unsupported-dialect", where, f"is {said}", hint))
    _check_dialect(document.get("jsonSchemaDialect"), where, ("jsonSchemaDialect",))
    components = document.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    if not isinstance(schemas, dict) or not schemas:
        message = "describes no type: it has no components.schemas"
        raise SchemaError(Diagnostic("source-empty", where, message))
    return [(("components", "schemas", name), name) for name in schemas]


def _check_dialect(dialect: object, where: str, pointer: Pointer) -> None:
    if dialect is None or (isinstance(dialect, str) and _https(dialect.rstrip("#")) in DIALECTS):
        return
    hint = "the keywords of JSON Schema 2020-12 are understood: convert the file, and declare https://json-schema.org/draft/2020-12/schema"
    message = f"is written in the dialect {dialect!r}"
    raise SchemaError(
        Diagnostic("unsupported-dialect", f"{where}{fragment(pointer)}", message, hint)
    )


def _https(address: str) -> str:
    """As drafts up to 7 had it, and many still write it."""
    return address.replace("http://", "https://", 1) if address.startswith("http://") else address


def _add(names: dict[Pointer, str], pointer: Pointer, name: str, where: str) -> None:
    other = next((key for key, taken in names.items() if taken == name), None)
    if other is not None:
        message = f"is called {name!r}, as is {fragment(other)}"
        hint = "rename one of them; the whole file is named by its title"
        place = f"{where}{fragment(pointer)}"
        raise SchemaError(Diagnostic("duplicate-definition", place, message, hint))
    names[pointer] = name


def _pascal(stem: str) -> str:
    words = _WORD.findall(stem.removesuffix(".schema"))
    return "".join(word[0].upper() + word[1:] for word in words) or "Root"
