"""Importing the user's modules: where they are looked for, and what is said when they can't be imported."""

from __future__ import annotations

import contextlib
import difflib
import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Final

from pydantic import ValidationError

from samewire.errors import Diagnostic, DiscoverError

ENVIRONMENT = (
    "run Samewire in the environment the application runs in, with its dependencies installed"
)


ABSENT: Final = object()
"""What :func:`attribute` finds where there is nothing."""

# What was raised by modules that could not be imported. Python would run them again, and half of what they do is done: a table of
# SQLAlchemy would be "already defined".
_raised: dict[str, tuple[BaseException, TracebackType | None]] = {}


@contextlib.contextmanager
def import_path(folders: Sequence[Path]) -> Iterator[None]:
    """
    While active, modules are found in ``folders`` before anywhere else, and what they print goes to stderr.

    Stdout belongs to the command's own data, and a module may print while it is imported.
    """
    before = list(sys.path)
    sys.path[:0] = [str(folder) for folder in folders if str(folder) not in before]
    importlib.invalidate_caches()
    _raised.clear()
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        sys.path[:] = before


def load_module(name: str, where: str) -> ModuleType:
    """
    Import the module ``name``, which ``where`` names.

    Raises:
        DiscoverError: it does not exist, or it raised while it was imported.

    """
    try:
        return _imported(name)
    except KeyboardInterrupt:
        raise
    except ModuleNotFoundError as error:
        if error.name is not None and f"{name}.".startswith(f"{error.name}."):
            raise _not_found(name, error.name, where) from error
        _raised[name] = error, error.__traceback__
        raise _failed(name, error, where, ENVIRONMENT) from error
    except BaseException as error:  # a module may also call sys.exit()
        _raised[name] = error, error.__traceback__
        raise _failed(name, error, where, _way_out(error)) from error


def attribute(owner: object, name: str, where: str) -> object:
    """
    What a module or class has under a name, :data:`ABSENT` if nothing. A module may import it only now.

    Raises:
        DiscoverError: the code that looks it up raised something else.

    """
    try:
        return getattr(owner, name, ABSENT)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a module's __getattr__ may also call sys.exit()
        label = getattr(owner, "__name__", None) or repr(owner)
        raise _failed(f"{name} from {label}", error, where, _way_out(error)) from error


def _imported(name: str) -> ModuleType:
    if name in _raised:
        error, trace = _raised[name]
        raise error.with_traceback(trace)  # which grew each time that it was raised
    return importlib.import_module(name)


def submodules(package: ModuleType) -> list[str]:
    """The full names of all modules below ``package``, sorted; importing ``__main__`` would run it, so it is left out."""
    modules = pkgutil.iter_modules(getattr(package, "__path__", ()), f"{package.__name__}.")
    return sorted(module.name for module in modules if not module.name.endswith(".__main__"))


def is_submodule(package: ModuleType, name: str) -> bool:
    """Whether a package has a module ``name``, which may not be imported yet."""
    return any(
        module.name == name for module in pkgutil.iter_modules(getattr(package, "__path__", ()))
    )


def location(error: BaseException) -> str | None:
    """The last line of the user's code that a traceback passed through, as ``app/models.py:12``."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_relative(error.filename)}:{error.lineno}"
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if _is_users(frame.filename)
    ]
    return f"{_relative(frames[-1].filename)}:{frames[-1].lineno}" if frames else None


def summary(error: BaseException) -> str:
    """An exception as one line. What Pydantic says of a value, such as of settings, is behind the first line."""
    lines = str(error).strip().splitlines()
    if isinstance(error, ValidationError):
        fields = [
            ".".join(map(str, problem["loc"])) or problem["msg"] for problem in error.errors()
        ]
        lines[:1] = [f"{lines[0]}: {', '.join(fields)}"]
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


# --- Messages ---------------------------------------------------------------------------------------------------------


def _failed(name: str, error: BaseException, where: str, hint: str | None) -> DiscoverError:
    at = location(error)
    message = f"importing {name} failed{f' at {at}' if at else ''}: {summary(error)}"
    return DiscoverError(Diagnostic("import-failed", where, message, hint))


def _way_out(error: BaseException) -> str | None:
    """What helps against the usual reasons for which a module that works elsewhere can't be imported."""
    if isinstance(error, SystemExit):
        return 'a module that is imported must not end the process: move that below `if __name__ == "__main__":`'
    if isinstance(error, ImportError) and "circular import" in str(error):
        return "import one of the two modules in a function, or under TYPE_CHECKING"
    if isinstance(error, ValidationError) and all(
        problem["type"] == "missing" for problem in error.errors()
    ):
        return f"if {error.title} reads them from the environment, set them where Samewire runs"
    frames = traceback.extract_tb(error.__traceback__)
    environment = type(os.environ).__getitem__.__code__.co_filename
    if isinstance(error, KeyError) and frames and frames[-1].filename == environment:
        return f"set the environment variable {error.args[0]} where Samewire runs"
    return None


def _not_found(name: str, missing: str, where: str) -> DiscoverError:
    parent, _, last = missing.rpartition(".")
    package = sys.modules.get(parent) if parent else None
    if package is not None and hasattr(package, last):
        message = f"{missing} is not a module but something in {parent}"
        rest = name[len(missing) :]
        return DiscoverError(
            Diagnostic("module-not-found", where, message, f"write {parent}:{last}{rest}")
        )
    search = (
        list(getattr(package, "__path__", ()))
        if package is not None
        else [path for path in sys.path if path]
    )
    named = {module.name for module in pkgutil.iter_modules(search)}
    siblings = named if parent else named - sys.stdlib_module_names
    close = difflib.get_close_matches(last, siblings, n=1)
    if close:
        hint = (
            f"did you mean {f'{parent}.{close[0]}' if parent else close[0]}{name[len(missing) :]}?"
        )
    elif parent:
        hint = f"{parent} is {'in ' + _relative(search[0]) if search else 'not a package'}"
    else:
        hint = f"set pythonpath to the folder that holds {missing}, or {ENVIRONMENT}"
    return DiscoverError(
        Diagnostic("module-not-found", where, f"there is no module {missing}", hint)
    )


def _is_users(filename: str) -> bool:
    """Not the import system, the standard library, an installed package, or Samewire."""
    if filename.startswith("<"):
        return False
    path = Path(filename).resolve()
    installed = (Path(os.__file__).parent, Path(__file__).parents[1])
    return "site-packages" not in path.parts and not any(map(path.is_relative_to, installed))


def _relative(filename: str) -> str:
    relative = os.path.relpath(filename)
    return filename if relative.startswith("..") else Path(relative).as_posix()
