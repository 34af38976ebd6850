"""Events of a model, and of an agent of LangGraph's, that run."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain_core.callbacks.manager import adispatch_custom_event
from langchain_core.documents import Document
from langchain_core.language_models import FakeListLLM, GenericFakeChatModel
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.outputs import ChatGenerationChunk, GenerationChunk
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from langchain_core.tools import tool
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.errors import GraphInterrupt
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from langgraph.types import Command, Interrupt, interrupt

from scripts.vendors.recording import Recording

_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32}\b")
KEPT = ("event", "name", "run_id", "parent_ids", "data")


class Scripted(GenericFakeChatModel):
    """Streams the pieces of each message as they are."""

    replies: list[list[AIMessageChunk]]
    at: int = 0
    messages: Iterator[Any] = iter(())

    def _stream(self, *args: Any, **options: Any) -> Iterator[ChatGenerationChunk]:
        self.at += 1
        for piece in self.replies[self.at - 1]:
            yield ChatGenerationChunk(message=piece)

    def bind_tools(self, *args: Any, **options: Any) -> Any:
        return self


class Replies(FakeMessagesListChatModel):
    def bind_tools(self, *args: Any, **options: Any) -> Any:
        return self


class Plain(FakeListLLM):
    def _stream(self, *args: Any, **options: Any) -> Iterator[GenerationChunk]:
        yield GenerationChunk(text="Hel")
        yield GenerationChunk(text="lo")


@tool
def weather(city: str) -> dict[str, Any]:
    """The weather."""
    time.sleep(0.1 * (city == "Rome"))  # the tools run at the same time
    return {"city": city, "celsius": -4}


@tool
def broken(city: str) -> str:
    """Fails."""
    raise ValueError(f"no {city}")


@tool
def question(about: str) -> str:
    """Asks the user."""
    answer: str = interrupt({"about": about})
    return answer


def events() -> Recording:
    found = asyncio.run(_streams())
    known = {
        "event": [
            f"on_{kind}_{state}"
            for kind, states in {
                "chat_model": ("start", "stream", "end"),
                "llm": ("start", "stream", "end"),
                "chain": ("start", "stream", "end"),
                "tool": ("start", "end", "error"),
                "retriever": ("start", "end"),
                "prompt": ("start", "end"),
                "parser": ("start", "stream", "end"),
                "custom": ("event",),
            }.items()
            for state in states
        ]
    }
    return Recording("langchain-core", known, {name: _stable(sent) for name, sent in found.items()})


def _stable(sent: list[Any]) -> list[Any]:
    """Without what is random, and without the state of chains, which has everything again."""
    runs: dict[str, str] = {}

    def stable(value: Any) -> Any:
        if isinstance(value, BaseMessage | GenerationChunk | Document):
            return stable(value.model_dump(exclude_unset=True))
        if isinstance(value, Interrupt):
            return stable({"id": value.id, "value": value.value})
        if isinstance(value, GraphInterrupt):
            return {"args": stable(value.args)}
        if isinstance(value, dict):
            return {key: stable(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [stable(one) for one in value]
        if isinstance(value, str):
            return _RANDOM.sub(
                lambda found: runs.setdefault(found.group(), f"run-{len(runs)}"), value
            )
        return value if value is None or isinstance(value, bool | int | float) else str(value)

    plain = []
    for event in sent:
        kept = {key: event[key] for key in KEPT if key in event}
        if kept["event"].startswith(("on_chain", "on_chat_model_start", "on_llm_start")):
            kept["data"] = _news(kept["data"].get("chunk"))
        kept["data"].pop("input", None)
        plain.append(stable(kept))
    return plain


def _news(chunk: Any) -> dict[str, Any]:
    """Of what a chain gives, interrupts, and outputs of calls that no tool has run."""
    if not isinstance(chunk, dict):
        return {}
    if "__interrupt__" in chunk:
        return {"chunk": {"__interrupt__": chunk["__interrupt__"]}}
    messages = [one for one in chunk.get("messages", ()) if isinstance(one, ToolMessage)]
    return {"chunk": {"messages": messages}} if messages else {}


def _piece(content: Any = "", **more: Any) -> AIMessageChunk:
    return AIMessageChunk(content=content, id="m", **more)


def _call(index: int | None, args: str, name: str | None = None, key: str | None = None) -> Any:
    return _piece(tool_call_chunks=[{"name": name, "args": args, "id": key, "index": index}])


def _over(reason: str) -> AIMessageChunk:
    usage = {"input_tokens": 20, "output_tokens": 7, "total_tokens": 27}
    details = {"input_token_details": {"cache_read": 16}, "output_token_details": {"reasoning": 3}}
    return _piece(
        response_metadata={"finish_reason": reason},
        usage_metadata={**usage, **details},
        chunk_position="last",
    )


HELLO = [_piece("Hello"), _piece(", 🌍!"), _over("stop")]


def _agent(*replies: list[AIMessageChunk], model: Any = None) -> Any:
    """As the documentation of LangGraph builds one: a model, and the tools that it calls."""
    said = model or Scripted(replies=[*replies])

    async def ask(state: MessagesState) -> Any:
        return {"messages": [await said.ainvoke(state["messages"])]}

    graph = StateGraph(MessagesState)
    graph.add_node("agent", ask)
    graph.add_node("tools", ToolNode([weather, broken], handle_tool_errors=True))
    graph.add_edge(START, "agent")
    graph.add_conditional_edges("agent", tools_condition)
    graph.add_edge("tools", "agent")
    return graph.compile()


async def _sent(runnable: Any, given: Any = "hello", config: Any = None) -> list[Any]:
    return [event async for event in runnable.astream_events(given, config, version="v2")]


async def _interrupted(*names: str, answer: Any) -> list[list[Any]]:
    """An agent that waits for the user, and what it does after the answer."""
    calls: Any = [
        {"name": name, "args": {"about" if name == "question" else "city": "Oslo"}, "id": f"call_{at}"}
        for at, name in enumerate(names)
    ]  # fmt: skip
    said = [AIMessage("Let me look.", tool_calls=calls), AIMessage("Done.")]
    agent = create_agent(
        Replies(responses=said),
        [weather, question],
        middleware=[HumanInTheLoopMiddleware(interrupt_on={"weather": True})],
        checkpointer=InMemorySaver(),
    )
    config = {"configurable": {"thread_id": "1"}}
    asked = await _sent(agent, ASKED, config)
    return [asked, await _sent(agent, Command(resume=answer), config)]


ASKED = {"messages": [("user", "hello")]}


class Found(BaseRetriever):
    def _get_relevant_documents(self, query: str, **_: Any) -> list[Document]:
        return [Document(page_content=query)]


async def _streams() -> dict[str, list[Any]]:
    async def told(_: Any) -> str:
        await adispatch_custom_event("progress", {"done": 1})
        return "ok"

    two = [
        _piece("Let me look."),
        _call(0, '{"city": ', "weather", "call_a"),
        _call(1, '{"city": "Rome"}', "weather", "call_b"),
        _call(0, '"Oslo"}'),
        _over("tool_calls"),
    ]
    failing = [_call(0, '{"city": "Oslo"}', "broken", "call_a"), _over("tool_calls")]
    blocks = [
        _piece([{"type": "thinking", "thinking": "Hm", "index": 0}]),
        _piece([{"type": "thinking", "thinking": "", "signature": "EqQB", "index": 0}]),
        _piece([{"type": "text", "text": "Oslo is cold.", "index": 1}]),
        _piece([{"type": "text", "annotations": [{"type": "citation", "url": "https://example.com/oslo", "title": "Oslo"}], "index": 1}]),
        _piece([{"type": "reasoning", "summary": [{"type": "summary_text", "text": "So"}], "index": 2}]),
        _piece([{"type": "image", "base64": "AAAA", "mime_type": "image/webp", "index": 3}]),
        _piece([{"type": "redacted_thinking", "data": "EvAB", "index": 4}]),
        _over("end_turn"),
    ]  # fmt: skip
    called = AIMessage(
        "Let me look.", tool_calls=[{"name": "weather", "args": {"city": "Oslo"}, "id": "call_a"}]
    )
    decisions = [{"type": "approve"}, {"type": "reject", "message": "Not there."}]
    approval, approved = await _interrupted("weather", "weather", answer={"decisions": decisions})
    asked, answered = await _interrupted("question", answer="Why?")
    chain = ChatPromptTemplate.from_template("{x}") | Scripted(replies=[HELLO]) | StrOutputParser()
    return {
        "text": await _sent(_agent(HELLO), ASKED),
        "a model alone": await _sent(Scripted(replies=[HELLO])),
        "two calls at once": await _sent(_agent(two, HELLO), ASKED),
        "a call that fails": await _sent(_agent(failing, HELLO), ASKED),
        "blocks of content": await _sent(Scripted(replies=[blocks])),
        "messages that are not streamed": await _sent(
            _agent(model=FakeMessagesListChatModel(responses=[called, AIMessage("Done.")])), ASKED
        ),
        "reasoning beside the content": await _sent(
            Scripted(replies=[[_piece(additional_kwargs={"reasoning_content": "Hm"}), *HELLO]])
        ),
        "a chain": await _sent(chain, {"x": "hello"}),
        "a model of plain text": await _sent(Plain(responses=["Hello"])),
        "plain text that is not streamed": await _sent(FakeListLLM(responses=["Hello"])),
        "approvals": approval,
        "approvals, answered": approved,
        "a tool that asks": asked,
        "a tool that asks, answered": answered,
        "what is left out": await _sent(RunnableLambda(told) | Found()),
    }
