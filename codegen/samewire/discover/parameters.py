"""
The parameters of a route as models: what is in its path, query, headers and cookies, under the names on the wire.

All of these are text on the wire, which FastAPI reads by the type of each. Two things can't be said in text: ``None``, for which a
parameter is left off, and a list without items. What text can't tell apart, as the number and the text of ``int | str``, is a
reason to leave a route out.
"""

from __future__ import annotations

import enum
import keyword
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Final

from annotated_types import MaxLen, MinLen
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Strict,
    TypeAdapter,
    create_model,
)
from pydantic import Field as ModelField
from pydantic.fields import FieldInfo

from samewire.discover.fastapi import FastAPIRoute
from samewire.discover.members import LITERALS
from samewire.discover.operations import LeftOutError

GROUPS: Final = {"path": "Path", "query": "Query", "headers": "Headers", "cookies": "Cookies"}
"""The parts of a request that have parameters, and what the models of each are called."""

_FIELDS: Final = {
    "path": "path_params",
    "query": "query_params",
    "headers": "header_params",
    "cookies": "cookie_params",
    "form": "body_params",
}
_TEMPLATE: Final = re.compile(r"{([a-zA-Z_][a-zA-Z0-9_]*)(:[a-zA-Z_][a-zA-Z0-9_]*)?}")
_NEVER_EMPTY: Final = ("path", "form")
_SEQUENCES: Final = (list, set, frozenset, tuple, typing.Sequence, Sequence)
_PLAIN: Final = re.compile(r"[-+]?[0-9.].*|true|false", re.DOTALL)
"""At least the texts that numbers and booleans are sent as."""
_UNREADABLE: Final = (bool, int, float)


def parameters_of(dependant: Any, path: str) -> dict[str, dict[str, FieldInfo]]:  # a Dependant
    """The parameters of a route and of its dependencies, by part of the request and name on the wire."""
    places = [name for name, _ in _TEMPLATE.findall(path)]
    found = {group: parameters_in(dependant, group) for group in GROUPS}
    for name in places:
        # A path of a router or a mount may have parameters that the function does not take.
        found["path"].setdefault(name, FieldInfo.from_annotation(str))
    for name in found["path"].keys() - set(places):
        del found["path"][name]
    return found


def parameters_in(dependant: Any, group: str) -> dict[str, FieldInfo]:  # a Dependant
    """The parameters of one part of the request that a function and its dependencies read, by their names on the wire."""
    found: dict[str, FieldInfo] = {}
    for each in _dependants(dependant):
        for field in getattr(each, _FIELDS[group]):
            for name, info in _flat(field, group):
                _add(found, name.lower() if group == "headers" else name, info, group)
    return found


def form_fields(route: FastAPIRoute) -> dict[str, FieldInfo]:
    """The fields of a form by name on the wire."""
    return parameters_in(route.dependant, "form")


def is_file(info: FieldInfo) -> bool:
    return isinstance(info, sys.modules["fastapi.params"].File)


def _dependants(dependant: Any) -> Iterator[Any]:  # fastapi.dependencies.models.Dependant
    yield dependant
    for inner in dependant.dependencies:
        yield from _dependants(inner)


def _add(fields: dict[str, FieldInfo], key: str, info: FieldInfo, group: str) -> None:
    known = fields.setdefault(key, info)
    if known is info:
        return
    if known.annotation != info.annotation or known.metadata != info.metadata:
        raise LeftOutError(f"reads {group} parameter {key} as two types")
    if info.is_required():
        fields[key] = info


def _flat(field: Any, group: str) -> Iterator[tuple[str, FieldInfo]]:
    """A parameter under its name on the wire; for a model of parameters, each of its fields."""
    info = field.field_info
    if not getattr(info, "include_in_schema", True) and not info.is_required():
        return
    underscores = group == "headers" and getattr(info, "convert_underscores", True)
    model = _model_in(info.annotation)
    if model is None:
        own = _alias(info, field.name)
        yield (own.replace("_", "-") if underscores and own == field.name else own), info
        return
    for name, inner in model.model_fields.items():
        own = _alias(inner, name)
        yield (own.replace("_", "-") if underscores and own == name else own), inner


def model_of(dependant: Any, group: str) -> type[BaseModel] | None:  # a Dependant
    """The model that a function reads as all its parameters of one part of the request, if it does."""
    fields = getattr(dependant, _FIELDS[group])
    return _model_in(fields[0].field_info.annotation) if len(fields) == 1 else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    (plain, *more) = _choices(annotation) or [annotation]
    while typing.get_origin(plain) is Annotated:
        plain = typing.get_args(plain)[0]
    return plain if not more and isinstance(plain, type) and issubclass(plain, BaseModel) else None


def _alias(info: FieldInfo, name: str) -> str:
    alias = info.validation_alias if info.validation_alias is not None else info.alias
    if isinstance(alias, AliasChoices):
        alias = alias.choices[0]
    if isinstance(alias, AliasPath):
        raise LeftOutError(f"reads {name} through an AliasPath")
    return alias if alias is not None else name


# --- The model --------------------------------------------------------------------------------------------------------


def parameter_model(source: str, group: str, fields: Mapping[str, FieldInfo]) -> type[BaseModel]:
    """The model of what one part of a request has; unknown keys are refused, since a misspelt one would be dropped."""
    module, _, name = source.partition(":")
    names = _attributes(fields)
    made: dict[str, Any] = {
        names[key]: _definition(key, info, group) for key, info in fields.items()
    }
    config = ConfigDict(extra="forbid", protected_namespaces=())
    model: type[BaseModel] = create_model(name, __module__=module, __config__=config, **made)
    model.__doc__ = None
    return model


def _attributes(keys: Iterable[str]) -> dict[str, str]:
    """
    Names of fields for parameters, which messages and the configuration show.

    >>> _attributes(["limit", "x-token", "x_token", "_id", "copy"])
    {'limit': 'limit', 'x-token': 'x_token', 'x_token': 'x_token_', '_id': 'id', 'copy': 'copy_'}
    """
    names: dict[str, str] = {}
    for key in keys:
        name = re.sub(r"\W+", "_", key).strip("_")
        if not name.isidentifier():
            name = f"parameter_{name}"
        while name in names.values() or keyword.iskeyword(name) or hasattr(BaseModel, name):
            name += "_"
        names[key] = name
    return names


def _definition(key: str, info: FieldInfo, group: str) -> tuple[Any, Any]:
    type_ = as_read(without_none(info.annotation), info.metadata)
    if (reason := unsayable(type_, info.metadata)) is not None:
        raise LeftOutError(f"{group} parameter {key}: {reason}")
    metadata = list(info.metadata)
    if is_sequence(type_):
        if info.is_required() or info.get_default(call_default_factory=False) not in ([], (), None):
            metadata.append(MinLen(1))
        if group == "headers":
            metadata.append(MaxLen(1))  # fetch joins them to one
    elif group in _NEVER_EMPTY and type_ is str and not any(_is_at_least(one) for one in metadata):
        metadata.append(MinLen(1))
    annotated = Annotated[(type_, *metadata)] if metadata else type_
    default = ... if info.is_required() else info.default
    if info.default_factory is not None and not info.is_required():
        default = None
    title, description = info.title, info.description
    field = ModelField(
        default=default,
        alias=key,
        title=title,
        description=description,
        deprecated=info.deprecated,
    )
    return annotated, field


def _is_at_least(one: object) -> bool:
    return isinstance(one, MinLen) and one.min_length > 0


# --- What text can say ------------------------------------------------------------------------------------------------


def _choices(annotation: Any) -> list[Any] | None:
    """The members of a union but ``None``."""
    if typing.get_origin(annotation) not in (typing.Union, types.UnionType):
        return None
    return [one for one in typing.get_args(annotation) if one is not type(None)]


def without_none(annotation: Any) -> Any:
    """
    An annotation for which ``None`` is no value: it is not there instead.

    >>> without_none(int | None)
    <class 'int'>
    """
    choices = _choices(annotation)
    if choices:
        return typing.Union[tuple(choices)]  # noqa: UP007  # of a tuple
    if typing.get_origin(annotation) is Annotated:
        inner, *metadata = typing.get_args(annotation)
        return Annotated[(without_none(inner), *metadata)]
    return annotation


def as_read(annotation: Any, metadata: Iterable[object] = ()) -> Any:
    """
    What is read of a text: of a union with plain ``str`` the text itself, since Pydantic prefers the member that takes it as it is.

    >>> as_read(int | str), as_read(int | float)
    (<class 'str'>, int | float)
    """
    choices = _choices(annotation) or []
    in_order = any(getattr(one, "union_mode", None) is not None for one in metadata)
    is_text = str in choices and not in_order and not any(map(is_sequence, choices))
    return str if is_text else annotation


def is_sequence(annotation: Any) -> bool:
    while typing.get_origin(annotation) is Annotated:
        annotation = typing.get_args(annotation)[0]
    choices = _choices(annotation)
    if choices:
        return any(map(is_sequence, choices))
    return (typing.get_origin(annotation) or annotation) in _SEQUENCES


def unsayable(annotation: Any, metadata: Iterable[object] = ()) -> str | None:
    """Why values of a type do not arrive as they were if they are sent as text; ``None`` if they do."""
    if typing.get_origin(annotation) is Annotated:
        inner, *more = typing.get_args(annotation)
        return unsayable(inner, (*metadata, *more))
    if annotation in _UNREADABLE and any(
        isinstance(one, Strict) and one.strict for one in metadata
    ):
        return "a strict number or boolean is not read from text"
    if typing.get_origin(annotation) in LITERALS or _is_enum(annotation):
        return _lost_value(annotation)
    choices = _choices(annotation)
    if choices is not None:
        words = [] if is_sequence(annotation) else [one for one in choices if _is_word(one)]
        kinds = {_kind(one) for one in choices if one not in words}
        if len(kinds) > 1:
            return f"text does not tell {' from '.join(sorted(kinds))}"
    if is_sequence(annotation) or choices is not None:
        inner = (
            unsayable(one) for one in typing.get_args(annotation) if one not in (..., type(None))
        )
        return next((reason for reason in inner if reason is not None), None)
    return None


def _is_enum(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, enum.Enum)


def _kind(annotation: Any) -> str:
    while typing.get_origin(annotation) is Annotated:
        annotation = typing.get_args(annotation)[0]
    if is_sequence(annotation):
        return "lists"
    if annotation is bool:
        return "booleans"
    if annotation in (int, float):
        return "numbers"
    if typing.get_origin(annotation) in LITERALS:
        words = {type(value) for value in typing.get_args(annotation)}
        return "text" if words == {str} else "literals"
    return "text"


def _is_word(annotation: Any) -> bool:
    """Whether a type is texts that no number or boolean is sent as, which Pydantic prefers: ``Literal["nan", "auto"]``."""
    values = typing.get_args(annotation) if typing.get_origin(annotation) in LITERALS else ()
    return bool(values) and all(
        isinstance(one, str) and not _PLAIN.fullmatch(one) for one in values
    )


def _lost_value(annotation: Any) -> str | None:
    values = list(annotation) if _is_enum(annotation) else typing.get_args(annotation)
    adapter = TypeAdapter(annotation)
    for value in values:
        plain = value.value if isinstance(value, enum.Enum) else value
        if plain is None:
            continue
        try:
            read = adapter.validate_python(as_text(plain))
        except ValueError:
            read = None
        if read != value or type(read) is not type(value):
            return f"{plain!r} is not read from text"
    return None


def as_text(value: object) -> str:
    """A scalar as it is sent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
