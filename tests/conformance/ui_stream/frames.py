"""
Single events for the client's own validator, and whether it takes them.

Those that it takes are written by the chunk classes; those that it refuses are near misses, derived from ``protocol.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samewire.ui_stream import sse

from .samples import samples, tag_of

PROTOCOL: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "ui_stream" / "protocol.json").read_text(encoding="utf-8")
)
LINES = (5, 6, 7)


@dataclass(frozen=True, slots=True)
class Frame:
    """``takes`` is by line. ``written`` is what a Python object wrote, and ``None`` for a near miss."""

    name: str
    data: bytes
    takes: dict[int, bool]
    written: Any = None


def _frames() -> Iterator[Frame]:
    minimal: dict[str, dict[str, Any]] = {}
    for sample in samples():
        tag = tag_of(type(sample.chunk))
        data = sample.chunk.to_sse()
        written = json.loads(data.removeprefix(b"data: "))
        minimal.setdefault(tag, written)
        takes = dict(zip(LINES, (one is not None for one in _since(tag)), strict=True))
        yield Frame(f"{tag} {data!r}", data, takes, written)
    for tag, chunk in minimal.items():
        for why, broken in _near_misses(tag, chunk):
            event = b"data: %b\n\n" % json.dumps(broken).encode()
            yield Frame(f"{tag} {why}", event, dict.fromkeys(LINES, False))


def _since(tag: str) -> list[str | None]:
    since: list[str | None] = PROTOCOL["chunks"][tag]["since"]
    return since


def _near_misses(tag: str, chunk: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in PROTOCOL["chunks"][tag]["fields"].items():
        if field["required"]:
            yield f"without {name}", {key: one for key, one in chunk.items() if key != name}
        known = [
            line
            for line, since in zip(LINES, field.get("since", _since(tag)), strict=True)
            if since
        ]
        if field["type"] != "unknown" and known == list(LINES):
            yield f"with {name} null", {**chunk, name: None}
            yield (
                f"with {name} of a wrong type",
                {**chunk, name: {"a": 1} if name != "parts" else 1},
            )
    yield "of another type", {**chunk, "type": f"{chunk['type']}x" if tag != "data-*" else "data"}


FRAMES = [*_frames(), Frame("the end", sse.DONE, {})]
