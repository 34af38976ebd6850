"""Bodies that the real client posts, read and written again."""

from __future__ import annotations

import json

import pytest
from samewire.ui_stream import ChatRequest

from .requests import SCENARIOS, Scenario

CASES = [(scenario, line) for scenario in SCENARIOS for line in scenario.lines]


@pytest.mark.parametrize(
    ("scenario", "line"), CASES, ids=[f"{scenario.name}-ai{line}" for scenario, line in CASES]
)
def test_a_body_is_read_key_by_key(clients, scenario: Scenario, line: int) -> None:
    bodies = clients(line).requests[scenario.name]
    assert len(bodies) == len(scenario.replies)
    for body in bodies:
        request = ChatRequest.model_validate(body)
        assert json.loads(request.to_json()) == body
        assert ChatRequest.model_validate_json(json.dumps(body)) == request
        parts = [part for message in request.messages for part in message.parts]
        assert [part.model_extra for part in parts] == [{}] * len(parts), (
            "a key that is not declared"
        )
