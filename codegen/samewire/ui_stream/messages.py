"""The message as the client keeps it, and the request that it posts."""

from typing import ClassVar, Literal, TypeAlias

from pydantic import ConfigDict

from samewire.ui_stream._base import MISSING, Omittable, OmittableUnknown, WireModel
from samewire.ui_stream.parts import StepStartUIPart, TextUIPart
from samewire.ui_stream.tool_parts import (
    DynamicToolApprovalRespondedUIPart,
    DynamicToolOutputAvailableUIPart,
    DynamicToolOutputErrorUIPart,
    ToolApprovalRespondedUIPart,
    ToolOutputAvailableUIPart,
    ToolOutputErrorUIPart,
)
from samewire.ui_stream.unions import UIMessagePart

ToolResult: TypeAlias = (
    ToolOutputAvailableUIPart
    | ToolOutputErrorUIPart
    | DynamicToolOutputAvailableUIPart
    | DynamicToolOutputErrorUIPart
)
ToolAnswer: TypeAlias = ToolApprovalRespondedUIPart | DynamicToolApprovalRespondedUIPart


class UIMessage(WireModel):
    """
    A chat message. Unknown keys are kept.

    A user's or the system's message has at least one part; an assistant's may have none, which clients take since 5.0.213,
    6.0.226 and 7.0.27.
    """

    model_config = ConfigDict(extra="allow")
    _warns: ClassVar[bool] = False  # of parts that were kept as they came

    id: str
    role: Literal["system", "user", "assistant"]
    metadata: OmittableUnknown = MISSING
    parts: list[UIMessagePart]


class ChatRequest(WireModel):
    """
    What ``useChat`` posts through ``DefaultChatTransport``: the chat's ``id`` and its messages, and what the application adds.

    ``messageId`` is the edited or regenerated message, or the assistant message that the reply continues. Nothing in a request
    names the client's version.
    """

    model_config = ConfigDict(extra="allow")
    _warns: ClassVar[bool] = False  # as UIMessage

    id: str
    messages: list[UIMessage]
    trigger: Literal["submit-message", "regenerate-message"]
    message_id: Omittable[str] = None

    @property
    def continues(self) -> UIMessage | None:
        """
        The assistant message that the reply is to continue, if any: after a tool's output or an approval by the client.

        That is the one that ``messageId`` names, which may be an earlier one, or else the last. The reply's ``start`` carries this
        message's id or none, and the next chunk is ``start-step``.
        """
        named = self._named()
        if named is not None:
            return named
        last = self.messages[-1] if self.messages else None
        return last if last is not None and last.role == "assistant" else None

    def _named(self) -> UIMessage | None:
        if self.trigger != "submit-message" or self.message_id is None:
            return None
        named = (one for one in self.messages if one.id == self.message_id)
        return next((one for one in named if one.role == "assistant"), None)

    @property
    def user_text(self) -> str:
        """The text of the last message of the user, its parts on lines of their own; empty if there is none."""
        said = next((one for one in reversed(self.messages) if one.role == "user"), None)
        parts = said.parts if said is not None else []
        return "\n".join(part.text for part in parts if isinstance(part, TextUIPart))

    @property
    def tool_results(self) -> list[ToolResult]:
        """
        The calls with an output or an error in the last step of the message that the reply continues, in their order.

        That is what ``addToolOutput`` answered, and what the backend itself had answered in that step; the provider's own
        tools are left out.
        """
        found = [part for part in self._last_step() if isinstance(part, ToolResult)]
        return [part for part in found if not part.provider_executed]

    @property
    def approvals(self) -> list[ToolAnswer]:
        """The calls in the last step of the continued message that ``addToolApprovalResponse`` answered, yet to be run."""
        return [part for part in self._last_step() if isinstance(part, ToolAnswer)]

    def _last_step(self) -> list[UIMessagePart]:
        parts = self.continues.parts if self.continues is not None else []
        starts = [at for at, part in enumerate(parts) if isinstance(part, StepStartUIPart)]
        return parts[starts[-1] + 1 :] if starts else parts
