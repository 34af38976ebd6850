"""Which Python type stands behind each definition of a document, for those who run values through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samewire import ir
from samewire.dump import DumpOptions
from samewire.export.definition_keys import Key, root_ref
from samewire.export.forms import ACCEPTS, Forms

if TYPE_CHECKING:
    from samewire.discover import Root


@dataclass(frozen=True, slots=True)
class Described:
    """
    A Python type that a definition describes, in one direction, and when emitted, as it is dumped with these options.

    ``root`` tells a type that the contract names from one that those use.
    """

    definition: str
    direction: ir.Direction
    type: object
    dump: DumpOptions
    root: bool


def described(
    names: Mapping[str, str],
    roots: Iterable[Root],
    origins: Mapping[str, type[Any] | None],
    forms: Forms,
) -> tuple[Described, ...]:
    """
    ``names`` are those of the definitions by their keys. Of the forms of a class that are the same, the first stands for the
    others, unless they are roots.
    """
    types = {root_ref(root.source): root.type for root in roots}
    known: dict[tuple[object, ...], Described] = {}
    # A definition without a class of its own goes by the root that it is.
    keys = sorted(map(Key.parse, names), key=lambda one: one.core_ref not in types)
    for key in keys:
        form, core_ref = key
        type_ = types.get(core_ref, origins.get(core_ref))
        if type_ is None or "@" in form:
            continue  # in the settings of a model around it, the type is something else than by itself
        direction: ir.Direction = "accepts" if form == ACCEPTS else "emits"
        dump = forms.dump_of(form)
        root = core_ref in types
        one = Described(names[str(key)], direction, type_, dump, root)
        known.setdefault((one.definition, direction), one)
        if root:
            known.setdefault((one.definition, direction, dump), one)
    distinct = {id(one): one for one in known.values()}  # an annotation need not have a hash
    return tuple(sorted(distinct.values(), key=lambda one: (one.definition, one.direction)))
