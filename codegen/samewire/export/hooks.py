"""
What authors say of their types in JSON Schema, against what is on the wire.

``WithJsonSchema``, ``__get_pydantic_json_schema__`` and ``json_schema_extra`` change a document; they change no byte of what is
sent. So where the core schema knows the type it decides, and the author's words are taken for what they say about it: titles,
descriptions, examples, deprecation. Where it does not (a plain validator, a serializer without a return type, ``Any``), the
author vouches for the type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from pydantic.json_schema import SkipJsonSchema, WithJsonSchema

from samewire.coreschema import CoreSchema, metadata
from samewire.coreschema.functions import inner_function
from samewire.export.documentation import attempt, readable
from samewire.export.type_hints import defined_elsewhere
from samewire.open import OPEN
from samewire.scalars.view import JsonSchema

ANNOTATIONS: Final = (
    "title",
    "description",
    "examples",
    "deprecated",
    "default",
    "readOnly",
    "writeOnly",
)
_SKIP = cast("type[Any]", SkipJsonSchema)  # to type checkers it is Annotated
_MARKS = ("x-samewire-clients", "x-samewire-enum-since", "x-samewire-since", OPEN)


def without_theirs(core: CoreSchema, *, shows_hidden: bool) -> tuple[CoreSchema, bool]:
    """``core`` without the hooks of its author, and whether there are any; ``shows_hidden`` takes out ``SkipJsonSchema`` too."""
    known = [hook for several in metadata.hooks(core).values() for hook in several]
    if not known:
        return core, False
    theirs = any(_is_theirs(hook) for hook in known if not (shows_hidden and _hides(hook)))
    return metadata.with_hooks(
        core, lambda hook: not _is_theirs(hook) and not (shows_hidden and _hides(hook))
    ), theirs


def without_pydantics(core: CoreSchema) -> CoreSchema:
    """``core`` without what Pydantic itself says about a type, which does not hold for what a serializer makes of it."""
    return metadata.with_hooks(core, _is_theirs)


def _hides(hook: Callable[..., object]) -> bool:
    return isinstance(getattr(hook, "__self__", None), _SKIP)


def _is_theirs(hook: Callable[..., object]) -> bool:
    if isinstance(getattr(hook, "__self__", None), WithJsonSchema):
        return True
    return defined_elsewhere(inner_function(hook))


def says_nothing(schema: JsonSchema) -> bool:
    """Whether a schema lets every value through."""
    return not any(key not in ANNOTATIONS for key in schema)


def annotated(schema: JsonSchema, theirs: JsonSchema) -> JsonSchema:
    """``schema`` and its properties with what their author says about them, which constrains nothing."""
    words: JsonSchema = {
        key: theirs[key] for key in ANNOTATIONS if key in theirs and key != "default"
    }
    marks = {key: theirs[key] for key in theirs if _is_mark(key)}
    result = {**readable(marks), **schema, **readable(words)}
    described = theirs.get("properties")
    if isinstance(described, dict) and "properties" in schema:
        result["properties"] = {
            name: annotated(one, described[name]) if isinstance(described.get(name), dict) else one
            for name, one in schema["properties"].items()
        }
    return result


def _is_mark(key: str) -> bool:
    """Keys that say something to readers of the schema, and nothing about the value."""
    if key.startswith("x-samewire-"):
        return key in _MARKS
    return key.startswith("x-") and not key.startswith("x-enum")


def narrows(theirs: JsonSchema, schema: JsonSchema) -> bool:
    """Whether an author takes away choices of a union and says nothing else: a frontend may be told to send less."""
    choices = [_bare(one) for one in schema.get("anyOf", ())]
    rest = _bare(theirs)
    kept = theirs["anyOf"] if set(rest) == {"anyOf"} else [theirs]
    return len(kept) < len(choices) and all(_bare(one) in choices for one in kept)


def _bare(schema: JsonSchema) -> JsonSchema:
    return {key: value for key, value in schema.items() if key not in ANNOTATIONS}


# --- Extras of a field ------------------------------------------------------------------------------------------------


def with_extra(extra: object, schema: JsonSchema) -> JsonSchema:
    """The parts of ``json_schema_extra`` that annotate the value and do not constrain it."""
    if isinstance(extra, dict):
        return annotated(schema, extra)
    if not callable(extra):
        return schema
    changed = dict(schema)
    attempt(lambda: extra(changed), None)
    return annotated(schema, changed)


def without_pattern(core: CoreSchema) -> tuple[CoreSchema, str | None]:
    """Takes out a pattern that Pydantic checks after a validator, and then notes in its own dialect, untranslated."""
    pattern = metadata.notes(core).get("pattern")
    return (
        (core, None) if pattern is None else (metadata.without_notes(core, ("pattern",)), pattern)
    )
