"""From a case to a subject: the way of ``samewire generate``, without the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, cast

from samewire import ir
from samewire.decode import DECODE
from samewire.discover import discover
from samewire.errors import Diagnostic, SamewireError
from samewire.export import DumpOptions, ExportOptions, export_contract
from samewire.export.options import Declared, Opaque
from samewire.lower import lower
from samewire.scalars.decoded import AS_JSON, ByDirection, Choices, Dates
from samewire.schema import dumps, load
from samewire.targets import Layout
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.decoding import decoding
from samewire.targets.typescript.names import assign_identifiers, assign_validators, guard_names
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.valibot.render import ValibotOptions
from samewire.targets.valibot.render import render_contract as render_valibot
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod
from samewire.zod_versions import EXACT_OPTIONAL

from tests.documents import roots_of

from .batch import Check, Direction, Subject, Way
from .case import Case
from .truth import Truth, Values

LAYOUT = cast(Layout, os.environ.get("SAMEWIRE_LAYOUT", "file"))
"""How many files of one kind a case has, the same in every flavour: the key ``layout`` of a contract."""

BESIDE = frozenset({"zod", "guards"})
UNDECODABLE = frozenset({"bigint-text", "date-checked", "date-union", "date-zone"})
"""What says that a value can't be decoded, though it may be in another contract."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """
    A target and its options, with the ways in which its schemas are run. ``dates``: what is decoded; where nothing can, there is
    nothing to try.
    """

    name: str
    render: Callable[[ir.Contract, Choices], Mapping[str, str]]
    ways: tuple[Way, ...]
    dates: Dates = "string"

    @property
    def decodes(self) -> bool:
        return self.dates != "string"

    def choices(self, case: Case) -> Choices:
        """Beside a ``Date`` all else that can be decoded, beside ``Temporal`` nothing."""
        rest, utc = self.dates == "date", case.options.get("datetimes") == "utc"
        return Choices(
            self.dates, utc, None, days=rest, bytes=rest, integers=rest, sets=rest, urls=rest
        )


def zod(
    name: str,
    module: str,
    version: tuple[int, int],
    *,
    mini: bool = False,
    ways: tuple[Way, ...] = ("parse", "jitless"),
    guarded: bool = False,
    dates: Dates = "string",
) -> Flavour:
    """A zod that generated code may be for. ``module`` is what it is imported as; ``guarded``: schemas ask guards first."""
    beside = BESIDE if guarded else frozenset({"zod"})
    options = ZodOptions(
        zod_import=module,
        mini=mini,
        zod_version=version,
        import_extension=".ts",
        layout=LAYOUT,
        type_test=True,
        beside=beside,
    )
    exact = version >= EXACT_OPTIONAL
    others = TypeScriptOptions(
        import_extension=".ts", beside=beside, exact_optional=exact, layout=LAYOUT
    )

    def render(contract: ir.Contract, decode: Choices) -> dict[str, str]:
        files = render_zod(contract, replace(options, decode=decode))
        if not guarded:
            return files
        return {**render_guards(contract, replace(others, decode=decode)), **files}

    return Flavour(name, render, ways, dates)


def valibot(name: str, module: str) -> Flavour:
    options = ValibotOptions(
        valibot_import=module, import_extension=".ts", type_test=True, layout=LAYOUT
    )
    return Flavour(name, lambda contract, _: render_valibot(contract, options), ("standard",))


def guards() -> Flavour:
    options = TypeScriptOptions(import_extension=".ts", layout=LAYOUT)
    return Flavour("guards", lambda contract, _: render_guards(contract, options), ("guard",))


@dataclass(frozen=True, slots=True)
class Generated:
    """Either a subject, or what Samewire has to say against the case."""

    subject: Subject | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A case with its document, the same for every flavour, or why there is none."""

    case: Case
    truth: Truth
    document: dict[str, Any]
    diagnostics: tuple[Diagnostic, ...] = ()


def exported(case: Case, truth: Truth) -> Exported:
    try:
        return Exported(case, truth, *document_of(case, truth))
    except SamewireError as error:
        return Exported(case, truth, {}, error.diagnostics)
    except Exception as error:
        return Exported(case, truth, {}, (crash(case, error),))


def crash(case: Case, error: Exception) -> Diagnostic:
    return Diagnostic("crash", case.name, f"{type(error).__name__}: {error}")


def generate(export: Exported, flavour: Flavour) -> Generated:
    if export.diagnostics:
        return Generated(None, export.diagnostics)
    case, truth, document = export.case, export.truth, export.document
    try:
        choices = flavour.choices(case)
        if choices:
            document, _ = document_of(case, truth, ByDirection(choices, choices))
        text, where = dumps(document), f"{case.name}.json"
        if DECODE in text and not flavour.decodes:
            return Generated(None)
        contract = lower(load(text, where), where=where)
        decoded = decoding({each.name: each for each in contract.definitions}, choices).types
        if flavour.decodes and not decoded:
            return Generated(None)
        files = flavour.render(contract, choices)
        names = assign_identifiers(document["$defs"])
        schemas = guard_names(names) if flavour.ways == ("guard",) else assign_validators(names)
    except SamewireError as error:
        unclear = flavour.decodes and UNDECODABLE.issuperset(
            each.code for each in error.diagnostics
        )
        return Generated(None, () if unclear else error.diagnostics)
    checks = []
    directions: tuple[tuple[Direction, Values | None], ...] = (
        ("emits", truth.emits),
        ("accepts", truth.accepts),
    )
    for direction, values in directions:
        if values is not None:
            (root,) = roots_of(document, direction)
            # An accepted object may have keys that its type doesn't know, which TypeScript refuses in a literal.
            type_ = names[root] if direction == "emits" else None
            checks.append(
                Check(
                    direction,
                    schemas[root],
                    values,
                    type_,
                    guard_names(names)[root],
                    root in decoded,
                )
            )
    return Generated(Subject(f"{flavour.name}-{truth.module}", files, tuple(checks), flavour.ways))


def document_of(
    case: Case, truth: Truth, decode: ByDirection = AS_JSON
) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    found = discover([f"{truth.module}:Root"], "case").roots
    emits = found if case.instances is not None else ()
    accepts = found if case.accepts is not None else ()
    options = replace(export_options(case, truth.module), decode=decode)
    contract = export_contract(case.name, emits, accepts, options)
    return contract.document, contract.diagnostics


def dump_options(flags: Mapping[str, Any]) -> DumpOptions:
    """The arguments of ``model_dump_json`` as Samewire has them."""
    said = {key: value for key, value in flags.items() if key != "warnings"}
    picked = {key: frozenset(_paths(flags[key])) for key in ("include", "exclude") if key in flags}
    return DumpOptions(**{**said, **picked})


def _paths(given: Any) -> Iterator[tuple[str, ...]]:
    for key in given:
        inner = given[key] if isinstance(given, Mapping) else True
        if inner is True:
            yield (key,)
        else:
            yield from ((key, *path) for path in _paths(inner))


def export_options(case: Case, module: str) -> ExportOptions:
    options = dict(case.options)
    names = cast(Mapping[str, str], options.pop("names", {}))
    opaque = cast(Mapping[str, str], options.pop("opaque", {}))
    return ExportOptions(
        dump=dump_options(case.dump),
        names={f"{module}:{key}": value for key, value in names.items()},
        opaque={
            key if ":" in key else f"{module}:{key}": _decision(value)
            for key, value in opaque.items()
        },
        **cast(dict[str, Any], options),
    )


def _decision(value: str) -> Opaque:
    match value:
        case "fields" | "unknown":
            return value
        case _:
            source, _, name = value.partition(":")
            return Declared(value, getattr(import_module(source), name))
