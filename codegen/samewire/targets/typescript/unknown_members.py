"""
``unknown-members.ts``: where a type has open types in it, as tables that the runtime library's ``unknown-members.ts`` walks along.

A table names the keys and items that lead to open types, and nothing else. Where several members of a union could have a value,
and no key tells them apart, their guards do, in the order in which validators try them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from samewire import ir
from samewire.graph import reachable, reversed_edges
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Constant,
    Entry,
    Expression,
    Name,
    ObjectLiteral,
    scalar,
    text,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.layout_expressions import layout_declaration
from samewire.targets.typescript.names import guard_names, private_names, reporter_names
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.syntax import (
    Code,
    InexpressibleError,
    at,
    identifier,
    property_key,
)
from samewire.targets.typescript.unions import (
    flat_members,
    is_open_union,
    kinds_of,
    may_meet,
    tag_values,
)
from samewire.targets.typescript.views import ReporterView, UnknownMembersView
from samewire.walk import inside, is_unlisted, references

_FIND: Final = "unknownMembers"
_TYPES: Final = ("OpenPlaces", "UnknownMember")
_NONE: Final = ArrayLiteral(())


def unknown_members_view(output: Output, *, guards: bool) -> UnknownMembersView | None:
    """
    ``guards``: whether the contract has guards, which its tables may ask. ``None`` where no type that is emitted leads to an open
    one: there is nothing to find then, and no file.
    """
    open_ones = _open(output.definitions)
    roots = [name for name in output.contract.emits if name in open_ones]
    if not roots:
        return None
    reporters = reporter_names(output.names)
    own = guard_names(output.names)
    taken = {*output.runtime.homes, *reporters.values(), *own.values()}
    tables = private_names(output.names, taken)
    places = _Places(output.definitions, open_ones, tables, own if guards else None)
    made: dict[str, Code] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in made:
            definition = output.definitions[name]
            table = output.attempt(definition, places.of, definition.type)
            made[name] = _table(tables[name], table or _NONE)
            waiting += places.named.difference(made)
    asked = sorted(places.asked)
    return UnknownMembersView(
        header=output.header,
        imports=(
            *((output.import_names("import", asked, "guards"),) if asked else ()),
            *output.runtime_imports((*_TYPES, _FIND)),
        ),
        exports=output.runtime_imports(("UnknownMember",), "export"),
        find=identifier(_FIND),
        tables=tuple(table for _, table in sorted(made.items())),
        reporters=tuple(
            ReporterView(
                identifier(reporters[name]),
                identifier(output.names[name]),
                identifier(tables[name]),
            )
            for name in roots
        ),
    )


def _open(definitions: Mapping[str, ir.Definition]) -> frozenset[str]:
    """The definitions that lead to open types."""
    edges = {name: references(each.type) for name, each in definitions.items()}
    own = (name for name, each in definitions.items() if any(map(is_unlisted, inside(each.type))))
    return frozenset(reachable(own, reversed_edges(edges)))


def _table(name: str, places: Expression) -> Code:
    return Code(print_doc(layout_declaration(f"const {identifier(name)}: OpenPlaces", places)))


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of a union; ``name`` is that of its definition, if it has one."""

    name: str | None
    type: ir.Type
    places: Expression | None


class _Places:
    """
    The tables of types. ``guards`` are the names of guards, by their definitions; ``asked`` those that a table asks, and ``named``
    the definitions whose tables it names.
    """

    def __init__(
        self,
        definitions: Mapping[str, ir.Definition],
        open_ones: frozenset[str],
        tables: Mapping[str, str],
        guards: Mapping[str, str] | None,
    ) -> None:
        self._definitions = definitions
        self._open = open_ones
        self._tables = tables
        self._guards = guards
        self.asked: set[str] = set()
        self.named: set[str] = set()

    def of(self, type_: ir.Type) -> Expression | None:
        """Where there are open types in a type; ``None`` if there are none."""
        match type_:
            case ir.Ref(name):
                if name not in self._open:
                    return None
                self.named.add(name)
                return Constant(Code(f"() => {identifier(self._tables[name])}"))
            case ir.Nullable(inner) | ir.Checked(inner):
                return self.of(inner)
            case ir.Array(items=inner):
                return _place(items=self.of(inner))
            case ir.Tuple(prefix, rest):
                return self._tuple(prefix, rest)
            case ir.Record(key, value):
                return _place(names=self._names(key), rest=self.of(value))
            case ir.Object(properties, extra):
                more = self.of(extra.value) if isinstance(extra, ir.Keep) else None
                return _place(keys=self._keys(properties, more), rest=more)
            case ir.Union():
                return self._union(type_)
            case _:
                return None

    def _keys(
        self, properties: Sequence[ir.Property], rest: Expression | None
    ) -> Expression | None:
        """A key without open types is named where those that are not declared may have some."""
        entries = []
        for each in properties:
            with at(each.key):
                places = self.of(each.type)
            if places is not None or rest is not None:
                entries.append(Entry(property_key(each.key), places or _NONE))
        return ObjectLiteral(tuple(entries)) if entries else None

    def _tuple(self, prefix: Sequence[ir.Type], rest: ir.Type | None) -> Expression | None:
        first = [self.of(each) for each in prefix]
        others = None if rest is None else self.of(rest)
        listed = [each or _NONE for each in first] if any(first) or others is not None else []
        return _place(prefix=ArrayLiteral(tuple(listed)) if listed else None, items=others)

    def _names(self, key: ir.Type) -> Expression | None:
        """The keys that are listed of a dictionary whose keys are of an open enumeration."""
        members = flat_members((key,), self._definitions)
        if not any(map(is_unlisted, members)):
            return None
        return _scalars(value for each in members for value in _values(each))

    # --- Unions ---------------------------------------------------------------------------------------------------------

    def _union(self, union: ir.Union) -> Expression | None:
        match union.members:
            case (listed, ir.UnlistedObject() as unlisted) if is_open_union(union):
                return _open_tag(unlisted, others=self.of(listed))
        members = list(self._members(union, ()))
        return _all(
            [
                *self._enumerations(members),
                self._told_apart("array", members),
                self._told_apart("object", members),
            ]
        )

    def _members(self, type_: ir.Type, seen: tuple[str, ...]) -> Iterator[_Member]:
        """The members of a union, those of the unions in it that are not open among them."""
        name = None
        while isinstance(type_, ir.Ref) and type_.name not in seen:
            name, seen = type_.name, (*seen, type_.name)
            type_ = self._definitions[name].type
        match type_:
            case ir.Nullable(inner):
                yield from self._members(inner, seen)
            case ir.Union(members) if not is_open_union(type_):
                for each in members:
                    yield from self._members(each, seen)
            case _:
                ref = type_ if name is None else ir.Ref(name)
                yield _Member(name, type_, None if isinstance(type_, ir.Ref) else self.of(ref))

    def _enumerations(self, members: Sequence[_Member]) -> Iterator[Expression | None]:
        """Where there are values of open enumerations, by what they are in JSON."""
        unlisted = [each.type for each in members if isinstance(each.type, ir.Unlisted)]
        for kind in dict.fromkeys(kind for each in unlisted for kind in kinds_of(each)):
            some = [each for each in members if self._is(kind, each) and not is_unlisted(each.type)]
            others = [each for each in some if not _values(each.type)]
            values = (value for each in some for value in _values(each.type))
            listed = _scalars(value for value in values if ir.kind_of(value) == kind)
            yield self._first([*others, _Member(None, unlisted[0], _place(listed=listed))])

    def _told_apart(self, kind: str, members: Sequence[_Member]) -> Expression | None:
        """Where there are open types in the arrays, or the objects, of a union."""
        some = [each for each in members if self._is(kind, each) and not is_unlisted(each.type)]
        types = [each.type for each in members] if kind == "object" else []
        others = [each for each in types if isinstance(each, ir.UnlistedObject)]
        unlisted = [*{(each.tag, frozenset(each.known)): each for each in others}.values()]
        if not unlisted and not any(each.places for each in some):
            return None
        if kind == "array" and (items := self._items(some)) is not None:
            return items
        if kind == "object" and (cases := self._cases(some, unlisted)) is not None:
            return cases
        rest = [_Member(None, ir.Never(), _all([*map(_open_tag, unlisted)]))] if unlisted else []
        return self._first([*some, *rest])

    def _is(self, kind: str, member: _Member) -> bool:
        return any(
            kind in kinds_of(each) for each in flat_members((member.type,), self._definitions)
        )

    def _items(self, members: Sequence[_Member]) -> Expression | None:
        """Of several arrays whose items are told apart, what is in the items."""
        types = [each.type.items for each in members if isinstance(each.type, ir.Array)]
        apart = not any(self._meet(*pair) for pair in combinations(types, 2))
        if len(types) < max(2, len(members)) or not apart:
            return None
        return _place(items=self._union(ir.Union(tuple(types))))

    def _cases(
        self, members: Sequence[_Member], unlisted: Sequence[ir.UnlistedObject]
    ) -> Expression | None:
        """Of objects that a key tells apart, what is in each."""
        if any(self._meet(one.type, other.type) for one, other in combinations(members, 2)):
            return None
        for tag in _tags(members[0].type, unlisted):
            values = [_tag_scalars(each.type, tag, self._definitions) for each in members]
            if not all(values) or _repeated(values):
                continue
            cases = [
                ArrayLiteral((_scalars(each), member.places))
                for each, member in zip(values, members, strict=True)
                if member.places is not None
            ]
            listed = ArrayLiteral(tuple(cases)) if cases else None
            known = _scalars(unlisted[0].known) if unlisted else None
            return _place(tag=text(tag), known=known, cases=listed)
        return None

    def _meet(self, first: ir.Type, second: ir.Type) -> bool:
        one, other = (flat_members((each,), self._definitions) for each in (first, second))
        return any(may_meet(a, b, self._definitions) for a in one for b in other)

    def _first(self, members: Sequence[_Member]) -> Expression | None:
        """What is in the first member that a value is of: the last one needs no guard."""
        count = max(
            (at for at, each in enumerate(members, 1) if each.places is not None), default=0
        )
        others = members[-1].places
        asked = members[:count] if others is None else members[:-1]
        first = tuple(
            ArrayLiteral((Name(self._guard(each)), each.places or _NONE)) for each in asked
        )
        return _place(first=ArrayLiteral(first), others=others) if first else others

    def _guard(self, member: _Member) -> Code:
        if member.name is None:
            message = "a union has members that no key tells apart and that have no names, so unknown ones can't be reported"
            hint = "name the member (a model, or type Name = ...), or tell the members apart by a discriminator"
            raise InexpressibleError("open-report", message, hint)
        if self._guards is None:
            message = f"no key tells {member.name} from other members of a union, so unknown ones can be reported with guards alone"
            hint = 'add "guards" to the targets of the contract, or tell the members apart by a discriminator'
            raise InexpressibleError("open-report", message, hint)
        guard = self._guards[member.name]
        self.asked.add(guard)
        return identifier(guard)


def _open_tag(unlisted: ir.UnlistedObject, others: Expression | None = None) -> Expression | None:
    return _place(tag=text(unlisted.tag), known=_scalars(unlisted.known), others=others)


def _tags(type_: ir.Type, unlisted: Sequence[ir.UnlistedObject]) -> list[str]:
    """The keys that may tell an object from others."""
    if unlisted:
        return [unlisted[0].tag] if len(unlisted) == 1 else []
    object_ = type_.type if isinstance(type_, ir.Checked) else type_
    properties = object_.properties if isinstance(object_, ir.Object) else ()
    return [each.key for each in properties if each.required]


def _tag_scalars(
    type_: ir.Type, tag: str, definitions: Mapping[str, ir.Definition]
) -> list[ir.Scalar]:
    """The values of a key by which objects are known; none if one may have others."""
    values = list(tag_values(type_, tag, definitions))
    return [each for some in values for each in some] if all(values) else []


def _repeated(values: Sequence[Sequence[ir.Scalar]]) -> bool:
    every = [(ir.kind_of(each), each) for some in values for each in some]
    return len(every) != len(set(every))


def _values(type_: ir.Type) -> tuple[ir.Scalar, ...]:
    match type_:
        case ir.Literal(values):
            return values
        case ir.EnumType(members):
            return tuple(each.value for each in members)
        case _:
            return ()


def _scalars(values: Iterable[ir.Scalar]) -> ArrayLiteral:
    return ArrayLiteral(tuple(dict.fromkeys(map(scalar, values))))


def _place(**parts: Expression | None) -> Expression | None:
    """A place by its parts; ``None`` if it has none but a tag."""
    given = {key: each for key, each in parts.items() if each is not None}
    entries = tuple(Entry(Code(key), each) for key, each in given.items())
    return ObjectLiteral(entries) if given.keys() - {"tag"} else None


def _all(places: Sequence[Expression | None]) -> Expression | None:
    """Several places of the same value."""
    some = [each for each in places if each is not None]
    return some[0] if len(some) == 1 else ArrayLiteral(tuple(some)) if some else None
