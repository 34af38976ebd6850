"""
From values straight to the frame, for the chunks of which there are most: what the chunk's own class would write, and check.

What of a frame is always the same is written once, and a string of JSON by the C function of the standard library. Whatever is not
as usual goes the long way through the class: what is no string to its error, half a surrogate pair to its escape.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from json.encoder import encode_basestring as quoted
from typing import Any, Final, Protocol, TypeAlias

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import PydanticSerializationError

from samewire.ui_stream._base import Text, WireModel
from samewire.ui_stream.checks import KEYS, Checks
from samewire.ui_stream.chunks import Chunk

Long: TypeAlias = Callable[[Chunk], bytes]

_MOST_IDS: Final = 1024

_bytes = WireModel.model_config["ser_json_bytes"]
_anything: Final = TypeAdapter[Any](Any, config=ConfigDict(ser_json_bytes=_bytes)).serializer
_to_json: Final = functools.partial(_anything.to_json, by_alias=True)


class WriteId(Protocol):
    def __call__(self, block_id: str, /) -> bytes: ...


class WriteDelta(Protocol):
    def __call__(self, block_id: str, delta: Text, /) -> bytes: ...


class WriteValue(Protocol):
    def __call__(self, head: bytes, value: Any, name: str, /) -> bytes | None:
        """The frame; ``None`` if the value is not simple to write."""


def id_writer(cls: type[Chunk], long: Long) -> WriteId:
    """For a class with one required field, a string."""
    ((name, key),) = _required(cls)
    head = f'data: {{"type":"{cls.model_fields["type"].default}","{key}":'

    def write(block_id: str, /) -> bytes:
        try:
            return f"{head}{quoted(block_id)}}}\n\n".encode()
        except (TypeError, UnicodeEncodeError):
            fields: dict[str, Any] = {name: block_id}
            return long(cls(**fields))

    return write


def delta_writer(cls: type[Chunk], long: Long) -> WriteDelta:
    """For a class with two required fields, the key of a block and a text. What is before the text is written once a block."""
    (name, key), (last, last_key) = _required(cls)
    head = f'data: {{"type":"{cls.model_fields["type"].default}","{key}":'
    before: dict[str, str] = {}

    def checked(block_id: str, text: Text) -> bytes:
        fields: dict[str, Any] = {name: block_id, last: text}
        return long(cls(**fields))

    def write(block_id: str, text: Text, /) -> bytes:
        try:
            return f"{before[block_id]}{quoted(text)}}}\n\n".encode()
        except KeyError:
            if not isinstance(block_id, str):
                return checked(block_id, text)
            if len(before) >= _MOST_IDS:
                before.clear()
            before[block_id] = f'{head}{quoted(block_id)},"{last_key}":'
            return write(block_id, text)
        except (TypeError, UnicodeEncodeError):
            return checked(block_id, text)

    return write


def checked_delta(cls: type[Chunk], long: Long) -> WriteDelta:
    """As :func:`delta_writer`, where a contract has more to say about the text."""
    (name, _), (last, _) = _required(cls)

    def write(block_id: str, text: Text, /) -> bytes:
        fields: dict[str, Any] = {name: block_id, last: text}
        return long(cls(**fields))

    return write


def checked_id(cls: type[Chunk], long: Long) -> WriteId:
    """As :func:`id_writer`, where a contract has more to say."""
    ((name, _),) = _required(cls)

    def write(block_id: str, /) -> bytes:
        fields: dict[str, Any] = {name: block_id}
        return long(cls(**fields))

    return write


def head_writer(cls: type[Chunk], key: str) -> Callable[[str], bytes]:
    """For a class with one required field, a string: its frame up to a last value, which goes by ``key``."""
    ((_, first),) = _required(cls)
    head = f'data: {{"type":"{cls.model_fields["type"].default}","{first}":'
    return lambda text: f'{head}{quoted(text)},"{key}":'.encode()


def value_writer(check: Checks) -> WriteValue:
    """
    For a frame whose last value is of unknown type. That value alone is checked: what is before it are strings, which Pydantic or
    ``quoted`` has written.

    orjson writes it where it is installed, which takes half the time of Pydantic for what is plain JSON: exact types of ``str``,
    ``int``, ``float``, ``bool``, ``dict`` and ``list``. It leaves to Pydantic what it might write otherwise, and integers that
    JavaScript rounds, so that only hostile keys are to be looked for.
    """
    always = check.reads_null
    dumps: Callable[[Any, None, int], bytes] | None = None
    options = 0

    def write(head: bytes, value: Any, name: str, /) -> bytes | None:
        nonlocal always, dumps, options
        if dumps is None:
            dumps, options = _orjson()
            always = always or dumps is _by_pydantic
        try:
            try:
                written = dumps(value, None, options)
                # Gives back the same object, in half the time of `find`, where there is nothing to replace.
                if written.replace(KEYS, KEYS) is written and not always:
                    return head + written + b"}\n\n"
            except TypeError:
                written = _to_json(value)
        except PydanticSerializationError:
            return None
        check(name, written, functools.partial(_anything.to_python, value, by_alias=True))
        return head + written + b"}\n\n"

    return write


def _orjson() -> tuple[Callable[[Any, None, int], bytes], int]:
    """orjson's function and its options, or Pydantic's in its place."""
    try:
        orjson = importlib.import_module("orjson")
    except ImportError:
        return _by_pydantic, 0
    return orjson.dumps, (
        orjson.OPT_PASSTHROUGH_SUBCLASS
        | orjson.OPT_PASSTHROUGH_DATETIME
        | orjson.OPT_PASSTHROUGH_DATACLASS
        | orjson.OPT_STRICT_INTEGER
    )


def _by_pydantic(value: Any, _default: None, _options: int) -> bytes:
    return _to_json(value)


def _required(cls: type[Chunk]) -> list[tuple[str, str]]:
    """The names and the keys on the wire of its required fields."""
    fields = cls.model_fields.items()
    return [(name, str(info.alias)) for name, info in fields if info.is_required()]
