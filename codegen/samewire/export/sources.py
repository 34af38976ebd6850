"""The Python object behind each definition, and what the definition may be called after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NewType, get_args

from samewire.export import naming, type_hints
from samewire.export.definition_keys import Key, is_root, without_ids
from samewire.identifiers import is_type_name

_NEW_TYPE: Final = re.compile(r"\bNewType\b")
_BY_IDENTITY: Final = re.compile(r"\bNewType:(\d+)")


@dataclass(frozen=True)
class Sources:
    """
    ``origins`` has the class of each core reference, ``aliases`` the alias that a root gives to a generic, and ``parts`` the
    types that an extension names.
    """

    origins: Mapping[str, type[Any] | None]
    aliases: dict[str, str] = field(default_factory=dict)
    parts: dict[str, naming.Candidate] = field(default_factory=dict)
    _of_types: dict[str, naming.Candidate] = field(default_factory=dict, init=False)

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
        if core_ref not in self._of_types:
            self._of_types[core_ref] = self._of_type(core_ref)
        return self._of_types[core_ref]

    def _of_type(self, core_ref: str) -> naming.Candidate:
        """Pydantic's form is ``module.Qual.Name:id``, and for a generic its arguments, each with an id: ``[Item:id,int:id]``."""
        head, bracket, arguments = core_ref.partition("[")
        cls = self.origins.get(core_ref)
        shown = without_ids(self._with_new_types(bracket + arguments, cls)) if bracket else ""
        if ":" not in head and (cls is None or is_type_name(head)):  # an author's own
            return naming.Candidate(core_ref, core_ref, core_ref, (), core_ref)
        if cls is None:
            module, _, name = head.rpartition(":")[0].rpartition(".")
            return naming.candidate(core_ref, module, name, shown)
        module, _, qualname = naming.class_key(cls).partition(":")
        return naming.candidate(core_ref, module, qualname.partition("[")[0], shown)

    def _with_new_types(self, arguments: str, cls: type[Any] | None) -> str:
        """
        Pydantic calls each ``NewType`` among the arguments of a generic by the name of its class. A model knows them, in order;
        those of others are told by their identity.
        """
        given = getattr(cls, "__pydantic_generic_metadata__", {}).get("args", ())
        names = [_name(each) for one in given for each in _new_types(one)]
        if len(_NEW_TYPE.findall(arguments)) == len(names):
            rest = iter(names)
            return _NEW_TYPE.sub(lambda _: next(rest), arguments)
        if not _BY_IDENTITY.search(arguments):
            return arguments
        known = self._met
        return _BY_IDENTITY.sub(lambda found: known.get(int(found[1]), found[0]), arguments)

    @cached_property
    def _met(self) -> dict[int, str]:
        """The names of all new types that the classes of the contract are annotated with, by their identity."""
        hints = (hint for cls in self.origins.values() if cls for hint in type_hints.of_class(cls))
        new = (part for hint in hints for part in type_hints.parts(hint))
        return {id(each): _name(each) for each in new if isinstance(each, NewType)}


def _name(new: NewType) -> str:
    return f"{new.__module__}.{new.__name__}"


def _new_types(annotation: object) -> Iterator[NewType]:
    if isinstance(annotation, NewType):
        yield annotation
    for part in get_args(annotation):
        yield from _new_types(part)
