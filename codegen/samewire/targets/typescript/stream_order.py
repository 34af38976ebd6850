"""
``order.ts``: the order of a stream's events as a table, which the runtime library's ``order.ts`` reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from samewire import ir
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Constant,
    Entry,
    Expression,
    ObjectLiteral,
    text,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.layout_expressions import layout_declaration
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import Code, literal, property_key, type_key
from samewire.targets.typescript.views import OrderView

_TRUE: Final = Constant(Code("true"))
_USED: Final = (
    "EventOrder",
    "EventOrderChecker",
    "EventOrderViolation",
    "OrderContext",
    "OrderRules",
)
_EXPORTED: Final = ("KnownBlock", "OrderContext", "OrderRule")


def order_view(output: Output, order: ir.StreamOrder) -> OrderView:
    return OrderView(
        header=output.header,
        imports=output.runtime_imports(_USED),
        exports=output.runtime_imports(_EXPORTED, "export"),
        tag=type_key(order.tag),
        rules=_rules(order),
    )


def _rules(order: ir.StreamOrder) -> Code:
    table = _object(
        {
            "tag": text(order.tag),
            "blocks": ArrayLiteral(tuple(map(_block, order.blocks))),
            "events": ArrayLiteral(tuple(map(_event, order.events))),
        }
    )
    return Code(print_doc(layout_declaration("const rules: OrderRules", table)))


def _block(block: ir.Block) -> Expression:
    states = _object({state: text(until) for state, until in block.states})
    return _object(
        {
            "name": text(block.name),
            "inside": _text(block.inside),
            "keys": _text(block.keys),
            "once": _flag(block.once),
            "states": states,
        }
    )


def _event(event: ir.Event) -> Expression:
    return _object(
        {
            "tags": _texts(event.tags),
            "first": _flag(event.first),
            "last": _text(event.last),
            "once": _flag(event.once),
            "fixed": _texts(event.fixed),
            "inside": _texts(event.inside),
            "outside": _texts(event.outside),
            "after": _list(map(_after, event.after)),
            "moves": _list(map(_move, event.moves)),
        }
    )


def _after(after: ir.After) -> Expression:
    return _object({"block": text(after.block), "continuing": _flag(after.continuing)})


def _move(move: ir.Move) -> Expression:
    when = {key: Constant(literal(value)) for key, value in move.when}
    return _object(
        {
            "block": text(move.block),
            "key": _text(move.key),
            "alias": _text(move.alias),
            "before": _texts(move.before),
            "after": text(move.after),
            "when": _object(dict(when)) if when else None,
            "same": _texts(move.same),
            "resets": _flag(move.resets),
        }
    )


# --- Values; ``None`` is left out -------------------------------------------------------------------------------------


def _object(entries: dict[str, Expression | None]) -> Expression:
    return ObjectLiteral(
        tuple(
            Entry(property_key(key), value) for key, value in entries.items() if value is not None
        )
    )


def _text(value: str | None) -> Expression | None:
    return None if value is None else text(value)


def _flag(value: bool) -> Expression | None:
    return _TRUE if value else None


def _texts(values: tuple[str, ...]) -> Expression | None:
    return _list(map(text, values))


def _list(values: Iterable[Expression]) -> Expression | None:
    listed = tuple(values)
    return ArrayLiteral(listed) if listed else None
