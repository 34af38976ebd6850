"""Names of the forms of classes: one name for all forms of a class that are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samewire.errors import Diagnostic
from samewire.export import naming, unify
from samewire.export.definition_keys import Key, is_root
from samewire.export.forms import ACCEPTS, EMITS, Forms
from samewire.export.sources import Sources
from samewire.identifiers import is_type_name
from samewire.scalars.view import JsonSchema


@dataclass(frozen=True, slots=True)
class Naming:
    """
    ``given`` are the names that the configuration gives, by source.

    The plain name is what is emitted with the contract's own dump options, or the only form there is. What is emitted
    otherwise gets a suffix, the user's or one that says which options differ; what is accepted and differs gets ``Input``.
    """

    sources: Sources
    forms: Forms
    given: Mapping[str, str]

    def names(
        self, bodies: Mapping[str, JsonSchema], refs: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, str], list[Diagnostic]]:
        """A name for every key of ``bodies``, but for those that two definitions want; ``refs`` are the keys that they refer to."""
        same = unify.same(bodies, refs)
        candidates = {ref: self.sources.candidate(ref) for ref in same}
        own, wrong = self._own_names(candidates)
        around = _around_classes(candidates)
        unnamed = {*wrong, *around}
        named = (one for core_ref, one in candidates.items() if core_ref not in unnamed)
        plain, clashes = naming.choose(named, {**own, **self.given})
        clashes += wrong.values()
        taken = {name: ref for ref, name in plain.items()}
        result: dict[str, str] = {}
        # What stands around a class comes last: its names depend on those of the class's own forms.
        for core_ref in (*(ref for ref in same if ref not in around), *around):
            own = same[core_ref]
            name_of = around.get(core_ref, core_ref)
            if name_of not in plain:
                continue
            is_around = core_ref in around
            for form, name in self._of_class(plain[name_of], own, taken, is_around).items():
                key = str(Key(form, core_ref))
                owner = taken.setdefault(name, key)
                if owner not in (core_ref, key):
                    rival = candidates[owner if owner in candidates else Key.parse(owner).core_ref]
                    clashes.append(self._clash(candidates[core_ref], rival, name))
                    continue
                shared = (one for one, first in own.items() if first == form)
                result |= {str(Key(one, core_ref)): name for one in shared}
        return result, clashes

    def _own_names(
        self, candidates: Mapping[str, naming.Candidate]
    ) -> tuple[dict[str, str], dict[str, Diagnostic]]:
        """The names that classes give themselves, by source, and what is wrong with those that are none, by core reference."""
        names: dict[str, str] = {}
        wrong: dict[str, Diagnostic] = {}
        for core_ref, candidate in candidates.items():
            name = naming.own_name(self.sources.origins.get(core_ref))
            if name is None or candidate.source in self.given:
                continue
            if is_type_name(name):
                names[candidate.source] = name
            else:
                message = f"calls itself {name!r} ({naming.OWN_NAME}), which can't name a type in TypeScript"
                hint = "use letters, digits, _ and $, no digit first, and no reserved word"
                wrong[core_ref] = Diagnostic("invalid-name", candidate.source, message, hint)
        return names, wrong

    def _of_class(
        self, plain: str, same: Mapping[str, str], taken: Mapping[str, str], is_around: bool
    ) -> dict[str, str]:
        """The name of each form that is not the same as one before it; of what stands around a class, none is the class's own."""
        distinct = [form for form, first in same.items() if form == first]
        emitted = [form for form in distinct if form.startswith(EMITS)]
        accepted = [form for form in distinct if form.startswith(ACCEPTS)]
        names = self._suffixed(f"{plain}Value" if is_around else plain, emitted, EMITS)
        base = _accepted(plain, taken) if emitted or is_around else plain
        return names | self._suffixed(base, accepted, ACCEPTS)

    def _suffixed(self, plain: str, among: Sequence[str], own: str) -> dict[str, str]:
        if len(among) == 1:
            return {among[0]: plain}
        return {form: plain if form == own else plain + self.forms.suffix(form) for form in among}

    def _clash(self, one: naming.Candidate, rival: naming.Candidate, name: str) -> Diagnostic:
        hint = naming.way_out(rival.source)
        if rival.source == one.source:
            hint = 'tell the two apart in `emits`: { type = "...", dump = { ... }, suffix = "..." }'
        message = f"wants the name {name} for one of its forms, and so does {rival.source}"
        return Diagnostic("name-clash", one.source, message, hint)


def _around_classes(candidates: Mapping[str, naming.Candidate]) -> dict[str, str]:
    """
    The roots that are a class with something around it, with the core reference of the class: a class whose core schema is a union
    of its own and other types is two definitions of one source.
    """
    classes = {
        one.source: core_ref for core_ref, one in candidates.items() if not is_root(core_ref)
    }
    return {
        core_ref: classes[one.source]
        for core_ref, one in candidates.items()
        if is_root(core_ref) and one.source in classes
    }


def _accepted(plain: str, taken: Mapping[str, str]) -> str:
    choices = (f"{plain}Input", f"{plain}Accepted", f"{plain}InputAccepted")
    return next((free for free in choices if free not in taken), f"{plain}Input")
