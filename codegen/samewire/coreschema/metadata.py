"""
What types and their authors say of JSON Schema, in the metadata of core schemas.

Pydantic calls the hooks of a type (``__get_pydantic_json_schema__``) and of an annotation (``WithJsonSchema``, ``Field``), adds the
``json_schema_extra`` of a field, and notes limits that it checks in a function.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, TypeAlias

from samewire.coreschema.wrappers import CoreSchema

Hook: TypeAlias = Callable[..., Any]

HOOKS: Final = ("pydantic_js_functions", "pydantic_js_annotation_functions")
_OF_ANNOTATIONS: Final = HOOKS[1]
_EXTRA: Final = "pydantic_js_extra"
_NOTES: Final = "pydantic_js_updates"


def hooks(core: CoreSchema) -> Mapping[str, Sequence[Hook]]:
    """The hooks of a type and of its annotations, by the keys that hold them; empty without any."""
    metadata = _metadata(core)
    return {key: metadata[key] for key in HOOKS if metadata.get(key)} if metadata else metadata


def has_annotation_hooks(core: CoreSchema) -> bool:
    return _OF_ANNOTATIONS in _metadata(core)


def with_hooks(core: CoreSchema, kept: Callable[[Hook], bool]) -> CoreSchema:
    """A schema with those of its hooks that are ``kept``."""
    found = hooks(core)
    left = {key: [hook for hook in several if kept(hook)] for key, several in found.items()}
    return {**core, "metadata": {**_metadata(core), **left}} if found else core


def without_extra(core: CoreSchema) -> tuple[CoreSchema, object]:
    """A field without its ``json_schema_extra``, and that, or ``None``."""
    extra = _metadata(core).get(_EXTRA)
    if extra is None:
        return core, None
    left = {key: value for key, value in _metadata(core).items() if key != _EXTRA}
    return {**core, "metadata": left}, extra


def notes(core: CoreSchema) -> Mapping[str, Any]:
    """The keywords of JSON Schema that Pydantic notes for a limit that it checks in a function."""
    return _metadata(core).get(_NOTES) or {}


def without_notes(core: CoreSchema, keywords: Collection[str]) -> CoreSchema:
    left = {key: value for key, value in notes(core).items() if key not in keywords}
    return {**core, "metadata": {**_metadata(core), _NOTES: left}}


def _metadata(core: CoreSchema) -> Mapping[str, Any]:
    return core.get("metadata") or {}
