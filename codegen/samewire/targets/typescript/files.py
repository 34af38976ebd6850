"""
The files of a contract that are TypeScript whatever validates it, and how files are rendered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samewire.extensions import extensions
from samewire.render import environment
from samewire.targets.typescript.declare import types_views
from samewire.targets.typescript.index import index_view
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.stream_order import order_view
from samewire.targets.typescript.streams import streams_view
from samewire.targets.typescript.unknown_members import unknown_members_view
from samewire.targets.typescript.views import IndexView

_WRITERS: Final = frozenset({"fixtures", "guards", "types", "valibot", "zod"})
"""The targets that have these files in common. One of those of a contract writes them."""


def contract_views(output: Output, target: str) -> dict[str, object]:
    """
    The views of the files that targets of TypeScript have in common, by the name of their file and template; none if another
    target of the contract writes them.
    """
    if target != max(_WRITERS & {target, *output.options.beside}):
        return {}
    contract = output.contract
    views = types_views(output)
    if output.options.index:
        views["index"] = index_view(output, target)
    if output.decoding.types:
        views |= types_views(output, wire=True)
    if contract.order is not None:
        views["order"] = order_view(output, contract.order)
    if output.options.streams:
        views["streams"] = streams_view(output)
    if output.options.open == "report":
        guards = "guards" in {target, *output.options.beside}
        if (view := unknown_members_view(output, guards=guards)) is not None:
            views["unknown-members"] = view
    return views


def rendered(
    output: Output,
    views: Mapping[str, object],
    packages: Mapping[str, str],
    *,
    extended: str | None = None,
) -> dict[str, str]:
    """
    The files of these views, those of extensions for the target ``extended``, and the copies of the runtime that all these import.

    ``packages`` are the specifiers by which the project imports what the runtime imports under another one.
    """
    jinja = environment("typescript")
    files = {
        f"{name}.ts": jinja.get_template(_template(name, view)).render(file=view)
        for name, view in views.items()
    }
    if extended is not None:
        for extra in extension_files(output, extended).values():
            files |= extra
    return files | output.runtime_copies(packages)


def _template(name: str, view: object) -> str:
    """The files of a folder are like the one that they are split from, which then is a list of exports."""
    kind = "index" if isinstance(view, IndexView) else name.partition("/")[0]
    return f"{kind}.ts.jinja"


def extension_files(
    output: Output, target: str | None = None, *, but: str | None = None
) -> dict[str, dict[str, str]]:
    """What each extension adds to the contract for a target, by the name of the extension; ``but``: for others than that one."""
    added = {
        each.name: dict(each.files(output.contract, output))
        for each in extensions()
        if each.name not in output.options.without
        if (target in each.targets if but is None else but not in each.targets)
    }
    return {name: files for name, files in added.items() if files}
