"""
A mark for an enumeration or union that will grow: readers of what the backend emits keep unknown members.

Imports nothing: a backend pays nothing for it. It says ``x-samewire-open`` in JSON Schema, which changes nothing for Pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["OPEN", "Open"]

OPEN: Final = "x-samewire-open"
_HOOK: Final = "__get_pydantic_json_schema__"

ClassT = TypeVar("ClassT", bound=type[Any])


class _Open:
    """
    Marks a type as one that will get more members::

        Event = Annotated[Created | Deleted, Field(discriminator="type"), Open]
        Level = Annotated[Literal["info", "error"], Open]

        @Open
        class Status(StrEnum):
            SENT = "sent"
    """

    def __call__(self, cls: ClassT) -> ClassT:
        """An enumeration that is open wherever it is used."""
        from enum import EnumMeta  # noqa: PLC0415  # which Python has loaded by then

        if not isinstance(cls, EnumMeta):
            instead = 'Annotated[A | B, Field(discriminator="type"), Open]'
            raise TypeError(f"{cls!r} is no enumeration; a union is marked where it is: {instead}")
        inherited = getattr(cls, _HOOK, None)

        def hook(schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
            said = handler(schema) if inherited is None else inherited(schema, handler)
            # Before Pydantic 2.11 the schema of a named type is a reference here.
            handler.resolve_ref_schema(said)[OPEN] = True
            return dict(said)

        setattr(cls, _HOOK, hook)
        return cls

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        said = handler(schema)
        if "$ref" in said and "ref" in schema and schema["type"] != "enum":
            # Before Pydantic 2.11 the type that a named alias stands for is a reference here.
            handler.resolve_ref_schema(said)[OPEN] = True
            return said
        return {**said, OPEN: True}

    def __repr__(self) -> str:
        return "samewire.Open"


Open: Final = _Open()
