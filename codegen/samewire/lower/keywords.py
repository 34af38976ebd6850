"""Keywords that are refused everywhere."""

from __future__ import annotations

from typing import Any

from samewire import extensions
from samewire.lower.scope import Scope, Site, did_you_mean, shown
from samewire.schema import keywords


def check_keywords(site: Site, scope: Scope) -> None:
    schema: dict[str, Any] = site.schema
    for keyword in keywords.EVERYWHERE:
        if keyword in schema:
            refuse_keyword(keyword, f"{keyword} has no exact form", site, scope)
    if "$id" in schema and site.pointer:
        message = "$id gives a part of the document an address of its own, to which its references are relative"
        refuse_keyword("$id", message, site, scope)
    if schema.get("nullable") is True:
        message = "nullable is no keyword of JSON Schema, so null would be refused"
        refuse_keyword("nullable", message, site, scope)
    for keyword in schema:
        if not keyword.startswith("x-samewire-"):
            continue
        if keyword not in (known := keywords.SAMEWIRE | extensions.keywords()):
            message = f"Samewire has no keyword {shown(keyword)}"
            hint = did_you_mean(keyword, sorted(known))
            scope.refuse("unknown-keyword", site.at(keyword), message, hint)


def refuse_keyword(keyword: str, message: str, site: Site, scope: Scope) -> None:
    scope.refuse("unsupported-keyword", site.at(keyword), message, keywords.REFUSED[keyword])
