"""
Generates whenever an input changes, each time in a fresh process, so that every module is imported anew.

What watchfiles tells only wakes this process: whether an input changed is asked of the fingerprints that the last run left, so that
touching a file, or what a run itself writes, is no change, and nothing that happens during a run is missed.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from samewire.errors import Diagnostic, WatchError
from samewire.watch.run import Run

DEBOUNCE: Final = 200  # milliseconds for which more changes are waited for
RECHECK: Final = 5000  # milliseconds after which a look is due where the system tells of nothing
MOST_AGAIN: Final = 2  # runs in a row for one file that changes while it is read


def runs(config: Path | None) -> Iterator[tuple[tuple[str, ...], Run, bool]]:
    """
    Every run with the inputs that changed before it, none before the first; and whether they had changed already when the caller
    asked for the next run. What follows a run may change inputs itself.

    Raises:
        WatchError: watchfiles is not installed.

    """
    watchfiles = _watchfiles()
    changed: tuple[str, ...] = ()
    last = Run(0)
    times: dict[str, int] = {}  # runs in a row after which an input had changed already
    while True:
        run = _generate(config)
        # A run that was cut short, as by a crash, may not have seen all inputs.
        last = (
            run if run.files is not None else Run(run.code, files=last.files, folders=last.folders)
        )
        yield changed, run, bool(times)
        changed = last.changed()
        times = {path: times.get(path, 0) + 1 for path in changed}
        if all(number > MOST_AGAIN for number in times.values()):
            changed, times = _next_change(watchfiles, last, changed), {}


def _next_change(watchfiles: Any, last: Run, known: tuple[str, ...]) -> tuple[str, ...]:
    """Waits until an input changes; those in ``known`` are what every run changes itself."""
    seen = {path: last.now(path) for path in known}
    wakes = watchfiles.watch(
        *last.places(),
        watch_filter=None,
        debounce=DEBOUNCE,
        rust_timeout=RECHECK,
        yield_on_timeout=True,
        recursive=False,
    )
    for _ in wakes:
        changed = [
            path for path in last.changed() if path not in seen or last.now(path) != seen[path]
        ]
        if changed:
            return tuple(changed)
    raise KeyboardInterrupt


def _generate(config: Path | None) -> Run:
    """``samewire generate`` in a process of its own; what it has to say of models goes to stderr as it comes."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "samewire.watch.child",
        *([] if config is None else [str(config)]),
    ]
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603  # this very Python
    seconds = time.monotonic() - start
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return Run(done.returncode, seconds=seconds)
    written = tuple((path, action) for path, action in report["written"])
    return Run(report["code"], written, seconds, report["files"], report["folders"])


def _watchfiles() -> Any:
    try:
        return importlib.import_module("watchfiles")
    except ImportError as error:
        message = f"samewire watch needs watchfiles, which can't be imported: {error}"
        hint = "pip install 'samewire[watch]'"
        raise WatchError(
            Diagnostic("watch-unavailable", "samewire watch", message, hint)
        ) from error
