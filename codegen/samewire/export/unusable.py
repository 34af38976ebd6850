"""Types for which Pydantic has no schema: what it says of them, at which field, and what is left out for it."""

from __future__ import annotations

import ast
import sys
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import PydanticUserError, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import PydanticOmit, SchemaError, core_schema

from samewire.discover.objects import fields_of
from samewire.errors import Diagnostic, first_names
from samewire.export import type_hints
from samewire.export.left_out import NAMED
from samewire.export.naming import class_key


@dataclass(frozen=True, slots=True)
class Unusable:
    """A root without a schema; ``where`` is the place inside it that is the reason, as far as that is known."""

    source: str
    where: str
    message: str
    hint: str


class BrokenTypeError(Exception):
    """Code of a type's author raised, ``__get_pydantic_core_schema__`` for example; the cause is what it raised."""


def core_schema_of(type_: object) -> core_schema.CoreSchema:
    try:
        return TypeAdapter(cast("Any", type_)).core_schema
    except (PydanticUserError, PydanticUndefinedAnnotation, SchemaError, PydanticOmit):
        raise
    except (Exception, SystemExit) as error:
        raise BrokenTypeError from error


def explained(source: str, type_: object, error: Exception) -> Unusable:
    """Why a root has no schema, and at which field, which Pydantic does not say."""
    message, hint, missing = _said(error, type_)
    is_cause = _mentions(missing) if missing else None
    where = next(_culprits(type_, is_cause, set()), source)
    return Unusable(source, where, message, hint)


def diagnostics(found: Sequence[Unusable]) -> list[Diagnostic]:
    """One for each place, with the roots that are left out for it. Pydantic still reads a field that is in ``exclude``."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for one in found:
        sources = groups.setdefault((one.where, one.message, one.hint), [])
        if one.source not in sources:
            sources.append(one.source)
    return [_diagnostic(*key, sorted(sources)) for key, sources in groups.items()]


def _diagnostic(where: str, message: str, hint: str, sources: Sequence[str]) -> Diagnostic:
    owner = where.rpartition(".")[0]
    others = [source for source in sources if source not in (where, owner)]
    if others:
        message += f"; left out with it: {first_names(others, NAMED)}"
    listed = ", ".join(f'"{source}"' for source in sources)
    hint = f"{hint}; to do without what is left out: exclude = [{listed}]"
    return Diagnostic("unusable-type", where, message, hint, takes=tuple(sources))


# --- What Pydantic says -----------------------------------------------------------------------------------------------


def _said(error: Exception, type_: object) -> tuple[str, str, str | None]:
    """The message and the way out, and the name that is not defined, if that is the reason."""
    if isinstance(error, BrokenTypeError) or not isinstance(
        error, PydanticUserError | PydanticUndefinedAnnotation | SchemaError
    ):
        cause = error.__cause__ or error
        message = f"{type(cause).__name__}: {cause}"
        return message, "Pydantic itself can't build this type's schema", None
    first = str(error).strip().partition("\n")[0].removesuffix(".")
    if getattr(error, "code", None) in ("class-not-fully-defined", "undefined-annotation"):
        missing = _undefined_name(type_)
        if missing:
            first = f"an annotation in it mentions {missing}, which is not defined there"
        hint = "define or import the missing name, then call Model.model_rebuild() in its module"
        return first, hint, missing
    if "arbitrary_types_allowed" in str(error):
        return (
            first,
            "use a type that Pydantic knows, or give this one a __get_pydantic_core_schema__",
            None,
        )
    return first, "see Pydantic's documentation of this error", None


def _undefined_name(type_: object) -> str | None:
    """The name because of which Pydantic could not finish a type: the error of an unfinished class does not say it."""
    try:
        TypeAdapter(cast("Any", type_)).rebuild(raise_errors=True, _types_namespace={})
    except PydanticUndefinedAnnotation as error:
        return error.name
    except (PydanticUserError, SchemaError, TypeError, AssertionError):
        return None
    return None


# --- Where it is ------------------------------------------------------------------------------------------------------


def _culprits(
    annotation: object, is_cause: Callable[[object], bool] | None, seen: set[int]
) -> Iterator[str]:
    """
    The innermost fields that Pydantic can't take, or whose annotation ``is_cause``, as ``module:Class.field``.

    ``seen`` are the classes so far: a class may lead back to itself.
    """
    for cls in type_hints.parts(annotation):
        if not isinstance(cls, type) or id(cls) in seen:
            continue
        seen.add(id(cls))
        for name, declared in _fields(cls):
            if is_cause is None and _is_usable(declared):
                continue
            leads_back = any(id(part) in seen for part in type_hints.parts(declared))
            yield from _culprits(declared, is_cause, seen)
            if not leads_back if is_cause is None else is_cause(declared):
                yield f"{class_key(cls)}.{name}"


def _fields(cls: type[Any]) -> Iterator[tuple[str, object]]:
    """The fields of a class by name. An annotation that can't be read is the text that stands there."""
    names = (*fields_of(cls), *(getattr(cls, "_fields", ()) if issubclass(cls, tuple) else ()))
    raw = getattr(cls, "__annotations__", {}) if names else {}
    for name in names:
        declared = type_hints.of_field(cls, name)
        yield name, _read(cls, raw.get(name)) if declared is type_hints.UNSTATED else declared


def _read(cls: type[Any], annotation: object) -> object:
    """One annotation of a class of which another one can't be read."""
    one = types.SimpleNamespace(__annotations__={"it": annotation})
    home = vars(sys.modules.get(cls.__module__, types))
    try:
        return typing.get_type_hints(one, globalns=home, include_extras=True)["it"]
    except Exception:  # noqa: BLE001  # an annotation is code of the user's, which may raise anything
        return (
            annotation.__forward_arg__ if isinstance(annotation, typing.ForwardRef) else annotation
        )


def _is_usable(annotation: object) -> bool:
    if isinstance(annotation, str):
        return False
    try:
        core_schema_of(_unqualified(annotation))
    except PydanticOmit:
        return True
    except (PydanticUserError, PydanticUndefinedAnnotation, SchemaError, BrokenTypeError):
        return False
    return True


def _unqualified(annotation: object) -> object:
    """An annotation without ``Required`` and the like, which only a typed dictionary may have."""
    while typing.get_origin(annotation) in type_hints.QUALIFIERS:
        annotation = typing.get_args(annotation)[0]
    return annotation


def _mentions(missing: str) -> Callable[[object], bool]:
    def mentions(annotation: object) -> bool:
        for part in type_hints.parts(annotation):
            text = part.__forward_arg__ if isinstance(part, typing.ForwardRef) else part
            if isinstance(text, str) and missing in _names(text):
                return True
        return False

    return mentions


def _names(text: str) -> set[str]:
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
