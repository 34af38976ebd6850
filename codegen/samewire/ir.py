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
    """What JavaScript tells apart: integers are numbers."""
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
    """Any JSON value, of which nothing is known (Python's ``Any`` and ``object``)."""


@record
class JsonValue:
    """Any JSON value, typed as such (Pydantic's ``JsonValue``)."""


@record
class Never:
    """No value at all."""


@record
class Null:
    pass


@record
class Boolean:
    pass


@record
class Literal:
    """One of ``values``, at least one, no two equal as JSON. ``True`` and ``1`` are two values."""

    values: tuple[Scalar, ...]


@record
class Integer:
    """
    ``brand`` names the :class:`Definition` of the new type that it is declared as: TypeScript's business, by which no value
    differs, so two types that differ in it alone are equal.
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
    ``remainder``: no rounding is tolerated, a multiple divides without a remainder. ``decimal``: the number stands for a decimal,
    whose digits and multiples are those of its text. ``brand``: see :class:`Integer`.
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
    Lengths are in code points, and in bytes of the text's UTF-8. ``format``: what it is the text of, one of those that
    :data:`samewire.scalars.SCALARS` lists. ``holds``: what Python has of it, if that is decoded and nothing else shows it.
    ``decode``: what it is decoded to, whatever others of its kind are. ``brand``: see :class:`Integer`.
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
    """``is_set``: Python has a set of it, which is decoded. ``decode``: see :class:`String`."""

    items: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    is_set: bool = False
    decode: Word | None = None


@record
class Tuple:
    """``prefix`` by position, then any number of ``rest`` (``None``: nothing more); at least ``min_items`` elements."""

    prefix: tuple[Type, ...]
    rest: Type | None = None
    min_items: int = 0
    max_items: int | None = None


@record
class Record:
    """
    A JSON object used as a dictionary.

    ``key`` describes the key as the string it is in JSON: a :class:`String`, a :class:`Literal` of strings, such a literal in a
    :class:`Union` with what an open one does not list, or a :class:`Ref` to one of these. A literal key does not make its keys
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
    """``required``: the key is always there. A nullable type says nothing about presence, nor the other way round."""

    key: str
    type: Type
    required: bool
    doc: Doc = NO_DOC


Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices that lead into an object, a key first; a negative index counts from the end."""


@record
class Names:
    """The places where the value of ``path`` may stand instead: the first of ``read`` that is there is the one that counts."""

    path: Path
    read: tuple[Path, ...]


@record
class Object:
    """``names`` of values that are read under several names. A parsed value has them under the one that ``properties`` describe."""

    properties: tuple[Property, ...]
    extra: Extra = STRIP
    names: tuple[Names, ...] = ()


@record
class Union:
    """
    One of ``members``, at least two, none of them nullable (see :class:`Nullable`).

    ``tag`` is the key by which members tell themselves apart: each member is then an object, checked or not, or another union
    with a tag, be it the same or not, or a reference to one of them, in which that key is required and a literal; no two members
    share a literal.
    """

    members: tuple[Type, ...]
    tag: str | None = None


@record
class Nullable:
    inner: Type


@record
class Unlisted:
    """
    Beside the values of an open enumeration: any others. Readers keep them, and the backend does not write them yet.

    Only ever a member of a union.
    """

    type: String | Integer | Number


@record
class UnlistedObject:
    """
    Beside the members of an open union: an object whose ``tag`` is a text that none of them has, with whatever keys. Readers keep
    it, and the backend does not write it yet.

    ``known`` are the tags of the members. Only ever a member of a union.
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
    """A named set of values. Only ever the type of a :class:`Definition`, or in one beside :class:`Unlisted`."""

    members: tuple[EnumMember, ...]


@record
class Ref:
    """A reference to the :class:`Definition` of this name."""

    name: str


@record
class Checked:
    """
    Values of ``type`` for which all ``checks`` hold: what a program can check of them and TypeScript's types can't say.

    As TypeScript it is ``type``, which is then wider than what is accepted, and never narrower. Checks see a value as it came,
    and it comes back like that, keys that nobody knows included. ``checks`` is not empty.
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
    """The value is of this type as well."""

    type: Type


@record
class Not:
    """The value is not of this type."""

    type: Type


@record
class OneOf:
    """The value is of exactly one of the types."""

    members: tuple[Type, ...]


@record
class IfThenElse:
    """A value of the type ``test`` is of the type ``then``, any other of the type ``otherwise``."""

    test: Type
    then: Type
    otherwise: Type


@record
class ContentSchema:
    """A string is the JSON text of a value of the type ``content``."""

    content: Type


@record
class Contains:
    """An array has at least and at most so many elements of the type ``item``."""

    item: Type
    min_contains: int = 1
    max_contains: int | None = None


@record
class UniqueItems:
    """No two elements of an array are equal as JSON."""


@record
class PropertyCount:
    """An object has at least and at most so many keys."""

    min_properties: int | None
    max_properties: int | None


@record
class PropertyNames:
    """Every key of an object is of the type ``key``, as the string it is."""

    key: Type


@record
class PatternProperties:
    """The values of those keys of an object that match a pattern."""

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
    """The values of those keys of an object that are not ``evaluated``."""

    evaluated: Evaluated
    value: Type


@record
class UnevaluatedItems:
    """Those elements of an array that are not ``evaluated``."""

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
