"""The groups of the JSON-Schema-Test-Suite as contracts: lowered and rendered, or refused with the codes of the reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from samewire import ir
from samewire.errors import SamewireError
from samewire.jsonschema import lower
from samewire.jsonschema.source import Source, read
from samewire.schema.keywords import APPLICATORS, OWN

ROOT = "Case"

Render: TypeAlias = Callable[[ir.Contract], Mapping[str, str]]


@dataclass(frozen=True)
class Group:
    """One schema of the suite, with values and the verdicts that are right."""

    name: str
    schema: Any
    values: tuple[tuple[str, Any, bool], ...]


def groups(folder: Path) -> Iterator[Group]:
    for file in sorted(folder.glob("*.json")):
        for group in json.loads(file.read_text("utf-8")):
            values = tuple(
                (test["description"], test["data"], test["valid"]) for test in group["tests"]
            )
            yield Group(f"{file.stem}: {group['description']}", group["schema"], values)


def generate(group: Group, folder: Path, render: Render) -> str | None:
    """Writes the contract of a group, and gives the codes of what was refused instead, if anything was."""
    folder.mkdir()
    file = folder / f"{ROOT}.json"
    schema = group.schema
    if not isinstance(schema, dict) or not (OWN | APPLICATORS).intersection(schema):
        schema = {"$defs": {ROOT: schema}}
    file.write_text(json.dumps(schema), "utf-8")
    try:
        document = read(Source(file, file.name, (ROOT,)), "case")
        texts = render(lower(document, where="case.json"))
    except SamewireError as error:
        return ", ".join(sorted({each.code for each in error.diagnostics}))
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return None
