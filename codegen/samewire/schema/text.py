"""
A schema document as text: one text a document, whoever built it and in whatever order.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

from samewire import extensions, scalars
from samewire.decode import DECODE
from samewire.errors import Diagnostic, SchemaError
from samewire.open import OPEN
from samewire.scalars.bounds import ORDERED
from samewire.scalars.decoded import HOLDS
from samewire.schema.keywords import MANY, NAMED, ONE
from samewire.schema.layout import lay_out
from samewire.schema.pointers import Pointer, fragment

# What a reader would not see, or would see in another order than it stands (Unicode TR36, "Trojan Source"); json.dumps has
# escaped the rest. Outside of strings JSON is ASCII.
_UNSEEN: Final = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

MAX_LEVELS: Final = 200
"""How deep a document may be nested, counted in arrays and objects."""

_KEYWORDS: Final = (
    "$schema",
    "$id",
    "title",
    "description",
    "deprecated",
    "x-samewire-deprecated",
    "readOnly",
    "writeOnly",
    "x-samewire-output",
    "x-samewire-runtime",
    "x-samewire-python",
    "x-samewire-docs",
    "x-samewire-root",
    "x-samewire-source",
    "x-samewire-bases",
    "x-samewire-order",
    "x-samewire-clients",
    "x-samewire-since",
    "$ref",
    "x-samewire-type",
    "type",
    "const",
    "enum",
    "x-enum-varnames",
    "x-enum-descriptions",
    "x-samewire-enum-since",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "x-samewire-min-bytes",
    "x-samewire-max-bytes",
    HOLDS,
    DECODE,
    "pattern",
    "x-samewire-pattern-flags",
    "x-samewire-pattern-source",
    "format",
    *scalars.keywords(),
    *ORDERED,
    "prefixItems",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "properties",
    "required",
    "x-samewire-names",
    "additionalProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    OPEN,
    "anyOf",
    "oneOf",
    "discriminator",
    "allOf",
    "not",
    "default",
    "examples",
)
_ORDER: Final = {key: index for index, key in enumerate(_KEYWORDS)}
_LAST: Final = {"definitions": len(_ORDER) + 1, "$defs": len(_ORDER) + 2}


def dumps(document: dict[str, Any]) -> str:
    """
    The canonical text of a schema document.

    Keywords come in one order, unknown ones after the known by name; definitions by name, properties in the model's order; data
    (``default``, ``examples``, ``const``, ``enum``) as it is. Laid out as prettier does, LF, one newline at the end.

    Raises:
        SchemaError: for a value that JSON doesn't have, such as a default of infinity, with its pointer.

    """
    title = document.get("title")
    where = f"{title}.json" if isinstance(title, str) else ""
    check_json(document, where)
    return written(_canonical(document))


def written(value: Any) -> str:
    """JSON in the order that it has, laid out as prettier does, with escapes for what a reader would not see."""
    text = lay_out(value)
    return _UNSEEN.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"


def check_json(document: Any, where: str) -> None:
    """
    Checks that a value is JSON, and not deeper than :data:`MAX_LEVELS`.

    Raises:
        SchemaError: with the pointer of each value that isn't, or of the first that is too deep.

    """
    if _is_json(document, MAX_LEVELS):
        return
    problems: list[Diagnostic] = []
    waiting: list[tuple[_Place, int, Any]] = [(None, 0, document)]
    while waiting:
        place, level, value = waiting.pop()
        children = _children(value)
        if message := _why_not_json(value):
            hint = "leave the default or example out, or give the number a bound"
            at = f"{where}{fragment(_pointer(place))}"
            problems.append(Diagnostic("not-json", at, message, hint))
        elif children and level >= MAX_LEVELS:
            at = f"{where}{fragment(_pointer(place)[:6])}"
            message = f"nested more than {MAX_LEVELS} levels deep"
            raise SchemaError(Diagnostic("too-deep", at, message, NAME_PARTS))
        else:
            for key, child in reversed(children):
                if type(child) is not str:
                    waiting.append(((place, key), level + 1, child))
    if problems:
        raise SchemaError(*problems)


_TEXTS: Final = frozenset((str,))


def _is_json(value: Any, levels: int) -> bool:
    """The verdict without the reasons, which few documents need."""
    if isinstance(value, dict):
        if not _TEXTS.issuperset(map(type, value)):
            return False  # or a text of another class, about which more is asked
        inner: Iterable[Any] = value.values()
    elif isinstance(value, list):
        inner = value
    else:
        return _why_not_json(value) is None
    if not value:
        return True
    if levels <= 0:
        return False
    for each in inner:  # noqa: SIM110  # twice as fast as a generator, and there are many
        if type(each) is not str and not _is_json(each, levels - 1):
            return False
    return True


_Place: TypeAlias = "tuple[_Place, str] | None"
"""A pointer from its end: the place around it, and the last key."""


def _pointer(place: _Place) -> Pointer:
    keys: list[str] = []
    while place is not None:
        place, key = place
        keys.append(key)
    return tuple(reversed(keys))


_MAX_BITS: Final = (
    14_000  # what fits in the 4300 digits that Python reads (sys.set_int_max_str_digits)
)
NAME_PARTS: Final = "give parts of it names in $defs, and refer to them"


def _children(value: Any) -> list[tuple[str, Any]]:
    match value:
        case dict():
            return [(str(key), child) for key, child in value.items()]
        case list():
            return [(str(index), child) for index, child in enumerate(value)]
        case _:
            return []


def _why_not_json(value: Any) -> str | None:
    match value:
        case int():
            return (
                None
                if value.bit_length() < _MAX_BITS
                else "the integer has more digits than are read back"
            )
        case None | str() | list():
            return None
        case float():
            return None if math.isfinite(value) else f"{value} is not a number that JSON has"
        case dict():
            odd = next((key for key in value if not isinstance(key, str)), None)
            return None if odd is None else f"the key {odd!r} is not a string"
        case _:
            return f"a {type(value).__name__} is not a value that JSON has"


# --- Order ------------------------------------------------------------------------------------------------------------


def _canonical(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    return {key: _inside(key, schema[key]) for key in sorted(schema, key=_place)}


def _place(key: str) -> tuple[float, str]:
    if key in extensions.keywords():
        return (_ORDER["x-samewire-docs"] + 0.5, key)
    return (_LAST.get(key, _ORDER.get(key, len(_ORDER))), key)


def _inside(key: str, value: Any) -> Any:
    if key in ONE:
        return _canonical(value)
    if key in MANY and isinstance(value, list):
        return [_canonical(each) for each in value]
    if key in NAMED and isinstance(value, dict):
        names = sorted(value) if key in _LAST else value
        return {name: _canonical(value[name]) for name in names}
    return value


# --- Reading ----------------------------------------------------------------------------------------------------------

_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_TOKEN: Final = re.compile(
    rf"(?P<key>{_STRING})\s*:|{_STRING}|(?P<bracket>[{{}}\[\]])|(?P<number>-?[0-9][0-9.eE+-]*)"
)
_CONSTANT: Final = re.compile(rf"{_STRING}|(?P<constant>-?Infinity|NaN)")


def file_text(path: Path, code: str, where: str) -> str:
    """
    Reads the text of a schema file.

    Raises:
        SchemaError: it can't be read, with the ``code`` of whoever asks.

    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise SchemaError(Diagnostic(code, where, message)) from error
    except UnicodeDecodeError as error:
        raise SchemaError(Diagnostic(code, where, "is not UTF-8 text")) from error


def load(text: str, where: str) -> dict[str, Any]:
    """
    Reads a schema document. ``where`` is what its errors call it.

    Stricter than :func:`json.loads`: an object may not have a key twice, and numbers are those of JSON.

    Raises:
        SchemaError: with the position in the text.

    """

    def fail(
        code: str, message: str, offset: int | None = None, hint: str | None = None
    ) -> NoReturn:
        place = "" if offset is None else f"{_position(text, offset)}: "
        raise SchemaError(Diagnostic(code, where, f"{place}{message}", hint))

    def constant(name: str) -> NoReturn:
        offset = next(match.start() for match in _CONSTANT.finditer(text) if match["constant"])
        fail("invalid-json", f"{name} is not JSON", offset)

    try:
        document = json.loads(text, parse_constant=constant)
    except json.JSONDecodeError as error:
        fail("invalid-json", error.msg, error.pos)
    except RecursionError:
        fail("too-deep", "nested too deep to be read", hint=NAME_PARTS)
    except (
        ValueError
    ) as error:  # a number of more digits than Python reads (sys.set_int_max_str_digits)
        fail("invalid-json", str(error))
    for offset, message in _misread(text):
        fail("invalid-json", message, offset)
    if not isinstance(document, dict):
        fail("invalid-schema", "a schema document is a JSON object")
    check_json(document, where)
    return document


def _position(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def _misread(text: str) -> Iterator[tuple[int, str]]:
    """Where Python reads JSON without complaint and yet loses something: a key written twice, a number beyond the doubles."""
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token["bracket"] in ("{", "["):
            keys.append(set())
        elif token["bracket"]:
            keys.pop()
        elif key := token["key"]:
            name = json.loads(key)
            if name in keys[-1]:
                yield token.start(), f"the key {key} stands in this object a second time"
            keys[-1].add(name)
        elif (number := token["number"]) and "e" in number.lower() and math.isinf(float(number)):
            yield token.start(), f"{number} is beyond the range of a double"
