"""
URLs, UUIDs, and formats that are read with or without one of their parts.
"""

from __future__ import annotations

from samewire.export.view import (
    CoreSchema,
    JsonSchema,
    View,
)


def url(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {
        "type": "string",
        "format": "uri" if schema["type"] == "url" else "multi-host-uri",
    }
    if schema.get("allowed_schemes"):
        result["x-samewire-url-schemes"] = list(schema["allowed_schemes"])
    # The limit is on the input; normalization can make the URL that is written longer.
    if schema.get("max_length") is not None and not view.emits:
        result["maxLength"] = schema["max_length"]
    return result


_MASKED = tuple(
    f"ipv{kind}"
    for kind in ("4network", "6network", "4interface", "6interface", "anynetwork", "anyinterface")
)


def as_written(schema: JsonSchema) -> JsonSchema:
    """A format that is read with or without one of its parts, as it is always written: with it."""
    match schema.get("format"):
        case format_ if format_ in _MASKED:
            return {**schema, "pattern": "/"}
        case "name-email":
            return {**schema, "pattern": ">$"}
        case _:
            return schema


def uuid(schema: CoreSchema) -> JsonSchema:
    result: JsonSchema = {"type": "string", "format": "uuid"}
    if schema.get("version") is not None:
        result["x-samewire-uuid-version"] = schema["version"]
    return result
