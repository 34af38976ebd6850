"""Every kind of part in every state, as little as it needs and with all it may have: what a stored message can hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from samewire.ui_stream import (
    DataUIPart,
    DynamicToolUIPart,
    StandardUIPart,
    ToolApprovalDenied,
    ToolApprovalGranted,
    ToolApprovalRequested,
    ToolApprovalResponded,
    ToolUIPart,
    UIPart,
)

from .samples import PROVIDER_METADATA, VALUES

_ALL: dict[str, Any] = {
    **VALUES,
    "call_provider_metadata": PROVIDER_METADATA,
    "data": {"any": [None, 1.5, "é😀"]},
    "dynamic": False,
    "input": {"q": [None, {"a": 1}]},
    "output": None,
    "provider_reference": {"openai": "file-1"},
    "raw_input": '{"q": "half a ',
    "result_provider_metadata": PROVIDER_METADATA,
    "state": "done",
    "text": "Grüße\n\u2028 😀 </script>",
}
_APPROVAL: dict[str, Any] = {
    "id": "approval-1",
    "descriptor": None,
    "input_schema_input": {"q": "1"},
    "is_automatic": True,
    "request_reason": "policy",
    "signature": "c2ln",
}
_APPROVALS: dict[str, Any] = {
    "approval-requested": ToolApprovalRequested(**_APPROVAL),
    "approval-responded": ToolApprovalResponded(**_APPROVAL, approved=False, reason="no"),
    "output-available": ToolApprovalGranted(**_APPROVAL, approved=True, reason="yes"),
    "output-error": ToolApprovalGranted(id="approval-1", approved=True),
    "output-denied": ToolApprovalDenied(**_APPROVAL, approved=False, reason="no"),
}


def _members(alias: Any) -> tuple[Any, ...]:
    """The classes of a union, and its aliases of unions."""
    value = getattr(alias, "__value__", alias)
    return get_args(get_args(value)[0] if get_origin(value) is Annotated else value)


def _parts() -> Iterator[UIPart]:
    standard = _members(StandardUIPart)[:-1]
    for cls in (*standard, DataUIPart, *_members(ToolUIPart), *_members(DynamicToolUIPart)):
        fields = {name: field for name, field in cls.model_fields.items() if name != "type"}
        type_ = cls.model_fields["type"]
        given: dict[str, Any] = {}
        if type_.is_required():
            given["type"] = "data-weather" if cls is DataUIPart else "tool-search"
        state = str(fields["state"].default) if "tool_call_id" in fields else None
        values = {
            name: _APPROVALS[str(state)] if name == "approval" else _ALL[name]
            for name in fields
            if not (name == "state" and state)
        }
        needed = {name: value for name, value in values.items() if fields[name].is_required()}
        yield cls(**given, **needed)
        if len(needed) < len(values):
            yield cls(**given, **values)


EVERY_PART: list[dict[str, Any]] = [json.loads(part.to_json()) for part in _parts()]
