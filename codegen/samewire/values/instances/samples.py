"""
What stands for classes and functions that a core schema only names: instances of well-known classes, and texts for Pydantic's own
validators.
"""

from __future__ import annotations

import collections
import datetime as dt
import enum
import fractions
import ipaddress
import os
import pathlib
import re
import tempfile
import uuid
import zoneinfo
from collections import abc
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

from pydantic import BaseModel, SecretBytes, SecretStr
from pydantic_core import SchemaValidator

from samewire import scalars
from samewire.scalars.ips import Ip

_PATHS: Final = ("a", "a/b.txt", ".", "/etc/hosts", "é 😀")


INSTANCES: Final[Mapping[Any, tuple[Any, ...]]] = {
    object: (1, "a", None),
    str: ("a", "", "é😀"),
    int: (1, 0, -5),
    float: (1.5, 0.0),
    bool: (True, False),
    bytes: (b"a", b""),
    bytearray: (bytearray(b"a"),),
    complex: (1 + 2j,),
    list: ([], [1]),
    dict: ({}, {"a": 1}),
    set: (set(), {1}),
    frozenset: (frozenset(), frozenset((1,))),
    tuple: ((), (1,)),
    range: (range(3),),
    collections.deque: (collections.deque([1]), collections.deque()),
    collections.OrderedDict: (collections.OrderedDict(a=1),),
    collections.Counter: (collections.Counter("aab"),),
    abc.Hashable: ("a", 1, None),
    abc.Sequence: ([], [1], (1, 2)),
    abc.Iterable: ([], [1]),
    abc.Collection: ([], [1]),
    abc.Mapping: ({}, {"a": 1}),
    abc.MutableMapping: ({}, {"a": 1}),
    abc.Set: (frozenset((1,)),),
    dt.datetime: (dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC),),
    dt.date: (dt.date(2024, 1, 2),),
    dt.time: (dt.time(3, 4, 5),),
    dt.timedelta: (dt.timedelta(hours=-1),),
    dt.tzinfo: (dt.UTC,),
    dt.timezone: (dt.UTC,),
    Decimal: (Decimal("1.50"), Decimal("1E+2")),
    fractions.Fraction: (fractions.Fraction(1, 3),),
    uuid.UUID: (uuid.UUID(int=1),),
    pathlib.Path: tuple(map(pathlib.Path, _PATHS)),
    pathlib.PurePath: tuple(map(pathlib.PurePath, _PATHS)),
    pathlib.PurePosixPath: tuple(map(pathlib.PurePosixPath, _PATHS)),
    pathlib.PureWindowsPath: tuple(map(pathlib.PureWindowsPath, _PATHS)),
    os.PathLike: tuple(map(pathlib.Path, _PATHS)),
    re.Pattern: (re.compile("^a+$"),),
    zoneinfo.ZoneInfo: (zoneinfo.ZoneInfo("UTC"),),
    ipaddress.IPv4Address: tuple(map(ipaddress.IPv4Address, Ip((4,)).edges())),
    ipaddress.IPv6Address: tuple(map(ipaddress.IPv6Address, Ip((6,)).edges())),
    ipaddress.IPv4Network: tuple(map(ipaddress.IPv4Network, Ip((4,), "network").edges())),
    ipaddress.IPv6Network: tuple(map(ipaddress.IPv6Network, Ip((6,), "network").edges())),
    ipaddress.IPv4Interface: tuple(map(ipaddress.IPv4Interface, Ip((4,), "interface").edges())),
    ipaddress.IPv6Interface: tuple(map(ipaddress.IPv6Interface, Ip((6,), "interface").edges())),
    SecretStr: (SecretStr("secret"), SecretStr("")),
    SecretBytes: (SecretBytes(b"secret"), SecretBytes(b"")),
    type: (int, str),
}

_FOLDER: Final = tempfile.gettempdir()
_TEXTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "PaymentCardNumber.validate": ("4242424242424242", "5555555555554444", "378282246310005"),
    "pattern_str_validator": ("^a+$", r"\d{2}", ""),
    "pattern_bytes_validator": (b"^a+$", b""),
    "pattern_either_validator": ("^a+$", b"a"),
    "validate_str_is_valid_iana_tz": ("UTC", "Europe/Berlin"),
    "import_string": ("math.pi", "math:cos", "json"),
    "PathType.validate_file": (os.__file__,),
    "PathType.validate_directory": (_FOLDER,),
    "PathType.validate_new": (f"{_FOLDER}/samewire-no-such-file",),
    "PathType.validate_socket": (),
}

_COMMON: Final[tuple[Any, ...]] = (
    "a",
    1,
    0.5,
    None,
    True,
    [],
    {},
    "",
    "1",
    "#ff0000",
    "2024-01-02T03:04:05Z",
    b"a",
    ("a", 1),
    dt.date(2024, 1, 2),
    dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
    dt.timedelta(seconds=1),
    uuid.UUID(int=1),
    Decimal("1.5"),
    pathlib.Path("a"),
    {"a": 1},
    [1],
    ["a"],
)


def instances(class_: Any) -> tuple[Any, ...]:
    """Some instances of a class that is no model, nothing if none is known and it can't be made without arguments."""
    for known, found in INSTANCES.items():
        if class_ is known:
            return found
    if isinstance(class_, tuple):
        return tuple(each for one in class_ for each in instances(one))
    if not isinstance(class_, type):
        return ()
    if issubclass(class_, enum.Enum):
        return tuple(class_)
    for known, found in INSTANCES.items():
        # An instance of a base is none of the class, but it may be of an abstract class that lists it.
        fitting = tuple(each for each in found if known is not object and _is(each, class_))
        if fitting:
            return fitting
    if issubclass(class_, BaseModel):
        return ()
    try:
        return (class_(),)
    except Exception:  # noqa: BLE001 - the class's own code, whatever it raises
        return ()


def _is(value: object, class_: type) -> bool:
    try:
        return isinstance(value, class_)
    except TypeError:
        return False


def for_function(function: Callable[..., Any]) -> Sequence[Any] | None:
    """What one of Pydantic's own validators takes; ``None`` if it is not one, or takes what its inner schema says."""
    module = str(getattr(function, "__module__", "")).partition(".")[0]
    if module not in ("pydantic", "pydantic_extra_types"):
        return None
    name = getattr(function, "__qualname__", "")
    if name in ("EncodedBytes.decode", "EncodedStr.decode_str"):
        encoder = cast("Any", function).__self__.encoder
        values = (b"", b"a", b"ab", b">>>???~~~")
        encoded = [encoder.encode(each) for each in values]
        return encoded if name == "EncodedBytes.decode" else [each.decode() for each in encoded]
    scalar = scalars.validated_by(function)
    return _TEXTS.get(name) if scalar is None else scalar.inputs()


def limit(function: Callable[..., Any]) -> Callable[[Any], bool] | None:
    """
    The check of a limit that a core schema has no word for where it stands, such as a length of what may be of several types.
    """
    of = getattr(function, "func", None)
    if getattr(of, "__module__", "") != "pydantic._internal._validators":
        return None

    def within(value: object) -> bool:
        try:
            function(value)
        except Exception:  # noqa: BLE001 - a limit on what the value only will be
            return False
        return True

    return within


def tried(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """Common values that a schema takes, found by asking it; all of them if it takes none."""
    try:
        validator = SchemaValidator(cast("Any", schema))
    except Exception:  # noqa: BLE001 - a part of a schema may not stand alone
        return _COMMON
    found = tuple(each for each in _COMMON if _takes(validator, each))
    return found or _COMMON


def _takes(validator: SchemaValidator, value: object) -> bool:
    try:
        validator.validate_python(value)
    except Exception:  # noqa: BLE001 - a validator of the user's raises what it will
        return False
    return True
