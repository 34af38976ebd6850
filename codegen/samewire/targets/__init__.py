"""
Targets: the output formats of a contract, by name.

A target of this package is a package in it, with a ``TARGET`` in its module ``target``. One of a third party is an entry point of
the group ``samewire.targets``, which loads a :class:`Target`. docs/targets.md walks through one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from samewire.notice import notice

if TYPE_CHECKING:
    from pydantic import BaseModel

    from samewire import ir
    from samewire.config import ContractConfig

BUILT_IN: Final = ("docs", "fixtures", "guards", "openapi", "python", "types", "valibot", "zod")
DEFAULT: Final = "zod"
Layout: TypeAlias = Literal["file", "modules", "models"]
GROUP: Final = "samewire.targets"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    The settings with which a target renders a contract.

    ``config`` is the contract's configuration; ``options`` are its options for this target, an instance of the target's own
    model. ``schema_path``, ``origin`` (what to change instead of a generated file) and ``command`` are for the header of each
    file.
    """

    config: ContractConfig
    options: Any
    schema_path: str
    origin: str
    command: str = "samewire generate"

    @property
    def notice(self) -> str:
        """What each file must say in its first lines: by that it is known to be generated."""
        return notice(self.schema_path)


ValidatorKind: TypeAlias = Literal["schemas", "guards", "python"]


@dataclass(frozen=True, slots=True)
class Validators:
    """
    Where ``samewire verify`` finds what a target's code makes of a value.

    ``file`` exports a Standard Schema (https://standardschema.dev) for each type, under the names that
    ``typescript.names.assign_validators`` gives. ``package`` is the npm package that it imports. The file of the ``kind`` guards
    exports functions that say whether a value is of a type, under the names of ``typescript.names.guard_names``.
    """

    file: str
    package: str
    kind: ValidatorKind = "schemas"


@dataclass(frozen=True, slots=True)
class Target:
    """
    ``render`` returns the files of a contract: texts by their names, relative to its output folder. It depends on its arguments
    alone, so that the same models give the same bytes.

    ``options`` is a Pydantic model of the target's own options. A target without ``validators`` has nothing to verify. If its
    options say that it writes elsewhere, relative to the project root, ``file`` is the path of its one file, or ``folder`` that of
    all its files. ``apart``: its files are read by others than those of further targets, which have the types that this one
    refuses.
    """

    name: str
    render: Callable[[ir.Contract, Settings], Mapping[str, str]]
    options: type[BaseModel] | None = None
    validators: Validators | None = None
    file: Callable[[Any], str | None] | None = None
    folder: Callable[[Any], str | None] | None = None
    apart: bool = False


class UnknownTargetError(LookupError):
    """No target has this name."""


class BrokenTargetError(Exception):
    """The entry point of a target cannot be loaded, or loads something else."""


def names() -> tuple[str, ...]:
    """The names of all installed targets, sorted."""
    return tuple(sorted({*BUILT_IN, *entry_points(group=GROUP).names}))


def load(name: str) -> Target:
    """
    Loads a target by name. Built-in targets take precedence.

    Raises:
        UnknownTargetError: there is none.
        BrokenTargetError: its entry point can't be loaded, or loads something else.

    """
    if name in BUILT_IN:
        built_in: Target = import_module(f"{__name__}.{name}.target").TARGET
        return built_in
    found = tuple(entry_points(group=GROUP, name=name))
    if not found:
        raise UnknownTargetError(name)
    try:
        target = found[0].load()
    except Exception as error:  # the package of a third party runs here
        message = f"the entry point {name!r} of {GROUP} can't be loaded: {error}"
        raise BrokenTargetError(message) from error
    if not isinstance(target, Target):
        message = f"the entry point {name!r} of {GROUP} loads {target!r}, which is no Target"
        raise BrokenTargetError(message)
    return target


def validators(names: Iterable[str], kind: ValidatorKind = "schemas") -> Validators | None:
    """Those of a kind of the first of these targets that has any."""
    all_ = (load(name).validators for name in names)
    return next((each for each in all_ if each is not None and each.kind == kind), None)
