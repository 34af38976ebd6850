"""
Types of pydantic-extra-types that take the texts of a list, such as the codes of countries, as a pattern.

Only a validator knows the list, which depends on the version of its package. Its class is in the core schema, so that the package
need not be imported. A list that is long, or of the system's, is left to the backend: ``docs/extra-types.md`` says which.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final, cast

from pydantic_core import CoreSchema as CoreSchemaType
from pydantic_core import SchemaValidator

from samewire.coreschema import CoreSchema, validator_function

_INDEX: Final[dict[str, Callable[[type[Any]], Iterable[str]]]] = {
    "country:CountryAlpha2": lambda cls: _index(cls, "_index_by_alpha2"),
    "country:CountryAlpha3": lambda cls: _index(cls, "_index_by_alpha3"),
    "country:CountryNumericCode": lambda cls: _index(cls, "_index_by_numeric_code"),
    "currency_code:Currency": lambda cls: cls.allowed_currencies,
    "currency_code:ISO4217": lambda cls: cls.allowed_currencies,
    "language_code:ISO639_5": lambda cls: cls.allowed_values,
    "language_code:LanguageAlpha2": lambda cls: _index(cls, "_index_by_alpha2"),
    "script_code:ISO_15924": lambda cls: cls.allowed_values,
}


# Of the texts that ``Coordinate`` takes, those with digits and a point alone. It calls ``float``, and checks the bounds afterwards.
_COORDINATE: Final = (
    r"^ *[+-]?(?:90(?:\.0+)?|[0-8]?[0-9](?:\.[0-9]+)?) *, *"
    r"[+-]?(?:180(?:\.0+)?|(?:1[0-7][0-9]|[0-9]?[0-9])(?:\.[0-9]+)?) *$"
)


def pattern(core: CoreSchema, *, emits: bool) -> str | None:
    """The pattern of the texts that a type of the package takes, or writes; ``None`` for every other type."""
    if _is_step_of_coordinate(core, "_parse_str"):
        return _COORDINATE
    serialization = core.get("serialization", {})
    if emits and serialization.get("type", "to-string") != "to-string":
        return None
    texts = texts_of(core)
    if not texts:
        return None
    change = None if emits else _change(core, texts[0])
    return f"^(?:{_tree([_spellings(text, change) for text in texts])})$"


def is_pointless(core: CoreSchema) -> bool:
    """Whether a step of a chain passes on whatever it gets from JSON: that of a ``Coordinate`` is for tuples of Python."""
    return core["type"] == "any" or _is_step_of_coordinate(core, "_parse_tuple")


def _is_step_of_coordinate(core: CoreSchema, name: str) -> bool:
    function = validator_function(core)
    return (
        getattr(function, "__module__", "") == "pydantic_extra_types.coordinate"
        and getattr(function, "__qualname__", "") == f"Coordinate.{name}"
    )


def texts_of(core: CoreSchema) -> list[str]:
    """The list of a type, sorted; empty if the core schema is of none."""
    match core:
        case {"type": "function-after", "function": {"function": function}}:
            package, _, module = getattr(function, "__module__", "").partition(".")
            name = getattr(function, "__qualname__", "").removesuffix("._validate")
        case _:
            return []
    values = _INDEX.get(f"{module}:{name}")
    if package != "pydantic_extra_types" or values is None:
        return []
    try:
        return sorted(values(function.__self__))
    except (AttributeError, TypeError, KeyError):  # another version of the package
        return []


def _change(core: CoreSchema, text: str) -> Callable[[str], str] | None:
    """The case that a text is brought into before it is looked up."""
    alone = {key: core[key] for key in ("type", "function", "schema")}
    if SchemaValidator(cast("CoreSchemaType", alone)).isinstance_python(text.swapcase()):
        return str.upper if text.isupper() else str.lower
    return None


def _index(cls: type[Any], name: str) -> Iterable[str]:
    index: Callable[[], Iterable[str]] = getattr(sys.modules[cls.__module__], name)
    return index()


def _spellings(text: str, change: Callable[[str], str] | None) -> tuple[str, ...]:
    """Each letter as a piece of a pattern that takes what ``change`` makes the letter of."""
    if change is None:
        return tuple(map(re.escape, text))
    return tuple(_letters(char, change) for char in text)


@cache
def _letters(char: str, change: Callable[[str], str]) -> str:
    found = [one for one in map(chr, range(0x2200)) if change(one) == char]
    return f"[{''.join(found)}]" if len(found) > 1 else re.escape(char)


def _tree(words: Sequence[Sequence[str]]) -> str:
    """Alternatives by their first letters; all words are of one length."""
    rest: dict[str, list[Sequence[str]]] = defaultdict(list)
    for word in words:
        rest[word[0]].append(word[1:])
    if not any(map(any, rest.values())):
        return _class(list(rest))
    heads: dict[str, list[str]] = defaultdict(list)
    for head, tails in rest.items():
        heads[_tree(tails)].append(head)
    branches = [
        _class(first) + (f"(?:{tail})" if "|" in tail else tail) for tail, first in heads.items()
    ]
    return "|".join(branches)


def _class(letters: Sequence[str]) -> str:
    """One of several letters, some of which are classes of their own."""
    if len(letters) == 1:
        return letters[0]
    return f"[{''.join(letter.strip('[]') for letter in letters)}]"
