"""Compares objects and dictionaries: their keys, and the values under them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from samewire import ir
from samewire.compat.comparing import Comparing
from samewire.compat.mismatch import Kind, Mismatch, inside
from samewire.compat.words import expected_is, named
from samewire.values import strings

OTHER_KEY: Final = "anotherKey"
_MOST_KEYS: Final = 2_000

Around = Callable[[ir.Json], ir.Json]


def compare(
    relation: Comparing, produced: ir.Object | ir.Record, accepted: ir.Object | ir.Record
) -> list[Mismatch]:
    match produced, accepted:
        case ir.Record(), ir.Record():
            return list(_records(relation, produced, accepted))
        case ir.Record(_, value), ir.Object():
            return list(_objects(relation, ir.Object((), ir.Keep(value)), accepted, produced))
        case ir.Object(), ir.Record():
            return list(_as_record(relation, produced, accepted))
        case ir.Object(), ir.Object():
            return list(_objects(relation, produced, accepted, produced))
    return []


def _objects(
    relation: Comparing, produced: ir.Object, accepted: ir.Object, whole: ir.Type
) -> Iterator[Mismatch]:
    """``whole`` is what is produced: the object, or the dictionary that it stands for."""
    base = _base(relation, produced, accepted, whole)
    own = {each.key: each for each in produced.properties}
    read = names(accepted)
    renames = renamed(produced, accepted)
    taken: set[str] = set()
    for theirs in accepted.properties:
        key = next((name for name in (theirs.key, *read.get(theirs.key, ())) if name in own), None)
        if key is None:
            if theirs.required:
                known = renames.get(theirs.key)
                detail = f"perhaps renamed, it comes as {known}" if known else ""
                yield Mismatch(Kind.KEY_MISSING, base, detail, path=(theirs.key,))
            continue
        taken.add(key)
        yield from _property(relation, own[key], theirs, base)
    for mine in produced.properties:
        if mine.key not in taken and relation.produced.possible(mine.type):
            yield from _undeclared(relation, mine, accepted.extra, base)
    yield from _extra(relation, produced.extra, accepted.extra, base)


def _smallest(relation: Comparing, type_: ir.Type) -> dict[str, ir.Json]:
    """A small value of an object or a dictionary, which may be added to."""
    value = relation.smallest(type_)
    return dict(value) if isinstance(value, dict) else {}


def _base(
    relation: Comparing, produced: ir.Object, accepted: ir.Object, whole: ir.Type
) -> dict[str, ir.Json]:
    """A small value of the producer, whose parts the acceptor takes where it takes any: so a mismatch shows by itself."""
    base = _smallest(relation, whole)
    theirs = {each.key: each.type for each in accepted.properties}
    for mine in produced.properties:
        if mine.key in base and mine.key in theirs:
            base[mine.key] = relation.taken(mine.type, theirs[mine.key], base[mine.key])
    return base


def names(accepted: ir.Object) -> dict[str, list[str]]:
    """The other keys under which a property is read, by its own."""
    read: dict[str, list[str]] = {}
    for each in accepted.names:
        if len(each.path) == 1 and isinstance(each.path[0], str):
            read[each.path[0]] = [
                path[0] for path in each.read if len(path) == 1 and isinstance(path[0], str)
            ]
    return read


def renamed(produced: ir.Object, accepted: ir.Object) -> dict[str, str]:
    """Keys that only one side has, the accepted one with the produced one, where no other of these has the same type."""
    known = {each.key for each in accepted.properties}
    known |= {name for read in names(accepted).values() for name in read}
    own = {each.key for each in produced.properties}
    mine: dict[ir.Type, list[str]] = {}
    theirs: dict[ir.Type, list[str]] = {}
    for each in produced.properties:
        if each.key not in known:
            mine.setdefault(each.type, []).append(each.key)
    for each in accepted.properties:
        if each.key not in own and not own & {*names(accepted).get(each.key, ())}:
            theirs.setdefault(each.type, []).append(each.key)
    pairs = ((keys, mine.get(type_, [])) for type_, keys in theirs.items())
    return {keys[0]: others[0] for keys, others in pairs if len(keys) == len(others) == 1}


def _with(base: dict[str, ir.Json], key: str) -> Around:
    return lambda value: {**base, key: value}


def _property(
    relation: Comparing, mine: ir.Property, theirs: ir.Property, base: dict[str, ir.Json]
) -> Iterator[Mismatch]:
    if theirs.required and not mine.required:
        without = {key: value for key, value in base.items() if key != mine.key}
        yield Mismatch(Kind.KEY_OPTIONAL, without, path=(mine.key,))
    if relation.produced.possible(mine.type):
        yield from inside(relation.of(mine.type, theirs.type), mine.key, _with(base, mine.key))


def _undeclared(
    relation: Comparing, mine: ir.Property, extra: ir.Extra, base: dict[str, ir.Json]
) -> Iterator[Mismatch]:
    match extra:
        case ir.Strip.STRIP:
            return
        case ir.Reject.REJECT:
            value = base[mine.key] if mine.key in base else relation.smallest(mine.type)
            yield Mismatch(Kind.KEY_ADDED, {**base, mine.key: value}, path=(mine.key,))
        case ir.Keep(value):
            yield from inside(relation.of(mine.type, value), mine.key, _with(base, mine.key))


def _extra(
    relation: Comparing, mine: ir.Extra, theirs: ir.Extra, base: dict[str, ir.Json]
) -> Iterator[Mismatch]:
    if not isinstance(mine, ir.Keep) or not relation.produced.possible(mine.value):
        return
    match theirs:
        case ir.Strip.STRIP:
            return
        case ir.Reject.REJECT:
            value = {**base, OTHER_KEY: relation.smallest(mine.value)}
            yield Mismatch(Kind.EXTRA, value)
        case ir.Keep(value_type):
            yield from inside(relation.of(mine.value, value_type), "[key]", _with(base, OTHER_KEY))


# --- Dictionaries -----------------------------------------------------------------------------------------------------


def _records(relation: Comparing, produced: ir.Record, accepted: ir.Record) -> Iterator[Mismatch]:
    low, high = produced.min_properties or 0, produced.max_properties
    yield from _counts(relation, produced, (low, high), accepted)
    if high == 0 or not relation.produced.possible(produced.key):
        return
    base = _smallest(relation, produced)
    room = 0 if high is None else max(0, len(base) + 1 - high)
    rest = dict(list(base.items())[room:])
    value = (
        relation.smallest(produced.value) if relation.produced.possible(produced.value) else None
    )
    for found in relation.of(produced.key, accepted.key):
        if isinstance(found.value, str):
            detail = expected_is(_key(relation.accepted.resolve(accepted.key)))
            yield Mismatch(Kind.KEYS, {**rest, found.value: value}, detail)
        else:
            yield found
    key = relation.smallest(produced.key)
    if isinstance(key, str):
        others = {name: value for name, value in base.items() if name != key}
        room = 0 if high is None else max(0, len(others) + 1 - high)
        kept = dict(list(others.items())[room:])
        yield from inside(relation.of(produced.value, accepted.value), "[key]", _with(kept, key))


def _key(type_: ir.Type) -> str:
    return strings.described(type_) if isinstance(type_, ir.String) else named(type_)


def _counts(
    relation: Comparing, produced: ir.Type, counts: tuple[int, int | None], accepted: ir.Record
) -> Iterator[Mismatch]:
    low, high = counts
    least, most = accepted.min_properties or 0, accepted.max_properties
    detail = expected_is(strings.counted(least, most, "key"))
    if low < least:
        yield Mismatch(Kind.ITEMS, relation.smallest(produced), detail)
    if most is not None and (high is None or high > most):
        value = _with_key_count(relation, produced, most + 1)
        yield (
            Mismatch(Kind.ITEMS, value, detail)
            if value is not None
            else Mismatch(Kind.UNPROVEN, None, detail)
        )


def _with_key_count(relation: Comparing, produced: ir.Type, size: int) -> ir.Json:
    """A value with at least so many keys, if one can be made."""
    match produced:
        case ir.Record(key, value_type) if size < _MOST_KEYS:
            keys = relation.distinct(key, size)
            return keys and {str(each): relation.smallest(value_type) for each in keys}
        case _:
            edges = relation.edges(produced)
            return next((v for v in edges if isinstance(v, dict) and len(v) >= size), None)


def _as_record(relation: Comparing, produced: ir.Object, accepted: ir.Record) -> Iterator[Mismatch]:
    base = _smallest(relation, produced)
    required = sum(each.required for each in produced.properties)
    kept = isinstance(produced.extra, ir.Keep)
    counts = (required, None if kept else len(produced.properties))
    yield from _counts(relation, produced, counts, accepted)
    for mine in produced.properties:
        if not relation.takes(accepted.key, mine.key):
            value = {**base, mine.key: base.get(mine.key, relation.smallest(mine.type))}
            yield Mismatch(Kind.KEYS, value, path=(mine.key,))
        yield from inside(relation.of(mine.type, accepted.value), mine.key, _with(base, mine.key))
    if isinstance(produced.extra, ir.Keep):
        yield from inside(
            relation.of(produced.extra.value, accepted.value), "[key]", _with(base, OTHER_KEY)
        )


# --- Not a mismatch, and not nothing ----------------------------------------------------------------------------------


def notes(relation: Comparing, produced: ir.Type, accepted: ir.Type) -> Iterator[Mismatch]:
    """Keys that are dropped without a word, and declared keys that may arrive undeclared and as something else."""
    mine, theirs = relation.produced.resolve(produced), relation.accepted.resolve(accepted)
    if not isinstance(mine, ir.Object) or not isinstance(theirs, ir.Object):
        return
    base = _smallest(relation, mine) if relation.produced.possible(mine) else {}
    declared = {each.key for each in theirs.properties}
    declared |= {name for read in names(theirs).values() for name in read}
    own = {each.key: each.type for each in mine.properties}
    required = {each.key for each in theirs.properties if each.required}
    called = {key: other for other, key in renamed(mine, theirs).items()}
    if theirs.extra is ir.STRIP:
        for each in mine.properties:
            if each.key in declared or not relation.produced.possible(each.type):
                continue
            if (
                other := called.get(each.key)
            ) not in required:  # else that one is missing, which says so
                value = {**base, each.key: relation.smallest(each.type)}
                detail = f"perhaps renamed, it is read as {other}" if other else ""
                yield Mismatch(Kind.KEY_IGNORED, value, detail, path=(each.key,))
    for key, read in names(mine).items():
        rest = {name: value for name, value in base.items() if name != key}
        for name in read if key in declared else ():
            if name not in declared and key in own:
                value = {**rest, name: relation.smallest(own[key])}
                yield Mismatch(Kind.NAME, value, f"it was read as {name} too", path=(key,))
    if isinstance(mine.extra, ir.Keep):
        for each in theirs.properties:
            found = relation.of(mine.extra.value, each.type) if each.key not in own else []
            if found and not each.required:
                value = {**base, each.key: found[0].value}
                yield Mismatch(Kind.KEY_POSSIBLE, value, path=(each.key,))
