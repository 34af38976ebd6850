"""
The prelude: the declarations that generated schemas need beyond zod, and which of them a file needs.

They stand in ``templates/typescript/prelude.ts``, which compiles by itself. A blank line at the top level ends a declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from samewire.ts.syntax import Code

_DECLARATION: Final = re.compile(
    r"(?:^/\*\*(?:[^*]|\*(?!/))*\*/\n)?^(?:const|function|type) (?P<name>\w+)(?:.|\n(?!\n))*",
    re.MULTILINE,
)
# What is no code: comments and texts, in which a name is a word.
_COMMENT: Final = re.compile(r'/\*\*(?:[^*]|\*(?!/))*\*/|//.*|"(?:[^"\\\n]|\\.)*"|`[^`]*`')
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Prelude:
    """The declarations of a prelude file by name, in its order, and the names that each uses, itself included."""

    codes: dict[str, Code]
    uses: dict[str, frozenset[str]]

    @property
    def declared(self) -> frozenset[str]:
        return frozenset(self.codes)

    def select(self, names: Iterable[str]) -> tuple[Code, ...]:
        """The declarations of these names and all they need, in the order of the file."""
        wanted: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in wanted:
                wanted.add(name)
                pending.extend(self.uses[name])
        return tuple(code for name, code in self.codes.items() if name in wanted)


@cache
def load(source: str) -> Prelude:
    codes = {found["name"]: Code(found[0].rstrip()) for found in _DECLARATION.finditer(source)}
    words = {name: frozenset(_WORD.findall(_COMMENT.sub("", code))) for name, code in codes.items()}
    return Prelude(codes, {name: used & codes.keys() for name, used in words.items()})
