"""A reply in which every chunk has all its fields, as far as each client has them."""

from __future__ import annotations

from typing import Any

from samewire.ui_stream import (
    DataChunk,
    DataUIPart,
    DynamicToolOutputAvailableUIPart,
    FileChunk,
    FileUIPart,
    FinishChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    ReasoningUIPart,
    SourceDocumentChunk,
    SourceDocumentUIPart,
    SourceUrlChunk,
    SourceUrlUIPart,
    StartChunk,
    StepStartUIPart,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    TextUIPart,
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputStartChunk,
    ToolInputStreamingUIPart,
    ToolOutputAvailableChunk,
    ToolOutputAvailableUIPart,
    ToolOutputErrorChunk,
    ToolOutputErrorUIPart,
)

from .turns import CITATION, Turn, step

CALL: dict[str, Any] = {
    "provider_metadata": {"p": {"call": 1}},
    "tool_metadata": {"icon": "x"},
    "title": "Title",
}
RESULT: dict[str, Any] = {"provider_metadata": {"p": {"result": 1}}, "tool_metadata": {"icon": "x"}}
SHOWN: dict[str, Any] = {
    "call_provider_metadata": {"p": {"call": 1}},
    "tool_metadata": {"icon": "x"},
    "title": "Title",
}


def metadata(of: str) -> Any:
    return {"p": {of: 1}}


EVERY_FIELD = Turn(
    name="every field",
    lines=(5, 6, 7),
    frames=(
        StartChunk(message_id="message-1", message_metadata={"a": None}),
        *step(
            TextStartChunk(id="t", provider_metadata=metadata("start")),
            TextDeltaChunk(id="t", delta="a", provider_metadata=metadata("delta")),
            TextEndChunk(id="t", provider_metadata=metadata("end"), citations=[CITATION]),
            ReasoningStartChunk(id="r", provider_metadata=metadata("start")),
            ReasoningDeltaChunk(id="r", delta="b", provider_metadata=metadata("delta")),
            ReasoningEndChunk(id="r"),
            SourceUrlChunk(source_id="s1", url="https://e.org", title="E", provider_metadata=metadata("url")),
            SourceDocumentChunk(
                source_id="s2", media_type="text/plain", title="D", filename="d.txt", provider_metadata=metadata("document")
            ),
            FileChunk(url="https://e.org/a.png", media_type="image/png", provider_metadata=metadata("file")),
            DataChunk(type="data-x", id="1", data=[None], transient=False),
            # A tool of the backend, its input streamed.
            ToolInputStartChunk(tool_call_id="c1", tool_name="search", input_encoding="json", dynamic=False, **CALL),
            ToolInputDeltaChunk(tool_call_id="c1", input_text_delta='{"q":"x"}'),
            ToolInputAvailableChunk(tool_call_id="c1", tool_name="search", input={"q": "x"}, dynamic=False, **CALL),
            ToolOutputAvailableChunk(tool_call_id="c1", output=[1], preliminary=True, **RESULT),
            ToolOutputAvailableChunk(tool_call_id="c1", output=[1, 2], preliminary=False, **RESULT),
            # One of the provider, which it runs itself.
            ToolInputStartChunk(tool_call_id="c2", tool_name="web", provider_executed=True, dynamic=True, **CALL),
            ToolInputAvailableChunk(
                tool_call_id="c2", tool_name="web", input={}, provider_executed=True, dynamic=True, **CALL
            ),
            ToolOutputAvailableChunk(tool_call_id="c2", output=0, provider_executed=True, dynamic=True, **RESULT),
            ToolInputAvailableChunk(tool_call_id="c3", tool_name="search", input={"q": ""}, **CALL),
            ToolOutputErrorChunk(tool_call_id="c3", error_text="empty", **RESULT),
            # One whose input did not come to its end.
            ToolInputStartChunk(tool_call_id="c4", tool_name="search", **CALL),
            ToolInputDeltaChunk(tool_call_id="c4", input_text_delta='{"q":"half'),
        ),
        FinishChunk(finish_reason="length", message_metadata={"b": 1}),
    ),
    parts=(
        StepStartUIPart(),
        TextUIPart(text="a", state="done", provider_metadata=metadata("end"), citations=[CITATION]),
        ReasoningUIPart(id="r", text="b", state="done", provider_metadata=metadata("delta")),
        SourceUrlUIPart(source_id="s1", url="https://e.org", title="E", provider_metadata=metadata("url")),
        SourceDocumentUIPart(
            source_id="s2", media_type="text/plain", title="D", filename="d.txt", provider_metadata=metadata("document")
        ),
        FileUIPart(url="https://e.org/a.png", media_type="image/png", provider_metadata=metadata("file")),
        DataUIPart.model_validate({"type": "data-x", "id": "1", "data": [None], "transient": False}),  # every client keeps it, if it is false
        ToolOutputAvailableUIPart(
            type="tool-search", tool_call_id="c1", input={"q": "x"}, output=[1, 2], preliminary=False,
            result_provider_metadata={"p": {"result": 1}}, **SHOWN,
        ),
        DynamicToolOutputAvailableUIPart(
            tool_name="web", tool_call_id="c2", input={}, output=0, provider_executed=True,
            result_provider_metadata={"p": {"result": 1}}, **SHOWN,
        ),
        ToolOutputErrorUIPart(
            type="tool-search", tool_call_id="c3", input={"q": ""}, error_text="empty",
            result_provider_metadata={"p": {"result": 1}}, **SHOWN,
        ),
        ToolInputStreamingUIPart(type="tool-search", tool_call_id="c4", input={"q": "half"}, raw_input='{"q":"half', **SHOWN),
    ),
    metadata={"a": None, "b": 1},
    data=({"type": "data-x", "id": "1", "data": [None], "transient": False},),
)  # fmt: skip
