"""
Starts the workers, collects their results, and ends them: user code may exit, hang, fork or crash without taking the command
with it.

A worker that is gone is followed by another one, which goes on after the model that ended it. A worker whose model takes longer
than its time limit interrupts itself; where it cannot, it is killed. With models in both directions there are two workers, one a
direction.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from samewire import ir
from samewire.artifacts import Plan
from samewire.config import Config
from samewire.errors import Diagnostic, VerifyError
from samewire.verify.findings import Result, Tally
from samewire.verify.session import Step, VerifyOptions
from samewire.verify.worker import Crash, Message, Refusal, Request, command

Progress = Callable[[int, int, str], None]

LOOK = 0.1  # seconds between two looks at processes
GRACE = 5.0  # seconds after its time limit that a worker gets to interrupt itself


@dataclass(slots=True)
class _Share:
    """The part of one direction, or all, and the worker that is at it. ``step`` is where that is, since ``since``."""

    direction: ir.Direction | None
    folder: Path
    process: subprocess.Popen[bytes]
    reader: threading.Thread
    step: Step = field(default_factory=lambda: Step("starting"))
    since: float = field(default_factory=time.monotonic)
    count: int = 0
    plan: Plan | None = None


class Supervisor:
    """One verification. ``progress`` is called with how many models are done, how many there are, and what is being done."""

    def __init__(
        self, config: Config, options: VerifyOptions, node: Path, progress: Progress | None
    ) -> None:
        self._config = config
        self._options = options
        self._node = node
        self._progress = progress
        self._messages: queue.Queue[tuple[subprocess.Popen[bytes], Message | None]] = queue.Queue()
        self._results: list[Result] = []
        self._shares: list[_Share] = []

    def run(self) -> tuple[list[Result], Plan]:
        """
        All results, and the plan without its files.

        Raises:
            SamewireError: what a worker ended with.
            VerifyError: the process ended while models were imported or a factory was called.
            RuntimeError: Samewire itself failed in a worker.

        """
        with tempfile.TemporaryDirectory(prefix="samewire-verify-") as root:
            try:
                for direction in self._directions():
                    folder = Path(root).resolve() / (direction or "both")
                    self._shares.append(self._start(direction, folder))
                self._loop()
            finally:
                for share in self._shares:
                    _kill(share.process)
                    shutil.rmtree(share.folder, ignore_errors=True)
        plans = [share.plan for share in self._shares if share.plan is not None]
        return self._results, plans[0]

    def _directions(self) -> list[ir.Direction | None]:
        contracts = self._config.contracts
        if all(
            any(getattr(each, direction) for each in contracts)
            for direction in ("emits", "accepts")
        ):
            return ["emits", "accepts"]
        return [None]

    # --- Workers ------------------------------------------------------------------------------------------------------

    def _start(self, direction: ir.Direction | None, folder: Path) -> _Share:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        request = Request(self._config, self._options, self._node, direction, tuple(self._results))
        process = subprocess.Popen(  # noqa: S603  # this interpreter
            command(sys.path, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0 if os.name == "posix" else None,
        )
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        share = _Share(direction, folder, process, reader)
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(pickle.dumps(request))
                process.stdin.flush()
        reader.start()
        return share

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Passes on what a worker says, and ``None`` when it says no more."""
        if process.stdout is not None:
            with contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
                while True:
                    self._messages.put((process, pickle.load(process.stdout)))  # noqa: S301  # from a process of ours
        self._messages.put((process, None))

    def _loop(self) -> None:
        while any(share.plan is None for share in self._shares):
            with contextlib.suppress(queue.Empty):
                process, message = self._messages.get(timeout=LOOK)
                share = next((each for each in self._shares if each.process is process), None)
                if share is not None and share.plan is None:
                    self._receive(share, message)
            for share in self._shares:
                if share.plan is None and self._is_late(share):
                    limit = self._options.time_limit or 0
                    self._replace(
                        share, f"did not end within {limit:g} s, and could not be interrupted"
                    )
            self._show()

    def _receive(self, share: _Share, message: Message | None) -> None:
        match message:
            case Step():
                share.step, share.since = message, time.monotonic()
                share.count = message.count or share.count
            case Result():
                self._results.append(message)
            case Plan():
                share.plan = message
            case Refusal(kind, diagnostics):
                raise kind(*diagnostics)
            case Crash(traceback):
                crash = RuntimeError("a worker of verify failed")
                crash.add_note(traceback)
                raise crash
            case None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    share.process.wait(timeout=GRACE)
                self._replace(share, f"ended the process ({_ending(share.process.poll())})")

    def _is_late(self, share: _Share) -> bool:
        limit = self._options.time_limit
        timed = share.step.index is not None or share.step.what in self._options.sources.factories
        return limit is not None and timed and time.monotonic() - share.since > limit + GRACE

    def _replace(self, share: _Share, what: str) -> None:
        """Ends a worker; another one goes on after the model that this one was at."""
        _kill(share.process)
        step = share.step
        if step.index is None:
            if step.what in self._options.sources.factories:
                raise VerifyError(Diagnostic("verify-factory", step.what, what))
            raise VerifyError(Diagnostic("verify-ended", step.what, f"code that ran {what}"))
        left_out = f"{step.what} ({step.direction}): not verified: its own code {what}"
        self._results.append(Result(step.index, tally=Tally(unjudged=[left_out])))
        index = self._shares.index(share)
        self._shares[index] = self._start(share.direction, share.folder)

    def _show(self) -> None:
        if self._progress is None:
            return
        share = max(
            (each for each in self._shares if each.plan is None),
            key=lambda each: time.monotonic() - each.since,
            default=None,
        )
        if share is not None:
            seconds = int(time.monotonic() - share.since)
            name = share.step.what + (f" ({seconds} s)" if seconds > 1 else "")
            self._progress(len(self._results), sum(each.count for each in self._shares), name)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a worker and whatever it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
