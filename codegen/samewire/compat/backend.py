"""Runs witnesses through the backend's own classes: whether they can write them, and how they read them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Final, cast

from pydantic import TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError

from samewire import ir
from samewire.coreschema import CoreSchema, schemas, serializer_function
from samewire.coreschema.flat import Flat
from samewire.coreschema.versions import supported
from samewire.dump import DumpOptions
from samewire.export import Described
from samewire.values import NoValueError, RejectedError, draw_values, shrunk
from samewire.values.instances import Inputs
from samewire.values.random_draws import Draw, Make
from samewire.verify.javascript import same
from samewire.verify.oracle import Oracle, Read
from samewire.verify.time_limits import MOST_SLOW_VALUES, SlowError

_DRAWN: Final = 400
"""How many instances are looked at for another witness."""
_SHRUNK: Final = 200
"""How many smaller ones."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance: its JSON text, and the choices that generated it."""

    text: str
    choices: Sequence[int]


class Backend:
    """The types of a contract, by definition and direction."""

    def __init__(self, described: Sequence[Described]) -> None:
        self._flat = Flat()
        self._inputs = Inputs(self._flat)
        self._described = described
        self.of = cache(self._backend_type)

    def _backend_type(self, definition: str, direction: ir.Direction) -> BackendType | None:
        """``None`` where the type means something only inside of another."""
        for each in self._described:
            if (each.definition, each.direction) == (definition, direction):
                try:
                    adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", each.type))
                except (
                    PydanticUserError
                ):  # an alias with names in quotes, which only its module knows
                    continue
                return BackendType(Oracle(adapter, each.dump, self._flat), self._inputs)
        return None


class _TooSlowError(Exception):
    """Python code of the type did not end for some values; no more are tried."""


class BackendType:
    """One type in one direction."""

    def __init__(self, oracle: Oracle, inputs: Inputs) -> None:
        self._oracle, self._inputs = oracle, inputs

    # --- Writing ------------------------------------------------------------------------------------------------------

    def written(self, text: str) -> tuple[str | None, str]:
        """Reads a text and dumps the instance again: the result, if it is the same text, otherwise the reason."""
        read = self._built(text)
        if not read.ok:
            return None, f"Pydantic builds no instance from it ({read.message})"
        written = self._oracle.write(read.value)
        if written is None:
            return None, "Pydantic cannot write what it reads from it"
        said = "" if same(written, text) else "Pydantic writes something else for it"
        return written, said

    def _built(self, text: str) -> Read:
        """Also from the names of fields, which are what is written where aliases are not."""
        oracle = self._oracle
        read = oracle.read(text, strict=False)
        by_name = supported(TypeAdapter.validate_json, by_alias=True, by_name=True)
        if read.ok or not by_name:
            return read
        other = oracle.read(text, strict=False, **by_name)
        return other if other.ok else read

    @cached_property
    def has_code(self) -> bool:
        """Whether Python code affects what is written: validators, serializers, computed fields."""
        oracle = self._oracle
        writes = oracle.flat.each(oracle.adapter.core_schema, _writes_by_code)
        return bool(oracle.code) or any(writes)

    @cached_property
    def instances(self) -> Sequence[Instance]:
        """Random instances, shortest texts first; the same ones in every run."""
        found: dict[str, Instance] = {}

        def take(value: object, choices: Sequence[int]) -> None:
            text = self._text(value)
            if text is None:
                raise RejectedError
            found.setdefault(text, Instance(text, tuple(choices)))

        if self._make is not None:
            with contextlib.suppress(_TooSlowError):
                draw_values(self._make, take, 0, _DRAWN)
        return sorted(found.values(), key=lambda each: (len(each.text), each.text))

    def smaller(self, instance: Instance, holds: Callable[[str], bool]) -> str:
        """The text of the smallest instance for whose text something holds, as for that of this one."""
        best = instance.text

        def shorter(value: object) -> bool:
            nonlocal best
            text = self._text(value)
            if text is None or len(text) > len(best) or not holds(text):
                return False
            best = text
            return True

        if self._make is not None:
            with contextlib.suppress(_TooSlowError):
                shrunk(self._make, instance.choices, shorter, _SHRUNK)
        return best

    @cached_property
    def _make(self) -> Make | None:
        """Inputs, for which Python code is asked too what it wants: it may raise anything, or not end."""
        limit = self._oracle.time_limit
        try:
            make = self._inputs.of(self._oracle.adapter)
        except NoValueError:
            return None
        if make is None:
            return None

        def guarded(draw: Draw, depth: int) -> object:
            if limit.spent > MOST_SLOW_VALUES:
                raise _TooSlowError
            try:
                with limit:
                    return make(draw, depth)
            except (Exception, SystemExit, SlowError) as error:
                raise RejectedError from error

        return guarded

    def _text(self, given: object) -> str | None:
        built = self._oracle.build(given)
        return self._oracle.write(built.value) if built.ok else None

    # --- Reading ------------------------------------------------------------------------------------------------------

    def read(self, text: str) -> Read:
        return self._oracle.read(text)

    @staticmethod
    def is_elsewhere(read: Read, path: Sequence[str], text: str) -> bool:
        """
        Whether all that Pydantic refuses in a text stands under other keys than a place.

        Its places have steps for members of unions too, and perhaps names of fields: what is no key of the text may be anywhere.
        """
        value = json.loads(text)
        if not isinstance(read.error, ValidationError) or not isinstance(value, dict):
            return False
        if not path or path[0].startswith("["):
            return False
        found = read.error.errors(include_url=False, include_context=False, include_input=False)
        others = value.keys() - {path[0]}
        return all(
            each["loc"] and each["loc"][0] in others and path[0] not in each["loc"]
            for each in found
        )

    def loses(self, value: object, text: str) -> bool:
        """Whether Pydantic reads the same value from a text without a part of it, or with another value there."""
        # What was set: a key that has its default is told from one that is not there.
        write = replace(self._oracle, dump=DumpOptions(exclude_unset=True)).write
        written = write(value)
        for other in _others(json.loads(text)):
            read = self._oracle.read(json.dumps(other))
            if read.ok and _equal(read.value, value) and write(read.value) == written:
                return True
        return False


def _writes_by_code(part: CoreSchema) -> bool:
    return any(
        each.get("computed_fields") or serializer_function(each) is not None
        for each in schemas(part)
    )


def _equal(one: object, other: object) -> bool:
    try:
        return bool(one == other)
    except Exception:  # noqa: BLE001  # a class of the user's may compare as it likes
        return False


def _others(value: ir.Json) -> Iterator[ir.Json]:
    """Variants of a value: with one key or item less, or another scalar, at any place."""
    match value:
        case dict():
            for key, each in value.items():
                yield {other: value[other] for other in value if other != key}
                yield from ({**value, key: inner} for inner in _others(each))
        case list():
            for at, each in enumerate(value):
                yield [*value[:at], *value[at + 1 :]]
                yield from ([*value[:at], inner, *value[at + 1 :]] for inner in _others(each))
        case bool():
            yield not value
        case int() | float():
            yield 0 if value else 1
        case str():
            yield f"{value}a"
        case _:
            return
