"""
The type variables that a type leaves open.

A class is not open by what it inherits, but by what its fields say: ``class UserPage(PageBase)`` that declares
``items: list[User]`` is as concrete as ``PageBase[User]``. Pydantic itself goes by a variable's default, constraints or bound
where it has one.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Iterator

import typing_extensions
from pydantic import BaseModel

from samewire.discover.members import ALIAS_TYPES, type_arguments


def open_parameters(value: object) -> tuple[str, ...]:
    """The type variables of a type that nothing says the type of: neither an argument nor a default, constraints or a bound."""
    return _names(variable for variable in _variables(value) if not _has_own_type(variable))


def declared_parameters(value: object) -> tuple[str, ...]:
    """Those of a class that is there to be given arguments, though some have a bound to go by; a default does without any."""
    if not (isinstance(value, type) and value.__dict__.get("__parameters__")):
        return open_parameters(value)
    return _names(variable for variable in _variables(value) if not _has_default(variable))


def _variables(value: object, around: tuple[object, ...] = ()) -> Iterator[object]:
    """``around`` are the aliases that the value stands in: one may come back to itself."""
    if isinstance(value, ALIAS_TYPES):
        if value in around:
            return
        around = (*around, value)
        yield from value.__type_params__
        value = value.__value__ if value.__type_params__ == () else None
    if _is_variable(value):
        yield value
    elif isinstance(value, type) and typing.get_origin(value) is None:
        for annotation in _annotations(value):
            yield from _mentioned(annotation, _parameters(value))
    for part in type_arguments(value):
        yield from _variables(part, around)


def _mentioned(annotation: object, parameters: tuple[object, ...]) -> Iterator[object]:
    """
    The variables that an annotation names. ``Page[T]`` is ``Page`` itself to Pydantic, so a generic class names those that are
    ``parameters`` of the class around it as well.
    """
    if _is_variable(annotation):
        yield annotation
    elif isinstance(annotation, type):
        yield from (variable for variable in _parameters(annotation) if variable in parameters)
    for part in type_arguments(annotation):
        yield from _mentioned(part, parameters)


def _parameters(cls: type) -> tuple[object, ...]:
    """The parameters of a generic model, inherited ones too."""
    metadata = getattr(cls, "__pydantic_generic_metadata__", None)
    return metadata["parameters"] if metadata else ()


def _annotations(cls: type) -> Iterable[object]:
    """What the fields of a class are annotated with."""
    if issubclass(cls, BaseModel):
        if not cls.__pydantic_complete__:
            return _parameters(cls)
        computed = (field.return_type for field in cls.model_computed_fields.values())
        return (*(field.annotation for field in cls.model_fields.values()), *computed)
    if not (dataclasses.is_dataclass(cls) or typing_extensions.is_typeddict(cls)):
        return _declared(cls)
    try:
        return typing_extensions.get_type_hints(cls, include_extras=True).values()
    except (NameError, TypeError, AttributeError, SyntaxError):
        return _declared(cls)


def _declared(cls: type) -> tuple[object, ...]:
    """The parameters of a generic class. A class of Python whose instances are types has a descriptor of that name."""
    parameters = getattr(cls, "__parameters__", ())
    return parameters if isinstance(parameters, tuple) else ()


def _is_variable(value: object) -> bool:
    kinds = (
        typing.TypeVar,
        typing.ParamSpec,
        typing_extensions.TypeVar,
        typing_extensions.ParamSpec,
    )
    return isinstance(value, kinds)


def _has_own_type(variable: object) -> bool:
    bound = getattr(variable, "__bound__", None)
    return bool(bound is not None or getattr(variable, "__constraints__", ())) or _has_default(
        variable
    )


def _has_default(variable: object) -> bool:
    return bool(
        getattr(variable, "has_default", lambda: False)()
        or getattr(variable, "__constraints__", ())
    )


def _names(variables: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(variable).lstrip("~+-") for variable in variables))
