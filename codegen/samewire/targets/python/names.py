"""Names in a Python module: of classes, aliases and fields, without shadowing names that annotations need."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from samewire import ir
from samewire.identifiers import words

# What every class that extends BaseModel has, in any version of Pydantic, and what its author may not redefine.
_OF_MODELS: Final = words(
    """
    construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json update_forward_refs validate
    model_computed_fields model_config model_construct model_copy model_dump model_dump_json model_extra model_fields
    model_fields_set model_json_schema model_parametrized_name model_post_init model_rebuild model_validate
    model_validate_json model_validate_strings
    """
)
IN_ANNOTATIONS: Final = words("bool date datetime dict float int list re str time timedelta tuple")
"""A field of such a name, with a value, would stand in the class for the type."""
_CONSTANTS: Final = words("False None True ValueError")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_IN_NAMES: Final = re.compile(r"[^0-9A-Za-z_]+")


def class_names(definitions: Iterable[str], taken: frozenset[str]) -> dict[str, str]:
    """The names of classes and aliases, by the keys of definitions; none is in ``taken``."""
    names: dict[str, str] = {}
    used = {*taken, *IN_ANNOTATIONS, *_CONSTANTS}
    for key in sorted(definitions, key=lambda key: (_class_name(key) != key, key)):
        names[key] = _free(_class_name(key), used)
        used.add(names[key])
    return names


def _class_name(key: str) -> str:
    name = unicodedata.normalize("NFKC", key)
    if not name.isidentifier():
        name = _NOT_IN_NAMES.sub("_", name)
    name = name.lstrip("_") or "Type"
    return f"Type{name}" if not name.isidentifier() else name


def field_names(type_: ir.Object, classes: Iterable[str]) -> Mapping[str, str]:
    """The names of an object's fields, by key. None is another key of it, or the name of a class."""
    keys = [each.key for each in type_.properties]
    names: dict[str, str] = {}
    taken = {*classes, *IN_ANNOTATIONS, *_OF_MODELS}
    used = {*taken, *keys}
    names |= {
        key: key
        for key in keys
        if field_name(key) == key and key not in taken and not keyword.iskeyword(key)
    }
    for key in keys:
        if key not in names:
            names[key] = _free(field_name(key), used)
            used.add(names[key])
    return names


def field_name(key: str) -> str:
    """In snake case.

    >>> [field_name(key) for key in ("sentAt", "HTTPServer", "x-id", "_id", "2fa", "größe")]
    ['sent_at', 'http_server', 'x_id', 'id', 'field_2fa', 'größe']
    """
    plain = unicodedata.normalize("NFKC", key)
    if not f"_{plain}".isidentifier():
        plain = _NOT_IN_NAMES.sub("_", plain)
    name = _CAMEL.sub("_", plain).lower().strip("_")
    name = re.sub("_{2,}", "_", name) or "field"
    return name if name.isidentifier() else f"field_{name}"


def _free(name: str, used: Iterable[str]) -> str:
    if keyword.iskeyword(name) or name in used:
        candidate = f"{name}_"
        number = 2
        while candidate in used:
            candidate, number = f"{name}_{number}", number + 1
        return candidate
    return name
