"""
Records streams of vendors' events for the tests of ``samewire.ui_stream.adapters``: ``make vendors`` runs this.

Each stream is made of the classes of the vendor's package, in the versions of ``requirements/vendors.txt``, and also read here as
those objects (of OpenAI, Anthropic and LiteLLM): their chunks have to be those of their JSON, which is what the tests read.

What ``samewire.ui_stream.history`` makes of conversations is validated by the vendors' types of a request.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from samewire.ui_stream import Chunk
from samewire.ui_stream.adapters import ModelError

from scripts.vendors import for_anthropic, for_langchain, for_litellm, for_openai, for_pydantic_ai
from scripts.vendors.histories import check
from scripts.vendors.recording import Recording, dumped
from tests.ui_stream.adapters.recorded import ADAPTERS

TO: Final = Path(__file__).parents[2] / "tests" / "ui_stream" / "adapters"
VENDORS: Final[dict[str, Callable[[], Recording]]] = {
    "anthropic": for_anthropic.messages,
    "langchain": for_langchain.events,
    "litellm": for_litellm.events,
    "openai_chat": for_openai.chat,
    "openai_responses": for_openai.responses,
    "pydantic_ai": for_pydantic_ai.events,
}


def fed(name: str, events: list[Any]) -> list[Chunk]:
    adapter = ADAPTERS[name]()
    adapter.begin()
    try:
        return [chunk for event in events for chunk in adapter.feed(event)]
    except ModelError:
        return []


def main() -> None:
    for name, record in VENDORS.items():
        recording = record()
        for stream in recording.streams.values():
            both = ([*stream], [dumped(event) for event in stream])
            if fed(name, both[0]) != fed(name, both[1]):
                raise ValueError(f"{name}: {stream} comes to something else than its JSON")
        (TO / f"{name}.json").write_text(recording.to_json(), encoding="utf-8")
        print(f"{name}: {len(recording.streams)} streams of {recording.package}")
    print(f"{check()} messages of histories are what the vendors' types say")


if __name__ == "__main__":
    main()
