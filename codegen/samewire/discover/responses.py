"""What one status of a route answers, and what is known of an answer whose type is not declared."""

from __future__ import annotations

import inspect
import re
import sys
import types
import typing
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from samewire.discover.fastapi import FastAPIRoute
from samewire.discover.operations import LeftOutError
from samewire.discover.roots import Root

ResponseKind: TypeAlias = Literal[
    "json", "text", "empty", "events", "lines", "problem", "raw", "unknown"
]
ANY_SUCCESS: Final = "2XX"
"""The status of a response that the function may make itself, with any status."""

WAY_OUT: Final = "annotate what it returns, or set response_model"

_OR: Final = 'or untyped-responses = "unknown"'
_TEXT: Final = re.compile(r"text/(?!event-stream)")


@dataclass(frozen=True, slots=True)
class Response:
    """
    What one status says. ``problem`` is FastAPI's own body of a 422. ``raw`` is the response itself, of another media type than
    JSON; ``unknown`` is declared without a type, as are the items of ``lines`` without a root.
    """

    kind: ResponseKind
    root: Root | None = None


def is_text(media: str) -> bool:
    return _TEXT.match(media) is not None


def returned_type(route: FastAPIRoute) -> object:
    """The return annotation of a route's function as FastAPI resolves it; ``inspect.Signature.empty`` without one."""
    if inspect.signature(route.endpoint).return_annotation is inspect.Signature.empty:
        return inspect.Signature.empty
    resolve = sys.modules["fastapi.dependencies.utils"].get_typed_return_annotation
    found: object = resolve(route.endpoint)
    return found


def untyped(route: FastAPIRoute, *, unknown: bool) -> Response:
    """
    What a route answers with any status of success that declares no type of it.

    Raises:
        LeftOutError: it may be any JSON, and such a response is not to be ``unknown``; or nothing that ``fetch`` shows.

    """
    annotated = _response_classes(returned_type(route))
    classes = annotated or (getattr(route.response_class, "value", route.response_class),)
    if all(_is_redirect(each) for each in classes):
        raise LeftOutError("answers with a redirect, which fetch follows")
    media = [str(each.media_type or "") for each in classes]
    if all(map(is_text, media)):
        return Response("text")
    if not all("json" in each for each in media):
        return Response("raw")
    if unknown:
        return Response("lines" if getattr(route, "is_json_stream", False) else "unknown")
    if annotated:
        names = " | ".join(each.__name__ for each in classes)
        raise LeftOutError(f"returns {names}, which declares no type", f"{WAY_OUT}, {_OR}")
    raise LeftOutError("declares no response type", f"{WAY_OUT}, {_OR}")


def _response_classes(annotation: object) -> tuple[Any, ...]:  # classes of Starlette's
    """The classes of responses that an annotation consists of; none if it has anything else."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _response_classes(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        members = [_response_classes(each) for each in typing.get_args(annotation)]
        return tuple(each for member in members for each in member) if all(members) else ()
    base = sys.modules["starlette.responses"].Response
    return (annotation,) if isinstance(annotation, type) and issubclass(annotation, base) else ()


def _is_redirect(cls: Any) -> bool:  # a class of Starlette's
    return issubclass(cls, sys.modules["starlette.responses"].RedirectResponse)


def returns_nothing(route: FastAPIRoute) -> bool:
    return returned_type(route) in (None, type(None))
