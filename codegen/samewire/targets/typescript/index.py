"""
``index.ts``: every type and every schema, by name, so that bundlers drop what is not used.

Each has a line of its own, so that branches that add types merge.
"""

from __future__ import annotations

from samewire import ir
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.views import IndexView
from samewire.walk import inside


def index_view(output: Output, *, schemas: bool) -> IndexView:
    """``schemas``: whether there is a file of schemas."""
    types: list[str] = []
    enums: list[str] = []
    for definition in output.contract.definitions:
        target = enums if isinstance(definition.type, ir.EnumType) else types
        target.append(output.names[definition.name])
    validators = list(output.validators.values()) if schemas else []
    if any(ir.JsonValue() in inside(each.type) for each in output.contract.definitions):
        types = sorted({*types, "JsonValue"})
    lists = (
        ("export type", types, "types"),
        ("export", enums, "types"),
        ("export", validators, "schemas"),
    )
    return IndexView(
        output.header,
        tuple(
            output.import_names(keyword, [name], module)
            for keyword, names, module in lists
            for name in sorted(names)
        ),
    )
