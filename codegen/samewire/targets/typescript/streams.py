"""``streams.ts``: what reads streams of events and opens sockets, with the order of events where they declare one."""

from __future__ import annotations

from typing import Final

from samewire.targets.typescript.output import Output
from samewire.targets.typescript.views import StreamsView

_TYPES: Final = ("EventValidator", "ReadEventsOptions")
_EXPORTED: Final = (
    "Channel",
    "CheckedSocket",
    "EventValidator",
    "ReadEventsOptions",
    "Reconnect",
    "SocketOptions",
    "StreamError",
    "openSocket",
)


def streams_view(output: Output) -> StreamsView:
    ordered = output.contract.order is not None
    used = (*_TYPES, "readSentEvents") if ordered else ()
    own = (
        ()
        if ordered
        else output.runtime_imports(
            ("readSentEvents",), "export", aliases={"readSentEvents": "readEvents"}
        )
    )
    return StreamsView(
        header=output.header,
        imports=output.runtime_imports(used),
        exports=(*output.runtime_imports(_EXPORTED, "export"), *own),
        order=output.module("order") if ordered else None,
    )
