"""What older versions of Pydantic put into core schemas, as the newest does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def modern(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    A core schema as the newest Pydantic has it. Its parts are left as they are.

    A ``NamedTuple`` is a call of its class before Pydantic 2.14. What it reads and writes is the same: an array of all fields, and
    in what is read those at the end that have a default may be left off.
    """
    if schema["type"] != "call":
        return schema
    cls = schema["function"]
    if not (isinstance(cls, type) and issubclass(cls, tuple) and hasattr(cls, "_fields")):
        return schema
    fields = [
        {"type": "named-tuple-field", "name": argument["name"], "schema": argument["schema"]}
        for argument in schema["arguments_schema"]["arguments_schema"]
    ]
    ref = {"ref": schema["ref"]} if "ref" in schema else {}
    return {"type": "named-tuple", "cls": cls, "fields": fields, **ref}
