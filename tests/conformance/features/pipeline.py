"""From a case to a subject: the way of ``samewire generate``, without the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from samewire.config.model import Opaque
from samewire.discover import discover
from samewire.errors import Diagnostic, SamewireError
from samewire.export import DumpOptions, ExportOptions, export_contract
from samewire.lower import lower
from samewire.names import assign_identifiers
from samewire.render import render_contract
from samewire.schema import dumps, loads
from samewire.ts.options import TypeScriptOptions

from .batch import Check, Subject
from .case import Case
from .truth import Truth


@dataclass(frozen=True, slots=True)
class Flavour:
    """A zod that generated code may be for. ``module`` is what it is imported as."""

    name: str
    module: str
    version: tuple[int, int]
    mini: bool = False


@dataclass(frozen=True, slots=True)
class Generated:
    """Either a subject, or what Samewire has to say against the case."""

    subject: Subject | None
    diagnostics: tuple[Diagnostic, ...] = ()


def generate(case: Case, truth: Truth, flavour: Flavour) -> Generated:
    try:
        document, diagnostics = _exported(case, truth)
        if diagnostics:
            return Generated(None, diagnostics)
        contract = lower(loads(dumps(document)), where=f"{case.name}.json")
        options = TypeScriptOptions(
            zod_import=flavour.module,
            mini=flavour.mini,
            zod_version=flavour.version,
            import_extension=".ts",
            type_test=True,
        )
        files = render_contract(contract, options)
        names = assign_identifiers(document["$defs"])
    except SamewireError as error:
        return Generated(None, error.diagnostics)
    checks = []
    for values, roots in (
        (truth.emits, document["x-samewire-emits"]),
        (truth.accepts, document["x-samewire-accepts"]),
    ):
        if values is not None:
            (root,) = roots
            # An accepted object may have keys that its type does not know, which TypeScript won't see in a literal.
            emitted = values is truth.emits
            checks.append(Check(f"{names[root]}Schema", values, names[root] if emitted else None))
    return Generated(Subject(f"{flavour.name}-{truth.module}", files, tuple(checks)))


def _exported(case: Case, truth: Truth) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    found = discover([f"{truth.module}:Root"], "case").roots
    emits = found if case.instances is not None else ()
    accepts = found if case.accepts is not None else ()
    exported = export_contract(case.name, emits, accepts, export_options(case, truth.module))
    return exported.document, exported.diagnostics


def export_options(case: Case, module: str) -> ExportOptions:
    options = dict(case.options)
    names = cast(Mapping[str, str], options.pop("names", {}))
    opaque = cast(Mapping[str, Opaque], options.pop("opaque", {}))
    return ExportOptions(
        dump=DumpOptions(**case.dump),
        names={f"{module}:{key}": value for key, value in names.items()},
        opaque={f"{module}:{key}": value for key, value in opaque.items()},
        **cast(dict[str, Any], options),
    )
