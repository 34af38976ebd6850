"""
Identities of definitions while a contract is exported, before they have names.

JSON Schema refers to a definition by text, so a key is written into ``$ref`` as text and read from it here, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

REF: Final = "#/$defs/"
_ROOT: Final = "root:"


class Key(NamedTuple):
    """
    A definition: one form (:data:`samewire.export.forms.Form`) of the type that a core reference stands for, or of a root.

    >>> str(Key("serialization", "app.models.User:1"))
    'serialization|app.models.User:1'
    >>> Key.parse("serialization|app.models.User:1").form
    'serialization'
    """

    form: str
    core_ref: str

    def __str__(self) -> str:
        return f"{self.form}|{self.core_ref}"

    @classmethod
    def parse(cls, text: str) -> Key:
        form, _, core_ref = text.partition("|")
        return cls(form, core_ref)

    @classmethod
    def of_root(cls, form: str, source: str) -> Key:
        return cls(form, root_ref(source))


def root_ref(source: str) -> str:
    """What stands for the core reference of a root, which need not have one: ``source`` is ``module:name``."""
    return f"{_ROOT}{source}"


def is_root(core_ref: str) -> bool:
    return core_ref.startswith(_ROOT)


def ref_to(key: str) -> dict[str, Any]:
    """The schema that refers to a definition."""
    return {"$ref": f"{REF}{key}"}


def key_of(schema: Mapping[str, Any]) -> str:
    """The key, as text, of the definition that a schema refers to; empty if it refers to none."""
    ref = schema.get("$ref", "")
    return str(ref).removeprefix(REF)


_QUOTED_OR_ID: Final = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|:\d+(?=[,\]])""")


def without_ids(core_ref: str) -> str:
    """
    A core reference, or the arguments of a generic, without the identities of the arguments.

    >>> without_ids("shop.Page:12[Item:140,Literal[':1']:93]")
    "shop.Page:12[Item,Literal[':1']]"
    """
    return _QUOTED_OR_ID.sub(lambda match: match[1] or "", core_ref)


_PYDANTICS: Final = re.compile(
    r"(?P<type>(?P<head>[^\[]*):\d+(?P<arguments>\[.*\])?)(?:_\w+\(.*\))?", re.DOTALL
)


def without_own_id(core_ref: str) -> str:
    """
    A core reference without identities, and without the constraint that Pydantic appends where another schema than the one that
    has the reference checks it.

    >>> without_own_id("shop.Page:12[Item:140]"), without_own_id("shop.Color:7_MinLen(min_length=3)"), without_own_id("mine")
    ('shop.Page[Item]', 'shop.Color', 'mine')
    """
    found = _PYDANTICS.fullmatch(core_ref)
    return f"{found['head']}{without_ids(found['arguments'] or '')}" if found else core_ref


def without_constraint(core_ref: str) -> str:
    """
    A core reference without the constraint alone.

    >>> without_constraint("shop.Color:7_MinLen(min_length=3)"), without_constraint("mine")
    ('shop.Color:7', 'mine')
    """
    found = _PYDANTICS.fullmatch(core_ref)
    return found["type"] if found else core_ref
