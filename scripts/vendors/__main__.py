"""
Records streams of vendors' events for the tests of ``samewire.ui_stream.adapters``: ``make vendors`` runs this.

Each stream is made of the classes of the vendor's package, in the versions of ``requirements/vendors.txt``, and also read here as
those objects: their chunks have to be those of their JSON, which is what the tests read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from scripts.vendors import for_anthropic, for_langchain, for_litellm, for_openai, for_pydantic_ai
from scripts.vendors.recording import Recording

TO: Final = Path(__file__).parents[2] / "tests" / "ui_stream" / "adapters"
VENDORS: Final[dict[str, Callable[[], Recording]]] = {
    "anthropic": for_anthropic.messages,
    "langchain": for_langchain.events,
    "litellm": for_litellm.events,
    "openai_chat": for_openai.chat,
    "openai_responses": for_openai.responses,
    "pydantic_ai": for_pydantic_ai.events,
}


def main() -> None:
    for name, record in VENDORS.items():
        recording = record()
        (TO / f"{name}.json").write_text(recording.to_json(), encoding="utf-8")
        print(f"{name}: {len(recording.streams)} streams of {recording.package}")


if __name__ == "__main__":
    main()
