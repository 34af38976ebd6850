"""
The extension ``ui-stream``: a contract whose chunks are those of an AI SDK UI message stream.

It knows the application's metadata, data parts and tools by name, and has the frontend's half of the stream (``docs/frontend.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from samewire.extensions import Exported, Extension

if TYPE_CHECKING:
    from samewire import ir
    from samewire.discover import Root
    from samewire.errors import Diagnostic
    from samewire.export.exporter import Exporter
    from samewire.extensions.ui_stream.model import UIStream
    from samewire.lower.scope import Scope
    from samewire.scalars.view import JsonSchema
    from samewire.targets.typescript.output import Output

KEYWORD: Final = "x-samewire-ui-stream"


def _definitions(value: Mapping[str, Any]) -> set[str]:
    tools = (name for tool in value.get("tools", {}).values() for name in tool.values())
    data = value.get("data", {}).values()
    return {value["chunk"], value.get("metadata", ""), *data, *tools}


def _export(
    exporter: Exporter,
    emits: Sequence[Root],
    roots: Mapping[str, JsonSchema],
    diagnostics: list[Diagnostic],
) -> Exported | None:
    from samewire.extensions.ui_stream.export import named_types  # noqa: PLC0415  # see Extension

    return named_types(exporter, emits, roots, diagnostics)


def _lower(scope: Scope) -> UIStream | None:
    from samewire.extensions.ui_stream.lower import ui_stream  # noqa: PLC0415  # see Extension

    return ui_stream(scope)


def _files(contract: ir.Contract, output: Output) -> Mapping[str, str]:
    from samewire.extensions.ui_stream.typescript import files  # noqa: PLC0415  # see Extension

    return files(contract, output)


def _exact(definition: ir.Definition) -> bool:
    """The protocol's own messages and parts are the SDK's types, and so are the parts that an application's data and tools make."""
    source = definition.source or ""
    return source.startswith("samewire.ui_stream.") or source.endswith("UIPart")


EXTENSION: Final = Extension("ui-stream", KEYWORD, _definitions, _export, _lower, _files, _exact)
