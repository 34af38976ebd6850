"""A regular expression as the intermediate representation holds it: a tree, and JavaScript's spelling of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from samewire.patterns.ast import Chars, Look, Node, children
from samewire.patterns.charset import evaluate
from samewire.patterns.ecma import parse_ecma
from samewire.patterns.emit import emit
from samewire.patterns.halves import at_whole_characters


@dataclass(frozen=True, slots=True)
class Regex:
    """
    A JavaScript regular expression, searched for anywhere in a string.

    No set of the tree folds: under ``ignore_case`` all do, as they do in JavaScript where ``source`` is read with the flag ``i``.
    ``source`` says what the tree says; it is safe in ``new RegExp(source, flags)`` and between the slashes of a literal.
    """

    tree: Node = field(compare=False, repr=False)
    ignore_case: bool = False
    source: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", emit(self.tree, ignore_case=self.ignore_case))

    @property
    def flags(self) -> str:
        """``u`` or ``iu``. The flag ``v`` is never needed, and the tree has resolved ``m`` and ``s``."""
        return "iu" if self.ignore_case else "u"

    @classmethod
    def parse(cls, source: str, flags: str = "u") -> Regex:
        """
        Reads JavaScript's syntax, for ``flags`` of i, m, s, and u or v.

        Raises:
            PatternSyntaxError: JavaScript would not read it.

        """
        return _parsed(source, flags)


def is_of_ascii(node: Node) -> bool:
    """Whether it matches characters of ASCII alone, and excludes nothing: whatever case they have, their number is the same."""
    match node:
        case Chars(chars):
            spans = evaluate(chars)
            return spans is not None and all(high < 0x80 for _, high in spans)
        case Look(negative=True):
            return False
        case _:
            return all(map(is_of_ascii, children(node)))


@lru_cache(maxsize=2048)
def _parsed(source: str, flags: str) -> Regex:
    tree = parse_ecma(source, flags)
    # V8 matches the assertions that stand for ^ and $ where it matches these themselves, and between two halves.
    return Regex(at_whole_characters(tree) if "m" in flags else tree, "i" in flags)
