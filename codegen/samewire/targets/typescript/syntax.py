"""
Converts text to TypeScript, one function per syntactic position.

What comes from a schema - names, values, descriptions, patterns - is data. It reaches the output only through the functions
here, each of which returns :class:`Code` that means the given text and nothing else where it is put. The template
environment prints nothing that is not :class:`Code`, so a forgotten call is an error and never a hole.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Final

from samewire.identifiers import KEYWORDS, LETTERS, is_identifier
from samewire.ir import Json, Regex, Scalar, String
from samewire.patterns.ast import Anchor, Chars, Concat, Node
from samewire.patterns.charset import Ranges


class Code(str):
    """TypeScript source that is already right for the position it was made for."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class InexpressibleError(Exception):
    """
    Something has no exact form in a target. ``path`` are the property keys on the way to it, innermost last.

    Whoever knows the definition turns it into a :class:`samewire.errors.ModelError` that says where.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.path: tuple[str, ...] = ()


class at:  # noqa: N801  # read as a function: ``with at(key):``
    """Notes that what is inexpressible inside is so at the property ``key``."""

    __slots__ = ("_key",)

    def __init__(self, key: str) -> None:
        self._key = key

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, InexpressibleError):
            error.path = (self._key, *error.path)


_UNPRINTED: Final = re.compile(f"[^ -~{LETTERS}]")
_SHORT_ESCAPES: Final = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}


# Characters that mean themselves in a template literal.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_:@#%&,;~=<> ./+*?()-]+")


def identifier(text: str) -> Code:
    """The name of a declaration. Raises ``ValueError`` where it is none: choosing names is done before, by ``names``."""
    if not is_identifier(text) or text in KEYWORDS:
        raise ValueError(f"{text!r} is not an identifier")
    return Code(text)


def string(text: str) -> Code:
    """A string literal in double quotes, or in single ones where that saves escapes, as prettier chooses them."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    body = text.replace("\\", "\\\\").replace(quote, "\\" + quote)
    return Code(f"{quote}{_UNPRINTED.sub(_escape, body)}{quote}")


def template(parts: Sequence[str | None]) -> Code:
    """The template literal type of these parts, ``None`` for any string: see :func:`template_of`."""
    for part in parts:
        if part is not None and not _PLAIN.fullmatch(part):
            raise ValueError(f"{part!r} may not stand in a template literal type")
    return Code(f"`{''.join('${string}' if part is None else part for part in parts)}`")


def template_of(text: String) -> tuple[str | None, ...] | None:
    """
    What is said of strings by one pattern that only asks for a text in them, as parts of a template literal type.

    ``^data-`` is ``("data-", None)``, ``\\.`` is ``(None, ".", None)``; ``None`` for strings of which more is said, or nothing.
    """
    match text:
        case String(None, None, (Regex(tree, False),), None, None, None):
            return _parts(tree)
        case _:
            return None


def _parts(tree: Node) -> tuple[str | None, ...] | None:
    items = list(tree.items) if isinstance(tree, Concat) else [tree]
    starts = items[:1] == [Anchor.TEXT_START]
    ends = items[-1:] == [Anchor.TEXT_END]
    text = ""
    for item in items[starts : len(items) - ends]:
        match item:
            case Chars(Ranges(((first, last),))) if first == last:
                text += chr(first)
            case _:
                return None
    if not _PLAIN.fullmatch(text) or (starts and ends):
        return None
    return (*(() if starts else (None,)), text, *(() if ends else (None,)))


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    if ord(char) <= 0xFFFF:
        return f"\\u{ord(char):04x}"
    if "\ud800" <= match.string[match.start() - 1 : match.start()] <= "\udbff":
        # SWC, with which Node strips types, can't read \u{...} after the escape of a lone surrogate.
        high, low = divmod(ord(char) - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{{{ord(char):x}}}"


def property_key(text: str) -> Code:
    """The key of a property in an object literal. ``__proto__`` needs brackets there, else it sets the prototype."""
    if text == "__proto__":
        return Code('["__proto__"]')
    return type_key(text)


def type_key(text: str) -> Code:
    """The key of a property in a type."""
    return Code(text) if is_identifier(text) else string(text)


def number(value: float) -> Code:
    """
    A number literal with the value that ``JSON.parse`` gives the number of this value.

    Integers beyond 2**53 are rounded to the nearest double, as there. Raises :class:`InexpressibleError` for values that JSON
    doesn't have and for those beyond the range of doubles.
    """
    try:
        double = float(value)
    except OverflowError:
        double = math.inf
    if not math.isfinite(double):
        raise InexpressibleError(
            "number-range", f"{value} is beyond the numbers that JavaScript has"
        )
    if double.is_integer() and abs(double) < 1e21:
        return Code(str(int(double)))
    mantissa, _, exponent = repr(double).partition("e")
    return Code(f"{mantissa}e{int(exponent)}" if exponent else mantissa)


def literal(value: Scalar) -> Code:
    """
    A scalar literal. Raises :class:`InexpressibleError` for a number that JavaScript can't tell from another one: an integer
    that is not exact as a double, and negative zero.
    """
    match value:
        case None:
            return Code("null")
        case bool():
            return Code("true" if value else "false")
        case str():
            return string(value)
        case _:
            code = number(value)
            if float(value) != value or (value == 0 and math.copysign(1, value) < 0):
                message = f"{value!r} can't be told from another number in JavaScript"
                raise InexpressibleError(
                    "inexact-literal", message, "make the value a string in the model"
                )
            return code


# --- Regular expressions ----------------------------------------------------------------------------------------------


def regex(pattern: Regex) -> Code:
    """A regular expression literal. A pattern spells itself so that it can stand between slashes."""
    source = _UNPRINTED.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", pattern.source)
    return Code(f"/{source}/{pattern.flags}")


def escape_regex(text: str) -> str:
    """The source of a regular expression, under the flag ``u``, that matches ``text`` itself."""
    special = re.sub(r"[\^$\\.*+?()\[\]{}|/]", lambda match: f"\\{match[0]}", text)
    return _UNPRINTED.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", special)


# --- Comments ---------------------------------------------------------------------------------------------------------

LINE_BREAKS: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, and what is invisible or reorders text (Unicode TR36, "Trojan Source").
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
_TAG: Final = re.compile(r"(^|[\s{*])@")
# Lines of these characters alone have nothing in them that is escaped.
_HARMLESS: Final = re.compile(r"[A-Za-z0-9 .,:;=_()'\"\[\]{}-]*")
# Tools look for these anywhere in a comment, whatever stands before: TypeScript (``@jsx``, in the first comments of a file),
# esbuild, terser, Flow, prettier, test runners, and whoever reads source maps.
_PRAGMA: Final = re.compile(
    r"@(?=(?:jsx|ts-|lic|preserve|cc_on|(?:no)?flow|format|prettier|generated|vite-|vitest-|jest-|__))"
    r"|[@#](?=__|\s*source(?:mapping)?url)",
    re.IGNORECASE,
)


def comment_lines(text: str) -> tuple[Code, ...]:
    """
    The lines of ``text`` for a documentation comment.

    Nothing in them ends the comment or is taken for a tag: ``*/`` is written ``*\\/`` and ``@`` at the start of a word ``\\@``,
    the escape of TSDoc (https://tsdoc.org, "Escaping"), or as an entity of HTML where a tool would act on what follows. Blank
    lines at both ends and trailing spaces are dropped.
    """
    lines = [_comment_line(line) for line in LINE_BREAKS.split(text)]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return tuple(lines)


def visible(text: str) -> str:
    """The text with escapes for what can't be seen in it, line feeds and tabs apart."""
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _comment_line(line: str) -> Code:
    if _HARMLESS.fullmatch(line):
        return Code(line.rstrip())
    line = visible(line).rstrip()
    line = _PRAGMA.sub(lambda match: f"&#{ord(match[0])};", line.replace("*/", "*\\/"))
    return Code(_TAG.sub(r"\1\\@", line))


def comment_json(value: Json) -> Code:
    """A JSON value for a documentation comment, on one line, between backticks."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    text = _UNPRINTED.sub(lambda match: json.dumps(match[0])[1:-1], text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return Code(f"{fence}{_comment_line(text)}{fence}")
