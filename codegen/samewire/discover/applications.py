"""
From what a root names to an application: a factory is called, and ASGI middleware is looked through.

Middleware keeps the application that it wraps in an attribute, most often ``app`` (Starlette, Uvicorn, Sentry, OpenTelemetry).
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final, TypeAlias

from samewire.discover.imports import location, summary
from samewire.errors import Diagnostic, DiscoverError

Application: TypeAlias = (
    Any  # fastapi.FastAPI, fastapi.APIRouter or an application of Starlette's: optional imports
)

CALL: Final = "()"
WRAPPED: Final = ("app", "other_asgi_app", "application", "asgi_app", "_app", "wrapped")
MOST_WRAPPERS: Final = 32


def application_in(
    value: object, is_one: Callable[[object], bool] | None = None
) -> Application | None:
    """The application of FastAPI that a value is, or that it wraps; ``is_one`` looks for those of another framework."""
    for _ in range(MOST_WRAPPERS):
        if (is_one or is_application)(value):
            return value
        if isinstance(value, type | ModuleType):
            return None
        inner = next((vars_of(value)[name] for name in WRAPPED if name in vars_of(value)), None)
        if inner is None:
            return None
        value = inner
    return None


def is_application(value: object) -> bool:
    """An application or a router of FastAPI, or of Starlette, which may have such mounted."""
    if "fastapi.routing" not in sys.modules:
        return False
    routing, applications = sys.modules["starlette.routing"], sys.modules["starlette.applications"]
    return isinstance(value, (routing.Router, applications.Starlette))


def vars_of(value: object) -> dict[str, object]:
    return getattr(value, "__dict__", {})


@functools.cache
def made_by(factory: Callable[[], object]) -> object:
    """What a factory makes, which is made once for both directions and all contracts."""
    return factory()


def called(factory: object, spec: str, where: str) -> object:
    """
    What the factory that ``spec`` names makes.

    Raises:
        DiscoverError: it can't be called without arguments, or raises.

    """
    name = spec.removesuffix(CALL)

    def failed(message: str, hint: str | None = None) -> DiscoverError:
        return DiscoverError(Diagnostic("factory-failed", where, message, hint))

    if not callable(factory):
        raise failed(f"{name} can't be called", f"write {name} without the parentheses")
    if inspect.iscoroutinefunction(factory):
        raise failed(
            f"{name} is asynchronous", "name a function that returns the application itself"
        )
    if required := _required(factory):
        hint = "name a function without required parameters that calls it"
        raise failed(f"{name} needs {', '.join(required)}", hint)
    try:
        return made_by(factory)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # an application may also call sys.exit()
        at = location(error)
        message = f"calling {name} failed{f' at {at}' if at else ''}: {summary(error)}"
        raise failed(
            message, "it runs as in the application: provide the settings that it reads"
        ) from error


def _required(factory: Callable[..., object]) -> list[str]:
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return []
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        parameter.name
        for parameter in parameters
        if parameter.default is inspect.Parameter.empty and parameter.kind not in variadic
    ]
