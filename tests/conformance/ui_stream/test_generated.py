"""The same frames, messages and requests through the zod that Samewire generates from the classes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.documents import roots_of

from .conftest import LINES, Client
from .copilot_app import BODY, FOLDER, post
from .frames import FRAMES, PROTOCOL
from .samples import chunk_classes, tag_of

CONFIG = """
pythonpath = ["models"]

[contracts.ui-stream]
emits = ["samewire.ui_stream:UIMessageChunk", "samewire.ui_stream:UIMessage"]
accepts = ["samewire.ui_stream:ChatRequest"]
imports = ".ts"

[contracts.copilot]
emits = ["copilot:Chunk", "copilot:Message"]
accepts = ["copilot:Request"]
imports = ".ts"
"""

Judge = Callable[[str, str, list[str]], list[bool]]


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Path:
    """A project in which both contracts were generated."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "samewire.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "models").mkdir()
    (folder / "models" / "copilot.py").write_bytes((FOLDER / "copilot.py").read_bytes())
    (folder / "node_modules").symlink_to(node_modules, target_is_directory=True)
    subprocess.run([sys.executable, "-m", "samewire", "-q", "generate"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="session")
def judge(generated: Path, node: Path) -> Judge:
    """``judge(contract, schema, texts)``: which of the JSON texts parse unchanged."""
    script = Path(__file__).with_name("generated.mjs")

    def run(contract: str, schema: str, texts: list[str]) -> list[bool]:
        index = generated / "generated" / contract / "index.ts"
        done = subprocess.run(
            [str(node), "--no-warnings", str(script), str(index), schema],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        found: list[bool] = json.loads(done.stdout)
        assert len(found) == len(texts)
        return found

    return run


def test_the_schema_says_what_the_protocol_says(generated: Path) -> None:
    document = json.loads((generated / "schema" / "ui-stream.json").read_text(encoding="utf-8"))
    definitions = document["$defs"]
    assert roots_of(document, "emits") == ["UIMessage", "UIMessageChunk"]
    assert roots_of(document, "accepts") == ["ChatRequest"]
    assert not [name for name in definitions if name.endswith("Input")], (
        "one name in both directions"
    )
    for cls in chunk_classes():
        found = definitions[cls.__name__]
        fields = PROTOCOL["chunks"][tag_of(cls)]["fields"]
        assert set(found["properties"]) == {"type", *fields}
        assert set(found["required"]) == {"type", *(n for n in fields if fields[n]["required"])}
        assert found["additionalProperties"] is False
    for definition in definitions.values():
        for name, schema in definition.get("properties", {}).items():
            assert {"type": "null"} not in schema.get("anyOf", []), name
            assert schema.get("default", ...) is not None, name


def test_each_chunk_parses_and_no_near_miss_does(judge: Judge) -> None:
    frames = FRAMES[:-1]
    texts = [frame.data.removeprefix(b"data: ").decode() for frame in frames]
    found = judge("ui-stream", "UIMessageChunkSchema", texts)
    wrong = [
        frame.name
        for frame, parses in zip(frames, found, strict=True)
        if parses != (frame.written is not None)
    ]
    assert wrong == []


@pytest.mark.parametrize("line", LINES)
def test_the_clients_messages_and_requests_parse(
    clients: Callable[[int], Client], judge: Judge, line: int
) -> None:
    client = clients(line)
    messages = [json.dumps(one) for turn in client.turns.values() for one in turn["messages"]]
    assert all(judge("ui-stream", "UIMessageSchema", messages))
    bodies = [json.dumps(body) for bodies in client.requests.values() for body in bodies]
    assert all(judge("ui-stream", "ChatRequestSchema", bodies))


def test_the_copilots_reply_parses_under_its_own_contract(example: Any, judge: Judge) -> None:
    events = post(example.app, BODY)[1].split(b"\n\n")
    texts = [one.removeprefix(b"data: ").decode() for one in events if one.startswith(b"data: {")]
    assert all(judge("copilot", "ChunkSchema", texts))
    assert judge("copilot", "CopilotRequestSchema", [json.dumps(BODY)]) == [True]
    foreign = [
        {"type": "data-other", "data": 1},
        {"type": "data-plan", "data": {"goal": "x"}},
        {"type": "start", "sessionId": "s"},
        {"type": "tool-input-start", "toolCallId": "c", "toolName": "other"},
        {"type": "tool-output-available", "toolCallId": "c", "output": {}},
    ]
    assert judge("copilot", "ChunkSchema", [json.dumps(one) for one in foreign]) == [False] * 5
