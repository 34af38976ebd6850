"""What an application's contract asks of the clients, held against targets before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from samewire.ui_stream.chunks import Chunk, DataChunk
from samewire.ui_stream.clients import field_since
from samewire.ui_stream.targets import CONVERTED, Target, TargetError, kept, lacking, refusal
from samewire.ui_stream.tools import Tool

_APPROVAL = "tool-approval-request"


@dataclass(frozen=True, slots=True)
class Demand:
    """A type of chunk, or one field of it, and who needs it."""

    by: str
    chunk: str
    field: str | None = None


def demands(
    chunks: Sequence[type[Chunk]], tools: Sequence[Tool[Any, Any]], uses: Iterable[type[Chunk]]
) -> tuple[Demand, ...]:
    return (
        *(one for cls in chunks for one in _demands_of_class(cls)),
        *(Demand(cls.__name__, cls.model_fields["type"].default) for cls in uses),
        *(
            Demand(f"the tool {tool.name!r}, which asks for approval,", _APPROVAL)
            for tool in tools
            if tool.needs_approval
        ),
    )


def _demands_of_class(cls: type[Chunk]) -> Iterator[Demand]:
    """Its type, and the fields that it makes required."""
    if issubclass(cls, DataChunk):
        return
    tag = str(cls.model_fields["type"].default)
    yield Demand(cls.__name__, tag)
    for name, info in cls.model_fields.items():
        if info.is_required() and not info.exclude:
            yield Demand(cls.__name__, tag, str(info.alias or name))


def check(demanded: Iterable[Demand], targets: tuple[Target, ...]) -> None:
    """
    Holds what a contract needs against its targets.

    Raises:
        TargetError: for the first that a target lacks.

    """
    for demand in demanded:
        if demand.field is None:
            refused = refusal(demand.chunk, targets, demand.by)
            if refused is not None and demand.chunk not in CONVERTED:
                raise refused
            continue
        since = field_since(demand.chunk, demand.field)
        if not kept(targets, since) and (lacked := lacking(targets, since)) is not None:
            target, first = lacked
            there = f"has it since {first}" if first else f"version {target.line} never has it"
            message = (
                f"{demand.by} requires {demand.field}, which the target {target} lacks ({there}) and which would be left out; "
                "make it Omittable, or name other targets"
            )
            raise TargetError(message, demand.chunk, target.name, first)
