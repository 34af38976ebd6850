"""
What every client is given: every chunk as an encoder writes it for that client, whole replies, and what its users do.

A client is a version of ``ai`` on a version of zod; which targets a version belongs to is what ``Target`` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter
from samewire.ui_stream import (
    Chunk,
    Encoder,
    Target,
    TargetError,
    ToolOutputAvailableChunk,
    UIMessage,
    UIMessageChunk,
)
from samewire.ui_stream.clients import FINISH_REASONS, field_since, type_since

from .all_parts import EVERY_PART
from .every_field import EVERY_FIELD
from .frames import FRAMES
from .requests import ANSWER, SCENARIOS, Scenario
from .samples import samples, tag_of
from .turns import TURNS, Turn

PACKAGES = {
    "ai500": "5.0.0",
    "ai5": "5.0.277",
    "ai600": "6.0.0",
    "ai6": "6.0.326",
    "ai700": "7.0.0",
    "ai7": "7.0.173",
}
ZODS = ("zod3", "zod43", "zod")
"""3.25.76, 4.3.6 and the newest; each in the peer range of all six, ``^3.25.76 || ^4`` or ``^3.25.76 || ^4.1.8``."""

TARGETS: tuple[tuple[str, ...], ...] = (
    ("5.0",), ("5",), ("6.0",), ("6",), ("7.0",), ("7",),
    ("5", "6", "7"), ("5.0", "6.0", "7.0"), ("6", "7"), ("6.0", "7"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Client:
    """``exact`` is the target from this version on."""

    package: str

    @property
    def exact(self) -> Target:
        return Target.parse(PACKAGES[self.package])

    def targets(self) -> Iterator[tuple[str, ...]]:
        """Those that this version belongs to."""
        for names in (*TARGETS, (PACKAGES[self.package],)):
            if any(
                one.line == self.exact.line and one.first <= self.exact.first
                for one in map(Target.parse, names)
            ):
                yield names

    def takes(self, chunk: Chunk) -> bool:
        """Whether the table says that it takes the chunk with all its fields."""
        tag = tag_of(type(chunk))
        written = json.loads(chunk.to_json())
        fields = (field_since(tag, key) for key in written if key != "type")
        reason = FINISH_REASONS.get(str(written.get("finishReason")))
        return (
            self.exact.has(type_since(tag))
            and (self.exact.loose or all(map(self.exact.has, fields)))
            and (reason is None or self.exact.has(reason))
        )


# --- Single chunks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """``meant`` are the chunks that the client is to see, ``None`` if it is to refuse the event."""

    name: str
    data: bytes
    meant: list[Any] | None


def cases(client: Client) -> list[Case]:
    """Each event once, however many targets or samples lead to it."""
    found = [*_encoded(client), *_plain(client), *_with_keys(client)]
    return list({case.data: case for case in found}.values())


_KEYS: tuple[Any, ...] = (
    {"constructor": None},
    {"constructor": "ACME", "prototype": None},
    {"constructor": ["prototype"]},
    [{"a": {"constructor": {"prototype": None}}}],
    {"__proto__": None},
    [[{"a": {"__proto__": {}}}]],
    "__proto__",
    ["__proto__", "constructor"],
)


def _with_keys(client: Client) -> Iterator[Case]:
    """Values with the keys at which the client's JSON parser stops: the encoder refuses what the client does, and no more."""
    encode = Encoder(PACKAGES[client.package])
    for value in _KEYS:
        chunk = ToolOutputAvailableChunk(tool_call_id="c", output=value)
        plain = {"type": chunk.type, "toolCallId": "c", "output": value}
        data = b"data: %b\n\n" % json.dumps(plain).encode()
        try:
            encode(chunk)
        except ValueError:
            yield Case(f"keys: {value}", data, None)
        else:
            yield Case(f"keys: {value}", data, [plain])


def _encoded(client: Client) -> Iterator[Case]:
    for names in client.targets():
        encode = Encoder(names)
        for sample in samples():
            try:
                data = encode(sample.chunk)
            except TargetError:
                continue
            yield Case(f"for {'+'.join(names)}: {data!r}", data, events(data))


def _plain(client: Client) -> Iterator[Case]:
    """Chunks with all their fields, which the client takes if the table says so; and near misses, which none takes."""
    for sample in samples():
        data = sample.chunk.to_sse()
        yield Case(f"plain: {data!r}", data, events(data) if client.takes(sample.chunk) else None)
    for frame in FRAMES[:-1]:
        if frame.written is None:
            yield Case(frame.name, frame.data, None)


def events(data: bytes) -> list[Any]:
    return [
        json.loads(one.removeprefix(b"data: ")) for one in data.split(b"\n\n") if one[:1] == b"d"
    ]


# --- Replies ----------------------------------------------------------------------------------------------------------

_OF_PARTS = {
    ("input-streaming", "callProviderMetadata"): ("tool-input-start", "providerMetadata"),
    ("tool", "title"): ("tool-input-available", "title"),
    ("tool", "toolMetadata"): ("tool-input-available", "toolMetadata"),
    ("tool", "resultProviderMetadata"): ("tool-output-available", "providerMetadata"),
    ("tool", "preliminary"): ("tool-output-available", "preliminary"),
    ("text", "citations"): ("text-end", "citations"),
    ("approval", "descriptor"): ("tool-approval-request", "approvalDescriptor"),
    ("approval", "inputSchemaInput"): ("tool-approval-request", "inputSchemaInput"),
    ("approval", "requestReason"): ("tool-approval-request", "reason"),
    ("approval", "isAutomatic"): ("tool-approval-request", "isAutomatic"),
    ("approval", "signature"): ("tool-approval-request", "signature"),
}
"""What of a part comes from which field of a chunk, where not all clients have the field."""


def replies(client: Client) -> Iterator[tuple[Turn, str, bytes, dict[str, Any]]]:
    """Each reply that the client can be sent, with its name, its bytes, and the message that is meant."""
    seen = set()
    for turn in (*TURNS, EVERY_FIELD):
        for names in client.targets():
            encode = Encoder(names)
            try:
                body = b"".join(
                    one if isinstance(one, bytes) else encode(one) for one in turn.frames
                )
            except TargetError:
                continue
            if (turn.name, body) not in seen:
                seen.add((turn.name, body))
                yield (
                    turn,
                    f"{turn.name} for {'+'.join(names)}",
                    body,
                    shown(turn.message(), encode, client),
                )


def shown(message: UIMessage, encode: Encoder, client: Client) -> dict[str, Any]:
    """The message without what is left out of the chunks that it is made of, and without what the client ignores."""
    left_out = {(one.chunk, one.field) for one in encode.lacks if one.becomes == "left out"}
    found: dict[str, Any] = json.loads(message.to_json())
    for (of, key), (chunk, field) in _OF_PARTS.items():
        if (chunk, field) in left_out or not client.exact.has(field_since(chunk, field)):
            for part in found["parts"]:
                kind = "tool" if part["type"].startswith(("tool-", "dynamic-")) else part["type"]
                if of in (kind, part.get("state")):
                    part.pop(key, None)
                elif of == "approval":
                    part.get("approval", {}).pop(key, None)
    return found


# --- What users do ----------------------------------------------------------------------------------------------------

MORE = (
    Scenario(
        "resume",
        (("sendMessage", [{"text": "hello"}], 1), ("resumeStream", [], 2)),
        (ANSWER, ANSWER),
    ),
    Scenario(
        "every part in every state comes back",
        (
            ("restore", [
                {"id": "u1", "role": "user", "metadata": {"a": [None, "é"]}, "parts": [{"type": "text", "text": "hello"}]},
                {"id": "m1", "role": "assistant", "metadata": None, "parts": EVERY_PART},
                {"id": "s1", "role": "system", "parts": [{"type": "text", "text": "be brief"}]},
                {"id": "m2", "role": "assistant", "parts": []},
            ], 0),
            ("sendMessage", [{"text": "again"}, {"body": {"session": {"n": 1}}, "metadata": {"x": 1}}], 1),
            ("regenerate", [{"messageId": "m1", "body": {"temperature": 0.5}}], 2),
        ),
        (ANSWER, ANSWER),
    ),
    Scenario(
        "resubmit after a restored tool output",
        (
            ("restore", [
                {"id": "u1", "role": "user", "parts": [{"type": "text", "text": "hello"}]},
                {"id": "m1", "role": "assistant", "parts": [
                    {"type": "step-start"},
                    {"type": "tool-ask", "toolCallId": "c1", "state": "output-available", "input": {"q": 1}, "output": None},
                ]},
            ], 0),
            ("sendMessage", [], 1),
        ),
        (ANSWER,),
    ),
)  # fmt: skip

_CHUNK: TypeAdapter[Chunk] = TypeAdapter(UIMessageChunk)


def scenarios(client: Client) -> list[Scenario]:
    """With the replies written for the client."""
    encode = Encoder(PACKAGES[client.package])
    return [
        replace(one, replies=tuple(_rewritten(reply, encode) for reply in one.replies))
        for one in (*SCENARIOS, *MORE)
        if client.exact.line in one.lines
    ]


def _rewritten(body: bytes, encode: Encoder) -> bytes:
    frames = [one for one in body.split(b"\n\n") if one.startswith(b"data: {")]
    return b"".join(encode(_CHUNK.validate_python(json.loads(one[6:]))) for one in frames)
