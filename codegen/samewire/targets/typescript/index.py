"""
``index.ts``: every type, schema and guard, by name, so that bundlers drop what is not used. It is the same for all targets of a
contract.

Each has a line of its own, so that branches that add types merge.
"""

from __future__ import annotations

from typing import Final

from samewire import ir
from samewire.targets.typescript.names import guard_names
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.views import IndexView
from samewire.walk import enumeration, inside

# The targets that write the file of schemas, and of guards.
_SCHEMAS: Final = frozenset({"zod", "valibot"})
_GUARDS: Final = frozenset({"guards"})


def index_view(output: Output, target: str) -> IndexView:
    """``target`` is the one that asks; there may be others beside it."""
    targets = {target, *output.options.beside}
    types: list[str] = []
    enums: list[str] = []
    for definition in output.contract.definitions:
        listed = enums if enumeration(definition.type) is not None else types
        listed.append(output.names[definition.name])
    validators = [] if targets.isdisjoint(_SCHEMAS) else list(output.validators.values())
    guards = [] if targets.isdisjoint(_GUARDS) else list(guard_names(output.names).values())
    used = {type(each) for one in output.contract.definitions for each in inside(one.type)}
    if ir.JsonValue in used:
        types = sorted({*types, "JsonValue"})
    if ir.UnlistedObject in used:
        types.append("UnknownTag")
    lists = (
        ("export type", types, "types"),
        ("export", enums, "types"),
        ("export", validators, "schemas"),
        ("export", guards, "guards"),
    )
    return IndexView(
        output.header,
        tuple(
            output.import_names(keyword, [name], module)
            for keyword, names, module in lists
            for name in sorted(names)
        ),
    )
