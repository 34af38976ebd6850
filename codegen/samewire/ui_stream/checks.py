"""What may stand in no value, or is not what it seems: looked for in the bytes, where it costs least."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic_core import to_json

# Every digit to "0", all else to a space.
_DIGITS: Final = bytes(48 if 48 <= byte < 58 else 32 for byte in range(256))
_LONG: Final = b"0" * 16  # 2**53 has 16 digits
_BEFORE: Final = frozenset(b":,[-")
_SAFE: Final = 2**53 - 1
KEYS: Final = b"proto"  # is in `__proto__` and `prototype`


class UnsafeIntegerWarning(UserWarning):
    """An integer beyond 2**53 was sent, which JavaScript rounds. Send it as a string."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What to do about values that a client would not see as they are. ``null_constructor``: whether such a key may hold null."""

    inf_nan: Literal["null", "error"] = "null"
    big_integers: Literal["warn", "error", "ignore"] = "warn"
    null_constructor: bool = True

    @property
    def reads_null(self) -> bool:
        """Whether a null may be wrong, so that there is more to look for than keys and integers."""
        return not self.null_constructor or self.inf_nan == "error"

    def __call__(self, name: str, written: bytes, plain: Callable[[], Any]) -> None:
        """
        Looks through the JSON ``written`` for ``name``. ``plain`` gives the same data as Python objects.

        Raises:
            ValueError: a key that ends the chat in the client, or what was asked to be an error.

        """
        # `find`, since `in` first tries the pattern as a number.
        if written.find(KEYS) >= 0 or not self.null_constructor:
            refuse_keys(name, written, null_constructor=self.null_constructor)
        if (
            self.big_integers != "ignore"
            and len(written) > 16
            and written.translate(_DIGITS).find(_LONG) >= 0
            and (integer := _big_integer(written)) is not None
        ):
            message = f"{name}: JavaScript rounds the integer {integer}, which is beyond 2**53; send it as a string"
            if self.big_integers == "error":
                raise ValueError(message)
            warnings.warn(message, UnsafeIntegerWarning, stacklevel=4)
        if self.inf_nan == "error" and written.find(b"null") >= 0:

            def refuse(constant: str) -> None:
                raise ValueError(f"{name}: a number is {constant}, which JSON has not got")

            json.loads(to_json(plain(), inf_nan_mode="constants"), parse_constant=refuse)


def refuse_keys(name: str, written: bytes, *, null_constructor: bool = True) -> None:
    """
    Looks for the keys that the client's JSON parser takes for an attack.

    Raises:
        ValueError: there is one.

    """
    if b'"__proto__"' not in written and b'"constructor"' not in written:
        return

    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        constructor = value.get("constructor", "")
        key = None
        if "__proto__" in value:
            key = "__proto__"
        elif isinstance(constructor, dict) and "prototype" in constructor:
            key = "constructor.prototype"
        elif constructor is None and not null_constructor:
            key = "constructor with null"
        if key is not None:
            message = (
                f"{name}: the key {key} in a value makes the AI SDK's client drop the rest of the stream; "
                "rename or remove it"
            )
            raise ValueError(message)
        return value

    json.loads(written, object_pairs_hook=check)


def _big_integer(written: bytes) -> int | None:
    """The first one that a double does not hold. Long runs of digits are mostly in strings or fractions, which are not parsed."""
    digits = written.translate(_DIGITS)
    at = digits.find(_LONG)
    while at >= 0 and written[at - 1] not in _BEFORE:
        at = digits.find(_LONG, digits.find(b" ", at))
    if at < 0:
        return None
    unsafe: list[int] = []

    def seen(text: str) -> int:
        number = int(text)
        if abs(number) > _SAFE:
            unsafe.append(number)
        return number

    json.loads(written, parse_int=seen)
    return unsafe[0] if unsafe else None
