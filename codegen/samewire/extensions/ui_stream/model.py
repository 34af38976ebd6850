"""What a contract says of its UI stream."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UITool:
    """A tool by its name. ``input`` and ``output`` name definitions."""

    name: str
    input: str
    output: str


@dataclass(frozen=True, slots=True)
class UIStream:
    """
    What an application sends in the AI SDK's UI message stream: the definitions that are its chunks, the metadata of its messages
    (``None``: anything), its data parts by name (none: any) and its tools (none: any).

    With ``dynamic_tools`` there are tools beside those.
    """

    chunk: str
    metadata: str | None = None
    data: tuple[tuple[str, str], ...] = ()
    tools: tuple[UITool, ...] = ()
    dynamic_tools: bool = False
