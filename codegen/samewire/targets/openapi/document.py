"""A contract as an OpenAPI document: the operations of its application, if it has one, and its types as components."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from samewire import ir
from samewire.extensions.openapi import REF, parts
from samewire.extensions.openapi import references as referred_to
from samewire.extensions.openapi.model import OpenAPI
from samewire.graph import reachable
from samewire.targets.openapi.schemas import Formats, JsonSchema, Schemas
from samewire.walk import references

VERSIONS: Final = {"3.1": "3.1.0", "3.2": "3.2.0"}
_OUTSIDE: Final = re.compile(r"[^A-Za-z0-9._-]")
_ORDER: Final = (
    *("info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components"),
    *("security", "tags", "externalDocs"),
)
_OF_PARAMETER: Final = ("title", "description", "deprecated")
"""What a parameter says by itself, so that its schema need not."""


def component_names(definitions: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Unique component names of the definitions, of ASCII letters and digits."""
    definitions = list(definitions)
    used = {*taken, *(name for name in definitions if not _OUTSIDE.search(name))}
    names: dict[str, str] = {}
    for name in definitions:
        made = _OUTSIDE.sub("_", name)
        while made != name and made in used:
            made += "_"
        used.add(made)
        names[name] = made
    return names


def document(
    contract: ir.Contract, version: str, info: Mapping[str, str], formats: Formats
) -> JsonSchema:
    said = contract.extension(OpenAPI)
    own: Mapping[str, Any] = {} if said is None else said.document
    left: Mapping[str, Any] = own.get("components", {}).get("schemas", {})
    definitions = {each.name: each for each in contract.definitions}
    names = component_names(definitions, left)
    schemas = Schemas(definitions, names, _accepted(contract), formats)
    written: dict[str, Any] = _written(
        {key: value for key, value in own.items() if key != "components"},
        schemas,
        streams="itemSchema" if version == "3.2" else "schema",
    )
    written["info"] = {"title": contract.name, "version": "0.1.0", **own.get("info", {}), **info}
    if not own:
        written.setdefault("paths", {})
    inside = _inside_parameters(own)
    types = {
        schemas.names[name]: schemas.definition(name) for name in definitions if name not in inside
    }
    components = dict(own.get("components", {}))
    components["schemas"] = dict(sorted({**left, **types}.items()))
    written["components"] = {key: components[key] for key in sorted(components)}
    rest = sorted(written.keys() - {*_ORDER, "openapi"})
    return {
        "openapi": VERSIONS[version],
        **{key: written[key] for key in (*_ORDER, *rest) if key in written},
    }


def _accepted(contract: ir.Contract) -> frozenset[str]:
    """The definitions that the backend accepts."""
    uses = {each.name: references(each.type) for each in contract.definitions}
    return frozenset(reachable(contract.accepts, uses))


def _inside_parameters(own: Mapping[str, Any]) -> set[str]:
    """The definitions that are written property by property alone, as parameters."""
    found = list(referred_to(own))
    return {name for name, *keys in found if keys} - {name for name, *keys in found if not keys}


def _written(value: Any, schemas: Schemas, streams: str) -> Any:
    """A part of FastAPI's document, with the contract's types in place of references to definitions."""
    if isinstance(value, list):
        return [_written(each, schemas, streams) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(ref := value.get(REF), str):
        return _referred(schemas, *parts(ref))
    made = {key: _written(each, schemas, streams) for key, each in value.items()}
    if "in" in value and REF in value.get("schema", {}):
        made["schema"] = {k: v for k, v in made["schema"].items() if k not in _OF_PARAMETER}
    if "itemSchema" in made and streams != "itemSchema":
        # Before 3.2 only the whole can be described; by convention that is an item, for text/event-stream its data.
        item = made.pop("itemSchema")
        made[streams] = item.get("properties", {}).get("data", {}).get("contentSchema", item)
    return made


def _referred(schemas: Schemas, name: str, key: str | None = None) -> JsonSchema:
    if key is None:
        return {"$ref": schemas.reference(name)}
    type_ = schemas.definitions[name].type
    properties = type_.properties if isinstance(type_, ir.Object) else ()
    return next(schemas.property(each) for each in properties if each.key == key)
