"""What generated Python modules are made with. A module gets a copy of what it uses."""

from __future__ import annotations

import base64
import dataclasses
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Final,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
)
from uuid import UUID

from annotated_types import BaseMetadata
from pydantic import (
    AfterValidator,
    BaseModel,
    ByteSize,
    ConfigDict,
    GetCoreSchemaHandler,
    SerializerFunctionWrapHandler,
    Strict,
    TypeAdapter,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_serializer,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, SchemaValidator, core_schema, from_json, to_json

T = TypeVar("T")


class Model(BaseModel):
    """Reads JSON under the names of the wire, is built by the names of its fields, and is written as the wire has it."""

    model_config = ConfigDict(
        defer_build=True,
        protected_namespaces=(),
        serialize_by_alias=True,
        ser_json_inf_nan="constants",
    )

    def __init__(self, /, **values: Any) -> None:
        if not type(self).__pydantic_complete__:
            type(self).model_rebuild()
        fields = type(self).model_fields
        given = {}
        for name, value in values.items():
            field = fields.get(name)
            if value is None and field is not None and _may_be_left_out(field):
                continue
            given[(field and field.alias) or name] = value
        super().__init__(**given)

    if not TYPE_CHECKING:
        __init__.__pydantic_base_init__ = True  # JSON is read without it


class PartialModel(Model):
    """Some keys may be left out: one that was not given, or is ``None`` where null means nothing, is not written."""

    @model_serializer(mode="wrap")
    def _write(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        for name, field in type(self).model_fields.items():
            if field.is_required():
                continue
            none = _may_be_left_out(field) and getattr(self, name) is None
            if none or name not in self.model_fields_set:
                written.pop(field.alias if field.alias in written else name, None)
        return written


class Data:
    """A dataclass whose JSON an adapter of Pydantic reads and writes as the wire has it."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        serialize_by_alias=True, ser_json_inf_nan="constants"
    )


class PartialData(Data):
    """Some keys may be left out: those of fields with the value that they have if nothing is given are not written."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        own: Any = handler.resolve_ref_schema(schema)
        keys = {
            each["name"]: each.get("serialization_alias", each["name"])
            for each in own["schema"]["fields"]
        }

        def write(value: Any, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
            written: dict[str, Any] = handler(value)
            for field in dataclasses.fields(value):
                if field.default is getattr(value, field.name):
                    key = keys[field.name]
                    written.pop(key if key in written else field.name, None)
            return written

        own["serialization"] = core_schema.wrap_serializer_function_ser_schema(write)
        return schema


class Absent(Enum):
    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""The value of a field whose key is not there, where ``None`` is null."""


class AbsentKey(BaseMetadata):
    """``ABSENT`` is for Python alone."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        types = tuple(each for each in get_args(source) if each is not Absent)
        schema = handler.generate_schema(Union[types])  # noqa: UP007  # of types that are known here alone
        serialization = core_schema.wrap_serializer_function_ser_schema(
            _unless_absent, schema=schema
        )
        return core_schema.json_or_python_schema(schema, schema, serialization=serialization)


def _unless_absent(value: object, handler: SerializerFunctionWrapHandler) -> Any:
    return None if value is ABSENT else handler(value)


OrAbsent: TypeAlias = Annotated[T | Absent, AbsentKey()]
"""A key that may be left out, for which ``ABSENT`` stands."""


class OmittedKey(BaseMetadata):
    """``None`` is for Python alone: it stands for a key that is not there."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = handler(source)
        if schema["type"] != "nullable":
            raise TypeError(f"{source} takes null")
        return core_schema.json_or_python_schema(
            schema["schema"],
            schema,
            serialization=core_schema.wrap_serializer_function_ser_schema(
                _serialized, schema=schema
            ),
        )


def _serialized(value: object, handler: SerializerFunctionWrapHandler) -> Any:
    return handler(value)


Omittable: TypeAlias = Annotated[T | None, OmittedKey()]
"""A key that may be left out, for which ``None`` stands. As JSON it may not be null."""


def _may_be_left_out(field: FieldInfo) -> bool:
    return any(isinstance(each, OmittedKey) for each in field.metadata)


def _as_written(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
    read = handler(value)
    if to_json(read, inf_nan_mode="strings", fallback=str) != to_json(value, fallback=str):
        raise ValueError("it is spelled otherwise than Pydantic writes it")
    return read


AsWritten = WrapValidator(_as_written)
"""Reads the one text that Pydantic writes for a value."""


def _unique(values: list[T]) -> list[T]:
    if len({to_json(each) for each in values}) < len(values):
        raise ValueError("no two items may be equal")
    return values


Unique = AfterValidator(_unique)


class OneOf(BaseMetadata):
    """One of these JSON values, where ``true`` is not 1."""

    def __init__(self, *values: Any) -> None:
        self.values = values

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def _check(self, value: Any) -> Any:
        json = value.value if isinstance(value, Enum) else value
        for each in self.values:
            if each == json and isinstance(each, bool) is isinstance(json, bool):
                return value
        raise ValueError(f"it is none of {', '.join(map(repr, self.values))}")


class ExactEnum:
    """An enumeration of more than texts. Of those Pydantic reads what is equal in Python as well, and texts for numbers."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        values = OneOf(*(each.value for each in source))
        return values.__get_pydantic_core_schema__(source, handler)


class OtherTag(BaseMetadata):
    """An object of a kind that came later: its tag is a text, and none of the known ones."""

    def __init__(self, tag: str, *known: str) -> None:
        self.tag = tag
        self.known = known

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: dict[str, Any]) -> dict[str, Any]:
        tag = value.get(self.tag)
        if not isinstance(tag, str) or tag in self.known:
            raise ValueError(f"its {self.tag} is not another text than {', '.join(self.known)}")
        return value


class Matches(BaseMetadata):
    """A pattern besides others, searched for by Rust's engine, or by Python's if it is compiled."""

    def __init__(self, pattern: str | re.Pattern[str]) -> None:
        self.pattern = pattern

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.chain_schema(
            [handler(source), core_schema.str_schema(pattern=self.pattern)]
        )


class Utf8Length(BaseMetadata):
    """So many bytes of UTF-8."""

    def __init__(self, low: int, high: int | None) -> None:
        self.low = low
        self.high = high

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, text: str) -> str:
        size = len(text.encode())
        if size < self.low or (self.high is not None and size > self.high):
            raise ValueError(f"its UTF-8 has {size} bytes")
        return text


class UrlText(BaseMetadata):
    """The text of a URL of one of these schemes, or of any, as it came."""

    def __init__(self, *schemes: str, multi_host: bool = False) -> None:
        schema = core_schema.multi_host_url_schema if multi_host else core_schema.url_schema
        self.validator = SchemaValidator(schema(allowed_schemes=list(schemes) or None))
        self.shape = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, text: str) -> str:
        self.validator.validate_python(text)
        if not self.shape.fullmatch(text):
            raise ValueError("it has white space")
        return text


class Encoded(BaseMetadata):
    """
    The text of bytes in base64, spelled in the one way that it is written in. ``lenient``: as Python reads it, which skips what is
    not in the alphabet; ``either``: in either alphabet and without padding as well.
    """

    def __init__(
        self,
        *,
        url: bool = False,
        lenient: bool = False,
        either: bool = False,
        text: bool = False,
        low: int = 0,
        high: int | None = None,
    ) -> None:
        self.url, self.lenient, self.either, self.text = url, lenient, either, text
        self.low, self.high = low, high

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, text: str) -> str:
        value = self._decoded(text)
        size = len(value.decode() if self.text else value)
        if size < self.low or (self.high is not None and size > self.high):
            raise ValueError(f"what is encoded has the length {size}")
        return text

    def _decoded(self, text: str) -> bytes:
        if self.lenient:
            return (base64.urlsafe_b64decode if self.url else base64.b64decode)(text.encode())
        letters = b"-_" if self.url else b"+/"
        if self.either:
            found = re.fullmatch(r"([0-9A-Za-z+/]*|[0-9A-Za-z_-]*)(={0,2})", text, re.ASCII)
            if found is None or len(found[2]) > -len(found[1]) % 4:
                raise ValueError("it is not base64")
            text = found[1].translate(str.maketrans("-_", "+/")) + "=" * (-len(found[1]) % 4)
            letters = b"+/"
        value = base64.b64decode(text, altchars=letters, validate=True)
        if base64.b64encode(value, letters).decode() != text:
            raise ValueError("it is not base64")
        return value


def _of_json(text: str) -> str:
    from_json(text, allow_inf_nan=False)
    return text


JsonText: TypeAlias = Annotated[str, AfterValidator(_of_json)]
"""The text of some JSON."""


def _lower(text: str) -> str:
    if text.lower() != text:
        raise ValueError("it is not in lower case")
    return text


LowerCase: TypeAlias = Annotated[str, AfterValidator(_lower)]


def _upper(text: str) -> str:
    if text.upper() != text:
        raise ValueError("it is not in upper case")
    return text


UpperCase: TypeAlias = Annotated[str, AfterValidator(_upper)]


@cache
def _sizes() -> TypeAdapter[ByteSize]:
    return TypeAdapter(ByteSize)


def _byte_size(text: str) -> str:
    if not text.isascii():
        raise ValueError("it is not the text of a number of bytes")
    _sizes().validate_python(text)
    return text


ByteSizeText: TypeAlias = Annotated[str, AfterValidator(_byte_size)]


class Divides(BaseMetadata):
    """A multiple, without any rounding."""

    def __init__(self, step: float) -> None:
        self.step = step

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: float) -> float:
        if value % self.step:
            raise ValueError(f"it is no multiple of {self.step}")
        return value


# Of dates and the like Pydantic reads numbers as well, unless it is strict.
DateTimeInput: TypeAlias = Annotated[datetime, Strict()]
DateInput: TypeAlias = Annotated[date, Strict()]
TimeInput: TypeAlias = Annotated[time, Strict()]
DurationInput: TypeAlias = Annotated[timedelta, Strict()]
DecimalInput: TypeAlias = Annotated[Decimal, Strict()]


class Zone(BaseMetadata):
    """A time with a UTC offset, or without."""

    def __init__(self, *, aware: bool) -> None:
        self.aware = aware

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: time) -> time:
        if (value.tzinfo is not None) is not self.aware:
            raise ValueError("it has no UTC offset" if self.aware else "it has a UTC offset")
        return value


class UuidVersion(BaseMetadata):
    def __init__(self, version: int) -> None:
        self.version = version

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: UUID) -> UUID:
        if value.version != self.version:
            raise ValueError(f"it is no UUID of version {self.version}")
        return value


class JsonOf(BaseMetadata):
    """The text of the JSON of a value of this type."""

    def __init__(self, type_: Any) -> None:
        self.adapter = TypeAdapter[Any](type_)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, text: str) -> str:
        self.adapter.validate_json(text)
        return text


class Positions(BaseMetadata):
    """A list whose first items are of these types, and all others of the type ``rest``."""

    def __init__(self, *first: Any, rest: Any, low: int = 0, high: int | None = None) -> None:
        self.first, self.rest, self.low, self.high = first, rest, low, high

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        types = [handler.generate_schema(each) for each in (*self.first, self.rest)]
        whole = core_schema.tuple_schema(
            types, variadic_item_index=len(self.first), min_length=self.low, max_length=self.high
        )
        items = core_schema.list_schema(core_schema.union_schema([*types]))
        written = core_schema.wrap_serializer_function_ser_schema(_serialized, schema=items)
        return core_schema.no_info_after_validator_function(list, whole, serialization=written)


class NoOtherKeys(BaseMetadata):
    """An object without keys that its class does not know: with them it is another member of its union."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def check(value: Any) -> Any:
            if isinstance(value, dict):
                types = getattr(source, "model_fields", None) or source.__annotations__
                known = {getattr(field, "alias", None) or name for name, field in types.items()}
                if not value.keys() <= (set(self.keys) or known):
                    raise ValueError("it has other keys")
            return value

        return core_schema.no_info_before_validator_function(check, handler(source))


class RequestProblem(BaseModel):
    """One thing that is wrong with a request; ``loc`` is where, as in ``("body", "items", 0, "price")``."""

    type: str
    loc: tuple[str | int, ...]
    msg: str
    input: Any = None
    ctx: dict[str, Any] | None = None


class ValidationProblem(BaseModel):
    """What FastAPI answers with, under status 422, to a request that does not fit."""

    detail: list[RequestProblem]


class Bodies:
    """The types of the JSON of routes, with adapters that are made when they are asked for."""

    def __init__(self, types: dict[str, dict[str | int, Any]]) -> None:
        self.types = types
        self.adapters: dict[tuple[str, str | int], TypeAdapter[Any]] = {}

    def adapter(self, route: str, part: str | int) -> TypeAdapter[Any]:
        if (route, part) not in self.adapters:
            there = self.types.get(route)
            if there is None:
                raise LookupError(f"there is no route {route!r} that has JSON")
            if part not in there:
                raise LookupError(f"{route} has no JSON for {part!r}, but for {[*there]}")
            self.adapters[route, part] = self.made(there[part])
        return self.adapters[route, part]

    @staticmethod
    def made(_type: Any) -> TypeAdapter[Any]:
        return TypeAdapter(_type)  # which looks for names around it as well


class LazyAdapters(dict[str, TypeAdapter[Any]]):
    """Adapters of types, by the same keys, that are made when they are asked for."""

    def __init__(self, types: dict[str, Any]) -> None:
        self.types = types

    def __missing__(self, part: str) -> TypeAdapter[Any]:
        if part not in self.types:
            raise KeyError(f"there is no JSON for {part!r}, but for {[*self.types]}")
        adapter = self[part] = self.made(self.types[part])
        return adapter

    @staticmethod
    def made(_type: Any) -> TypeAdapter[Any]:
        return TypeAdapter(_type)  # which looks for names around it as well
