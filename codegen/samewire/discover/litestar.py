"""
The roots of a Litestar application: what its handlers return and what they take as ``data``.

Litestar dumps a Pydantic model by an encoder that its plugin made, whose options are read where they are. What msgspec writes or
reads by itself, beside models and what holds them, is left out.
"""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from samewire.discover.applications import Application
from samewire.discover.operations import Direction, LeftOutError, Operation
from samewire.dump import DumpOptions

_CONTAINERS: Final = (list, tuple, Sequence, dict, Mapping, typing.Union, types.UnionType)
_PLAIN: Final = (str, int, float, bool, None, type(None), Any)
_ENCODERS: Final = "litestar.plugins.pydantic"


def is_application(value: object) -> bool:
    module = sys.modules.get("litestar.app")
    return module is not None and isinstance(value, module.Litestar)


def operations(application: Application, direction: Direction) -> Iterator[Operation]:
    """What the handlers of ``application`` send, or what they are sent."""
    for route in application.routes:
        for handler in getattr(route, "route_handlers", ()):  # a WebSocket has one of another kind
            if not handler.resolve_include_in_schema() or handler.fn.__module__.startswith(
                "litestar."
            ):
                continue
            label = f"{'/'.join(sorted(handler.http_methods))} {route.path}"
            read = _emitted if direction == "emits" else _accepted
            yield Operation(label, handler.fn.__module__, handler.handler_name, read(handler))


# --- Responses --------------------------------------------------------------------------------------------------------


def _emitted(handler: Any) -> Iterator[tuple[str, Any, DumpOptions | None]]:  # HTTPRouteHandler
    if handler.resolve_return_dto() is not None:
        raise LeftOutError("is written by a DTO; use a model with the DTO's fields")
    returned = handler.parsed_fn_signature.return_type
    response = sys.modules["litestar.response.base"].Response
    if returned.is_subclass_of(response):
        if not returned.inner_types:
            raise LeftOutError(f"returns {returned.raw.__name__}, which declares no type")
        (returned, *_) = returned.inner_types
    if returned.annotation not in (None, type(None)):
        _check(returned.annotation, "returns")
        if "json" not in (media := _media(handler)):
            raise LeftOutError(f"returns {media}")
        yield "Response", returned.annotation, _dump(handler)
    for status, spec in (handler.responses or {}).items():
        if spec.data_container not in (None, type(None)):
            _check(spec.data_container, f"declares for {status}")
            yield f"Response{status}", spec.data_container, _dump(handler)


def _dump(handler: Any) -> DumpOptions:  # HTTPRouteHandler
    encoders = handler.resolve_type_encoders()
    own = [cls for cls in encoders if isinstance(cls, type) and issubclass(cls, BaseModel)]
    encoder = encoders.get(BaseModel)
    if own != [BaseModel] or not encoder.__module__.startswith(_ENCODERS):
        raise LeftOutError("writes models with its own encoder in `type_encoders`")
    said = inspect.getclosurevars(encoder).nonlocals
    if said.get("include") or said.get("exclude"):
        raise LeftOutError("omits fields by `include` or `exclude` of PydanticPlugin")
    return DumpOptions(
        by_alias=said["prefer_alias"],
        exclude_none=said["exclude_none"],
        exclude_defaults=said["exclude_defaults"],
        exclude_unset=said["exclude_unset"],
        round_trip=said.get("round_trip", False),
    )


# --- Bodies -----------------------------------------------------------------------------------------------------------


def _accepted(handler: Any) -> Iterator[tuple[str, Any, DumpOptions | None]]:  # HTTPRouteHandler
    data = handler.parsed_data_field
    if data is None:
        return
    if handler.resolve_data_dto() is not None:
        raise LeftOutError("is read by a DTO; use a model with the DTO's fields")
    if "json" not in (media := _media(data.kwarg_definition)):
        raise LeftOutError(f"takes {media}")
    _check(data.annotation, "takes")
    yield "Body", data.annotation, None


def _media(declares: Any) -> str:  # a handler, or what is said of a parameter
    media = getattr(declares, "media_type", None)
    return str(getattr(media, "value", media) or "application/json")


def _check(type_: Any, does: str) -> None:
    """Leaves a handler out whose type msgspec writes or reads without Pydantic, beside what JSON has itself."""
    origin = typing.get_origin(type_)
    if origin in _CONTAINERS:
        for each in typing.get_args(type_):
            if each is not ...:
                _check(each, does)
    elif not (
        type_ in _PLAIN
        or origin is typing.Literal
        or (isinstance(type_, type) and issubclass(type_, BaseModel))
    ):
        name = getattr(type_, "__name__", type_)
        raise LeftOutError(f"{does} {name}, for which Litestar does not use Pydantic; use a model")
