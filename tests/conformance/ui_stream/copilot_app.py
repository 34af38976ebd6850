"""``examples/copilot``: where it is, and a request to its application without a server."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "examples" / "copilot"

BODY: dict[str, Any] = {
    "id": "chat-1",
    "trigger": "submit-message",
    "sessionId": "secret-session",
    "messages": [{"id": "u1", "role": "user", "parts": [{"type": "text", "text": "send mail?"}]}],
}


def post(app: Any, body: dict[str, Any]) -> tuple[int, bytes]:
    """One request to an ASGI application, without a client."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/chat",
        "raw_path": b"/api/chat",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "client": ("test", 1),
        "server": ("test", 80),
    }
    waiting = [{"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent)
