"""The backends of docs/adapters.md run, with clients that play what was recorded, and its tables are those of the code."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from samewire.ui_stream import MessageReducer, UIMessage
from samewire.ui_stream.client import read_chunks

from tests.ui_stream.adapters.recorded import ADAPTERS, RECORDED
from tests.ui_stream.serving import ask

TEXT = (Path(__file__).parents[2] / "docs" / "adapters.md").read_text(encoding="utf-8")
BLOCKS = {
    re.sub(r"\W+", "_", name).lower(): f"# {name}\n{code}"
    for name, code in re.findall(r"^```python\n# (.*?)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
}
BODY = {
    "id": "c",
    "trigger": "submit-message",
    "messages": [{"id": "u", "role": "user", "parts": [{"type": "text", "text": "hello"}]}],
}


async def events(vendor: str, stream: str = "text") -> AsyncIterator[Any]:
    for event in RECORDED[vendor]["streams"][stream]:
        yield event


@asynccontextmanager
async def managed(vendor: str) -> AsyncIterator[Any]:
    yield events(vendor)


def played(vendor: str) -> Any:
    """As an asynchronous client's method: a coroutine that gives the events."""

    async def create(**asked: Any) -> AsyncIterator[Any]:
        assert "hello" in str(asked)
        return events(vendor)

    return SimpleNamespace(create=create)


def modules() -> dict[str, Any]:
    openai = SimpleNamespace(
        chat=SimpleNamespace(completions=played("openai_chat")),
        responses=played("openai_responses"),
    )
    anthropic = SimpleNamespace(messages=played("anthropic"))

    def run(message_history: Any, deferred_tool_results: Any) -> Any:
        assert ("hello" in str(message_history), deferred_tool_results) == (True, None)
        return managed("pydantic_ai")

    agent = SimpleNamespace(
        astream_events=lambda given, version: events("langchain"),
        run_stream_events=run,
    )
    return {
        "langchain": SimpleNamespace(),
        "langchain.agents": SimpleNamespace(create_agent=lambda model, tools: agent),
        "litellm": SimpleNamespace(acompletion=played("litellm").create),
        "pydantic_ai": SimpleNamespace(
            Agent=lambda model, output_type: agent,
            DeferredToolRequests=None,
            DeferredToolResults=None,
            ToolDenied=None,
        ),
        "pydantic_ai.messages": SimpleNamespace(
            ModelMessagesTypeAdapter=SimpleNamespace(validate_python=list)
        ),
        "openai": SimpleNamespace(AsyncOpenAI=lambda: openai),
        "anthropic": SimpleNamespace(AsyncAnthropic=lambda: anthropic),
    }


LOOP, GRAPH = "tools_that_you_run", "graphs_that_wait"


@pytest.mark.parametrize("name", sorted(BLOCKS.keys() - {LOOP, GRAPH}))
def test_a_backend(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, fake in modules().items():
        monkeypatch.setitem(sys.modules, module, fake)
    found = answered(name)
    said = "".join(chunk.delta for chunk in found if chunk.type == "text-delta")
    assert (said, found[-1].type) == ("Hello, 🌍!", "finish")
    code = [line for line in BLOCKS[name].splitlines() if line and not line.startswith("#")]
    assert len([line for line in code if not line.startswith(("import ", "from "))]) < 15


def answered(name: str, *more: Any) -> list[Any]:
    names: dict[str, Any] = {"__name__": "documented"}
    exec(compile(BLOCKS[name], "docs/adapters.md", "exec", dont_inherit=True), names)
    body = {**BODY, "messages": [*BODY["messages"], *more]}
    return list(read_chunks([ask(names["app"], "POST", "/api/chat", json=body).content]))


def message_of(chunks: list[Any], *before: UIMessage) -> UIMessage:
    reducer = MessageReducer(*before)
    for chunk in chunks:
        reducer.apply(chunk)
    return reducer.message


def test_a_backend_with_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = iter(["thinking, two calls at once", "text"])
    asked: list[Any] = []

    async def create(**request: Any) -> AsyncIterator[Any]:
        asked.append(request["messages"])
        return events("anthropic", next(streams))

    client = SimpleNamespace(messages=SimpleNamespace(create=create))
    monkeypatch.setitem(sys.modules, "anthropic", SimpleNamespace(AsyncAnthropic=lambda: client))
    found = [
        (part.type, getattr(part, "output", getattr(part, "error_text", None)))
        for part in message_of(answered(LOOP)).parts
    ]
    assert found == [
        ("step-start", None),
        ("reasoning", None),
        ("text", None),
        ("tool-weather", -4.0),
        ("dynamic-tool", "There is no such tool."),
        ("step-start", None),
        ("text", None),
    ]
    assert [one["role"] for one in asked[1]] == ["user", "assistant", "user"]
    assert asked[1][2]["content"][0]["content"] == "-4.0"


def test_a_backend_of_a_graph_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def sent(value: Any, config: Any, version: str) -> AsyncIterator[Any]:
        assert (config, version) == ({"configurable": {"thread_id": "c"}}, "v2")
        given.append(value)
        return events("langchain", "approvals" if len(given) == 1 else "approvals, answered")

    fakes = {
        "langchain": {},
        "langchain.agents": {"create_agent": lambda *_, **__: SimpleNamespace(astream_events=sent)},
        "langchain.agents.middleware": {"HumanInTheLoopMiddleware": SimpleNamespace},
        "langgraph": {},
        "langgraph.checkpoint": {},
        "langgraph.checkpoint.memory": {"InMemorySaver": SimpleNamespace},
        "langgraph.types": {"Command": lambda resume: ("resumed", resume)},
    }
    for module, fake in fakes.items():
        monkeypatch.setitem(sys.modules, module, SimpleNamespace(**fake))
    asked = message_of(answered(GRAPH))
    posted = asked.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for part in posted["parts"]:
        if "approval" in part:
            part["state"], part["approval"]["approved"] = "approval-responded", True
    posted["id"] = "m"
    shown = message_of(answered(GRAPH, posted), UIMessage.model_validate(posted))
    assert given[0] == {"messages": [{"role": "user", "content": "hello"}]}
    assert given[1] == ("resumed", {"run-4": {"decisions": [{"type": "approve"}] * 2}})
    assert [getattr(part, "state", "") for part in shown.parts][2:4] == [
        "output-available",
        "output-error",
    ]


def test_every_vendor_has_a_backend() -> None:
    assert len(BLOCKS) == len(ADAPTERS) + 2


@pytest.mark.parametrize("vendor", ADAPTERS)
def test_what_is_left_out_is_listed(vendor: str) -> None:
    listed: set[tuple[str, str]] = set()
    for line in TEXT.partition("## What is left out")[2].splitlines():
        if line.startswith("| `"):
            kinds, why = line.strip("| ").split(" | ")
            listed |= {(kind, why) for kind in re.findall(r"`([^`]+)`", kinds)}
    assert {*ADAPTERS[vendor].ignored.items()} <= listed


@pytest.mark.parametrize("vendor", ADAPTERS)
def test_the_version_is_the_recorded_one(vendor: str) -> None:
    found = RECORDED[vendor]
    assert f"{found['package']} {found['version']}" in TEXT
