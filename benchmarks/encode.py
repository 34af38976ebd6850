"""
Frames a second, from values to the bytes of an event: text deltas, 2 KB tool outputs, finishes.

Each contender makes its chunk from the same values, writes it and frames it, as a server must. They take turns, round by round.
msgspec checks nothing when a struct is made; the others are as their users call them.
"""

from __future__ import annotations

import importlib
import json
import statistics
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, Literal, TypeAlias

from measure import table, versions
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from samewire.ui_stream import (
    Encoder,
    FinishChunk,
    TextDeltaChunk,
    ToolOutputAvailableChunk,
)

Values: TypeAlias = tuple[Any, Any]
Write: TypeAlias = Callable[[Any, Any], bytes]

ROUNDS = 15
SECONDS = 0.02  # of one contender in one round

KINDS = ("text delta", "2 KB tool output", "finish")
_WORDS = (
    " the",
    " token",
    " of",
    " a",
    " stream",
    ",",
    " response",
    ".\n\n",
    " Grüße",
    " “quoted”",
    " 😀",
    " identifier_name",
)
_OUTPUT = {
    "rows": [
        {"id": number, "name": f"Row {number}", "score": number * 1.25, "tags": ["a", "b"], "note": None}
        for number in range(29)
    ]
}  # fmt: skip

VALUES: dict[str, list[Values]] = {
    "text delta": [("txt-0a1b2c3d", word) for word in _WORDS],
    "2 KB tool output": [(f"call_{number:08x}", _OUTPUT) for number in range(12)],
    "finish": [("stop", {"usage": {"inputTokens": 1200 + number, "outputTokens": 340}}) for number in range(12)],
}  # fmt: skip


# --- Contenders: a function of two values for each kind ---------------------------------------------------------------


def bound() -> dict[str, Write]:
    encode = Encoder()
    return {
        "text delta": encode.text_delta,
        "2 KB tool output": encode.tool_output,
        "finish": lambda reason, metadata: encode.finish(reason, message_metadata=metadata),
    }


def chunks() -> dict[str, Write]:
    encode = Encoder()
    return {
        "text delta": lambda key, delta: encode(TextDeltaChunk(id=key, delta=delta)),
        "2 KB tool output": lambda key, output: encode(
            ToolOutputAvailableChunk(tool_call_id=key, output=output)
        ),
        "finish": lambda reason, metadata: encode(
            FinishChunk(finish_reason=reason, message_metadata=metadata)
        ),
    }


def plain_pydantic() -> dict[str, Write]:
    class Base(BaseModel):
        model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

        def frame(self) -> bytes:
            return f"data: {self.model_dump_json(by_alias=True, exclude_none=True)}\n\n".encode()

    class TextDelta(Base):
        type: Literal["text-delta"] = "text-delta"
        id: str
        delta: str
        provider_metadata: dict[str, dict[str, Any]] | None = None

    class ToolOutput(Base):
        type: Literal["tool-output-available"] = "tool-output-available"
        tool_call_id: str
        output: Any
        provider_executed: bool | None = None
        dynamic: bool | None = None
        preliminary: bool | None = None

    class Finish(Base):
        type: Literal["finish"] = "finish"
        finish_reason: Literal["stop", "length", "error", "other"] | None = None
        message_metadata: Any = None

    return {
        "text delta": lambda key, delta: TextDelta(id=key, delta=delta).frame(),
        "2 KB tool output": lambda key, output: ToolOutput(tool_call_id=key, output=output).frame(),
        "finish": lambda reason, metadata: Finish(
            finish_reason=reason, message_metadata=metadata
        ).frame(),
    }


def pydantic_ai() -> dict[str, Write]:
    types = importlib.import_module("pydantic_ai.ui.vercel_ai.response_types")
    stream = importlib.import_module("pydantic_ai.ui.vercel_ai._event_stream").VercelAIEventStream
    settings = SimpleNamespace(sdk_version=7)

    def frame(chunk: Any) -> bytes:
        text: str = stream.encode_event(settings, chunk)
        return text.encode()

    return {
        "text delta": lambda key, delta: frame(types.TextDeltaChunk(id=key, delta=delta)),
        "2 KB tool output": lambda key, output: frame(
            types.ToolOutputAvailableChunk(tool_call_id=key, output=output)
        ),
        "finish": lambda reason, metadata: frame(
            types.FinishChunk(finish_reason=reason, message_metadata=metadata)
        ),
    }


def vercel() -> dict[str, Write]:
    events = importlib.import_module("ai.ui.ai_sdk.ui_events")
    format_sse = importlib.import_module("ai.ui.ai_sdk.outbound_stream").format_sse
    return {
        "text delta": lambda key, delta: format_sse(
            events.UITextDeltaEvent(id=key, delta=delta)
        ).encode(),
        "2 KB tool output": lambda key, output: format_sse(
            events.UIToolOutputAvailableEvent(tool_call_id=key, output=output)
        ).encode(),
        "finish": lambda reason, metadata: format_sse(
            events.UIFinishEvent(finish_reason=reason, message_metadata=metadata)
        ).encode(),
    }


def msgspec() -> dict[str, Write]:
    spec = importlib.import_module("msgspec")
    encode = spec.json.Encoder().encode

    def struct(tag: str, *fields: Any) -> Any:
        return spec.defstruct(tag, fields, tag=tag, rename="camel", omit_defaults=True)

    delta = struct("text-delta", ("id", str), ("delta", str), ("provider_metadata", Any, None))
    output = struct("tool-output-available", ("tool_call_id", str), ("output", Any))
    finish = struct("finish", ("finish_reason", str, None), ("message_metadata", Any, None))
    return {
        "text delta": lambda key, text: b"data: %b\n\n" % encode(delta(key, text)),
        "2 KB tool output": lambda key, value: b"data: %b\n\n" % encode(output(key, value)),
        "finish": lambda reason, metadata: b"data: %b\n\n" % encode(finish(reason, metadata)),
    }


CONTENDERS: dict[str, Callable[[], dict[str, Write]]] = {
    "samewire, bound encoder": bound,
    "samewire, chunk by chunk": chunks,
    "pydantic, model_dump_json": plain_pydantic,
    "pydantic-ai": pydantic_ai,
    "vercel's ai": vercel,
    "msgspec": msgspec,
}


# --- Measuring --------------------------------------------------------------------------------------------------------


def main() -> None:
    made: dict[str, dict[str, Write]] = {}
    for name, make in CONTENDERS.items():
        try:
            made[name] = make()
        except ImportError as error:
            print(f"{name}: left out, {error}")
    for kind in KINDS:
        writes = {name: kinds[kind] for name, kinds in made.items()}
        _same(kind, writes)
        rates = dict(_rates(writes, VALUES[kind]))
        base = rates["samewire, bound encoder"]
        rows = [
            (name, f"{rate:,.0f}", f"{1e9 / rate:,.0f}", f"{base / rate:.2f}")
            for name, rate in rates.items()
        ]
        header = ("writer", "frames/s", "ns", "bound encoder is faster by")
        of = versions("pydantic", "msgspec", "orjson", "pydantic-ai-slim", "ai")
        table(f"{kind[:1].upper()}{kind[1:]} ({of})", rows, header)


def _same(kind: str, writes: dict[str, Write]) -> None:
    """All contenders write the same JSON."""
    values = VALUES[kind][8]
    found = {name: json.loads(write(*values)[6:]) for name, write in writes.items()}
    assert all(one == found["samewire, bound encoder"] for one in found.values()), found


def _rates(writes: dict[str, Write], values: list[Values]) -> Iterator[tuple[str, float]]:
    """Frames a second, the median of the rounds."""
    turns = {
        name: max(1, int(SECONDS / _seconds(write, values, 20))) for name, write in writes.items()
    }
    times: dict[str, list[float]] = {name: [] for name in writes}
    for _ in range(ROUNDS):
        for name, write in writes.items():
            times[name].append(_seconds(write, values, turns[name]))
    for name, found in times.items():
        yield name, len(values) / statistics.median(found)


def _seconds(write: Write, values: list[Values], turns: int) -> float:
    """Of one turn through the values."""
    start = time.process_time()
    for _ in range(turns):
        for one, other in values:
            write(one, other)
    return (time.process_time() - start) / turns


if __name__ == "__main__":
    main()
