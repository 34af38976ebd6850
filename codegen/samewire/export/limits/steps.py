"""Patterns and changes of case that Pydantic checks with a schema of its own, behind another schema."""

from __future__ import annotations

from pydantic_core import SchemaValidator

from samewire import scalars
from samewire.coreschema import CoreSchema, kinds
from samewire.coreschema.rebuilt import text_steps, with_alternatives
from samewire.export.context import Context
from samewire.export.limits.inward import scalar_of
from samewire.export.limits.pending import NO_VALUE, with_pending
from samewire.scalars.encoded import Base64


def with_steps(context: Context, core: CoreSchema) -> CoreSchema | None:
    """
    A chain in which Pydantic checks a pattern, or changes the case, of what another schema gives, as that schema with the steps
    moved into what is text in it; ``None`` for any other schema.
    """
    chain = text_steps(core)
    if chain is None or (context.emits and "serialization" in core):
        return None
    first, steps = chain
    for step in steps:
        first = _with_step(context, first, step)
    return first


def _with_step(context: Context, core: CoreSchema, step: CoreSchema) -> CoreSchema:
    def inside(inner: CoreSchema) -> CoreSchema:
        return _with_step(context, inner, step)

    if (target := context.references.target(core)) is not None:
        return inside(target)
    scalar = scalar_of(core)
    if isinstance(scalar, Base64) and context.emits:
        return step  # written is what it makes of what was decoded
    if kinds.has_own_encoder(core):
        return core  # the text that is read is not the one that is checked
    if core["type"] in ("str", "bytes") or _is_text_in_python(scalar):
        return with_pending(core, step)
    if core["type"] in ("literal", "enum"):
        return _of_texts(context, core, step)
    if scalar is not None or kinds.is_secret(core) or kinds.is_sizeless(core):
        return NO_VALUE
    if core["type"] == "any":
        return core if context.emits else step
    if core["type"] == "nullable":
        return inside(core["schema"])
    if core["type"] == "json":
        return {**core, "schema": inside(core.get("schema") or {"type": "any"})}
    if core["type"] in kinds.WITHOUT_TYPE:
        return core
    changed = with_alternatives(core, inside)
    return NO_VALUE if changed is None else changed


def _is_text_in_python(scalar: scalars.Scalar | None) -> bool:
    is_text = isinstance(scalar, scalars.Format) and scalar.has_length_of_text(emits=True)
    return is_text or isinstance(scalar, Base64)


def _of_texts(context: Context, core: CoreSchema, step: CoreSchema) -> CoreSchema:
    """The values that are text and have the form, or what becomes of them."""
    validator = SchemaValidator(step)
    kept = []
    for value in core.get("expected", core.get("members")):
        try:
            changed = validator.validate_python(value)
        except ValueError:
            continue
        kept.append(changed if context.emits else value)
    return {"type": "literal", "expected": kept}
