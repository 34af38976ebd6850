"""The streams that ``python -m scripts.vendors`` recorded, as JSON or as objects, and what adapters make of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from samewire.ui_stream import Chunk
from samewire.ui_stream.adapters import Adapter, ModelError
from samewire.ui_stream.adapters.anthropic import Messages
from samewire.ui_stream.adapters.langchain import StreamEvents
from samewire.ui_stream.adapters.litellm import Completions
from samewire.ui_stream.adapters.openai_chat import ChatCompletions
from samewire.ui_stream.adapters.openai_responses import Responses
from samewire.ui_stream.adapters.pydantic_ai import AgentEvents

ADAPTERS: dict[str, type[Adapter]] = {
    "anthropic": Messages,
    "langchain": StreamEvents,
    "litellm": Completions,
    "openai_chat": ChatCompletions,
    "openai_responses": Responses,
    "pydantic_ai": AgentEvents,
}
RECORDED: dict[str, dict[str, Any]] = {
    name: json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
    for name in ADAPTERS
}


@dataclass(frozen=True, slots=True)
class Reply:
    vendor: str
    name: str
    chunks: list[Chunk]
    adapter: Adapter
    error: ModelError | None

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What the user sees, without the beginnings of steps."""
        parts = json.loads(self.adapter.message.to_json())["parts"]
        return [part for part in parts if part["type"] != "step-start"]


def names() -> list[tuple[str, str]]:
    return [(vendor, name) for vendor, found in RECORDED.items() for name in found["streams"]]


def replies() -> Iterator[Reply]:
    for vendor, name in names():
        yield reply(vendor, name)


def reply(vendor: str, name: str, *, objects: bool = False, **options: Any) -> Reply:
    events = RECORDED[vendor]["streams"][name]
    adapter = ADAPTERS[vendor](**options)
    chunks, error = [adapter.start()], None
    adapter.begin()
    try:
        for event in events:
            chunks += adapter.feed(as_object(event, RAW.get(vendor, ())) if objects else event)
        chunks += [*adapter.end(), *adapter.finish()]
    except ModelError as raised:
        error = raised
    return Reply(vendor, name, chunks, adapter, error)


class Object(SimpleNamespace):
    """As a vendor's object: its fields are attributes, and it knows its JSON."""

    def __init__(self, given: dict[str, Any], raw: Collection[str]) -> None:
        super().__init__(
            **{key: one if key in raw else as_object(one, raw) for key, one in given.items()}
        )
        self._given = given

    @property
    def model_fields_set(self) -> set[str]:
        return set(self._given)

    def model_dump(self, **_: Any) -> dict[str, Any]:
        return self._given


RAW = {"pydantic_ai": ("content", "args"), "langchain": ("content", "args")}
"""Fields that have the application's or the model's own values."""


def as_object(value: Any, raw: Collection[str]) -> Any:
    if isinstance(value, dict):
        return Object(value, raw)
    return [as_object(one, raw) for one in value] if isinstance(value, list) else value
