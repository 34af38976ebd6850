"""
The AI SDK UI message stream as Pydantic models: the single source for the messages between a Python backend and ``useChat``.

Measured against ``ai`` 7.0.173; see ``docs/ui-stream.md``. Imports Pydantic and nothing of the generator.
"""

from typing import TYPE_CHECKING

import samewire.ui_stream._required  # noqa: F401  # before anything that needs it
from samewire.lazy import lazy

if TYPE_CHECKING:
    from samewire.ui_stream._base import MISSING, Omittable, OmittableUnknown, Text, WireModel
    from samewire.ui_stream.call_writer import Call
    from samewire.ui_stream.checks import UnsafeIntegerWarning
    from samewire.ui_stream.chunks import (
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
    )
    from samewire.ui_stream.contract import UIStream
    from samewire.ui_stream.encoder import Encoder
    from samewire.ui_stream.guard import StreamGuard
    from samewire.ui_stream.messages import ChatRequest, UIMessage
    from samewire.ui_stream.parts import (
        CustomContentUIPart,
        DataUIPart,
        FileUIPart,
        ReasoningFileUIPart,
        ReasoningUIPart,
        SourceDocumentUIPart,
        SourceUrlUIPart,
        SteeringMessageUIPart,
        StepStartUIPart,
        TextUIPart,
        UIPart,
    )
    from samewire.ui_stream.reducer import MessageReducer
    from samewire.ui_stream.replay import message_chunks
    from samewire.ui_stream.shared import (
        Citation,
        DocumentCitationSource,
        FinishReason,
        JSONValue,
        ProviderMetadata,
        ToolMetadata,
        UrlCitationSource,
    )
    from samewire.ui_stream.sse import DONE, HEADERS, comment, heartbeat, stream, usage_comment
    from samewire.ui_stream.targets import DEFAULT_TARGETS, Lack, Target, TargetError
    from samewire.ui_stream.tool_chunks import (
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
    from samewire.ui_stream.tool_parts import (
        DynamicToolApprovalRequestedUIPart,
        DynamicToolApprovalRespondedUIPart,
        DynamicToolCallUIPart,
        DynamicToolInputAvailableUIPart,
        DynamicToolInputStreamingUIPart,
        DynamicToolOutputAvailableUIPart,
        DynamicToolOutputDeniedUIPart,
        DynamicToolOutputErrorUIPart,
        DynamicToolUIPart,
        ToolApproval,
        ToolApprovalDenied,
        ToolApprovalGranted,
        ToolApprovalRequested,
        ToolApprovalRequestedUIPart,
        ToolApprovalResponded,
        ToolApprovalRespondedUIPart,
        ToolCallUIPart,
        ToolInputAvailableUIPart,
        ToolInputStreamingUIPart,
        ToolOutputAvailableUIPart,
        ToolOutputDeniedUIPart,
        ToolOutputErrorUIPart,
        ToolUIPart,
    )
    from samewire.ui_stream.tools import Tool
    from samewire.ui_stream.unions import (
        StandardChunk,
        StandardUIPart,
        UIMessageChunk,
        UIMessagePart,
    )
    from samewire.ui_stream.writer import Say, Writer, write
else:
    __getattr__ = lazy(
        __name__,
        """
        _base: MISSING Omittable OmittableUnknown Text WireModel
        call_writer: Call
        checks: UnsafeIntegerWarning
        chunks: AbortChunk Chunk CustomChunk DataChunk ErrorChunk FileChunk FinishChunk FinishStepChunk
            MessageMetadataChunk ReasoningDeltaChunk ReasoningEndChunk ReasoningFileChunk
            ReasoningStartChunk ResetStepChunk SourceDocumentChunk SourceUrlChunk StartChunk StartStepChunk
            SteeringMessageChunk TextDeltaChunk TextEndChunk TextStartChunk
        contract: UIStream
        encoder: Encoder
        guard: StreamGuard
        messages: ChatRequest UIMessage
        parts: CustomContentUIPart DataUIPart FileUIPart ReasoningFileUIPart ReasoningUIPart
            SourceDocumentUIPart SourceUrlUIPart SteeringMessageUIPart StepStartUIPart TextUIPart UIPart
        reducer: MessageReducer
        replay: message_chunks
        shared: Citation DocumentCitationSource FinishReason JSONValue ProviderMetadata ToolMetadata
            UrlCitationSource
        sse: DONE HEADERS comment heartbeat stream usage_comment
        targets: DEFAULT_TARGETS Lack Target TargetError
        tool_chunks: ToolApprovalRequestChunk ToolApprovalResponseChunk ToolInputAvailableChunk
            ToolInputDeltaChunk ToolInputErrorChunk ToolInputStartChunk ToolOutputAvailableChunk
            ToolOutputDeniedChunk ToolOutputErrorChunk
        tool_parts: DynamicToolApprovalRequestedUIPart DynamicToolApprovalRespondedUIPart
            DynamicToolCallUIPart DynamicToolInputAvailableUIPart DynamicToolInputStreamingUIPart
            DynamicToolOutputAvailableUIPart DynamicToolOutputDeniedUIPart DynamicToolOutputErrorUIPart
            DynamicToolUIPart ToolApproval ToolApprovalDenied ToolApprovalGranted ToolApprovalRequested
            ToolApprovalRequestedUIPart ToolApprovalResponded ToolApprovalRespondedUIPart ToolCallUIPart
            ToolInputAvailableUIPart ToolInputStreamingUIPart ToolOutputAvailableUIPart
            ToolOutputDeniedUIPart ToolOutputErrorUIPart ToolUIPart
        tools: Tool
        unions: StandardChunk StandardUIPart UIMessageChunk UIMessagePart
        writer: Say Writer write
        """,
    )

__all__ = [
    "DEFAULT_TARGETS",
    "DONE",
    "HEADERS",
    "MISSING",
    "AbortChunk",
    "Call",
    "ChatRequest",
    "Chunk",
    "Citation",
    "CustomChunk",
    "CustomContentUIPart",
    "DataChunk",
    "DataUIPart",
    "DocumentCitationSource",
    "DynamicToolApprovalRequestedUIPart",
    "DynamicToolApprovalRespondedUIPart",
    "DynamicToolCallUIPart",
    "DynamicToolInputAvailableUIPart",
    "DynamicToolInputStreamingUIPart",
    "DynamicToolOutputAvailableUIPart",
    "DynamicToolOutputDeniedUIPart",
    "DynamicToolOutputErrorUIPart",
    "DynamicToolUIPart",
    "Encoder",
    "ErrorChunk",
    "FileChunk",
    "FileUIPart",
    "FinishChunk",
    "FinishReason",
    "FinishStepChunk",
    "JSONValue",
    "Lack",
    "MessageMetadataChunk",
    "MessageReducer",
    "Omittable",
    "OmittableUnknown",
    "ProviderMetadata",
    "ReasoningDeltaChunk",
    "ReasoningEndChunk",
    "ReasoningFileChunk",
    "ReasoningFileUIPart",
    "ReasoningStartChunk",
    "ReasoningUIPart",
    "ResetStepChunk",
    "Say",
    "SourceDocumentChunk",
    "SourceDocumentUIPart",
    "SourceUrlChunk",
    "SourceUrlUIPart",
    "StandardChunk",
    "StandardUIPart",
    "StartChunk",
    "StartStepChunk",
    "SteeringMessageChunk",
    "SteeringMessageUIPart",
    "StepStartUIPart",
    "StreamGuard",
    "Target",
    "TargetError",
    "Text",
    "TextDeltaChunk",
    "TextEndChunk",
    "TextStartChunk",
    "TextUIPart",
    "Tool",
    "ToolApproval",
    "ToolApprovalDenied",
    "ToolApprovalGranted",
    "ToolApprovalRequestChunk",
    "ToolApprovalRequested",
    "ToolApprovalRequestedUIPart",
    "ToolApprovalResponded",
    "ToolApprovalRespondedUIPart",
    "ToolApprovalResponseChunk",
    "ToolCallUIPart",
    "ToolInputAvailableChunk",
    "ToolInputAvailableUIPart",
    "ToolInputDeltaChunk",
    "ToolInputErrorChunk",
    "ToolInputStartChunk",
    "ToolInputStreamingUIPart",
    "ToolMetadata",
    "ToolOutputAvailableChunk",
    "ToolOutputAvailableUIPart",
    "ToolOutputDeniedChunk",
    "ToolOutputDeniedUIPart",
    "ToolOutputErrorChunk",
    "ToolOutputErrorUIPart",
    "ToolUIPart",
    "UIMessage",
    "UIMessageChunk",
    "UIMessagePart",
    "UIPart",
    "UIStream",
    "UnsafeIntegerWarning",
    "UrlCitationSource",
    "WireModel",
    "Writer",
    "comment",
    "heartbeat",
    "message_chunks",
    "stream",
    "usage_comment",
    "write",
]


def __dir__() -> list[str]:
    return __all__
