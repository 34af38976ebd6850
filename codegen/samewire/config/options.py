"""The keys that a project sets for all its contracts and a contract may set again, and the form of what they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samewire.config.emits import dump
from samewire.config.model import (
    ExtraKeys,
    Floats,
    Formats,
    Imports,
    Integers,
    Options,
    UnknownKeys,
)
from samewire.config.table import (
    Check,
    Table,
    bad,
    boolean,
    list_of,
    not_an_array,
    one_of,
    string,
    table_of,
    wrong,
)
from samewire.identifiers import is_type_name

IDENTIFIER = r"[^\W\d]\w*"
DOTTED = rf"{IDENTIFIER}(?:\.{IDENTIFIER})*"
SPEC = re.compile(rf"{DOTTED}(?::(?:\*\*?|{DOTTED}))?")
OBJECT = re.compile(rf"{DOTTED}:{DOTTED}")
CONTRACT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?")
IMPORT_SPECIFIER = re.compile(r"[A-Za-z0-9@._/:~^-]+")

# A file of this name, whatever its ending, cannot exist on Windows.
DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)

OLDEST_ZOD = (4, 0)
NONE: Final[tuple[str, ...]] = ()

EXTRA_KEYS: Check[ExtraKeys] = one_of(
    "model",
    "strip",
    "keep",
    "reject",
    known_as={"ignore": "strip", "allow": "keep", "forbid": "reject"},
)
INTEGERS: Check[Integers] = one_of("any", "safe")
FLOATS: Check[Floats] = one_of("nullable", "finite")
IMPORTS: Check[Imports] = one_of(".js", ".ts", "none")
FORMATS: Check[Formats] = one_of("annotate", "assert")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Keys that exist, but in another table: what to say when they stand in the wrong one."""

    project: dict[str, str]
    contract: dict[str, str]


ELSEWHERE: Final = Elsewhere(
    project={
        key: f"{key} belongs to one contract: set it in [tool.samewire.contracts.<name>]"
        for key in ("emits", "accepts", "output", "source", "formats")
    },
    contract={
        key: f"{key} belongs to the whole project: set it in [tool.samewire]"
        for key in ("root", "schema", "pythonpath", "contracts")
    },
)


OF_MODELS: Final = ("exclude", "unknown-keys", "dump", "opaque", "integers", "floats")
"""Keys that say how models are exported, of which a schema file has none."""


def refuse_model_keys(keys: Table) -> None:
    for key in OF_MODELS:
        if key in keys:
            message = "is about models, and this contract comes from a schema file"
            keys.problems.add("config-value", (*keys.path, key), message, "say it in the schema")


def read_options(keys: Table, base: Options, *, of_file: bool = False) -> Options:
    """
    The shared keys of one table, on top of ``base``; ``of_file``: of a contract from a schema file, where ``names`` is about the
    names of types in that.
    """
    check = table_of(string if of_file else python_object, type_name)
    names: Mapping[str, str] = keys.take("names", check, {})
    if not of_file:
        names = {**base.names, **names}
    return Options(
        exclude=(*base.exclude, *keys.take("exclude", list_of(spec), NONE)),
        unknown_keys=keys.take(
            "unknown-keys", lambda value: unknown_keys(value, keys), base.unknown_keys
        ),
        dump=keys.take("dump", lambda value: dump(value, keys), base.dump),
        names=names,
        opaque={**base.opaque, **keys.take("opaque", table_of(python_object, opaque), {})},
        integers=keys.take("integers", INTEGERS, base.integers),
        floats=keys.take("floats", FLOATS, base.floats),
        zod=keys.take("zod", import_specifier, base.zod),
        zod_version=keys.take("zod-version", zod_version, base.zod_version),
        imports=keys.take("imports", IMPORTS, base.imports),
        type_tests=keys.take("type-tests", boolean, base.type_tests),
        ui_stream=keys.take("ui-stream", boolean, base.ui_stream),
        format=keys.take("format", command, base.format),
    )


# --- Tables inside a table --------------------------------------------------------------------------------------------


def unknown_keys(value: object, keys: Table) -> UnknownKeys:
    """One word for both directions, or a table with a word for each."""
    if isinstance(value, str):
        word = EXTRA_KEYS(value)
        return UnknownKeys(word, word)
    if not isinstance(value, dict):
        raise wrong('"model", "strip", "keep", "reject" or a table with emits and accepts', value)
    nested = Table(value, (*keys.path, "unknown-keys"), keys.problems)
    read = UnknownKeys(
        emits=nested.take("emits", EXTRA_KEYS, "model"),
        accepts=nested.take("accepts", EXTRA_KEYS, "model"),
    )
    nested.close({})
    return read


# --- Words with a form of their own -----------------------------------------------------------------------------------


def spec(value: object) -> str:
    """Roots: ``pkg.mod``, ``pkg.mod:*``, ``pkg:**``, ``pkg.mod:Type`` or ``pkg.mod:Outer.Inner``."""
    text = string(value)
    if SPEC.fullmatch(text):
        return text
    raise bad(f"expected module:Type, module, or package:**, found {text!r}", hint=_as_module(text))


def python_object(value: object) -> str:
    """A model or a field: ``pkg.mod:Model`` or ``pkg.mod:Model.field``."""
    text = string(value)
    if OBJECT.fullmatch(text):
        return text
    raise bad(f"expected module:Model, found {text!r}")


def opaque(value: object) -> str:
    """What stands for a serializer that does not say what it writes: ``fields``, ``unknown``, or a type, ``pkg.mod:Type``."""
    text = string(value)
    if text in ("fields", "unknown") or OBJECT.fullmatch(text):
        return text
    raise bad(f'expected "fields", "unknown" or a type as module:Type, found {text!r}')


def _as_module(text: str) -> str | None:
    """A path to a Python file, said as the module it is."""
    path, colon, name = text.partition(":")
    module = path.removesuffix(".py").strip("./").replace("/", ".")
    meant = f"{module}{colon}{name}"
    return f"write {meant!r}" if meant != text and SPEC.fullmatch(meant) else None


def command(value: object) -> tuple[str, ...]:
    """A program and its arguments: no shell splits them."""
    if isinstance(value, str):
        raise not_an_array(value, words=True)
    return list_of(string)(value)


def contract_name(name: str) -> str:
    """A contract's name is also a file's."""
    if not CONTRACT_NAME.fullmatch(name):
        message = "a contract is named with a-z, 0-9, - and _ (at most 64), since its name becomes a file name"
        meant = name.lower().replace(" ", "-")
        raise bad(message, hint=f"write {meant}" if CONTRACT_NAME.fullmatch(meant) else None)
    if name in DEVICE_NAMES:
        raise bad(f"{name!r} cannot be a file name on Windows", hint="choose another name")
    return name


def type_name(value: object) -> str:
    text = string(value)
    if not is_type_name(text):
        raise bad(f"expected a TypeScript type name, found {text!r}")
    return text


def import_specifier(value: object) -> str:
    """Where generated code imports zod from: ``zod``, ``zod/mini``, ``npm:zod@4``, a path of one's own."""
    text = string(value)
    if not IMPORT_SPECIFIER.fullmatch(text):
        raise bad(f"expected an import specifier like 'zod' or 'zod/mini', found {text!r}")
    if text.endswith("/v3"):
        raise bad(
            f"{text!r} is zod 3; generated validators need zod 4 ('zod', 'zod/v4' or 'zod/mini')"
        )
    return text


def zod_version(value: object) -> tuple[int, int]:
    """``4.1`` or ``4.1.12``, as text: in TOML ``4.10`` without quotes is the number 4.1."""
    if not isinstance(value, str):
        raise wrong('a version in quotes like "4.1"', value)
    matched = VERSION.fullmatch(value)
    if matched is None:
        raise bad(f'expected a version like "4.1", found {value!r}')
    version = int(matched[1]), int(matched[2])
    if version < OLDEST_ZOD:
        raise bad(
            f"generated validators need zod 4.0 or newer, found {value!r}",
            code="config-zod-version",
        )
    return version
