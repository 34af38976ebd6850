"""
The objects of OpenAPI 3.1 and 3.2 and their fields, by the specification, as a JSON Schema; and whether a document's schemas are
schemas.
"""

from __future__ import annotations

from typing import Any, Final

from jsonschema import Draft202012Validator

TEXT: Final = {"type": "string"}
FLAG: Final = {"type": "boolean"}
ANY: Final[dict[str, Any]] = {}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def named(schema: dict[str, Any], keys: str = "") -> dict[str, Any]:
    names = {"propertyNames": {"pattern": keys}} if keys else {}
    return {"type": "object", "additionalProperties": schema, **names}


def fields(needed: str = "", /, **known: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key.rstrip("_").replace("__", "$"): one for key, one in known.items()},
        "patternProperties": {"^x-": {}},
        "required": needed.split(),
        "additionalProperties": False,
    }


REFERENCE: Final = {"type": "object", "required": ["$ref"]}
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
NAME: Final = r"^[A-Za-z0-9._-]+$"


def or_reference(name: str) -> dict[str, Any]:
    return {"if": REFERENCE, "else": ref(name)}


def rules(version: str) -> dict[str, Any]:
    media = {"itemSchema": ref("schema")} if version == "3.2" else {}
    operation = {
        "tags": many(TEXT),
        "summary": TEXT,
        "description": TEXT,
        "externalDocs": ANY,
        "operationId": TEXT,
        "parameters": many(or_reference("parameter")),
        "requestBody": or_reference("body"),
        "responses": named(or_reference("response"), r"^([1-5](\d\d|XX)|default)$"),
        "callbacks": ANY,
        "deprecated": FLAG,
        "security": many(named(many(TEXT))),
        "servers": many(ref("server")),
    }
    described = {"description": TEXT, "content": named(ref("media"))}
    return {
        **fields(
            "openapi info",
            openapi={"pattern": rf"^{version.replace('.', '[.]')}\.\d+$"},
            info=fields(
                "title version",
                title=TEXT,
                summary=TEXT,
                description=TEXT,
                termsOfService=TEXT,
                contact=ANY,
                license=ANY,
                version=TEXT,
            ),
            jsonSchemaDialect=TEXT,
            servers=many(ref("server")),
            paths=named(ref("item"), "^/"),
            webhooks=named(ref("item")),
            components=fields(
                schemas=named(ref("schema"), NAME),
                responses=named(or_reference("response"), NAME),
                parameters=named(or_reference("parameter"), NAME),
                securitySchemes=named(or_reference("security"), NAME),
            ),
            security=many(named(many(TEXT))),
            tags=many(fields("name", name=TEXT, description=TEXT, externalDocs=ANY)),
            externalDocs=ANY,
        ),
        "$defs": {
            "server": fields("url", url=TEXT, description=TEXT, variables=ANY),
            "item": fields(
                summary=TEXT,
                description=TEXT,
                servers=many(ref("server")),
                parameters=many(or_reference("parameter")),
                **dict.fromkeys(METHODS, ref("operation")),
            ),
            "operation": fields(**operation),
            "parameter": {
                **fields(
                    "name in",
                    name=TEXT,
                    in_={"enum": ["path", "query", "header", "cookie"]},
                    description=TEXT,
                    required=FLAG,
                    deprecated=FLAG,
                    style={"enum": ["simple", "form"]},
                    explode=FLAG,
                    schema=ref("schema"),
                    example=ANY,
                    examples=named(ANY),
                ),
                "if": {"properties": {"in": {"const": "path"}}},
                "then": {"properties": {"required": {"const": True}}, "required": ["required"]},
            },
            "body": {
                **fields(required=FLAG, **described),
                "required": ["content"],
            },
            "response": fields("description", headers=ANY, links=ANY, **described),
            "media": fields(schema=ref("schema"), example=ANY, examples=ANY, encoding=ANY, **media),
            "security": {
                "type": "object",
                "required": ["type"],
                "properties": {
                    "type": {"enum": ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]}
                },
            },
            "schema": {"type": ["object", "boolean"]},
        },
    }


def mistakes(document: dict[str, Any]) -> list[str]:
    """What is no OpenAPI in a document, each with its place."""
    version = document["openapi"][:3]
    found = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(rules(version)).iter_errors(document)
    ]
    for place, schema in _schemas(document, "$"):
        found += [
            f"{place}{error.json_path[1:]}: {error.message}"
            for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema)
        ]
    targets = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    found += [f"nothing is at {one}" for one in sorted(_refs(document) - targets)]
    operations = [
        operation
        for item in document["paths"].values()
        for key, operation in item.items()
        if key in METHODS
    ]
    ids = [one["operationId"] for one in operations if "operationId" in one]
    return found + [f"two operations are {one}" for one in {*ids} if ids.count(one) > 1]


def _schemas(value: Any, place: str) -> list[tuple[str, Any]]:
    """Every schema outside of schemas."""
    found: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("schema", "itemSchema"):
                found.append((f"{place}.{key}", each))
            elif key == "schemas" and place == "$.components":
                found += [(f"{place}.schemas.{name}", schema) for name, schema in each.items()]
            elif key not in ("example", "examples"):
                found += _schemas(each, f"{place}.{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found += _schemas(each, f"{place}[{index}]")
    return found


def _refs(value: Any) -> set[str]:
    if isinstance(value, list):
        return {ref for each in value for ref in _refs(each)}
    if not isinstance(value, dict):
        return set()
    own = value.get("$ref")
    inside = {
        ref
        for key, each in value.items()
        if key not in ("example", "examples", "default", "const", "enum") and key[:2] != "x-"
        for ref in _refs(each)
    }
    return inside | ({own} if isinstance(own, str) else set())
