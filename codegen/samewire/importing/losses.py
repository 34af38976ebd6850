"""What models do not say of what a file says: by kind, place and cause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_INSIDE: Final = re.compile(r"(?<=\w)\((?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Loss:
    """One difference. ``witness`` is a JSON value on which the two sides differ, or empty."""

    kind: str
    place: str
    detail: str = ""
    witness: str = ""


CAUSES: Final = {
    "accepts-null": "an optional key becomes a field with the default None, which also reads null",
    "all-of": "the value must have two types at once; the model keeps one of them",
    "condition": "if, then and else: conditions are not checked",
    "contains": "conditions on some elements of a list are not checked",
    "content": "the content of a JSON text is not checked",
    "count": "the number of keys of an object with fields is not checked",
    "default": "the default is not a plain value of the type, so the field has the default None",
    "format": "no Python type writes such a text as it reads it, so any text is accepted",
    "key-names": "the names of extra keys are not checked",
    "limited-format": "the format is kept, but not the limits on its text",
    "never": "a forbidden key, or an element that no value fits, is not refused",
    "not": "forbidden values are not refused",
    "not-compared": "Samewire cannot read the model back, so it does not compare the two sides",
    "not-read": "Samewire cannot read the schema, so any value is accepted",
    "number-literal": "no Literal has a fractional number, so any number is accepted",
    "one-of": "a value that fits several members of the oneOf is not refused",
    "pattern": "Pydantic's regular expressions do not look around or refer back, so the pattern is left out",
    "pattern-dialect": "the pattern has another meaning in Pydantic's regular expressions for rare texts",
    "pattern-keys": "values of keys that match a pattern are not checked beside declared keys",
    "positions": "a list with fixed positions first has elements of any of their types",
    "second-pattern": "only one of several patterns is kept",
    "spelling": "Pydantic reads other spellings of the format than its standard allows",
    "too-many-choices": "alternatives beside fields would expand to too many types",
    "unevaluated": "keys or elements that no other schema describes are not checked",
    "unique": "elements of a list may be equal",
    "unproven": "found neither a proof nor a value that distinguishes the two sides",
    "zod": "code of a zod schema, or a value outside JSON, which JSON Schema cannot express",
}
"""Why there is a loss of a kind, in words that hold of all of that kind; docs/importing.md lists them."""


def shortened(detail: str) -> str:
    """Without what a format is made of, which nobody reads."""
    return _INSIDE.sub("", detail)


def cause(kind: str) -> str:
    if kind in CAUSES:
        return CAUSES[kind]
    verb, _, what = kind.partition("-")
    refused = "the models refuse what the file allows"
    return f"{refused if verb == 'refuses' else 'the models accept what the file refuses'} ({what})"
