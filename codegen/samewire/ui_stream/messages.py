"""The message as the client keeps it, and the request that it posts."""

from typing import Literal

from pydantic import ConfigDict

from samewire.ui_stream._base import MISSING, Omittable, OmittableUnknown, WireModel
from samewire.ui_stream.unions import UIMessagePart


class UIMessage(WireModel):
    """
    A chat message. Unknown keys are kept.

    A user's or the system's message has at least one part; an assistant's may have none, which clients take since 5.0.213,
    6.0.226 and 7.0.27.
    """

    model_config = ConfigDict(extra="allow")

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

    id: str
    messages: list[UIMessage]
    trigger: Literal["submit-message", "regenerate-message"]
    message_id: Omittable[str] = None

    @property
    def continues(self) -> UIMessage | None:
        """
        The assistant message that the reply is to continue, if any: after a tool's output or an approval by the client.

        The reply's ``start`` carries this message's id or none, and the next chunk is ``start-step``.
        """
        last = self.messages[-1] if self.messages else None
        return last if last is not None and last.role == "assistant" else None
