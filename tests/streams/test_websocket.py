"""A WebSocket whose messages are checked both ways, from a client's side."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field
from pydantic_core import PydanticSerializationError
from samewire.streams import First, OrderError, ordered
from samewire.streams.websocket import Channel, Socket
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.streams.test_event_stream import Began, Done, NodeBegan, NodeEnded, RunEvent


class Run(BaseModel):
    type: Literal["run"] = "run"
    graph: str = Field(validation_alias="graphId", min_length=1)


class Stop(BaseModel):
    type: Literal["stop"] = "stop"


@ordered(First())
class Hello(BaseModel):
    type: Literal["hello"] = "hello"


Command = Annotated[Run | Stop, Field(discriminator="type")]
Channels: Any = Channel(emits=RunEvent, accepts=Command)
RUN, STOP = '{"type":"run","graphId":"a"}', '{"type":"stop"}'
CLOSED = {"type": "websocket.disconnect", "code": 1001}


class Client:
    """The connection as a server gives it, whose client sends these messages and then waits, or goes away."""

    def __init__(self, *messages: str | bytes | dict[str, Any]) -> None:
        self._messages = [{"type": "websocket.connect"}, *messages]
        self.got: list[Any] = []

    async def receive(self) -> Any:
        if not self._messages:
            await asyncio.Event().wait()
        message = self._messages.pop(0)
        if isinstance(message, dict):
            return message
        key = "text" if isinstance(message, str) else "bytes"
        return {"type": "websocket.receive", key: message}

    async def send(self, message: Any) -> None:
        self.got.append(message)

    @property
    def texts(self) -> list[Any]:
        return [json.loads(one["text"]) for one in self.got if one["type"] == "websocket.send"]

    @property
    def close(self) -> tuple[int, str] | None:
        found = [one for one in self.got if one["type"] == "websocket.close"]
        assert len(found) <= 1
        return (found[0]["code"], found[0].get("reason") or "") if found else None


def served(
    client: Client, body: Callable[[Socket[Any, Any]], Awaitable[None]], channel: Any = Channels
) -> None:

    async def serve() -> None:
        websocket = WebSocket({"type": "websocket"}, client.receive, client.send)
        async with asyncio.timeout(30), channel.open(websocket) as socket:
            await body(socket)

    asyncio.run(serve())


def collecting(into: list[Any]) -> Callable[[Socket[Any, Any]], Awaitable[None]]:
    async def collect(socket: Socket[Any, Any]) -> None:
        into.extend([message async for message in socket])
        into.append(socket.closed)

    return collect


def test_messages_are_values_until_the_client_goes_away() -> None:
    client, found = Client(RUN, STOP.encode(), CLOSED), []
    served(client, collecting(found))
    assert found == [Run(graphId="a"), Stop(), 1001]
    assert client.close is None


def test_what_is_sent_is_as_the_contract_has_it() -> None:
    async def body(socket: Socket[Any, Any]) -> None:
        await socket.send(Began(run_id="r"))
        await socket.send(Done(result="é"))

    client = Client()
    served(client, body)
    assert client.texts == [{"type": "began", "runId": "r"}, {"type": "done", "result": "é"}]
    assert client.close == (1000, "")
    plain: Any = Channel(emits=RunEvent, accepts=Command, dump={"by_alias": False})
    client = Client()
    served(client, body, plain)
    assert client.texts[0] == {"type": "began", "run_id": "r"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ('{"type":"walk"}', "Input tag 'walk' found"),
        ('{"type":"run","graphId":""}', "run.graphId: String should have at least 1 character"),
        ('{"type":"run"', "Invalid JSON"),
        (b"\xff", "Invalid JSON"),
    ],
)
def test_a_message_that_is_not_valid_closes_the_socket_or_is_left_out(wrong: Any, why: str) -> None:
    client, found = Client(RUN, wrong, STOP), []
    served(client, collecting(found))
    assert found == [Run(graphId="a"), 4007]
    assert client.close is not None
    code, reason = client.close
    assert (code, reason.startswith("a message is not valid: ")) == (4007, True)
    assert why in reason
    assert len(reason.encode()) <= 123
    lenient: Any = Channel(emits=RunEvent, accepts=Command, invalid="skip")
    client, found = Client(RUN, wrong, STOP, CLOSED), []
    served(client, collecting(found), lenient)
    assert found == [Run(graphId="a"), Stop(), 1001]


def test_a_value_that_the_channel_does_not_emit_is_refused() -> None:
    async def body(socket: Socket[Any, Any]) -> None:
        for wrong in (Stop(), {"type": "done"}, 1):
            with pytest.raises(PydanticSerializationError):
                await socket.send(wrong)

    client = Client()
    served(client, body)
    assert client.texts == []


def test_an_order_that_is_broken_is_told_or_refused(caplog: pytest.LogCaptureFixture) -> None:
    events = [
        NodeBegan(node="a"),
        Began(run_id="r"),
        NodeBegan(node="b"),
        NodeEnded(node="x", ok=True),
    ]

    async def all_of_them(socket: Socket[Any, Any]) -> None:
        for event in events:
            await socket.send(event)

    client = Client()
    served(client, all_of_them)
    assert len(client.texts) == 4
    told = [one.getMessage() for one in caplog.records]
    assert [one.partition("rule ")[2].partition(")")[0] for one in told] == [
        "not-first",
        "first-again",
        "not-open",
    ]

    async def each(socket: Socket[Any, Any]) -> None:
        for event in events:
            try:
                await socket.send(event)
            except OrderError as error:
                refused.append(error.violation.rule)

    refused: list[str] = []
    strict: Any = Channel(emits=RunEvent, accepts=Command, disorder="refuse")
    client = Client()
    served(client, each, strict)
    assert [one["type"] for one in client.texts] == ["began", "node-began"]
    assert refused == ["not-first", "not-open"]


def test_one_stream_after_the_other(caplog: pytest.LogCaptureFixture) -> None:
    async def twice(socket: Socket[Any, Any]) -> None:
        for _ in range(2):
            for event in (
                Began(run_id="r"),
                NodeBegan(node="a"),
                NodeEnded(node="a", ok=True),
                Done(result=""),
            ):
                await socket.send(event)

    client = Client()
    strict: Any = Channel(emits=RunEvent, accepts=Command, disorder="refuse")
    served(client, twice, strict)
    assert len(client.texts) == 8
    assert not caplog.records


def test_what_comes_out_of_order_is_told_or_closes_the_socket(
    caplog: pytest.LogCaptureFixture,
) -> None:
    accepts = Annotated[Hello | Stop, Field(discriminator="type")]
    hello = '{"type":"hello"}'
    client, found = Client(STOP, hello, CLOSED), []
    served(client, collecting(found), Channel(emits=RunEvent, accepts=accepts))
    assert found == [Stop(), Hello(), 1001]
    assert "the stream began with stop" in caplog.text
    client, found = Client(hello, hello, STOP), []
    served(client, collecting(found), Channel(emits=RunEvent, accepts=accepts, disorder="refuse"))
    assert found == [Hello(), 4007]
    assert client.close is not None
    assert "hello" in client.close[1]


def test_any_type_may_go_over_a_channel() -> None:
    async def body(socket: Socket[Any, Any]) -> None:
        async for number in socket:
            await socket.send([number])

    client = Client("1", "2", CLOSED)
    served(client, body, Channel(emits=list[int], accepts=int))
    assert client.texts == [[1], [2]]


def test_an_exception_closes_the_socket_and_passes() -> None:
    async def body(_: Socket[Any, Any]) -> None:
        raise ValueError("secret")

    client = Client()
    with pytest.raises(ValueError, match="secret"):
        served(client, body)
    assert client.close == (1011, "An error occurred.")


def test_sending_to_a_client_that_is_gone_ends_the_block() -> None:
    reached: list[str] = []

    async def body(socket: Socket[Any, Any]) -> None:
        assert [message async for message in socket] == []
        with pytest.raises(WebSocketDisconnect):
            await socket.send(Began(run_id="r"))
        reached.append("here")
        await socket.send(Began(run_id="r"))
        reached.append("not here")

    client = Client(CLOSED)
    served(client, body)
    assert reached == ["here"]
    assert (client.texts, client.close) == ([], None)


def test_the_server_closes_with_a_code_of_its_own() -> None:
    async def body(socket: Socket[Any, Any]) -> None:
        async for _ in socket:
            await socket.close(4001, "enough " * 40)

    client = Client(RUN, RUN)
    served(client, body)
    assert client.close is not None
    assert client.close[0] == 4001
    assert len(client.close[1].encode()) <= 123
