"""
The intermediate representation of a contract's data, independent of core schemas, JSON Schema and TypeScript.

Read: built by ``lower`` from a schema document, consumed by ``targets`` and ``values``. Closed and frozen: every
consumer is one exhaustive ``match`` over :data:`Type` that ends in ``assert_never``, so adding a kind here makes the type
checker list every place that must learn it. What a string is the text of is one of :data:`samewire.scalars.SCALARS`, which says
all about it; no consumer matches on that.

Lengths of strings count Unicode code points (as Python and JSON Schema do), not UTF-16 units.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Literal as Choice
from typing import TypeAlias, TypeVar

from samewire import patterns
from samewire.decode import Word
from samewire.records import record
from samewire.scalars.base import Format
from samewire.scalars.decoded import Held

T = TypeVar("T")

Scalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "Scalar | list[Json] | dict[str, Json]"
Regex = patterns.Regex


def kind_of(value: Json) -> str:
    """The JavaScript kind of a value: integers are numbers."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"


# --- Types ------------------------------------------------------------------------------------------------------------


@record
class Unknown:
    """Any JSON value, untyped (Python's ``Any`` and ``object``)."""


@record
class JsonValue:
    """Any JSON value, typed as such (Pydantic's ``JsonValue``)."""


@record
class Never:
    """No value."""


@record
class Null:
    pass


@record
class Boolean:
    pass


@record
class Literal:
    """One of ``values``: at least one, and no two equal as JSON. ``True`` and ``1`` are two values."""

    values: tuple[Scalar, ...]


@record
class Integer:
    """
    An integer. ``brand`` names the :class:`Definition` of its ``NewType``. Brands exist only in TypeScript and do not affect
    values, so types that differ only in the brand are equal.
    """

    ge: int | None = None
    gt: int | None = None
    le: int | None = None
    lt: int | None = None
    multiple_of: int | None = None
    brand: str | None = field(default=None, compare=False)


@record
class Number:
    """
    A number. ``remainder``: multiples must divide without any rounding. ``decimal``: the number stands for a decimal; its
    digits and multiples are those of its text. ``brand``: see :class:`Integer`.
    """

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    multiple_of: float | None = None
    remainder: bool = False
    decimal: Format | None = None
    brand: str | None = field(default=None, compare=False)


@record
class String:
    """
    A string. Lengths are in code points, byte lengths in UTF-8. ``format`` is one of :data:`samewire.scalars.SCALARS`.
    ``holds`` is the Python type of a decoded value that nothing else shows. ``decode`` is the decoded form of this string,
    whatever others of its kind have. ``brand``: see :class:`Integer`.
    """

    min_length: int | None = None
    max_length: int | None = None
    patterns: tuple[Regex, ...] = ()
    format: Format | None = None
    min_bytes: int | None = None
    max_bytes: int | None = None
    holds: Held | None = None
    decode: Word | None = None
    brand: str | None = field(default=None, compare=False)


@record
class Array:
    """An array. ``is_set``: a Python set, which is decoded. ``decode``: see :class:`String`."""

    items: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    is_set: bool = False
    decode: Word | None = None


@record
class Tuple:
    """``prefix`` by position, then any number of ``rest`` (``None``: no more); at least ``min_items`` elements."""

    prefix: tuple[Type, ...]
    rest: Type | None = None
    min_items: int = 0
    max_items: int | None = None


@record
class Record:
    """
    A JSON object used as a dictionary.

    ``key`` describes the key as a JSON string: a :class:`String`, a :class:`Literal` of strings, a :class:`Union` of such a
    literal and the unlisted values of an open type, or a :class:`Ref` to one of these. A literal key does not make its keys
    required.
    """

    key: Type
    value: Type
    min_properties: int | None = None
    max_properties: int | None = None


class Strip(Enum):
    """Unknown keys are dropped from the parsed value."""

    STRIP = "strip"


class Reject(Enum):
    """Unknown keys make the value invalid."""

    REJECT = "reject"


@record
class Keep:
    """Unknown keys are data of this type."""

    value: Type


Extra: TypeAlias = Strip | Reject | Keep
STRIP = Strip.STRIP
REJECT = Reject.REJECT


@record
class Doc:
    """What goes into a TSDoc comment. ``default`` and ``examples`` are JSON values, rendered as JSON text."""

    title: str | None = None
    description: str | None = None
    deprecated: bool | str = False
    examples: tuple[Json, ...] = field(default=(), hash=False)
    default: tuple[Json, ...] = field(
        default=(), hash=False
    )  # zero or one value, since None is a value
    read_only: bool = False
    write_only: bool = False


NO_DOC = Doc()


@record
class Property:
    """A property. ``required``: the key is always present. Presence and nullability are independent."""

    key: str
    type: Type
    required: bool
    doc: Doc = NO_DOC


Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices that lead into an object, a key first; a negative index counts from the end."""


@record
class Names:
    """Alternative places of the value of ``path``: the first one present in ``read`` counts."""

    path: Path
    read: tuple[Path, ...]


@record
class Object:
    """An object. ``names`` are values with alternative names; a parsed value has them under the name in ``properties``."""

    properties: tuple[Property, ...]
    extra: Extra = STRIP
    names: tuple[Names, ...] = ()


@record
class Union:
    """
    One of ``members``: at least two, none nullable (see :class:`Nullable`).

    ``tag`` is the key that distinguishes the members. Each member is then an object, checked or not, another tagged union, or a
    reference to one of these; the key is required in it and a literal, and no two members share a literal.
    """

    members: tuple[Type, ...]
    tag: str | None = None


@record
class Nullable:
    inner: Type


@record
class Unlisted:
    """
    The unlisted values of an open enumeration. Readers keep them; the backend does not write them yet. Only used as a member of
    a union.
    """

    type: String | Integer | Number


@record
class UnlistedObject:
    """
    The unlisted members of an open union: an object with an unknown text in ``tag``, and any other keys. Readers keep it; the
    backend does not write it yet. ``known`` are the tags of the members. Only used as a member of a union.
    """

    tag: str
    known: tuple[str, ...]


@record
class EnumMember:
    name: str
    value: str | int | float | bool
    description: str | None = None


@record
class EnumType:
    """A named set of values. Only used as the type of a :class:`Definition`, or in one together with :class:`Unlisted`."""

    members: tuple[EnumMember, ...]


@record
class Ref:
    """A reference to the :class:`Definition` of this name."""

    name: str


@record
class Checked:
    """
    Values of ``type`` that satisfy all ``checks``, which TypeScript's types cannot express.

    In TypeScript it is ``type``, which is then wider than the accepted values, and never narrower. Checks see the original
    value, which is returned unchanged, with its unknown keys. ``checks`` is not empty.
    """

    type: Type
    checks: tuple[Check, ...]


Type: TypeAlias = (
    Unknown
    | JsonValue
    | Never
    | Null
    | Boolean
    | Literal
    | Integer
    | Number
    | String
    | Array
    | Tuple
    | Record
    | Object
    | Union
    | Nullable
    | Unlisted
    | UnlistedObject
    | EnumType
    | Ref
    | Checked
)


# --- Checks -----------------------------------------------------------------------------------------------------------


@record
class AllOf:
    """The value also has this type."""

    type: Type


@record
class Not:
    """The value does not have this type."""

    type: Type


@record
class OneOf:
    """The value has exactly one of the types."""

    members: tuple[Type, ...]


@record
class IfThenElse:
    """A value of type ``test`` has the type ``then``, any other value the type ``otherwise``."""

    test: Type
    then: Type
    otherwise: Type


@record
class ContentSchema:
    """A string is the JSON text of a value of the type ``content``."""

    content: Type


@record
class Contains:
    """An array has a minimum and a maximum number of elements of type ``item``."""

    item: Type
    min_contains: int = 1
    max_contains: int | None = None


@record
class UniqueItems:
    """No two elements of an array are equal as JSON."""


@record
class PropertyCount:
    """An object has a minimum and a maximum number of keys."""

    min_properties: int | None
    max_properties: int | None


@record
class PropertyNames:
    """Every key of an object has the type ``key``."""

    key: Type


@record
class PatternProperties:
    """The values of keys that match a pattern."""

    pattern: Regex
    value: Type


@record
class Evaluated:
    """
    Keys of an object and elements of an array that schemas evaluate, as JSON Schema calls it.

    ``keys`` and those that match one of ``patterns``; the first ``items`` elements, and those of one of the types ``contains``;
    with ``everything`` all of them; and whatever is evaluated ``inside``. ``when``: of values of this type only.
    """

    keys: tuple[str, ...] = ()
    patterns: tuple[Regex, ...] = ()
    items: int = 0
    contains: tuple[Type, ...] = ()
    everything: bool = False
    when: Type | None = None
    inside: tuple[Evaluated, ...] = ()


@record
class UnevaluatedProperties:
    """The values of keys that are not ``evaluated``."""

    evaluated: Evaluated
    value: Type


@record
class UnevaluatedItems:
    """The elements of an array that are not ``evaluated``."""

    evaluated: Evaluated
    item: Type


Check: TypeAlias = (
    AllOf
    | Not
    | OneOf
    | IfThenElse
    | ContentSchema
    | Contains
    | UniqueItems
    | PropertyCount
    | PropertyNames
    | PatternProperties
    | UnevaluatedProperties
    | UnevaluatedItems
)


# --- The order of a stream's events -----------------------------------------------------------------------------------

Until: TypeAlias = Choice["scope", "end", "any"]


@record
class Block:
    """
    Something that events open and close. ``inside`` and ``keys`` name other blocks and a key space.

    ``states`` are those between absent and closed; a block may stay in one until the block around it closes, until the stream
    ends, or for good.
    """

    name: str
    states: tuple[tuple[str, Until], ...]
    inside: str | None = None
    keys: str | None = None
    once: bool = False


@record
class Move:
    """
    An event takes a block from one of the states ``before`` to ``after``, if its properties have the values of ``when``.

    ``key`` and ``alias`` are properties that name the block; with an alias alone it is known by that. ``same`` are properties that
    may not change.
    """

    block: str
    before: tuple[str, ...]
    after: str
    key: str | None = None
    alias: str | None = None
    when: tuple[tuple[str, Scalar], ...] = ()
    same: tuple[str, ...] = ()
    resets: bool = False


@record
class After:
    block: str
    continuing: bool = False


@record
class Event:
    """The rules of the events whose tag has one of the values ``tags``."""

    tags: tuple[str, ...]
    first: bool = False
    last: Choice["ends", "interrupts"] | None = None
    once: bool = False
    fixed: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    after: tuple[After, ...] = ()
    moves: tuple[Move, ...] = ()


@record
class StreamOrder:
    """In which order events may come that the property ``tag`` tells apart. Events without rules are not among them."""

    tag: str
    blocks: tuple[Block, ...]
    events: tuple[Event, ...]


# --- Documents --------------------------------------------------------------------------------------------------------


@record
class Definition:
    """
    A named type.

    ``name`` is its key in the schema document, already unique there. ``source`` is the Python object it comes from as
    ``module:qualname``, or ``None``. ``pointer`` is where it stands in the schema document. ``brand``: it is a new type, whose
    values TypeScript tells from others of the same kind. ``bases`` name the definitions of the classes that its class inherits
    from, the nearest first, if the contract asks for them.
    """

    name: str
    type: Type
    pointer: str
    source: str | None = None
    doc: Doc = NO_DOC
    brand: bool = False
    bases: tuple[str, ...] = field(default=(), compare=False)


@record
class Contract:
    """
    All definitions of one schema document, sorted by name; each root is the name of a definition.

    A definition reachable from ``emits`` describes what the backend writes, one reachable from ``accepts`` what it reads;
    one that both reach is the same type both ways. ``extensions`` are what extensions know of the contract, each of a class of its
    own.
    """

    name: str
    definitions: tuple[Definition, ...]
    emits: tuple[str, ...]
    accepts: tuple[str, ...]
    order: StreamOrder | None = None
    extensions: tuple[object, ...] = ()

    def extension(self, of: type[T]) -> T | None:
        """What the extension whose values are ``of`` this class knows of the contract; ``None`` if nothing."""
        return next((one for one in self.extensions if isinstance(one, of)), None)


Direction: TypeAlias = Choice["emits", "accepts"]
