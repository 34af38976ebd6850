"""
Converts types to JSON Schema 2020-12, as OpenAPI 3.1 uses it.

A schema takes every value that the wire has. It is wider only where JSON Schema has no word for a limit: bounds of dates and
decimals, bytes of a text, the other names of a key. No keyword in it is Samewire's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, assert_never

from samewire import ir
from samewire.patterns import PatternError
from samewire.patterns.casing import without_flag
from samewire.patterns.regex import Regex

JsonSchema: TypeAlias = dict[str, Any]
Formats: TypeAlias = Literal["exact", "declared"]

STANDARD: Final = frozenset(
    ("date-time", "date", "time", "duration", "email", "uuid", "uri", "ipv4", "ipv6")
)
"""Formats of JSON Schema, of which a value that a validator refuses is none. Any other name limits nothing."""

COMPONENTS: Final = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Schemas:
    """
    ``names`` are those of the components, by the definitions' own. ``formats``: ``exact`` names a format of JSON Schema only where
    each value has it, ``declared`` wherever the field's type is called like that. ``accepted`` are the definitions that the backend
    reads: what stands for a key that is not there is its business alone.
    """

    definitions: Mapping[str, ir.Definition]
    names: Mapping[str, str]
    accepted: frozenset[str]
    formats: Formats = "exact"

    def definition(self, name: str) -> JsonSchema:
        defined = self.definitions[name]
        schema = {**self.schema(defined.type), **annotations_of(defined.doc)}
        return schema if name in self.accepted else _without_defaults(schema)

    def property(self, one: ir.Property) -> JsonSchema:
        said = annotations_of(one.doc)
        if one.required:
            said.pop("default", None)  # the key is there, so nothing stands for it
        return {**self.schema(one.type), **said}

    def schema(self, type_: ir.Type) -> JsonSchema:
        match type_:
            case ir.Unknown() | ir.JsonValue():
                return {}
            case ir.Never():
                return {"not": {}}
            case ir.Null():
                return {"type": "null"}
            case ir.Boolean():
                return {"type": "boolean"}
            case ir.Literal(values):
                return _values(values)
            case ir.Integer():
                return {"type": "integer", **_bounds(type_)}
            case ir.Number():
                return {"type": "number", **_bounds(type_)}
            case ir.String():
                return self._string(type_)
            case ir.Array(items, low, high, unique):
                lengths = _given(minItems=low, maxItems=high, uniqueItems=unique or None)
                return {"type": "array", "items": self.schema(items), **lengths}
            case ir.Tuple():
                return self._tuple(type_)
            case ir.Record():
                return self._record(type_)
            case ir.Object():
                return self._object(type_)
            case ir.Union():
                return self._union(type_)
            case ir.Nullable(inner):
                return self._nullable(inner)
            case ir.Unlisted(inner):
                return self.schema(inner)
            case ir.UnlistedObject(tag, known):
                other = {"type": "string", "not": {"enum": [*known]}}
                return {"type": "object", "properties": {tag: other}, "required": [tag]}
            case ir.EnumType(members):
                return _enum(members)
            case ir.Ref(name):
                return {"$ref": self.reference(name)}
            case ir.Checked(inner, checks):
                return self._checked(inner, checks)
            case _:
                assert_never(type_)

    def reference(self, name: str) -> str:
        return f"{COMPONENTS}{self.names[name]}"

    # --- Kinds

    def _string(self, type_: ir.String) -> JsonSchema:
        format_ = type_.format
        said: JsonSchema = {"type": "string"}
        texts = []
        if format_ is not None:
            standard = format_.standard()
            texts = [standard.pop("pattern")] if "pattern" in standard else []
            declared = format_.document()["format"]
            if self.formats == "declared" or declared not in STANDARD:
                standard.setdefault("format", declared)
            said |= standard
        # A code point takes one to four bytes.
        least = max(type_.min_length or 0, -(-(type_.min_bytes or 0) // 4))
        most = min((n for n in (type_.max_length, type_.max_bytes) if n is not None), default=None)
        said |= _given(minLength=least or None, maxLength=most)
        texts += [source for each in type_.patterns if (source := _source(each)) is not None]
        if len(texts) == 1:
            said["pattern"] = texts[0]
        elif texts:
            said["allOf"] = [{"type": "string", "pattern": text} for text in texts]
        return said

    def _tuple(self, type_: ir.Tuple) -> JsonSchema:
        said: JsonSchema = {"type": "array"}
        most = type_.max_items
        if type_.prefix:
            said["prefixItems"] = [self.schema(each) for each in type_.prefix]
        if type_.rest is not None:
            said["items"] = self.schema(type_.rest)
        else:
            most = len(type_.prefix) if most is None else min(most, len(type_.prefix))
        return {**said, **_given(minItems=type_.min_items or None, maxItems=most)}

    def _record(self, type_: ir.Record) -> JsonSchema:
        said: JsonSchema = {"type": "object", "additionalProperties": self.schema(type_.value)}
        if type_.key != ir.String():
            said["propertyNames"] = self.schema(type_.key)
        sizes = _given(minProperties=type_.min_properties, maxProperties=type_.max_properties)
        return {**said, **sizes}

    def _object(self, type_: ir.Object) -> JsonSchema:
        said: JsonSchema = {"type": "object"}
        if type_.properties:
            said["properties"] = {one.key: self.property(one) for one in type_.properties}
        if required := [one.key for one in type_.properties if one.required]:
            said["required"] = required
        match type_.extra:
            case ir.Keep(value):
                said["additionalProperties"] = self.schema(value)
            case ir.REJECT:
                said["additionalProperties"] = False
            case ir.STRIP:
                pass
        return said

    def _nullable(self, inner: ir.Type) -> JsonSchema:
        schema = self.schema(inner)
        return schema if not schema else {"anyOf": [schema, {"type": "null"}]}

    def _union(self, union: ir.Union) -> JsonSchema:
        members = [self.schema(member) for member in union.members]
        if union.tag is None:
            return {"anyOf": members}
        mapping = dict(self._mapping(union.members, union.tag))
        if not all("$ref" in member for member in members) or not mapping:
            return {"oneOf": members}
        return {
            "oneOf": members,
            "discriminator": {"propertyName": union.tag, "mapping": mapping},
        }

    def _mapping(self, members: tuple[ir.Type, ...], tag: str) -> Iterator[tuple[str, str]]:
        """The component for each value of a tag, nothing if a member has a tag that no mapping can say."""
        found: dict[str, str] = {}
        for member in members:
            if not isinstance(member, ir.Ref):
                return
            values = self._tags(member, tag)
            if not values or not all(isinstance(value, str) for value in values):
                return
            found |= {str(value): self.reference(member.name) for value in values}
        yield from found.items()

    def _tags(self, type_: ir.Type, tag: str) -> tuple[ir.Scalar, ...]:
        match type_:
            case ir.Ref(name):
                return self._tags(self.definitions[name].type, tag)
            case ir.Checked(inner):
                return self._tags(inner, tag)
            case ir.Object(properties):
                of_tag = next((one.type for one in properties if one.key == tag), None)
                return self._literals(of_tag)
            case _:
                return ()  # a union of its own, whose members the mapping would leave out

    def _literals(self, type_: ir.Type | None) -> tuple[ir.Scalar, ...]:
        match type_:
            case ir.Literal(values):
                return values
            case ir.Ref(name):
                return self._literals(self.definitions[name].type)
            case ir.EnumType(members):
                return tuple(member.value for member in members)
            case _:
                return ()

    # --- Checks

    def _checked(self, inner: ir.Type, checks: tuple[ir.Check, ...]) -> JsonSchema:
        members = [self.schema(inner), *map(self._check, checks)]
        members = [member for member in members if member]
        return members[0] if len(members) == 1 else {"allOf": members}

    def _check(self, check: ir.Check) -> JsonSchema:
        match check:
            case ir.AllOf(type_):
                return self.schema(type_)
            case ir.Not(type_):
                return {"not": self.schema(type_)}
            case ir.OneOf(members):
                return {"oneOf": [self.schema(member) for member in members]}
            case ir.IfThenElse(test, then, otherwise):
                branches = {"then": self.schema(then), "else": self.schema(otherwise)}
                return {"if": self.schema(test)} | {
                    key: one for key, one in branches.items() if one
                }
            case ir.ContentSchema(content):
                return {
                    "contentMediaType": "application/json",
                    "contentSchema": self.schema(content),
                }
            case ir.Contains(item, low, high):
                least = _given(minContains=None if low == 1 else low, maxContains=high)
                return {"contains": self.schema(item), **least}
            case ir.UniqueItems():
                return {"uniqueItems": True}
            case ir.PropertyCount(low, high):
                return _given(minProperties=low, maxProperties=high)
            case ir.PropertyNames(key):
                return {"propertyNames": self.schema(key)}
            case ir.PatternProperties(pattern, value):
                source = _source(pattern)
                return {} if source is None else {"patternProperties": {source: self.schema(value)}}
            case ir.UnevaluatedProperties(known, value):
                return {**self._evaluated(known), "unevaluatedProperties": self.schema(value)}
            case ir.UnevaluatedItems(known, item):
                return {**self._evaluated(known), "unevaluatedItems": self.schema(item)}
            case _:
                assert_never(check)

    def _evaluated(self, known: ir.Evaluated) -> JsonSchema:
        """A schema that takes anything, and evaluates just what is known."""
        said: JsonSchema = {}
        if known.everything:
            said |= {"additionalProperties": True, "items": True}
        if known.keys:
            said["properties"] = dict.fromkeys(known.keys, True)
        if known.patterns:
            said["patternProperties"] = {each.source: True for each in known.patterns}
        if known.items:
            said["prefixItems"] = [True] * known.items
        inside = [self._evaluated(each) for each in known.inside]
        inside += [{"contains": self.schema(each), "minContains": 0} for each in known.contains]
        if inside:
            said["allOf"] = inside
        if known.when is not None:
            # Behind two negations, what the condition itself evaluates does not count.
            condition = {"not": {"not": self.schema(known.when)}}
            said = {"if": condition, "then": said} if said else {}
        return said


# --- Parts ------------------------------------------------------------------------------------------------------------


def annotations_of(doc: ir.Doc) -> JsonSchema:
    """Keywords that describe a value without limiting it."""
    return _given(
        title=doc.title,
        description=doc.description,
        deprecated=bool(doc.deprecated) or None,
        readOnly=doc.read_only or None,
        writeOnly=doc.write_only or None,
        examples=list(doc.examples) or None,
    ) | ({"default": doc.default[0]} if doc.default else {})


def _without_defaults(schema: JsonSchema) -> JsonSchema:
    """What is sent as it is sent: generated clients would add the keys that are left off."""
    made = {key: value for key, value in schema.items() if key != "default"}
    if "properties" in made:
        inside = made["properties"].items()
        made["properties"] = {key: _without_defaults(each) for key, each in inside}
    return made


def _given(**keywords: Any) -> JsonSchema:
    return {key: value for key, value in keywords.items() if value is not None}


def _values(values: tuple[ir.Scalar, ...]) -> JsonSchema:
    kinds = {_kind(value) for value in values}
    type_ = {"type": kinds.pop()} if len(kinds) == 1 else {}
    return {**type_, **({"const": values[0]} if len(values) == 1 else {"enum": list(values)})}


def _enum(members: tuple[ir.EnumMember, ...]) -> JsonSchema:
    """With the names of its members under the keys by which generators know them."""
    said = {
        **_values(tuple(member.value for member in members)),
        "x-enum-varnames": [member.name for member in members],
    }
    said["enum"] = [member.value for member in members]
    said.pop("const", None)
    if any(member.description for member in members):
        said["x-enum-descriptions"] = [member.description or "" for member in members]
    return said


def _kind(value: ir.Scalar) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"


def _bounds(type_: ir.Integer | ir.Number) -> JsonSchema:
    return _given(
        minimum=type_.ge,
        exclusiveMinimum=type_.gt,
        maximum=type_.le,
        exclusiveMaximum=type_.lt,
        multipleOf=type_.multiple_of,
    )


def _source(regex: Regex) -> str | None:
    """A pattern without flags but ``u``; nothing where what it says needs one."""
    try:
        if regex.ignore_case:
            return Regex(without_flag(regex.tree, regex.source)).source
    except PatternError:
        return None
    return regex.source
