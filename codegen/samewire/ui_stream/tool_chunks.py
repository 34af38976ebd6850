"""
The chunks of tool calls.

``tool-input-start``, deltas, then ``tool-input-available`` (which may come alone) or ``tool-input-error``; perhaps an approval;
then one output, or preliminary ones and a last one. ``dynamic`` and the name stay the same for a call. ``tool_metadata`` exists
since 6.0.176; ``provider_metadata`` on ``tool-input-start`` since 6.0.39 and on outputs since 6.0.120; ``title`` since 6.0.0.
"""

from typing import Any, Final, Literal

from samewire.streams import ABSENT, CLOSED, ordered
from samewire.ui_stream._base import MISSING, Omittable, OmittableUnknown, Text
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.order import CALL
from samewire.ui_stream.shared import InputEncoding, ProviderMetadata, ToolMetadata

ANSWERABLE: Final = ("called", "approved", "preliminary")

NO_INPUT: Final = "The input of the tool did not arrive."
NOT_FINISHED: Final = "The tool did not finish."
"""What clients are shown of a call that was cut off."""


@ordered(CALL.moves(ABSENT, to="streaming"))
class ToolInputStartChunk(Chunk):
    """``inputEncoding`` since 6.0.308 and 7.0.142."""

    type: Literal["tool-input-start"] = "tool-input-start"
    tool_call_id: str
    tool_name: str
    input_encoding: Omittable[InputEncoding] = None
    provider_executed: Omittable[bool] = None
    provider_metadata: Omittable[ProviderMetadata] = None
    tool_metadata: Omittable[ToolMetadata] = None
    dynamic: Omittable[bool] = None
    title: Omittable[Text] = None


@ordered(CALL.moves("streaming", to="streaming"))
class ToolInputDeltaChunk(Chunk):
    """Only after the ``tool-input-start`` of its call."""

    type: Literal["tool-input-delta"] = "tool-input-delta"
    tool_call_id: str
    input_text_delta: Text


@ordered(CALL.moves(ABSENT, "streaming", to="called"))
class ToolInputAvailableChunk(Chunk):
    type: Literal["tool-input-available"] = "tool-input-available"
    tool_call_id: str
    tool_name: str
    input: Any
    provider_executed: Omittable[bool] = None
    provider_metadata: Omittable[ProviderMetadata] = None
    tool_metadata: Omittable[ToolMetadata] = None
    dynamic: Omittable[bool] = None
    title: Omittable[Text] = None


@ordered(
    CALL.moves(
        ABSENT,
        "streaming",
        to="failed",
        repair={"input": None, "error_text": NO_INPUT},
    )
)
class ToolInputErrorChunk(Chunk):
    """The model's input was not valid; ``input`` is what it wrote. Since 5.0.7."""

    type: Literal["tool-input-error"] = "tool-input-error"
    tool_call_id: str
    tool_name: str
    input: Any
    provider_executed: Omittable[bool] = None
    provider_metadata: Omittable[ProviderMetadata] = None
    tool_metadata: Omittable[ToolMetadata] = None
    dynamic: Omittable[bool] = None
    error_text: Text
    title: Omittable[Text] = None


@ordered(CALL.moves("called", to="approval-requested"))
class ToolApprovalRequestChunk(Chunk):
    """
    Clients of version 6 and 7. ``signature`` since 6.0.202, ``approvalDescriptor`` since 6.0.274 and 7.0.87,
    ``inputSchemaInput`` since 6.0.290 and 7.0.113; ``isAutomatic`` since 7.0.0 and ``reason`` since 7.0.82.
    """

    type: Literal["tool-approval-request"] = "tool-approval-request"
    approval_id: str
    tool_call_id: str
    approval_descriptor: OmittableUnknown = MISSING
    input_schema_input: OmittableUnknown = MISSING
    reason: Omittable[Text] = None
    is_automatic: Omittable[bool] = None
    signature: Omittable[str] = None


@ordered(
    CALL.moves("approval-requested", to="approved", when={"approved": True}, by_alias=True),
    CALL.moves("approval-requested", to="denied", by_alias=True),
)
class ToolApprovalResponseChunk(Chunk):
    """Clients of version 7 only."""

    type: Literal["tool-approval-response"] = "tool-approval-response"
    approval_id: str
    approved: bool
    reason: Omittable[Text] = None
    provider_executed: Omittable[bool] = None
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(
    CALL.moves(*ANSWERABLE, to="preliminary", when={"preliminary": True}),
    CALL.moves(*ANSWERABLE, to=CLOSED),
)
class ToolOutputAvailableChunk(Chunk):
    """For a call whose input is in this message or in the one that this reply continues. ``preliminary`` since 5.0.11."""

    type: Literal["tool-output-available"] = "tool-output-available"
    tool_call_id: str
    output: Any
    provider_executed: Omittable[bool] = None
    provider_metadata: Omittable[ProviderMetadata] = None
    tool_metadata: Omittable[ToolMetadata] = None
    dynamic: Omittable[bool] = None
    preliminary: Omittable[bool] = None


@ordered(CALL.moves(*ANSWERABLE, "failed", to=CLOSED, repair={"error_text": NOT_FINISHED}))
class ToolOutputErrorChunk(Chunk):
    """As ``tool-output-available``, for a tool that failed."""

    type: Literal["tool-output-error"] = "tool-output-error"
    tool_call_id: str
    error_text: Text
    provider_executed: Omittable[bool] = None
    provider_metadata: Omittable[ProviderMetadata] = None
    tool_metadata: Omittable[ToolMetadata] = None
    dynamic: Omittable[bool] = None


@ordered(CALL.moves("denied", to=CLOSED))
class ToolOutputDeniedChunk(Chunk):
    """The call was not approved. Clients of version 6 and 7."""

    type: Literal["tool-output-denied"] = "tool-output-denied"
    tool_call_id: str
