"""Types that chunks and parts share."""

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, JsonValue
from typing_extensions import TypeAliasType

from samewire.ui_stream._base import Omittable, Text, WireModel
from samewire.ui_stream.clients import FIELDS, FINISH_REASONS, ValuesSince

JSONValue: TypeAlias = JsonValue

ProviderMetadata = TypeAliasType("ProviderMetadata", dict[str, dict[str, JsonValue]])
"""What a provider says about a piece of content: provider name to key to value."""

ToolMetadata = TypeAliasType("ToolMetadata", dict[str, JsonValue])

FinishReason = TypeAliasType(
    "FinishReason",
    Annotated[
        Literal["stop", "length", "content-filter", "tool-calls", "error", "interrupted", "other"],
        ValuesSince(FINISH_REASONS, otherwise=FIELDS["finish"]["finishReason"]),
    ],
)
"""As of ``ai`` 7.0.149, which added ``interrupted``; clients before it, and all of 5 and 6, refuse a chunk that has it."""

StreamState: TypeAlias = Literal["streaming", "done"]
InputEncoding: TypeAlias = Literal["json", "text"]

_Offset: TypeAlias = Annotated[int, Field(ge=0, le=2**53 - 1)]


class _Kept(WireModel):
    """Comes back in requests, from clients that may be newer than this page: unknown keys are kept, so nothing is lost."""

    model_config = ConfigDict(extra="allow")


class UrlCitationSource(_Kept):
    type: Literal["source"]
    source_type: Literal["url"] = "url"
    id: str
    url: str
    title: Omittable[Text] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class DocumentCitationSource(_Kept):
    type: Literal["source"]
    source_type: Literal["document"] = "document"
    id: str
    media_type: str
    title: Text
    filename: Omittable[Text] = None
    provider_metadata: Omittable[ProviderMetadata] = None


class Citation(_Kept):
    """A reference that supports a text, from ``startIndex`` to ``endIndex`` where they are given. Since ``ai`` 7.0.138."""

    source: Annotated[
        UrlCitationSource | DocumentCitationSource, Field(discriminator="source_type")
    ]
    start_index: Omittable[_Offset] = None
    end_index: Omittable[_Offset] = None
    cited_text: Omittable[Text] = None
