"""``x-samewire-ui-stream``: which definitions are the chunks, metadata, data parts and tools (``docs/schema-format.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from samewire.extensions.ui_stream import KEYWORD
from samewire.extensions.ui_stream.model import UIStream, UITool
from samewire.lower.scope import Scope, Site, did_you_mean, shown

_KEYS: Final = ("chunk", "metadata", "data", "tools", "dynamicTools")


def ui_stream(scope: Scope) -> UIStream | None:
    """The keyword of a document, ``None`` without it or where it is wrong."""
    if KEYWORD not in scope.document:
        return None
    reader = _Reader(scope)
    return reader.stream(Site(scope.document[KEYWORD], (KEYWORD,)))


class _Reader:
    """Refuses what is no such keyword, each at its place."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.names = frozenset(scope.names.values())

    def stream(self, site: Site) -> UIStream | None:
        before = len(self.scope.diagnostics)
        value = self.object(site)
        for key in value.keys() - set(_KEYS):
            self.refuse(site, key, "there is no such key here", did_you_mean(key, _KEYS))
        metadata = self.name(site, "metadata") if "metadata" in value else None
        data = self.inside(site, "data")
        tools = self.inside(site, "tools")
        dynamic = value.get("dynamicTools", False)
        if not isinstance(dynamic, bool):
            self.refuse(site, "dynamicTools", f"is true or false, not {shown(dynamic)}")
        stream = UIStream(
            chunk=self.name(site, "chunk"),
            metadata=metadata,
            data=tuple((name, self.name(data, name)) for name in data.schema),
            tools=tuple(self.tool(tools, name) for name in tools.schema),
            dynamic_tools=bool(dynamic),
        )
        return stream if len(self.scope.diagnostics) == before else None

    def tool(self, site: Site, name: str) -> UITool:
        at = Site(site.schema[name], site.at(name))
        self.object(at)
        return UITool(name, self.name(at, "input"), self.name(at, "output"))

    def inside(self, site: Site, key: str) -> Site:
        value = self.object(site).get(key, {})
        found = Site(value, site.at(key))
        return found if self.object(found) is value else Site({}, site.at(key))

    def object(self, site: Site) -> Mapping[str, Any]:
        if isinstance(site.schema, dict):
            return site.schema
        message = f"expected an object, found {shown(site.schema)}"
        self.scope.refuse("invalid-keyword", site.pointer, message)
        return {}

    def name(self, site: Site, key: str) -> str:
        """The name of a definition, under a key of an object."""
        value = self.object(site).get(key)
        if not isinstance(value, str):
            self.refuse(site, key, f"expected the name of a definition, found {shown(value)}")
        elif value not in self.names:
            hint = did_you_mean(value, sorted(self.names))
            self.refuse(site, key, f"there is no definition {shown(value)}", hint)
        return str(value)

    def refuse(self, site: Site, key: str, message: str, hint: str | None = None) -> None:
        self.scope.refuse("invalid-keyword", site.at(key), message, hint)
