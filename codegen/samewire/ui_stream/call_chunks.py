"""A call of a tool in a message back to chunks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samewire.ui_stream._base import MISSING, WireModel
from samewire.ui_stream.chunks import Chunk
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
    CallPart,
    DynamicToolCallUIPart,
    ToolApproval,
)


@dataclass(frozen=True, slots=True)
class Client:
    """
    What decides which chunks build a part. ``responses``: whether it reads ``tool-approval-response``; ``metadata``: whether
    ``tool-input-start`` brings the metadata of a call. ``quiet``: a call that has its output is built without
    ``tool-input-available``, which would make the page run its tool again (``onToolCall``).
    """

    responses: bool = True
    metadata: bool = True
    quiet: bool = False


def json_of(model: WireModel, fields: set[str]) -> dict[str, Any]:
    """These fields as they are on the wire: values may be models, dates and so on of the application's."""
    serializer = model.__pydantic_serializer__
    plain: dict[str, Any] = serializer.to_python(
        model, mode="json", by_alias=True, include=fields, warnings=False
    )
    return plain


def call_chunks(part: CallPart, client: Client) -> Iterator[Chunk]:
    """The chunks of which a client builds a call in its state."""
    call = {
        "tool_call_id": part.tool_call_id,
        "tool_name": part.tool_name,
        "dynamic": isinstance(part, DynamicToolCallUIPart) or None,
        "title": part.title,
        "tool_metadata": part.tool_metadata,
        "provider_executed": part.provider_executed,
    }
    state = getattr(part, "state", "")
    if state == "output-error" and getattr(part, "raw_input", MISSING) is not MISSING:
        yield _input_error(part, call)
        return
    yield from _input(part, call, client)
    yield from _approval(part, client)
    yield from _result(part)


def _input(part: CallPart, call: dict[str, Any], client: Client) -> Iterator[Chunk]:
    state, value = getattr(part, "state", ""), json_of(part, {"input"}).get("input", MISSING)
    metadata = part.call_provider_metadata
    approval = getattr(part, "approval", None)
    is_run = state == "output-available" and not part.provider_executed and approval is None
    quiet = client.quiet and is_run and (metadata is None or client.metadata)
    if state != "input-streaming" and value is not MISSING and not quiet:
        yield ToolInputAvailableChunk(**call, input=value, provider_metadata=metadata)
        return
    encoding = getattr(part, "input_encoding", None)
    yield ToolInputStartChunk(**call, input_encoding=encoding, provider_metadata=metadata)
    text = getattr(part, "raw_input", None) if state == "input-streaming" else None
    if text is None and value is not MISSING:
        text = value if encoding == "text" else json.dumps(value)
    if text is not None:
        yield ToolInputDeltaChunk(tool_call_id=part.tool_call_id, input_text_delta=text)


def _input_error(part: Any, call: dict[str, Any]) -> Chunk:
    metadata = part.result_provider_metadata
    return ToolInputErrorChunk(
        **call,
        input=json_of(part, {"raw_input"})["rawInput"],
        error_text=part.error_text,
        provider_metadata=metadata,
    )


def _approval(part: CallPart, client: Client) -> Iterator[Chunk]:
    approval: ToolApproval | None = getattr(part, "approval", None)
    approved: bool | None = getattr(approval, "approved", None)
    # Without an answer to read the client would ask the user again.
    if approval is None or (approved is not None and not client.responses):
        return
    yield ToolApprovalRequestChunk(
        approval_id=approval.id,
        tool_call_id=part.tool_call_id,
        approval_descriptor=approval.descriptor,
        input_schema_input=approval.input_schema_input,
        reason=approval.request_reason,
        is_automatic=approval.is_automatic,
        signature=approval.signature,
    )
    if approved is not None:
        reason = getattr(approval, "reason", None)
        yield ToolApprovalResponseChunk(approval_id=approval.id, approved=approved, reason=reason)


def _result(part: Any) -> Iterator[Chunk]:
    result = {
        "tool_call_id": part.tool_call_id,
        "dynamic": isinstance(part, DynamicToolCallUIPart) or None,
        "provider_executed": part.provider_executed,
    }
    match part.state:
        case "output-available":
            yield ToolOutputAvailableChunk(
                **result,
                output=json_of(part, {"output"})["output"],
                preliminary=part.preliminary,
                provider_metadata=part.result_provider_metadata,
            )
        case "output-error":
            yield ToolOutputErrorChunk(
                **result,
                error_text=part.error_text,
                provider_metadata=part.result_provider_metadata,
            )
        case "output-denied":
            yield ToolOutputDeniedChunk(tool_call_id=part.tool_call_id)
