"""A limit on a core schema, moved to where the values are: into the members of unions, through references and wrappers."""

from __future__ import annotations

from samewire import scalars
from samewire.coreschema import CoreSchema, kinds, variant
from samewire.coreschema.limits import LENGTHS, Limit
from samewire.coreschema.rebuilt import text_steps, with_alternatives
from samewire.export import loosened, serializers
from samewire.export.context import Context
from samewire.export.limits import numbers, values
from samewire.export.limits.comparing import has_unknown_order, refused, tightened
from samewire.export.limits.pending import NO_VALUE, with_pending


def moved(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    """``core`` with a limit on its values."""

    def inside(inner: CoreSchema) -> CoreSchema:
        return moved(context, inner, limit)

    if kinds.is_sizeless(core):
        return NO_VALUE
    if context.emits and serializers.is_authors(core):
        return core  # what is written is not the value that is limited
    if kinds.has_own_encoder(core):
        return core  # nor is it here, or what is read
    if (target := context.references.target(core)) is not None:
        changed = inside(target)
        return core if changed is target else changed
    if text_steps(core) is not None:
        *before, last = core["steps"]
        return {**core, "steps": [*before, {**last, "schema": inside(last["schema"])}]}
    if loosened.is_authors(core) and context.emits:
        core = loosened.after_validator(context, core)
    if kinds.is_secret(core):
        return _of_secret(context, core, limit) or _of_wrapper(context, core, limit)
    if scalar_of(core) is not None or kinds.is_url_class(core):
        return with_pending(core, limit)
    return _of_wrapper(context, core, limit)


def scalar_of(core: CoreSchema) -> scalars.Scalar | None:
    """The scalar that a function stands for, be it the same in strict mode or not."""
    return scalars.recognized(variant(core) or core)


def _of_wrapper(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    def inside(inner: CoreSchema) -> CoreSchema:
        return moved(context, inner, limit)

    if core["type"] == "nullable":
        return inside(core["schema"])  # None has no length and no order
    if core["type"] == "json":
        return {**core, "schema": inside(core.get("schema") or {"type": "any"})}
    changed = with_alternatives(core, inside)
    return _of_leaf(context, core, limit) if changed is None else changed


def _of_secret(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema | None:
    """A secret has the length of the text that it holds; ``None`` if the bytes inside are limited."""
    text = kinds.text_of_secret(core)
    if text is None or limit.name not in LENGTHS:
        return NO_VALUE
    return None if text == "bytes" and not context.emits else with_pending(core, limit)


def _of_leaf(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    match core["type"]:
        case "bool":
            return values.admitted(core, (False, True), limit)
        case "literal":
            return values.admitted(core, core["expected"], limit)
        case "enum":
            return values.of_enum(context, core, limit)
        case kind if kind in kinds.NUMBERS:
            return numbers.of_number(context, core, limit)
        case kind if kind in kinds.URLS:
            return with_pending(core, limit)
        case kind if kind in kinds.SIZED and limit.name in LENGTHS:
            return tightened(core, limit)
        case kind if isinstance(limit.value, kinds.MOMENTS.get(kind, ())):
            return numbers.of_moment(context, core, limit)
        case kind if kind in kinds.CLASSES:
            return values.of_class(context, core, limit)
        case "any" if context.emits:
            return core  # is written as whatever it is
        case "any":
            own = ("bool", "int", "float", "str", "list", "dict")
            members = [moved(context, {"type": kind}, limit) for kind in own]
            return {"type": "union", "choices": members}
        case kind if kind in kinds.WITHOUT_TYPE:
            return core  # refused for what it is, or is a reference to nothing
        case _:
            return refused(context, limit) if has_unknown_order(limit) else NO_VALUE
