"""Semantic versions (semver.org, 2.0.0), of pydantic-extra-types and python-semver."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Predicate
from samewire.scalars.view import JsonSchema

# Python reads no integer of more digits.
_NUMBER: Final = r"(?:0|[1-9][0-9]{0,4299})"
_PART: Final = r"(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
SYNTAX: Final = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_PART}(?:\.{_PART})*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?"
)


@dataclass(frozen=True, slots=True)
class SemanticVersion(Format):
    annotations = ("SemanticVersion", "ManifestVersion")

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        function = "__get_pydantic_core_schema__.<locals>.validate_from_str"
        return {
            f"pydantic_extra_types.semantic_version:SemanticVersion.{function}": cls(),
            f"pydantic_extra_types.semver:_VersionPydanticAnnotation.{function}": cls(),
        }

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"semantic-version": cls()}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "semantic-version"}

    def standard(self) -> JsonSchema:
        return {"pattern": f"^(?:{SYNTAX.pattern})$"}

    def label(self) -> str:
        return "semanticVersion"

    def predicate(self) -> Predicate:
        return Predicate("isSemanticVersion", "Invalid semantic version")

    def fits(self, text: str) -> bool:
        return SYNTAX.fullmatch(text) is not None

    def edges(self) -> Iterator[str]:
        yield from ("1.2.3", "0.0.0", "10.20.30-alpha.1+build.5", "1.0.0-0.x-y.-", "1.0.0+001")
        yield "9" * 30 + ".0.0--"

    def invalid(self) -> Iterable[Near]:
        return (
            ("1.2", "two numbers"),
            ("1.2.3.4", "four numbers"),
            ("01.2.3", "a zero in front"),
            ("1.2.3-01", "a zero in front, of a number before the release"),
            ("1.2.3-", "nothing behind the hyphen"),
            ("1.2.3+", "nothing behind the plus"),
            ("1.2.3-a..b", "an empty part"),
            ("1.2.3-é", "a letter beyond ASCII"),
            ("v1.2.3", "a v in front"),
        )

    def draw(self, draw: Draw) -> str:
        numbers = ".".join(str(draw.integer(0, 30)) for _ in range(3))
        suffix = draw.choice(("", "-", "+"))
        return numbers + (suffix and suffix + draw.text("abcXYZ09-", 1, 6))
