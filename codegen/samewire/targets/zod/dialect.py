"""
Differences between zod's two interfaces and between its versions, as data.

A check is a method in ``zod`` and a function passed to ``.check`` in ``zod/mini``; wrappers (optional, nullable) likewise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samewire.targets.zod.options import ZodOptions
from samewire.zod_versions import EXACT_OPTIONAL


@dataclass(frozen=True, slots=True)
class Dialect:
    """
    ``classes`` starts the names of schema classes (``ZodString``); ``base`` is the class of all schemas; ``methods`` says whether
    checks and wrappers are methods.

    By version: ``exact_optional`` (4.3) has ``z.exactOptional``, where before an optional property may also be ``undefined``;
    ``requires_unknown`` (4.4) rejects an object that lacks a required key of type ``z.unknown()``, and a tuple that lacks such
    an element; ``strict_with_proto`` (4.5) rejects an unknown key ``__proto__`` like any other, which 4.4 forgot;
    ``counts_code_points`` (4.5) measures strings as Python does, where before they were measured in UTF-16 units.
    """

    classes: str
    base: str
    methods: bool
    exact_optional: bool
    requires_unknown: bool
    strict_with_proto: bool
    counts_code_points: bool

    @property
    def optional(self) -> str:
        return "exactOptional" if self.exact_optional else "optional"


METHODS: Final = {
    "minLength": "min",
    "maxLength": "max",
    "gte": "min",
    "lte": "max",
}
"""The checks whose method is called otherwise than their function."""


def dialect(options: ZodOptions) -> Dialect:
    mini = options.zod_import.endswith("/mini") if options.mini is None else options.mini
    return Dialect(
        classes="ZodMini" if mini else "Zod",
        base="ZodMiniType" if mini else "ZodType",
        methods=not mini,
        exact_optional=options.zod_version >= EXACT_OPTIONAL,
        requires_unknown=options.zod_version >= (4, 4),
        strict_with_proto=options.zod_version >= (4, 5),
        counts_code_points=options.zod_version >= (4, 5),
    )
