"""The JSON Schema of the configuration, for editors."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from samewire.config.model import Project

DIALECT = GenerateJsonSchema.schema_dialect
PYPROJECT = "pyproject.schema.json"
OWN_FILE = "samewire.schema.json"


class _ForToml(GenerateJsonSchema):
    """Without null, which TOML has not, and without titles, which would repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # no field's should
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        document = super().default_schema(schema)
        return {key: value for key, value in document.items() if (key, value) != ("default", None)}


def documents() -> dict[str, str]:
    """The schemas of samewire.toml and of pyproject.toml, as texts by the name of their file in this package."""
    schema = Project.model_json_schema(schema_generator=_ForToml)
    definitions = {"Project": schema, **schema.pop("$defs")}
    tool = _table("tool", _table("samewire", {"$ref": "#/$defs/Project"}))
    schemas = {OWN_FILE: {"$ref": "#/$defs/Project"}, PYPROJECT: tool}
    return {
        name: json.dumps({"$schema": DIALECT, **schema, "$defs": definitions}, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def _table(key: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {key: value}}
