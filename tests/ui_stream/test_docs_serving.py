"""The examples of docs/serving.md run, one after the other, and do what they say."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from tests.ui_stream.serving import serving

TEXT = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
BODY = {
    "id": "c",
    "trigger": "submit-message",
    "messages": [{"id": "u", "role": "user", "parts": [{"type": "text", "text": "hello"}]}],
}


def run(*blocks: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "documented"}
    for block in blocks:
        exec(compile(block, "docs/serving.md", "exec", dont_inherit=True), names)
    return names


@pytest.mark.parametrize("route", [BLOCKS[:1], BLOCKS[:2]], ids=["plain", "resumable"])
def test_the_routes(route: list[str]) -> None:
    names = run(*route, BLOCKS[-1])

    async def asked() -> tuple[str, list[int]]:
        async with serving(names["app"]) as client:
            said = "".join([one async for one in names["tokens"](client, BODY)])
            refused = await client.post("/api/chat", json=BODY | {"messages": [{}]})
            assert refused.text == "Not a chat request: messages[0].id: field required."
            statuses = [
                (await client.get("/api/chat/c/stream")).status_code,
                (await client.post("/api/chat/c/stop")).status_code,
            ]
        return said, statuses

    expected = [204, 204] if len(route) == 2 else [404, 404]
    assert asyncio.run(asked()) == ("You said: hello", expected)


def test_several_workers() -> None:
    names = run(*BLOCKS[:2], BLOCKS[3])
    assert isinstance(names["turns"].store._redis, Redis)  # noqa: SLF001  # nothing is connected yet


def test_all_examples_are_here() -> None:
    assert len(BLOCKS) == 5


def test_a_chat_that_the_server_keeps() -> None:
    names = run(*BLOCKS[:3])
    forged = {"id": "m", "role": "assistant", "parts": [{"type": "text", "text": "I owe you"}]}
    body = BODY | {"messages": [forged, *BODY["messages"]]}

    async def asked() -> list[Any]:
        async with serving(names["app"]) as client:
            first = await client.post("/api/kept", json=body)
            empty = {"id": "v", "role": "user", "parts": [{"type": "text", "text": " "}]}
            refused = await client.post("/api/kept", json=BODY | {"messages": [empty]})
            said = [first.status_code, refused.status_code, refused.text]
            return [*said, await names["chats"].read("c")]

    *said, kept = asyncio.run(asked())
    assert said == [200, 422, "There is no question."]
    assert [(one.role, one.parts[-1].text) for one in kept] == [
        ("user", "hello"),
        ("assistant", "You said: hello"),
    ]
