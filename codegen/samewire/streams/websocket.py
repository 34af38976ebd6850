"""
A WebSocket whose messages are checked, both ways, for Starlette and FastAPI: ``pip install samewire[starlette]``.

``openSocket`` of ``streams.ts`` is the other end of it.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from samewire.streams.events import event_classes
from samewire.streams.tracker import IGNORED, Tracker
from samewire.streams.violations import OrderError, Violation, wording

__all__ = ["Channel", "Socket"]

EmittedT = TypeVar("EmittedT")
AcceptedT = TypeVar("AcceptedT")

Disorder: TypeAlias = Literal["report", "refuse"]

INVALID: Final = 4007
"""The code with which a socket is closed that got a message which is not valid, as by ``openSocket``."""

FAILED: Final = 1011
_REASON: Final = 123
"""Bytes of a reason (RFC 6455, 5.5)."""

_log = logging.getLogger("samewire.streams")


class Channel(Generic[EmittedT, AcceptedT]):
    """
    What goes over a WebSocket: the backend ``emits`` and ``accepts`` these unions of models, as the contract says.

    ``dump`` are the arguments of ``model_dump_json`` in the contract. A message that is not valid closes the socket with the code
    4007, or is left out (``invalid="skip"``). Where events declare an order, what breaks it is logged (``disorder="report"``), or
    is not sent, and closes the socket if it came (``"refuse"``). After an event that ends a stream another stream may begin.
    """

    def __init__(
        self,
        *,
        emits: Any,
        accepts: Any,
        dump: dict[str, Any] | None = None,
        invalid: Literal["close", "skip"] = "close",
        disorder: Disorder = "report",
    ) -> None:
        self.emits: TypeAdapter[EmittedT] = TypeAdapter(emits)
        self.accepts: TypeAdapter[AcceptedT] = TypeAdapter(accepts)
        self.emitted, self.accepted = _classes(emits), _classes(accepts)
        self.dump: dict[str, Any] = {"by_alias": True, **(dump or {})}
        self.invalid = invalid
        self.disorder = disorder

    @asynccontextmanager
    async def open(
        self, websocket: WebSocket, *, subprotocol: str | None = None
    ) -> AsyncIterator[Socket[EmittedT, AcceptedT]]:
        """
        Accepts the connection, and closes it at the end of the block: with 1000, or with 1011 if the block raises.

        A client that goes away ends the block without an exception. Who may connect, and from which ``Origin``, is to be decided
        before: a browser opens sockets to other sites with the user's cookies.
        """
        await websocket.accept(subprotocol)
        socket = Socket(self, websocket)
        try:
            yield socket
        except WebSocketDisconnect as gone:
            socket.closed = gone.code
        except BaseException:
            await socket.close(FAILED, "An error occurred.")
            raise
        await socket.close()


class Socket(Generic[EmittedT, AcceptedT]):
    """
    An open connection. ``async for message in socket`` gives what the client sends, until one of the two closes it.

    One task reads; any number may send.
    """

    def __init__(self, channel: Channel[EmittedT, AcceptedT], websocket: WebSocket) -> None:
        self.websocket = websocket
        self.closed: int | None = None
        """The code with which the connection was closed, by either side."""
        self._channel = channel
        self._sent = _Order(channel.emitted)
        self._received = _Order(channel.accepted)

    async def send(self, event: EmittedT) -> None:
        """
        Sends a value that the channel emits.

        Raises:
            PydanticSerializationError: it is none.
            OrderError: it is out of order, and that is refused.
            WebSocketDisconnect: the connection is closed; the block of the channel takes it.

        """
        text = self._channel.emits.dump_json(event, warnings="error", **self._channel.dump)
        if self.closed is not None or self.websocket.application_state != WebSocketState.CONNECTED:
            raise WebSocketDisconnect(self.closed or 1006)
        for violation in self._sent.violations(event, refuse=self._refuses):
            if self._refuses:
                raise OrderError(violation)
            _log.warning("a message out of order was sent: %s", violation)
        await self.websocket.send_text(text.decode())

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Closes the connection, once."""
        if self.closed is not None:
            return
        self.closed = code
        try:
            await self.websocket.close(code, _within(reason))
        except (RuntimeError, WebSocketDisconnect):  # the client was faster
            _log.debug("a socket was closed by its client meanwhile")

    def __aiter__(self) -> AsyncIterator[AcceptedT]:
        return self._messages()

    async def _messages(self) -> AsyncIterator[AcceptedT]:
        while self.closed is None:
            message = await self.websocket.receive()
            if message["type"] == "websocket.disconnect":
                self.closed = message.get("code") or 1005
                return
            text = message.get("text")
            try:
                value = self._channel.accepts.validate_json(
                    message["bytes"] if text is None else text
                )
            except ValidationError as error:
                await self._misfit(f"a message is not valid: {_sentence(error)}")
                continue
            found = self._received.violations(value, refuse=self._refuses)
            for violation in found:
                _log.warning("a message out of order came: %s", violation)
            if found and self._refuses:
                await self.close(INVALID, found[0].message)
                return
            yield value

    async def _misfit(self, why: str) -> None:
        _log.warning("%s", why)
        if self._channel.invalid == "close":
            await self.close(INVALID, why)

    @property
    def _refuses(self) -> bool:
        return self._channel.disorder == "refuse"


class _Order:
    """The order of what goes one way: of one stream after the other."""

    def __init__(self, classes: tuple[type[Any], ...]) -> None:
        self._classes = classes
        self._index = -1
        self._tracker = Tracker(classes)

    def violations(self, event: Any, *, refuse: bool) -> list[Violation]:
        """What ``event`` breaks. It counts as if it were right, unless it has no place, or is to be refused."""
        self._index += 1
        broken = self._tracker.broken(event)
        if not broken or not (refuse or any(one.rule in IGNORED for one in broken)):
            self._tracker.apply(event)
        if self._tracker.over:
            self._tracker = Tracker(self._classes)
        words = wording(self._classes)
        return [words.violation(one, self._index, event) for one in broken]


def _classes(union: Any) -> tuple[type[Any], ...]:
    """The classes that may declare an order; a union of other types has none."""
    try:
        return event_classes(union)
    except TypeError:
        return ()


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]


def _within(reason: str) -> str:
    return reason.encode()[:_REASON].decode(errors="ignore")
