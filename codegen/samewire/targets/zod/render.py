"""
Renders the files of a contract, with zod.

A pure function of the contract and the options: no clock, no environment, no order of hashing.
"""

from __future__ import annotations

from samewire import ir
from samewire.render import templates
from samewire.targets.typescript.decoding import is_said
from samewire.targets.typescript.files import contract_views, rendered
from samewire.targets.typescript.output import output
from samewire.targets.typescript.runtime import load as load_runtime
from samewire.targets.typescript.schemas import schema_files
from samewire.targets.zod.builder import maker
from samewire.targets.zod.dialect import dialect
from samewire.targets.zod.formats import DECODING, LABELS
from samewire.targets.zod.guarded import guard_modules
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.specifiers import ZOD_CORE, zod_core
from samewire.targets.zod.validate import Files


def render_contract(contract: ir.Contract, options: ZodOptions | None = None) -> dict[str, str]:
    """
    The files of a contract: their names, relative to its folder, and texts.

    ``types.ts`` has interfaces, aliases and enums; ``schemas.ts`` the validators; ``index.ts`` exports both by name.
    ``order.ts`` has the checker of events that declare their order. With ``options.type_test`` there is ``schemas.proof.ts``,
    which compiles only if each schema infers the type that it is declared to have. Extensions add files of their own. In
    ``runtime/`` are copies of the files of the runtime library that these import.

    Raises :class:`samewire.errors.ModelError` for types that have no exact form in TypeScript and zod, and
    :class:`samewire.errors.NameClashError`.
    """
    options = options or ZodOptions()
    flavour = dialect(options)
    decodes = bool(options.decode) or is_said(contract.definitions)
    named = LABELS | {"integer", "jsonValue", "anyText"} | (DECODING if decodes else frozenset())
    shared = output(
        contract,
        options,
        load_runtime(templates("typescript") / "runtime", "zod"),
        taken=named | set(map(maker, named)) | {"z", "typed"} | guard_modules(options),
        exact_optional=flavour.exact_optional,
    )
    views = contract_views(shared, "zod")
    views |= schema_files(shared, Files(shared, flavour, options).file)
    shared.refuse()
    return rendered(shared, views, {ZOD_CORE: zod_core(options.zod_import)}, extended="zod")
