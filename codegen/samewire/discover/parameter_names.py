"""
What models of parameters are called.

Parameters that all come from one dependency, or from one model, are one type in all routes that take it, called after it:
``LocaleHeaders`` for those that ``locale`` reads. Others are called after their route, ``ListItemsQuery``, however many routes
happen to have the same: whether two declarations agree can change with either. So no name depends on which other routes there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic.fields import FieldInfo

from samewire.discover.objects import standing
from samewire.discover.operations import pascal
from samewire.discover.parameters import GROUPS, model_of, parameters_in

_ALIKE: Final = ("annotation", "metadata", "default", "default_factory", "title", "description")


def declaration_of(dependant: Any, group: str, fields: Mapping[str, FieldInfo]) -> str | None:
    """
    The source of a model that is called after the one declaration of all ``fields``; ``None`` where the function of the route
    itself declares one of them, or there are several declarations.
    """
    declarations: list[Any] = []
    inner = dependant
    while inner is not None:
        last, inner = inner, _reader(inner, group, fields)
        declarations += [] if inner is None else [inner.call]
    declarations.append(model_of(last, group))
    declared = next(filter(_stands, reversed(declarations)), None)
    if declared is None:
        return None
    word, name = GROUPS[group], pascal(declared.__qualname__)
    name += "Params" if name.endswith(word) else word
    source = f"{declared.__module__}:{name}"
    return source if standing(source) is None else None


def are_alike(some: Mapping[str, FieldInfo], others: Mapping[str, FieldInfo]) -> bool:
    """Whether parameters are the same, for each route has its own copies of them."""
    return some.keys() == others.keys() and all(
        getattr(info, key) == getattr(others[name], key)
        for name, info in some.items()
        for key in _ALIKE
    )


def _reader(dependant: Any, group: str, fields: Mapping[str, FieldInfo]) -> Any:
    """The dependency that reads all of these parameters, and no other, as the function above it does."""
    for inner in dependant.dependencies:
        own = parameters_in(inner, group)
        if own.keys() == fields.keys() and all(own[name] is fields[name] for name in own):
            return inner
    return None


def _stands(value: Any) -> bool:
    """Whether a function or class stands in a module under its own name. What a function makes has no name to go by."""
    source = f"{getattr(value, '__module__', None)}:{getattr(value, '__qualname__', '')}"
    return value is not None and standing(source) is value
