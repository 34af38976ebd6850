"""The guard in Python and the generated checker in TypeScript judge the same streams the same way, in the same words."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from samewire.render import templates
from samewire.streams import CLOSED, Continued, Known, check_order
from samewire.streams.events import event_classes
from samewire.streams.rules import RuleName
from samewire.ui_stream import UIMessageChunk
from samewire.ui_stream.order import CALL

from tests.streams.chunks import propose_chunk
from tests.streams.sequences import walk

STREAMS = 3000


def propose_log_event(log: ModuleType, rng: random.Random) -> Any:
    item, url = rng.choice("abc"), rng.choice("uvw")
    made: list[Callable[[], Any]] = [
        lambda: log.Hello(log=rng.choice([None, "x", "y"])),
        log.Configured,
        log.RunStarted,
        log.RunEnded,
        log.RunRestarted,
        lambda: log.TaskStarted(itemId=item, worker=rng.choice([0, 1, 2])),
        lambda: log.TaskProgress(itemId=item),
        lambda: log.TaskEnded(
            itemId=item,
            worker=rng.choice([0, 1, 2]),
            kind=rng.choice(["task-ended", "task-cancelled"]),
        ),
        lambda: log.Queued(itemId=item, url=rng.choice([None, url])),
        lambda: log.Bytes(url=url),
        lambda: log.Loaded(itemId=item, checked=rng.choice([True, False])),
        log.Note,
        log.Heartbeat,
        lambda: log.Goodbye(log=rng.choice([None, "x", "y"])) if rng.random() < 0.2 else log.Note(),
        lambda: log.Crashed() if rng.random() < 0.1 else log.Note(),
    ]
    return rng.choice(made)()


@pytest.fixture
def typescript(
    repo_root: Path, tmp_path: Path, run_node: Callable[..., str]
) -> Callable[[str], Callable[[list[Any]], list[Any]]]:
    """What the generated checker in a file of the repository makes of jobs for ``verdicts.mjs``."""

    def judge_of(module: str) -> Callable[[list[Any]], list[Any]]:
        def judge(jobs: list[Any]) -> list[Any]:
            path = tmp_path / "jobs.json"
            path.write_text(json.dumps(jobs), encoding="utf-8")
            # A golden case comes without the runtime library, which the checker imports.
            shutil.copy(repo_root / module, tmp_path)
            shutil.copytree(templates("typescript") / "runtime", tmp_path / "runtime")
            script = Path(__file__).with_name("verdicts.mjs")
            found: list[Any] = json.loads(run_node(script, str(tmp_path / "order.ts"), str(path)))
            return found

        return judge

    return judge_of


def judged_in_python(stream: Sequence[Any], protocol: Any, continued: Continued | None) -> Any:
    found = check_order(stream, protocol, continued=continued)
    return [[one.index, one.rule, one.block, one.key, one.message, one.hint] for one in found]


def compare(
    streams: list[tuple[list[Any], Continued | None]],
    protocol: Any,
    wire: dict[str, str],
    judge: Callable[[list[Any]], list[Any]],
) -> Counter[str]:
    """Fails at the first stream that is judged otherwise; counts the rules that were broken."""
    jobs = [
        {
            "stream": [json.loads(event.model_dump_json(by_alias=True)) for event in stream],
            "continued": _as_json(continued, wire),
        }
        for stream, continued in streams
    ]
    rules: Counter[str] = Counter()
    for (stream, continued), job, there in zip(streams, jobs, judge(jobs), strict=True):
        here = judged_in_python(stream, protocol, continued)
        assert there == here, json.dumps(job)
        rules.update(one[1] for one in here)
        rules["right"] += not here
    return rules


def _as_json(continued: Continued | None, wire: dict[str, str]) -> Any:
    if continued is None:
        return None
    blocks = {
        block.name: [
            [
                key,
                {
                    "state": one.state,
                    "same": {wire.get(name, name): value for name, value in one.same.items()},
                    "alias": one.alias,
                },
            ]
            for key, one in known.items()
        ]
        for block, known in continued.blocks.items()
    }
    fixed = {wire.get(name, name): value for name, value in continued.fixed.items()}
    return {"fixed": fixed, "blocks": blocks}


def test_of_a_protocol_of_its_own(log: ModuleType, typescript: Any) -> None:
    rng = random.Random(1)
    classes = event_classes(log.LogEvent)
    streams: list[tuple[list[Any], Continued | None]] = []
    for number in range(STREAMS):
        states = rng.choice([("waiting", "u"), ("loading", "v"), (CLOSED, None)])
        known = Known(states[0], alias=states[1])
        continued = Continued({log.DOWNLOAD: {"a": known}}, {"log": "x"})
        given = continued if number % 3 == 0 else None
        wild = rng.choice([0.0, 0.1, 0.5, 1.0])
        stream = walk(
            rng,
            lambda random_: propose_log_event(log, random_),
            classes,
            length=rng.randrange(25),
            wild=wild,
            continued=given,
        )
        streams.append((stream, given))
    judge = typescript("tests/golden/event-order/expected/order.ts")
    rules = compare(streams, log.LogEvent, {"item_id": "itemId"}, judge)
    assert set(rules) == {*get_args(RuleName), "right"}, "a rule was never broken"
    assert rules["right"] > STREAMS / 40


def test_of_the_ui_message_stream(typescript: Any) -> None:
    rng = random.Random(2)
    classes = event_classes(UIMessageChunk)
    streams: list[tuple[list[Any], Continued | None]] = []
    for number in range(STREAMS):
        state = rng.choice(["called", "approval-requested", "approved", "denied", CLOSED])
        known = Known(state, {"tool_name": "find", "dynamic": rng.choice([True, False])}, "a1")
        given = Continued({CALL: {"c1": known}}, {"message_id": "m"}) if number % 3 == 0 else None
        wild = rng.choice([0.0, 0.1, 0.5, 1.0])
        length = rng.randrange(30)
        streams.append(
            (walk(rng, propose_chunk, classes, length=length, wild=wild, continued=given), given)
        )
    wire = {"tool_name": "toolName", "message_id": "messageId"}
    rules = compare(streams, UIMessageChunk, wire, typescript("generated/ui-stream/order.ts"))
    assert set(rules) == {*get_args(RuleName), "right"} - {"once", "outside"}
    assert rules["right"] > STREAMS / 40
