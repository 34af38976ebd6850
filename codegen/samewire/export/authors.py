"""What the hooks of a type's author say in JSON Schema, next to what is known of the type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from samewire.export import hooks, opened, walk
from samewire.export.context import Context
from samewire.export.documentation import NotJsonError, as_json, attempt, readable
from samewire.export.refusals import refusals_in
from samewire.scalars.view import JsonSchema


def heard(
    context: Context, key: str | None, known: JsonSchema, ask: Callable[[], JsonSchema]
) -> JsonSchema:
    """
    ``known`` with what the author says about it, or that instead where the type is not known. ``ask`` calls the hooks.

    ``key`` is that of the type's definition, to which ``known`` refers then; the definition changes.
    """
    definitions = context.definitions
    inner = definitions.get(key, known)
    stated = attempt(ask, known)
    if stated is known:
        return known  # the hooks raise, or change nothing
    named = key is not None and key in definitions
    stated = definitions[key] if named else stated
    unknown = hooks.says_nothing(inner) or _is_refused(definitions, known)
    narrower = not context.emits and hooks.narrows(stated, inner)
    result = _as_said(context, stated) if unknown or narrower else hooks.annotated(inner, stated)
    if not named:
        return result
    definitions[key] = opened.placed(context, result)
    return known


def _as_said(context: Context, stated: JsonSchema) -> JsonSchema:
    """What an author says of a type that is not known, as JSON."""
    type_ = {key: value for key, value in stated.items() if key not in hooks.ANNOTATIONS}
    words = {key: value for key, value in stated.items() if key in hooks.ANNOTATIONS}
    try:
        return {**as_json(type_), **readable(words)}
    except NotJsonError as error:
        message = f"the JSON Schema that the type declares for itself is not JSON: {error}"
        hint = 'write it as JSON: {"type": "string"}, not {"type": str}'
        return context.refuse("unusable-type", message, hint)


def _is_refused(definitions: Mapping[Any, JsonSchema], schema: JsonSchema) -> bool:
    """Whether there is a refusal in a schema, or in what it refers to."""
    seen: set[str] = set()
    pending = [schema]
    while pending:
        current = pending.pop()
        if next(refusals_in(current), None) is not None:
            return True
        new = {ref for ref in walk.refs(current) if ref in definitions} - seen
        seen |= new
        pending += [definitions[ref] for ref in new]
    return False
