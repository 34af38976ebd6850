"""
Types as Python annotations, and as the plain JSON Schema from which datamodel-code-generator writes them.

What the generator says exactly - models, lists, dictionaries, null, plain scalars - it is given as such. For all else, which
docs/python.md lists, it is given a *hint*: the name of a type that is replaced by the annotation when the module is put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from samewire import ir
from samewire.scalars.base import Format
from samewire.scalars.decimals import Decimal
from samewire.scalars.json_texts import JsonText
from samewire.scalars.spelling import Spelling
from samewire.targets.python.formats import UnsupportedError, is_text, type_of
from samewire.targets.python.patterns import NotInDialectError, python, rust
from samewire.targets.python.syntax import annotated, call, pattern, scalar, text

JsonSchema = dict[str, Any]
HINTS: Final = "samewire_hints"
"""The module that hints are said to come from. There is none."""


@dataclass(slots=True)
class Types:
    """The types of one contract. ``names`` by definition; ``fields`` the names of fields, by definition and key.
    ``emitted``: the definitions of what the backend sends. ``hints``: the names of hints, which begin with ``hint_name``, by what
    they stand for.
    """

    definitions: Mapping[str, ir.Definition]
    names: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    emitted: frozenset[str] = frozenset()
    hints: dict[str, str] = field(default_factory=dict)
    hint_name: str = "Hint"

    # --- For datamodel-code-generator ---------------------------------------------------------------------------------

    def schema(self, type_: ir.Type) -> JsonSchema:
        """The schema from which the generator writes the same type as :meth:`expression`."""
        match type_:
            case ir.Ref(name) if self._is_class(name):
                return {"$ref": f"#/$defs/{self.names[name]}"}
            case ir.Null():
                return {"type": "null"}
            case ir.Boolean():
                return {"type": "boolean"}
            case ir.String() if type_ == ir.String():
                return {"type": "string"}
            case ir.Integer() if type_ == ir.Integer():
                return {"type": "integer"}
            case ir.Array(items) if type_ == ir.Array(items):
                return {"type": "array", "items": self.schema(items)}
            case ir.Record(_, value) if type_ == ir.Record(ir.String(), value):
                return {"type": "object", "additionalProperties": self.schema(value)}
            case ir.Nullable(inner) if not isinstance(inner, ir.Unknown | ir.JsonValue):
                return {"anyOf": [self.schema(inner), {"type": "null"}]}
            case _:
                return self.hint(self.expression(type_))

    def hint(self, expression: str) -> JsonSchema:
        name = self.hints.setdefault(expression, f"{self.hint_name}{len(self.hints)}")
        return {"customTypePath": f"{HINTS}.{name}"}

    def _is_class(self, name: str) -> bool:
        return isinstance(self.definitions[name].type, ir.Object | ir.EnumType)

    def takes_null(self, type_: ir.Type) -> bool:
        match type_:
            case ir.Nullable() | ir.Null() | ir.Unknown() | ir.JsonValue():
                return True
            case ir.Literal(values):
                return None in values
            case ir.Ref(name):
                target = self.definitions[name].type
                return not isinstance(target, ir.Ref) and self.takes_null(target)
            case ir.Union(members):
                return any(map(self.takes_null, members))
            case _:
                return False

    # --- Annotations --------------------------------------------------------------------------------------------------

    def expression(self, type_: ir.Type) -> str:
        """
        Returns the annotation.

        Raises:
            UnsupportedError: Python has none with the same values.

        """
        match type_:
            case ir.Unknown():
                return "Any"
            case ir.JsonValue():
                return "JsonValue"
            case ir.Never():
                return "Annotated[None, OneOf()]"
            case ir.Null():
                return "None"
            case ir.Boolean():
                return "StrictBool"
            case ir.Literal(values):
                return self._literal(values)
            case ir.Integer():
                return self._integer(type_)
            case ir.Number():
                return self._number(type_)
            case ir.String():
                return self._string(type_)
            case ir.Ref(name):
                return self.names[name]
            case ir.Nullable(inner):
                shown = self.expression(inner)
                return shown if self.takes_null(inner) else f"{shown} | None"
            case ir.Union(members, tag):
                return self._union(members, tag)
            case ir.Array(items, low, high, unique):
                limits = _limits(min_length=low, max_length=high)
                return annotated(f"list[{self.expression(items)}]", *limits, *_if(unique, "Unique"))
            case ir.Tuple():
                return self._tuple(type_)
            case ir.Record(key, value, low, high):
                listed = f"dict[{self.expression(key)}, {self.expression(value)}]"
                return annotated(listed, *_limits(min_length=low, max_length=high))
            case ir.Unlisted(inner):
                return self.expression(inner)
            case ir.UnlistedObject(tag, known):
                other = call("OtherTag", map(text, (tag, *known)))
                return annotated("dict[str, JsonValue]", other)
            case ir.EnumType() | ir.Object():
                raise UnsupportedError(
                    "an object or an enumeration without a name has no class", "name it in $defs"
                )
            case ir.Checked(ir.String(format=JsonText()) as inner, (ir.ContentSchema(content),)):
                return annotated(
                    self.expression(inner), call("JsonOf", (self.expression(content),))
                )
            case ir.Checked():
                raise UnsupportedError(
                    "it is checked by keywords of JSON Schema that no Python type has",
                    "leave the type out of this contract, or declare it as a model",
                )
            case _:
                assert_never(type_)

    def _literal(self, values: tuple[ir.Scalar, ...]) -> str:
        floats = [each for each in values if isinstance(each, float)]
        others = [each for each in values if not isinstance(each, float)]
        parts = []
        if others:
            numbers = any(isinstance(each, int) for each in others)
            inner = f"Literal[{', '.join(map(scalar, others))}]"
            parts.append(annotated(inner, *_if(numbers, call("OneOf", map(scalar, others)))))
        if floats:
            parts.append(annotated("StrictFloat", call("OneOf", map(scalar, floats))))
        return " | ".join(parts)

    def _integer(self, type_: ir.Integer) -> str:
        limits = _limits(
            gt=type_.gt, ge=type_.ge, lt=type_.lt, le=type_.le, multiple_of=type_.multiple_of
        )
        return annotated("StrictInt", *limits)

    def _number(self, type_: ir.Number) -> str:
        if type_.decimal is not None:
            raise UnsupportedError(
                "the digits of a number that stands for a decimal are lost when it is read",
                "declare a Decimal that is read as text as well",
            )
        given = {key: getattr(type_, key) for key in ("gt", "ge", "lt", "le")}
        step = type_.multiple_of
        limits = {key: repr(float(each)) for key, each in given.items() if each is not None}
        exact = step is not None and type_.remainder
        if step is not None and not exact:
            limits["multiple_of"] = repr(float(step))
        field_ = call("Field", allow_inf_nan="False", **limits)
        divides = call("Divides", (repr(step),)) if exact else ""
        return annotated("StrictFloat", field_, *_if(exact, divides))

    def _string(self, type_: ir.String) -> str:
        low, high = type_.min_length, type_.max_length
        limits = {
            key: str(each)
            for key, each in (("min_length", low), ("max_length", high))
            if each is not None
        }
        sources = [_pattern(each) for each in type_.patterns]
        bytes_ = type_.min_bytes is not None or type_.max_bytes is not None
        more = [call("Matches", (each,)) for each in sources]
        if bytes_:
            more.append(call("Utf8Length", (str(type_.min_bytes or 0), repr(type_.max_bytes))))
        if type_.format is not None:
            return self._formatted(type_.format, limits, more)
        if sources:
            limits["pattern"] = sources[0]
            more = more[1:]
        field_ = (call("Field", **limits),) if limits else ()
        return annotated("StrictStr", *field_, *more)

    def _formatted(self, format_: Format, limits: dict[str, str], more: list[str]) -> str:
        if (limits or more) and not is_text(format_):
            raise UnsupportedError(
                f"a limit on the text of the format {format_.document()['format']!r} says nothing of its value",
                "drop the limit",
            )
        field_ = (call("Field", **limits),) if limits else ()
        return annotated(type_of(format_), *field_, *more)

    def _union(self, members: tuple[ir.Type, ...], tag: str | None) -> str:
        shown = list(_without_numbers_of_decimals(members))
        kept = any(self._keeps_keys(each) for each in shown)
        listed = " | ".join(
            annotated(self.expression(each), self.no_other_keys(each.name))
            if kept and isinstance(each, ir.Ref) and self._drops_keys(each)
            else self.expression(each)
            for each in shown
        )
        name = self._discriminator(tag, shown) if tag is not None and len(shown) > 1 else None
        if name is None:
            return listed
        return f"Annotated[{listed}, {call('Field', discriminator=text(name))}]"

    def no_other_keys(self, name: str) -> str:  # noqa: ARG002  # others look at the keys
        """What holds an object to the keys of its class."""
        return "NoOtherKeys()"

    def _drops_keys(self, type_: ir.Ref) -> bool:
        """Of something that was emitted no key may be lost, where another member of the union would have kept it."""
        if type_.name not in self.emitted:
            return False
        target = self.definitions[type_.name].type
        return isinstance(target, ir.Object) and target.extra is ir.STRIP

    def _keeps_keys(self, type_: ir.Type) -> bool:
        match type_:
            case ir.Ref(name):
                target = self.definitions[name].type
                return not isinstance(target, ir.Ref | ir.Union) and self._keeps_keys(target)
            case ir.Record() | ir.Unknown() | ir.JsonValue():
                return True
            case ir.Object(extra=extra):
                return isinstance(extra, ir.Keep)
            case _:
                return False

    def _discriminator(self, tag: str, members: list[ir.Type]) -> str | None:
        """The field by which Pydantic tells classes apart; it has to have one name in all, and texts as values."""
        found = set()
        for each in members:
            if not isinstance(each, ir.Ref):
                return None
            target = self.definitions[each.name].type
            if not isinstance(target, ir.Object):
                return None
            property_ = next((one for one in target.properties if one.key == tag), None)
            if property_ is None or not property_.required:
                return None
            match property_.type:
                case ir.Literal(values) if all(isinstance(value, str) for value in values):
                    found.add(self.fields[each.name][tag])
                case _:
                    return None
        return found.pop() if len(found) == 1 else None

    def _tuple(self, type_: ir.Tuple) -> str:
        prefix = [self.expression(each) for each in type_.prefix]
        if type_.rest is not None:
            rest = self.expression(type_.rest)
            low, high = type_.min_items or None, type_.max_items
            if not prefix:
                return annotated(f"list[{rest}]", *_limits(min_length=low, max_length=high))
            sizes = {"low": low, "high": high}
            given = {key: repr(each) for key, each in sizes.items() if each is not None}
            either = " | ".join(dict.fromkeys((*prefix, rest)))
            return annotated(f"list[{either}]", call("Positions", prefix, rest=rest, **given))
        most = len(prefix) if type_.max_items is None else min(len(prefix), type_.max_items)
        lengths = range(type_.min_items, most + 1)
        return " | ".join(f"tuple[{', '.join(prefix[:length]) or '()'}]" for length in lengths)


def _without_numbers_of_decimals(members: tuple[ir.Type, ...]) -> Iterator[ir.Type]:
    """A decimal that is read as text or as a number is one type in Python, which is written as text."""
    decimal = any(
        isinstance(each, ir.String)
        and isinstance(each.format, Decimal)
        and each.format.spelling is not Spelling.WRITTEN
        for each in members
    )
    for each in members:
        if not (decimal and isinstance(each, ir.Number)):
            yield each


def _pattern(regex: ir.Regex) -> str:
    try:
        return pattern(rust(regex))
    except NotInDialectError:
        pass
    try:
        return call("re.compile", (pattern(python(regex)),))
    except NotInDialectError as error:
        raise UnsupportedError(
            f"the pattern {regex.source} has no exact form in Python: {error}", "simplify it"
        ) from None


def _limits(**limits: float | None) -> tuple[str, ...]:
    given = {key: repr(each) for key, each in limits.items() if each is not None}
    return (call("Field", **given),) if given else ()


def _if(condition: bool, *parts: str) -> tuple[str, ...]:
    return parts if condition else ()
