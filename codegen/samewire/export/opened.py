"""
Open enumerations and unions: ``x-samewire-open`` on a type becomes an alternative for what its readers do not know yet.

Only for what is emitted: the backend reads no member that it does not have. The alternative stands beside the members in
``anyOf``, so that a validator of JSON Schema which knows none of our keywords takes the same values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from samewire.export import walk
from samewire.export.context import Context
from samewire.export.definition_keys import key_of
from samewire.export.refusals import Refusal, refusals_in
from samewire.open import OPEN
from samewire.scalars.view import JsonSchema

Bodies = Mapping[str, JsonSchema]

_NULL: Final[JsonSchema] = {"type": "null"}
_TYPE: Final = (
    *("$ref", "type", "const", "enum", "oneOf", "discriminator"),
    *("x-enum-varnames", "x-enum-descriptions", "x-samewire-enum-since"),
)
"""What a schema says of its values; the rest documents them, whoever reads it."""
_ANY: Final[tuple[JsonSchema, ...]] = ({"type": "string"}, {"type": "integer"})
_KINDS: Final = {str: "string", int: "integer", float: "number"}


def placed(context: Context, schema: JsonSchema) -> JsonSchema:
    """A schema whose mark says where it stands, for who refuses it."""
    if OPEN not in schema or isinstance(schema[OPEN], str):
        return schema
    if schema[OPEN] is True and context.emits:
        context.has_open = True
        return {**schema, OPEN: context.place.where}
    return _without(schema, (OPEN,))


def resolve(bodies: Bodies) -> dict[str, JsonSchema]:
    """The definitions with the alternatives that their marks stand for. Tagged unions have their discriminators."""
    bodies = {key: walk.rewrite(body, partial(_nested, bodies)) for key, body in bodies.items()}
    return {key: walk.rewrite(body, partial(_opened, bodies)) for key, body in bodies.items()}


def _nested(bodies: Bodies, schema: JsonSchema) -> JsonSchema:
    """A tag that an open member does not know is one that the union around it does not have, which is closed."""
    if "discriminator" not in schema:
        return schema
    where = next((mark for one in schema["oneOf"] if (mark := _mark(one, bodies))), None)
    if where is None:
        return schema
    message = "an open union is a member of a union with a discriminator, which is closed"
    hint = "mark the union around it with samewire.Open, and not its member"
    return Refusal(where, "invalid-open", message, hint).schema


def _opened(bodies: Bodies, schema: JsonSchema) -> JsonSchema:
    if "anyOf" in schema:
        schema = {**schema, "anyOf": _apart([*_flat(schema["anyOf"])], bodies)}
    if OPEN not in schema or schema[OPEN] is True:
        return schema
    if "anyOf" in schema:
        members, rest = schema["anyOf"], _without(schema, (OPEN, "anyOf"))
    else:
        rest = _without(schema, (OPEN, *_TYPE))
        members = [{key: value for key, value in schema.items() if key in _TYPE}]
    listed = [*_leaves(members, bodies, frozenset())]
    if _is_done(listed):
        return {**rest, **(members[0] if len(members) == 1 else {"anyOf": members})}
    if not (others := _others(listed, bodies)):
        message = f"samewire.Open marks {_described(listed)}"
        hint = (
            "mark an enumeration or Literal of texts or numbers, or a union with a text "
            'discriminator: Annotated[A | B, Field(discriminator="type"), samewire.Open]'
        )
        return Refusal(schema[OPEN], "invalid-open", message, hint).schema
    known = [one for one in members if one != _NULL]
    return {**rest, "anyOf": [*known, *others, *(one for one in members if one == _NULL)]}


def _is_done(listed: Sequence[JsonSchema]) -> bool:
    """Whether a type is open by itself, by a mark or since its ``_missing_`` makes a member of anything; or refused anyway."""
    if any(OPEN in one for one in listed) or next(refusals_in(listed), None) is not None:
        return True
    return (
        len(listed) > 1
        and any("enum" in one for one in listed)
        and any(one in _ANY for one in listed)
    )


def _apart(members: Sequence[JsonSchema], bodies: Bodies) -> list[JsonSchema]:
    """
    The members of a union, of which an object with the tag of one that is listed is nothing that is not.

    That is so for an open union which is written here. One of a name stays as it is, so it is refused beside others with its tag.
    """
    result: list[JsonSchema] = []
    for member in members:
        others = [one for one in members if one is not member]
        own = _of_other_object(member)
        if own is None and (clash := _clash(member, others, bodies)) is not None:
            return [clash]
        if own is None:
            result.append(member)
            continue
        tag, known = own
        other = _other_object(tag, [*dict.fromkeys((*known, *_texts(others, tag, bodies)))])
        if other not in result:
            result.append(other)
    return result


def _clash(member: JsonSchema, others: Sequence[JsonSchema], bodies: Bodies) -> JsonSchema | None:
    for leaf in _leaves([member], bodies, frozenset()) if "$ref" in member else ():
        if OPEN in leaf and "discriminator" in leaf:
            tag = leaf["discriminator"]["propertyName"]
            if {*_texts(others, tag, bodies)} - {*_texts([leaf], tag, bodies)}:
                message = (
                    "an open union is next to another type with the same tag, and would "
                    "accept that type's invalid values"
                )
                hint = "write one union of all members, with a discriminator, and mark that"
                return Refusal(_mark(member, bodies) or "", "invalid-open", message, hint).schema
    return None


def _texts(members: Sequence[JsonSchema], tag: str, bodies: Bodies) -> list[str]:
    tags = (each for one in members for each in _tags(one, tag, bodies, frozenset()))
    return [each for each in tags if isinstance(each, str)]


def _flat(members: Sequence[JsonSchema]) -> Iterator[JsonSchema]:
    for member in members:
        yield from member["anyOf"] if set(member) == {"anyOf"} else [member]


def _without(schema: JsonSchema, keys: Sequence[str]) -> JsonSchema:
    return {key: value for key, value in schema.items() if key not in keys}


def _mark(schema: JsonSchema, bodies: Bodies) -> str | None:
    """The mark of a type that is open, or of one of its members."""
    pending, seen = [schema], set[str]()
    while pending:
        one = pending.pop()
        if isinstance(one.get(OPEN, False), str) or one.get(OPEN) is True:
            return str(one[OPEN])
        key = key_of(one)
        if key in bodies and key not in seen:
            seen.add(key)
            pending.append(bodies[key])
        pending += one.get("anyOf", ())
    return None


# --- What may come --------------------------------------------------------------------------------------------------------


def _leaves(
    members: Sequence[JsonSchema], bodies: Bodies, seen: frozenset[str]
) -> Iterator[JsonSchema]:
    """What a union is made of, null aside, behind references and unions without a tag."""
    for member in members:
        key = key_of(member)
        if key in bodies:
            if key not in seen:
                mark = {OPEN: True} if OPEN in bodies[key] else {}
                for leaf in _leaves([_without(bodies[key], (OPEN,))], bodies, seen | {key}):
                    yield {**leaf, **mark}
        elif "anyOf" in member:
            yield from _leaves(member["anyOf"], bodies, seen)
        elif member != _NULL:
            yield member


def _others(listed: Sequence[JsonSchema], bodies: Bodies) -> list[JsonSchema]:
    """The alternatives to these; none if they are neither an enumeration nor a union with a tag."""
    values = [value for one in listed for value in _values(one)]
    if values:
        kinds = dict.fromkeys(map(_kind, values))
        return [] if None in kinds else [{"type": kind, OPEN: True} for kind in kinds]
    if len(listed) != 1:
        return []
    tag: str = listed[0]["discriminator"]["propertyName"]
    tags = list(dict.fromkeys(_tags(listed[0], tag, bodies, frozenset())))
    return [_other_object(tag, tags)] if all(isinstance(each, str) for each in tags) else []


def _other_object(tag: str, known: Sequence[object]) -> JsonSchema:
    return {
        "type": "object",
        "properties": {tag: {"type": "string", "not": {"enum": [*known]}}},
        "required": [tag],
        "additionalProperties": True,
        OPEN: True,
    }


def _of_other_object(schema: JsonSchema) -> tuple[str, list[str]] | None:
    """The tag of such an object, and the texts that it is not."""
    match schema:
        case {"required": [str(tag)], "properties": dict(properties)} if OPEN in schema:
            match properties.get(tag):
                case {"not": {"enum": [*known]}}:
                    return tag, known
    return None


def _values(leaf: JsonSchema) -> Sequence[object]:
    """The values of an enumeration; ``None`` is the one of what is neither that nor a union with a tag."""
    if "const" in leaf:
        return [leaf["const"]]
    return list(leaf.get("enum", () if "discriminator" in leaf else (None,)))


def _kind(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    return next((name for type_, name in _KINDS.items() if isinstance(value, type_)), None)


def _tags(schema: JsonSchema, tag: str, bodies: Bodies, seen: frozenset[str]) -> Iterator[object]:
    """The values that the members of a union have for its tag; ``None`` for any that are not listed."""
    if (key := key_of(schema)) in bodies:
        if key not in seen:
            yield from _tags(bodies[key], tag, bodies, seen | {key})
        return
    members = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    for member in members:
        yield from _tags(member, tag, bodies, seen)
    if not members:
        of_tag = [schema.get("properties", {}).get(tag, {})]
        yield from (
            value for leaf in _leaves(of_tag, bodies, frozenset()) for value in _values(leaf)
        )


def _described(listed: Sequence[JsonSchema]) -> str:
    if any("discriminator" in one for one in listed):
        return "a union whose members are not all distinguished by a text"
    if any("const" in one or "enum" in one for one in listed):
        return "an enumeration of other values than texts and numbers"
    if len(listed) > 1:
        return "a union without a discriminator"
    return "a type that has no members to add to"
