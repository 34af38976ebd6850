"""The examples of docs/events.md run, one after the other, and do what they say."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from samewire.streams.event_source import EventParser
from starlette.websockets import WebSocket

from tests.streams.test_websocket import CLOSED, Client
from tests.ui_stream.serving import serving

TEXT = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def types_of(body: bytes) -> list[str]:
    return [json.loads(event.data)["type"] for event in EventParser().feed(body)]


def test_the_examples() -> None:
    names: dict[str, Any] = {"__name__": "documented"}
    whole = ["started", "node-started", "node-finished", "finished"]

    async def asked() -> None:
        for block in BLOCKS[:2]:
            exec(compile(block, "docs/events.md", "exec", dont_inherit=True), names)
        async with serving(names["app"]) as client:
            assert types_of((await client.get("/preview")).content) == whole
        exec(compile(BLOCKS[2], "docs/events.md", "exec", dont_inherit=True), names)
        ada = {"x-user": "ada"}
        async with serving(names["app"]) as client:
            topic = (await client.post("/executions", headers=ada)).json()
            path = f"/executions/{topic}"
            followed = await client.get(f"{path}/events", headers=ada)
            # It may be over by now: a turn that is over is there for those who have a part of it.
            assert types_of(followed.content) in (whole, [])
            assert (await client.post(f"{path}/stop", headers=ada)).status_code == 204
            assert (await client.get(f"{path}/events")).status_code == 404
        exec(compile(BLOCKS[3], "docs/events.md", "exec", dont_inherit=True), names)
        async with serving(names["app"]) as client:
            assert types_of((await client.get("/limited", headers=ada)).content) == whole
        exec(compile(BLOCKS[4], "docs/events.md", "exec", dont_inherit=True), names)
        page = Client('{"type":"run","graph":"a"}', '{"type":"run","graph":"b"}', CLOSED)
        await names["commands"](WebSocket({"type": "websocket"}, page.receive, page.send))
        assert [event["type"] for event in page.texts] == [*whole, *whole]

    asyncio.run(asked())
