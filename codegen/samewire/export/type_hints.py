"""What annotations say: of fields, and of the functions that validate and serialize values."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, ParamSpec, TypeVar, TypeVarTuple

from typing_extensions import ReadOnly

from samewire.coreschema.functions import inner_function
from samewire.discover.members import ALIAS_TYPES, LITERALS

UNSTATED: Final = inspect.Signature.empty
"""What an annotation is that is not there, or that can't be read."""

QUALIFIERS: Final = (typing.Required, typing.NotRequired, typing.Final, ReadOnly)
"""What an annotation may say of the field, apart from its type."""

_OPEN: Final = (TypeVar, ParamSpec, TypeVarTuple)
# Without arguments these hold anything.
_HOLDERS: Final = (list, dict, tuple, set, frozenset)


def of_field(owner: type[Any], name: str) -> Any:  # an annotation
    """The annotation of a field, with what ``Annotated`` adds to it; :data:`UNSTATED` where there is none to be read."""
    fields = getattr(owner, "__pydantic_fields__", {})
    if name in fields:
        field = fields[name]
        return (
            typing.Annotated[(field.annotation, *field.metadata)]
            if field.metadata
            else field.annotation
        )
    return _hints(owner).get(name, UNSTATED)


def of_class(cls: type[Any]) -> Iterator[Any]:
    """The annotations of all fields of a class."""
    yield from _hints(cls).values()
    yield from (field.annotation for field in getattr(cls, "__pydantic_fields__", {}).values())


def returned(function: Callable[..., Any]) -> Any:  # an annotation
    """The type that a function is annotated to return; a class returns its instances."""
    function = inner_function(function)
    if isinstance(function, type):
        return function
    return _hints(_annotated(function)).get("return", UNSTATED)


def with_arguments(annotation: Any, cls: type[Any] | None, function: Callable[..., Any]) -> Any:
    """
    The annotation of a method with what a generic model has for its type variables; the same where ``cls`` has nothing for them.
    """
    name = getattr(inner_function(function), "__name__", "")
    mro = getattr(cls, "__mro__", ())
    defining = next((base for base in mro if name in vars(base)), None)
    if cls is None or defining is None:
        return annotation
    return _filled_in(annotation, _arguments(cls, defining, {}))


def _arguments(cls: type[Any], defining: type[Any], known: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """What ``cls`` has for the type variables of a base class, through however many generics; ``known`` are those of its own."""
    generic = vars(cls).get("__pydantic_generic_metadata__") or {"origin": None, "parameters": ()}
    if (origin := generic["origin"]) is not None:
        open_ = origin.__pydantic_generic_metadata__["parameters"]
        given = [_filled_in(argument, known) for argument in generic["args"]]
        known = dict(zip(open_, given, strict=True))
    else:
        known = {one: known[one] for one in generic["parameters"] if one in known}
    base = next((base for base in cls.__bases__ if defining in base.__mro__), None)
    return known if cls is defining or base is None else _arguments(base, defining, known)


def _filled_in(annotation: Any, arguments: Mapping[Any, Any]) -> Any:
    if isinstance(annotation, TypeVar):
        return arguments.get(annotation, annotation)
    parameters = getattr(annotation, "__parameters__", ())
    if isinstance(annotation, type) or not parameters:
        return annotation
    return annotation[tuple(arguments.get(one, one) for one in parameters)]


def taken(function: Callable[..., Any]) -> Any:  # an annotation
    """The annotation of the first argument that a caller of a function gives."""
    function = inner_function(function)
    try:
        first = next(iter(inspect.signature(function).parameters), "")
    except (TypeError, ValueError):
        return UNSTATED
    return _hints(_annotated(function)).get(first, UNSTATED)


def parts(annotation: object) -> Iterator[object]:
    """An annotation and everything that stands inside of it, aliases looked through."""
    seen: set[int] = set()
    pending = [annotation]
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, ALIAS_TYPES):
            pending.append(current.__value__)
        origin = typing.get_origin(current)
        if origin in LITERALS:
            continue
        if origin not in _HOLDERS and isinstance(origin, (type, *ALIAS_TYPES)):
            pending.append(origin)
        pending += getattr(current, "__metadata__", ())  # of Annotated
        pending += typing.get_args(current)


def says_any(annotation: object) -> bool:
    """Whether an annotation allows every value somewhere, in so many words or by leaving it open."""
    return annotation is UNSTATED or any(
        part in (Any, object)
        or part in _HOLDERS
        or isinstance(part, (*_OPEN, str, typing.ForwardRef))
        for part in map(_hashable, parts(annotation))
    )


def allows_none(annotation: object) -> bool:
    """Whether ``None`` is among the values of an annotation, as far as it says."""
    origin = typing.get_origin(annotation)
    if isinstance(annotation, ALIAS_TYPES):
        return allows_none(annotation.__value__)
    if isinstance(origin, ALIAS_TYPES):
        return allows_none(origin.__value__)
    if origin is typing.Annotated:
        return allows_none(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return any(map(allows_none, typing.get_args(annotation)))
    if origin in LITERALS:
        return None in typing.get_args(annotation)
    open_ = (UNSTATED, Any, object, None, type(None))
    return any(annotation is open_type for open_type in open_) or isinstance(
        annotation, (*_OPEN, str)
    )


def with_schemas_of_their_own(annotation: object) -> list[type[Any]]:
    """The classes in an annotation that tell Pydantic by a function of theirs what they are."""
    classes = (part if isinstance(part, type) else type(part) for part in parts(annotation))
    own = "__get_pydantic_core_schema__"
    return [
        cls
        for cls in dict.fromkeys(classes)
        if getattr(cls, own, None) is not None and defined_elsewhere(getattr(cls, own))
    ]


def defined_elsewhere(function: object) -> bool:
    """Whether code is not Pydantic's own."""
    function = getattr(function, "__func__", function)
    module = getattr(function, "__module__", None) or ""
    return module.partition(".")[0] not in ("pydantic", "pydantic_core", "annotated_types")


def _hashable(part: object) -> object:
    try:
        hash(part)
    except TypeError:
        return None
    return part


def _annotated(function: Callable[..., Any]) -> object:
    """What has the annotations of a function: of an object that is called like one, its class; of a class, its ``__init__``."""
    if inspect.isroutine(function):
        return function
    return vars(function).get("__init__") if isinstance(function, type) else type(function).__call__


def _hints(thing: object) -> dict[str, Any]:
    try:
        return typing.get_type_hints(thing, include_extras=True)
    except Exception:  # noqa: BLE001  # an annotation is code of the user's, which may raise anything
        return {}
