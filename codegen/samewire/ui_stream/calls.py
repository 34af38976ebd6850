"""What chunks make of the calls of tools in a message, as ``ai`` 7.0.173 does it."""

from __future__ import annotations

from typing import Any, Final

from samewire.ui_stream._base import MISSING
from samewire.ui_stream.growing import Growing, Opaque, PartialInput
from samewire.ui_stream.tool_chunks import ToolInputDeltaChunk

Json = dict[str, Any]

_CHANGING: Final = ("input", "output", "errorText", "rawInput", "inputEncoding", "preliminary")
_OF_INPUTS: Final = ("toolName", "inputEncoding", "dynamic", "title", "toolMetadata")


class Calls:
    """The calls among ``parts``, of a message and of its current step, by their identifiers."""

    def __init__(self, parts: list[Json], step: int) -> None:
        self.parts = parts
        self._last: dict[str, Json] = {}
        self._inputs: dict[str, Json] = {}
        self.new_step()
        for part in parts[:step]:
            self.note(part)
        self.new_step()
        for part in parts[step:]:
            self.note(part)

    def new_step(self) -> None:
        self._of_step: dict[str, Json] = {}
        self._static: dict[str, Json] = {}
        self._dynamic: dict[str, Json] = {}

    def note(self, part: Json) -> None:
        if not is_tool(part):
            return
        key = part["toolCallId"]
        self._last[key] = part
        self._of_step.setdefault(key, part)
        kind = self._dynamic if part["type"] == "dynamic-tool" else self._static
        kind.setdefault(key, part)

    def continue_inputs(self, step: int) -> None:
        """Input that was cut off in the message's last step may go on."""
        for part in self.parts[step:]:
            if is_tool(part) and part["state"] == "input-streaming":
                self.continue_input(part)

    def input_start(self, sent: Json) -> None:
        call: Json = {key: sent[key] for key in _OF_INPUTS if key in sent}
        self._inputs[sent["toolCallId"]] = {**call, "text": Growing()}
        self._update(sent, "input-streaming", {"inputEncoding": sent.get("inputEncoding")})

    def continue_input(self, part: Json) -> None:
        dynamic = part["type"] == "dynamic-tool"
        call: Json = {key: part[key] for key in _OF_INPUTS if key in part}
        call |= {"toolName": _tool_name(part), "dynamic": dynamic}
        self._inputs[part["toolCallId"]] = {**call, "text": Growing(part.get("rawInput", ""))}

    def input_delta(self, chunk: ToolInputDeltaChunk) -> None:
        call = self._inputs.get(chunk.tool_call_id)
        if call is None:
            raise missing(chunk.type, chunk.tool_call_id)
        text: Growing = call["text"]
        part = self._part(call.get("dynamic"), chunk.tool_call_id)
        if part is not None and part.get("rawInput") is text and part["state"] == "input-streaming":
            text.add(chunk.input_text_delta)
            return
        # A part of an earlier step may have the text so far, and keeps it.
        text = call["text"] = Growing(f"{text}{chunk.input_text_delta}")
        whole = call.get("inputEncoding") == "text"
        self._update(
            {**call, "toolCallId": chunk.tool_call_id},
            "input-streaming",
            {
                "input": text if whole else PartialInput(text),
                "rawInput": text,
                "inputEncoding": call.get("inputEncoding"),
            },
        )

    def input_available(self, sent: Json) -> None:
        self._update(sent, "input-available", {"input": sent["input"]})

    def input_error(self, sent: Json) -> None:
        known = self._of_step.get(sent["toolCallId"])
        dynamic = sent.get("dynamic") if known is None else known["type"] == "dynamic-tool"
        values = {"input": sent["input"], "errorText": sent["errorText"]}
        self._update({**sent, "dynamic": dynamic, "title": None}, "output-error", values)

    def output(self, sent: Json) -> None:
        part = self._call(sent)
        values = {
            "input": part.get("input", MISSING),
            "output": sent["output"],
            "preliminary": sent.get("preliminary"),
        }
        self._update(self._result(sent, part), "output-available", values, part)

    def output_error(self, sent: Json) -> None:
        part = self._call(sent)
        values = {"input": part.get("input", MISSING), "errorText": sent["errorText"]}
        if part["type"] != "dynamic-tool":
            values["rawInput"] = part.get("rawInput", MISSING)
        self._update(self._result(sent, part), "output-error", values, part)

    def output_denied(self, sent: Json) -> None:
        self._call(sent)["state"] = "output-denied"

    def _result(self, sent: Json, part: Json) -> Json:
        dynamic = part["type"] == "dynamic-tool"
        metadata = sent.get("toolMetadata", part.get("toolMetadata"))
        return {
            **sent,
            "toolName": _tool_name(part),
            "dynamic": dynamic,
            "title": part.get("title"),
            "toolMetadata": metadata,
        }

    def approval_request(self, sent: Json) -> None:
        part = self._call(sent)
        approval: Json = {"id": sent["approvalId"]}
        if sent.get("approvalDescriptor") is not None:
            approval["descriptor"] = sent["approvalDescriptor"]
        if "inputSchemaInput" in sent:
            approval["inputSchemaInput"] = sent["inputSchemaInput"]
        if "reason" in sent:
            approval["requestReason"] = sent["reason"]
        if sent.get("isAutomatic"):
            approval["isAutomatic"] = True
        if "signature" in sent:
            approval["signature"] = sent["signature"]
        part["state"], part["approval"] = "approval-requested", approval

    def approval_response(self, sent: Json) -> None:
        key = sent["approvalId"]
        for part in self.parts:
            if is_tool(part) and (part.get("approval") or {}).get("id") == key:
                break
        else:
            raise missing(sent["type"], key)
        answer = {name: sent[name] for name in ("approved", "reason") if name in sent}
        part["state"], part["approval"] = "approval-responded", {**part["approval"], **answer}
        if "providerExecuted" in sent:
            part["providerExecuted"] = sent["providerExecuted"]
        if "providerMetadata" in sent:
            part["callProviderMetadata"] = sent["providerMetadata"]

    def _call(self, sent: Json) -> Json:
        """The call of this step, or else the last of the message."""
        key = sent["toolCallId"]
        part = self._of_step.get(key) or self._last.get(key)
        if part is None:
            raise missing(sent["type"], key)
        return part

    def _part(self, dynamic: object, key: str) -> Json | None:
        return (self._dynamic if dynamic else self._static).get(key)

    def _update(self, sent: Json, state: str, values: Json, part: Json | None = None) -> None:
        """Makes or changes the part of a call; ``None`` and ``MISSING`` in optional ``values`` take a key away."""
        dynamic, key = sent.get("dynamic"), sent["toolCallId"]
        part = part or self._part(dynamic, key)
        made = part is None
        if part is None:
            part = {"toolCallId": key}
        part["state"] = state
        if dynamic:
            part |= {"type": "dynamic-tool", "toolName": sent["toolName"]}
        else:
            part["type"] = f"tool-{sent['toolName']}"
        for name in _CHANGING:
            value = values.get(name, MISSING)
            if value is MISSING or (value is None and name not in ("input", "output")):
                part.pop(name, None)
            else:
                part[name] = value
        for name in ("title", "toolMetadata", "providerExecuted"):
            if sent.get(name) is not None:
                part[name] = sent[name]
        if sent.get("providerMetadata") is not None:
            ended = state in ("output-available", "output-error")
            name = "resultProviderMetadata" if ended else "callProviderMetadata"
            part[name] = sent["providerMetadata"]
        if made:
            if dynamic:
                part.pop("rawInput", None)  # an oddity of the client
            self.parts.append(part)
            self.note(part)


def is_tool(part: Json) -> bool:
    type_: str = part["type"]
    if isinstance(part, Opaque):
        return False
    return type_.startswith("tool-") or type_ == "dynamic-tool"


def _tool_name(part: Json) -> str:
    name: str = part["toolName"] if part["type"] == "dynamic-tool" else part["type"][5:]
    return name


def missing(type_: str, key: str) -> ValueError:
    return ValueError(
        f"{type_} for {key!r}, which is not open: the client would end the chat; run the stream through StreamGuard"
    )
