"""What models do not say of what a file says: by kind, place and cause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_INSIDE: Final = re.compile(r"(?<=\w)\((?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Loss:
    """One difference. ``witness`` is JSON text on which both sides differ, or empty."""

    kind: str
    place: str
    detail: str = ""
    witness: str = ""


CAUSES: Final = {
    "accepts-null": "a key that may be left out is a field with the default None, which reads null as well",
    "all-of": "the value has to be of two types at once, and one of them is kept",
    "condition": "if, then and else: what holds of some values only is not checked",
    "contains": "what some elements of a list have to be is not checked",
    "content": "the text is JSON text, and what is in it is not checked",
    "count": "how many keys an object with fields has is not checked",
    "default": "the default is no plain value of the type, so the field has the default None",
    "format": "no Python type writes such a text as it reads it, so any text is accepted",
    "key-names": "the names of further keys are not checked",
    "limited-format": "the format is kept, and the limits on its text are not",
    "never": "a key that is forbidden, or an element that no value fits, is not refused",
    "not": "what a value may not be is not checked",
    "not-compared": "Samewire can't read the model back, so the two sides are not compared",
    "not-read": "Samewire can't read the schema, so any value is accepted",
    "number-literal": "no Literal has a number with a fraction, so any number is accepted",
    "one-of": "a value that fits several members of the oneOf is not refused",
    "pattern": "Pydantic's regular expressions do not look around or refer back, so the pattern is left out",
    "pattern-dialect": "the pattern means something else to Pydantic's regular expressions in rare texts",
    "pattern-keys": "values of keys that match a pattern are not checked beside declared keys",
    "positions": "a list that begins with fixed positions has elements of any of their types",
    "second-pattern": "one pattern of several is kept",
    "spelling": "Pydantic reads other spellings of the format than its standard has",
    "too-many-choices": "alternatives beside fields, which would come to too many types when they are worked out",
    "unevaluated": "keys or elements that no other schema describes are not checked",
    "unique": "elements of a list may be equal",
    "unproven": "neither a proof nor a value that tells the two sides apart was found",
    "zod": "code of a zod schema, or a value that JSON does not have, which JSON Schema can't say",
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
