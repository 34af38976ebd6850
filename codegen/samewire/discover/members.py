"""Which of a module's objects are types for the wire, and which of those the module itself defines."""

from __future__ import annotations

import ast
import collections.abc
import dataclasses
import enum
import functools
import inspect
import typing
from collections.abc import Iterator
from types import ModuleType, UnionType

import typing_extensions
from pydantic import BaseModel, TypeAdapter
from pydantic.dataclasses import is_pydantic_dataclass
from pydantic.errors import PydanticSchemaGenerationError

ALIAS_TYPES = (
    typing_extensions.TypeAliasType,
    getattr(typing, "TypeAliasType", typing_extensions.TypeAliasType),  # Python 3.12 and newer
)
LITERALS = (typing.Literal, typing_extensions.Literal)


def is_type(value: object) -> bool:
    """A class, or anything that stands for a type: a union, ``Annotated``, a type alias, a ``NewType``."""
    named = (type, UnionType, typing.NewType, *ALIAS_TYPES)
    return isinstance(value, named) or typing.get_origin(value) is not None


def is_data_class(value: object) -> bool:
    """A class whose instances are JSON by declaration: a model, a dataclass, a TypedDict, or an enum with members."""
    if not isinstance(value, type) or value.__module__.partition(".")[0] in ("pydantic", "enum"):
        return False
    if issubclass(value, enum.Enum):
        return len(value) > 0
    return (
        issubclass(value, BaseModel)
        or dataclasses.is_dataclass(value)
        or typing_extensions.is_typeddict(value)
    )


def is_alias(value: object) -> bool:
    """A type that is not itself a class and about data: no callable, no type variable, no ``type[X]``."""
    if isinstance(value, type):
        return _is_parametrised(value)
    return is_type(value) and typing.get_origin(value) not in (collections.abc.Callable, type)


def mentions_data(alias: object) -> bool:
    """Whether an alias is worth exporting by itself: it has a name of its own, or a data class or literal in it."""
    if isinstance(alias, (str, typing.ForwardRef, *ALIAS_TYPES)) or is_data_class(alias):
        return True
    if typing.get_origin(alias) in LITERALS:
        return True
    return any(mentions_data(part) for part in type_arguments(alias))


def has_schema(value: type) -> bool:
    """Whether Pydantic can handle a class: a dataclass of the standard library may hold anything."""
    if not dataclasses.is_dataclass(value) or is_pydantic_dataclass(value):
        return True
    try:
        TypeAdapter(value)
    except PydanticSchemaGenerationError:
        return False
    except Exception:  # noqa: BLE001  # of the class's own code, or unfinished: the export says in what way
        return True
    return True


def has_forward_reference(alias: object) -> bool:
    """Whether a name in quotes stands in an alias."""
    if isinstance(alias, str | typing.ForwardRef):
        return True
    return any(has_forward_reference(part) for part in type_arguments(alias))


# --- What a module defines --------------------------------------------------------------------------------------------


def public_names(module: ModuleType) -> tuple[str, ...] | None:
    """``__all__`` of a module, or ``None``."""
    names = getattr(module, "__all__", None)
    return tuple(names) if isinstance(names, list | tuple) else None


def defined_names(module: ModuleType) -> Iterator[str]:
    """
    The public names under which a module defines a data class or an alias, sorted.

    A class knows the module that made it. An alias does not, so the module's source has to assign it.
    """
    for name, value in sorted(vars(module).items()):
        if name.startswith("_") or not name.isidentifier():
            continue  # Pydantic stores `Page[int]` in the module as well
        if is_alias(value):
            own = getattr(value, "__module__", None) if isinstance(value, ALIAS_TYPES) else None
            if own == module.__name__ or (
                own is None and mentions_data(value) and name in _assigned(module)
            ):
                yield name
        elif is_data_class(value) and value.__module__ == module.__name__:
            yield name


def type_arguments(alias: object) -> tuple[object, ...]:
    """The arguments of an alias that are types: not the values of a literal, nor the metadata of ``Annotated``."""
    origin = typing.get_origin(alias)
    if origin in LITERALS:
        return ()
    arguments = typing.get_args(alias)
    return arguments[:1] if origin is typing.Annotated else arguments


def _is_parametrised(value: type) -> bool:
    """A class like ``Page[int]``, whose name and module are those of no statement in the source."""
    metadata = value.__dict__.get("__pydantic_generic_metadata__")
    return metadata is not None and metadata["origin"] is not None


@functools.lru_cache(maxsize=64)
def _assigned(module: ModuleType) -> frozenset[str]:
    """The names that the top level of a module's source assigns to."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return frozenset()
    return frozenset(_targets(tree.body))


def _targets(statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        match statement:
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.If(body=body, orelse=orelse):
                yield from _targets(body + orelse)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
                yield from _targets(body + orelse + finalbody)
                for handler in handlers:
                    yield from _targets(handler.body)
            case _:
                pass
