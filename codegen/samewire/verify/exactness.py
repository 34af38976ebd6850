"""Whether a type reads just what it writes, so that what Pydantic refuses to read is nothing that it writes either."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping
from types import NoneType
from typing import Any

from pydantic_core import SchemaError, SchemaValidator, ValidationError

from samewire.coreschema import FUNCTIONS, parts
from samewire.coreschema.flat import Flat
from samewire.dump import DumpOptions

_CODE = frozenset(
    (
        *FUNCTIONS,
        "function-plain",
        "json",
        "call",
        "is-instance",
        "is-subclass",
        "callable",
        "missing-sentinel",
        "enum",
        "complex",
        "fraction",
    )
)


_EMPTY: Mapping[type, str] = {list: "list", dict: "dict", set: "set", frozenset: "frozenset"}


def reads_what_it_writes(core: Mapping[str, Any], dump: DumpOptions, flat: Flat) -> bool:
    """
    Whether what is refused as input can't be output.

    False whenever anything is there that sets the two apart: options that leave keys out, aliases of one direction, excluded and
    computed fields, functions, and settings of either direction alone.
    """
    usual = DumpOptions(by_alias=dump.by_alias)
    pure = _pure_by_alias if dump.by_alias else _pure_by_name
    return dump == usual and dump.by_alias is not None and all(flat.each(core, pure))


def _pure_by_alias(part: Mapping[str, Any]) -> bool:
    return _pure(part, by_alias=True)


def _pure_by_name(part: Mapping[str, Any]) -> bool:
    return _pure(part, by_alias=False)


def _pure(value: Any, *, by_alias: bool) -> bool:
    match value:
        case dict():
            kind = value.get("type")
            if isinstance(kind, str) and (kind in _CODE or _is_special(value)):
                return False
            if value.get("computed_fields") or "now_op" in value:
                return False
            if value.get("custom_init") or value.get("post_init"):
                return False
            if any(
                key.startswith(("ser_json_", "val_json_", "ser_", "val_", "str_to_"))
                for key in _config(value)
            ):
                return False
            if _config(value).get("validate_by_alias") is False and by_alias:
                return False
            if "serialization" in value and value["serialization"].get("type") not in (
                "to-string",
                "format",
            ):
                return False
            if kind in (
                "model-field",
                "dataclass-field",
                "typed-dict-field",
            ) and not _one_key(value, by_alias):
                return False
            inside = all(_pure(part, by_alias=by_alias) for _, part in parts(value))
            # The functions of a user's that may be in a schema are known by now: none is called with the default.
            return inside and not (kind == "default" and _is_stray(value))
        case list() | tuple():
            return all(map(functools.partial(_pure, by_alias=by_alias), value))
        case _:
            return True


def _is_stray(core: Mapping[str, Any]) -> bool:
    """Whether a default is written that would not be read: Pydantic does not validate it."""
    try:
        value = _default(core)
        if value is None:
            return bool(core["schema"]["type"] != "nullable")
        return not SchemaValidator(core["schema"]).isinstance_python(value)
    except SchemaError:  # it refers to definitions
        return not _is_whole(value, core["schema"])
    except Exception:  # noqa: BLE001  # the default is of a class of the user's, which may do anything when it is looked at
        return True


def _is_whole(value: object, core: Mapping[str, Any]) -> bool:
    """Whether the default of a type that refers to others is surely read as it is written."""
    cls: Any = type(value)
    if hasattr(cls, "__pydantic_validator__"):
        written = cls.__pydantic_serializer__.to_json(value, by_alias=True, warnings=False)
        with contextlib.suppress(ValidationError):
            cls.__pydantic_validator__.validate_json(written)
            return True
        return False
    while core["type"] == "nullable":
        core = core["schema"]
    return not value and core["type"] == _EMPTY.get(cls)


def _default(core: Mapping[str, Any]) -> object:
    """What is written for a default, of a factory that needs other fields a value of an unknown class."""
    if "default" in core:
        return core["default"]
    return object() if core.get("default_factory_takes_data") else core["default_factory"]()


def _is_special(value: Mapping[str, Any]) -> bool:
    """What is read otherwise than it is written: values that are no JSON, other letters, and keys that are not text."""
    match value:
        case {"type": "literal", "expected": expected}:
            return not all(type(each) in (str, int, bool, NoneType) for each in expected)
        case {"type": "tagged-union", "discriminator": discriminator}:
            return callable(discriminator)
        case {"type": "str"}:
            # The length is that of what is read: "ß" becomes "SS".
            return bool(value.get("to_upper") or value.get("to_lower"))
        case {"type": "dict"}:
            return bool(value.get("keys_schema", {"type": "str"})["type"] != "str")
        case _:
            return False


def _config(value: Mapping[str, Any]) -> Mapping[str, Any]:
    config = value.get("config")
    return config if isinstance(config, dict) else {}


def _one_key(field: Mapping[str, Any], by_alias: bool) -> bool:
    if field.get("serialization_exclude") or field.get("serialization_exclude_if"):
        return False
    if field.get("init") is False or field.get("init_only"):
        return False
    read = field.get("validation_alias")
    written = field.get("serialization_alias") if by_alias else None
    return bool(read == written)
