"""
Objects a configuration names one by one: looked up, told apart, and given the one name the exporter knows them by.

The exporter knows a class as ``module:qualname`` of where it is defined, and a field as that with ``.field``. A configuration
may name it by any module that has it.
"""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import NewType, TypeVar, get_origin

from typing_extensions import is_typeddict

from samewire.discover.imports import ABSENT, attribute, load_module
from samewire.discover.members import ALIAS_TYPES
from samewire.errors import Diagnostic, DiscoverError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model, dataclass or TypedDict."""

    owner: type
    name: str


@dataclass(frozen=True, slots=True)
class Exclusions:
    """
    What ``exclude`` takes away.

    ``names`` are types as :func:`name_of` names them, ``modules`` and ``packages`` (with all below) are not searched, and
    ``fields`` are ``module:Model.field``.
    """

    names: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def covers(self, module: str) -> bool:
        return module in self.modules or any(
            f"{module}.".startswith(f"{package}.") for package in self.packages
        )


def lookup(module: ModuleType, path: str, where: str) -> object:
    """
    The object at a dotted ``path`` in ``module``; a field of a class comes back as :class:`Field`.

    Raises:
        DiscoverError: there is nothing there, or it could not be imported.

    """
    value: object = module
    for name in path.split("."):
        if isinstance(value, type) and name in fields_of(value):
            value = Field(value, name)
        elif isinstance(value, Field) or (found := attribute(value, name, where)) is ABSENT:
            raise _missing(value, name, where)
        else:
            value = found
    return value


def standing(source: str) -> object:
    """What an imported module has at ``module:qualname``, or ``None``; names that a module makes when asked are not there."""
    module, _, path = source.partition(":")
    found: object = sys.modules.get(module)
    for name in path.split("."):
        found = getattr(found, "__dict__", {}).get(name)
    return found


def name_of(value: object, module: str, path: str) -> str:
    """The name the exporter knows an object by; an alias without a name of its own goes by where it is."""
    if isinstance(value, Field):
        return f"{value.owner.__module__}:{value.owner.__qualname__}.{value.name}"
    if isinstance(value, type) and "[" not in value.__qualname__:
        return f"{value.__module__}:{value.__qualname__}"
    if isinstance(value, ALIAS_TYPES):
        return f"{value.__module__}:{value.__name__}"
    if inspect.isroutine(value) and "<" not in value.__qualname__:
        return f"{value.__module__ or module}:{value.__qualname__}"
    return f"{module}:{path}"


def canonical(settings: Mapping[str, T], where: str) -> dict[str, T]:
    """
    The same settings under the names the exporter knows the objects by.

    Raises:
        DiscoverError: a key names nothing.

    """
    named: dict[str, T] = {}
    problems: list[Diagnostic] = []
    for key, value in settings.items():
        module, _, path = key.partition(":")
        try:
            named[name_of(lookup(load_module(module, where), path, where), module, path)] = value
        except DiscoverError as error:
            problems += error.diagnostics
    if problems:
        raise DiscoverError(*problems)
    return named


def new_types(specs: Iterable[str], where: str) -> frozenset[str]:
    """
    The ``NewType`` that a configuration names, under the names the exporter knows them by.

    Raises:
        DiscoverError: a name is that of nothing, or of something else.

    """
    named: set[str] = set()
    problems: list[Diagnostic] = []
    for spec in specs:
        module, _, path = spec.partition(":")
        try:
            value = lookup(load_module(module, where), path, where)
        except DiscoverError as error:
            problems += error.diagnostics
            continue
        if isinstance(value, NewType):
            named.add(f"{value.__module__}:{value.__name__}")
        else:
            hint = "name what NewType(...) made"
            problems.append(Diagnostic("not-a-type", where, f"{spec} is no NewType", hint))
    if problems:
        raise DiscoverError(*problems)
    return frozenset(named)


def named_types(specs: Iterable[str], where: str) -> dict[str, object]:
    """
    The types that a configuration names, ``module:Type``, by those names.

    Raises:
        DiscoverError: there is nothing of the name, or no type.

    """
    types: dict[str, object] = {}
    problems: list[Diagnostic] = []
    for spec in dict.fromkeys(specs):
        module, _, path = spec.partition(":")
        try:
            types[spec] = lookup(load_module(module, where), path, where)
        except DiscoverError as error:
            problems += error.diagnostics
            continue
        if isinstance(types[spec], Field | ModuleType) or not _is_type(types[spec]):
            message = f"{spec} is no type"
            problems.append(
                Diagnostic("not-a-type", where, message, "name a model or a type alias")
            )
    if problems:
        raise DiscoverError(*problems)
    return types


def _is_type(value: object) -> bool:
    return value is None or isinstance(value, (type, *ALIAS_TYPES)) or get_origin(value) is not None


def exclusions(specs: Sequence[str], where: str) -> Exclusions:
    """
    What ``exclude`` lists, told apart. That a module can't be imported is no mistake where it is excluded as a whole as well.

    Raises:
        DiscoverError: an entry names nothing, and so excludes nothing.

    """
    split = [spec.partition(":")[::2] for spec in specs]
    whole = Exclusions(
        modules=frozenset(module for module, path in split if path in ("", "*")),
        packages=frozenset(module for module, path in split if path == "**"),
    )
    names: set[str] = set()
    fields: set[str] = set()
    problems: list[Diagnostic] = []
    for module, path in split:
        if path in ("", "*", "**"):
            continue
        try:
            value = lookup(load_module(module, where), path, where)
        except DiscoverError as error:
            problems += () if whole.covers(module) else error.diagnostics
        else:
            (fields if isinstance(value, Field) else names).add(name_of(value, module, path))
    if problems:
        raise DiscoverError(*problems)
    return replace(whole, names=frozenset(names), fields=frozenset(fields))


def fields_of(owner: type) -> Iterable[str]:
    """The Python names of what a class has on the wire, computed fields included."""
    names: list[str] = []
    for fields in ("__pydantic_fields__", "__pydantic_computed_fields__"):
        names += getattr(owner, fields, {})
    if dataclasses.is_dataclass(owner):
        names += [field.name for field in dataclasses.fields(owner)]
    if is_typeddict(owner):
        names += owner.__annotations__
    return dict.fromkeys(names)


def _missing(owner: object, name: str, where: str) -> DiscoverError:
    if isinstance(owner, Field):
        message = f"{owner.owner.__qualname__}.{owner.name} is a field, which has no {name}"
        return DiscoverError(
            Diagnostic(
                "attribute-not-found", where, message, f"name the model that {owner.name} holds"
            )
        )
    label = owner.__name__ if isinstance(owner, ModuleType | type) else repr(owner)
    known = (
        [key for key in vars(owner) if not key.startswith("_")]
        if hasattr(owner, "__dict__")
        else []
    )
    if isinstance(owner, type):
        known += fields_of(owner)
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else None
    return DiscoverError(Diagnostic("attribute-not-found", where, f"{label} has no {name}", hint))
