"""Streams drawn at random from a declaration: the events that are in order at each point, and now and then one that is not."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from samewire.streams import Continued
from samewire.streams.tracker import IGNORED, Tracker


def walk(
    rng: random.Random,
    propose: Callable[[random.Random], Any],
    classes: Sequence[type[Any]],
    *,
    length: int,
    wild: float = 0.0,
    continued: Continued | None = None,
) -> list[Any]:
    """
    At most ``length`` events. ``propose`` makes any event at all; one out of order is taken with the probability ``wild``.

    With ``wild`` 0 the stream is in order as far as it goes; it need not have come to its end.
    """
    tracker = Tracker(classes, continued)
    found: list[Any] = []
    while len(found) < length:
        for _ in range(200):
            event = propose(rng)
            broken = tracker.broken(event)
            if not broken or rng.random() < wild / 8:
                break
        else:
            return found
        if not any(one.rule in IGNORED for one in broken):
            tracker.apply(event)
        found.append(event)
        if tracker.over and rng.random() >= wild:
            return found
    return found
