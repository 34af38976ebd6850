"""
Which clients a stream is for, and what they lack.

A target is a range of versions of ``ai``: from one on, to the newest of its line. What a stream may hold is what every client of
every target takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from samewire.ui_stream.chunks import Chunk, DataChunk
from samewire.ui_stream.clients import (
    FINISH_REASONS,
    LOOSE,
    Since,
    Version,
    field_since,
    type_since,
    written,
)
from samewire.ui_stream.unions import StandardChunk

Lacking: TypeAlias = Literal["refuse", "drop"]

_TARGET = re.compile(r"(\d+)(?:\.(\d+)(?:\.(\d+))?)?")
_FORMS = f"write a line ({', '.join(map(repr, map(str, LOOSE)))}), its strict clients too ('6.0'), or a version of it ('7.0.85')"


class TargetError(ValueError):
    """
    Something that a target's clients have no place for, or a target that there is not.

    ``chunk`` is the type of the chunk, ``target`` the first that lacks it, ``since`` the version of its line that has it, if any.
    """

    def __init__(
        self,
        message: str,
        chunk: str | None = None,
        target: str | None = None,
        since: str | None = None,
    ) -> None:
        super().__init__(message)
        self.chunk = chunk
        self.target = target
        self.since = since


@dataclass(frozen=True, slots=True)
class Target:
    """The clients of one line from version ``first`` on. ``name`` is how it was asked for."""

    name: str
    first: Version

    @classmethod
    def parse(cls, name: str) -> Target:
        """
        ``"6"``: the clients of version 6 that ignore unknown fields, from 6.0.231 on. ``"6.0"``: all of version 6.
        ``"6.0.120"``: from there on.

        Raises:
            TargetError: there is no such line.

        """
        match = _TARGET.fullmatch(name) if isinstance(name, str) else None
        if match is None:
            raise TargetError(f"{name!r} is no target: {_FORMS}")
        line = int(match[1])
        if line not in LOOSE:
            raise TargetError(f"{name!r} is no target that is known: {_FORMS}")
        first = LOOSE[line] if match[2] is None else (line, int(match[2]), int(match[3] or 0))
        return cls(name, first)

    @property
    def line(self) -> int:
        return self.first[0]

    @property
    def loose(self) -> bool:
        """Whether every client of it ignores fields that it does not know."""
        return self.first >= LOOSE[self.line]

    def has(self, since: Since) -> bool:
        """Whether every client of it knows what exists since then."""
        return self.line in since and self.first >= since[self.line]

    def __str__(self) -> str:
        return f"{self.name!r} (ai {written(self.first)} and later)"


DEFAULT_TARGETS: Final = ("5", "6", "7")
"""The newest clients of every line, and those back to July 2026 that ignore unknown fields."""


def targets_of(names: str | Iterable[str] | None) -> tuple[Target, ...]:
    """
    The targets by their names, :data:`DEFAULT_TARGETS` for ``None``.

    Raises:
        TargetError: there is none, or one that is not known.

    """
    if names is None:
        names = DEFAULT_TARGETS
    targets = tuple(map(Target.parse, [names] if isinstance(names, str) else names))
    if not targets:
        raise TargetError(f"no target: {_FORMS}")
    return targets


# --- What they lack ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lack:
    """
    Something of the protocol that cannot be sent as it is, and what becomes of it.

    ``field`` is the key on the wire, ``None`` for a whole chunk; ``value`` is a value of the field, ``None`` for all.
    """

    chunk: str
    field: str | None
    value: str | None
    target: Target
    since: str | None
    becomes: Literal["refused", "left out", "other", "converted", "dropped"]

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.chunk, self.field, self.value and repr(self.value))))
        there = (
            f"it exists since {self.since}"
            if self.since
            else f"no client of version {self.target.line} has it"
        )
        return f"{what}: {self.becomes}; target {self.target} lacks it, {there}"


CONVERTED: Final = frozenset(("tool-input-error",))
"""Sent as two other chunks to clients that lack it, which then show the same."""

STANDALONE: Final = frozenset(("custom", "reasoning-file", "steering-message"))
"""Nothing refers to these, so that a message without them is whole."""


def chunk_types() -> dict[str, type[Chunk]]:
    """The protocol's classes by type, ``data-*`` for data chunks."""
    union = get_args(StandardChunk.__value__)[0]
    standard = {cls.model_fields["type"].default: cls for cls in get_args(union)}
    return {**standard, "data-*": DataChunk}


def lacking(targets: Iterable[Target], since: Since) -> tuple[Target, str | None] | None:
    """The first target with a client that does not know what exists since then, and the version that does."""
    for target in targets:
        if not target.has(since):
            return target, written(since[target.line]) if target.line in since else None
    return None


def kept(targets: tuple[Target, ...], since: Since) -> bool:
    """Whether a field is sent: every client takes it, known or not, and there is one that knows it."""
    taken = all(target.loose or target.has(since) for target in targets)
    return taken and any(target.line in since for target in targets)


def reason_for(targets: tuple[Target, ...], reason: str) -> str:
    """``reason``, or ``other`` where a client has not got it."""
    since = FINISH_REASONS.get(reason)
    return reason if since is None or lacking(targets, since) is None else "other"


def lacks(targets: tuple[Target, ...], policy: Lacking = "refuse") -> Iterator[Lack]:
    """All that the targets lack, in the protocol's order."""
    for tag, cls in chunk_types().items():
        if (lacked := lacking(targets, type_since(tag))) is not None:
            dropped = policy == "drop" and tag in STANDALONE
            otherwise: Literal["dropped", "refused"] = "dropped" if dropped else "refused"
            yield Lack(tag, None, None, *lacked, "converted" if tag in CONVERTED else otherwise)
            continue
        for name, info in cls.model_fields.items():
            since = field_since(tag, str(info.alias or name))
            if not kept(targets, since):
                lacked = lacking(targets, since)
                assert lacked is not None  # noqa: S101  # what all have is kept
                yield Lack(tag, info.alias, None, *lacked, "left out")
    for reason, since in FINISH_REASONS.items():
        lacked = lacking(targets, since)
        if lacked is not None and kept(targets, field_since("finish", "finishReason")):
            yield Lack("finish", "finishReason", reason, *lacked, "other")


def refusal(tag: str, targets: tuple[Target, ...], what: str | None = None) -> TargetError | None:
    """Why a chunk cannot be sent, if it can't. ``what`` is what needs it."""
    since = type_since(tag)
    lacked = lacking(targets, since)
    if lacked is None:
        return None
    target, first = lacked
    there = f"exists since {first}" if first else f"exists in no client of version {target.line}"
    ways = sorted(written(version) for version in since.values())
    message = (
        f"{what + ' needs ' if what else ''}a chunk {tag}, which {there}; the target is {target}, and a client without a "
        f"chunk's type drops the rest of the stream. Name targets that have it: from {' or '.join(ways)} on"
    )
    return TargetError(message, tag, target.name, first)
