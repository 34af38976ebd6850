"""JSON text inside a string."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from samewire.scalars.base import Format, Near
from samewire.scalars.checks import Predicate
from samewire.scalars.view import CoreSchema, JsonSchema, View


@dataclass(frozen=True, slots=True)
class JsonText(Format):
    """``Json[T]`` as it is read; the exporter adds what the text holds."""

    annotations = ("Json",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """The exporter writes ``document`` beside the schema of what is inside."""

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"json-string": cls()}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "json-string"}

    def standard(self) -> JsonSchema:
        return {"contentMediaType": "application/json"}

    def label(self) -> str:
        return "jsonString"

    def predicate(self) -> Predicate:
        return Predicate("isJsonText", "Invalid JSON string")

    def fits(self, text: str) -> bool:
        try:
            json.loads(text, parse_constant=_no_json)
        except ValueError:
            return False
        return True

    def edges(self) -> Iterator[str]:
        yield from ("null", "1", '"x"', "[]", "{}", '{"a":[1,true,null]}', "-1.5e3", "false")

    def invalid(self) -> Iterable[Near]:
        return (
            ("{", "cut short"),
            ("{a: 1}", "a key without quotes"),
            ("", "empty"),
            ("NaN", "no JSON"),
            ("'x'", "single quotes"),
        )


def _no_json(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
