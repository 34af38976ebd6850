"""Limits in the document of a text, for types that no core schema can limit."""

from __future__ import annotations

from samewire import scalars
from samewire.coreschema import CoreSchema
from samewire.coreschema.limits import BOUNDS, LENGTHS, Limit
from samewire.export.context import Context
from samewire.export.enums import NEVER
from samewire.export.limits.comparing import has_unknown_order, refused
from samewire.export.limits.inward import moved
from samewire.export.refusals import of_core_schema
from samewire.export.unions import any_of
from samewire.scalars.bounds import KEYWORDS, NUMERIC
from samewire.scalars.byte_sizes import MULTIPLE_OF as STEP
from samewire.scalars.byte_sizes import ByteSize
from samewire.scalars.emails import Email
from samewire.scalars.spelling import Spelling
from samewire.scalars.strings import conjunction
from samewire.scalars.view import JsonSchema


def limited(context: Context, schema: JsonSchema, limit: Limit | CoreSchema) -> JsonSchema:
    """The document of a text with a limit on it."""
    if not isinstance(limit, Limit):
        return _of_step(context, schema, limit)
    if "anyOf" in schema:
        return any_of([limited(context, member, limit) for member in schema["anyOf"]])
    if schema.get("type") == "integer":
        return _of_integer(context, schema, limit)
    if "enum" in schema:  # the mask of a secret, which is empty for an empty one
        empty = limit.name == "max_length" or not limit.value
        return schema if empty else {**schema, "enum": [text for text in schema["enum"] if text]}
    format_ = scalars.format_of(schema)
    if isinstance(format_, ByteSize) and limit.name not in (*BOUNDS, *LENGTHS):
        return _of_byte_size(context, schema, limit)
    if limit.name not in LENGTHS:
        return _bounded(context, schema, format_, limit)
    keys = ("minLength", "maxLength")
    emits = context.emits
    if format_ is not None and (own := format_.length_keywords(emits=emits)) is not None:
        keys = own
    elif format_ is not None and not format_.has_length_of_text(emits=emits):
        return context.refuse(
            "no-json-form",
            f"a limit on the length of a value that is read from another text, of the format {schema['format']}",
            "check it in a validator; for a URL as it is read, use UrlConstraints(max_length=...)",
        )
    key = keys[limit.name == "max_length"]
    return {**schema, key: limit.tightened(schema.get(key))}


def _of_step(context: Context, schema: JsonSchema, step: CoreSchema) -> JsonSchema:
    emits = context.emits
    format_ = scalars.format_of(schema)
    if format_ is not None and not format_.has_length_of_text(emits=emits):
        return context.refuse(
            "no-json-form",
            f"a pattern, or another limit on text, for what the format {schema['format']} is read as",
            "check it in a validator",
        )
    if emits and any(step.get(key) for key in ("to_lower", "to_upper", "strip_whitespace")):
        # What it makes of the text has none of the limits of before.
        schema = {} if format_ is None else _recased(format_, step).document()
    return conjunction([schema, context.generate_inner(step)])


def _recased(format_: scalars.Format, step: CoreSchema) -> scalars.Format:
    """The format of a text after a change of its case, which Pydantic's own spelling need not survive."""
    if isinstance(format_, Email) and step.get("to_upper"):
        return Email(Spelling.STANDARD)
    return format_


def _of_byte_size(context: Context, schema: JsonSchema, limit: Limit) -> JsonSchema:
    moved_ = moved(context, {"type": "int", "multiple_of": schema.get(STEP.name, 1)}, limit)
    if moved_["type"] != "int":
        return NEVER
    step = moved_["multiple_of"]
    return schema if step == 1 else {**schema, STEP.name: step}


def _of_integer(context: Context, schema: JsonSchema, limit: Limit) -> JsonSchema:
    """A number of bytes."""
    names = {**NUMERIC, "multiple_of": "multipleOf"}
    known = {key: schema[name] for key, name in names.items() if name in schema}
    return context.generate_inner(moved(context, {"type": "int", **known}, limit))


def _bounded(
    context: Context, schema: JsonSchema, format_: scalars.Format | None, limit: Limit
) -> JsonSchema:
    if limit.name not in BOUNDS:
        return NEVER
    if isinstance(format_, scalars.Ordered):
        text = format_.bound(limit.value)
        return NEVER if text is None else {**schema, KEYWORDS[limit.name]: text}
    return of_core_schema(refused(context, limit)) if has_unknown_order(limit) else NEVER
