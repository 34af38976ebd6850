"""``x-samewire-routes``: what each route takes and answers (``docs/schema-format.md``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from samewire.extensions.reading import Reader
from samewire.extensions.routes import KEYWORD
from samewire.extensions.routes.model import (
    BODIES,
    PARTS,
    RESPONSES,
    TYPED,
    Body,
    Response,
    Route,
    Routes,
)
from samewire.identifiers import KEYWORDS, is_identifier
from samewire.lower.scope import Scope, Site, did_you_mean, shown

_KEYS: Final = (
    "method",
    "path",
    "parameters",
    "body",
    "responses",
    "description",
    "deprecated",
)
_STATUS: Final = re.compile(r"[1-5][0-9][0-9]|[1-5]XX|default")
_METHOD: Final = re.compile(r"[A-Z]+")


def routes(scope: Scope) -> Routes | None:
    """The keyword of a document, ``None`` without it or where it is wrong."""
    if KEYWORD not in scope.document:
        return None
    before = len(scope.diagnostics)
    reader = _Reader(scope)
    whole = Site(scope.document[KEYWORD], (KEYWORD,))
    read = tuple(reader.route(whole, name) for name in sorted(reader.object(whole)))
    return Routes(read) if len(scope.diagnostics) == before else None


class _Reader(Reader):
    def route(self, whole: Site, name: str) -> Route:
        site = Site(whole.schema[name], whole.at(name))
        if not is_identifier(name) or name in KEYWORDS:
            self.refuse(whole, name, f"{shown(name)} can't name a route")
        said = self.known(site, _KEYS)
        description = said.get("description")
        if description is not None and not isinstance(description, str):
            self.refuse(site, "description", f"is text, not {shown(description)}")
        method, path = self.text(site, "method"), self.text(site, "path")
        if not _METHOD.fullmatch(method):
            self.refuse(site, "method", f"{shown(method)} is no method")
        if not path.startswith("/"):
            self.refuse(site, "path", f"{shown(path)} does not start with a slash")
        return Route(
            name,
            method,
            path,
            self.parameters(site),
            self.body(site) if "body" in said else None,
            self.responses(site),
            description if isinstance(description, str) else None,
            self.flag(site, "deprecated"),
        )

    def parameters(self, site: Site) -> Mapping[str, str]:
        at = self.inside(site, "parameters")
        said = self.known(at, PARTS)
        return {part: self.name(at, part) for part in PARTS if part in said}

    def body(self, site: Site) -> Body:
        at = self.inside(site, "body")
        said = self.known(at, ("kind", "type", "required", "files", "media"))
        kind = self.kind(at, BODIES)
        type_ = self.name(at, "type") if "type" in said or kind in TYPED else None
        media = self.text(at, "media") if kind in ("text", "bytes") else None
        return Body(kind, type_, self.flag(at, "required"), self.files(at), media)

    def files(self, body: Site) -> Mapping[str, tuple[bool, bool]]:
        at = self.inside(body, "files")
        found: dict[str, tuple[bool, bool]] = {}
        for name in self.object(at):
            one = self.inside(at, name)
            self.known(one, ("required", "many"))
            found[name] = (self.flag(one, "required"), self.flag(one, "many"))
        return found

    def responses(self, site: Site) -> Mapping[str, Response]:
        at = self.inside(site, "responses")
        found: dict[str, Response] = {}
        for status in sorted(self.object(at)):
            if not _STATUS.fullmatch(status):
                self.refuse(at, status, f"{shown(status)} is no status")
            one = self.inside(at, status)
            self.known(one, ("kind", "type"))
            kind = self.kind(one, RESPONSES)
            typed = kind in TYPED and (kind != "lines" or "type" in self.object(one))
            found[status] = Response(kind, self.name(one, "type") if typed else None)
        return found

    # --- Values

    def text(self, site: Site, key: str) -> str:
        value = self.object(site).get(key)
        if not isinstance(value, str):
            self.refuse(site, key, f"is text, not {shown(value)}")
        return str(value)

    def kind(self, site: Site, kinds: tuple[str, ...]) -> str:
        value = self.text(site, "kind")
        if value not in kinds:
            hint = did_you_mean(value, kinds)
            self.refuse(site, "kind", f"is one of {', '.join(kinds)}, not {shown(value)}", hint)
        return value
