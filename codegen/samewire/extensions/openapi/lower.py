"""``x-samewire-openapi``: an OpenAPI document whose schemas are definitions (``docs/schema-format.md``)."""

from __future__ import annotations

from samewire.extensions.openapi import KEYWORD, references
from samewire.extensions.openapi.model import OpenAPI
from samewire.lower.scope import Scope, Site, did_you_mean, shown


def openapi(scope: Scope) -> OpenAPI | None:
    """The keyword of a document, ``None`` without it or where it is wrong."""
    document = scope.document.get(KEYWORD)
    if document is None:
        return None
    site = Site(document, (KEYWORD,))
    if not isinstance(document, dict):
        scope.refuse(
            "invalid-keyword", site.pointer, f"expected an object, found {shown(document)}"
        )
        return None
    before = len(scope.diagnostics)
    definitions = scope.document.get("$defs", {})
    for name, *keys in references(document):
        if name not in definitions:
            hint = did_you_mean(name, sorted(definitions))
            message = f"there is no definition {shown(name)}"
            scope.refuse("invalid-keyword", site.pointer, message, hint)
        elif keys and keys[0] not in definitions[name].get("properties", {}):
            message = f"{shown(name)} has no property {shown(keys[0])}"
            scope.refuse("invalid-keyword", site.pointer, message)
    return OpenAPI(document) if len(scope.diagnostics) == before else None
