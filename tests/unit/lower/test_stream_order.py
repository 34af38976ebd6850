"""``x-samewire-order``: what it becomes, and what is said where it is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir
from samewire.errors import SchemaError

from .support import STRING, contract, ref

BLOCKS = {
    "step": {"states": {"open": "scope"}},
    "text": {"inside": "step", "once": True, "keys": "ids", "states": {"open": "scope", "held": "end"}},
}  # fmt: skip
STEP = {"moves": [{"block": "step", "from": ["absent"], "to": "open"}]}
TEXT = {"moves": [{"block": "text", "key": "id", "from": ["absent"], "to": "open"}]}


def event(tag: str, order: Any, **properties: Any) -> dict[str, Any]:
    return {
        "x-samewire-order": order,
        "type": "object",
        "properties": {
            "type": {"const": tag},
            "id": STRING,
            "on": {"type": "boolean"},
            **properties,
        },
        "required": ["type", "id"],
    }


def definitions(**changed: Any) -> dict[str, Any]:
    return {"Step": event("step", STEP), "Text": event("text", TEXT), **changed}


def order(defs: dict[str, Any], blocks: Any = BLOCKS, **root: Any) -> ir.StreamOrder:
    found = contract(defs, **{"x-samewire-order": blocks}, **root).order
    assert found is not None
    return found


def test_no_order() -> None:
    assert contract({"A": STRING}).order is None


def test_blocks_and_rules() -> None:
    every = {
        "first": True,
        "last": "interrupts",
        "once": True,
        "fixed": ["id"],
        "inside": ["step"],
        "outside": ["text"],
        "after": [{"block": "step", "continuing": True}],
        "moves": [
            {
                "block": "text",
                "alias": "id",
                "from": ["open", "held"],
                "to": "closed",
                "when": {"on": True},
                "same": ["on"],
                "resets": True,
            }
        ],
    }
    found = order(definitions(Every=event("every", every)))
    assert found.tag == "type"
    assert found.blocks == (
        ir.Block("step", (("open", "scope"),)),
        ir.Block("text", (("open", "scope"), ("held", "end")), "step", "ids", once=True),
    )
    assert [one.tags for one in found.events] == [("every",), ("step",), ("text",)]
    move = ir.Move(
        "text", ("open", "held"), "closed", None, "id", (("on", True),), ("on",), resets=True
    )
    assert found.events[0] == ir.Event(
        ("every",), first=True, last="interrupts", once=True, fixed=("id",), inside=("step",), outside=("text",),
        after=(ir.After("step", continuing=True),), moves=(move,),
    )  # fmt: skip


def test_one_entry_for_the_same_rules() -> None:
    both = event("text", TEXT, type={"enum": ["text", "text-too"]})
    found = order(definitions(Text=both, Again=event("more", TEXT)))
    assert [one.tags for one in found.events] == [("more", "text", "text-too"), ("step",)]


def test_what_is_emitted_counts() -> None:
    accepted = event("step", {"once": True})
    defs = definitions(
        StepInput=accepted,
        Out={"anyOf": [ref("Step"), ref("Text")], "x-samewire-root": ["emits"]},
        In={**ref("StepInput"), "x-samewire-root": ["accepts"]},
    )
    found = order(defs)
    assert [one.tags for one in found.events] == [("step",), ("text",)]


def wrong(**order: Any) -> dict[str, Any]:
    return definitions(Bad=event("bad", order))


def moved(**move: Any) -> dict[str, Any]:
    return wrong(moves=[{"block": "text", "key": "id", "from": ["open"], "to": "open", **move}])


AT = "#/$defs/Bad/x-samewire-order"
MOVE = f"{AT}/moves/0"


@pytest.mark.parametrize(
    ("defs", "blocks", "place", "message", "hint"),
    [
        (wrong(firts=True), BLOCKS, f"{AT}/firts", 'order has no "firts" here', 'did you mean "first"?'),
        (wrong(first="yes"), BLOCKS, f"{AT}/first", 'expected true or false, not "yes"', None),
        (wrong(last="finally"), BLOCKS, f"{AT}/last", 'expected one of "ends", "interrupts", not "finally"', None),
        (wrong(inside=["setp"]), BLOCKS, f"{AT}/inside", 'there is no block called "setp"', 'did you mean "step"?'),
        (wrong(inside="step"), BLOCKS, f"{AT}/inside", 'expected a list, not "step"', None),
        (wrong(after=[{"block": "txet"}]), BLOCKS, f"{AT}/after/0/block", 'there is no block called "txet"', 'did you mean "text"?'),
        (wrong(fixed=["idd"]), BLOCKS, f"{AT}/fixed", 'there is no property of this object called "idd"', 'did you mean "id"?'),
        (moved(block="tetx"), BLOCKS, f"{MOVE}/block", 'there is no block called "tetx"', 'did you mean "text"?'),
        (moved(key="ids"), BLOCKS, f"{MOVE}/key", 'there is no property of this object called "ids"', 'did you mean "id"?'),
        (moved(key=1), BLOCKS, f"{MOVE}/key", "expected a string, not 1", None),
        (moved(to="hold"), BLOCKS, f"{MOVE}/to", 'there is no state of the block "text" called "hold"', 'did you mean "held"?'),
        (moved(when={"onn": True}), BLOCKS, f"{MOVE}/when", 'there is no property of this object called "onn"', 'did you mean "on"?'),
        (definitions(Bad={**event("bad", {}), "type": "string"}), BLOCKS, AT, "only an object can be an event", "take it off this definition"),
        (definitions(), {**BLOCKS, "code": {"states": {"open": "scope"}}}, "#/x-samewire-order/code", 'no event opens the block "code"', "declare which one does, or leave the block out"),
        (definitions(), {**BLOCKS, "text": {**BLOCKS["text"], "inside": "stp"}}, "#/x-samewire-order/text/inside", 'there is no block called "stp"', 'did you mean "step"?'),
        (definitions(), {**BLOCKS, "step": {"states": {"open": "scope"}, "inside": "step"}}, "#/x-samewire-order/step/inside", 'the block "step" is inside itself', None),
        (definitions(), {**BLOCKS, "step": {"states": {"open": "always"}}}, "#/x-samewire-order/step/states/open", 'expected one of "scope", "end", "any", not "always"', None),
        (definitions(), [], "#/x-samewire-order", "expected an object, not a list", None),
        (wrong() | {"Bad": {**event("step", {"once": True})}}, BLOCKS, "#/$defs/Step/x-samewire-order", 'another event with type "step" has another order, and a reader can\'t tell them apart', None),
        (definitions(Bad={"x-samewire-order": {"once": True}, "type": "object", "properties": {"kind": {"const": "bad"}}, "required": ["kind"]}), BLOCKS, AT, "events that declare an order need one required property with a distinct literal value; these have none in common", 'give each a field such as type: Literal["text-start"]'),
    ],
)  # fmt: skip
def test_what_is_wrong(defs: Any, blocks: Any, place: str, message: str, hint: str | None) -> None:
    with pytest.raises(SchemaError) as caught:
        contract(defs, **{"x-samewire-order": blocks})
    found = caught.value.diagnostics[0]
    assert (found.code, found.where, found.message, found.hint) == (
        "invalid-order",
        f"test.json{place}",
        message,
        hint,
    )


def test_what_may_come_once_does_so_for_each_tag() -> None:
    once = {"once": True, "inside": ["step"]}
    found = order(definitions(A=event("a", once), B=event("b", once)))
    assert [each.tags for each in found.events if each.once] == [("a",), ("b",)]
