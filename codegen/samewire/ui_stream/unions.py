"""The unions of all chunks and of all parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag
from typing_extensions import TypeAliasType

from samewire.ui_stream import chunks, parts, tool_chunks, tool_parts
from samewire.ui_stream.clients import Clients

StandardChunk = TypeAliasType(
    "StandardChunk",
    Annotated[
        chunks.StartChunk
        | chunks.MessageMetadataChunk
        | chunks.FinishChunk
        | chunks.AbortChunk
        | chunks.ErrorChunk
        | chunks.StartStepChunk
        | chunks.FinishStepChunk
        | chunks.ResetStepChunk
        | chunks.TextStartChunk
        | chunks.TextDeltaChunk
        | chunks.TextEndChunk
        | chunks.ReasoningStartChunk
        | chunks.ReasoningDeltaChunk
        | chunks.ReasoningEndChunk
        | chunks.ReasoningFileChunk
        | chunks.SourceUrlChunk
        | chunks.SourceDocumentChunk
        | chunks.FileChunk
        | chunks.CustomChunk
        | chunks.SteeringMessageChunk
        | tool_chunks.ToolInputStartChunk
        | tool_chunks.ToolInputDeltaChunk
        | tool_chunks.ToolInputAvailableChunk
        | tool_chunks.ToolInputErrorChunk
        | tool_chunks.ToolApprovalRequestChunk
        | tool_chunks.ToolApprovalResponseChunk
        | tool_chunks.ToolOutputAvailableChunk
        | tool_chunks.ToolOutputErrorChunk
        | tool_chunks.ToolOutputDeniedChunk,
        Field(discriminator="type"),
    ],
)
"""The 29 chunks whose type is a fixed word."""

StandardUIPart = TypeAliasType(
    "StandardUIPart",
    Annotated[
        parts.TextUIPart
        | parts.ReasoningUIPart
        | parts.CustomContentUIPart
        | parts.SourceUrlUIPart
        | parts.SourceDocumentUIPart
        | parts.FileUIPart
        | parts.ReasoningFileUIPart
        | parts.SteeringMessageUIPart
        | parts.StepStartUIPart
        | tool_parts.NamedDynamicToolUIPart,
        Field(discriminator="type"),
    ],
)
"""The parts whose type is a fixed word."""


def kind(value: object) -> str:
    """Which member of a union reads ``value``, by the start of its type. A wrong type is for the member to complain about."""
    type_ = value.get("type") if isinstance(value, Mapping) else getattr(value, "type", None)
    if not isinstance(type_, str):
        return "standard"
    return next((one for one in ("data-", "tool-") if type_.startswith(one)), "standard")


def chunk_kind(value: object) -> str:
    """As :func:`kind`, of a chunk: ``tool-input-start`` and the like are fixed words there."""
    prefix = kind(value)
    return prefix if prefix == "data-" else "standard"


UIMessageChunk = TypeAliasType(
    "UIMessageChunk",
    Annotated[
        Annotated[StandardChunk, Tag("standard")] | Annotated[chunks.DataChunk, Tag("data-")],
        Discriminator(chunk_kind),
        Clients(),
    ],
)
"""Any chunk, with data chunks of any name and payload."""

UIMessagePart = TypeAliasType(
    "UIMessagePart",
    Annotated[
        Annotated[StandardUIPart, Tag("standard")]
        | Annotated[tool_parts.NamedToolUIPart, Tag("tool-")]
        | Annotated[parts.DataUIPart, Tag("data-")],
        Discriminator(kind),
    ],
)
"""Any part, with tools and data of any name."""
