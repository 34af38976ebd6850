"""``dump`` and ``emits``: how the backend serializes, for a contract and for single roots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from samewire.config.model import EmittedAs
from samewire.config.table import (
    Check,
    Table,
    bad,
    boolean,
    list_of,
    not_an_array,
    one_of,
    string,
    wrong,
)
from samewire.dump import EACH, FASTAPI, PYDANTIC, DumpOptions, Path

PRESETS: Final[Mapping[str, DumpOptions]] = {"fastapi": FASTAPI, "pydantic": PYDANTIC}
PATH = re.compile(r"(?:[^\W\d]\w*|\*)(?:\.(?:[^\W\d]\w*|\*))*")
SUFFIX = re.compile(r"[A-Za-z0-9_$]{1,64}")
FLAGS: Final = ("exclude-none", "exclude-defaults", "exclude-unset", "exclude-computed-fields")

# What the arguments are called in FastAPI's decorators and in Pydantic.
ELSEWHERE: Final[Mapping[str, str]] = {
    **{f"response_model_{key.replace('-', '_')}": f"write {key}" for key in FLAGS},
    **{f"response_model_{key}": f"write {key}" for key in ("include", "exclude")},
    "response_model_by_alias": "write by-alias",
    "serialize_by_alias": 'a model\'s own serialize_by_alias decides with by-alias = "config"',
    "serialize-as-any": "its output can't be known: name the classes that a field holds in a union",
}
PART = ("include", "exclude")
CONFIG: Check[str] = one_of("config")
BY_ALIAS: Final[bool | None] = True
EVERYTHING: Final[frozenset[Path] | None] = None
NOTHING: Final[frozenset[Path]] = frozenset()
Roots: TypeAlias = tuple[tuple[str, ...], tuple[EmittedAs, ...]]
NO_ROOTS: Final[Roots] = ((), ())
NO_SUFFIX: Final[str | None] = None


def dump(value: object, keys: Table, *, part: bool = False) -> DumpOptions:
    """
    A table of the arguments of ``model_dump_json``, or the name of what calls it with which arguments.

    ``part``: whether fields may be picked, which only makes sense for one root.
    """
    if isinstance(value, str) and value in PRESETS:
        return PRESETS[value]
    if not isinstance(value, dict):
        names = ", ".join(f'"{name}"' for name in PRESETS)
        raise wrong(f"{names} or a table of dump options", value)
    nested = Table(value, (*keys.path, "dump"), keys.problems)
    flags = {key: nested.take(key, boolean, False) for key in FLAGS}
    read = DumpOptions(
        by_alias=nested.take("by-alias", _by_alias, BY_ALIAS),
        exclude_none=flags["exclude-none"],
        exclude_defaults=flags["exclude-defaults"],
        exclude_unset=flags["exclude-unset"],
        exclude_computed_fields=flags["exclude-computed-fields"],
        round_trip=nested.take("round-trip", boolean, False),
        include=nested.take("include", _paths, EVERYTHING) if part else None,
        exclude=nested.take("exclude", _some_paths, NOTHING) if part else NOTHING,
    )
    one_root = 'it picks fields of one root: emits = [{ type = "...", dump = { ... } }]'
    nested.close({**ELSEWHERE, **({} if part else dict.fromkeys(PART, one_root))})
    return read


def emits(value: object, keys: Table, spec: Check[str]) -> Roots:
    """Roots that are dumped as the contract says, and those with dump options of their own."""
    if not isinstance(value, list):
        raise not_an_array(value)
    plain = [item for item in value if not isinstance(item, dict)]
    # The place of a mistake is that in the whole array.
    list_of(lambda item: item if isinstance(item, dict) else spec(item))(value)
    own = [
        _emitted_as(item, (*keys.path, "emits", index), keys, spec)
        for index, item in enumerate(value)
        if isinstance(item, dict)
    ]
    found = tuple(one for one in own if one is not None)
    _tell_apart(found, keys)
    return tuple(map(string, plain)), found


def _emitted_as(
    item: dict[str, object], path: tuple[str | int, ...], keys: Table, spec: Check[str]
) -> EmittedAs | None:
    table = Table(item, path, keys.problems)
    read = EmittedAs(
        table.take("type", spec, ""),
        table.take("dump", lambda value: dump(value, table, part=True), FASTAPI),
        table.take("suffix", _suffix, NO_SUFFIX),
        keys.problems.at(path),
    )
    table.close({})
    if "type" not in table:
        hint = 'name it: { type = "app.models:Message", dump = { exclude-none = true } }'
        keys.problems.add("config-value", path, "a root without its type", hint)
        return None
    if "dump" not in table:
        hint = f'write "{read.spec}" alone, or add dump = {{ ... }}'
        keys.problems.add("config-value", path, "a root in a table needs dump options", hint)
        return None
    return read


def _tell_apart(roots: tuple[EmittedAs, ...], keys: Table) -> None:
    """One suffix for one set of options, so that a type that several roots share has one name."""
    suffixes: dict[DumpOptions, EmittedAs] = {}
    options: dict[str, EmittedAs] = {}
    for root in roots:
        if root.suffix is None:
            continue
        first = suffixes.setdefault(root.dump, root)
        if first.suffix != root.suffix:
            message = f"the same dump options have the suffix {first.suffix!r} already"
            hint = f"write suffix = {first.suffix!r} here too: types that both use have one name"
            keys.problems.add("config-value", (*keys.path, "emits"), message, hint)
        rival = options.setdefault(root.suffix, root)
        if rival.dump != root.dump:
            message = f"{root.spec} and {rival.spec} have the suffix {root.suffix!r} and different dump options"
            hint = "give one of them another suffix"
            keys.problems.add("config-value", (*keys.path, "emits"), message, hint)


def _by_alias(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise wrong('true, false or "config"', value)
    CONFIG(value)
    return None


def _suffix(value: object) -> str | None:
    text = string(value)
    if not SUFFIX.fullmatch(text):
        raise bad(f"expected letters and digits for the end of a type's name, found {text!r}")
    return text


def _some_paths(value: object) -> frozenset[Path]:
    return frozenset(list_of(_path)(value))


def _paths(value: object) -> frozenset[Path] | None:
    return _some_paths(value)


def _path(value: object) -> Path:
    text = string(value)
    if not PATH.fullmatch(text):
        message = f"expected a field, or a path like items.*.name, found {text!r}"
        raise bad(
            message, hint="* stands for every item of a list, and every value of a dictionary"
        )
    return tuple(EACH if step == "*" else step for step in text.split("."))
