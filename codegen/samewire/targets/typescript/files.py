"""
The files of a contract that are TypeScript whatever validates it, and how files are rendered.
"""

from __future__ import annotations

from collections.abc import Mapping

from samewire.render import environment
from samewire.targets.typescript import ui_stream
from samewire.targets.typescript.declare import types_view
from samewire.targets.typescript.index import index_view
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.stream_order import order_view


def contract_views(output: Output, *, schemas: bool) -> dict[str, object]:
    """
    The views of the files beside the schemas, by the name of their file and template.

    The files of a UI stream check what arrives, so there are none without ``schemas``.
    """
    contract = output.contract
    views: dict[str, object] = {
        "types": types_view(output),
        "index": index_view(output, schemas=schemas),
    }
    if contract.order is not None:
        views["order"] = order_view(output, contract.order)
    if schemas and output.options.ui_stream and contract.ui_stream is not None:
        views |= dict.fromkeys(
            ui_stream.FILES, ui_stream.ui_stream_view(contract.ui_stream, output)
        )
    return views


def rendered(
    output: Output, views: Mapping[str, object], packages: Mapping[str, str]
) -> dict[str, str]:
    """
    The files of these views and the copies of the runtime that they import, by their paths.

    ``packages`` are the specifiers by which the project imports what the runtime imports under another one.
    """
    jinja = environment("typescript")
    files = {
        f"{name}.ts": jinja.get_template(f"{name}.ts.jinja").render(file=view)
        for name, view in views.items()
    }
    return files | output.runtime_copies(packages)
