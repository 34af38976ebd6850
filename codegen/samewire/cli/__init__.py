"""
The command line: answer from the record, or parse flags, call, print and exit.

Each command is a module of its own that is imported when it is asked for, and imports what it needs when it runs. What is in this
module runs before every command, so it imports little.
"""

from __future__ import annotations

import atexit
import gc
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from samewire.cli.codes import BY_SIGNAL, CRASH, INTERRUPTED, nobody_reads
from samewire.record.answer import answered, parsed_query


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. Without ``args`` the process is its own, and ends with it."""
    if args is None:
        atexit.register(gc.freeze)  # looking for garbage at the end takes long, and frees nothing
    _clean_up_when_terminated()
    arguments = sys.argv[1:] if args is None else list(args)
    try:
        query = parsed_query(arguments)
        if query is None:
            return _run(arguments)
        code = answered(query)
        if code is not None:
            return code
        from samewire.record.observe import observed  # noqa: PLC0415  # most runs end above

        with observed():
            return _run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return nobody_reads()
    except Exception as error:  # noqa: BLE001  # whatever it is, it must not end with 1, which means drift
        import traceback  # noqa: PLC0415  # only here

        traceback.print_exception(error, file=sys.stderr)
        sys.stderr.write(
            f"\nSamewire crashed ({type(error).__name__}). This is a bug: please report it "
            "with the traceback above.\n"
        )
        return CRASH


def _run(arguments: Sequence[str]) -> int:
    from samewire.cli.group import run  # noqa: PLC0415  # click alone takes longer than an answer that is on record

    return run(arguments)


def _clean_up_when_terminated() -> None:
    """SIGTERM and SIGHUP end the process as an exception does, so that temporary files and other processes go, but once."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        sys.exit(BY_SIGNAL + number)

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # `nohup` has the second one ignored.
    ours = [number for number in signals if signal.getsignal(number) is signal.SIG_DFL]
    if threading.current_thread() is threading.main_thread():
        for number in ours:
            signal.signal(number, stop)
