"""The file that is imported, as one JSON Schema document: what each kind of file has at its top, and what it says of types."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from samewire.discover.openapi import METHODS
from samewire.errors import Diagnostic, SchemaError
from samewire.importing.dialects import DIALECT, modern
from samewire.schema.text import file_text, load

_ALONE: Final = re.compile(r"draft-0[3467]")
"""Drafts in which a reference stands alone."""

_LONGEST: Final = 40
"""A longer title is a sentence and no name, as is "JSON schema for ..."; the file's name serves instead."""
_WORD: Final = re.compile(r"[0-9A-Za-z]+")


def read(path: Path, where: str) -> dict[str, Any]:
    """
    Reads a document in the dialect 2020-12, with its types under ``$defs``, or under ``components.schemas`` of OpenAPI 3.1.

    Raises:
        SchemaError: it can't be read, or is no kind of file that has types.

    """
    document = _loaded(path, where)
    if "swagger" in document:
        hint = "convert it to OpenAPI 3, with swagger2openapi for example"
        raise SchemaError(Diagnostic("import-unreadable", where, "is Swagger 2", hint))
    version = document.get("openapi")
    if isinstance(version, str):
        return _api(document, version, where)
    dialect = document.get("$schema")
    alone = isinstance(dialect, str) and _ALONE.search(dialect) is not None
    whole: dict[str, Any] = {**modern(document, alone=alone), "$schema": DIALECT}
    title = whole.get("title")
    if isinstance(title, str) and (len(title) > _LONGEST or "schema" in title.lower()):
        whole.setdefault("description", whole.pop("title"))
    return whole


def _loaded(path: Path, where: str) -> dict[str, Any]:
    if path.suffix.lower() in (".graphql", ".graphqls", ".gql"):
        hint = (
            "its clients choose the fields of a response: import sample responses of your "
            "queries, as a folder"
        )
        raise SchemaError(Diagnostic("import-unreadable", where, "is GraphQL", hint))
    text = file_text(path, "import-unreadable", where)
    if path.suffix.lower() in (".yaml", ".yml"):
        return load(_json_of_yaml(text, where), where)
    return load(text, where)


def _json_of_yaml(text: str, where: str) -> str:
    """Converts YAML to JSON. Dates stay text."""
    import yaml  # noqa: PLC0415  # comes with datamodel-code-generator

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever there is
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if not tag.endswith(":timestamp")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        value = yaml.load(text, Loader=Loader)  # noqa: S506  # a safe loader with fewer types
        return json.dumps(value)
    except (yaml.YAMLError, TypeError, ValueError, RecursionError) as error:
        message = f"contains YAML that JSON cannot represent: {error}"
        raise SchemaError(Diagnostic("import-unreadable", where, message)) from error


# --- OpenAPI ----------------------------------------------------------------------------------------------------------


def _api(document: Mapping[str, Any], version: str, where: str) -> dict[str, Any]:
    if not version.startswith("3."):
        message = f"is OpenAPI {version}"
        raise SchemaError(
            Diagnostic("import-unreadable", where, message, "Samewire reads 3.0 to 3.2")
        )
    components = document.get("components")
    held = components.get("schemas") if isinstance(components, dict) else None
    schemas = dict(held) if isinstance(held, dict) else {}
    for name, schema in _bodies(document):
        if name not in schemas:
            schemas[name] = schema
    alone = version.startswith("3.0")
    schemas = {name: modern(schema, alone=alone) for name, schema in schemas.items()}
    return {"openapi": "3.1.0", "components": {"schemas": schemas}}


def _bodies(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemas of bodies that are written where a route is, named after the route."""
    paths = document.get("paths")
    for path, item in (paths if isinstance(paths, dict) else {}).items():
        for method in METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            if not isinstance(operation, dict):
                continue
            given = operation.get("operationId")
            words = _WORD.findall(given if isinstance(given, str) else f"{method} {path}")
            name = "".join(word[0].upper() + word[1:] for word in words)
            yield from _inline(f"{name}Body", operation.get("requestBody"))
            responses = operation.get("responses")
            if isinstance(responses, dict):
                good = [code for code in responses if str(code).startswith("2")]
                yield from _inline(f"{name}Response", responses[good[0]] if good else None)


def _inline(name: str, holder: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    content = holder.get("content") if isinstance(holder, dict) else None
    media = content.get("application/json") if isinstance(content, dict) else None
    schema = media.get("schema") if isinstance(media, dict) else None
    if isinstance(schema, dict) and "$ref" not in schema:
        yield name, schema
