"""Whole replies, streamed in pieces through ``DefaultChatTransport`` into the chat that ``useChat`` runs."""

from __future__ import annotations

import json

import pytest
from samewire.ui_stream import UIMessage

from .turns import TURNS, Turn

CASES = [(turn, line) for turn in TURNS for line in turn.lines]


@pytest.mark.parametrize(
    ("turn", "line"), CASES, ids=[f"{turn.name}-ai{line}" for turn, line in CASES]
)
def test_the_client_shows_the_message_that_was_meant(clients, turn: Turn, line: int) -> None:
    chat = clients(line).turns[turn.name]
    assert (chat["status"], chat.get("error")) == ("ready", None)
    user, assistant = chat["messages"]
    assert user["role"] == "user"
    meant = json.loads(turn.message().to_json())
    assert assistant["parts"] == meant["parts"]
    assert assistant == meant
    assert chat["data"] == list(turn.data)
    assert chat["valid"], "the SDK's own validation of stored messages"


@pytest.mark.parametrize(
    ("turn", "line"), CASES, ids=[f"{turn.name}-ai{line}" for turn, line in CASES]
)
def test_python_reads_the_clients_message_without_loss(clients, turn: Turn, line: int) -> None:
    for message in clients(line).turns[turn.name]["messages"]:
        assert json.loads(UIMessage.model_validate(message).to_json()) == message
