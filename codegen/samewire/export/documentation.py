"""
Documentation of classes and fields, as JSON.

Authors write it in Python: a title may be a lazy translation, an extra any object, and their functions may raise. Documentation
that is no JSON is left out; it changes no byte of what is sent.
"""

from __future__ import annotations

import dataclasses as stdlib_dataclasses
import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticOmit

from samewire.export.docstrings import clean
from samewire.export.jsonable import jsonable
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.export.context import Context

T = TypeVar("T")

TEXTS: Final = ("title", "description")
WORDS: Final = (*TEXTS, "examples", "deprecated")


class NotJsonError(ValueError):
    """A value that JSON does not have."""


def attempt(function: Callable[[], T], otherwise: T) -> T:
    """What a function of an author's returns; ``otherwise`` if it raises. Leaving out what is hidden is no failure."""
    try:
        return function()
    except PydanticOmit:
        raise
    except (Exception, SystemExit):  # noqa: BLE001  # it is the user's code, written for other tools
        return otherwise


def as_json(value: Any) -> Any:  # what an author wrote, and JSON
    """
    A value as JSON, sets in order.

    Raises:
        NotJsonError: JSON has no such value.

    """
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case Mapping():
            return {str(key): as_json(item) for key, item in value.items()}
        case list() | tuple():
            return [as_json(item) for item in value]
        case AbstractSet():
            return sorted(map(as_json, value), key=json.dumps)
        case _ if type(value).__module__.startswith("samewire."):
            return value  # a refusal
        case _:
            converted = attempt(lambda: jsonable(value, by_alias=True), value)
            if converted is value:
                message = f"{type(value).__name__} is no JSON"
                raise NotJsonError(message)
            return converted


def readable(words: Mapping[str, Any]) -> JsonSchema:
    """What of a schema is JSON, key by key. A title or description of any class is its text."""
    result: JsonSchema = {}
    for key, value in words.items():
        text = attempt(lambda value=value: str(value), None) if key in TEXTS else None  # type: ignore[misc]  # bound now
        try:
            result[key] = as_json(value if text is None or value is None else text)
        except NotJsonError:
            continue
    return result


def of_class(cls: type[Any], config: Mapping[str, Any]) -> JsonSchema:
    """What a class says of itself: its title, docstring, examples and deprecation."""
    docs: JsonSchema = {}
    title = config.get("title")
    if title is None and (make_title := config.get("model_title_generator")):
        title = attempt(lambda: make_title(cls), None)
    if title is not None:
        docs["title"] = title
    if description := _docstring(cls):
        docs["description"] = description
    extra = config.get("json_schema_extra")
    if isinstance(extra, dict):
        docs |= {key: extra[key] for key in WORDS if key in extra}
    if (message := getattr(cls, "__deprecated__", None)) is not None:
        docs["deprecated"] = True
        if isinstance(message, str) and message:
            docs["x-samewire-deprecated"] = message
    docs = readable(docs)
    if docs.get("title") == cls.__name__:
        del docs["title"]
    return docs


def _docstring(cls: type[Any]) -> str | None:
    doc = cls.__dict__.get("__doc__") or _generic_origin_doc(cls)
    if not isinstance(doc, str) or not doc or cls is BaseModel:
        return None
    # dataclasses and named tuples without a docstring get their signature as one.
    signature = stdlib_dataclasses.is_dataclass(cls) or issubclass(cls, tuple)
    if signature and doc.startswith(f"{cls.__name__}("):
        return None
    return clean(doc) or None


def _generic_origin_doc(cls: type[Any]) -> str | None:
    metadata = getattr(cls, "__pydantic_generic_metadata__", None)
    origin = metadata["origin"] if metadata else None
    if origin is None or origin.__module__.partition(".")[0] == "pydantic":  # RootModel
        return None
    doc: str | None = origin.__dict__.get("__doc__")
    return doc


def of_field(context: Context, name: str) -> JsonSchema:
    """Deprecation messages, which Pydantic's own schema reduces to ``true``."""
    owner = context.place.owner
    if owner is None:
        return {}
    info = getattr(owner, "__pydantic_fields__", {}).get(name)
    if info is None:
        decorators = getattr(owner, "__pydantic_decorators__", None)
        computed = decorators.computed_fields.get(name) if decorators else None
        info = computed.info if computed else None
    message = getattr(info, "deprecation_message", None)
    if not message:
        return {}
    own = {} if message == "deprecated" else {"x-samewire-deprecated": str(message)}
    return {"deprecated": True, **own}
