"""Limits of a worker: how many streams it runs at once, and how much and how long each may send."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from samewire.streams.observing import tell_refused

LimitName: TypeAlias = Literal["streams", "per_caller", "max_bytes", "max_seconds"]

TEXTS: Final[Mapping[LimitName, str]] = MappingProxyType(
    {
        "streams": "The server is busy. Try again in a moment.",
        "per_caller": "Too many replies are running for you. Wait until one is over.",
        "max_bytes": "The reply was too long.",
        "max_seconds": "The reply took too long.",
    }
)
"""What clients are shown of each limit."""


class LimitError(RuntimeError):
    """A stream reached the limit ``limit``; clients see ``text``."""

    def __init__(self, limit: LimitName, reason: str, text: str) -> None:
        super().__init__(reason)
        self.limit = limit
        self.text = text


class RefusedError(LimitError):
    """A stream could not start. The response has this ``status`` (503, or 429 for a caller's limit) and a ``Retry-After``."""

    def __init__(self, limit: LimitName, reason: str, text: str, retry_after: float) -> None:
        super().__init__(limit, reason, text)
        self.status = 429 if limit == "per_caller" else 503
        self.headers = {"retry-after": str(math.ceil(retry_after))}


class StreamLimits:
    """
    Limits for the streams of one worker. Share one object between everything that counts together.

    At most ``streams`` run at a time, and ``per_caller`` of those for one caller. ``caller`` returns a key for the HTTP
    request, or for the ``by`` of ``Turns.start``; a caller with the key ``None`` has no limit. Further streams are refused
    before they start, with ``retry_after`` seconds. A stream that has sent ``max_bytes`` of frames or run for ``max_seconds``
    ends with the protocol's error. ``texts`` replaces texts of :data:`TEXTS`.
    """

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        *,
        streams: int | None = None,
        per_caller: int | None = None,
        caller: Callable[[Any], Hashable] | None = None,
        max_bytes: int | None = None,
        max_seconds: float | None = None,
        retry_after: float = 5.0,
        texts: Mapping[LimitName, str] = MappingProxyType({}),
    ) -> None:
        if (per_caller is None) != (caller is None):
            raise TypeError("per_caller= and caller= go together: a number, and whose it is")
        self._most = streams
        self._per_caller = per_caller
        self._caller = caller
        self.max_bytes = max_bytes
        self.max_seconds = max_seconds
        self._retry_after = retry_after
        self._texts = {**TEXTS, **texts}
        self._running = 0
        self._by_caller: Counter[Hashable] = Counter()

    @property
    def running(self) -> int:
        """The number of streams that count now."""
        return self._running

    def begin(self, by: Any, *, in_place: Callable[[], bool] = lambda: False) -> Slot:
        """
        Counts a stream until its slot is released. ``in_place``: whether it is for one that ends, so that there is room for it.

        Raises:
            RefusedError: there are as many as there may be.

        """
        caller = None if self._caller is None else self._caller(by)
        limit = self._full(caller)
        if limit is not None and not in_place():
            reason = f"as many streams run as {limit} allows"
            tell_refused(limit)
            raise RefusedError(limit, reason, self._texts[limit], self._retry_after)
        self._running += 1
        if caller is not None:
            self._by_caller[caller] += 1
        return Slot(self, caller)

    def reached(self, limit: LimitName) -> LimitError:
        """What ends a stream that has reached this limit of its own."""
        return LimitError(limit, f"the stream reached {limit}", self._texts[limit])

    def _full(self, caller: Hashable) -> LimitName | None:
        """The limit of which no more streams may begin."""
        if self._most is not None and self._running >= self._most:
            return "streams"
        if self._per_caller is None or caller is None:
            return None
        return "per_caller" if self._by_caller[caller] >= self._per_caller else None

    def _end(self, caller: Hashable) -> None:
        self._running -= 1
        if caller is not None:
            self._by_caller[caller] -= 1
            if not self._by_caller[caller]:
                del self._by_caller[caller]


class Slot:
    """The place of one counted stream, with the limits of that stream."""

    def __init__(self, limits: StreamLimits, caller: Hashable) -> None:
        self.limits = limits
        self._caller = caller
        self._taken = True

    def release(self) -> None:
        """Frees the slot when the stream is over. Later calls do nothing."""
        if self._taken:
            self._taken = False
            self.limits._end(self._caller)  # noqa: SLF001  # its own other half


UNLIMITED: Final = StreamLimits()
