"""The order of a stream in two versions: decided, with streams that show it, and attacked with random ones where nothing is found."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from samewire import ir
from samewire.compat.changes import compare
from samewire.compat.findings import Finding
from samewire.compat.relation import Relation
from samewire.compat.rules import ORDER_LOST, Verdict
from samewire.compat.streams.chunks import Asked, Chunks, members
from samewire.compat.streams.machine import Broken, Earlier, Machine, State
from samewire.errors import SamewireError
from samewire.lower import lower
from samewire.schema import load
from samewire.streams import check_order
from samewire.streams.events import event_classes
from samewire.ui_stream import UIMessageChunk

from tests.streams.chunks import propose_chunk
from tests.streams.sequences import walk
from tests.streams.test_verdicts import propose_log_event

ROOT = Path(__file__).parents[2]
LOG = ROOT / "tests/golden/event-order/expected/event-order.json"
UI = ROOT / "schema/ui-stream.json"
KEY = "x-samewire-order"
Document = dict[str, Any]
Edit = Callable[[Document], object]


def contract(document: Document) -> ir.Contract:
    return lower(document, where="case.json")


def read(path: Path) -> Document:
    document: Document = load(path.read_text("utf-8"), path.name)
    return document


def edited(path: Path, *edits: Edit) -> tuple[ir.Contract, ir.Contract]:
    old = read(path)
    new = copy.deepcopy(old)
    for edit in edits:
        edit(new)
    return contract(old), contract(new)


def of(document: Document, name: str) -> Any:
    """The rules of an event."""
    return document["$defs"][name][KEY]


def found(old: ir.Contract, new: ir.Contract) -> list[Finding]:
    return [each for each in compare(old, new) if each.rule.id.startswith("order-")]


def first_broken(machine: Machine, stream: Any, state: State) -> tuple[int, Broken] | None:
    """The first rule that a stream breaks, with the index of the event."""
    for index, chunk in enumerate(stream):
        broken = next(machine.broken(state, chunk), None)
        if broken is not None:
            return index, broken
        state = machine.after(state, chunk)
    end = next(machine.at_end(state), None)
    return None if end is None else (len(stream), end)


def judged(machine: Machine, witness: Any) -> str | None:
    events = witness["events"] if isinstance(witness, dict) else witness
    state = State()
    if isinstance(witness, dict):
        known = {
            (block, each["key"]): Earlier(
                each["state"], each.get("alias"), tuple(each.get("same", {}).items())
            )
            for block, several in witness["continued"].items()
            for each in several
        }
        state = machine.continued(known)
    broken = first_broken(machine, events, state)
    return None if broken is None else broken[1].rule


def check_witnesses(said: list[Finding], old: ir.Contract, new: ir.Contract) -> None:
    """Each is in order for the one that sends it, and not for the other."""
    for each in said:
        made, known = (new, old) if each.direction == "emits" else (old, new)
        if each.verdict is Verdict.BREAKING:
            witness = json.loads(each.witness)
            assert known.order is not None
            assert judged(Machine(known.order), witness) is not None
            assert made.order is None or judged(Machine(made.order), witness) is None


# --- The machine ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [LOG, UI], ids=["log", "ui-stream"])
def test_the_machine_is_that_of_the_guard(path: Path, log: ModuleType) -> None:
    order = contract(read(path)).order
    assert order is not None
    machine = Machine(order)
    protocol: Any = log.LogEvent if path is LOG else UIMessageChunk
    rng = random.Random(4)
    rules = set()

    def propose(random_: random.Random) -> Any:
        return propose_log_event(log, random_) if path is LOG else propose_chunk(random_)

    for _ in range(600):
        wild = rng.choice([0.0, 0.1, 0.5])
        stream = walk(rng, propose, event_classes(protocol), length=rng.randrange(25), wild=wild)
        chunks = [json.loads(event.model_dump_json(by_alias=True)) for event in stream]
        broken = first_broken(machine, chunks, State())
        said = next(iter(check_order(stream, protocol)), None)
        assert (None if said is None else (said.index, said.rule)) == (
            None if broken is None else (broken[0], broken[1].rule)
        ), chunks
        rules.add(broken and broken[1].rule)
    assert len(rules) > 8


# --- What is found ----------------------------------------------------------------------------------------------------

Row = tuple[str, Path, Edit, set[str], set[str]]
ROWS: tuple[Row, ...] = (
    ("a place", LOG, lambda d: of(d, "Note").pop("inside"), {"place Note"}, set()),
    ("a first", LOG, lambda d: of(d, "Hello").pop("first"), {"first Hello"}, set()),
    ("a last", LOG, lambda d: of(d, "Crashed").pop("last"), {"end Crashed"}, {"end Goodbye"}),
    ("once", LOG, lambda d: of(d, "Configured").pop("once"), {"repeated Configured"}, set()),
    ("after", LOG, lambda d: of(d, "Goodbye").pop("after"), {"after Goodbye"}, set()),
    ("after, continued", LOG, lambda d: of(d, "Crashed").pop("after"), {"after Crashed"}, set()),
    ("fixed", LOG, lambda d: of(d, "Hello").pop("fixed"), {"changed Goodbye"}, set()),
    (
        "the same",
        LOG,
        lambda d: of(d, "TaskEnded")["moves"][0].pop("same"),
        {"changed TaskEnded"},
        set(),
    ),
    (
        "an alias",
        LOG,
        lambda d: of(d, "Queued")["moves"][0].pop("alias"),
        {"changed Queued"},
        {"state Bytes"},
    ),
    (
        "a key space",
        LOG,
        lambda d: d[KEY]["task"].pop("keys"),
        {"state Queued", "state TaskStarted"},
        set(),
    ),
    (
        "a key that is used again",
        LOG,
        lambda d: d[KEY]["download"].pop("once"),
        {"state Queued", "state TaskStarted", "changed Queued"},
        set(),
    ),
    (
        "how long a block may be in a state",
        LOG,
        lambda d: d[KEY]["download"]["states"].update(loading="any"),
        {"left-open RunEnded", "left-open Goodbye"},
        set(),
    ),
    (
        "a block around",
        UI,
        lambda d: d[KEY]["text"].pop("inside"),
        {
            "left-open FinishStepChunk",
            "place TextStartChunk",
            "state TextDeltaChunk",
            "state TextEndChunk",
        },
        # What was opened in a step can be opened again after its reset.
        {"left-open FinishChunk", "state TextStartChunk"},
    ),
    (
        "a state",
        UI,
        lambda d: of(d, "ToolInputAvailableChunk")["moves"][0].update({"from": ["streaming"]}),
        set(),
        {"state ToolInputAvailableChunk"},
    ),
)
"""What differs, and what is found where the new version has it, and where the old one has."""


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_is_found(row: Row) -> None:
    _, path, edit, looser, tighter = row
    before, after = edited(path, edit)
    for old, new, wanted in ((before, after, looser), (after, before, tighter)):
        said = found(old, new)
        assert {f"{each.rule.id} {each.type}" for each in said} == {
            f"order-emitted-{one}" for one in wanted
        }
        assert {each.verdict for each in said} <= {Verdict.BREAKING}
        check_witnesses(said, old, new)


def test_the_shortest_stream() -> None:
    (said,) = found(*edited(LOG, lambda d: of(d, "Note").pop("inside")))
    assert said.detail == "note came outside any run"
    assert json.loads(said.witness) == [
        {"kind": "hello", "log": None},
        {"kind": "note", "text": "a"},
        {"kind": "crashed"},
    ]


def test_parts_of_a_message_are_no_chunks() -> None:
    """Some have the same tags."""
    given = contract(read(UI))
    assert given.order is not None
    sent = members(given, given.emits, given.order, given.order).by_tag
    assert sent.keys() > {tag for event in given.order.events for tag in event.tags}
    assert {each.definition for each in sent.values() if "Part" in each.definition} == set()


def test_an_order_that_is_gone_is_one_finding() -> None:
    def gone(document: Document) -> None:
        del document[KEY]
        for each in document["$defs"].values():
            each.pop(KEY, None)

    old, new = edited(LOG, gone)
    (said,) = found(old, new)
    assert (said.rule, said.verdict) == (ORDER_LOST, Verdict.BREAKING)
    check_witnesses([said], old, new)
    assert found(new, old) == []


def both_ways(document: Document) -> Document:
    document["$defs"]["LogEvent"]["x-samewire-root"] = ["emits", "accepts"]
    return document


def test_a_stream_that_is_accepted() -> None:
    old = both_ways(read(LOG))
    new = copy.deepcopy(old)
    of(new, "Note")["outside"] = ["task"]
    (said,) = found(contract(old), contract(new))
    assert (said.rule.id, said.direction, said.type) == ("order-accepted-place", "accepts", "Note")
    check_witnesses([said], contract(old), contract(new))
    (said,) = found(contract(new), contract(old))
    assert said.rule.id == "order-emitted-place"


def test_a_rule_that_follows_from_the_others() -> None:
    old, new = edited(UI, lambda d: of(d, "TextEndChunk").update(inside=["text"]))
    assert found(old, new) == found(new, old) == []


def test_what_is_not_decided_is_said() -> None:
    def keyed(document: Document) -> None:
        document[KEY]["task"]["inside"] = "download"

    (said,) = found(*edited(LOG, keyed))
    assert (said.rule.id, said.verdict) == ("order-emitted-unproven", Verdict.UNKNOWN)
    assert said.detail == "the block task is inside the block download, which has keys"


def test_an_event_that_is_renamed_is_said_with_its_type() -> None:
    def renamed(document: Document) -> None:
        document["$defs"]["Note"]["properties"]["kind"]["const"] = "remark"
        mapping = document["$defs"]["LogEvent"].get("discriminator", {}).get("mapping", {})
        if "note" in mapping:
            mapping["remark"] = mapping.pop("note")

    old, new = edited(LOG, renamed)
    assert found(old, new) == []
    assert [each.rule.id for each in compare(old, new)] == ["emitted-value-added"]


# --- Attacks ----------------------------------------------------------------------------------------------------------


def toggle(rules: dict[str, Any], name: str, value: Any) -> None:
    if name in rules:
        del rules[name]
    else:
        rules[name] = value


def mutated(document: Document, rng: random.Random) -> Document:
    """With a few changes of its rules of order."""
    new = copy.deepcopy(document)
    blocks = new[KEY]
    events = [each[KEY] for each in new["$defs"].values() if KEY in each]
    for _ in range(rng.choice([1, 1, 2, 3])):
        event, name = rng.choice(events), rng.choice(sorted(blocks))
        if rng.random() < 0.3:
            key, value = rng.choice([("inside", "run"), ("once", True), ("keys", "item")])
            if name != value:
                toggle(blocks[name], key, value)
            states = blocks[name]["states"]
            states[rng.choice(sorted(states))] = rng.choice(["scope", "end", "any"])
        elif event.get("moves") and rng.random() < 0.5:
            change_move(event["moves"], blocks, rng)
        else:
            after = {"block": name, **rng.choice([{}, {"continuing": True}])}
            changes = [("first", True), ("last", "ends"), ("last", "interrupts"), ("once", True)]
            changes += [("inside", [name]), ("outside", [name]), ("after", [after])]
            toggle(event, *rng.choice(changes))
    return new


def change_move(moves: list[Any], blocks: Document, rng: random.Random) -> None:
    move = rng.choice(moves)
    states = [*blocks[move["block"]]["states"]]
    change = rng.randrange(4)
    if change == 0:
        move["from"] = rng.sample(["absent", *states, "closed"], rng.randrange(1, len(states) + 2))
    elif change == 1 and not move.get("resets"):
        move["to"] = rng.choice([*states, "closed"])
    elif change == 2:
        moves.remove(move)
    else:
        move.pop(rng.choice(["same", "when"]), None)


def streams(
    made: Machine, letters: list[dict[str, Any]], rng: random.Random
) -> Iterator[list[dict[str, Any]]]:
    """At random, in order for a machine, and whole."""
    for _ in range(60):
        state, stream = State(), []
        for _ in range(rng.randrange(1, 24)):
            if not any(made.at_end(state)):
                yield stream
            fit = [each for each in letters if not any(made.broken(state, each))]
            if not fit:
                break
            stream = [*stream, rng.choice(fit)]
            state = made.after(state, stream[-1])


def attack(old: ir.Contract, new: ir.Contract, rng: random.Random) -> str:
    said = found(old, new)
    check_witnesses(said, old, new)
    if said:
        return "unknown" if all(each.verdict is Verdict.UNKNOWN for each in said) else "breaking"
    assert old.order is not None
    assert new.order is not None
    relation = Relation(
        {each.name: each for each in new.definitions}, {each.name: each for each in old.definitions}
    )
    machines = Machine(new.order), Machine(old.order)
    sent, read = (
        members(new, new.emits, new.order, old.order),
        members(old, old.emits, old.order, new.order),
    )
    chunks = Chunks(relation, sent, read, machines)
    every = {name for machine in machines for name in machine.blocks}
    letters = chunks.made(Asked(3, frozenset(every | {"log"})))
    for stream in streams(machines[0], letters, rng):
        assert first_broken(machines[1], stream, State()) is None, stream
    return "compatible"


@pytest.mark.parametrize("seed", range(16))
def test_random_changes(seed: int) -> None:
    rng = random.Random(seed)
    base = read(LOG)
    first = mutated(base, rng)
    second = mutated(first if rng.random() < 0.7 else base, rng)
    try:
        old, new = contract(first), contract(second)
    except SamewireError:
        return
    attack(old, new, rng)
