"""
Sees what is read on the way to an answer: files, folders and environment variables, by whatever code.

Python tells of every file that is opened and every folder that is listed (``sys.addaudithook``). ``os.environ`` gets a class that
notes what is asked of it. What another process or the network says can't be seen, so after that no record is kept.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import Any, ClassVar, Final

READ_ONLY: Final = os.O_RDONLY
ACCESS: Final = os.O_RDONLY | os.O_WRONLY | os.O_RDWR

UNSEEN: Final = {
    "subprocess.Popen": "a command was run",
    "os.system": "a command was run",
    "os.posix_spawn": "a command was run",
    "os.spawn": "a command was run",
    "os.startfile": "a command was run",
    "os.fork": "a process was forked",
    "os.forkpty": "a process was forked",
    "socket.connect": "the network was asked",
    "socket.getaddrinfo": "the network was asked",
    "socket.gethostbyname": "the network was asked",
    "sqlite3.connect": "a database was used",
}
"""What has no fingerprint, by the event with which Python tells of it."""


class Observation:
    """What was read since it began. ``environ`` is the environment at that time."""

    current: ClassVar[Observation | None] = None

    def __init__(self) -> None:
        self.started = time.time_ns()
        self.environ = dict(os.environ)
        self.path = tuple(sys.path)
        self.files: dict[str, None] = {}
        self.folders: dict[str, set[str]] = {}
        self.variables: dict[str, None] = {}
        self.whole_environment = False
        self.unseen: dict[str, None] = {}
        self._listing = False

    def saw(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not isinstance(flags, int) or flags & ACCESS == READ_ONLY:
                self._opened(path)
        elif event in ("os.listdir", "os.scandir"):
            self._listed(arguments[0])
        elif event in UNSEEN:
            what = UNSEEN[event]
            self.unseen[f"{what}: {arguments[0]}" if event == "subprocess.Popen" else what] = None

    def _opened(self, path: object) -> None:
        if isinstance(path, int):
            return
        name = os.fsdecode(path)  # type: ignore[arg-type]  # what open() takes, or the hook's caller ignores the error
        if not name.endswith(".pyc"):
            self.files[os.path.abspath(name)] = None

    def _listed(self, path: object) -> None:
        if self._listing or isinstance(path, int):
            return
        self.list(os.path.abspath(os.fsdecode(path or ".")))  # type: ignore[arg-type]  # as above

    def list(self, folder: str) -> None:
        """A folder whose names count, as they are now."""
        if folder in self.folders:
            return
        self._listing = True
        try:
            self.folders[folder] = set(os.listdir(folder))
        except OSError:
            self.folders[folder] = set()
        finally:
            self._listing = False


class _Environ(os._Environ):  # type: ignore[type-arg]  # noqa: SLF001  # the class of os.environ has no public name
    """``os.environ`` while it is observed; the object stays the same, wherever it was imported to."""

    def __getitem__(self, key: Any) -> Any:
        if (current := Observation.current) is not None and isinstance(key, (str, bytes)):
            current.variables[os.fsdecode(key)] = None
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        if (current := Observation.current) is not None:
            current.whole_environment = True
        return super().__iter__()


@contextlib.contextmanager
def observed() -> Iterator[Observation]:
    """While active, what is read is noted."""
    _add_hook()
    observation = Observation()
    environs = [os.environ, *([os.environb] if os.supports_bytes_environ else [])]
    before = [type(environ) for environ in environs]
    for environ in environs:
        environ.__class__ = _Environ
    Observation.current = observation
    try:
        yield observation
    finally:
        Observation.current = None
        for environ, own in zip(environs, before, strict=True):
            environ.__class__ = own


_HOOKED: list[bool] = []


def _add_hook() -> None:
    """An audit hook stays for the life of the process, so there is one."""
    if not _HOOKED:
        _HOOKED.append(True)
        sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if (current := Observation.current) is not None:
        with contextlib.suppress(Exception):  # what is raised here would end the user's own code
            current.saw(event, arguments)
