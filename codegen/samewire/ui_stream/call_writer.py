"""The calls of tools in a reply that a :class:`~samewire.ui_stream.Writer` writes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, Literal, TypeVar

from samewire.ui_stream._base import Text
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.tool_chunks import (
    NO_INPUT,
    NOT_FINISHED,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
)
from samewire.ui_stream.tools import CallFields, Tool

InputT = TypeVar("InputT")
OutputT = TypeVar("OutputT")


class Call(Generic[InputT, OutputT]):
    """
    A tool call: its input, whole or in pieces of JSON first, and its result.

    ``tool`` is the name of a tool with unknown types (a dynamic one), or a :class:`~samewire.ui_stream.Tool`.
    """

    def __init__(
        self,
        send: Callable[[Chunk], Awaitable[None]],
        tool: Tool[InputT, OutputT] | str,
        tool_call_id: str,
        fields: CallFields,
    ) -> None:
        self.id: Final = tool_call_id
        self._send = send
        self._tool = tool
        self._fields = fields
        self._of_result: Any = {"provider_executed": fields.get("provider_executed")}
        self._text: list[str] = []
        self._state: Literal["new", "begun", "called", "over"] = "new"

    async def delta(self, text: Text) -> None:
        """Sends a piece of the input as the model writes it."""
        if self._state == "new":
            await self._send(ToolInputStartChunk(**self._named(), **self._fields))
            self._state = "begun"
        self._text.append(text)
        await self._send(ToolInputDeltaChunk(tool_call_id=self.id, input_text_delta=text))

    async def input(self, value: InputT) -> None:
        """Sends the whole input, validated."""
        if isinstance(self._tool, Tool):
            chunk = self._tool.call(self.id, value, **self._fields)
        else:
            chunk = ToolInputAvailableChunk(**self._named(), input=value, **self._fields)
        await self._send(chunk)
        self._state = "called"

    async def ask(self, approval_id: str | None = None) -> str:
        """Asks the user to approve the call; the reply that continues this message resumes it. Returns the approval's id."""
        self.check_input()
        approval = approval_id or f"approval-{self.id}"
        await self._send(ToolApprovalRequestChunk(approval_id=approval, tool_call_id=self.id))
        self._state = "over"
        return approval

    async def preliminary(self, output: OutputT) -> None:
        """Sends an output that a later one replaces."""
        self.check_input()
        await self._send(output_chunk(self._tool, self.id, output, True, **self._of_result))

    async def output(self, output: OutputT) -> None:
        """Sends the output, validated."""
        self.check_input()
        await self._send(output_chunk(self._tool, self.id, output, **self._of_result))
        self._state = "over"

    async def fail(self, error_text: Text) -> None:
        """Reports that the tool failed; the model and the user see the reason."""
        self.check_input()
        chunk = ToolOutputErrorChunk(
            tool_call_id=self.id, error_text=error_text, dynamic=self._dynamic, **self._of_result
        )
        await self._send(chunk)
        self._state = "over"

    def check_input(self) -> None:
        """Raises RuntimeError if the call has no input."""
        if self._state in {"new", "begun"}:
            raise RuntimeError(f"the call {self.id!r} of {self._name!r} has no input yet")

    async def interrupt(self) -> None:
        """Ends the call as far as it has come: what was to go on with it has raised."""
        if self._state == "begun":
            text = "".join(self._text)
            chunk = ToolInputErrorChunk(
                **self._named(), input=text, error_text=NO_INPUT, **self._fields
            )
            await self._send(chunk)
        elif self._state == "called":
            await self.fail(NOT_FINISHED)
        self._state = "over"

    @property
    def _name(self) -> str:
        return self._tool.name if isinstance(self._tool, Tool) else self._tool

    @property
    def _dynamic(self) -> Literal[True] | None:
        return None if isinstance(self._tool, Tool) else True

    def _named(self) -> Any:
        return {"tool_call_id": self.id, "tool_name": self._name, "dynamic": self._dynamic}


def output_chunk(
    tool: Tool[Any, OutputT] | str,
    tool_call_id: str,
    output: OutputT,
    preliminary: Literal[True] | None = None,
    *,
    provider_executed: bool | None = None,
) -> ToolOutputAvailableChunk:
    """The output of a call of a tool, or of a dynamic one by its name."""
    more: Any = {"preliminary": preliminary, "provider_executed": provider_executed}
    if isinstance(tool, Tool):
        return tool.result(tool_call_id, output, **more)
    return ToolOutputAvailableChunk(tool_call_id=tool_call_id, output=output, dynamic=True, **more)
