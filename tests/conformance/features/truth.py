"""
What Pydantic itself says about a case: the one source of which values are right.

Every check here fails the case, not the generator: an instance that can't be built, a value said to be refused that Pydantic
takes, a near miss that an instance does serialize to.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from .case import Case, Json

PRELUDE = """
from ipaddress import *
from typing import *
from pydantic import *
from pydantic import dataclasses as pydantic_dataclasses
import collections, dataclasses, datetime as dt, decimal, enum, functools, ipaddress, math, pathlib, re, uuid, zoneinfo
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum
from pathlib import Path
from uuid import UUID
from pydantic.alias_generators import to_camel, to_pascal, to_snake
from pydantic.json_schema import SkipJsonSchema, WithJsonSchema
from samewire import Decode, Open
try:
    from pydantic_core import MISSING
except ImportError:  # before Pydantic 2.12
    pass
from typing_extensions import NotRequired, ReadOnly, Required, TypeAliasType, TypedDict, TypeVar
"""


# Of decimals before Pydantic 2.14 an ArithmeticError, and where a value can't be compared with a limit a TypeError.
REFUSALS = (ValidationError, ArithmeticError, TypeError)


class WrongCaseError(AssertionError):
    """The case contradicts Pydantic."""


@dataclass(frozen=True, slots=True)
class Values:
    """JSON texts of one direction. ``kept`` are right for readers and nobody's data yet: TypeScript has no literals of some."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """
    The values of a case whose type stands in ``module`` as ``Root``, and Pydantic's view of that type.

    A direction that the case does not have is ``None``.
    """

    module: str
    adapter: TypeAdapter[object]
    emits: Values | None
    accepts: Values | None


def load(case: Case, module: str) -> tuple[ModuleType, TypeAdapter[object]]:
    """
    Defines the case's types in a module of their own, which is then importable.

    Raises :class:`WrongCaseError` if Python or Pydantic can't define them.
    """
    home = ModuleType(module)
    sys.modules[module] = home
    exec(compile(PRELUDE, "<prelude>", "exec"), home.__dict__)
    try:
        # Forward references are looked up in the module, so the code runs with its globals.
        exec(compile(case.code, f"<{module}>", "exec", dont_inherit=True), home.__dict__)
        return home, TypeAdapter(home.Root)
    except Exception as error:
        raise WrongCaseError(f"{case.name}: {type(error).__name__}: {error}") from error


def establish(case: Case, module: str) -> Truth:
    """The values of a case, proved. Raises :class:`WrongCaseError`."""
    home, adapter = load(case, module)
    emitted = None
    if case.instances is not None:
        texts = tuple(dict.fromkeys(_dumped(case, home, adapter)))
        never = tuple(map(json.dumps, case.never))
        for text in never:
            _is_not_emitted(case, adapter, text, texts)
        kept = tuple(map(json.dumps, case.kept))
        for text in kept:
            if validates(adapter, text):
                raise WrongCaseError(f"{case.name}: Pydantic knows {text}")
        emitted = Values(texts, never, kept)
    accepted = None
    if case.accepts is not None:
        also = emitted.right if emitted is not None and case.also_accepts_emitted else ()
        accepted = Values(
            (*also, *map(json.dumps, case.accepts)), tuple(map(json.dumps, case.refuses))
        )
        for text in accepted.right:
            if not validates(adapter, text):
                raise WrongCaseError(f"{case.name}: Pydantic refuses {text}")
        for text in accepted.wrong:
            if validates(adapter, text):
                raise WrongCaseError(f"{case.name}: Pydantic accepts {text}")
    truth = Truth(module, adapter, emitted, accepted)
    _is_not_vacuous(case, truth)
    return truth


def validates(adapter: TypeAdapter[object], text: str) -> bool:
    try:
        adapter.validate_json(text)
    except REFUSALS:
        return False
    return True


def dump(case: Case, adapter: TypeAdapter[object], instance: object) -> str:
    options = {"by_alias": True, "warnings": "error", **case.dump}
    if options["by_alias"] is None:  # the default, which had no such name before Pydantic 2.11
        del options["by_alias"]
    return adapter.dump_json(instance, **options).decode()  # type: ignore[arg-type]  # flags from a table


def _dumped(case: Case, home: ModuleType, adapter: TypeAdapter[object]) -> Iterator[str]:
    for expression in case.instances or ():
        try:
            text = dump(case, adapter, eval(expression, home.__dict__))
            json.loads(text, parse_constant=_not_json)
        except Exception as error:
            raise WrongCaseError(f"{case.name}: {expression} has no JSON: {error}") from error
        yield text


def _not_json(constant: str) -> Json:
    raise ValueError(f"{constant} is not JSON")


def _is_not_emitted(
    case: Case, adapter: TypeAdapter[object], text: str, emitted: tuple[str, ...]
) -> None:
    """A near miss that reads back to an instance which serializes to that very value is no near miss."""
    if any(same(text, one) for one in emitted):
        raise WrongCaseError(f"{case.name}: {text} is emitted")
    try:
        again = dump(case, adapter, adapter.validate_json(text))
    except (*REFUSALS, PydanticSerializationError):
        return
    if same(again, text):
        raise WrongCaseError(f"{case.name}: an instance serializes to {text}")


def same(left: str, right: str) -> bool:
    """Equal as JSON, where ``1`` and ``1.0`` are one value and ``1`` and ``true`` are two."""
    return _typed(json.loads(left)) == _typed(json.loads(right))


def _typed(value: Json) -> object:
    match value:
        case bool():
            return ("bool", value)
        case list():
            return [_typed(one) for one in value]
        case dict():
            return {key: _typed(one) for key, one in value.items()}
        case _:
            return value


def _is_not_vacuous(case: Case, truth: Truth) -> None:
    if case.refused is not None:
        return
    for direction, values in (("emits", truth.emits), ("accepts", truth.accepts)):
        if values is None:
            continue
        if not values.right:
            raise WrongCaseError(f"{case.name}: nothing right to try in {direction}")
        if not values.wrong and not case.total:
            raise WrongCaseError(f"{case.name}: nothing wrong to try in {direction}")
    if truth.emits is None and truth.accepts is None:
        raise WrongCaseError(f"{case.name}: no direction")
