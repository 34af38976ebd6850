"""
The chunks of a UI message stream: what a backend sends, one Server-Sent Event each.

All 30 types of ``ai`` 7.0.173, but for those of tools, which are in ``tool_chunks``. A type or field that clients of an earlier
version lack says since when it exists. Clients refuse a type they do not know, and the rest of the stream with it; they ignore a
field they do not know from 5.0.217, 6.0.231 and 7.0.32 on, and refuse it before.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from samewire.streams import After, First, Fixed, Inside, Last, ordered
from samewire.ui_stream._base import MISSING, Omittable, OmittableUnknown, Text, WireModel
from samewire.ui_stream.clients import annotate
from samewire.ui_stream.order import REASONING, STEP, TEXT
from samewire.ui_stream.parts import CustomKind, DataName, FileUIPart, TextUIPart
from samewire.ui_stream.shared import Citation, FinishReason, ProviderMetadata


class Chunk(WireModel):
    """
    Base of all chunks.

    A subclass may add what only the backend needs: ``attempt: int = Field(exclude=True)`` is never written, and is no part of the
    schema. Construction validates; unknown keywords are refused.
    """

    if TYPE_CHECKING:
        type: str  # each class declares its own

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Notes since which version of each line of ``ai`` there are the chunk and its fields."""
        json_schema = handler(core)
        tag = cls.model_fields.get("type")
        if tag is not None:
            data = issubclass(cls, DataChunk)
            annotate(
                handler.resolve_ref_schema(json_schema), "data-*" if data else str(tag.default)
            )
        return json_schema

    def to_sse(self) -> bytes:
        """
        The chunk as a Server-Sent Event, blank line included.

        Raises:
            PydanticSerializationError, ValueError: as :meth:`to_json`.

        """
        return b"data: %b\n\n" % self.to_json()


# --- The message ------------------------------------------------------------------------------------------------------


@ordered(First(), Fixed("message_id"))
class StartChunk(Chunk):
    """
    Opens a reply. The client makes a ``messageId`` up where there is none.

    A reply that continues an assistant message has that message's, or none.
    """

    type: Literal["start"] = "start"
    message_id: Omittable[str] = None
    message_metadata: OmittableUnknown = MISSING


class MessageMetadataChunk(Chunk):
    """Merged deeply into the message's metadata; arrays are replaced."""

    type: Literal["message-metadata"] = "message-metadata"
    message_metadata: Any


@ordered(Last(), After(STEP, continuing=True))
class FinishChunk(Chunk):
    """Closes a reply. ``finishReason`` since 5.0.92."""

    type: Literal["finish"] = "finish"
    finish_reason: Omittable[FinishReason] = None
    message_metadata: OmittableUnknown = MISSING


@ordered(Last(interrupts=True), After(STEP, continuing=True))
class AbortChunk(Chunk):
    """The turn was stopped; the client shows nothing of it. ``reason`` since 6.0.15."""

    type: Literal["abort"] = "abort"
    reason: Omittable[Text] = None


@ordered(Last(interrupts=True))
class ErrorChunk(Chunk):
    """The turn failed. The client shows ``errorText`` and applies no chunk after it."""

    type: Literal["error"] = "error"
    error_text: Text


# --- Steps ------------------------------------------------------------------------------------------------------------


@ordered(STEP.opens())
class StartStepChunk(Chunk):
    """Opens a call of the model. Without it a reply that continues a message can make the client post for ever."""

    type: Literal["start-step"] = "start-step"


@ordered(STEP.closes())
class FinishStepChunk(Chunk):
    """Closes a call of the model. Clients before 7.0.79 close every open text and reasoning with it: end those first."""

    type: Literal["finish-step"] = "finish-step"


@ordered(STEP.resets())
class ResetStepChunk(Chunk):
    """Removes the parts added since the last ``start-step``. Clients from 7.0.70 on."""

    type: Literal["reset-step"] = "reset-step"


# --- Text and reasoning -----------------------------------------------------------------------------------------------


@ordered(TEXT.opens())
class TextStartChunk(Chunk):
    type: Literal["text-start"] = "text-start"
    id: str
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(TEXT.continues())
class TextDeltaChunk(Chunk):
    """Only between the ``text-start`` and the ``text-end`` of its ``id``."""

    type: Literal["text-delta"] = "text-delta"
    id: str
    delta: Text
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(TEXT.closes())
class TextEndChunk(Chunk):
    """``citations`` since 7.0.138."""

    type: Literal["text-end"] = "text-end"
    id: str
    citations: Omittable[list[Citation]] = None
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(REASONING.opens())
class ReasoningStartChunk(Chunk):
    type: Literal["reasoning-start"] = "reasoning-start"
    id: str
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(REASONING.continues())
class ReasoningDeltaChunk(Chunk):
    """Only between the ``reasoning-start`` and the ``reasoning-end`` of its ``id``."""

    type: Literal["reasoning-delta"] = "reasoning-delta"
    id: str
    delta: Text
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(REASONING.closes())
class ReasoningEndChunk(Chunk):
    type: Literal["reasoning-end"] = "reasoning-end"
    id: str
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(Inside(STEP))
class ReasoningFileChunk(Chunk):
    """Clients of version 7 only."""

    type: Literal["reasoning-file"] = "reasoning-file"
    url: str
    media_type: str
    provider_metadata: Omittable[ProviderMetadata] = None


# --- Other content ----------------------------------------------------------------------------------------------------


@ordered(Inside(STEP))
class SourceUrlChunk(Chunk):
    type: Literal["source-url"] = "source-url"
    source_id: str
    url: str
    title: Omittable[Text] = None
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(Inside(STEP))
class SourceDocumentChunk(Chunk):
    type: Literal["source-document"] = "source-document"
    source_id: str
    media_type: str
    title: Text
    filename: Omittable[Text] = None
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(Inside(STEP))
class FileChunk(Chunk):
    """``url`` may be a data URL."""

    type: Literal["file"] = "file"
    url: str
    media_type: str
    provider_metadata: Omittable[ProviderMetadata] = None


@ordered(Inside(STEP))
class CustomChunk(Chunk):
    """Content of one provider; ``kind`` is ``{provider}.{type}``. Clients of version 7 only."""

    type: Literal["custom"] = "custom"
    kind: CustomKind
    provider_metadata: Omittable[ProviderMetadata] = None


class SteeringMessageChunk(Chunk):
    """A user message that was added to the running turn. Clients from 7.0.163 on."""

    type: Literal["steering-message"] = "steering-message"
    id: str
    parts: list[Annotated[TextUIPart | FileUIPart, Field(discriminator="type")]]


class DataChunk(Chunk):
    """
    A chunk of the application's own: ``type`` is ``data-`` and a name.

    One with an ``id`` that was sent before replaces that part. A ``transient`` one reaches ``onData`` and is not kept.
    """

    type: DataName
    id: Omittable[str] = None
    data: Any
    transient: Omittable[bool] = None
