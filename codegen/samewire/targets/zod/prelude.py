"""
The prelude: the declarations that generated schemas need beyond zod, and which of them a contract needs.

They stand in ``templates/typescript/prelude.ts``, which compiles by itself. A blank line at the top level ends a declaration.
Its constants, which are schemas and checks with a name, are written above the schemas that use them; its functions and types
go to a file of their own, which exports those that constants or schemas call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from samewire.targets.typescript.syntax import Code

_DECLARATION: Final = re.compile(
    r"(?:^/\*\*(?:[^*]|\*(?!/))*\*/\n)?^(?:export )?(?P<kind>const|function|type) (?P<name>\w+)(?:.|\n(?!\n))*",
    re.MULTILINE,
)
# What is no code: comments and texts, in which a name is a word.
_COMMENT: Final = re.compile(r'/\*\*(?:[^*]|\*(?!/))*\*/|//.*|"(?:[^"\\\n]|\\.)*"|`[^`]*`')
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Selection:
    """
    What a contract needs: ``constants`` for the file of its schemas, ``functions``, types among them, for a file beside it.

    ``imported`` are the names of the functions that the former file takes from the latter.
    ``uses_zod`` if anything of zod is named in ``functions``.
    """

    constants: tuple[Code, ...]
    functions: tuple[Code, ...]
    imported: tuple[str, ...]
    uses_zod: bool


@dataclass(frozen=True, slots=True)
class Prelude:
    """
    The declarations of a prelude file by name, in its order; the words in each, itself included; and which are constants.
    """

    codes: dict[str, Code]
    words: dict[str, frozenset[str]]
    constants: frozenset[str]

    @property
    def declared(self) -> frozenset[str]:
        return frozenset(self.codes)

    def uses(self, name: str) -> frozenset[str]:
        """The declarations that one needs, itself included."""
        return self.words[name] & self.codes.keys()

    def select(self, names: Iterable[str]) -> Selection:
        """
        The declarations of these names and all they need, in the order of the file.

        Raises ``ValueError`` for a function that would have to be imported and is not exported.
        """
        named = set(names)
        wanted: set[str] = set()
        pending = list(named)
        while pending:
            name = pending.pop()
            if name not in wanted:
                wanted.add(name)
                pending.extend(self.uses(name))
        constants = [name for name in self.codes if name in wanted & self.constants]
        imported = named.union(*map(self.uses, constants)) - self.constants
        for name in imported:
            if "export " not in self.codes[name]:
                raise ValueError(f"{name} in prelude.ts is imported by schemas, and not exported")
        functions = [name for name in self.codes if name in wanted - self.constants]
        return Selection(
            tuple(self.codes[name] for name in constants),
            tuple(self.codes[name] for name in functions),
            tuple(sorted(imported)),
            any("z" in self.words[name] for name in functions),
        )


@cache
def load(source: str) -> Prelude:
    found = list(_DECLARATION.finditer(source))
    codes = {each["name"]: Code(each[0].rstrip()) for each in found}
    words = {name: frozenset(_WORD.findall(_COMMENT.sub("", code))) for name, code in codes.items()}
    constants = frozenset(each["name"] for each in found if each["kind"] == "const")
    return Prelude(codes, words, constants)
