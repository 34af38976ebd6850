"""Models with text in every position that reaches the output, and what their validators then take."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal, cast

from pydantic import AnyUrl, BaseModel, ConfigDict, Field, UrlConstraints, create_model
from samewire import ir
from samewire.discover import Root
from samewire.export import ExportOptions, export_contract
from samewire.lower import lower
from samewire.schema import dumps, load
from samewire.targets.guards import render as guards
from samewire.targets.typescript.names import assign_identifiers, assign_validators, guard_names
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.valibot import render as valibot
from samewire.targets.zod import render as zod
from samewire.targets.zod.options import ZodOptions

from tests.documents import roots_of

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&~/-]")


def _has_letter(text: str) -> str:
    """Documentation that is only made of marks may be left out, and so have no comment to compare."""
    return text if any(map(str.isalnum, text)) else f"{text}x"


def _no_nul(text: str) -> str:
    """CPython has no class of such a name."""
    return text.replace("\0", "")


def _scheme(text: str) -> str:
    """As RFC 3986 section 3.1 has it; others are refused."""
    return f"x{re.sub('[^A-Za-z0-9+.-]', '', text)}".lower()


POSITIONS: Mapping[str, Callable[[str], str]] = {
    "class name": lambda text: f"Named{_no_nul(text)}",
    "module": lambda text: f"{text}.module",
    "qualified name": _no_nul,
    "docstring": _has_letter,
    "model title": _has_letter,
    "field name": lambda text: f"field {text}",
    "alias": lambda text: f"{text} alias",
    "field title": _has_letter,
    "description": _has_letter,
    "deprecated": _has_letter,
    "literal": str,
    "enum value": str,
    "enum member": lambda text: f"{text} member",
    "enum docstring": _has_letter,
    "default": str,
    "example": str,
    "example key": str,
    "pattern": str,
    "tag": lambda text: f"{text} tag",
    "tag value": str,
    "record key": str,
    "extra key": lambda text: f"x-{text}",
    "extra value": str,
    "extra description": _has_letter,
    "url scheme": _scheme,
    "contract": str,
    "schema path": str,
    "command": str,
}
"""Each position with what makes text fit for it, where it is not fit as it is."""


TARGETS: dict[str, Callable[[ir.Contract, dict[str, Any]], dict[str, str]]] = {
    "zod": lambda contract, given: zod.render_contract(contract, ZodOptions(**given)),
    "valibot": lambda contract, given: valibot.render_contract(
        contract, valibot.ValibotOptions(**given)
    ),
    "guards": lambda contract, given: guards.render_contract(contract, TypeScriptOptions(**given)),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """``right`` and ``wrong`` are values as JSON, each with the name of the validator that takes or refuses it."""

    files: dict[str, str]
    right: list[tuple[str, str]]
    wrong: list[tuple[str, str]]


def rendered(given: Mapping[str, str], *, target: str = "zod", importable: bool = True) -> Rendered:
    """The files that a target writes of a contract with the given texts by position, and "harmless" in the others."""
    texts = {name: fit(given.get(name, "harmless")) for name, fit in POSITIONS.items()}
    model = _model(texts)
    root = Root(model.__name__, model, "app:Root", True)
    exported = export_contract(texts["contract"], (root,), (root,), ExportOptions())
    assert exported.diagnostics == (), exported.diagnostics
    where = f"{texts['schema path']}.json"
    document = load(dumps(exported.document), where)
    options = {
        "import_extension": ".ts",
        "type_test": importable,
        "schema_path": where,
        "command": f"samewire {texts['command']}",
    }
    files = TARGETS[target](lower(document, where=where), options)
    (name,) = roots_of(document, "emits")
    names = assign_identifiers(document["$defs"])
    validator = (guard_names(names) if target == "guards" else assign_validators(names))[name]
    value = _value(texts)
    return Rendered(
        files,
        [(validator, json.dumps(value))],
        [(validator, json.dumps(each)) for each in _wrong(value, texts)],
    )


def _model(texts: Mapping[str, str]) -> type[BaseModel]:
    kind = Enum("Kind", {texts["enum member"]: texts["enum value"], "OTHER": "other value"})  # type: ignore[misc]  # the members are not literal
    kind.__doc__ = texts["enum docstring"]
    tag, value = texts["tag"], texts["tag value"]
    members = [
        create_model(name, kind=(_literal(each), Field(alias=tag)))
        for name, each in (("First", value), ("Second", f"{value} 2"))
    ]
    pattern = f"^(?:{_SPECIAL.sub(_escaped, texts['pattern'])})+$"
    fields: dict[str, Any] = {
        texts["field name"]: (int, Field(title=texts["field title"])),
        "aliased": (str, Field(alias=texts["alias"], description=texts["description"])),
        # An inherited key changes how all others are checked, so there always is one.
        "inherited": (int, Field(alias="constructor")),
        "old": (int, Field(deprecated=texts["deprecated"])),
        "literal": (_literal(texts["literal"]), ...),
        "kind": (kind, ...),
        "matched": (Annotated[str, Field(pattern=pattern)], ...),
        "either": (Annotated[members[0] | members[1], Field(discriminator="kind")], ...),
        "record": (dict[_literal(texts["record key"]), int], ...),  # type: ignore[misc]  # a literal made at run time
        "url": (Annotated[AnyUrl, UrlConstraints(allowed_schemes=[texts["url scheme"]])], ...),
        "defaulted": (
            dict[str, str],
            Field(
                default={texts["example key"]: texts["default"]},
                examples=[texts["example"], {texts["example key"]: [texts["example"]]}],
            ),
        ),
        "more": (
            int,
            Field(
                json_schema_extra={
                    texts["extra key"]: texts["extra value"],
                    "description": texts["extra description"],
                    "format": texts["extra value"],
                }
            ),
        ),
    }
    config = ConfigDict(
        title=texts["model title"], json_schema_extra={texts["extra key"]: texts["extra value"]}
    )
    model: type[BaseModel] = create_model(texts["class name"], __config__=config, **fields)
    model.__doc__ = texts["docstring"]
    model.__module__ = texts["module"]
    model.__qualname__ = texts["qualified name"] or "empty"
    model.model_rebuild(force=True)
    return model


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _literal(value: str) -> Any:
    return cast("Any", Literal)[value]


def _value(texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        texts["field name"]: 1,
        texts["alias"]: "x",
        "constructor": 2,
        "old": 3,
        "literal": texts["literal"],
        "kind": texts["enum value"],
        "matched": texts["pattern"] * 2,
        "either": {texts["tag"]: f"{texts['tag value']} 2"},
        "record": {texts["record key"]: 4},
        "url": f"{texts['url scheme']}://host/",
        "defaulted": {texts["default"]: texts["default"]},
        "more": 5,
    }


def _wrong(value: dict[str, Any], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    def but(**changed: object) -> dict[str, Any]:
        return {**value, **changed}

    return [
        {key: item for key, item in value.items() if key != texts["field name"]},
        {key: item for key, item in value.items() if key != texts["alias"]},
        but(literal=f"{texts['literal']}!"),
        but(kind=f"{texts['enum value']}!"),
        but(kind=texts["enum member"]),
        but(matched=f"{texts['pattern']}\N{SNOWMAN}"),
        but(either={texts["tag"]: "x"}),
        but(either={f"{texts['tag']}!": f"{texts['tag value']} 2"}),
        but(record={f"{texts['record key']}!": 4}),
        but(url="other-scheme://host/"),
    ]
