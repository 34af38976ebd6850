"""Definitions: each type that a core reference names is generated once in each form, where it is first referred to."""

from __future__ import annotations

from samewire.coreschema import CoreSchema
from samewire.coreschema.versions import models_stand_alone
from samewire.export import surroundings
from samewire.export.context import Context
from samewire.export.definition_keys import ref_to
from samewire.scalars.view import JsonSchema


def named(context: Context, core: CoreSchema) -> JsonSchema | None:
    """What stands for a schema with a reference; ``None`` if its definition is to be generated now."""
    context.references.add(core)
    key = context.key(core["ref"])
    if key not in context.entered and context.references.vary:
        own = surroundings.own_schema(core)
        if own is not core:
            return context.generate_inner(own)
    context.entered.add(key)
    if context.references.is_another(key, core):
        return _refused(context)
    return ref_to(key) if key in context.definitions else None


def with_definitions(context: Context, core: CoreSchema) -> JsonSchema:
    """A schema that brings definitions, none of which is generated before something refers to it."""
    with context.references.scope(core["definitions"]):
        return context.generate_inner(core["schema"])


def reference(context: Context, core: CoreSchema) -> JsonSchema:
    """A reference. What has no configuration of its own is generated under the one that holds here."""
    if models_stand_alone():
        return _reference(context, core)
    with context.inside_class(None, context.root_config):
        return _reference(context, core)


def _reference(context: Context, core: CoreSchema) -> JsonSchema:
    core_ref = core["schema_ref"]
    target, key = context.references.core_of(core_ref), context.key(core_ref)
    if target is not None and context.references.is_another(key, target):
        return _refused(context)
    if target is not None and key not in context.entered:
        context.entered.add(key)
        context.generate_inner(target)
    return context.as_pydantic_does(core)


def _refused(context: Context) -> JsonSchema:
    return context.refuse(
        "name-clash",
        "this type has different keys or values in different places, because of the alias "
        "generator of a surrounding model, or because two types share a reference in "
        "their core schemas",
        "make it a model, whose keys are the same everywhere; or give each alias "
        "generator and reference its own name",
    )
