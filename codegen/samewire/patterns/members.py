"""
Which characters are in a set, and some that are.

Named properties are looked up in Python's own Unicode tables, or in Unicode names where it has none (scripts); a property that
neither knows has no members here. Engines differ on the newest characters, so samples are old and common ones.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, assert_never

from samewire.patterns.charset import (
    SPACES,
    SURROGATES,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    Union,
    contains,
)
from samewire.patterns.folding import orbits
from samewire.patterns.properties import general_category

_ASCII: Final = "a0A b1Bzc-_.Z9" + string.printable
# A letter of each case and several scripts, a mark, digits of another script, an emoji, what folds or normalizes oddly, white
# space and control characters that trip up escaping.
_OTHER: Final = "éßñΩяж中日あअ\u0301\u0663\uff21\u0130\u0131\u017f\u212a\ufb01\xa0\u2003\u2028\u200d😀\U0001d4b3\x00\x7f\u0085\xad"
PALETTE: Final = tuple(dict.fromkeys(map(ord, _ASCII + _OTHER)))

_EMOJI: Final = frozenset("#*0123456789©®😀👍🚀❤")


@lru_cache(maxsize=4096)
def samples(chars: CharSet, *, ignore_case: bool = False) -> tuple[str, ...]:
    """Members of the set, plain ones first, none if it has no member that is known. Never a surrogate."""
    wanted = dict.fromkeys((*PALETTE, *_written(chars)))
    found = tuple(chr(code) for code in wanted if holds(chars, code, ignore_case=ignore_case))
    return found or _searched(chars, ignore_case)


def _searched(chars: CharSet, ignore_case: bool) -> tuple[str, ...]:
    codes = (code for code in range(0x20, 0x20000) if holds(chars, code, ignore_case=ignore_case))
    return tuple(map(chr, islice(codes, 8)))


def _written(chars: CharSet) -> Iterator[int]:
    """The ends of the ranges that take part in a set, and their neighbours."""
    match chars:
        case Ranges(spans):
            for low, high in spans:
                yield from {low: 0, high: 0, (low + high) // 2: 0}
                yield from (each for each in (low - 1, high + 1) if 0 <= each <= 0x10FFFF)
        case Prop(_, _, spans):
            for span in spans or ():
                yield from span
        case Not(of):
            yield from _written(of)
        case Union(parts) | And(parts):
            for part in parts:
                yield from _written(part)
        case _:
            assert_never(chars)


def holds(chars: CharSet, code: int, *, ignore_case: bool = False) -> bool:
    """Whether the set has the character, or what folds to the same. Folding comes before the set operators."""
    if SURROGATES[0] <= code <= SURROGATES[1]:
        return False
    return _holds(chars, orbits().get(code, (code,)) if ignore_case else (code,))


def _holds(chars: CharSet, codes: tuple[int, ...]) -> bool:
    match chars:
        case Ranges(spans):
            return any(contains(spans, code) for code in codes)
        case Prop(items, _, spans):
            if spans is not None:
                return any(contains(spans, code) for code in codes)
            return any(_has(item, chr(code)) for item in items for code in codes)
        case Not(of):
            return not _holds(of, codes)
        case Union(parts):
            return any(_holds(part, codes) for part in parts)
        case And(parts):
            return all(_holds(part, codes) for part in parts)
        case _:
            assert_never(chars)


def _has(item: str, char: str) -> bool:
    """Whether an item of a class has a character: a property, or characters as they stand."""
    if item.startswith(("\\p{", "\\P{")):
        return _has_property(item[3:-1], char) is (item[1] == "p")
    if item == r"\x1c-\x1f":
        return "\x1c" <= char <= "\x1f"
    return item == char


def _has_property(name: str, char: str) -> bool:
    key, _, value = name.rpartition("=")
    if key in ("Script", "sc", "Script_Extensions", "scx"):
        return _has_script(value, char)
    if not key and (test := _BINARY.get(value)):
        return test(char)
    category = general_category(value)
    if category is None:
        return False
    if category == "LC":
        return unicodedata.category(char) in ("Lu", "Ll", "Lt")
    return unicodedata.category(char).startswith(category)


def _has_script(name: str, char: str) -> bool:
    if name in ("Common", "Zyyy"):
        return char in string.digits + string.punctuation + " "
    words = {"Han": "CJK UNIFIED", "Hani": "CJK UNIFIED"}.get(name, name.upper().replace("_", " "))
    return char.isalpha() and unicodedata.name(char, "").startswith(f"{words} ")


def _changes(change: Callable[[str], str]) -> Callable[[str], bool]:
    return lambda char: (
        change(unicodedata.normalize("NFD", char)) != unicodedata.normalize("NFD", char)
    )


_BINARY: Final[dict[str, Callable[[str], bool]]] = {
    "Any": lambda _: True,
    "ASCII": str.isascii,
    "Assigned": lambda char: unicodedata.category(char) != "Cn",
    "Alphabetic": lambda char: char.isalpha() or unicodedata.category(char) == "Nl",
    "Alpha": lambda char: char.isalpha() or unicodedata.category(char) == "Nl",
    "White_Space": lambda char: char in SPACES,
    "space": lambda char: char in SPACES,
    "Lowercase": str.islower,
    "Lower": str.islower,
    "Uppercase": str.isupper,
    "Upper": str.isupper,
    "Join_Control": lambda char: char in "\u200c\u200d",
    "Join_C": lambda char: char in "\u200c\u200d",
    "Changes_When_Lowercased": _changes(str.lower),
    "Changes_When_Uppercased": _changes(str.upper),
    "Changes_When_Casefolded": _changes(str.casefold),
    "ASCII_Hex_Digit": lambda char: char in string.hexdigits,
    "AHex": lambda char: char in string.hexdigits,
    "Hex_Digit": lambda char: char in string.hexdigits,
    "Hex": lambda char: char in string.hexdigits,
    "ID_Start": lambda char: char.isidentifier() and char != "_",
    "IDS": lambda char: char.isidentifier() and char != "_",
    "XID_Start": lambda char: char.isidentifier() and char != "_",
    "XIDS": lambda char: char.isidentifier() and char != "_",
    "ID_Continue": lambda char: f"a{char}".isidentifier(),
    "IDC": lambda char: f"a{char}".isidentifier(),
    "XID_Continue": lambda char: f"a{char}".isidentifier(),
    "XIDC": lambda char: f"a{char}".isidentifier(),
    "Ideographic": lambda char: "\u4e00" <= char <= "\u9fff",
    "Ideo": lambda char: "\u4e00" <= char <= "\u9fff",
    "Emoji": lambda char: char in _EMOJI,
    "Extended_Pictographic": lambda char: char in "😀👍🚀❤©®",
    "ExtPict": lambda char: char in "😀👍🚀❤©®",
    "Emoji_Presentation": lambda char: char in "😀👍🚀",
    "EPres": lambda char: char in "😀👍🚀",
}
