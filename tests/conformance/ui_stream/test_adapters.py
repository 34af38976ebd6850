"""The real clients on what the adapters make of every stream that was recorded of a vendor."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samewire.ui_stream import DONE, Encoder, TargetError

from tests.ui_stream.adapters.recorded import Reply, replies

from .matrix import PACKAGES


def body(found: Reply, encode: Encoder) -> bytes | None:
    """``None`` if the client lacks something, as clients of version 5 lack approvals."""
    try:
        return b"".join([*map(encode, found.chunks), DONE])
    except TargetError as error:
        assert "tool-approval-request" in str(error)
        return None


@pytest.mark.parametrize("package", PACKAGES)
def test_a_client_shows_the_whole_reply(
    run_node: Callable[..., str], tmp_path: Path, package: str
) -> None:
    encode = Encoder(PACKAGES[package])
    found = [one for one in replies() if one.error is None]
    bodies = [body(one, encode) for one in found]
    streams = [
        {"chunks": None, "body": base64.b64encode(one).decode(), "continued": None}
        for one in bodies
        if one is not None
    ]
    job = tmp_path / "job.json"
    job.write_text(json.dumps({"streams": streams}), encoding="utf-8")
    script = Path(__file__).with_name("replay.mjs")
    chats = json.loads(run_node(script, package, str(job)))
    sent = [one for one, made in zip(found, bodies, strict=True) if made is not None]
    assert len(sent) > 30
    for one, chat in zip(sent, chats, strict=True):
        assert (chat["status"], chat["error"]) == ("ready", None), one.name
        parts = chat["message"]["parts"] if chat["message"] else []  # of a reply without content
        shown = [part for part in parts if part["type"] != "step-start"]
        assert [kind(part) for part in shown] == [kind(part) for part in one.parts], one.name
        if package == "ai7":
            assert shown == one.parts, one.name


def kind(part: dict[str, Any]) -> tuple[Any, ...]:
    return part["type"], part.get("state"), part.get("text"), part.get("toolCallId")
