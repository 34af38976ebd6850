"""
The roots of a Django Ninja API: what its operations send by status and take as their body.

Ninja dumps to Python objects, which Django's JSON encoder writes; a renderer or parser of the project's own is another form.
"""

from __future__ import annotations

import re
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
    read = _emitted if direction == "emits" else accepted
    for path, each in mounted(application):
        if each.include_in_schema:
            label = f"{'/'.join(sorted(each.methods))} {path}"
            function = each.view_func
            types = read(application, each)
            yield Operation(label, function.__module__, function.__name__, types)


def not_set() -> object:
    """What stands for a response that is not declared."""
    found: object = sys.modules["ninja.constants"].NOT_SET
    return found


def mounted(api: Application) -> Iterator[tuple[str, Any]]:  # ninja.operation.Operation
    """The operations of an API and of all routers in it, each with its path in the API."""
    known = getattr(api, "_router_registrations", None)
    if known is None:  # before 1.5, where `_routers` has those of routers in routers as well
        routers = api._routers  # noqa: SLF001  # as its own OpenAPI document is made
    else:
        # Which routers are in a router is asked for without binding them: an API to which they are bound takes no more.
        mounts = (each for prefix, router, *_ in known for each in router.build_routers(prefix, []))
        routers = [(each.prefix, each.template) for each in mounts]
    for prefix, router in routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield re.sub("/+", "/", "/".join(("", *filter(None, (prefix, path))))), operation


def _emitted(api: Application, operation: Any) -> Iterator[tuple[str, Any, DumpOptions | None]]:
    for status, type_ in sent(api, operation).items():
        if type_ is not None:
            yield response_name(status), type_, dump_of(operation)


def response_name(status: object) -> str:
    """How the name of a type ends that is the response of a status, the usual one of 200 or of any status."""
    return "Response" if status in (200, ...) else f"Response{status}"


def sent(api: Application, operation: Any) -> dict[Any, Any]:
    """
    What an operation sends by status, ``None`` for no body.

    Raises:
        LeftOutError: it declares nothing, or writes it by a renderer of its own.

    """
    if type(api.renderer) is not sys.modules["ninja.renderers"].JSONRenderer:
        raise LeftOutError(f"is written by {type(api.renderer).__name__}, a custom renderer")
    models = operation.response_models
    if all(not isinstance(model, type) for model in models.values()):
        if None in models.values():
            return dict.fromkeys(models)
        raise LeftOutError("declares no response type")
    return {
        status: model.model_fields["response"].annotation
        if isinstance(model, type) and issubclass(model, BaseModel)
        else None
        for status, model in models.items()
    }


def dump_of(operation: Any) -> DumpOptions:
    return DumpOptions(
        by_alias=bool(operation.by_alias),
        exclude_none=bool(operation.exclude_none),
        exclude_defaults=bool(operation.exclude_defaults),
        exclude_unset=bool(operation.exclude_unset),
        by_django=True,
    )


def accepted(api: Application, operation: Any) -> Iterator[tuple[str, Any, DumpOptions | None]]:
    for model in operation.models:
        if model.__ninja_param_source__ != "body":
            continue
        if type(api.parser) is not sys.modules["ninja.parser"].Parser:
            raise LeftOutError(f"is read by {type(api.parser).__name__}, a custom parser")
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
