"""
What every chunk, part and message has in common: its keys in JSON, and the one way in which it is written.

Keys are ``snake_case`` in Python and ``camelCase`` on the wire. What is absent and what is null is decided for each field:

* :data:`Omittable`: a typed optional. ``None`` means that the key is absent; null is never written. Read leniently: null counts
  as absent, although the protocol's own validators refuse it.
* :data:`OmittableUnknown`: an optional of unknown type. ``None`` is data and is written as null; :data:`MISSING` means absent.
* a required field of type ``Any``: the key is always there, as null for ``None``.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_serializer,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticSerializationError, core_schema

from samewire.absent import HAS_EXCLUDE_IF, MISSING, exclude_if, leave_out
from samewire.ui_stream.checks import refuse_keys

__all__ = ["MISSING", "Omittable", "OmittableUnknown", "Text", "WireModel", "omittable"]

T = TypeVar("T")


class _AbsentWhenNone:
    """Keeps null out of the JSON Schema of a nullable type, in both directions."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        json_schema = handler(schema)
        members = [one for one in json_schema.get("anyOf", ()) if one != {"type": "null"}]
        return members[0] if len(members) == 1 else {**json_schema, "anyOf": members}


Omittable: TypeAlias = Annotated[T | None, _AbsentWhenNone(), exclude_if(None)]
"""A key that is absent or holds a ``T``. Give the field ``None`` as its default."""


def omittable(of: Any) -> Any:
    """``Omittable[of]`` for a type that is known at run time only."""
    return Annotated[of | None, _AbsentWhenNone(), exclude_if(None)]


OmittableUnknown: TypeAlias = Annotated[Any, exclude_if(MISSING)]
"""A key that is absent or holds anything, null included. Give the field ``MISSING`` as its default."""


class _AnyText:
    """
    Lets lone surrogates in: a model that counts in UTF-16 units may cut an emoji in two, one half a delta.

    The protocol's client joins the halves again (measured on ``ai`` 5.0.277, 6.0.326 and 7.0.173).
    """

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.json_or_python_schema(
            json_schema=handler(source),
            python_schema=core_schema.is_instance_schema(str, cls_repr="str"),
        )


Text: TypeAlias = Annotated[str, _AnyText()]
"""Text from a language model or a person, which may hold half a surrogate pair."""


class WireModel(BaseModel):
    """Immutable. Unknown keys are refused here and kept where a class says ``extra="allow"``."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
        # Snake case is for Python code; clients send the names of the protocol.
        json_schema_extra={"x-samewire-by-name": False},
        # Bytes in a value of unknown type need not be UTF-8.
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )

    if not HAS_EXCLUDE_IF:
        _leave_out = model_serializer(mode="wrap")(leave_out)

    _warns: ClassVar[bool] = True
    """Whether pydantic warns of a value that is not what a field says."""

    def to_json(self) -> bytes:
        """
        This object as JSON in UTF-8, on one line.

        NaN and infinities become null. A lone surrogate in a value becomes an escape (``\\ud83d``). Datetimes, decimals, UUIDs,
        bytes (base64), enums, dataclasses and models inside a value of unknown type are written as Pydantic writes them.

        Raises:
            PydanticSerializationError: a value that has no JSON form.
            ValueError: a key ``__proto__``, or ``constructor`` with an object that has ``prototype``: both end the chat in the
                client, which takes them for an attack; or a lone surrogate in a key.

        """
        serializer = self.__pydantic_serializer__
        try:
            written = serializer.to_json(self, by_alias=True, warnings=self._warns)
        except PydanticSerializationError as error:
            written = escaped(self, error, warnings=self._warns)
        # Looked for in the bytes: values may change after they were validated, and one search costs next to nothing. Both keys
        # have "proto" in them, and writers escape no letters.
        if written.find(b"proto") >= 0:
            refuse_keys(type(self).__name__, written)
        return written


def escaped(
    model: WireModel,
    error: PydanticSerializationError,
    *,
    exclude: set[str] | None = None,
    warnings: bool | Literal["error"],
) -> bytes:
    """
    ``model`` in ASCII, for when pydantic-core could not encode its text as UTF-8.

    ``exclude`` names fields to leave out; ``warnings`` says what Pydantic does about a value that is not of its field's type.
    """
    name = type(model).__name__
    try:
        plain = model.__pydantic_serializer__.to_python(
            model, mode="json", by_alias=True, exclude=exclude, warnings=warnings
        )
    except (PydanticSerializationError, UnicodeError) as caught:
        # Before Pydantic 2.12 it is behind the error of the serializer that leaves fields out.
        cause = caught if isinstance(caught, UnicodeError) else caught.__cause__
        if isinstance(cause, UnicodeEncodeError):
            message = f"{name}: a key of an object holds a lone surrogate, which has no place in UTF-8; replace it"
            raise ValueError(message) from error  # noqa: TRY004 - of the value
        error.add_note(f"while writing {name}; dump the value to plain data first")
        # Bytes in a model of the application's, which its own configuration writes as UTF-8.
        if isinstance(cause, UnicodeDecodeError):
            error.add_note("bytes that are no UTF-8: give the model ser_json_bytes='base64'")
        raise error from None
    return json.dumps(plain, separators=(",", ":"), allow_nan=False).encode("ascii")
