"""
The order of a stream's events, as their classes declare it (``docs/stream-order.md``).

Read from the attribute ``__samewire_order__`` without importing who puts it there: its ``rules(fields)`` and ``blocks()`` give
JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from samewire.errors import Diagnostic
from samewire.scalars.view import JsonSchema

ATTRIBUTE: Final = "__samewire_order__"
ORDER: Final = "x-samewire-order"
_BLOCKS: Final = "blocks"


def order_of(cls: type[Any] | None, fields: Mapping[str, str]) -> JsonSchema:
    """The keyword of a class that declares its order. ``fields`` are the keys on the wire of its fields."""
    declared = getattr(cls, ATTRIBUTE, None)
    if declared is None:
        return {}
    return {ORDER: {**declared.rules(fields), _BLOCKS: declared.blocks()}}


def gather(definitions: dict[str, JsonSchema], diagnostics: list[Diagnostic]) -> JsonSchema:
    """The blocks of all definitions, which belong to the document, taken out of them."""
    blocks: dict[str, Any] = {}
    clashing: set[str] = set()
    declared = False
    for name, definition in definitions.items():
        if ORDER not in definition:
            continue
        declared = True
        rules = dict(definition[ORDER])
        for block, description in rules.pop(_BLOCKS).items():
            same = blocks.setdefault(block, description) == description
            if not same and block not in clashing:
                clashing.add(block)
                where = str(definition.get("x-samewire-source", name))
                message = (
                    f"its order declares the block {block!r}, and another class declares it "
                    "differently"
                )
                hint = "use one Block object for both, or give one of them another name"
                diagnostics.append(Diagnostic("invalid-order", where, message, hint))
        definitions[name] = {**definition, ORDER: rules}
    return {ORDER: {block: blocks[block] for block in sorted(blocks)}} if declared else {}
