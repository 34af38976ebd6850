"""The result of generation, before anything is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from samewire.errors import Diagnostic, first_names

_NAMED = 3  # so many files a message names; it counts the others


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """
    One file as it should be.

    ``path`` is a POSIX path relative to the project root. ``text`` has LF line endings. ``sharing`` are the other contracts
    with the same file.
    """

    path: str
    text: str
    contract: str
    sharing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crash:
    """A bug of Samewire that one contract or type triggers; ``diagnostic`` names it."""

    diagnostic: Diagnostic
    traceback: str


def _unknown(_contract: str, _document: str) -> Mapping[str, str] | None:
    return None


def _nothing(_contract: str, _document: str) -> Iterable[tuple[str, Mapping[str, str]]]:
    return ()


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Everything that should be on disk, sorted by path.

    ``schema`` is the folder of the schema documents, relative to the project root. ``failed`` are the contracts that have no
    files in the plan, by name, with what is wrong; their files on disk stay. ``diagnostics`` are the types that have no
    exact form and are missing from the files; ``warnings`` need attention but change nothing. ``notes`` are for ``--verbose``.
    ``crashes`` are behind some of the diagnostics.

    ``rendered`` gives the files of a contract, by path, for another text of its schema document; ``None`` if it can't be rendered.
    ``otherwise`` gives those of other surroundings, each time with the reason why a file that is one of them is out of date.
    """

    files: tuple[PlannedFile, ...]
    schema: str
    diagnostics: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    failed: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    crashes: tuple[Crash, ...] = ()
    rendered: Callable[[str, str], Mapping[str, str] | None] = _unknown
    otherwise: Callable[[str, str], Iterable[tuple[str, Mapping[str, str]]]] = _nothing

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All that is wrong with contracts and with types, each once."""
        of_contracts = (problem for problems in self.failed.values() for problem in problems)
        return tuple(dict.fromkeys((*of_contracts, *self.diagnostics)))

    def without_files(self) -> Plan:
        """What is reported of the plan, as another process can be sent it."""
        return replace(self, files=(), rendered=_unknown, otherwise=_nothing)

    def failing(self, failed: Mapping[str, tuple[Diagnostic, ...]]) -> Plan:
        """The plan where these contracts fail as well: without the files that no other contract has."""
        kept: list[PlannedFile] = []
        for file in self.files:
            owners = [name for name in (file.contract, *file.sharing) if name not in failed]
            if owners:
                kept.append(replace(file, contract=owners[0], sharing=tuple(owners[1:])))
        return replace(self, files=tuple(kept), failed={**self.failed, **failed})

    def schema_path(self, contract: str) -> str:
        return beside(self.schema, f"{contract}.json")


def beside(folder: str, name: str) -> str:
    """A file in a folder, as a path relative to the root (``.``)."""
    return name if folder == "." else f"{folder}/{name}"


def shared(files: Sequence[PlannedFile]) -> list[PlannedFile]:
    """The files without duplicates: several contracts may write the same text to the same file."""
    owners: dict[tuple[str, str], list[str]] = {}
    for file in files:
        owners.setdefault((file.path, file.text), []).append(file.contract)
    return [
        PlannedFile(path, text, first, tuple(rest))
        for (path, text), (first, *rest) in owners.items()
    ]


def clashes(files: Sequence[PlannedFile]) -> dict[str, list[Diagnostic]]:
    """
    By contract: files that several contracts write differently, or whose paths are equal on a system that ignores case or
    normalises Unicode. Each group of contracts is reported once.
    """
    places: dict[str, list[PlannedFile]] = {}
    for file in files:
        places.setdefault(unicodedata.normalize("NFC", file.path).casefold(), []).append(file)
    groups: dict[tuple[str, ...], list[list[PlannedFile]]] = {}
    for there in places.values():
        if len({(file.path, file.text) for file in there}) > 1:
            names = tuple(dict.fromkeys(file.contract for file in there))
            groups.setdefault(names, []).append(there)
    clashing: dict[str, list[Diagnostic]] = {}
    for names, group in groups.items():
        diagnostic = _clash(names, group)
        for name in names:
            clashing.setdefault(name, []).append(diagnostic)
    return clashing


def _clash(names: Sequence[str], group: Sequence[Sequence[PlannedFile]]) -> Diagnostic:
    first, *others = sorted(group, key=lambda there: there[-1].path)
    *before, last = map(repr, names)
    who = f"contracts {', '.join(before)} and {last} write" if before else f"contract {last} writes"
    other = next((file.path for file in first if file.path != first[-1].path), None)
    what = (
        "with different content" if other is None else f"as {other} too, which differs only in case"
    )
    message = f"{who} this file {what}"
    if others:
        message += f"; also {first_names([there[-1].path for there in others], _NAMED)}"
    hint = "give each contract its own folders (output, runtime)"
    return Diagnostic("file-clash", first[-1].path, message, hint, places=1 + len(others))
