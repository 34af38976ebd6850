"""
What the user decides on code whose types are not declared: the key ``opaque`` of the configuration.

A decision names a field or a class, the function that validates or serializes, or the class whose values that function makes. One
on a class holds for its subclasses, the narrowest one wins.
"""

from __future__ import annotations

import sys
from abc import ABC
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, Protocol

from pydantic import BaseModel

from samewire.coreschema.functions import inner_function
from samewire.discover.objects import fields_of
from samewire.export import type_hints
from samewire.export.naming import class_key
from samewire.export.options import Declared, Opaque


@dataclass(frozen=True, slots=True)
class Site:
    """
    A place whose values a function decides on, by the names that a decision on it may have.

    ``where`` is the place to report: the class that has the code, or its field. ``places`` are the field or class, then the same in
    base classes. ``classes`` are those of the values; ``code`` is the function, or the class that ``json_encoders`` has it for.
    ``models`` are the classes around; they have other fields too, so a decision on one of them that names a type is not meant here.
    ``family`` are the base class of a model whose code is its own, and the function's name: generated models have the same again.
    """

    where: str
    places: tuple[str, ...]
    code: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    family: tuple[str, str] | None = None

    @property
    def cause(self) -> str | None:
        """What decides on every place of the same code: its class, or else the function."""
        return next(iter((*self.classes, *self.code)), None)

    def in_family(self, name: str) -> Site:
        """The same with a family: what goes by ``name`` in all models of the outermost base class."""
        bases = self.models or self.places
        return replace(self, family=(bases[-1], name))


class Decisions:
    """The decisions of a run, and which of them had an effect."""

    def __init__(self, configured: Mapping[str, Opaque]) -> None:
        self.used: set[str] = set()
        self._configured = configured
        self._applied: list[str] = []

    def on(self, site: Site) -> tuple[str, Opaque] | None:
        """The narrowest decision on a place and the name that it has. None decides on what stands inside of its own type."""
        for key in (*site.places, *site.code, *site.classes, *site.models):
            decision = None if key in self._applied else self._configured.get(key)
            if decision is None or (key in site.models and isinstance(decision, Declared)):
                continue
            self.used.add(key)
            return key, decision
        return None

    @contextmanager
    def applied(self, key: str) -> Iterator[None]:
        """While the type that a decision names is generated."""
        self._applied.append(key)
        try:
            yield
        finally:
            self._applied.pop()


def of_class(cls: type[Any], function: Callable[..., Any] | None = None) -> Site:
    """A class that is written by code of its own, or by that of a base class."""
    bases = _bases(cls)
    defining = _defining(bases, function) or cls
    models = [base for base in _bases(defining)[1:] if issubclass(base, BaseModel)]
    name = getattr(function, "__name__", "")
    return Site(
        where=class_key(defining),
        places=tuple(map(class_key, bases)),
        family=(class_key(models[-1]), name) if models and name else None,
    )


def of_field(
    owner: type[Any] | None,
    where: str,
    function: Callable[..., Any] | None,
    annotation: object = type_hints.UNSTATED,
    cls: type[Any] | None = None,
) -> Site:
    """
    A field, or a part of one, whose values a function makes or writes, or are instances of a class ``cls``.

    ``owner`` is the class around it, and ``annotation`` that of the field.
    """
    bases = _bases(owner) if owner is not None else []
    models = tuple(map(class_key, bases))
    tail = where.removeprefix(models[0]) if models else ""
    field = tail.removeprefix(".").partition(".")[0]
    inherited = [base for base in bases[1:] if field and field in fields_of(base)]
    defining = _defining(inherited, function)
    values = _bases(cls) if cls is not None else _value_classes(function, annotation)
    return Site(
        where=where if defining is None else f"{class_key(defining)}{tail}",
        places=(where, *(f"{class_key(base)}{tail}" for base in inherited)),
        code=(*_names(function), *_encoded(owner, function)),
        classes=tuple(key for key in dict.fromkeys(map(class_key, values)) if key not in models),
        models=models,
    )


_NOBODYS: Final = (object, ABC, Generic, Protocol)
"""Classes that are bases of anything, so a decision on one of them would mean nothing."""


def _bases(cls: type[Any]) -> list[type[Any]]:
    return [
        base for base in cls.__mro__ if base not in _NOBODYS and type_hints.defined_elsewhere(base)
    ]


def _defining(bases: Sequence[type[Any]], function: object) -> type[Any] | None:
    """The first class that has a function as a method."""
    name = getattr(function, "__name__", "")
    return next((base for base in bases if name in vars(base)), None)


def _names(function: Callable[..., Any] | None) -> tuple[str, ...]:
    """A function as a configuration can name it. One without a name goes by the function around it."""
    function = inner_function(function)
    module, qualname = getattr(function, "__module__", None), getattr(function, "__qualname__", "")
    path = qualname.partition(".<locals>")[0]
    if not module or not path or "<" in path or isinstance(function, type):
        return ()
    return (f"{module}:{path}",)


def _value_classes(function: Callable[..., Any] | None, annotation: object) -> list[type[Any]]:
    """
    The classes whose values a function makes or writes, and their bases: as the annotation of the field says, or the function.
    """
    function = inner_function(function)
    defining = _class_around(function)
    named = type_hints.with_schemas_of_their_own(annotation)
    if len(named) > 1:
        named = [cls for cls in named if defining in cls.__mro__]
    bound = getattr(function, "__self__", None)
    values = [*(named if len(named) == 1 else ()), bound, function, defining]
    classes = [cls for cls in values if isinstance(cls, type) and cls.__module__ != "builtins"]
    return [base for cls in classes for base in _bases(cls)]


def _encoded(owner: type[Any] | None, function: object) -> Iterator[str]:
    """The classes that ``json_encoders`` has a function for."""
    encoders = getattr(owner, "model_config", {}).get("json_encoders") or {}
    for cls, encoder in encoders.items():
        if encoder is function and isinstance(cls, type):
            yield class_key(cls)


def _class_around(function: object) -> type[Any] | None:
    """The class in whose body a function is defined."""
    current: object = sys.modules.get(getattr(function, "__module__", None) or "")
    inner: type[Any] | None = None
    for name in getattr(function, "__qualname__", "").split("."):
        current = getattr(current, name, None)
        inner = current if isinstance(current, type) else inner
    return inner
