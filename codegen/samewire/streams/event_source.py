"""Server-Sent Events read back from bytes, as browsers do (WHATWG HTML, "Server-sent events": parsing, interpretation)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

_LINE_END: Final = re.compile("\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``data`` has its data lines, joined by line feeds; ``id`` is the last id sent, if any."""

    data: str
    event: str = "message"
    id: str = ""


class EventParser:
    """
    Parses events from bytes in chunks of any size.

    Lines end with CR, LF or CRLF. A byte order mark at the start is skipped, and invalid UTF-8 becomes U+FFFD. Comments,
    unknown fields, events without a data line, and an incomplete event at the end are skipped.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = False
        self._after_cr = False
        self._line_so_far: list[str] = []
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self.retry: int | None = None
        """The reconnection time that the stream asked for, in milliseconds."""

    def feed(self, data: bytes) -> list[Event]:
        """Returns the events that ``data`` completes."""
        text = self._decoder.decode(data)
        if not text:
            return []
        if not self._begun:
            self._begun = True
            text = text.removeprefix("\ufeff")
        if self._after_cr:
            text = text.removeprefix("\n")
        self._after_cr = text.endswith("\r")
        *lines, rest = _LINE_END.split(text)
        events: list[Event] = []
        for line in lines:
            self._line_so_far.append(line)
            event = self._line("".join(self._line_so_far))
            self._line_so_far.clear()
            if event is not None:
                events.append(event)
        if rest:
            self._line_so_far.append(rest)
        return events

    @property
    def unfinished(self) -> bool:
        """Whether an event has started but not ended with a blank line."""
        return bool(self._data or self._line_so_far or self._decoder.getstate()[0])

    def _line(self, line: str) -> Event | None:
        if not line:
            data, event = self._data, self._event
            self._data, self._event = [], ""
            return Event("\n".join(data), event or "message", self._id) if data else None
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self.retry = int(value)
            case _:  # a comment, or a field of the future
                pass
        return None
