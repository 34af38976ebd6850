"""
The roots of a Django Ninja API: what its operations send by status and take as their body.

Ninja dumps to Python objects, which Django's JSON encoder writes; a renderer or parser of the project's own is another form.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, create_model

from samewire.discover.applications import Application
from samewire.discover.operations import Direction, LeftOutError, Operation, pascal
from samewire.dump import DumpOptions


def is_application(value: object) -> bool:
    module = sys.modules.get("ninja.main")
    return module is not None and isinstance(value, module.NinjaAPI)


def operations(application: Application, direction: Direction) -> Iterator[Operation]:
    """What the operations of ``application`` send, or what they are sent."""
    read = _emitted if direction == "emits" else _accepted
    for prefix, router in application._routers:  # noqa: SLF001  # as its own OpenAPI document is made
        for path, view in router.path_operations.items():
            for each in view.operations:
                if each.include_in_schema:
                    label = f"{'/'.join(sorted(each.methods))} {prefix}{path}"
                    function = each.view_func
                    types = read(application, each)
                    yield Operation(label, function.__module__, function.__name__, types)


def _emitted(api: Application, operation: Any) -> Iterator[tuple[str, Any, DumpOptions | None]]:
    if type(api.renderer) is not sys.modules["ninja.renderers"].JSONRenderer:
        raise LeftOutError(f"is written by {type(api.renderer).__name__}, a renderer of its own")
    if all(not isinstance(model, type) for model in operation.response_models.values()):
        raise LeftOutError("declares no type of its response")
    dump = DumpOptions(
        by_alias=bool(operation.by_alias),
        exclude_none=bool(operation.exclude_none),
        exclude_defaults=bool(operation.exclude_defaults),
        exclude_unset=bool(operation.exclude_unset),
        by_django=True,
    )
    for status, model in operation.response_models.items():
        if isinstance(model, type) and issubclass(model, BaseModel):  # None is for no body
            what = "Response" if status in (200, ...) else f"Response{status}"
            yield what, model.model_fields["response"].annotation, dump


def _accepted(api: Application, operation: Any) -> Iterator[tuple[str, Any, DumpOptions | None]]:
    for model in operation.models:
        if model.__ninja_param_source__ != "body":
            continue
        if type(api.parser) is not sys.modules["ninja.parser"].Parser:
            raise LeftOutError(f"is read by {type(api.parser).__name__}, a parser of its own")
        if getattr(model, "__ninja_body_params__", None):
            raise LeftOutError("takes a form with JSON in it")
        if single := model.__read_from_single_attr__:
            yield "Body", model.model_fields[single].annotation, None
            return
        fields: dict[str, Any] = {
            name: (each.annotation, each) for name, each in model.model_fields.items()
        }
        function = operation.view_func
        name = f"{pascal(function.__name__)}Body"
        yield "Body", create_model(name, __module__=function.__module__, **fields), None
