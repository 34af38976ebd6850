"""Annotations: keywords that describe a value without limiting it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from samewire import ir
from samewire.lower.scope import Site


def doc_of(site: Site, name: str) -> ir.Doc:
    """
    The documentation of what is called ``name``.

    Nothing here can be wrong, since it limits no value: what is not of its keyword's type is left out. So is a title that
    only repeats the name, as generators of schemas write it (``First Name`` for ``first_name``).
    """
    merged: dict[str, Any] = {}
    for schema in _describing(site.schema):
        merged = {**schema, **merged} if merged else schema
    title, description = merged.get("title"), merged.get("description")
    message = merged.get("x-samewire-deprecated")
    deprecated = message if isinstance(message, str) and message else merged.get("deprecated")
    examples = merged.get("examples")
    return ir.Doc(
        title=title if isinstance(title, str) and not _repeats(title, name, merged) else None,
        description=description if isinstance(description, str) and description else None,
        deprecated=deprecated if deprecated and isinstance(deprecated, bool | str) else False,
        examples=tuple(examples) if isinstance(examples, list) else (),
        default=(merged["default"],) if "default" in merged else (),
        read_only=merged.get("readOnly") is True,
        write_only=merged.get("writeOnly") is True,
    )


def _describing(schema: Any) -> list[dict[str, Any]]:
    """A schema, and those that it consists of where it does nothing but wrap one (``allOf`` with one, or a nullable one)."""
    if not isinstance(schema, dict):
        return []
    match schema:
        case {"allOf": [inner]}:
            return [schema, *_describing(inner)]
        case {"anyOf": [dict() as inner, {"type": "null"}] | [{"type": "null"}, dict() as inner]}:
            # The default and the examples are those of what is not null; the rest describes both.
            described = {key: value for key, value in inner.items() if key == "description"}
            return [schema, described]
        case _:
            return [schema]


def _repeats(title: str, name: str, schema: Mapping[str, Any]) -> bool:
    source = str(schema.get("x-samewire-source", ""))
    return _bare(title) in {"", _bare(name), _bare(re.split(r"[:.]", source)[-1])}


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
