"""The events used to compare two orders: one per tag, with the values that a rule of either order reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Any, Final, Literal, TypeAlias

from samewire import ir
from samewire.compat.relation import Relation
from samewire.compat.streams.machine import OTHER, Machine, text_of
from samewire.values.depth import Types
from samewire.values.membership import matches
from samewire.walk import inside, is_unlisted

_KEYS: Final = 2
_MOST: Final = 64
"""Variants of one event."""
_LEFT_OUT: Final = object()


@dataclass(frozen=True, slots=True)
class Member:
    """An event of a stream: the name of its definition, or of the one that it stands in."""

    definition: str
    type: ir.Object
    tag: str


@dataclass(frozen=True, slots=True)
class Members:
    """The events of a contract in one direction, by tag. ``open``: readers keep those that are not among them."""

    by_tag: Mapping[str, Member]
    open: bool


def members(
    contract: ir.Contract, roots: Iterable[str], order: ir.StreamOrder, other: ir.StreamOrder
) -> Members:
    """
    Those with an order in either version that the roots reach, and those that stand in a union with one.

    Types of something else may have the same tags, as the parts of a message have some of its chunks.
    """
    types = Types({each.name: each for each in contract.definitions})
    ordered = {tag for event in (*order.events, *other.events) for tag in event.tags}
    groups: list[tuple[dict[str, Member], bool]] = []
    waiting, seen = sorted(roots), set(roots)
    while waiting:
        name = waiting.pop()
        type_ = types.definitions[name].type
        for each in inside(type_):
            if isinstance(each, ir.Ref) and each.name not in seen:
                seen.add(each.name)
                waiting.append(each.name)
        alone = type_ if isinstance(type_, ir.Object) else ir.Never()
        for each in (alone, *inside(type_)):
            if isinstance(each, ir.Union) or each is alone:
                some = {one.tag: one for one in _tagged(each, name, types, order.tag)}
                listed = each.members if isinstance(each, ir.Union) else ()
                groups.append((some, any(map(is_unlisted, listed))))
    found: dict[str, Member] = {}
    is_opened = False
    for some, opened in sorted(groups, key=lambda each: -len(ordered & each[0].keys())):
        if ordered & some.keys() - found.keys():
            found = {**some, **found}
            is_opened |= opened
    return Members(found, is_opened)


def _tagged(type_: ir.Type, name: str, types: Types, tag: str) -> Iterator[Member]:
    """The objects of a type with a tag, those of unions among them."""
    while isinstance(type_, ir.Ref):
        name, type_ = type_.name, types.definitions[type_.name].type
    match type_:
        case ir.Union(several):
            for each in several:
                yield from _tagged(each, name, types, tag)
        case ir.Object(properties):
            literal = next((each.type for each in properties if each.key == tag), None)
            if isinstance(literal, ir.Literal):
                yield from (Member(name, type_, v) for v in literal.values if isinstance(v, str))


Role: TypeAlias = tuple[Literal["key", "alias", "same", "fixed", "when"], str]
"""What a property is to the rules: a key of a key space, an alias of a block, and so on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Which events are made: with up to ``keys`` keys; or, for a proof, with one key of one ``space`` and with :data:`OTHER`.

    ``varied`` are blocks and properties whose values are varied, since their rules are not the same.
    """

    keys: int
    varied: frozenset[str]
    proving: bool = False
    space: str | None = None


class Chunks:
    """Makes the events that both versions know, of types of the producer."""

    def __init__(
        self, relation: Relation, made: Members, known: Members, machines: tuple[Machine, Machine]
    ) -> None:
        self._relation, self._machines = relation, machines
        self._tag = machines[0].order.tag
        self.members: dict[str, Member] = {}
        seen: set[tuple[ir.Event | None, ...]] = set()
        for name, member in sorted(made.by_tag.items()):
            rules = tuple(machine.by_tag.get(name) for machine in machines)
            # A new event is reported with its type; a reader of an open union keeps it.
            if (name in known.by_tag or known.open) and rules not in seen:
                self.members[name] = member
                seen |= set() if any(rules) else {rules}

    def made(self, asked: Asked) -> list[dict[str, Any]]:
        """Every event that tells something apart."""
        return [chunk for tag in self.members for chunk in islice(self._of(tag, asked), _MOST)]

    def keys(self, space: str | None) -> Sequence[Any]:
        """Values by which blocks of a key space can be named."""
        return self._pools.get(("key", space or ""), ())

    def remembered(self, block: str) -> tuple[Any, tuple[tuple[str, Any], ...]]:
        """The alias of a block from before the stream, and its properties that stay the same, as the first events have them."""
        alias: Any = None
        same: dict[str, Any] = {}
        asked = Asked(1, frozenset())
        for tag in self.members:
            for name, roles in self._roles(tag).items():
                known = [role for role, _ in roles]
                value = self._domain(tag, name, roles, asked)[0]
                if ("alias", block) in known:
                    alias = next(iter(self._pools.get(("alias", block), ())), None)
                if ("same", f"{block} {name}") in known and value not in (None, _LEFT_OUT):
                    same[name] = value
        return alias, tuple(same.items())

    def are_whole(self, asked: Asked) -> bool:
        """Whether no event was left out."""
        return all(
            len(list(islice(self._of(tag, asked), _MOST + 1))) <= _MOST for tag in self.members
        )

    def _of(self, tag: str, asked: Asked) -> Iterator[dict[str, Any]]:
        roles = self._roles(tag)
        domains = [self._domain(tag, name, roles[name], asked) for name in roles]
        for values in product(*domains):
            given = zip(roles, values, strict=True)
            yield {
                **self._base[tag],
                **{name: value for name, value in given if value is not _LEFT_OUT},
            }

    @cached_property
    def _base(self) -> Mapping[str, dict[str, Any]]:
        """The smallest event of each tag, without the properties that a rule reads."""
        found = {}
        for tag, member in self.members.items():
            smallest = self._relation.smallest(member.type)
            kept = smallest if isinstance(smallest, dict) else {}
            read = self._roles(tag)
            found[tag] = {key: kept[key] for key in kept if key not in read} | {self._tag: tag}
        return found

    # --- Values -------------------------------------------------------------------------------------------------------

    def _domain(
        self, tag: str, name: str, roles: Sequence[tuple[Role, ir.Move | None]], asked: Asked
    ) -> list[Any]:
        """Values of a property, each once, among them that it is left out."""
        property_ = self._property(tag, name)
        if property_ is None:
            return [_LEFT_OUT]
        found: list[Any] = []
        for role, move in roles:
            pool = self._pools[role]
            match role[0]:
                case "key":
                    own = pool[:1] if role[1] == asked.space else []
                    found += [*own, OTHER] if asked.proving else pool[: asked.keys]
                case "alias":
                    found += pool[: 2 if role[1] in asked.varied else 1]
                    found += [OTHER] if asked.proving else pool[1 : asked.keys]
                case "when" if move is not None:
                    wanted = [value for each, value in move.when if each == name]
                    found += [*wanted, *(value for value in pool if value not in wanted)][
                        : len(wanted) + 1
                    ]
                case _:
                    found += pool[: 2 if role[1] in asked.varied else 1]
        optional = not property_.required or self._fits(property_.type, None)
        is_key = any(role[0] == "key" for role, _ in roles)
        if optional and not is_key:
            found.insert(0, None if property_.required else _LEFT_OUT)
        plain = {role[0] for role, _ in roles} <= {"same", "fixed"}
        if plain and not any(role[1] in asked.varied for role, _ in roles):
            found = found[:1]
        known = {value if value is _LEFT_OUT else text_of(value): value for value in found[::-1]}
        return [*known.values()][::-1] or [_LEFT_OUT]

    @cached_property
    def _pools(self) -> Mapping[Role, Sequence[Any]]:
        """Values that all properties have which are one thing to the rules."""
        types: dict[Role, list[ir.Type]] = {}
        for tag in self.members:
            for name, roles in self._roles(tag).items():
                property_ = self._property(tag, name)
                if property_ is not None:
                    for role, _ in roles:
                        types.setdefault(role, []).append(property_.type)
        return {role: self._common(several) for role, several in types.items()}

    def _common(self, types: Sequence[ir.Type]) -> list[Any]:
        """Of those that count as absent one is enough, and the last."""
        first = types[0]
        for count in (_KEYS + 2, _KEYS + 1, _KEYS, 1):
            values = self._relation.distinct(first, count) or []
            fit = [each for each in values if all(self._fits(type_, each) for type_ in types)]
            kept = [each for each in fit if each] + [each for each in fit if not each][:1]
            if len(kept) >= min(count - 1, _KEYS) and kept:
                return kept
        return []

    def _fits(self, type_: ir.Type, value: Any) -> bool:
        return matches(type_, value, self._relation.produced)

    def _property(self, tag: str, name: str) -> ir.Property | None:
        properties = self.members[tag].type.properties
        return next((each for each in properties if each.key == name), None)

    def _roles(self, tag: str) -> Mapping[str, Sequence[tuple[Role, ir.Move | None]]]:
        """What the properties are to the rules of both versions."""
        found: dict[str, dict[tuple[Role, ir.Move | None], None]] = {}

        def note(name: str, role: Role, move: ir.Move | None = None) -> None:
            found.setdefault(name, {})[role, move] = None

        for machine in self._machines:
            rules = machine.by_tag.get(tag)
            for name in () if rules is None else rules.fixed:
                note(name, ("fixed", name))
            for move in () if rules is None else rules.moves:
                if move.key is not None:
                    note(move.key, ("key", machine.space(move.block)))
                if move.alias is not None:
                    note(move.alias, ("alias", move.block))
                for name in move.same:
                    note(name, ("same", f"{move.block} {name}"))
                for name, _ in move.when:
                    note(name, ("when", f"{tag} {name}"), move)
        return {name: list(roles) for name, roles in found.items()}
