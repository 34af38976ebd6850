"""Values that are read under several names (:class:`samewire.ir.Names`), and how validators bring them under one."""

from __future__ import annotations

from typing import Any

from samewire import ir

Json = dict[str, ir.Json]
_ABSENT = object()


def named(type_: ir.Object, value: Json) -> tuple[Json, list[str]]:
    """An object with each value under the name that its type describes, and those keys of it that nobody reads."""
    places = [next((each for each in one.read if _has(value, each)), None) for one in type_.names]
    declared = {each.key for each in type_.properties}
    read = {str(place[0]) for place in places if place is not None}
    own = {str(one.path[0]) for one in type_.names}
    result = {
        key: each
        for key, each in value.items()
        if (key in declared and (key in read or key not in own))
        or (key not in declared and key not in read)
    }
    for one, place in zip(type_.names, places, strict=True):
        if place is not None:
            result = _set(result, one.path, _get(value, place))
    return result, [key for key in value if key in declared & own - read]


def under(value: Json, names: ir.Names, name: ir.Path) -> Json | None:
    """An object in which a value of ``names`` stands under another one of them; ``None`` if it can't be put there."""
    if not _has(value, names.path) or any(isinstance(each, int) and each < -1 for each in name):
        return None
    inner = _get(value, names.path)
    rest = {key: each for key, each in value.items() if key != names.path[0]}
    if name[0] in rest:
        return None
    moved: Json = _set(rest, tuple(0 if each == -1 else each for each in name), inner)
    return moved


def _has(value: ir.Json, path: ir.Path) -> bool:
    return _get(value, path) is not _ABSENT


def _get(value: Any, path: ir.Path) -> Any:
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if -len(value) <= step < len(value):
                value = value[step]
            case _:
                return _ABSENT
    return value


def _set(value: Any, path: ir.Path, inner: ir.Json) -> Any:
    if not path:
        return inner
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(value) if isinstance(value, list) else []
        items += [None] * (step + 1 - len(items))
        items[step] = _set(items[step], rest, inner)
        return items
    known = value if isinstance(value, dict) else {}
    return {**known, step: _set(known.get(step), rest, inner)}
