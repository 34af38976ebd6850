"""A process that answers lines with lines, in order, while further ones are on their way to it."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(slots=True, eq=False)
class Exchange:
    """A request, and the line that answers it; no line if the process did not end within ``seconds`` or ended on it."""

    request: bytes
    seconds: float
    done: bool = False
    answer: bytes = b""


class Answering:
    """
    The process, which is started when the first request is sent.

    One that does not answer in time is killed. Requests behind the one that it did not answer are sent to its successor.
    """

    def __init__(self, command: Sequence[str | Path], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._waiting: deque[Exchange] = deque()

    def send(self, request: bytes, seconds: float) -> Exchange:
        exchange = Exchange(request, seconds)
        self._waiting.append(exchange)
        self._write(exchange)
        return exchange

    def receive(self, exchange: Exchange) -> bytes:
        """The answer, empty if there is none. Answers to what was sent before are kept for those who ask for them."""
        while not exchange.done:
            first = self._waiting[0]
            try:
                first.answer = self._lines.get(timeout=first.seconds)
            except queue.Empty:
                first.answer = b""
            except BaseException:  # the time of a model is over, for instance
                self.stop()
                raise
            first.done = True
            self._waiting.popleft()
            if not first.answer:
                self._succeed()
        return exchange.answer

    def stop(self) -> None:
        """Ends the process; nothing that was sent is answered any more."""
        for each in self._waiting:
            each.done = True
        self._waiting.clear()
        self._end()

    def _succeed(self) -> None:
        self._end()
        for each in list(self._waiting):
            self._write(each)

    def _write(self, exchange: Exchange) -> None:
        try:
            pipe = self._input()
            # A process that is gone is noticed where its answer is read.
            with contextlib.suppress(BrokenPipeError):
                pipe.write(exchange.request)
                pipe.flush()
        except BaseException:
            self.stop()
            raise

    def _input(self) -> IO[bytes]:
        process = self._process or self._start()
        if process.stdin is None:
            raise RuntimeError("a process without pipes")
        return process.stdin

    def _start(self) -> subprocess.Popen[bytes]:
        process = self._process = subprocess.Popen(  # noqa: S603  # the command of our own
            self._command, cwd=self._folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._lines = queue.SimpleQueue()
        self._reader = threading.Thread(
            target=_read, args=(process.stdout, self._lines), daemon=True
        )
        self._reader.start()
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        # Where the command is a launcher, what it launched ends when its input does.
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # what was not yet written has no reader
                process.stdin.close()
        process.wait()
        if self._reader is not None:
            self._reader.join()
        if process.stdout is not None:
            process.stdout.close()


def _read(pipe: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    for line in pipe:
        lines.put(line)
    lines.put(b"")
