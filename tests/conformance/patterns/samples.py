"""Strings to try a pattern on: some that it was made to take, their neighbours, and the characters on which engines differ."""

from __future__ import annotations

from random import Random

from samewire.patterns import ast
from samewire.patterns.charset import And, CharSet, Not, Prop, Ranges, Union, evaluate

EDGES = (
    *"\n\r\t\v\f\0\x1b\x1c\x1d\x1e\x1f\x7f\x85\xa0\u1680\u180e\u200b\u200d\u2028\u2029\u202e\u3000\ufeff",
    *"kKsSiI\u212a\u017f\u0130\u0131\xdf\u1e9e\u0345\u03b9\xb5\u03bc\u03c2\u03c3\u03a3\u1fbe\u01c5",
    *"a\xe9\xc9\u4f60\u0663\xb2\xbd\u2167\u24b6\u24d0\u0301\u203f\u0391\u03b1\u0430\u05d0\u0627",
    *"\U0001f600\U0001d7d8\U00010400\U00010428\U0010ffff\ufffd\ud7ff\ue000",
    *"_-/\\]^$[(){}|.+*?&~#!@,:;<=>%'\" 09AZz",
)
"""Line ends and white space of all sorts, case that folds oddly, word characters of one engine only, astral characters, syntax."""

_MEMBERS = {
    r"\p{White_Space}": " \t\n\r\x85\xa0\u2003",
    r"\p{Nd}": "059\u0663\U0001d7d8",
    r"\d": "059",
    r"\w": "aZ_7",
    "_": "_",
}
_LONGEST = 40
_MOST_TIMES = 1100


def samples(tree: ast.Node, random: Random, count: int) -> list[str]:
    """About ``count`` strings, without repeats: the empty one, edges, and walks through the tree with changes."""
    found: dict[str, None] = {"": None, "\n": None}
    for _ in range(count):
        text = _walk(tree, random, {})
        for wanted in (text, text + "\n", _changed(text, random), _changed(text, random)):
            found[wanted] = None
            if len(wanted) < _LONGEST:
                found[random.choice(EDGES) + wanted] = None
                found[wanted + random.choice(EDGES)] = None
    found.update(dict.fromkeys(random.sample(EDGES, 12)))
    return list(found)


def _walk(node: ast.Node, random: Random, captured: dict[int, str]) -> str:
    match node:
        case ast.Chars(wanted, fold):
            char = chr(_member(wanted, random))
            return random.choice((char, char.swapcase()[:1])) if fold is not ast.Fold.NONE else char
        case ast.Anchor.LINE_START | ast.Anchor.LINE_END:
            return random.choice(("", "\n"))
        case ast.Anchor() | ast.Boundary() | ast.Empty() | ast.Look():
            return ""
        case ast.Backref(group):
            return captured.get(group, "")
        case ast.Group(body, number):
            captured[number] = _walk(body, random, captured)
            return captured[number]
        case ast.Atomic(body):
            return _walk(body, random, captured)
        case ast.Repeat(body, low, high):
            most = low + 3 if high is None else min(high, low + 3)
            times = (
                high if high and random.random() < 0.2 and high < 200 else random.randint(low, most)
            )
            return "".join(_walk(body, random, captured) for _ in range(min(times, _MOST_TIMES)))
        case ast.Concat(items):
            return "".join(_walk(item, random, captured) for item in items)
        case ast.Alternation(branches):
            return _walk(random.choice(branches), random, captured)


def _member(wanted: CharSet, random: Random) -> int:
    """A member of the set where that is easy to find, else any edge character."""
    spans = evaluate(wanted)
    if spans:
        low, high = random.choice(spans)
        found = random.choice((low, high, random.randint(low, high)))
        if isinstance(wanted, Not) or not _is_scalar(found):
            edges = [ord(c) for c in EDGES if any(a <= ord(c) <= b for a, b in spans)]
            return random.choice(edges) if edges else low
        return found
    match wanted:
        case Prop(items):
            return ord(random.choice(_MEMBERS.get(random.choice(items), "aZ\xe9\u4f60\u03b1")))
        case Union(parts) | And(parts):
            return _member(random.choice(parts), random)
        case Not() | Ranges():
            return ord(random.choice(EDGES))


def _is_scalar(code_point: int) -> bool:
    return not 0xD800 <= code_point <= 0xDFFF


def _changed(text: str, random: Random) -> str:
    """The text with one character more, less, other, twice or in another case."""
    at = random.randrange(len(text) + 1)
    before, here, after = text[:at], text[at : at + 1], text[at + 1 :]
    match random.randrange(5):
        case 0:
            edge: str = random.choice(EDGES)
            return before + edge + here + after
        case 1:
            return before + after
        case 2:
            edge = random.choice(EDGES)
            return before + edge + after
        case 3:
            return before + here + here + after
        case _:
            return before + here.swapcase() + after
