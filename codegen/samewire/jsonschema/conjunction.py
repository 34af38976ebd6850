"""Schemas that apply at once, split into their own keywords, their alternatives and their references."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from samewire.jsonschema.complement import complement, dependents
from samewire.jsonschema.scope import DERIVED, LEFT_OUT, DerivedSite, Scope
from samewire.lower.discriminators import tag_of
from samewire.lower.keywords import check_keywords
from samewire.lower.references import resolve
from samewire.lower.scope import MAX_DEPTH, Site, shown
from samewire.lower.types import refuse_schema
from samewire.schema import keywords
from samewire.schema.pointers import Pointer


@dataclass(frozen=True, slots=True)
class Condition:
    """
    What holds for a value besides its type, to be checked: that it is not of a schema (``not``), that it is of one of two
    by whether it is of a third (``if``), or of another as well (``also``); or what keys or elements are that the schema does not
    know, the keyword being ``unevaluatedProperties`` or ``unevaluatedItems``.
    """

    keyword: str
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """
    An ``anyOf`` or ``oneOf``; ``site`` is the schema that has it, ``tag`` what its discriminator names.

    ``condition``: the choice is that, written out as alternatives.
    """

    keyword: str
    site: Site
    members: tuple[Site, ...]
    tag: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The ``$ref`` of a schema, in its place among what the schemas say themselves."""

    site: Site


@dataclass(slots=True)
class Conjunction:
    """
    ``said`` is what the schemas say, in the order in which they stand; ``choices`` the alternatives that they leave, ``conditions``
    what is to be checked.

    ``remaining`` is the schema with ``unevaluatedProperties`` for the keys that none of them knows, as long as it is plain which
    these are.
    """

    said: list[Site | Reference] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    impossible: bool = False
    remaining: Site | None = None

    @property
    def own(self) -> list[Site]:
        """The schemas that say something of their values by themselves."""
        return [part for part in self.said if isinstance(part, Site)]

    @property
    def references(self) -> list[Site]:
        return [part.site for part in self.said if isinstance(part, Reference)]

    def add(self, choice: Choice, scope: Scope) -> None:
        """A condition: as a choice, unless it is known that nothing good comes of that."""
        if choice.condition is not None and scope.written_out.get(choice.site.pointer) is False:
            self.conditions.append(choice.condition)
        else:
            self.choices.append(choice)

    def join(self, other: Conjunction) -> None:
        self.said += other.said
        self.choices += other.choices
        self.conditions += other.conditions
        self.impossible = self.impossible or other.impossible

    def pointers(self) -> frozenset[Pointer]:
        return frozenset(
            site.pointer for site in (*self.own, *(choice.site for choice in self.choices))
        )


def conjunction(sites: Sequence[Site], scope: Scope) -> Conjunction:
    result = Conjunction()
    for site in sites:
        _add(site, result, scope, outermost=len(sites) == 1, level=0)
    return result


def _add(site: Site, result: Conjunction, scope: Scope, *, outermost: bool, level: int) -> None:
    schema = site.schema
    if isinstance(schema, bool):
        result.impossible = result.impossible or not schema
        return
    if not isinstance(schema, dict):
        refuse_schema(site, scope)
        return
    if level > MAX_DEPTH:
        scope.refuse(
            "too-deep",
            site.pointer,
            f"more than {MAX_DEPTH} nested schemas that all apply at once",
        )
        return
    check_keywords(site, scope)
    if "$ref" in schema:
        result.said.append(Reference(site))
    if keywords.OWN.intersection(schema) or site.has(LEFT_OUT):
        result.said.append(site)
    _add_unevaluated(site, result, outermost=outermost)
    _add_negation(site, result, scope)
    for choice in _conditions(site, scope):
        result.add(choice, scope)
    for member in scope.schemas(site, "allOf"):
        _add(member, result, scope, outermost=False, level=level + 1)
    result.choices += _choices(site, scope)


def _add_unevaluated(site: Site, result: Conjunction, *, outermost: bool) -> None:
    """Where nothing in place describes the same keys or elements, it is ``additionalProperties`` and ``items`` by another name."""
    if (
        site.has("unevaluatedProperties")
        and site.has(*keywords.IN_PLACE)
        and not site.has("additionalProperties")
    ):
        if outermost:
            result.remaining = site
        else:
            result.conditions.append(Condition("unevaluatedProperties", (site,)))
    if (
        site.has("unevaluatedItems")
        and site.has(*keywords.IN_PLACE, "contains")
        and not site.has("items")
    ):
        result.conditions.append(Condition("unevaluatedItems", (site,)))


def _add_negation(site: Site, result: Conjunction, scope: Scope) -> None:
    if not site.has("not"):
        return
    negated = Site(site.schema["not"], site.at("not"))
    if _is_anything(negated.schema):
        result.impossible = True
    elif not isinstance(negated.schema, dict | bool):
        refuse_schema(negated, scope)
    elif not _is_nothing(negated.schema):
        check_keywords(negated, scope)
        # A definition that is recursive has no end when it is turned around: the limit of copies stops it.
        scope.copies += 1
        condition = Condition("not", (negated,))
        members = tuple(complement(negated, scope))
        result.add(Choice("anyOf", negated, members, condition=condition), scope)


def _conditions(site: Site, scope: Scope) -> list[Choice]:
    """What holds only if something else does, as choices between both cases."""
    result: list[Choice] = []
    cases: Sequence[dict[str, Any]]
    if site.has("if"):
        test = site.schema["if"]
        branches = [scope.schema(site, key) or Site(True, site.at(key)) for key in ("then", "else")]
        cases = (
            {"allOf": [test, branches[0].schema]},
            {"allOf": [{"not": test}, branches[1].schema]},
        )
        condition = Condition("if", (Site(test, site.at("if")), *branches))
        result.append(_derived_choice(site, condition, cases, "if"))
    for keyword in ("dependentRequired", "dependentSchemas"):
        for key, part in dependents(keyword, site, scope):
            cases = (
                {"properties": {key: False}},
                {"allOf": [{"required": [key]}, part.schema]},
            )
            there = Site({"type": "object", "required": [key]}, part.pointer)
            condition = Condition("if", (there, part, Site(True, part.pointer)))
            result.append(_derived_choice(site, condition, cases, keyword, key))
    return result


def _derived_choice(
    site: Site, condition: Condition, cases: Sequence[dict[str, Any]], *steps: str
) -> Choice:
    members = tuple(
        DerivedSite(case, site.at(*steps, DERIVED, str(index))) for index, case in enumerate(cases)
    )
    at = Site(site.schema, site.at(*steps, DERIVED))
    return Choice("anyOf", at, members, condition=condition)


def _is_anything(schema: Any) -> bool:
    if isinstance(schema, dict):
        return not (keywords.OWN | keywords.APPLICATORS).intersection(schema)
    return schema is True


def _is_nothing(schema: Any) -> bool:
    return schema is False or (
        isinstance(schema, dict) and "not" in schema and _is_anything(schema["not"])
    )


def _choices(site: Site, scope: Scope) -> list[Choice]:
    result: list[Choice] = []
    tagged = "oneOf" if site.has("oneOf") else "anyOf"
    for keyword in ("anyOf", "oneOf"):
        if members := scope.schemas(site, keyword):
            tag = tag_of(site, scope) if keyword == tagged else None
            result.append(Choice(keyword, site, tuple(members), tag))
    return result


# --- References -------------------------------------------------------------------------------------------------------


def without_references(parts: Conjunction, scope: Scope) -> Conjunction:
    """The same with the schemas that are referred to in the place of the references."""
    result = replace(parts, said=[], choices=[*parts.choices], conditions=[*parts.conditions])
    seen: set[Pointer] = set()
    nowhere: frozenset[Pointer] = frozenset()
    pending = deque((part, nowhere) for part in parts.said)
    while pending:
        part, path = pending.popleft()
        if isinstance(part, Site):
            result.said.append(part)
            continue
        target = resolve(part.site, scope)
        if target is None:
            continue
        if target.pointer in path:
            message = f"{shown(part.site.schema['$ref'])} leads back to itself"
            scope.refuse(
                "cyclic-ref",
                part.site.at("$ref"),
                message,
                "replace the reference by what it is to be",
            )
        elif target.pointer not in seen:
            seen.add(target.pointer)
            inner = conjunction([target], scope)
            if inner.remaining is not None:
                inner.conditions.append(Condition("unevaluatedProperties", (inner.remaining,)))
            pending.extendleft((one, path | {target.pointer}) for one in reversed(inner.said))
            inner.said = []
            result.join(inner)
    return result
