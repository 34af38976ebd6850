"""Where in a contract a place in a value belongs: the innermost model around it, and which keys are declared there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from samewire import ir
from samewire.values import is_valid
from samewire.walk import children

Definitions = Mapping[str, ir.Definition]
Path = tuple[str | int, ...]

Link = tuple[str, tuple[str, ...]]  # a definition, and steps in it

ANY = "*"  # in a place: any index of an array, any key of a record


@dataclass(frozen=True, slots=True)
class Place:
    """
    ``chain`` are the definitions on the way, from the outside, each with the steps that lead on from it. ``types`` are what the
    value may be, of all the union members that it may belong to. ``whole``: the path led all the way.
    """

    chain: tuple[Link, ...]
    types: tuple[ir.Type, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _At:
    type: ir.Type
    chain: tuple[Link, ...]

    def into(self, type_: ir.Type, step: str) -> _At:
        (name, steps) = self.chain[-1]
        return _At(type_, (*self.chain[:-1], (name, (*steps, step))))


def place_of(path: Path, value: ir.Json, start: str, definitions: Definitions) -> Place:
    """The place of ``path`` in a value of the definition ``start``. A path that leads nowhere ends where it does so."""
    found = _settled([_At(ir.Ref(start), ())], value, definitions)
    whole = True
    for step in path:
        inner = [each for at in found for each in _step(at, step)]
        if not inner:
            whole = False
            break
        value = _inside(value, step)
        found = _settled(inner, value, definitions)
    return Place(found[0].chain, tuple(at.type for at in found), whole)


def declared(
    path: Path, value: ir.Json, start: str, definitions: Definitions
) -> tuple[frozenset[str], bool]:
    """
    Keys that some object at ``path`` declares, of those that what stands there is one of, and whether each of these drops others.
    """
    found = [
        type_
        for type_ in place_of(path, value, start, definitions).types
        if isinstance(type_, ir.Object)
    ]
    for step in path:
        value = _inside(value, step)
    objects = [each for each in found if is_valid(each, definitions, value)] or found
    keys = frozenset(each.key for type_ in objects for each in type_.properties)
    return keys, bool(objects) and any(type_.extra is ir.STRIP for type_ in objects)


def tags(definitions: Definitions) -> frozenset[str]:
    """The keys by which members of unions tell themselves apart."""

    def found(type_: ir.Type) -> Iterator[str]:
        if isinstance(type_, ir.Union) and type_.tag is not None:
            yield type_.tag
        for child in _children(type_):
            yield from found(child)

    return frozenset(tag for each in definitions.values() for tag in found(each.type))


def users(definitions: Definitions) -> dict[str, frozenset[str]]:
    """The definitions that each one refers to."""

    def refs(type_: ir.Type) -> Iterator[str]:
        if isinstance(type_, ir.Ref):
            yield type_.name
        for child in _children(type_):
            yield from refs(child)

    return {name: frozenset(refs(each.type)) for name, each in definitions.items()}


# --- Walking ----------------------------------------------------------------------------------------------------------


def _settled(found: Iterable[_At], value: ir.Json, definitions: Definitions) -> list[_At]:
    """Without references, unions and null: what can have something inside. Union members that fit the value come first."""
    waiting, settled, seen = list(found), [], set[str]()
    while waiting:
        at = waiting.pop(0)
        match at.type:
            case ir.Ref(name) if name not in seen and name in definitions:
                seen.add(name)
                waiting.insert(0, _At(definitions[name].type, (*at.chain, (name, ()))))
            case ir.Nullable(inner) | ir.Checked(inner):
                waiting.insert(0, _At(inner, at.chain))
            case ir.Union(members):
                ranked = sorted(members, key=lambda each: -_fit(each, value, definitions))
                waiting[:0] = [_At(each, at.chain) for each in ranked]
            case _:
                settled.append(at)
    return settled or list(found)


def _fit(type_: ir.Type, value: ir.Json, definitions: Definitions) -> float:
    """How well a member of a union fits a value from the outside: by its literals and its keys."""
    match type_:
        case ir.Ref(name) if name in definitions and not isinstance(definitions[name].type, ir.Ref):
            return _fit(definitions[name].type, value, definitions)
        case ir.Object(properties) if isinstance(value, dict):
            literals = [
                each
                for each in properties
                if isinstance(each.type, ir.Literal) and each.key in value
            ]
            if any(value[each.key] not in _literal(each.type) for each in literals):
                return 0.1
            known = sum(each.key in value for each in properties)
            missing = sum(each.required and each.key not in value for each in properties)
            return 1 + len(literals) + (known - missing) / (len(properties) + 1)
        case ir.Record() if isinstance(value, dict):
            return 1
        case ir.Array() | ir.Tuple() if isinstance(value, list):
            return 1
        case ir.Union(members):
            return max(_fit(each, value, definitions) for each in members)
        case _:
            return 0


def _literal(type_: ir.Type) -> tuple[ir.Scalar, ...]:
    return type_.values if isinstance(type_, ir.Literal) else ()


def _step(at: _At, step: str | int) -> Iterator[_At]:
    match at.type:
        case ir.Object(properties, extra):
            for each in properties:
                if each.key == step:
                    yield at.into(each.type, each.key)
                    return
            if isinstance(extra, ir.Keep):
                yield at.into(extra.value, ANY)
        case ir.Record(value=inner):
            yield at.into(inner, ANY)
        case ir.Array(items):
            yield at.into(items, ANY)
        case ir.Tuple(prefix, rest):
            index = step if isinstance(step, int) else 0
            if index < len(prefix):
                yield at.into(prefix[index], str(index))
            elif rest is not None:
                yield at.into(rest, ANY)
        case _:
            return


def _inside(value: ir.Json, step: str | int) -> ir.Json:
    match value:
        case dict():
            return value.get(str(step))
        case list() if isinstance(step, int) and 0 <= step < len(value):
            return value[step]
        case _:
            return None


def _children(type_: ir.Type) -> Sequence[ir.Type]:
    """The types directly inside a type; what is checked besides is no place in a value."""
    return (type_.type,) if isinstance(type_, ir.Checked) else children(type_)
