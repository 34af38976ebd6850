"""A core schema of each kind that Pydantic has, and some more of those that have several forms."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import core_schema as cs


class Colour(enum.Enum):
    RED = "red"
    BLUE = 2


class Bits(enum.Flag):
    A = 1
    B = 2


class Model(BaseModel):
    a: int = 1


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


class Pair(NamedTuple):
    x: int
    y: int = 0


_NOON = dt.datetime.fromisoformat("2024-01-01T12:00:00")


def _reverse(value: str) -> str:
    return value[::-1]


NODE = cs.typed_dict_schema(
    {
        "next": cs.typed_dict_field(
            cs.nullable_schema(cs.definition_reference_schema("node")), required=True
        )
    },
    ref="node",
)

REFUSED = {
    "invalid": cs.invalid_schema(),
    "arguments": cs.arguments_schema([cs.arguments_parameter("a", cs.int_schema())]),
    "arguments-v3": cs.arguments_v3_schema(
        [cs.arguments_v3_parameter(name="a", schema=cs.int_schema())]
    ),
    "call": cs.call_schema(cs.arguments_schema([]), dict),
}

_PATH: list[str | int] = ["p", 1, "q"]
_CHOICES: list[list[str | int]] = [["c1"], ["p", 0]]

KINDS: dict[str, list[Any]] = {
    "any": [cs.any_schema()],
    "none": [cs.none_schema()],
    "bool": [cs.bool_schema(), cs.bool_schema(strict=True)],
    "int": [cs.int_schema(), cs.int_schema(gt=2, lt=9), cs.int_schema(ge=-7, multiple_of=5)],
    "float": [
        cs.float_schema(),
        cs.float_schema(gt=0.5, lt=0.75, strict=True),
        cs.float_schema(allow_inf_nan=False),
        cs.float_schema(ge=0, le=1, multiple_of=0.1),
    ],
    "decimal": [
        cs.decimal_schema(),
        cs.decimal_schema(max_digits=4, decimal_places=2, gt=Decimal(0)),
        cs.decimal_schema(allow_inf_nan=True),
        cs.decimal_schema(multiple_of=Decimal("0.25"), ge=Decimal(1), le=Decimal(3)),
    ],
    "str": [
        cs.str_schema(),
        cs.str_schema(min_length=3, max_length=3),
        cs.str_schema(pattern=r"^\d{3}-[a-z]+$"),
        cs.str_schema(pattern=r"(?x) ^ \p{Greek}{2} $"),
        cs.str_schema(strip_whitespace=True, min_length=1, max_length=2),
        cs.str_schema(to_upper=True, pattern="^[a-z]+$"),
        cs.str_schema(pattern=r"(a)?b(?(1)c|d)", regex_engine="python-re"),
    ],
    "bytes": [cs.bytes_schema(), cs.bytes_schema(min_length=2, max_length=4)],
    "date": [
        cs.date_schema(),
        cs.date_schema(now_op="past"),
        cs.date_schema(gt=dt.date(2024, 1, 1)),
    ],
    "time": [cs.time_schema(), cs.time_schema(tz_constraint="aware", ge=dt.time(9, tzinfo=dt.UTC))],
    "datetime": [
        cs.datetime_schema(),
        cs.datetime_schema(tz_constraint="naive"),
        cs.datetime_schema(tz_constraint="aware"),
        cs.datetime_schema(tz_constraint=3600),
        cs.datetime_schema(now_op="future"),
        cs.datetime_schema(ge=_NOON, lt=_NOON + dt.timedelta(days=1)),
        cs.datetime_schema(ge=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), tz_constraint="aware"),
    ],
    "timedelta": [
        cs.timedelta_schema(),
        cs.timedelta_schema(ge=dt.timedelta(0), le=dt.timedelta(minutes=1)),
    ],
    "literal": [cs.literal_schema(["a", 1, None, Colour.RED])],
    "missing-sentinel": [cs.missing_sentinel_schema()],
    "enum": [cs.enum_schema(Colour, list(Colour)), cs.enum_schema(Bits, list(Bits))],
    "is-instance": [
        cs.is_instance_schema(dt.date),
        cs.is_instance_schema(Model),
        cs.is_instance_schema(Colour),
    ],
    "is-subclass": [cs.is_subclass_schema(BaseModel)],
    "callable": [cs.callable_schema()],
    "list": [cs.list_schema(), cs.list_schema(cs.int_schema(), min_length=2, max_length=3)],
    "tuple": [
        cs.tuple_schema([cs.int_schema(), cs.str_schema()]),
        cs.tuple_schema([cs.int_schema(), cs.str_schema()], variadic_item_index=1, min_length=3),
    ],
    "set": [cs.set_schema(), cs.set_schema(cs.int_schema(), min_length=3, strict=True)],
    "frozenset": [cs.frozenset_schema(cs.str_schema(), max_length=1)],
    "generator": [cs.generator_schema(cs.int_schema(), min_length=1, max_length=2)],
    "dict": [
        cs.dict_schema(),
        cs.dict_schema(cs.int_schema(), cs.str_schema(), min_length=2),
        cs.dict_schema(cs.tuple_schema([cs.tuple_schema([cs.int_schema()])]), cs.none_schema()),
    ],
    "function-after": [cs.no_info_after_validator_function(_reverse, cs.str_schema())],
    "function-before": [cs.no_info_before_validator_function(_reverse, cs.str_schema())],
    "function-wrap": [
        cs.no_info_wrap_validator_function(lambda value, inner: inner(value), cs.int_schema()),
        cs.no_info_wrap_validator_function(lambda value, inner: inner(value["a"]), cs.any_schema()),
    ],
    "function-plain": [cs.no_info_plain_validator_function(_reverse)],
    "default": [cs.with_default_schema(cs.int_schema(), default=1)],
    "nullable": [cs.nullable_schema(cs.int_schema())],
    "union": [cs.union_schema([cs.int_schema(), (cs.str_schema(), "text")])],
    "tagged-union": [
        cs.tagged_union_schema(
            {
                "a": cs.typed_dict_schema(
                    {
                        "kind": cs.typed_dict_field(
                            cs.with_default_schema(cs.literal_schema(["a"]), default="a"),
                            required=False,
                        )
                    }
                ),
                "b": cs.typed_dict_schema(
                    {
                        "kind": cs.typed_dict_field(cs.literal_schema(["b"])),
                        "n": cs.typed_dict_field(cs.int_schema()),
                    }
                ),
            },
            "kind",
        )
    ],
    "chain": [cs.chain_schema([cs.str_schema(), cs.str_schema(min_length=2)])],
    "lax-or-strict": [cs.lax_or_strict_schema(cs.str_schema(), cs.is_instance_schema(str))],
    "json-or-python": [cs.json_or_python_schema(cs.str_schema(), cs.int_schema())],
    "typed-dict": [
        NODE | {"fields": {"x": cs.typed_dict_field(cs.int_schema(), required=False)}},
        cs.typed_dict_schema({"x": cs.typed_dict_field(cs.int_schema())}, extra_behavior="allow"),
    ],
    "model-fields": [
        cs.model_fields_schema(
            {
                "a": cs.model_field(cs.int_schema(), validation_alias="A"),
                "b": cs.model_field(cs.int_schema(), validation_alias=_PATH),
                "c": cs.model_field(cs.int_schema(), validation_alias=_CHOICES),
            },
            extra_behavior="allow",
            extras_schema=cs.int_schema(),
        )
    ],
    "model": [Model.__pydantic_core_schema__],
    "dataclass-args": [
        cs.dataclass_args_schema("Point", [cs.dataclass_field("x", cs.int_schema(), kw_only=False)])
    ],
    "dataclass": [
        cs.dataclass_schema(
            Point,
            cs.dataclass_args_schema(
                "Point",
                [
                    cs.dataclass_field("x", cs.int_schema()),
                    cs.dataclass_field("y", cs.with_default_schema(cs.int_schema(), default=0)),
                ],
            ),
            ["x", "y"],
        )
    ],
    "custom-error": [cs.custom_error_schema(cs.int_schema(), "own", custom_error_message="no")],
    "json": [cs.json_schema(), cs.json_schema(cs.list_schema(cs.int_schema()))],
    "url": [
        cs.url_schema(),
        cs.url_schema(allowed_schemes=["app"], max_length=10),
        cs.url_schema(host_required=True),
    ],
    "multi-host-url": [
        cs.multi_host_url_schema(),
        cs.multi_host_url_schema(allowed_schemes=["pg"]),
    ],
    "definitions": [cs.definitions_schema(cs.definition_reference_schema("node"), [NODE])],
    "definition-ref": [
        cs.definitions_schema(cs.list_schema(cs.definition_reference_schema("node")), [NODE])
    ],
    "uuid": [cs.uuid_schema(), cs.uuid_schema(version=7)],
    "complex": [cs.complex_schema()],
}

if hasattr(cs, "named_tuple_schema"):  # since Pydantic 2.14
    KINDS |= {
        "fraction": [
            cs.fraction_schema(),
            cs.fraction_schema(ge=Fraction(1, 3), le=Fraction(1, 2)),
        ],
        "deque": [cs.deque_schema(cs.int_schema(), min_length=1)],
        "ellipsis": [cs.ellipsis_schema()],
        "frozendict": [cs.frozendict_schema(cs.str_schema(), cs.int_schema())],
        "ordered-dict": [cs.ordered_dict_schema(cs.str_schema(), cs.int_schema())],
        "counter": [
            cs.counter_schema(cs.str_schema()),
            cs.counter_schema(cs.str_schema(), cs.int_schema()),
        ],
        "named-tuple": [
            cs.named_tuple_schema(
                Pair,
                [
                    cs.named_tuple_field("x", cs.int_schema()),
                    cs.named_tuple_field("y", cs.with_default_schema(cs.int_schema(), default=0)),
                ],
            )
        ],
    }
    KINDS["str"].append(cs.str_schema(ascii_only=True))
