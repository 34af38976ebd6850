"""
The parts of a :class:`~samewire.ui_stream.UIMessage`, but for those of tools, which are in ``tool_parts``.

Named as in the SDK. Fields and requiredness are those of ``ai`` 7.0.173; a part that older clients lack says so. Parts travel both
ways: a backend sends stored messages, and a client posts them back. Unknown keys are kept, so that a newer client loses nothing.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field

from samewire.ui_stream._base import Omittable, Text, WireModel
from samewire.ui_stream.shared import Citation, ProviderMetadata, StreamState

if TYPE_CHECKING:
    # A subclass narrows it to a literal, which type checkers allow of nothing more exact: attributes are invariant.
    DataName: TypeAlias = Any
else:
    DataName = Annotated[str, Field(pattern="^data-")]


CustomKind: TypeAlias = Annotated[str, Field(pattern=r"\.")]


class UIPart(WireModel):
    """Base of all parts."""

    model_config = ConfigDict(extra="allow")


class TextUIPart(UIPart):
    type: Literal["text"] = "text"
    text: Text
    citations: Omittable[list[Citation]] = None
    state: Omittable[StreamState] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class ReasoningUIPart(UIPart):
    type: Literal["reasoning"] = "reasoning"
    id: Omittable[str] = None
    text: Text
    state: Omittable[StreamState] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class CustomContentUIPart(UIPart):
    """Content of one provider; ``kind`` is ``{provider}.{type}``. Clients of version 7 only."""

    type: Literal["custom"] = "custom"
    kind: CustomKind
    provider_metadata: Omittable[ProviderMetadata] = None


class SourceUrlUIPart(UIPart):
    type: Literal["source-url"] = "source-url"
    source_id: str
    url: str
    title: Omittable[Text] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class SourceDocumentUIPart(UIPart):
    type: Literal["source-document"] = "source-document"
    source_id: str
    media_type: str
    title: Text
    filename: Omittable[Text] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class FileUIPart(UIPart):
    """``url`` may be a data URL. ``providerReference`` (version 7): provider name to the file's identifier there."""

    type: Literal["file"] = "file"
    media_type: str
    filename: Omittable[Text] = None
    url: str
    provider_reference: Omittable[dict[str, str]] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class ReasoningFileUIPart(UIPart):
    """Clients of version 7 only."""

    type: Literal["reasoning-file"] = "reasoning-file"
    media_type: str
    url: str
    provider_metadata: Omittable[ProviderMetadata] = None


class SteeringMessageUIPart(UIPart):
    """A user message that was added to a running turn. Clients from 7.0.163 on."""

    type: Literal["steering-message"] = "steering-message"
    id: str
    parts: list[Annotated[TextUIPart | FileUIPart, Field(discriminator="type")]]


class StepStartUIPart(UIPart):
    type: Literal["step-start"] = "step-start"


class DataUIPart(UIPart):
    """A part of the application's own: what a data chunk leaves in the message. ``type`` is ``data-`` and a name."""

    type: DataName
    id: Omittable[str] = None
    data: Any
