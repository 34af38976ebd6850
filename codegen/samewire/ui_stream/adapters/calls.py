"""Calls of tools in a reply, by keys of the vendor's: input as it is written, whole input, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, TypedDict, Unpack

from pydantic import ValidationError

from samewire.ui_stream._adapters import adapter
from samewire.ui_stream._base import MISSING, Text
from samewire.ui_stream.adapters.content import Content
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.partial_json import loads
from samewire.ui_stream.shared import InputEncoding, ProviderMetadata
from samewire.ui_stream.tool_chunks import (
    NO_INPUT,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputDeniedChunk,
    ToolOutputErrorChunk,
)
from samewire.ui_stream.tools import Tool

NOT_JSON: Final = "The input of the tool is not JSON."
INVALID: Final = "The input of the tool is not valid."


@dataclass(slots=True)
class ToolCall:
    """A call of a tool that the application runs. Its methods create the chunks of the result."""

    id: str
    name: str
    input: Any = None
    """What the model wrote; where the adapter was given the :class:`~samewire.ui_stream.Tool`, its input, validated."""
    dynamic: Literal[True] | None = None
    tool: Tool[Any, Any] | None = None
    provider_executed: Literal[True] | None = None
    metadata: ProviderMetadata | None = None
    encoding: InputEncoding | None = None
    denied: bool = False
    """By the user, in the message that the reply continues."""
    text: list[str] = field(default_factory=list)

    note: Callable[[Chunk], Chunk] = lambda chunk: chunk

    def output(self, output: Any, *, preliminary: bool = False) -> Chunk:
        """Sends the output, validated if the tool is typed. The next output replaces a ``preliminary`` one."""
        return self.note(self.output_chunk(output, preliminary=preliminary))

    def fail(self, error_text: Text) -> Chunk:
        """Reports that the tool failed; the model and the user see the reason."""
        return self.note(self.error_chunk(error_text))

    def ask(self, approval_id: str | None = None) -> Chunk:
        """Asks the user to approve the call; the reply that continues this message resumes it."""
        return self.note(self.request_chunk(approval_id))

    def output_chunk(
        self,
        output: Any,
        *,
        preliminary: bool = False,
        provider_metadata: ProviderMetadata | None = None,
    ) -> Chunk:
        fields: Any = {
            "preliminary": True if preliminary else None,
            "provider_executed": self.provider_executed,
            "provider_metadata": provider_metadata,
        }
        if self.tool is not None:
            return self.tool.result(self.id, output, **fields)
        return ToolOutputAvailableChunk(
            tool_call_id=self.id, output=output, dynamic=self.dynamic, **fields
        )

    def error_chunk(
        self, error_text: Text, provider_metadata: ProviderMetadata | None = None
    ) -> Chunk:
        return ToolOutputErrorChunk(
            tool_call_id=self.id,
            error_text=error_text,
            dynamic=self.dynamic,
            provider_executed=self.provider_executed,
            provider_metadata=provider_metadata,
        )

    def request_chunk(self, approval_id: str | None) -> Chunk:
        approval = approval_id or f"approval-{self.id}"
        return ToolApprovalRequestChunk(approval_id=approval, tool_call_id=self.id)


class CallFields(TypedDict, total=False):
    """What is known of a call when it begins. ``metadata`` is what the model is to be given again with it."""

    provider_executed: bool
    dynamic: bool
    metadata: ProviderMetadata | None
    encoding: InputEncoding | None


class Calls(Content):
    """
    Calls beside the rest of the content.

    A vendor's identifier of a call that is empty, or that the message has already, is replaced: clients know a call by it.
    """

    def __init__(
        self, tools: Iterable[Tool[Any, Any] | str] | None, used: Iterable[str], count: int = 0
    ) -> None:
        super().__init__(count)
        self.calls: list[ToolCall] = []
        """The calls of the current step that the application is to run; before the first step, those that the user approved."""
        self._tools = (
            None
            if tools is None
            else {one.name if isinstance(one, Tool) else one: one for one in tools}
        )
        self._inputs: dict[Hashable, ToolCall] = {}
        self._unanswered: dict[str, ToolCall] = {}
        self._used = set(used)
        self._approvals: set[str | None] = set()

    def note(self, chunk: Chunk) -> Chunk:
        """Called with what the application sends of a call."""
        return chunk

    def begin_step(self) -> None:
        super().begin_step()
        self.calls = []

    def end_blocks(self) -> None:
        """Closes what is open. Input that did not arrive whole is said to be missing."""
        super().end_blocks()
        for call in self._inputs.values():
            self._refuse(call, "".join(call.text), NO_INPUT)
        self._inputs.clear()

    def call(
        self, key: Hashable, name: str, call_id: str | None, **fields: Unpack[CallFields]
    ) -> None:
        """A call begins, whose input is still to come."""
        self.inside()
        known = None if self._tools is None else self._tools.get(name)
        dynamic = fields.get("dynamic") or (self._tools is not None and known is None)
        call = ToolCall(
            self._call_id(call_id),
            name,
            dynamic=True if dynamic else None,
            tool=self.typed(name),
            provider_executed=True if fields.get("provider_executed") else None,
            metadata=fields.get("metadata"),
            encoding=fields.get("encoding"),
            note=self.note,
        )
        if (former := self._inputs.pop(key, None)) is not None:  # whose end did not come
            self._refuse(former, "".join(former.text), NO_INPUT)
        self._inputs[key] = self._unanswered[call_id or call.id] = call
        self.write(
            ToolInputStartChunk(
                **_named(call), input_encoding=call.encoding, provider_metadata=call.metadata
            )
        )

    def call_delta(self, key: Hashable, text: str) -> None:
        """A piece of the input as the model writes it."""
        call = self._inputs.get(key)
        if call is not None and text:
            call.text.append(text)
            self.write(ToolInputDeltaChunk(tool_call_id=call.id, input_text_delta=text))

    def called(
        self,
        key: Hashable,
        *,
        text: str | None = None,
        value: Any = MISSING,
        metadata: ProviderMetadata | None = None,
    ) -> None:
        """The input is complete: ``value``, or else what ``text`` says, or else the pieces together."""
        call = self._inputs.pop(key, None)
        if call is None:
            return
        call.metadata = metadata or call.metadata
        written = "".join(call.text) if text is None else text
        if value is MISSING and call.encoding == "text":
            value = written
        elif value is MISSING:
            try:
                value = loads(written) if written.strip() else {}
            except (ValueError, RecursionError):
                self._refuse(call, written, NOT_JSON)
                return
        self._accept(call, value)

    def _accept(self, call: ToolCall, value: Any) -> None:
        chunk: Chunk
        if call.tool is not None:
            try:
                call.input = adapter(call.tool.input).validate_python(value)
            except ValidationError as error:
                self._refuse(call, value, f"{INVALID} {_sentence(error)}")
                return
            chunk = call.tool.call(
                call.id,
                call.input,
                provider_executed=call.provider_executed,
                provider_metadata=call.metadata,
            )
        else:
            call.input = value
            chunk = ToolInputAvailableChunk(
                **_named(call), input=value, provider_metadata=call.metadata
            )
        self.write(chunk)
        if not call.provider_executed:
            self.calls.append(call)

    def _refuse(self, call: ToolCall, value: Any, error_text: str) -> None:
        self._unanswered = {key: one for key, one in self._unanswered.items() if one is not call}
        self.write(
            ToolInputErrorChunk(
                **_named(call),
                input=value,
                error_text=error_text,
                provider_metadata=call.metadata,
            )
        )

    def output(
        self,
        call_id: str,
        output: Any,
        *,
        preliminary: bool = False,
        metadata: ProviderMetadata | None = None,
    ) -> None:
        """What a tool gave that the vendor runs, or the vendor's library; ``call_id`` is the vendor's."""
        if (call := self._answered(call_id, keep=preliminary)) is not None:
            chunk = call.output_chunk(output, preliminary=preliminary, provider_metadata=metadata)
            self.write(chunk)

    def fail(self, call_id: str, error_text: str, metadata: ProviderMetadata | None = None) -> None:
        """As :meth:`output`, of a tool that failed."""
        if (call := self._answered(call_id)) is not None:
            self.write(call.error_chunk(error_text, metadata))

    def deny(self, call_id: str, error_text: str) -> None:
        """A call was not approved: by the user, or by the application without having asked."""
        call = self._unanswered.get(call_id)
        if call is None or not call.denied:
            self.fail(call_id, error_text)
        elif self._answered(call_id) is not None:
            self.write(ToolOutputDeniedChunk(tool_call_id=call.id))

    def continue_call(self, call: ToolCall, *, to_run: bool) -> None:
        """A call of the continued message, whose output may come in this reply; the user has approved one that is ``to_run``."""
        self._unanswered[call.id] = call
        if to_run:
            if call.tool is not None:
                call.input = adapter(call.tool.input).validate_python(call.input)
            self.calls.append(call)

    def typed(self, name: str) -> Tool[Any, Any] | None:
        """The tool of a name, where the adapter was given it."""
        tool = None if self._tools is None else self._tools.get(name)
        return tool if isinstance(tool, Tool) else None

    @property
    def unanswered(self) -> Mapping[str, ToolCall]:
        """The calls that have no output yet, by the vendor's ids."""
        return MappingProxyType(self._unanswered)

    def ask(self, call_id: str, approval_id: str | None = None) -> None:
        """The user is to approve a call."""
        call = self._answered(call_id)  # its output comes in another reply
        if call is not None and approval_id not in self._approvals:
            self._approvals.add(approval_id or call.id)
            self.write(call.request_chunk(approval_id))

    def _answered(self, call_id: str, *, keep: bool = False) -> ToolCall | None:
        for key in [
            key for key, one in self._inputs.items() if one is self._unanswered.get(call_id)
        ]:
            self.called(key)  # there is an output, so the input is complete
        call = self._unanswered.get(call_id)
        if call is not None and not keep:
            del self._unanswered[call_id]
            self.calls = [one for one in self.calls if one is not call]
        return call

    def _call_id(self, call_id: str | None) -> str:
        while not call_id or call_id in self._used:
            call_id = self.new("call")
        self._used.add(call_id)
        return call_id


def _named(call: ToolCall) -> dict[str, Any]:
    return {
        "tool_call_id": call.id,
        "tool_name": call.name,
        "dynamic": call.dynamic,
        "provider_executed": call.provider_executed,
    }


def _sentence(error: ValidationError) -> str:
    """The first mistakes, for the model and the user."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(map(str, one['loc'])) or 'input'}: {one['msg']}" for one in found[:3]
    )
