"""The soak test, for some seconds; ``make soak`` runs it for minutes."""

from __future__ import annotations

import asyncio
import logging

import pytest

from benchmarks.soak import Round, soak


@pytest.fixture(scope="module")
def rounds() -> list[Round]:
    async def run() -> list[Round]:
        return [one async for one in soak(rounds=8, streams=150)]

    logging.disable(
        logging.CRITICAL
    )  # sources that fail are logged, and what is logged is kept by pytest
    try:
        return asyncio.run(run())
    finally:
        logging.disable(logging.NOTSET)


def test_no_stream_lacks_its_end(rounds: list[Round]) -> None:
    assert [one.problems for one in rounds] == [[]] * len(rounds)
    assert [one.streams for one in rounds] == [150] * len(rounds)
    outcomes = {end for one in rounds for end in one.outcomes}
    assert outcomes == {"finish", "error", "abort", "disconnect"}
    assert all({"ended", "cut"} <= one.responses.keys() for one in rounds)


def test_no_task_is_left_behind(rounds: list[Round]) -> None:
    assert [one.tasks for one in rounds] == [0] * len(rounds)


def test_memory_is_flat(rounds: list[Round]) -> None:
    """
    The first round warms caches up. One object that is kept for each stream would show; the loop keeps up to a hundred timers that were
    cancelled, a few objects each.
    """
    _, first, *_, last = rounds
    assert last.blocks - first.blocks < sum(one.streams for one in rounds[2:]) / 2
    assert last.rss - first.rss < 10 * 2**20
