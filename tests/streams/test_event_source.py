"""Bytes to events, by the rules of the WHATWG, however they are cut."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samewire.streams.event_source import Event, EventParser
from samewire.ui_stream import DONE, DataChunk, TextDeltaChunk, comment


def parsed(data: bytes, cuts: list[int] | None = None) -> list[Event]:
    parser = EventParser()
    edges = [0, *sorted(cuts or []), len(data)]
    return [event for a, b in pairwise(edges) for event in parser.feed(data[a:b])]


# The examples of the specification and what it says in words.
CASES: list[tuple[bytes, list[Event]]] = [
    (b"data: YHOO\ndata: +2\ndata: 10\n\n", [Event("YHOO\n+2\n10")]),
    (
        b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
        [Event("first event", id="1"), Event("second event")],
    ),
    (b"data\n\ndata\ndata\n\ndata:", [Event(""), Event("\n")]),
    (b"data:test\n\ndata: test\n\n", [Event("test"), Event("test")]),
    (b"event: add\ndata: 1\n\nevent: lost\n\ndata: 2\n\n", [Event("1", "add"), Event("2")]),
    (b"data: a\r\n\r\ndata: b\r\rdata: c\n\n", [Event("a"), Event("b"), Event("c")]),
    (b"data: a\r\n\n", [Event("a")]),
    (b"data: a\n\r\n", [Event("a")]),
    (b"data: a\r\rdata: b\r\r", [Event("a"), Event("b")]),
    (b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", [Event("a")]),
    (
        b"id: 1\x00\ndata: a\n\nid: 2\ndata: b\n\ndata: c\n\n",
        [Event("a"), Event("b", id="2"), Event("c", id="2")],
    ),
    (b"DATA: a\ndatax: b\n data: c\n\n", []),
    (b"data: a\n: between\ndata: b\n\n", [Event("a\nb")]),
    (b"data: \xff\xc3(\n\n", [Event("\ufffd\ufffd(")]),
    (b"data: a\x0bb\x0cc\xc2\x85d\xe2\x80\xa8e\x1c\n\n", [Event("a\x0bb\x0cc\x85d\u2028e\x1c")]),
    ("data: 😀\n\n".encode(), [Event("😀")]),
    (b"data: a:b: c\n\n", [Event("a:b: c")]),
    (b"\n\n\n", []),
    (b"", []),
]


@pytest.mark.parametrize(("data", "expected"), CASES)
def test_the_rules(data: bytes, expected: list[Event]) -> None:
    assert parsed(data) == expected


@pytest.mark.parametrize(("data", "expected"), CASES)
def test_cut_anywhere(data: bytes, expected: list[Event]) -> None:
    for cut in range(len(data) + 1):
        assert parsed(data, [cut]) == expected, cut
    assert parsed(data, list(range(len(data)))) == expected


def test_an_event_is_there_as_soon_as_it_is_complete() -> None:
    parser = EventParser()
    assert parser.feed(b"data: a\r\r") == [Event("a")]
    assert parser.feed(b"\ndata: b\r\n\r") == [Event("b")]
    assert parser.feed(b"\n") == []
    assert not parser.unfinished


@pytest.mark.parametrize("data", [b"data: a\n", b"data", b"\xf0\x9f", b"data: a\n\nd"])
def test_what_is_left_is_known(data: bytes) -> None:
    parser = EventParser()
    parser.feed(data)
    assert parser.unfinished


def test_retry() -> None:
    parser = EventParser()
    parser.feed(b"retry: 10s\nretry: \xd9\xa1\n\n")
    assert parser.retry is None
    parser.feed(b"retry: 1500\n")
    assert parser.retry == 1500


LINE = st.sampled_from([b"\n", b"\r\n", b"\r"])
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))


@given(st.lists(st.tuples(st.lists(TEXT, min_size=1), LINE)), st.booleans(), st.data())
def test_any_events_in_any_cut(events: list[tuple[list[str], bytes]], bom: bool, data) -> None:
    sent = b"\xef\xbb\xbf" if bom else b""
    for lines, end in events:
        sent += b"".join(b"data: %b%b" % (line.encode(), end) for line in lines) + end
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=20))
    # A CR that ends one event and an LF that ends the next's line would be one line end: never here, each ends with a blank line.
    assert parsed(sent, cuts) == [Event("\n".join(lines)) for lines, _ in events]


@given(st.lists(st.one_of(st.text(), st.lists(st.floats() | st.text())), max_size=6), st.data())
def test_frames_come_back(values: list[object], data) -> None:
    frames: list[bytes] = []
    expected: list[object] = []
    for value in values:
        if isinstance(value, str):
            chunk = TextDeltaChunk(id="1", delta=value)
            frames += [chunk.to_sse(), comment(value)]
        else:
            chunk = DataChunk(type="data-x", data=value)
            frames.append(chunk.to_sse())
        expected.append(json.loads(chunk.to_json()))
    sent = b"".join([*frames, DONE])
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=20))
    *found, last = [event.data for event in parsed(sent, cuts)]
    assert [json.loads(one) for one in found] == expected
    assert last == "[DONE]"
