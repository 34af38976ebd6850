"""What a declaration of order refuses, what a guard makes of a protocol of one's own, and what is exported."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field
from samewire.discover import Root
from samewire.export import export_contract
from samewire.streams import (
    After,
    Block,
    First,
    Fixed,
    Guard,
    Inside,
    Last,
    OrderError,
    Outside,
    check_order,
    order_of,
    ordered,
)

ROW = Block("row")
CELL = Block("cell", key="name", inside=ROW, same=("style",))


@ordered(First())
class Head(BaseModel):
    type: Literal["head"] = "head"


@ordered(ROW.opens())
class Row(BaseModel):
    type: Literal["row"] = "row"


@ordered(ROW.closes())
class RowEnd(BaseModel):
    type: Literal["row-end"]


@ordered(CELL.opens())
class Cell(BaseModel):
    type: Literal["cell"] = "cell"
    name: str
    style: str | None = None


@ordered(CELL.continues())
class Text(BaseModel):
    type: Literal["text"] = "text"
    name: str
    text: str = ""


@ordered(CELL.closes())
class CellEnd(BaseModel):
    type: Literal["cell-end"] = "cell-end"
    name: str


@ordered(Outside(ROW))
class Rule(BaseModel):
    type: Literal["rule"] = "rule"


@ordered(Last())
class Foot(BaseModel):
    type: Literal["foot"] = "foot"
    rows: int = 0


Part = Annotated[
    Head | Row | RowEnd | Cell | Text | CellEnd | Rule | Foot, Field(discriminator="type")
]


def types(events: object) -> str:
    return " ".join(event.type for event in events)  # type: ignore[attr-defined]  # any of the above


def test_repair_from_the_declaration_alone() -> None:
    sent = Guard(Part).run([Text(name="a", text="x"), Rule(), Cell(name="b", style="s")])
    assert types(sent) == "head row cell text cell-end row-end rule row cell cell-end row-end foot"


def test_strict() -> None:
    guard = Guard(Part, strict=True)
    assert guard.feed(Head()) == (Head(),)
    with pytest.raises(
        OrderError, match=r'text names the cell "a", which is not open \(event 1, rule not-open\)'
    ):
        guard.feed(Text(name="a"))


def test_every_rule_that_is_broken() -> None:
    found = check_order([Row(), Text(name="a"), Rule(), Foot(), Foot()], Part)
    assert [(one.index, one.rule, one.block) for one in found] == [
        (0, "not-first", None),
        (1, "not-open", "cell"),
        (2, "outside", "row"),
        (3, "left-open", "row"),
        (4, "after-end", None),
    ]


def test_a_subclass_keeps_the_order() -> None:
    class Bold(Text):
        text: str = "bold"

    assert order_of(Bold) is order_of(Text)
    guard = Guard([*Part.__args__[0].__args__], strict=True)  # type: ignore[attr-defined]  # of Annotated
    for event in (Head(), Row(), Cell(name="a"), Bold(name="a")):
        assert guard.feed(event) == (event,)


def test_any_class_can_be_an_event() -> None:
    @ordered(ROW.opens())
    @dataclasses.dataclass
    class Begin:
        pass

    class Stop:
        pass

    ordered(ROW.closes())(Stop)
    assert not check_order([Begin(), Stop()], [Begin, Stop])
    assert [one.rule for one in check_order([Stop(), Begin()], [Begin, Stop])] == [
        "not-open",
        "left-open",
    ]


def test_a_field_that_is_not_there() -> None:
    message = r"Wrong: its order names the field 'name', which it does not have \(it has type\)"
    with pytest.raises(TypeError, match=message):

        @ordered(CELL.opens())
        class Wrong(BaseModel):
            type: Literal["wrong"] = "wrong"

    with pytest.raises(TypeError, match="'log'"):
        ordered(Fixed("log"))(Head)


def test_blocks_that_make_no_sense() -> None:
    with pytest.raises(TypeError, match="'cell' has a key, so an event does not say which one"):
        Block("word", inside=CELL)
    with pytest.raises(TypeError, match="each block has the state 'closed' already"):
        Block("word", states={"closed": "any"})
    with pytest.raises(TypeError, match="has no first"):
        Block("word", alias="id")
    with pytest.raises(TypeError, match="has no state 'opn', only open"):
        CELL.moves("opn", to="closed")
    with pytest.raises(TypeError, match=r"several states \(a, b\): say which with moves\(\)"):
        Block("word", states={"a": "any", "b": "any"}).opens()
    with pytest.raises(TypeError, match="has no alias"):
        CELL.moves("open", to="open", by_alias=True)


STAGED = Block("staged", key="name", states={"called": "end", "answered": "any"})

CONTRADICTIONS = {
    "closes at the end": ([Last(), ROW.closes()], "at Last() no row may be open"),
    "closes a keyed block at the end": ([CELL.closes(), Last()], "at Last() no cell may be open"),
    "continues at the end": ([Last(), CELL.continues()], "at Last() no cell may be open"),
    "resets at the end": ([Last(), ROW.resets()], "at Last() no row may be open"),
    "closes a state that has to end": (
        [Last(), STAGED.moves("called", to="closed")],
        "at Last() no staged may be open",
    ),
    "opens at the end": ([Last(), ROW.opens()], "it opens a row"),
    "inside at the end": ([Last(), Inside(ROW)], "Inside() wants one that is"),
    "first after a block": ([First(), After(ROW)], "First() comes before any row"),
    "inside and outside": ([Inside(ROW), Outside(ROW)], "it is Inside() a row, and Outside() it"),
    "closes and outside": ([Outside(ROW), ROW.closes()], "wants one that is open"),
    "opens in what it is outside of": ([Outside(ROW), CELL.opens()], "inside a row"),
    "opens what it is inside of": ([Inside(ROW), ROW.opens()], "Inside() the row that it opens"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_rules_that_no_event_can_keep(name: str) -> None:
    rules, why = CONTRADICTIONS[name]
    with pytest.raises(TypeError, match="^Cell: no stream can have this event") as refused:
        ordered(*rules)(type("Cell", (BaseModel,), {"__annotations__": {"name": str}}))
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("rules", "before"),
    [
        ([Last(interrupts=True), ROW.closes()], [Row()]),
        ([Last(interrupts=True), ROW.opens()], []),
        ([Last(), STAGED.moves("answered", to="closed")], ["called", "answered"]),
        ([Last(), STAGED.moves("absent", to="answered")], []),
        ([First(), Last()], []),
        ([First(), After(ROW, continuing=True)], []),
        ([Inside(ROW), CELL.opens()], [Row()]),
        ([Outside(ROW), ROW.opens()], []),
    ],
)
def test_rules_that_an_event_can_keep(rules: list[Any], before: list[Any]) -> None:
    """The neighbours of those that are refused: a stream that has the event breaks nothing there."""

    class Staged(BaseModel):
        name: str = "a"

    called = ordered(STAGED.moves("absent", to="called"))(type("Called", (Staged,), {}))
    answered = ordered(STAGED.moves("called", to="answered"))(type("Answered", (Staged,), {}))
    tried = ordered(*rules)(type("Tried", (Staged,), {}))
    steps = {"called": called, "answered": answered}
    events = [steps[one]() if isinstance(one, str) else one for one in before]
    broken = check_order([*events, tried()], [Row, RowEnd, called, answered, tried])
    assert not [one for one in broken if one.event is not None]


def test_an_interruption_that_closes_a_block_closes_it_alone() -> None:
    @ordered(Last(interrupts=True), ROW.closes())
    class Failed(BaseModel):
        type: Literal["failed"] = "failed"

    classes = [Row, Cell, CellEnd, Failed]
    sent = list(Guard(classes).run([Row(), Cell(name="a"), Failed()]))
    assert types(sent) == "row cell cell-end failed"
    assert not check_order(sent, classes)
    assert types(Guard(classes).run([Row()])) == "row", "no end is made up to close a block"


def test_it_is_exported() -> None:
    exported = export_contract("test", [Root("Part", Part, "app:Part", explicit=True)], [])
    document = exported.document
    assert not exported.diagnostics
    assert document["x-samewire-order"] == {
        "cell": {"inside": "row", "states": {"open": "scope"}},
        "row": {"states": {"open": "scope"}},
    }
    assert document["$defs"]["Cell"]["x-samewire-order"] == {
        "moves": [
            {"block": "cell", "key": "name", "from": ["absent"], "to": "open", "same": ["style"]}
        ]
    }
    assert document["$defs"]["Foot"]["x-samewire-order"] == {"last": "ends"}


def test_two_blocks_of_one_name_are_refused() -> None:
    other = Block("row", once=True)

    @ordered(Inside(other), After(other))
    class Note(BaseModel):
        type: Literal["note"] = "note"

    union = Annotated[Row | RowEnd | Note, Field(discriminator="type")]
    (found,) = export_contract("test", [Root("U", union, "app:U", explicit=True)], []).diagnostics
    assert found.code == "invalid-order"
    assert "declares the block 'row', and another class declares it differently" in found.message
