"""The schema document: definitions under their names, each form of a class once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samewire.errors import Diagnostic
from samewire.export import forms, naming, stream_order, unify, walk
from samewire.export.definition_keys import Key, key_of, ref_to, without_ids
from samewire.graph import reachable
from samewire.identifiers import is_type_name
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode

    from samewire.export.generator import WireSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EMITS: JsonSchemaMode = forms.EMITS
ACCEPTS: JsonSchemaMode = forms.ACCEPTS


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document, the names of its definitions and roots by their keys, and what can't be in it for want of a name."""

    document: dict[str, Any]
    names: Mapping[str, str]
    clashes: list[Diagnostic]


def assemble(
    name: str,
    bodies: Mapping[str, JsonSchema],
    roots: Sequence[str],
    generator: WireSchema,
    suffixes: Mapping[str, str],
) -> Assembled:
    """The document of all ``bodies``. Those of ``roots`` that ``generator.candidates`` names are in it, but no roots of it."""
    aliased = {key: next(walk.refs(bodies[key])) for key in roots if set(bodies[key]) == {"$ref"}}
    order = forms.in_order(generator.forms)

    def place(key: str) -> tuple[int, str]:
        form, _, given = Key.parse(key).form.partition("@")
        return order[form], given

    kept = {key: bodies[key] for key in sorted(bodies, key=place) if key not in aliased}
    names, clashes = _Naming(generator, suffixes).names(kept)
    users: dict[str, list[str]] = {}
    for key, body in kept.items():
        for ref in walk.refs(body):
            users.setdefault(ref, []).append(key)
    nameless = reachable((key for key in kept if key not in names), users)
    kept = {key: body for key, body in kept.items() if key not in nameless}
    known = {key: names[of] for key in roots if (of := aliased.get(key, key)) in kept}
    roots = [key for key in known if Key.parse(key).core_ref not in generator.candidates]
    definitions: dict[str, JsonSchema] = {}
    for key in sorted(kept, key=lambda one: names[one]):  # stable: what is emitted comes first
        if names[key] not in definitions:
            source = candidate(generator, Key.parse(key).core_ref).source
            renamed = walk.rewrite(kept[key], lambda schema: _renamed(schema, names))
            definitions[names[key]] = {**renamed, "x-samewire-source": source}
    for root, directions in _directions(roots, known).items():
        definitions[root]["x-samewire-root"] = directions
    order = stream_order.gather(definitions, clashes)
    document = {
        "$schema": DIALECT,
        "title": name,
        **order,
        "$defs": definitions,
    }
    return Assembled(document, {key: names[key] for key in kept} | known, clashes)


def _directions(roots: Sequence[str], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The definitions that are roots, each with the directions in which it is one."""
    directions: dict[str, list[str]] = {}
    for direction, mode in (("emits", EMITS), ("accepts", ACCEPTS)):
        for name in {names[key] for key in roots if key.startswith(mode)}:
            directions.setdefault(name, []).append(direction)
    return directions


def _renamed(schema: JsonSchema, names: Mapping[str, str]) -> JsonSchema:
    if "$ref" not in schema:
        return schema
    return {**schema, **ref_to(names.get(key_of(schema), ""))}


# --- Names ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Naming:
    """
    Names of definitions, one for all forms of a class that are the same.

    The plain name is what is emitted with the contract's own dump options, or the only form there is. What is emitted
    otherwise gets a suffix, the user's or one that says which options differ; what is accepted and differs gets ``Input``.
    """

    generator: WireSchema
    suffixes: Mapping[str, str]

    def names(self, bodies: Mapping[str, JsonSchema]) -> tuple[dict[str, str], list[Diagnostic]]:
        """A name for every key of ``bodies``, but for those that two definitions want."""
        same = unify.same(bodies)
        candidates = {ref: candidate(self.generator, ref) for ref in same}
        own, wrong = self._own_names(candidates)
        named = (each for core_ref, each in candidates.items() if core_ref not in wrong)
        plain, clashes = naming.choose(named, {**own, **self.generator.options.names})
        clashes += wrong.values()
        taken = {name: ref for ref, name in plain.items()}
        result: dict[str, str] = {}
        for core_ref, own in same.items():
            if core_ref not in plain:
                continue
            for form, name in self._of_class(plain[core_ref], own, taken).items():
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
        for core_ref, each in candidates.items():
            name = naming.own_name(self.generator.origins.get(core_ref))
            if name is None or each.source in self.generator.options.names:
                continue
            if is_type_name(name):
                names[each.source] = name
            else:
                message = f"calls itself {name!r} ({naming.OWN_NAME}), which can't name a type in TypeScript"
                hint = "use letters, digits, _ and $, no digit first, and no reserved word"
                wrong[core_ref] = Diagnostic("invalid-name", each.source, message, hint)
        return names, wrong

    def _of_class(
        self, plain: str, same: Mapping[str, str], taken: Mapping[str, str]
    ) -> dict[str, str]:
        """The name of each form that is not the same as one before it."""
        distinct = [form for form, first in same.items() if form == first]
        emitted = [form for form in distinct if form.startswith(forms.EMITS)]
        accepted = [form for form in distinct if form.startswith(forms.ACCEPTS)]
        names = self._suffixed(plain, emitted, forms.EMITS)
        base = _accepted(plain, taken) if emitted else plain
        return names | self._suffixed(base, accepted, forms.ACCEPTS)

    def _suffixed(self, plain: str, among: Sequence[str], own: str) -> dict[str, str]:
        if len(among) == 1:
            return {among[0]: plain}
        known = self.generator.forms
        return {
            form: plain if form == own else plain + forms.suffix(form, known, self.suffixes)
            for form in among
        }

    def _clash(self, one: naming.Candidate, rival: naming.Candidate, name: str) -> Diagnostic:
        hint = naming.way_out(rival.source)
        if rival.source == one.source:
            hint = 'tell the two apart in `emits`: { type = "...", dump = { ... }, suffix = "..." }'
        message = f"wants the name {name} for one of its forms, and so does {rival.source}"
        return Diagnostic("name-clash", one.source, message, hint)


def _accepted(plain: str, taken: Mapping[str, str]) -> str:
    choices = (f"{plain}Input", f"{plain}Accepted", f"{plain}InputAccepted")
    return next((free for free in choices if free not in taken), f"{plain}Input")


# --- Where definitions come from --------------------------------------------------------------------------------------


def sources(generator: WireSchema, bodies: Iterable[str]) -> dict[str, str]:
    """The Python object behind each definition key."""
    return {key: candidate(generator, Key.parse(key).core_ref).source for key in bodies}


def candidate(generator: WireSchema, core_ref: str) -> naming.Candidate:
    """What a core reference may be called."""
    if core_ref in generator.candidates:
        return generator.candidates[core_ref]
    if core_ref.startswith("root:") or core_ref in generator.aliases:
        source = generator.aliases.get(core_ref, core_ref.removeprefix("root:"))
        module, _, attribute = source.partition(":")
        return naming.candidate(core_ref, module, attribute)
    # Pydantic's form: module.Qual.Name:id, and for a generic its arguments, each with an id: [Item:id,int:id]
    head, bracket, arguments = core_ref.partition("[")
    cls = generator.origins.get(core_ref)
    shown = without_ids(bracket + arguments)
    if cls is None and ":" not in head:  # an author's own
        return naming.Candidate(core_ref, core_ref, core_ref, (), core_ref)
    if cls is None:
        module, _, name = head.rpartition(":")[0].rpartition(".")
        return naming.candidate(core_ref, module, name, shown)
    module, _, qualname = naming.class_key(cls).partition(":")
    return naming.candidate(core_ref, module, qualname.partition("[")[0], shown)
