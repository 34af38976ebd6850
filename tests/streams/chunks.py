"""Any chunk of the UI message stream, from few identifiers, so that they meet."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from samewire.ui_stream import (
    AbortChunk,
    Chunk,
    CustomChunk,
    DataChunk,
    ErrorChunk,
    FileChunk,
    FinishChunk,
    FinishStepChunk,
    MessageMetadataChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningFileChunk,
    ReasoningStartChunk,
    ResetStepChunk,
    SourceDocumentChunk,
    SourceUrlChunk,
    StartChunk,
    StartStepChunk,
    SteeringMessageChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    TextUIPart,
    ToolApprovalRequestChunk,
    ToolApprovalResponseChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputDeniedChunk,
    ToolOutputErrorChunk,
)

PIECES = (
    '{"q":',
    '"a',
    ' b"',
    ",",
    '"n":',
    "-1.5e",
    "3",
    "[tru",
    "e,null]",
    "}",
    "\\u00",
    "e9",
    "[",
    "{",
    " ",
    "oops",
)
VALUES: tuple[Any, ...] = (None, 1, "x", [1, None], {"a": {"b": 1}}, {"a": {"c": [2]}}, False)
METADATA: tuple[Any, ...] = (
    {"a": 1},
    {"a": {"b": [1, 2]}},
    {"a": {"c": None}},
    {"a": None},
    {"d": []},
    {},
)


def propose_chunk(rng: random.Random) -> Chunk:
    return rng.choice(_MAKERS)(rng)


def _call(rng: random.Random) -> str:
    return f"c{rng.randrange(1, 4)}"


def _id(rng: random.Random) -> str:
    return rng.choice(["t1", "t2"])


def _common(rng: random.Random) -> dict[str, Any]:
    """Optional fields, mostly absent."""
    fields: dict[str, Any] = {"dynamic": rng.choice([None, None, True])}
    if rng.random() < 0.2:
        fields["provider_executed"] = rng.choice([True, False])
    if rng.random() < 0.2:
        fields["provider_metadata"] = {"p": {"k": rng.randrange(9)}}
    if rng.random() < 0.2:
        fields["tool_metadata"] = {"m": rng.choice(VALUES)}
    return fields


def _titled(rng: random.Random) -> dict[str, Any]:
    return {
        "tool_name": rng.choice(["find", "find", "run"]),
        "title": rng.choice([None, None, "T"]),
    }


def _provider(rng: random.Random) -> dict[str, Any]:
    return {"provider_metadata": {"p": {"k": rng.randrange(9)}}} if rng.random() < 0.2 else {}


def _rarely(rng: random.Random, chunk: Chunk) -> Chunk:
    return chunk if rng.random() < 0.15 else DataChunk(type="data-x", data=rng.choice(VALUES))


def _data(rng: random.Random) -> Chunk:
    return DataChunk(
        type=rng.choice(["data-x", "data-y"]),
        id=rng.choice([None, "d1", "d2"]),
        data=rng.choice(VALUES),
        transient=rng.choice([None, None, True]),
    )


_MAKERS: tuple[Callable[[random.Random], Chunk], ...] = (
    lambda rng: StartChunk(
        message_id=rng.choice([None, "m", "m", "n"]),
        **({"message_metadata": rng.choice(METADATA)} if rng.random() < 0.3 else {}),
    ),
    lambda rng: MessageMetadataChunk(message_metadata=rng.choice(METADATA)),
    lambda rng: _rarely(rng, FinishChunk(finish_reason=rng.choice([None, "stop"]))),
    lambda rng: _rarely(rng, FinishChunk(message_metadata=rng.choice(METADATA))),
    lambda rng: _rarely(rng, _rarely(rng, AbortChunk())),
    lambda rng: _rarely(rng, _rarely(rng, ErrorChunk(error_text="e"))),
    lambda _: StartStepChunk(),
    lambda _: StartStepChunk(),
    lambda _: FinishStepChunk(),
    lambda rng: ResetStepChunk() if rng.random() < 0.3 else StartStepChunk(),
    lambda rng: TextStartChunk(id=_id(rng), **_provider(rng)),
    lambda rng: TextDeltaChunk(id=_id(rng), delta=rng.choice(["a", "ü", ""]), **_provider(rng)),
    lambda rng: TextEndChunk(id=_id(rng), **_provider(rng)),
    lambda rng: ReasoningStartChunk(id=_id(rng), **_provider(rng)),
    lambda rng: ReasoningDeltaChunk(id=_id(rng), delta=rng.choice(["a", "ü"]), **_provider(rng)),
    lambda rng: ReasoningEndChunk(id=_id(rng), **_provider(rng)),
    lambda rng: ReasoningFileChunk(url="u", media_type="m", **_provider(rng)),
    lambda rng: SourceUrlChunk(source_id="s", url="u", title=rng.choice([None, "T"]), **_provider(rng)),
    lambda rng: SourceDocumentChunk(source_id="s", media_type="m", title="T", **_provider(rng)),
    lambda rng: FileChunk(url="u", media_type="m", **_provider(rng)),
    lambda rng: CustomChunk(kind="a.b", **_provider(rng)),
    lambda _: SteeringMessageChunk(id="s", parts=[TextUIPart(text="x")]),
    _data,
    lambda rng: ToolInputStartChunk(
        tool_call_id=_call(rng), input_encoding=rng.choice([None, None, "text", "json"]), **_titled(rng), **_common(rng)
    ),
    lambda rng: ToolInputDeltaChunk(tool_call_id=_call(rng), input_text_delta=rng.choice(PIECES)),
    lambda rng: ToolInputDeltaChunk(tool_call_id=_call(rng), input_text_delta=rng.choice(PIECES)),
    lambda rng: ToolInputDeltaChunk(tool_call_id=_call(rng), input_text_delta=rng.choice(PIECES)),
    lambda rng: ToolInputAvailableChunk(tool_call_id=_call(rng), input=rng.choice(VALUES), **_titled(rng), **_common(rng)),
    lambda rng: ToolInputAvailableChunk(tool_call_id=_call(rng), input=rng.choice(VALUES), **_titled(rng), **_common(rng)),
    lambda rng: ToolInputErrorChunk(
        tool_call_id=_call(rng), input=rng.choice(VALUES), error_text="e", **_titled(rng), **_common(rng)
    ),
    lambda rng: ToolApprovalRequestChunk(
        approval_id=f"a{rng.randrange(1, 4)}",
        tool_call_id=_call(rng),
        reason=rng.choice([None, "why"]),
        is_automatic=rng.choice([None, True, False]),
        signature=rng.choice([None, "sig"]),
        **({"approval_descriptor": rng.choice(VALUES)} if rng.random() < 0.3 else {}),
        **({"input_schema_input": rng.choice(VALUES)} if rng.random() < 0.3 else {}),
    ),
    lambda rng: ToolApprovalResponseChunk(
        approval_id=f"a{rng.randrange(1, 4)}",
        approved=rng.choice([True, False]),
        reason=rng.choice([None, "so"]),
        provider_executed=rng.choice([None, None, True]),
        **_provider(rng),
    ),
    lambda rng: ToolOutputAvailableChunk(
        tool_call_id=_call(rng), output=rng.choice(VALUES), preliminary=rng.choice([None, None, True, False]), **_common(rng)
    ),
    lambda rng: ToolOutputErrorChunk(tool_call_id=_call(rng), error_text="e", **_common(rng)),
    lambda rng: ToolOutputDeniedChunk(tool_call_id=_call(rng)),
)  # fmt: skip
