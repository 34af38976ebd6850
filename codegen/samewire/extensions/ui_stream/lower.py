"""``x-samewire-ui-stream``: which definitions are the chunks, metadata, data parts and tools (``docs/schema-format.md``)."""

from __future__ import annotations

from typing import Final

from samewire.extensions.reading import Reader
from samewire.extensions.ui_stream import KEYWORD
from samewire.extensions.ui_stream.model import UIStream, UITool
from samewire.lower.scope import Scope, Site

_KEYS: Final = ("chunk", "metadata", "data", "tools", "dynamicTools")


def ui_stream(scope: Scope) -> UIStream | None:
    """The keyword of a document, ``None`` without it or where it is wrong."""
    if KEYWORD not in scope.document:
        return None
    reader = _Reader(scope)
    return reader.stream(Site(scope.document[KEYWORD], (KEYWORD,)))


class _Reader(Reader):
    def stream(self, site: Site) -> UIStream | None:
        before = len(self.scope.diagnostics)
        value = self.known(site, _KEYS)
        metadata = self.name(site, "metadata") if "metadata" in value else None
        data = self.inside(site, "data")
        tools = self.inside(site, "tools")
        stream = UIStream(
            chunk=self.name(site, "chunk"),
            metadata=metadata,
            data=tuple((name, self.name(data, name)) for name in self.object(data)),
            tools=tuple(self.tool(tools, name) for name in self.object(tools)),
            dynamic_tools=self.flag(site, "dynamicTools"),
        )
        return stream if len(self.scope.diagnostics) == before else None

    def tool(self, tools: Site, name: str) -> UITool:
        at = self.inside(tools, name)
        return UITool(name, self.name(at, "input"), self.name(at, "output"))
