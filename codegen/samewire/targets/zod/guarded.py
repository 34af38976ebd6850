"""
The guards that schemas ask before they parse, in a contract that also has the target ``guards``.

What a guard accepts comes back from the schema as it is. Where a schema drops undeclared keys, that is asked of the guard in
``exact.ts``, which refuses them. What the guard in ``guards.ts`` refuses is invalid, and zod only says why. That is not so where a
schema takes keys by other names than those of the type: there zod decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from samewire.targets.typescript.changes import Changes
from samewire.targets.typescript.expressions import (
    Arrow,
    Call,
    Constant,
    Expression,
    Member,
    Name,
)
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import Code, identifier

_MODULES: Final = ("exact", "guards")
_VALUE: Final = Name(Code("value"))
_ANYTHING: Final = Arrow(Code(""), Constant(Code("true")))
"""The guard that refuses nothing, which leaves that to zod."""


@dataclass(frozen=True, slots=True)
class Guards:
    """The guards of the schemas of a contract; ``used`` collects the files that they are in."""

    output: Output
    changes: Changes
    names: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    def of(self, key: str) -> tuple[Expression, ...]:
        """
        The guards in the call of ``schema`` for a definition: that a value comes back as it is, and that it is valid where that
        is another one. What is decoded does not come back as it is.
        """
        if not is_guarded(self.output.options) or key in self.output.decoding.types:
            return ()
        drops = key in self.changes.dropping
        as_it_is = self._guard("exact" if drops else "guards", key)
        if key in self.changes.renaming:
            return (as_it_is, _ANYTHING)
        return (as_it_is, self._guard("guards", key)) if drops else (as_it_is,)

    def _guard(self, module: str, key: str) -> Expression:
        self.used.add(module)
        guard = Member(Name(Code(module)), identifier(self.names[key]))
        # In a function, since webpack takes reading a member for an effect, and would keep the schema.
        return Arrow(_VALUE.code, Call(guard, (_VALUE,)))

    def imports(self) -> tuple[Code, ...]:
        return tuple(
            Code(f"import * as {name} from {self.output.of_own(name)};")
            for name in _MODULES
            if name in self.used
        )


def is_guarded(options: TypeScriptOptions) -> bool:
    return "guards" in options.beside


def guard_modules(options: TypeScriptOptions) -> frozenset[str]:
    """The names in ``schemas.ts`` of the files of guards."""
    return frozenset(_MODULES) if is_guarded(options) else frozenset()
