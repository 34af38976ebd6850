"""The Python object behind each definition, and what the definition may be called after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NewType, get_args

from samewire.export import naming
from samewire.export.definition_keys import Key, is_root, without_ids

_NEW_TYPE: Final = re.compile(r"\bNewType\b")


@dataclass(frozen=True, slots=True)
class Sources:
    """
    ``origins`` has the class of each core reference, ``aliases`` the alias that a root gives to a generic, and ``parts`` the
    types that an extension names.
    """

    origins: Mapping[str, type[Any] | None]
    aliases: dict[str, str] = field(default_factory=dict)
    parts: dict[str, naming.Candidate] = field(default_factory=dict)

    def is_part(self, core_ref: str) -> bool:
        return core_ref in self.parts

    def of(self, keys: Iterable[str]) -> dict[str, str]:
        """The source of each definition key, ``module:name``."""
        return {key: self.candidate(Key.parse(key).core_ref).source for key in keys}

    def candidate(self, core_ref: str) -> naming.Candidate:
        """What a core reference may be called."""
        if core_ref in self.parts:
            return self.parts[core_ref]
        if is_root(core_ref) or core_ref in self.aliases:
            source = self.aliases.get(core_ref, core_ref.removeprefix("root:"))
            module, _, attribute = source.partition(":")
            return naming.candidate(core_ref, module, attribute)
        # Pydantic's form: module.Qual.Name:id, and for a generic its arguments, each with an id: [Item:id,int:id]
        head, bracket, arguments = core_ref.partition("[")
        cls = self.origins.get(core_ref)
        shown = without_ids(_with_new_types(bracket + arguments, cls))
        if cls is None and ":" not in head:  # an author's own
            return naming.Candidate(core_ref, core_ref, core_ref, (), core_ref)
        if cls is None:
            module, _, name = head.rpartition(":")[0].rpartition(".")
            return naming.candidate(core_ref, module, name, shown)
        module, _, qualname = naming.class_key(cls).partition(":")
        return naming.candidate(core_ref, module, qualname.partition("[")[0], shown)


def _with_new_types(arguments: str, cls: type[Any] | None) -> str:
    """Pydantic calls each ``NewType`` among the arguments of a generic by the name of its class, in order."""
    given = getattr(cls, "__pydantic_generic_metadata__", {}).get("args", ())
    names = [f"{each.__module__}.{each.__name__}" for one in given for each in _new_types(one)]
    if len(_NEW_TYPE.findall(arguments)) != len(names):
        return arguments
    rest = iter(names)
    return _NEW_TYPE.sub(lambda _: next(rest), arguments)


def _new_types(annotation: object) -> Iterator[NewType]:
    if isinstance(annotation, NewType):
        yield annotation
    for part in get_args(annotation):
        yield from _new_types(part)
