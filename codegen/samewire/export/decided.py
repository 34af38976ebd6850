"""
What single types are decoded to, where that is something else than what targets do with all of their kind.

A mark (``samewire.Decode``) says it of a type and of all that is in it, up to types with a name of their own. What a configuration
says of one direction alone, each text and array of that direction says.
"""

from __future__ import annotations

from samewire import scalars
from samewire.coreschema import CoreSchema, metadata, unwrapped
from samewire.decode import DECODE, Decode, Word
from samewire.export.context import Context, Mark
from samewire.scalars.decoded import HOLDS
from samewire.scalars.encoded import OF_TEXT
from samewire.scalars.temporal import ZONE, Zone
from samewire.scalars.view import JsonSchema

_OF_HELD: dict[str, tuple[Word, ...]] = {
    "set": ("array", "Set"),
    "integer": ("string", "bigint"),
    "utf8": ("string", "Uint8Array"),
    "hex": ("string", "Uint8Array"),
}


def without_mark(core: CoreSchema) -> tuple[CoreSchema, Mark | None]:
    """A core schema without its marks, and the last of them, which stands around the others."""
    said = [
        mark for hooks in metadata.hooks(core).values() for hook in hooks if (mark := _mark(hook))
    ]
    if not said:
        return core, None
    return metadata.with_hooks(core, lambda hook: _mark(hook) is None), Mark(said[-1].word)


def _mark(hook: metadata.Hook) -> Decode | None:
    owner = getattr(hook, "__self__", None)
    return owner if isinstance(owner, Decode) else None


def placed(context: Context, core: CoreSchema, schema: JsonSchema) -> JsonSchema:
    """The schema of a core schema, with what it holds and what that is decoded to, where targets would not know."""
    is_integer = unwrapped(core)["type"] == "int" and schema.get("type") == "string"
    if is_integer and context.view.marks:
        schema = {**schema, HOLDS: "integer"}
    chosen = context.options.decode
    own = chosen.emits if context.emits else chosen.accepts
    if (context.mark is None and own == chosen.unsaid) or not (words := _words(context, schema)):
        return schema
    if context.mark is not None and (DECODE in schema or context.mark.word in words):
        context.mark.used = True
        return {DECODE: context.mark.word, **schema}
    word, unsaid = (_chosen(words, one.words) for one in (own, chosen.unsaid))
    return schema if word == unsaid else {DECODE: word, **schema}


def checked(context: Context, mark: Mark, schema: JsonSchema) -> JsonSchema:
    """A schema under a mark, or the refusal of a mark that says nothing of anything in it."""
    if mark.used:
        return schema
    message = f'samewire.Decode("{mark.word}") marks a type that cannot be decoded this way'
    hint = (
        'mark the type itself: a datetime that is an instant or anything with "temporal", a date with "day", bytes with '
        '"Uint8Array", and so on; a named type is marked where it is defined'
    )
    return context.refuse("invalid-decode", message, hint)


def _chosen(words: tuple[Word, ...], chosen: frozenset[Word]) -> Word:
    return next((word for word in words if word in chosen), words[0])


def _words(context: Context, schema: JsonSchema) -> tuple[Word, ...]:
    """What the values of a schema can be, first what they are in JSON; nothing for what is never decoded."""
    if (held := schema.get(HOLDS)) is not None:
        return _OF_HELD[held]
    match scalars.format_of(schema) if schema.get("type") == "string" else None:
        case scalars.DateTime():
            utc = context.options.datetimes == "utc"
            naive = not utc and schema.get(ZONE.name) == Zone.NAIVE.value
            return ("string", "temporal") if naive else ("string", "date", "temporal")
        case scalars.Date():
            return ("string", "day", "temporal")
        case scalars.Time() | scalars.Duration():
            return ("string", "temporal")
        case scalars.Base64() if OF_TEXT.name not in schema:
            return ("string", "Uint8Array")
        case scalars.Url(multi_host=False):
            return ("string", "URL")
        case scalars.Decimal():
            adapted = context.options.decode.unsaid.decimals is not None
            return ("string", "decimal") if adapted else ("string",)
        case _:
            return ()
