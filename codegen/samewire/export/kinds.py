"""What each kind of core schema is in JSON Schema: a function a kind. Kinds without one are as Pydantic writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from samewire import scalars
from samewire.coreschema import CoreSchema
from samewire.export import (
    containers,
    defaults,
    definitions,
    enums,
    keys,
    limits,
    listed,
    objects,
    unions,
    validators,
)
from samewire.export.context import Context, Remark
from samewire.export.hooks import says_nothing
from samewire.export.refusals import of_core_schema
from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.json_texts import JsonText
from samewire.scalars.strings import String, conjunction
from samewire.scalars.view import JsonSchema

Writer: TypeAlias = Callable[[Context, CoreSchema], JsonSchema]


def scalar(kind: Scalar, context: Context, core: CoreSchema) -> JsonSchema | None:
    """The document of a scalar; ``None`` where Pydantic's own generator is right."""
    try:
        result = kind.export(core, context.view)
    except UnrepresentableError as error:
        return context.refuse(error.code, error.message, error.hint)
    for message in kind.remarks(core, context.view):
        context.remark(context.place.where, Remark("risky-pattern", message))
    return result


def _scalar(kind: Scalar, context: Context, core: CoreSchema) -> JsonSchema:
    result = scalar(kind, context, core)
    return context.as_pydantic_does(core) if result is None else result


text: Final = partial(_scalar, String())


def _json(context: Context, core: CoreSchema) -> JsonSchema:
    """``Json[T]``: a text that holds a value; what is written is the value, unless the text is to be read again."""
    content = context.generate_inner(core.get("schema") or {"type": "any"})
    if context.emits and not context.dump.round_trip:
        return content
    document = JsonText().document()
    return document if says_nothing(content) else {**document, "x-samewire-content": content}


def _chain(context: Context, core: CoreSchema) -> JsonSchema:
    """Steps that only constrain one scalar type hold together."""
    moved = limits.with_steps(context, core)
    if moved is not None:
        return context.generate_inner(moved)
    told = [step for step in core["steps"] if not listed.is_pointless(step)]
    steps = [context.generate_inner(step) for step in told or core["steps"]]
    types = {step.get("type") for step in steps}
    if len(types) == 1 and types <= {"string", "integer", "number"}:
        return conjunction(steps)
    return steps[-1] if context.emits else steps[0]


KINDS: Final[Mapping[str, Writer]] = {
    **{kind: partial(_scalar, one) for kind, one in scalars.BY_KIND.items()},
    "str": text,
    "literal": enums.literal,
    "enum": enums.enum,
    "json": _json,
    "any": validators.anything,
    # --- Containers
    "list": containers.list_,
    "generator": containers.list_,
    "set": containers.set_,
    "frozenset": containers.set_,
    "tuple": containers.tuple_,
    "named-tuple": containers.named_tuple,
    "call": containers.call,
    **dict.fromkeys(("dict", "frozendict", "ordered-dict", "counter"), keys.dictionary),
    # --- Objects
    "model": objects.model,
    "model-fields": objects.model_fields,
    "dataclass": objects.dataclass,
    "dataclass-args": objects.dataclass_fields,
    "typed-dict": objects.typed_dict,
    # --- Around other schemas
    "nullable": unions.nullable,
    "union": unions.plain,
    "tagged-union": unions.tagged,
    "lax-or-strict": unions.lax_or_strict,
    "default": defaults.with_default,
    "chain": _chain,
    **dict.fromkeys(("function-before", "function-after", "function-wrap"), validators.around),
    "function-plain": validators.plain,
    "definitions": definitions.with_definitions,
    "definition-ref": definitions.reference,
    # --- What has no form in JSON
    "is-instance": validators.instance,
    "is-subclass": validators.subclass,
    "callable": validators.callable_,
    "invalid": lambda _, core: of_core_schema(core),
}
