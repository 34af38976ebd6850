"""Texts, reasoning, sources and files of a reply, opened and closed in order, by keys of the vendor's."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal

from samewire.ui_stream.chunks import (
    Chunk,
    FileChunk,
    FinishStepChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    SourceDocumentChunk,
    SourceUrlChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.shared import (
    Citation,
    DocumentCitationSource,
    ProviderMetadata,
    UrlCitationSource,
)


@dataclass(slots=True)
class _Block:
    """A text, or a piece of reasoning, that is open."""

    kind: Literal["text", "reasoning"]
    id: str
    metadata: ProviderMetadata | None = None


class Content:
    """Opens a step where one is needed."""

    def __init__(self, count: int = 0) -> None:
        self._out: list[Chunk] = []
        self._in_step = self._has_content = False
        self._blocks: dict[Hashable, _Block] = {}
        self._citations: dict[Hashable, list[Citation]] = {}
        self._sources: dict[Hashable, str] = {}
        self._count = count

    def drain(self) -> list[Chunk]:
        out, self._out = self._out, []
        return out

    def write(self, chunk: Chunk) -> None:
        self._out.append(chunk)

    # --- Steps ---

    def begin_step(self) -> None:
        """A call of the model begins."""
        self.end_step()
        self._in_step, self._has_content = True, False
        self.write(StartStepChunk())

    def end_step(self) -> None:
        if self._in_step:
            self.end_blocks()
            self._in_step = False
            self.write(FinishStepChunk())

    def next_step(self) -> None:
        """As :meth:`begin_step`, unless the step has nothing yet."""
        if self._has_content:
            self.begin_step()

    def inside(self) -> None:
        if not self._in_step:
            self.begin_step()
        self._has_content = True

    # --- Text and reasoning ---

    def text(self, key: Hashable, delta: str, metadata: ProviderMetadata | None = None) -> None:
        """A piece of a text, which it opens."""
        if block := self._block("text", key, metadata, delta):
            self.write(TextDeltaChunk(id=block.id, delta=delta))

    def reasoning(
        self, key: Hashable, delta: str, metadata: ProviderMetadata | None = None
    ) -> None:
        if block := self._block("reasoning", key, metadata, delta):
            self.write(ReasoningDeltaChunk(id=block.id, delta=delta))

    def _block(
        self,
        kind: Literal["text", "reasoning"],
        key: Hashable,
        metadata: ProviderMetadata | None,
        delta: str,
    ) -> _Block | None:
        block = self._blocks.get(key)
        if block is not None and block.kind != kind:
            self.close(key)
            block = None
        # Of reasoning that is not shown, its metadata is all there is.
        if block is None and (delta or (metadata and kind == "reasoning")):
            self.inside()
            block = self._blocks[key] = _Block(kind, self.new(kind), metadata)
            start = TextStartChunk if kind == "text" else ReasoningStartChunk
            self.write(start(id=block.id, provider_metadata=metadata))
        elif block is not None and metadata:
            block.metadata = metadata
        return block if delta else None

    def cite(
        self,
        key: Hashable,
        source_id: str,
        source: dict[str, Any],
        **place: Any,
    ) -> None:
        """A reference of the text, which is sent with its end; ``source`` has the fields of a source."""
        kind = UrlCitationSource if "url" in source else DocumentCitationSource
        cited = kind(type="source", id=source_id, **source)
        known = {name: one for name, one in place.items() if _is_place(name, one)}
        self._citations.setdefault(key, []).append(Citation(source=cited, **known))

    def close(self, key: Hashable, metadata: ProviderMetadata | None = None) -> None:
        """Closes a text or reasoning, if it is open."""
        block = self._blocks.pop(key, None)
        if block is None:
            return
        last = metadata or block.metadata
        if block.kind == "text":
            citations = self._citations.pop(key, None)
            self.write(TextEndChunk(id=block.id, citations=citations, provider_metadata=last))
        else:
            self.write(ReasoningEndChunk(id=block.id, provider_metadata=last))

    def only(self, key: Hashable) -> None:
        """Closes every text and reasoning but this one, for a vendor whose pieces come one after the other."""
        for other in [one for one in self._blocks if one != key]:
            self.close(other)

    def end_blocks(self) -> None:
        """Closes what is open."""
        self.only(None)
        self._citations.clear()

    # --- Sources and files ---

    def source_url(
        self,
        url: str,
        title: str | None = None,
        provider_metadata: ProviderMetadata | None = None,
    ) -> str:
        """A page that the reply rests on, once however often it is named: the source's identifier."""
        if url not in self._sources:
            self.inside()
            self._sources[url] = self.new("source")
            self.write(
                SourceUrlChunk(
                    source_id=self._sources[url],
                    url=url,
                    title=title,
                    provider_metadata=provider_metadata,
                )
            )
        return self._sources[url]

    def source_document(
        self,
        key: Hashable,
        title: str,
        media_type: str,
        filename: str | None = None,
        provider_metadata: ProviderMetadata | None = None,
    ) -> str:
        """As :meth:`source_url`, of a document that the model was given."""
        if ("document", key) not in self._sources:
            self.inside()
            source = self._sources["document", key] = self.new("source")
            self.write(
                SourceDocumentChunk(
                    source_id=source,
                    title=title,
                    media_type=media_type,
                    filename=filename,
                    provider_metadata=provider_metadata,
                )
            )
        return self._sources["document", key]

    def file(self, url: str, media_type: str, metadata: ProviderMetadata | None = None) -> None:
        self.inside()
        self.write(FileChunk(url=url, media_type=media_type, provider_metadata=metadata))

    def new(self, kind: str) -> str:
        self._count += 1
        return f"{kind}-{self._count}"


def _is_place(name: str, value: Any) -> bool:
    """Whether it is what a citation can say: an offset that is not negative, or a text."""
    if name == "cited_text":
        return isinstance(value, str)
    return isinstance(value, int) and value >= 0
