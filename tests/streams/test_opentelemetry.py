"""What OpenTelemetry's own SDK is given of streams: a span and metrics of each, right at any end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from samewire.streams import observing
from samewire.streams.limits import StreamLimits
from samewire.streams.starlette import EventResponse
from samewire.streams.turns import Turns, anyone
from samewire.ui_stream import FinishChunk, StartChunk, TextDeltaChunk
from samewire.ui_stream.starlette import UIStreamResponse
from samewire.ui_stream.turns import Turns as ChatTurns

from tests.streams.test_event_stream import HEAD, RUN, WHOLE, Failed, Output, source
from tests.streams.test_limits import answer
from tests.ui_stream.serving import settled, until

pytest.importorskip("opentelemetry.sdk", reason="the SDK is not installed: make setup")

from opentelemetry import trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from samewire.streams.opentelemetry import instrument

OF_A_RESPONSE = {"samewire.protocol": "events", "samewire.stream.kind": "response"}


class Recorded:
    """The SDK with exporters in memory."""

    def __init__(self) -> None:
        self._spans, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        self.tracers, self.meters = TracerProvider(), MeterProvider([self._reader])
        self.tracers.add_span_processor(SimpleSpanProcessor(self._spans))
        self.end = instrument(tracer_provider=self.tracers, meter_provider=self.meters)

    def spans(self) -> list[ReadableSpan]:
        return list(self._spans.get_finished_spans())

    def points(self, name: str) -> list[tuple[dict[str, Any], Any]]:
        """The attributes of a metric, with the sum or, of a histogram, the count."""
        data = self._reader.get_metrics_data()
        scopes = (
            [scope for one in data.resource_metrics for scope in one.scope_metrics] if data else []
        )
        found = [
            one
            for scope in scopes
            for one in scope.metrics
            if one.name == f"samewire.stream.{name}"
        ]
        return [
            (
                dict(point.attributes or {}),
                getattr(point, "value", None) or getattr(point, "count", 0),
            )
            for one in found
            for point in one.data.data_points
        ]


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    made = Recorded()
    yield made
    made.end()
    made.meters.shutdown()


def sent(*responses: Any) -> list[bytes]:
    async def all_of_them() -> list[bytes]:
        bodies = [(await answer(one, asyncio.Event()))[2] for one in responses]
        await settled()
        return bodies

    return asyncio.run(all_of_them())


def test_a_stream_is_a_span_and_is_counted(recorded: Recorded) -> None:
    (body,) = sent(EventResponse(RUN, source(WHOLE)))
    (span,) = recorded.spans()
    assert (span.name, span.status.status_code.name) == ("events response", "UNSET")
    assert dict(span.attributes or {}) == OF_A_RESPONSE | {
        "samewire.outcome": "finish",
        "samewire.frames": 5,
        "samewire.bytes": len(body),
        "samewire.repairs": 0,
    }
    counted = {
        attributes["samewire.event"]: count for attributes, count in recorded.points("frames")
    }
    assert counted == {"began": 1, "node-began": 1, "output": 1, "node-ended": 1, "done": 1}
    ended = OF_A_RESPONSE | {"samewire.outcome": "finish"}
    assert recorded.points("ends") == [(ended, 1)]
    assert recorded.points("duration") == [(ended, 1)]
    assert recorded.points("bytes") == [(OF_A_RESPONSE, len(body))]
    assert recorded.points("active") == [(OF_A_RESPONSE, 0)]
    assert recorded.points("repairs") == recorded.points("refused") == []


def test_what_the_guard_repaired_is_counted_by_rule(recorded: Recorded) -> None:
    events = [*HEAD[1:], Output(node="b", value=1)]
    sent(EventResponse(RUN, source(events)))
    rules = {attributes["samewire.rule"]: count for attributes, count in recorded.points("repairs")}
    assert rules == {"not-first": 1, "not-open": 1, "no-end": 1}
    (span,) = recorded.spans()
    assert span.attributes is not None
    assert span.attributes["samewire.repairs"] == 3
    first = dict(span.events[0].attributes or {})
    assert first["samewire.event"] == "node-began"
    assert first["samewire.action"] == "let it through"
    assert span.status.status_code.name == "ERROR", "it ended early"


def test_ends_by_outcome(recorded: Recorded) -> None:
    async def tried() -> None:
        gone = asyncio.Event()
        async with Turns(RUN, authorize=anyone) as turns:
            await answer(EventResponse(RUN, source(HEAD, ValueError("boom"))), asyncio.Event())
            await answer(EventResponse(RUN, source([*HEAD, Failed(error="own")])), asyncio.Event())

            async def endless() -> AsyncIterator[Any]:
                yield HEAD[0]
                gone.set()
                await asyncio.Event().wait()

            await answer(EventResponse(RUN, endless()), gone)
            gone.clear()
            await turns.start("job", endless(), by=None)
            await gone.wait()
            await turns.stop("job", by=None)
        await settled()

    asyncio.run(tried())
    ends = {
        (one["samewire.stream.kind"], one["samewire.outcome"], one.get("error.type")): count
        for one, count in recorded.points("ends")
    }
    assert ends == {
        ("response", "error", "ValueError"): 1,
        ("response", "error", None): 1,
        ("response", "disconnect", None): 1,
        ("turn", "abort", None): 1,
    }
    failed, own, left, stopped = recorded.spans()
    assert [span.status.status_code.name for span in (failed, own)] == ["ERROR", "ERROR"]
    assert [span.status.status_code.name for span in (left, stopped)] == ["UNSET", "UNSET"]
    assert failed.events[-1].name == "exception"
    assert stopped.attributes is not None
    assert stopped.attributes["samewire.topic"] == "job"
    assert stopped.attributes["samewire.turn"]
    assert all(value == 0 for _, value in recorded.points("active"))


def test_a_source_runs_in_the_span_of_its_stream(recorded: Recorded) -> None:
    tracer = recorded.tracers.get_tracer("test")

    async def works() -> AsyncIterator[Any]:
        for event in WHOLE:
            with tracer.start_as_current_span("step"):
                yield event

    def threaded() -> Iterator[Any]:
        for event in WHOLE:
            with tracer.start_as_current_span("step"):
                pass
            yield event

    async def tried() -> None:
        with tracer.start_as_current_span("request"):
            await answer(EventResponse(RUN, works()), asyncio.Event())
            await answer(EventResponse(RUN, threaded()), asyncio.Event())
            assert trace.get_current_span().get_span_context().is_valid
        assert not trace.get_current_span().get_span_context().is_valid

    asyncio.run(tried())
    spans = recorded.spans()
    by_id = {span.context.span_id: span for span in spans if span.context}
    for span in spans:
        parent = by_id[span.parent.span_id].name if span.parent else None
        wanted = {"step": "events response", "events response": "request", "request": None}
        assert parent == wanted[span.name]
    assert [span.name for span in spans].count("step") == 2 * len(WHOLE)


def test_chats_and_limits(recorded: Recorded) -> None:
    async def tried() -> None:
        limits = StreamLimits(streams=1)
        async with ChatTurns(authorize=anyone, limits=limits) as chats:
            turn = await chats.start(
                "chat",
                source([StartChunk(), TextDeltaChunk(id="1", delta="x"), FinishChunk()]),
                by=None,
            )
            refused = await answer(UIStreamResponse(source([]), limits=limits), asyncio.Event())
            assert refused[0] == 503
            await answer(UIStreamResponse(turn), asyncio.Event())
            await until(lambda: limits.running == 0)

    asyncio.run(tried())
    (span,) = recorded.spans()
    assert span.name == "ui-message-stream turn"
    assert recorded.points("refused") == [({"samewire.limit": "streams"}, 1)]
    rules = {attributes["samewire.rule"] for attributes, _ in recorded.points("repairs")}
    assert "not-open" in rules


def test_nothing_is_recorded_when_that_is_over(recorded: Recorded) -> None:
    recorded.end()
    sent(EventResponse(RUN, source(WHOLE)))
    assert recorded.spans() == []
    recorded.end = lambda: None


def test_an_observer_that_fails_breaks_no_stream(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def fail(self, *_: object) -> None:
            raise ValueError

        sent = repaired = ended = fail

    class Half:
        def begun(self, _: object) -> Any:
            return Broken()

        def refused(self, _: object) -> None:
            raise ValueError

    ends = [observing.add_observer(one) for one in (Half(), Half())]
    try:
        (body,) = sent(EventResponse(RUN, source(WHOLE)))
        limits = StreamLimits(streams=0)
        assert sent(EventResponse(RUN, source(WHOLE), limits=limits)) == [
            b"The server is busy. Try again in a moment."
        ]
    finally:
        for end in ends:
            end()
    assert body == b"".join(map(RUN.frame, WHOLE))
    assert "an observer of streams failed" in caplog.text
