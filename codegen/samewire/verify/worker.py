"""
The process that runs the user's code: builds the plan, verifies its share of the models, and reports each step.

It reads a request from stdin and writes messages to what was its stdout; whatever models print goes to stderr. Stdin stays open:
when it ends, the command is gone, and the worker takes its files and its children with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeAlias

from samewire import ir
from samewire.artifacts import Plan
from samewire.config import Config
from samewire.discover import import_path
from samewire.errors import Diagnostic, SamewireError
from samewire.pipeline import build
from samewire.verify.findings import Result
from samewire.verify.session import Session, Step, VerifyOptions


@dataclass(frozen=True, slots=True)
class Request:
    """``share`` and ``done`` as in :class:`Session`."""

    config: Config
    options: VerifyOptions
    node: Path
    share: ir.Direction | None
    done: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The input is at fault: what the command ends with."""

    kind: type[SamewireError]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Crash:
    """Samewire is at fault."""

    traceback: str


Message: TypeAlias = Step | Result | Plan | Refusal | Crash
"""The plan is the last one; it comes without its files."""


def main() -> None:
    folder = Path(sys.argv[1])
    messages = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        request: Request = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the command that started this process
    except (EOFError, pickle.UnpicklingError):
        _end(folder)
    threading.Thread(target=_end_with_the_command, args=(folder,), daemon=True).start()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _let_go(messages))
    try:
        _send(messages, _ended(request, folder, messages))
        messages.close()
    except OSError:  # nobody reads it: the command is gone
        _end(folder)
    os._exit(0)  # threads of the user's may never end


def _ended(request: Request, folder: Path, messages: BinaryIO) -> Message:
    """The last message."""
    try:
        return _work(request, folder, messages)
    except SamewireError as error:
        return Refusal(type(error), error.diagnostics)
    except BrokenPipeError:
        raise
    except BaseException:  # noqa: BLE001  # whatever it is, the command says it
        return Crash(traceback.format_exc())


def _work(request: Request, folder: Path, messages: BinaryIO) -> Plan:
    process = os.getpid()

    def begin(step: Step) -> None:
        if os.getpid() != process:
            os._exit(0)  # the user's code forked, and this is the copy
        _send(messages, step)

    with warnings.catch_warnings(), import_path(request.config.pythonpath):
        warnings.simplefilter("ignore")
        begin(Step("importing the models and generating"))
        built = build(request.config)
        session = Session(
            request.config,
            built,
            request.options,
            request.node,
            folder,
            request.share,
            request.done,
        )
        for result in session.results(begin):
            _send(messages, result)
    return built.plan.without_files()


def _send(messages: BinaryIO, message: Message) -> None:
    pickle.dump(message, messages)
    messages.flush()


def _let_go(messages: BinaryIO) -> None:
    """A copy of this process must not keep the pipe open, nor write into it."""
    with contextlib.suppress(OSError):
        os.close(messages.fileno())


def _end_with_the_command(folder: Path) -> None:
    sys.stdin.buffer.read()
    _end(folder)


def _end(folder: Path) -> NoReturn:
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):  # it has the folder of another worker in it
        folder.parent.rmdir()
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def command(path: Sequence[str], folder: Path) -> list[str]:
    """The command that starts a worker, which finds modules where this process finds them, and whose files are in ``folder``."""
    start = (
        f"import sys; sys.path[:] = {list(path)!r}; from samewire.verify.worker import main; main()"
    )
    return [sys.executable, "-c", start, str(folder)]
