"""Requests: what is read, what is kept as it came, and what is said of the rest."""

from __future__ import annotations

import contextlib
import gc
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Literal

import pytest
from fastapi import Body, FastAPI
from pydantic import BaseModel, Field
from samewire.ui_stream import (
    ChatRequest,
    DataChunk,
    StartChunk,
    StartStepChunk,
    StreamGuard,
    TextUIPart,
    Tool,
    ToolOutputAvailableChunk,
    UIStream,
)
from samewire.ui_stream.reading import (
    ChatRequestError,
    OpaqueUIPart,
    RequestLimits,
    read_request,
)
from samewire.ui_stream.starlette import EXCEPTION_HANDLERS, ChatBody, chat_request
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.ui_stream.serving import ask


class Plan(BaseModel):
    steps: list[str]


class PlanChunk(DataChunk):
    type: Literal["data-plan"] = "data-plan"
    data: Plan


class Query(BaseModel):
    query: str


class Output(BaseModel):
    hits: list[str]


class MyRequest(ChatRequest):
    session: str = Field(max_length=3)


contract = UIStream(PlanChunk, tools=[Tool("search", Query, Output)])
AppRequest = Annotated[ChatRequest, contract]
TEXT: dict[str, Any] = {"type": "text", "text": "hi"}


def body(*parts: Any, role: str = "user", **keys: Any) -> dict[str, Any]:
    message = {"id": "m", "role": role, "parts": list(parts)}
    return {"id": "c", "trigger": "submit-message", "messages": [message], **keys}


def call(state: str, **keys: Any) -> dict[str, Any]:
    return {
        "type": "tool-search",
        "toolCallId": "1",
        "state": state,
        "input": {"query": "q"},
        **keys,
    }


@pytest.mark.parametrize("of", [ChatRequest, AppRequest])
@pytest.mark.parametrize(
    "part",
    [
        {"type": "hologram", "url": "u", "state": {"deep": [1]}},
        {"type": "tool-search", "toolCallId": "1", "state": "input-imagined", "input": {}},
    ],
)
def test_unknown_kinds_and_states_are_kept(of: Any, part: dict[str, Any]) -> None:
    sent = body(TEXT, part, TEXT, {"type": "another"}, x=1)
    sent["messages"].append({"id": "n", "role": "assistant", "parts": [part, TEXT], "y": 2})
    request = read_request(sent, of)
    first, second = request.messages
    assert [type(one).__name__ for one in first.parts] == [
        "TextUIPart",
        "OpaqueUIPart",
        "TextUIPart",
        "OpaqueUIPart",
    ]
    assert isinstance(second.parts[0], OpaqueUIPart)
    assert json.loads(request.to_json()) == sent


def test_kinds_outside_the_contract_are_unknown_to_it() -> None:
    request = read_request(
        body({"type": "data-other", "data": 1}, {"type": "tool-old", "state": "x"}), AppRequest
    )
    assert [type(one) for one in request.messages[0].parts] == [OpaqueUIPart, OpaqueUIPart]


OLD = call("output-available", output={"results": ["a"]})


def test_what_does_not_fit_is_refused_or_kept() -> None:
    with pytest.raises(ChatRequestError) as caught:
        read_request(body(TEXT, OLD, role="assistant"), AppRequest)
    assert caught.value.place == "messages[0].parts[1].output.hits"
    request = read_request(body(TEXT, OLD, role="assistant"), AppRequest, misfits="keep")
    assert request.messages[0].parts[1].model_dump() == OLD
    fits = call("output-available", output={"hits": ["a"]})
    request = read_request(body(fits), AppRequest, misfits="keep")
    assert request.messages[0].parts[0].output == Output(hits=["a"])


SAID: list[tuple[Any, str]] = [
    ([], "it is an object with id, messages and trigger"),
    ("x", "it is an object with id, messages and trigger"),
    (None, "it is an object with id, messages and trigger"),
    ({}, "id: field required"),
    (
        body(TEXT) | {"trigger": "resume"},
        "trigger: input should be 'submit-message' or 'regenerate-message'",
    ),
    (body(TEXT) | {"messages": {}}, "messages: input should be a valid list"),
    (
        body(TEXT) | {"messages": [5]},
        "messages[0]: input should be a valid dictionary or instance of ChatRequest",
    ),
    (body(TEXT, role="robot"), "messages[0].role: input should be 'system', 'user' or 'assistant'"),
    (body({"type": "text"}), "messages[0].parts[0].text: field required"),
    (body({"type": "text", "text": 5}), "messages[0].parts[0].text: input should be"),
    (
        body({"type": "text", "text": "", "citations": [{"source": {}}]}),
        "messages[0].parts[0].citations[0].source",
    ),
    (body({"text": "hi"}), "messages[0].parts[0]: unable to extract tag"),
    (body({"type": 5}), "messages[0].parts[0]: input tag '5'"),
    (body("hi"), "messages[0].parts[0]: input should be a valid dictionary"),
    (
        body({"type": "data-plan", "data": {"steps": "a"}}),
        "messages[0].parts[0].data.steps: input should be a valid list",
    ),
    (
        body(TEXT, call("input-available") | {"input": {}}),
        "messages[0].parts[1].input.query: field required",
    ),
    (body({"type": "new"}, {"type": "text"}), "messages[0].parts[1].text: field required"),
]


@pytest.mark.parametrize(("sent", "said"), SAID)
def test_one_sentence_with_the_place(sent: Any, said: str) -> None:
    with pytest.raises(ChatRequestError) as caught:
        read_request(json.dumps(sent), AppRequest)
    text = str(caught.value)
    # The name of a narrowed message is its class's.
    assert text.startswith("Not a chat request: " + said.partition(" or instance")[0])
    assert text.endswith(".")
    assert len(text) < 320
    assert "\n" not in text


@pytest.mark.parametrize("sent", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json(sent: bytes) -> None:
    with pytest.raises(ChatRequestError, match="the body is not JSON"):
        read_request(sent)


def test_half_a_surrogate_pair_is_read() -> None:
    request = read_request(
        b'{"id":"c","trigger":"submit-message","messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"\\ud83d"}]}]}'
    )
    assert request.user_text == "\ud83d"


# --- What came with it ------------------------------------------------------------------------------------------------


def test_what_the_user_said() -> None:
    request = read_request(body(TEXT, {"type": "hologram"}, {"type": "text", "text": "there"}))
    assert request.user_text == "hi\nthere"
    assert (request.continues, request.tool_results, request.approvals) == (None, [], [])
    assert read_request(body(TEXT, role="assistant")).user_text == ""
    assert read_request(body(TEXT) | {"messages": []}).user_text == ""


@pytest.mark.parametrize("of", [ChatRequest, AppRequest])
def test_answers_are_those_of_the_last_step(of: Any) -> None:
    output = {"hits": ["a"]}
    parts = [
        {"type": "step-start"},
        call("output-available", output=output, toolCallId="0"),
        {"type": "step-start"},
        TEXT,
        call("output-available", output=output),
        call("output-error", errorText="no", toolCallId="2"),
        call("output-available", output=output, toolCallId="3", providerExecuted=True),
        call("approval-responded", approval={"id": "a", "approved": False}, toolCallId="4"),
        call("input-available", toolCallId="5"),
    ]
    request = read_request(body(*parts, role="assistant"), of)
    assert request.continues == request.messages[0]
    assert [one.tool_call_id for one in request.tool_results] == ["1", "2"]
    assert [(one.tool_call_id, one.approval.approved) for one in request.approvals] == [
        ("4", False)
    ]


def test_answers_of_dynamic_tools_without_a_step() -> None:
    part = call("output-available", output=1, toolName="search") | {"type": "dynamic-tool"}
    request = read_request(body(part, role="assistant"))
    assert [one.output for one in request.tool_results] == [1]


# --- FastAPI and Starlette --------------------------------------------------------------------------------------------


def fastapi_app(handlers: Any = EXCEPTION_HANDLERS) -> FastAPI:
    app = FastAPI(exception_handlers=dict(handlers))

    @app.post("/chat")
    async def chat(request: Annotated[MyRequest, contract, ChatBody(misfits="keep")]) -> list[str]:
        assert request.session == "s"
        return [type(part).__name__ for part in request.messages[0].parts]

    return app


def test_a_fastapi_body() -> None:
    app = fastapi_app()
    answer = ask(app, "POST", "/chat", json=body(TEXT, {"type": "new"}, OLD, session="s"))
    assert answer.json() == ["TextUIPart", "OpaqueUIPart", "OpaqueUIPart"]
    refused = ask(app, "POST", "/chat", json=body({"type": 5}, session="s"))
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"
    assert refused.text.startswith("Not a chat request: messages[0].parts[0]: input tag '5'")
    assert ask(app, "POST", "/chat", json=body(TEXT, session="long")).text == (
        "Not a chat request: session: string should have at most 3 characters."
    )
    without = ask(fastapi_app({}), "POST", "/chat", json={})
    assert (without.status_code, without.json()) == (
        422,
        {"detail": "Not a chat request: id: field required."},
    )


def test_a_body_that_fastapi_can_not_read() -> None:
    app = fastapi_app()

    @app.post("/other")
    async def other(value: Annotated[int, Body()]) -> int:
        return value

    json = {"content-type": "application/json"}
    refused = ask(app, "POST", "/chat", content=b"{", headers=json)
    assert (refused.status_code, refused.text) == (422, "Not a chat request: the body is not JSON.")
    refused = ask(app, "POST", "/chat")
    assert (refused.status_code, refused.text) == (422, "Not a chat request: there is no body.")
    # Other routes answer as FastAPI does.
    for content in (b"{", b"", b'"x"'):
        refused = ask(app, "POST", "/other", content=content, headers=json)
        assert refused.status_code == 422
        assert refused.json()["detail"][0]["loc"][0] == "body"


def test_openapi_says_what_the_contract_says() -> None:
    document = ask(fastapi_app(), "GET", "/openapi.json").json()
    schema = document["paths"]["/chat"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert schema == {"$ref": "#/components/schemas/MyRequest"}
    assert document["components"]["schemas"]["MyRequest"]["required"] == [
        "id",
        "messages",
        "trigger",
        "session",
    ]
    assert {"PlanUIPart", "TextUIPart"} <= document["components"]["schemas"].keys()


def test_starlette() -> None:
    async def chat(request: Request) -> Response:
        found = await chat_request(request, AppRequest)
        return JSONResponse([isinstance(part, TextUIPart) for part in found.messages[0].parts])

    app = Starlette(routes=[Route("/chat", chat, methods=["POST"])])
    assert ask(app, "POST", "/chat", json=body(TEXT, {"type": "new"})).json() == [True, False]
    refused = ask(app, "POST", "/chat", content=b"{", headers={"content-type": "application/json"})
    assert (refused.status_code, refused.text) == (422, "Not a chat request: the body is not JSON.")


# --- Requests made to hurt --------------------------------------------------------------------------------------------


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def seconds(read: Callable[[], object]) -> float:
    """The least of three runs, without the garbage collector, whose work grows with all that is alive."""
    times = []
    gc.disable()
    try:
        for _ in range(3):
            start = time.process_time()
            read()
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(times)


def test_parts_of_unknown_kinds_take_time_linear_in_their_number() -> None:
    limits = RequestLimits(max_parts=100_000)

    def reading(count: int) -> Callable[[], object]:
        request = body(*[{"type": "invented", "n": n} for n in range(count)])
        return lambda: read_request(request, limits=limits)

    # Four times as many parts take sixteen times as long where the list is copied for each of them.
    assert seconds(reading(32_000)) < 8 * seconds(reading(8_000))


@pytest.mark.parametrize("levels", [90, 300, 900])
@pytest.mark.parametrize(
    "make",
    [
        lambda deep: body({**TEXT, "providerMetadata": {"p": deep}}),
        lambda deep: body({**TEXT, "providerMetadata": {"p": 1, "q": deep}}),
        lambda deep: body({"type": "file", "url": 1, "mediaType": deep}),
        lambda deep: {**body(TEXT), "messages": deep},
        lambda deep: {**body(TEXT), "extra": deep},
    ],
)
def test_nesting_takes_no_time(levels: int, make: Callable[[Any], Any]) -> None:
    request = make(nested(levels))

    def read() -> None:
        with contextlib.suppress(ChatRequestError):
            read_request(request, limits=RequestLimits(max_depth=1_000))

    assert seconds(read) < 0.5


def test_a_tag_that_looks_like_a_key_does_not_hide_the_place() -> None:
    with pytest.raises(ChatRequestError) as caught:
        read_request(body({"type": "text", "text": "x", "providerMetadata": {"text": 1}}))
    assert caught.value.place == "messages[0].parts[0].providerMetadata.text"


@pytest.mark.parametrize(
    ("request_body", "limits", "why"),
    [
        (body(TEXT, TEXT), RequestLimits(max_parts=1), "more than 1 parts"),
        (
            body({**TEXT, "providerMetadata": {"p": nested(9)}}),
            RequestLimits(max_depth=8),
            "8 levels",
        ),
        (json.dumps(body(TEXT)), RequestLimits(max_bytes=10), "more than 10 bytes"),
    ],
)
def test_a_request_beyond_its_limits_is_refused(
    request_body: Any, limits: RequestLimits, why: str
) -> None:
    with pytest.raises(ChatRequestError, match=why) as caught:
        read_request(request_body, limits=limits)
    assert caught.value.status == 413
    assert read_request(request_body).id == "c"


def test_a_route_answers_413_and_415() -> None:
    app = FastAPI(exception_handlers=EXCEPTION_HANDLERS)

    @app.post("/")
    async def route(
        request: Annotated[ChatRequest, ChatBody(limits=RequestLimits(max_parts=1))],
    ) -> str:
        return request.id

    assert ask(app, "POST", "/", json=body(TEXT)).status_code == 200
    assert ask(app, "POST", "/", json=body(TEXT, TEXT)).status_code == 413

    async def plain(request: Request) -> Response:
        read = await chat_request(request, limits=RequestLimits(max_bytes=500))
        assert (await request.json())["id"] == read.id
        return JSONResponse(read.id)

    starlette = Starlette(routes=[Route("/", plain, methods=["POST"])])
    text = json.dumps(body(TEXT))
    for content_type, content, status in (
        ("application/json; charset=utf-8", text, 200),
        ("application/vnd.chat+json", text, 200),
        ("text/plain", text, 415),
        ("", text, 415),
        ("application/x-www-form-urlencoded", text, 415),
        ("application/json", text + " " * 500, 413),
    ):
        answer = ask(
            starlette, "POST", "/", content=content, headers={"content-type": content_type}
        )
        assert answer.status_code == status, content_type


def test_a_body_of_unknown_length_is_read_to_its_limit() -> None:

    async def chat(request: Request) -> Response:
        return JSONResponse((await chat_request(request, limits=RequestLimits(max_bytes=500))).id)

    async def chunks(padding: int) -> AsyncIterator[bytes]:
        for chunk in (json.dumps(body(TEXT)).encode(), *[b" " * 200] * padding):
            yield chunk

    app = Starlette(routes=[Route("/", chat, methods=["POST"])])
    headers = {"content-type": "application/json"}
    for padding, status in ((1, 200), (9, 413)):
        assert ask(app, "POST", "/", content=chunks(padding), headers=headers).status_code == status


@pytest.mark.parametrize("kind", ["tool-find", "dynamic-tool"])
@pytest.mark.parametrize("approval", [{"id": "a"}, {"id": "a", "reason": "no", "later": 1}])
def test_a_denied_call_that_does_not_say_so_is_read(kind: str, approval: dict[str, Any]) -> None:
    """As clients store it when no answer came before ``tool-output-denied``."""
    part = {"type": kind, "toolCallId": "c", "state": "output-denied", "input": {}, "approval": approval}  # fmt: skip
    if kind == "dynamic-tool":
        part["toolName"] = "find"
    unknown = {"type": "hologram"}
    message = {
        "id": "m",
        "role": "assistant",
        "parts": [part, unknown, {**part, "toolCallId": "d"}],
    }
    body = {"id": "c", "trigger": "submit-message", "messages": [message]}
    parts = read_request(body).messages[0].parts
    assert [getattr(one, "tool_name", None) for one in parts] == ["find", None, "find"]
    assert json.loads(parts[0].to_json()) == {**part, "approval": {**approval, "approved": False}}
    assert isinstance(parts[1], OpaqueUIPart)
    for wrong in ({**part, "approval": {}}, {**part, "state": "output-available", "output": 1}):
        with pytest.raises(ChatRequestError):
            read_request({**body, "messages": [{**message, "parts": [wrong]}]})


def test_a_reply_continues_the_message_that_is_named() -> None:
    def request(trigger: str, **keys: Any) -> ChatRequest:
        roles = {"u1": "user", "m1": "assistant", "u2": "user", "m2": "assistant"}
        parts = [{"type": "text", "text": ""}]
        messages = [{"id": key, "role": role, "parts": parts} for key, role in roles.items()]
        return ChatRequest.model_validate(
            {"id": "c", "trigger": trigger, "messages": messages, **keys}
        )

    def continued(trigger: str, **keys: Any) -> str | None:
        found = request(trigger, **keys).continues
        return None if found is None else found.id

    assert continued("submit-message", messageId="m1") == "m1"
    assert continued("submit-message", messageId="m2") == "m2"
    assert continued("submit-message", messageId="gone") == "m2"
    assert continued("submit-message", messageId="u1") == "m2"
    assert continued("submit-message") == "m2"
    assert continued("regenerate-message", messageId="m1") == "m2"


def test_answers_are_those_of_the_message_that_is_named() -> None:
    def asked(key: str, state: str, **keys: Any) -> dict[str, Any]:
        call = {"type": "tool-find", "toolCallId": key, "state": state, "input": {}, **keys}
        return {"id": f"m-{key}", "role": "assistant", "parts": [{"type": "step-start"}, call]}

    answer = {"id": "a", "approved": True}
    messages = [
        asked("c", "approval-responded", approval=answer),
        {"id": "u", "role": "user", "parts": [{"type": "text", "text": "else"}]},
        asked("d", "output-available", output=1),
    ]
    body = {"id": "c", "trigger": "submit-message", "messageId": "m-c", "messages": messages}
    request = read_request(body)
    assert [call.tool_call_id for call in request.approvals] == ["c"]
    assert request.tool_results == []
    reply = StreamGuard(strict=True, continues=request)
    reply.feed(StartChunk(message_id="m-c"))
    reply.feed(StartStepChunk())
    reply.feed(ToolOutputAvailableChunk(tool_call_id="c", output=1))
