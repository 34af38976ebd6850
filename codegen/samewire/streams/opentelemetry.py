"""
Spans and metrics of streams, for OpenTelemetry: ``pip install samewire[opentelemetry]``, which is its API alone.

The application chooses and configures an SDK. Without one nothing is recorded.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from opentelemetry import context, trace
from opentelemetry.metrics import MeterProvider, get_meter
from opentelemetry.trace import Status, StatusCode, TracerProvider

from samewire.streams.observing import StreamFacts, add_observer
from samewire.streams.protocol import Ended
from samewire.streams.violations import Violation

__all__ = ["instrument"]

SCOPE: Final = "samewire"


def instrument(
    *, tracer_provider: TracerProvider | None = None, meter_provider: MeterProvider | None = None
) -> Callable[[], None]:
    """
    Records the streams of this process that start from now on. Call it once; it returns a function that stops it.

    The providers are the global ones unless given. ``docs/events.md`` lists what is recorded.
    """
    return add_observer(_Telemetry(tracer_provider, meter_provider))


class _Telemetry:
    def __init__(self, tracers: TracerProvider | None, meters: MeterProvider | None) -> None:
        self.tracer = trace.get_tracer(SCOPE, tracer_provider=tracers)
        meter = get_meter(SCOPE, meter_provider=meters)
        self.active = meter.create_up_down_counter(
            "samewire.stream.active", "{stream}", "Streams whose source runs."
        )
        self.ends = meter.create_counter(
            "samewire.stream.ends", "{stream}", "Streams that are over, by outcome."
        )
        self.duration = meter.create_histogram(
            "samewire.stream.duration", "s", "From the begin of a source to its end."
        )
        self.frames = meter.create_counter(
            "samewire.stream.frames", "{frame}", "Events that were sent, by type."
        )
        self.bytes = meter.create_counter("samewire.stream.bytes", "By", "Of these events.")
        self.repairs = meter.create_counter(
            "samewire.stream.repairs", "{repair}", "Events out of order, by the rule."
        )
        self.refusals = meter.create_counter(
            "samewire.stream.refused", "{stream}", "Streams that a limit kept from beginning."
        )

    def begun(self, facts: StreamFacts) -> _Stream:
        return _Stream(self, facts)

    def refused(self, limit: str) -> None:
        self.refusals.add(1, {"samewire.limit": limit})


class _Stream:
    """One stream: its span, in which its source runs, and what is counted of it."""

    def __init__(self, telemetry: _Telemetry, facts: StreamFacts) -> None:
        self._telemetry = telemetry
        kind = "response" if facts.turn is None else "turn"
        self._facts = {"samewire.protocol": facts.protocol, "samewire.stream.kind": kind}
        self._span = telemetry.tracer.start_span(f"{facts.protocol} {kind}", attributes=self._facts)
        for name, value in (("topic", facts.topic), ("turn", facts.turn)):
            if value is not None:
                self._span.set_attribute(f"samewire.{name}", value)
        context.attach(trace.set_span_in_context(self._span))  # of the source's own context
        self._began = time.perf_counter()
        self._frames: Counter[str] = Counter()
        self._bytes = self._repairs = 0
        telemetry.active.add(1, self._facts)

    def sent(self, event: object, size: int) -> None:
        self._frames[_type_of(event)] += 1
        self._bytes += size

    def repaired(self, violation: Violation, action: str) -> None:
        self._repairs += 1
        rule: dict[str, str | int] = {"samewire.rule": violation.rule}
        self._telemetry.repairs.add(1, {**self._facts, **rule})
        about: dict[str, str | int] = {
            "samewire.event": _type_of(violation.event),
            "samewire.action": action,
            "samewire.index": violation.index,
            "samewire.message": violation.message,
        }
        self._span.add_event("samewire.repair", {**rule, **about})

    def ended(self, ended: Ended) -> None:
        telemetry, span = self._telemetry, self._span
        for name, count in self._frames.items():
            telemetry.frames.add(count, {**self._facts, "samewire.event": name})
        telemetry.bytes.add(self._bytes, self._facts)
        telemetry.active.add(-1, self._facts)
        outcome: dict[str, str] = {"samewire.outcome": ended.outcome}
        if ended.error is not None:
            outcome["error.type"] = type(ended.error).__qualname__
            span.record_exception(ended.error)
        telemetry.ends.add(1, {**self._facts, **outcome})
        telemetry.duration.record(time.perf_counter() - self._began, {**self._facts, **outcome})
        span.set_attributes(
            {
                **outcome,
                "samewire.frames": self._frames.total(),
                "samewire.bytes": self._bytes,
                "samewire.repairs": self._repairs,
            }
        )
        if ended.outcome == "error":
            span.set_status(Status(StatusCode.ERROR))
        span.end()


def _type_of(event: object) -> str:
    """The event's ``type``, else its class; the end of a stream is no event."""
    if event is None:
        return "end"
    name = getattr(event, "type", None)
    return name if isinstance(name, str) else type(event).__name__
