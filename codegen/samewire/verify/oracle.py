"""Pydantic's side: what it reads, what it writes, and what it would read if there were no validators in Python."""

from __future__ import annotations

import copy
import functools
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from typing import Any, Final, NamedTuple, cast

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, SchemaValidator, from_json

from samewire.coreschema.flat import Flat
from samewire.coreschema.versions import given, supported
from samewire.dump import DumpOptions, Path
from samewire.ir import Json
from samewire.values.equality import text_of, value_of
from samewire.verify import django
from samewire.verify.javascript import alike, equal, same
from samewire.verify.time_limits import OutOfTimeError, TimeLimit
from samewire.verify.without_code import python_code, without_python

_LOCAL_MEAN_TIME: Final = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?[+-]\d\d:\d\d:\d\d")
_UNHASHED: Final = "set_item_not_hashable"


@dataclass(slots=True)
class Read:
    """``value`` is the Python value, and ``error`` why there is none, which is put into words when somebody asks."""

    ok: bool
    value: object = None
    error: BaseException | None = None

    @property
    def message(self) -> str:
        if isinstance(self.error, ValidationError):
            return explained(self.error)
        return f"{type(self.error).__name__}: {self.error}"

    @property
    def place(self) -> tuple[str | int, ...]:
        """Where Pydantic says so."""
        return _places(self.error)[0] if isinstance(self.error, ValidationError) else ()


class Written(NamedTuple):
    """A JSON text and what it says."""

    text: str
    value: Json


@dataclass(frozen=True)
class Oracle:
    """
    One type in one direction.

    Every function of the user's may be called by these methods, and whatever it raises counts as a refusal.
    """

    adapter: TypeAdapter[Any]
    dump: DumpOptions
    flat: Flat
    time_limit: TimeLimit = field(default_factory=TimeLimit)

    # --- Reading ------------------------------------------------------------------------------------------------------

    def read(self, text: str, **options: bool) -> Read:
        """``options`` are those of ``validate_json``."""
        try:
            with self.time_limit:
                return Read(True, self._validate(text, **options))
        except ValidationError as error:
            return Read(False, error=error)
        except BaseException as error:  # noqa: BLE001  # the user's validators may raise anything
            _raised(error)
            return Read(False, error=error)

    @functools.cached_property
    def _validate(self) -> Callable[..., object]:
        return self.adapter.validator.validate_json

    def reads_alike(self, value: object, text: str, original: str) -> bool:
        """
        Whether ``text`` is read as the same value as ``original``, which is ``value``: what it lost or what was changed in it means
        nothing then. Private attributes are not compared: no JSON is read as one. Of what is made anew each time, as the default
        ``now``, nothing can be said.
        """
        read = self.read(text)
        if not read.ok or self._holds(lambda: read.value == value):
            return read.ok
        again = self.read(original).value
        first, other, second = map(self.write, (value, read.value, again))
        if first is None or other is None or second is None:
            return False
        if first != second:
            return alike(*map(value_of, (first, other, second)))
        return self._holds(lambda: _without_private(read.value) == _without_private(again))

    def _holds(self, comparison: Callable[[], object]) -> bool:
        try:
            with self.time_limit:
                return bool(comparison())
        except BaseException as error:  # noqa: BLE001  # a class of the user's may compare as it likes
            _raised(error)
            return False

    def build(self, given: object) -> Read:
        try:
            with self.time_limit:
                return Read(True, self.adapter.validate_python(given))
        except ValidationError as error:
            return Read(False, error=error)
        except BaseException as error:  # noqa: BLE001  # as above
            _raised(error)
            return Read(False, error=error)

    @functools.cached_property
    def code(self) -> tuple[str, ...]:
        """What in this type is written in Python and may refuse a value."""
        return python_code(self.adapter.core_schema, self.flat)

    @functools.cached_property
    def _without_code(self) -> SchemaValidator | None:
        return without_python(self.adapter.core_schema)

    def only_python_refuses(self, text: str) -> bool:
        """Whether a text that Pydantic refuses would be read if it were not for code that is written in Python."""
        if self._without_code is None:
            return bool(self.code)
        try:
            with self.time_limit:
                self._without_code.validate_json(text)
        except BaseException as error:  # noqa: BLE001  # as above
            _raised(error)
            return False
        return True

    def only_python_reads(self, text: str) -> bool:
        """Whether a text that Pydantic reads would be refused if it were not for code that is written in Python."""
        if self._without_code is None or not self.code:
            return bool(self.code)
        try:
            with self.time_limit:
                self._without_code.validate_json(text)
        except ValidationError:
            return True
        except BaseException as error:  # noqa: BLE001  # as above
            _raised(error)
        return False

    def unreadable(self, text: str) -> tuple[tuple[str | int, ...], str] | None:
        """
        Where and why Pydantic refuses a text even leniently; ``None`` if it does not.

        Null is left aside: it stands for an infinity in what is written, and a default that nobody validated may be ``None``.
        Items of a set without a hash are too: an instance of a subclass, which no JSON is read as, may have one.
        """
        try:
            with self.time_limit:
                self.adapter.validate_json(text, strict=False)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False)
            if any(each["input"] is None or each["type"] == _UNHASHED for each in found):
                return None
            return _places(error)[0], explained(error)
        except BaseException as error:  # noqa: BLE001  # as above
            _raised(error)
            return None
        return None

    # --- Writing ------------------------------------------------------------------------------------------------------

    def write(self, value: object) -> str | None:
        """The text of :meth:`written`."""
        found = self.written(value)
        return None if found is None else found.text

    def written(self, value: object) -> Written | None:
        """
        What the backend sends for a value; ``None`` if it can't be serialized, or not to JSON that has one meaning.

        The last is so where a key is there twice: an extra that has the name of a computed field. A UTC offset with seconds, which
        ``isoformat`` and so Django write, has no meaning in RFC 3339; Pydantic leaves the seconds out.
        """
        try:
            text = self._dumped(value, warnings="none")
            if _LOCAL_MEAN_TIME.search(text):
                return None
            return Written(text, _parsed(text))
        except BaseException as error:  # noqa: BLE001  # a serializer of the user's may raise anything
            _raised(error)
            return None

    def warning(self, value: object) -> str | None:
        """What Pydantic warns of when it serializes a value that is not of the type that it should be."""
        try:
            self._dumped(value, warnings="error")
        except PydanticSerializationError as error:
            return " ".join(str(error).split())
        except BaseException as error:  # noqa: BLE001  # as above
            return _raised(error)
        return None

    def non_finite(self, value: object) -> bool:
        """Whether a value has an infinity or NaN in it, as it is written."""
        try:
            with self.time_limit:
                dumped = self.adapter.dump_python(value, **self._arguments, warnings="none")
            return _has_non_finite(dumped)
        except BaseException as error:  # noqa: BLE001  # as above
            _raised(error)
            return False

    def emits(self, text: str) -> bool:
        """Whether some instance is known to serialize to this: the one that is read from it."""
        read = self.read(text, strict=False)
        if not read.ok:
            return False
        again = self.written(read.value)
        return again is not None and (again.text == text or equal(again.value, value_of(text)))

    def is_canonical(self, text: str) -> bool:
        """Whether a text is read strictly, and every key that was set is written just so again."""
        read = self.read(text, strict=True)
        if not read.ok:
            return False
        for by_alias in (True, False):
            try:
                with self.time_limit:
                    again = self.adapter.dump_json(
                        read.value,
                        by_alias=by_alias,
                        exclude_unset=True,
                        warnings="error",
                        **supported(TypeAdapter.dump_json, exclude_computed_fields=True),
                    )
            except BaseException as error:  # noqa: BLE001  # as above
                _raised(error)
                continue
            if same(again.decode(), text):
                return True
        return False

    def _dumped(self, value: object, *, warnings: Any) -> str:
        with self.time_limit:
            if self.dump.by_django:
                return django.written(
                    self.adapter.dump_python(value, **self._arguments, warnings=warnings)
                )
            return self.adapter.dump_json(value, **self._arguments, warnings=warnings).decode()

    @functools.cached_property
    def _arguments(self) -> Mapping[str, Any]:
        dump = self.dump
        selected: dict[str, Any] = {}
        if dump.include is not None:
            selected["include"] = _nested(dump.include)
        if dump.exclude:
            selected["exclude"] = _nested(dump.exclude)
        return {
            **given(by_alias=dump.by_alias),
            "exclude_none": dump.exclude_none,
            "exclude_defaults": dump.exclude_defaults,
            "exclude_unset": dump.exclude_unset,
            **supported(
                TypeAdapter.dump_json, exclude_computed_fields=dump.exclude_computed_fields
            ),
            "round_trip": dump.round_trip,
            **selected,
        }


def _nested(paths: Iterable[Path]) -> dict[str, Any]:
    """Paths as Pydantic takes them: ``{"a": True, "b": {"__all__": {"c": True}}}``."""
    found: dict[str, Any] = {}
    for path in sorted(paths):
        if len(path) == 1:
            found[path[0]] = True
        elif found.setdefault(path[0], []) is not True:
            found[path[0]].append(path[1:])
    return {key: each if each is True else _nested(each) for key, each in found.items()}


def _raised(error: BaseException) -> str:
    """
    What a user's code raised, in words: any exception, ``SystemExit`` and a panic of Rust's included.

    Raises:
        OutOfTimeError: it was the end of the model's time, which is no refusal.

    """
    if isinstance(error, OutOfTimeError | KeyboardInterrupt):
        raise error
    return f"{type(error).__name__}: {error}"


def explained(error: ValidationError) -> str:
    """The first errors, each with its place."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    said = [
        f"{'.'.join(map(str, each['loc'])) or 'the value'}: {each['msg']}" for each in found[:3]
    ]
    return "; ".join(said)


def _places(error: ValidationError) -> list[tuple[str | int, ...]]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [each["loc"] for each in found] or [()]


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


_READER = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_once)


def _parsed(text: str) -> Json:
    """What a text says. A key that is there twice is not in what is written of that, so most texts need no look at each key."""
    try:
        value: Json = from_json(text, allow_inf_nan=False)
    except ValueError:  # also half of a surrogate pair, or a value too deep for Pydantic
        value = None
    return value if text_of(value) == text else cast("Json", _READER.decode(text))


def _without_private(value: object) -> object:
    """A copy of a value whose models have no private attributes, such as their raw input."""
    copied = copy.deepcopy(value)
    rest = [copied]
    while rest:
        match rest.pop():
            case BaseModel() as model:
                object.__setattr__(model, "__pydantic_private__", None)
                rest += [*vars(model).values(), *(model.__pydantic_extra__ or {}).values()]
            case dict() as members:
                rest += members.values()
            case list() | tuple() | set() | frozenset() as items:
                rest += items
            case each if is_dataclass(each):
                rest += getattr(each, "__dict__", {}).values()
            case _:
                pass
    return copied


def _has_non_finite(value: object) -> bool:
    match value:
        case float():
            return not math.isfinite(value)
        case dict():
            return any(map(_has_non_finite, value.values()))
        case list() | tuple() | set() | frozenset():
            return any(map(_has_non_finite, value))
        case _:
            return False
