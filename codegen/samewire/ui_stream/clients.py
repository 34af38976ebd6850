"""
Since which version of ``ai`` a client takes what: the measured facts, and nothing else.

By bisecting the packages on npm (lines 5, 6 and 7, up to 5.0.277, 6.0.326 and 7.0.173); the tests hold the table against the
installed ones. Only what came later than its line, or never, is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Version: TypeAlias = tuple[int, int, int]
Since: TypeAlias = Mapping[int, Version]
"""The first version of each line that has something. A line that is not there never had it."""


def version(text: str) -> Version:
    major, minor, patch = (int(number) for number in text.split("."))
    return major, minor, patch


def written(number: Version) -> str:
    return ".".join(map(str, number))


def _since(*versions: str) -> Since:
    return {first[0]: first for first in map(version, versions)}


LOOSE: Final[Since] = _since("5.0.217", "6.0.231", "7.0.32")
"""
From here on a client ignores a field that it does not know; before, it refuses the chunk. A type of chunk or a ``finishReason``
that it does not know is refused by every version.
"""

ALWAYS: Final[Since] = _since("5.0.0", "6.0.0", "7.0.0")

TYPES: Final[Mapping[str, Since]] = {
    "tool-input-error": _since("5.0.7", "6.0.0", "7.0.0"),
    "tool-approval-request": _since("6.0.0", "7.0.0"),
    "tool-output-denied": _since("6.0.0", "7.0.0"),
    "tool-approval-response": _since("7.0.0"),
    "reasoning-file": _since("7.0.0"),
    "custom": _since("7.0.0"),
    "reset-step": _since("7.0.70"),
    "steering-message": _since("7.0.163"),
}

_TITLE = _since("6.0.0", "7.0.0")
_TOOL_METADATA = _since("6.0.176", "7.0.0")
_RESULT_METADATA = _since("6.0.120", "7.0.0")

FIELDS: Final[Mapping[str, Mapping[str, Since]]] = {
    "finish": {"finishReason": _since("5.0.92", "6.0.0", "7.0.0")},
    "abort": {"reason": _since("6.0.15", "7.0.0")},
    "text-end": {"citations": _since("7.0.138")},
    "tool-input-start": {
        "inputEncoding": _since("6.0.308", "7.0.142"),
        "providerMetadata": _since("6.0.39", "7.0.0"),
        "toolMetadata": _TOOL_METADATA,
        "title": _TITLE,
    },
    "tool-input-available": {"toolMetadata": _TOOL_METADATA, "title": _TITLE},
    "tool-input-error": {"toolMetadata": _TOOL_METADATA, "title": _TITLE},
    "tool-approval-request": {
        "approvalDescriptor": _since("6.0.274", "7.0.87"),
        "inputSchemaInput": _since("6.0.290", "7.0.113"),
        "reason": _since("7.0.82"),
        "isAutomatic": _since("7.0.0"),
        "signature": _since("6.0.202", "7.0.0"),
    },
    "tool-output-available": {
        "providerMetadata": _RESULT_METADATA,
        "toolMetadata": _TOOL_METADATA,
        "preliminary": _since("5.0.11", "6.0.0", "7.0.0"),
    },
    "tool-output-error": {"providerMetadata": _RESULT_METADATA, "toolMetadata": _TOOL_METADATA},
}
"""By the type of the chunk and the key on the wire."""

FINISH_REASONS: Final[Mapping[str, Since]] = {
    "interrupted": _since("7.0.149"),
    "unknown": _since("5.0.92"),
}
"""``unknown`` is no value of :data:`~samewire.ui_stream.FinishReason`: only clients of version 5 take it."""


NULL_CONSTRUCTOR: Final[Since] = _since("5.0.146", "6.0.115", "7.0.0")
"""From here on a key ``constructor`` may hold null; before, the client's JSON parser throws at it."""


def type_since(tag: str) -> Since:
    """Of a chunk, by its type; data chunks have been there always."""
    return TYPES.get(tag, ALWAYS)


def field_since(tag: str, key: str) -> Since:
    """Of a field, by its key on the wire."""
    return FIELDS.get(tag, {}).get(key) or type_since(tag)


# --- In the schema ----------------------------------------------------------------------------------------------------


def described(since: Since) -> dict[str, str]:
    """``{"6": "6.0.0", "7": "7.0.0"}``: a line that is not there never had it."""
    return {str(line): written(first) for line, first in since.items()}


def annotate(schema: JsonSchemaValue, tag: str) -> None:
    """Adds ``x-samewire-since`` to the schema of a chunk, and to each property that came later than the chunk."""
    schema["x-samewire-since"] = described(type_since(tag))
    for key, since in FIELDS.get(tag, {}).items():
        if key in schema.get("properties", {}):
            prop = schema["properties"][key]
            schema["properties"][key] = {**prop, "x-samewire-since": described(since)}


class ValuesSince:
    """Marks an enumeration: ``x-samewire-enum-since`` says of each value since when it exists."""

    def __init__(self, values: Mapping[str, Since], *, otherwise: Since) -> None:
        self.values = values
        self.otherwise = otherwise

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        json_schema = handler(schema)
        # Before Pydantic 2.11 the schema of a named type is a reference here.
        target = handler.resolve_ref_schema(json_schema)
        target["x-samewire-enum-since"] = [
            described(self.values.get(one, self.otherwise)) for one in target["enum"]
        ]
        return json_schema


class Clients:
    """Marks the union of all chunks: ``x-samewire-clients`` has the lines, and since when each ignores unknown fields."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        lines = {
            str(line): {"since": written(ALWAYS[line]), "ignoresUnknownFieldsSince": written(loose)}
            for line, loose in LOOSE.items()
        }
        found = handler(schema)
        handler.resolve_ref_schema(found)["x-samewire-clients"] = {"package": "ai", "lines": lines}
        return found
