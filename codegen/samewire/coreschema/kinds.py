"""Kinds of core schemas, by what their values are in Python; and types that are a function around another kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from pydantic.types import Base64Encoder, Base64UrlEncoder, EncodedBytes, EncodedStr

from samewire.coreschema.code import validator_function
from samewire.coreschema.functions import is_pydantics
from samewire.coreschema.wrappers import CoreSchema, choices, unwrapped, variant

NUMBERS: Final = ("int", "float", "decimal", "fraction")
MOMENTS: Final[Mapping[str, type[Any]]] = {
    "date": dt.date,
    "time": dt.time,
    "datetime": dt.datetime,
    "timedelta": dt.timedelta,
}
URLS: Final = ("url", "multi-host-url")
MAPPINGS: Final = ("dict", "frozendict", "ordered-dict", "counter")
ARRAYS: Final = ("list", "deque", "set", "frozenset")
SIZED: Final = ("str", "bytes", *ARRAYS, "tuple", *MAPPINGS)
CLASSES: Final = ("model", "dataclass", "typed-dict", "named-tuple", "call")
WITHOUT_TYPE: Final = (
    "function-plain",
    "invalid",
    "is-instance",
    "is-subclass",
    "callable",
    "definition-ref",
)
"""What says nothing of its values."""
IMMUTABLE: Final = (
    *("str", "bool", "none", "bytes", "uuid", "complex", "literal", "enum", *NUMBERS, *MOMENTS),
)

_SIZELESS: Final = (
    *("path_validator", "pattern_either_validator"),
    *("pattern_str_validator", "pattern_bytes_validator"),
)


def has_own_encoder(core: CoreSchema) -> bool:
    """Whether it is ``EncodedBytes`` or ``EncodedStr`` with an encoder that is not Pydantic's: its texts are known to its code."""
    owner = getattr(validator_function(core), "__self__", None)
    if not isinstance(owner, EncodedBytes | EncodedStr):
        return False
    return owner.encoder not in (Base64Encoder, Base64UrlEncoder)


_AS_JSON_IS_READ: Final[tuple[object, ...]] = ({}, [], "", 0, 0.5, True, None)


def is_only_python(core: CoreSchema) -> bool:
    """
    Whether its values are objects of Python that no JSON is read as: functions, classes, instances of a class.

    A class that has texts or lists among its instances is none of those: frameworks hand over JSON that is read already.
    """
    inner = unwrapped(core, ("function-after",))
    if inner["type"] != "is-instance":
        return inner["type"] in ("callable", "is-subclass")
    try:
        return not any(isinstance(value, inner["cls"]) for value in _AS_JSON_IS_READ)
    except Exception:  # noqa: BLE001  # what a class takes for its instances is code of the user's
        return False


def is_url_class(core: CoreSchema) -> bool:
    """Whether it is a subclass of Pydantic's URLs, which a function makes of a URL."""
    return core["type"] == "function-wrap" and core["schema"]["type"] in URLS


def is_sizeless(core: CoreSchema) -> bool:
    """Whether it is of paths or patterns, which have neither a length nor an order that Pydantic could check."""
    inner = variant(core) or core
    if inner["type"] == "union" and core is not inner:
        inner = choices(inner)[0]
        inner = variant(inner) or inner
    if inner["type"] not in ("function-after", "function-plain"):
        return False
    name = getattr(function := validator_function(inner), "__name__", "")
    return is_pydantics(function) and name in _SIZELESS


def is_masked(core: CoreSchema) -> bool:
    """Whether it is one of Pydantic's secrets, of which asterisks are written."""
    function = core.get("serialization", {}).get("function")
    return getattr(function, "__name__", "").startswith("_serialize_secret")


def is_secret(core: CoreSchema) -> bool:
    """Whether it is one of Pydantic's secrets, in strict mode as well."""
    return is_masked(core) or is_masked(variant(core) or {})


def text_of_secret(core: CoreSchema) -> str | None:
    """The kind of text that ``SecretStr`` or ``SecretBytes`` holds; ``None`` for ``Secret[T]``, which has no length."""
    reader = (variant(core) or core if core["type"] == "lax-or-strict" else core)["json_schema"]
    kind: str = reader["schema"]["type"]
    return kind if isinstance(validator_function(reader), type) else None
