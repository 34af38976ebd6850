"""
Every keyword that Samewire handles, and every one that it deliberately ignores.

The keywords are those of JSON Schema 2020-12 (Core, Validation), of ajv-formats (``formatMinimum`` and the like), of OpenAPI
where its generators agree (``discriminator``, ``x-enum-varnames``), and Samewire's own (``docs/schema-format.md``).
Whatever is in none of these tables is no keyword: JSON Schema lets anybody add to a schema, and says to ignore it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from samewire import scalars
from samewire.brand import BRAND, NEW_TYPE
from samewire.decode import DECODE
from samewire.open import OPEN
from samewire.scalars.bounds import ORDERED
from samewire.scalars.decimals import DECIMAL_DIGITS
from samewire.scalars.decoded import HOLDS
from samewire.scalars.floats import REMAINDER
from samewire.scalars.spelling import OF_DOCUMENT

TYPES: Final = ("null", "boolean", "integer", "number", "string", "array", "object")

# --- Handled ----------------------------------------------------------------------------------------------------------

# What narrows values of one type, and says nothing about those of any other.
NUMBER: Final = frozenset(
    (
        "minimum",
        "exclusiveMinimum",
        "maximum",
        "exclusiveMaximum",
        "multipleOf",
        REMAINDER.name,
        *DECIMAL_DIGITS,
    )
)
STRING: Final = frozenset(
    (
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "contentEncoding",
        *ORDERED,
        "x-samewire-pattern-flags",
        "x-samewire-min-bytes",
        "x-samewire-max-bytes",
        HOLDS,
        DECODE,
        *scalars.keywords(),
        "x-samewire-content",
    )
)
ARRAY: Final = frozenset(
    (
        "items",
        "prefixItems",
        "minItems",
        "maxItems",
        "uniqueItems",
        "contains",
        "minContains",
        "maxContains",
        "unevaluatedItems",
        HOLDS,
        DECODE,
    )
)
OBJECT: Final = frozenset(
    (
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "unevaluatedProperties",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "x-samewire-names",
    )
)
NARROWING: Final[Mapping[str, frozenset[str]]] = {
    "integer": NUMBER,
    "number": NUMBER,
    "string": STRING,
    "array": ARRAY,
    "object": OBJECT,
}
OWN: Final = frozenset(
    ("type", "const", "enum", "x-samewire-type", OPEN, *NUMBER, *STRING, *ARRAY, *OBJECT)
)
"""What a schema says of its values by itself; the rest it says through other schemas."""

APPLICATORS: Final = frozenset(("$ref", "allOf", "anyOf", "oneOf", "not", "if", "discriminator"))

IN_PLACE: Final = ("$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas")
"""Keywords whose schemas describe the same value, which ``unevaluatedProperties`` and ``unevaluatedItems`` take into account."""

ANNOTATIONS: Final = frozenset(
    (
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "x-samewire-deprecated",
        "x-samewire-since",
        BRAND,
        NEW_TYPE,
    )
)

OF_DEFINITIONS: Final = frozenset(
    (
        "$defs",
        "definitions",
        "x-samewire-root",
        "x-samewire-source",
        "x-samewire-bases",
        "x-samewire-order",
        "x-samewire-clients",
        "x-samewire-enum-since",
        "x-enum-varnames",
        "x-enum-descriptions",
    )
)
OF_DOCUMENTS: Final = frozenset(
    ("x-samewire-output", "x-samewire-runtime", "x-samewire-python", "x-samewire-docs", OF_DOCUMENT)
)

# --- Left alone -------------------------------------------------------------------------------------------------------

IGNORED: Final[Mapping[str, str]] = {
    "$schema": "the dialect is 2020-12; what another one writes differently is refused where it stands",
    "$comment": "for whoever edits the schema",
    "$vocabulary": "says what a meta-schema means, not what a value is",
    "$anchor": "names a place; it is the reference to it that is refused",
    "$dynamicAnchor": "as $anchor",
    "contentMediaType": "an annotation since 2019-09 (Validation, section 8.1): validators do not look inside a string",
    "contentSchema": "as contentMediaType",
    "then": "nothing without if",
    "else": "nothing without if",
    "x-samewire-pattern-source": "the pattern as the model has it, for whoever reads the schema",
}

# --- Refused ----------------------------------------------------------------------------------------------------------

REFUSED: Final[Mapping[str, str]] = {
    "dependencies": "write the alternatives out with anyOf",
    "$dynamicRef": "use $ref",
    "$recursiveRef": "use $ref",
    "$id": "give the whole document one address: move the schema's $defs to the top and drop its $id",
    "nullable": 'it is OpenAPI 3.0 and no JSON Schema; write {"type": ["string", "null"]} or anyOf with {"type": "null"}',
}
"""What says something that has no exact form, with the way out. Some of it is refused only where it applies."""

EVERYWHERE: Final = ("$dynamicRef", "$recursiveRef")

SAMEWIRE: Final = frozenset(
    key
    for key in (*OWN, *ANNOTATIONS, *OF_DEFINITIONS, *OF_DOCUMENTS, *IGNORED)
    if key.startswith("x-samewire-")
)

# --- Where schemas stand ----------------------------------------------------------------------------------------------

ONE: Final = (
    "items",
    "additionalProperties",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
    "x-samewire-content",
)
MANY: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
NAMED: Final = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")


def subschemas(schema: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each schema directly inside a schema, with the steps that lead to it. Where something else stands, nothing."""
    if not isinstance(schema, dict):
        return
    for key in ONE:
        if isinstance(schema.get(key), dict):
            yield (key,), schema[key]
    for key in MANY:
        if isinstance(schema.get(key), list):
            yield from (((key, str(index)), each) for index, each in enumerate(schema[key]))
    for key in NAMED:
        if isinstance(schema.get(key), dict):
            yield from (((key, name), each) for name, each in schema[key].items())
