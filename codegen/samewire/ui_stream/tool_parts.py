"""
Tool calls in a message: one class a state, for tools known by name (type ``tool-NAME``) and for dynamic ones (``dynamic-tool``).

Keys that the SDK types as ``never`` in a state (``output`` of a call that has none yet) are not declared here.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from samewire.ui_stream._base import MISSING, Omittable, OmittableUnknown, Text, WireModel
from samewire.ui_stream.parts import UIPart
from samewire.ui_stream.shared import InputEncoding, ProviderMetadata, ToolMetadata

if TYPE_CHECKING:
    ToolType: TypeAlias = Any  # as parts.DataName
else:
    ToolType = Annotated[str, Field(pattern="^tool-")]


# --- Approval ---------------------------------------------------------------------------------------------------------


class ToolApproval(WireModel):
    """
    What every state of an approval has. Clients of version 5 have none, those of 6 from 6.0.0 on.

    ``signature`` lets the server trust the answer and must come back unchanged.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    descriptor: OmittableUnknown = MISSING
    request_reason: Omittable[Text] = None
    is_automatic: Omittable[bool] = None
    signature: Omittable[str] = None
    input_schema_input: OmittableUnknown = MISSING


class ToolApprovalRequested(ToolApproval):
    pass


class ToolApprovalResponded(ToolApproval):
    approved: bool
    reason: Omittable[Text] = None


class ToolApprovalGranted(ToolApproval):
    approved: Literal[True]
    reason: Omittable[Text] = None


class ToolApprovalDenied(ToolApproval):
    approved: Literal[False]
    reason: Omittable[Text] = None


# --- Tools known by name ----------------------------------------------------------------------------------------------


class ToolCallUIPart(UIPart):
    """Base of the states of tools known by name; ``type`` is ``tool-`` and the name."""

    type: ToolType
    tool_call_id: str
    title: Omittable[Text] = None
    tool_metadata: Omittable[ToolMetadata] = None
    provider_executed: Omittable[bool] = None
    call_provider_metadata: Omittable[ProviderMetadata] = None

    @property
    def tool_name(self) -> str:
        """As on a dynamic call."""
        return str(self.type).removeprefix("tool-")


class ToolInputStreamingUIPart(ToolCallUIPart):
    """``input`` is as much of it as could be parsed, ``rawInput`` the text so far."""

    state: Literal["input-streaming"] = "input-streaming"
    input: OmittableUnknown = MISSING
    raw_input: Omittable[Text] = None
    input_encoding: Omittable[InputEncoding] = None


class ToolInputAvailableUIPart(ToolCallUIPart):
    state: Literal["input-available"] = "input-available"
    input: Any


class ToolApprovalRequestedUIPart(ToolCallUIPart):
    state: Literal["approval-requested"] = "approval-requested"
    input: Any
    approval: ToolApprovalRequested


class ToolApprovalRespondedUIPart(ToolCallUIPart):
    state: Literal["approval-responded"] = "approval-responded"
    input: Any
    approval: ToolApprovalResponded


class ToolOutputAvailableUIPart(ToolCallUIPart):
    state: Literal["output-available"] = "output-available"
    input: Any
    output: Any
    preliminary: Omittable[bool] = None
    result_provider_metadata: Omittable[ProviderMetadata] = None
    approval: Omittable[ToolApprovalGranted] = None


class ToolOutputErrorUIPart(ToolCallUIPart):
    """The tool failed, or its input was not valid: then ``rawInput`` or ``input`` is what the model wrote."""

    state: Literal["output-error"] = "output-error"
    input: OmittableUnknown = MISSING
    raw_input: OmittableUnknown = MISSING
    error_text: Text
    result_provider_metadata: Omittable[ProviderMetadata] = None
    approval: Omittable[ToolApprovalGranted] = None


class ToolOutputDeniedUIPart(ToolCallUIPart):
    state: Literal["output-denied"] = "output-denied"
    input: Any
    approval: ToolApprovalDenied


ToolUIPart: TypeAlias = (
    ToolInputStreamingUIPart
    | ToolInputAvailableUIPart
    | ToolApprovalRequestedUIPart
    | ToolApprovalRespondedUIPart
    | ToolOutputAvailableUIPart
    | ToolOutputErrorUIPart
    | ToolOutputDeniedUIPart
)
"""A call of a tool known by name, in any state: ``isinstance(part, ToolUIPart)``."""

if TYPE_CHECKING:
    NamedToolUIPart: TypeAlias = ToolUIPart
else:
    NamedToolUIPart = TypeAliasType(
        "ToolUIPart", Annotated[ToolUIPart, Field(discriminator="state")]
    )


# --- Dynamic tools ----------------------------------------------------------------------------------------------------


class DynamicToolCallUIPart(UIPart):
    """
    Base of the states of tools whose types are not known beforehand.

    ``dynamic`` is ``False`` on a call of a named tool that the SDK could not match to one any more (version 7).
    """

    type: Literal["dynamic-tool"] = "dynamic-tool"
    dynamic: Omittable[Literal[False]] = None
    tool_name: str
    tool_call_id: str
    title: Omittable[Text] = None
    tool_metadata: Omittable[ToolMetadata] = None
    provider_executed: Omittable[bool] = None
    call_provider_metadata: Omittable[ProviderMetadata] = None


class DynamicToolInputStreamingUIPart(DynamicToolCallUIPart):
    """``input`` is as much of it as could be parsed, ``rawInput`` the text so far."""

    state: Literal["input-streaming"] = "input-streaming"
    input: OmittableUnknown = MISSING
    raw_input: Omittable[Text] = None
    input_encoding: Omittable[InputEncoding] = None


class DynamicToolInputAvailableUIPart(DynamicToolCallUIPart):
    state: Literal["input-available"] = "input-available"
    input: Any


class DynamicToolApprovalRequestedUIPart(DynamicToolCallUIPart):
    state: Literal["approval-requested"] = "approval-requested"
    input: Any
    approval: ToolApprovalRequested


class DynamicToolApprovalRespondedUIPart(DynamicToolCallUIPart):
    state: Literal["approval-responded"] = "approval-responded"
    input: Any
    approval: ToolApprovalResponded


class DynamicToolOutputAvailableUIPart(DynamicToolCallUIPart):
    state: Literal["output-available"] = "output-available"
    input: Any
    output: Any
    preliminary: Omittable[bool] = None
    result_provider_metadata: Omittable[ProviderMetadata] = None
    approval: Omittable[ToolApprovalGranted] = None


class DynamicToolOutputErrorUIPart(DynamicToolCallUIPart):
    """The tool failed, or its input was not valid: then ``rawInput`` or ``input`` is what the model wrote."""

    state: Literal["output-error"] = "output-error"
    input: OmittableUnknown = MISSING
    raw_input: OmittableUnknown = MISSING
    error_text: Text
    result_provider_metadata: Omittable[ProviderMetadata] = None
    approval: Omittable[ToolApprovalGranted] = None


class DynamicToolOutputDeniedUIPart(DynamicToolCallUIPart):
    state: Literal["output-denied"] = "output-denied"
    input: Any
    approval: ToolApprovalDenied


DynamicToolUIPart: TypeAlias = (
    DynamicToolInputStreamingUIPart
    | DynamicToolInputAvailableUIPart
    | DynamicToolApprovalRequestedUIPart
    | DynamicToolApprovalRespondedUIPart
    | DynamicToolOutputAvailableUIPart
    | DynamicToolOutputErrorUIPart
    | DynamicToolOutputDeniedUIPart
)
"""A call of a dynamic tool, in any state: ``isinstance(part, DynamicToolUIPart)``."""

CallPart: TypeAlias = ToolCallUIPart | DynamicToolCallUIPart
"""A call of any tool, in any state: the classes that all parts of calls derive from."""

if TYPE_CHECKING:
    NamedDynamicToolUIPart: TypeAlias = DynamicToolUIPart
else:
    NamedDynamicToolUIPart = TypeAliasType(
        "DynamicToolUIPart", Annotated[DynamicToolUIPart, Field(discriminator="state")]
    )
