"""The six clients, and what each lacks of the protocol (measured; the first of a major takes no field that it does not know)."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from samewire.ui_stream import Chunk

from tests.streams.chunks import propose_chunk

_SEVEN_ONLY = frozenset(("tool-approval-response", "reasoning-file", "custom"))
_LATE = frozenset(("reset-step", "steering-message"))
_APPROVALS = frozenset(("tool-approval-request", "tool-output-denied"))
_RESULT = ("provider_metadata", "tool_metadata")


@dataclass(frozen=True, slots=True)
class Line:
    """``types`` of chunks that end the chat, and ``fields`` of the others that do."""

    package: str
    version: str
    types: frozenset[str]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """What the encoder calls it: ``5.0``, ``5``, ``6.0``, ..."""
        return self.version[:3] if self.version.endswith(".0.0") else self.version

    def propose(self, rng: random.Random) -> Chunk:
        """Any chunk that the client knows, without the fields that it does not."""
        while (chunk := propose_chunk(rng)).type in self.types:
            pass
        absent = {
            name: type(chunk).model_fields[name].default for name in self.fields.get(chunk.type, ())
        }
        return chunk.model_copy(update=absent) if absent else chunk


LINES = (
    Line(
        "ai500", "5.0.0", _SEVEN_ONLY | _LATE | _APPROVALS | {"tool-input-error"},
        {
            "finish": ("finish_reason",),
            "abort": ("reason",),
            "tool-input-start": ("input_encoding", *_RESULT, "title"),
            "tool-input-available": ("tool_metadata", "title"),
            "tool-output-available": (*_RESULT, "preliminary"),
            "tool-output-error": _RESULT,
        },
    ),
    Line("ai5", "5.0.277", _SEVEN_ONLY | _LATE | _APPROVALS),
    Line(
        "ai600", "6.0.0", _SEVEN_ONLY | _LATE,
        {
            "abort": ("reason",),
            "tool-input-start": ("input_encoding", *_RESULT),
            "tool-input-available": ("tool_metadata",),
            "tool-input-error": ("tool_metadata",),
            "tool-approval-request": ("approval_descriptor", "input_schema_input", "reason", "is_automatic", "signature"),
            "tool-output-available": _RESULT,
            "tool-output-error": _RESULT,
        },
    ),
    Line("ai6", "6.0.326", _SEVEN_ONLY | _LATE),
    Line(
        "ai700", "7.0.0", _LATE,
        {
            "text-end": ("citations",),
            "tool-input-start": ("input_encoding",),
            "tool-approval-request": ("approval_descriptor", "input_schema_input", "reason"),
        },
    ),
    Line("ai7", "7.0.173", frozenset()),
)  # fmt: skip
