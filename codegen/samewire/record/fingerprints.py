"""
Fingerprints of what an answer depends on, and where records are kept.

The standard library alone, and little of it: this is imported before every command.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

ABSENT: Final = "absent"
FOLDER: Final = "folder"
BIG: Final = 1 << 24  # bytes beyond which a file is known by its size and time

HERE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of Samewire itself."""

SHELL: Final = frozenset(("_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES"))
"""Variables that differ from one command of a shell to the next; they count where one is asked for by its name alone."""

IGNORED: Final = frozenset(("__pycache__", ".git"))


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def content(path: str) -> str:
    """What is in a file."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > BIG:
                return size_and_time(path)
            return digest(file.read())
    except IsADirectoryError:
        return FOLDER
    except (OSError, ValueError):
        return ABSENT


def size_and_time(path: str) -> str:
    """What installing a package changes of its files."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ABSENT
    return f"{status.st_size}:{status.st_mtime_ns}"


def names(path: str) -> str:
    """Which files and folders are in a folder."""
    try:
        entries = os.listdir(path)
    except (OSError, ValueError):
        return ABSENT
    return of_names(set(entries))


def of_names(entries: set[str]) -> str:
    return digest("\0".join(sorted(entries - IGNORED)).encode(errors="surrogateescape"))


def place(path: str) -> str:
    """Where links lead."""
    return os.path.realpath(path)


def variable(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of an environment variable, which may be a secret."""
    value = (os.environ if environ is None else environ).get(name)
    return ABSENT if value is None else digest(value.encode(errors="surrogateescape"))


def environment(_: str, environ: Mapping[str, str] | None = None) -> str:
    """All environment variables."""
    variables = (os.environ if environ is None else environ).items()
    lines = sorted(f"{name}={value}" for name, value in variables if name not in SHELL)
    return digest("\0".join(lines).encode(errors="surrogateescape"))


def python(_: str, path: Sequence[str] | None = None) -> str:
    """The interpreter, how it was started, and where it imports from."""
    search = sys.path if path is None else path
    scripts = os.path.dirname(sys.executable)  # where a command is started from, and no module is
    places = [place for place in search if place != scripts]
    flags = f"{sys.flags.optimize} {sys.flags.utf8_mode}"  # what is left of docstrings, and how files are read
    facts = (sys.version, sys.platform, sys.prefix, os.getcwd(), flags, *places)
    return digest("\0".join(facts).encode(errors="surrogateescape"))


KINDS: Final[Mapping[str, Callable[[str], str]]] = {
    "python": python,
    "variable": variable,
    "environment": environment,
    "names": names,
    "place": place,
    "installed": size_and_time,
    "file": content,
    "output": content,
}
"""Every kind of fact in a record, by the function that looks at it now; the cheapest first."""


# --- Where records are ------------------------------------------------------------------------------------------------


def record_of(config: str | None) -> str | None:
    """
    The file of the record for a command in this folder with this ``--config``; ``None`` where the user has no folder for caches.

    Each environment with Samewire has one of its own.
    """
    folder = cache_folder()
    if folder is None:
        return None
    named = "" if config is None else os.path.abspath(config)
    asked = f"{os.getcwd()}\0{named}\0{sys.prefix}\0{HERE}"
    return os.path.join(folder, f"{digest(asked.encode(errors='surrogateescape'))}.json")


def cache_folder() -> str | None:
    """``SAMEWIRE_CACHE_DIR``, or Samewire's folder where the system keeps caches of this user."""
    if own := os.environ.get("SAMEWIRE_CACHE_DIR"):
        return os.path.abspath(own)
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "samewire") if base and os.path.isabs(base) else None
