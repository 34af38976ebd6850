"""Enumerations, with the contract's member names."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from samewire import ir
from samewire.targets.python.formats import UnsupportedError
from samewire.targets.python.syntax import docstring, scalar


def enumeration(members: tuple[ir.EnumMember, ...], doc: str | None) -> dict[str, Any]:
    values = [each.value for each in members]
    if len({*values}) < len(values):
        raise UnsupportedError(
            "two of its members are equal in Python, as 1 and true are", "change one of them"
        )
    if all(isinstance(each, str) for each in values):
        base = "StrEnum"
    elif all(isinstance(each, int) and not isinstance(each, bool) for each in values):
        base = "ExactEnum, IntEnum"
    else:
        base = "ExactEnum, Enum"
    shown = [
        {"name": name, "value": scalar(each.value), "doc": docstring(each.description)}
        for name, each in zip(_member_names(members), members, strict=True)
    ]
    return {"doc": doc, "base": base, "members": shown}


def _member_names(members: tuple[ir.EnumMember, ...]) -> Iterator[str]:
    """As the enumeration has them, where a class may have such a name."""
    used: set[str] = set()
    for member in members:
        name = member.name
        if (
            not name.isidentifier()
            or not name.isascii()
            or keyword.iskeyword(name)
            or name.startswith("_")
            or name == "mro"
        ):
            name = "".join(
                each if each.isascii() and each.isalnum() else "_" for each in name
            ).strip("_")
            name = f"MEMBER_{name}" if not name.isidentifier() else f"{name}_"
        while name in used or name in dir(str):
            name += "_"
        used.add(name)
        yield name
