"""
The extension ``openapi``: FastAPI's own document of a contract's application, with the contract's types in it.

A contract has it where it has the target ``openapi`` and its key ``routes`` names applications (``docs/openapi.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from samewire.extensions import Exported, Extension

if TYPE_CHECKING:
    from samewire import ir
    from samewire.discover import Root
    from samewire.errors import Diagnostic
    from samewire.export.exporter import Exporter
    from samewire.extensions.openapi.model import OpenAPI
    from samewire.lower.scope import Scope
    from samewire.scalars.view import JsonSchema
    from samewire.targets.typescript.output import Output

KEYWORD: Final = "x-samewire-openapi"
REF: Final = "x-samewire-ref"
"""In place of a schema, where the definition stands; ``$ref`` may be anything that the application's author wrote."""


def references(value: Any) -> Iterator[tuple[str, ...]]:
    """What the document refers to: a definition, or a property of one as its name and key."""
    if isinstance(value, list):
        for each in value:
            yield from references(each)
    elif isinstance(value, dict):
        if isinstance(ref := value.get(REF), str):
            yield parts(ref)
        for each in value.values():
            yield from references(each)


def parts(ref: str) -> tuple[str, ...]:
    """
    >>> parts("#/$defs/Page/properties/size")
    ('Page', 'size')
    """
    from samewire.schema.pointers import parse  # noqa: PLC0415  # see Extension

    match parse(ref):
        case ("$defs", name, "properties", key):
            return (name, key)
        case ("$defs", name):
            return (name,)
        case _:
            return (ref,)  # no definition is called like that


def _definitions(value: Mapping[str, Any]) -> set[str]:
    return {name for name, *_ in references(value)}


def _kept(value: Mapping[str, Any], names: set[str]) -> Mapping[str, Any] | None:
    """Without the operations of which a type is missing."""
    paths = {
        path: {
            key: each
            for key, each in item.items()
            if not isinstance(each, dict) or _definitions(each) <= names
        }
        for path, item in value.get("paths", {}).items()
    }
    return {**value, "paths": {path: item for path, item in paths.items() if item}}


def _export(
    exporter: Exporter,
    _emits: Sequence[Root],
    _roots: Mapping[str, JsonSchema],
    _diagnostics: list[Diagnostic],
) -> Exported | None:
    from samewire.extensions.openapi.export import exported  # noqa: PLC0415  # see Extension

    return exported(exporter)


def _lower(scope: Scope) -> OpenAPI | None:
    from samewire.extensions.openapi.lower import openapi  # noqa: PLC0415  # see Extension

    return openapi(scope)


def _files(_contract: ir.Contract, _output: Output) -> Mapping[str, str]:
    return {}  # the target `openapi` writes the one there is


EXTENSION: Final = Extension(
    "openapi",
    KEYWORD,
    _definitions,
    _export,
    _lower,
    _files,
    kept=_kept,
    targets=("zod", "valibot"),
)
