"""
A feature case: a few lines of Python that define one type, and JSON values that its contract must take or refuse.

A case states no schema and no TypeScript. What is right comes from Pydantic: an emitted value is what an instance serializes
to, an accepted one must validate, a refused one must not (``truth``). What is said by hand is only which instances to build, and
which near misses to try.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | None | list[Json] | dict[str, Json]"
Values: TypeAlias = Sequence[Json]


@dataclass(frozen=True, slots=True)
class Refused:
    """The diagnostic that stands for a type without an exact form."""

    code: str
    where: str  # after the module: ``Root.field``


@dataclass(frozen=True, slots=True)
class Case:
    """
    ``instances``: expressions that build what is serialized, evaluated where ``code`` was; ``None``: the type is not emitted.
    ``never``: JSON that no instance serializes to. ``kept``: JSON that readers of an open type take all the same. ``accepts``: JSON that validates; ``None``: the type is not accepted.
    ``refuses``: JSON that doesn't validate, in lax mode either.

    ``total``: every JSON value belongs to the type, so there is nothing to refuse. ``dump``: arguments of ``model_dump_json``, with
    ``warnings`` where Pydantic warns of what it writes.
    ``options``: the same words as in the configuration. ``python``: the least version that can read ``code``. ``pydantic``: the least
    version that says so.
    """

    name: str
    code: str
    instances: tuple[str, ...] | None = None
    never: tuple[Json, ...] = ()
    kept: tuple[Json, ...] = ()
    accepts: tuple[Json, ...] | None = None
    refuses: tuple[Json, ...] = ()
    refused: Refused | None = None
    total: bool = False
    dump: Mapping[str, object] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    python: tuple[int, int] = (3, 11)
    pydantic: tuple[int, int] = (2, 10)
    also_accepts_emitted: bool = False


def emits(
    name: str,
    code: str,
    instances: Sequence[str],
    never: Values = (),
    *,
    kept: Values = (),
    total: bool = False,
    dump: Mapping[str, object] | None = None,
    options: Mapping[str, object] | None = None,
    python: tuple[int, int] = (3, 11),
    pydantic: tuple[int, int] = (2, 10),
) -> Case:
    """A type that the backend writes."""
    return Case(
        name,
        dedent(code),
        instances=tuple(instances),
        never=tuple(never),
        kept=tuple(kept),
        total=total,
        dump=dump or {},
        options=options or {},
        python=python,
        pydantic=pydantic,
    )


def accepts(
    name: str,
    code: str,
    values: Values,
    never: Values = (),
    *,
    total: bool = False,
    options: Mapping[str, object] | None = None,
    python: tuple[int, int] = (3, 11),
    pydantic: tuple[int, int] = (2, 10),
) -> Case:
    """A type that the backend reads."""
    return Case(
        name,
        dedent(code),
        accepts=tuple(values),
        refuses=tuple(never),
        total=total,
        options=options or {},
        python=python,
        pydantic=pydantic,
    )


def both(
    name: str,
    code: str,
    instances: Sequence[str],
    never: Values = (),
    *,
    never_emits: Values = (),
    kept: Values = (),
    also_accepts: Values = (),
    never_accepts: Values = (),
    total: bool = False,
    dump: Mapping[str, object] | None = None,
    options: Mapping[str, object] | None = None,
    python: tuple[int, int] = (3, 11),
    pydantic: tuple[int, int] = (2, 10),
) -> Case:
    """A type that goes both ways: what is emitted is accepted too, and ``never`` holds in both directions."""
    return Case(
        name,
        dedent(code),
        instances=tuple(instances),
        never=(*never, *never_emits),
        kept=tuple(kept),
        accepts=tuple(also_accepts),
        refuses=(*never, *never_accepts),
        total=total,
        dump=dump or {},
        options=options or {},
        python=python,
        pydantic=pydantic,
        also_accepts_emitted=True,
    )


def refused(
    name: str,
    code: str,
    diagnostic: str,
    where: str,
    *,
    accepted: bool = False,
    dump: Mapping[str, object] | None = None,
    pydantic: tuple[int, int] = (2, 10),
) -> Case:
    """A type that Samewire must refuse with a diagnostic at ``where``, emitted unless ``accepted``."""
    return Case(
        name,
        dedent(code),
        instances=None if accepted else (),
        accepts=() if accepted else None,
        refused=Refused(diagnostic, where),
        dump=dump or {},
        pydantic=pydantic,
    )
