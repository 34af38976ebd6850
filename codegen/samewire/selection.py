"""
What a contract is made from: its roots and the options under which they are exported, as its configuration names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from samewire.config import Config, ContractConfig, EmittedAs, Options, shown
from samewire.discover import (
    Discovered,
    Exclusions,
    Root,
    canonical,
    discover,
    exclusions,
    named_types,
    new_types,
)
from samewire.discover.applications import is_application
from samewire.discover.openapi import own_document
from samewire.discover.routes import Routes, merged, named, routes_of
from samewire.errors import Diagnostic, DiscoverError
from samewire.export import ExportOptions
from samewire.export.options import Declared, Opaque

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Selected:
    """A contract with its roots, and the options under which they are exported."""

    config: ContractConfig
    emits: tuple[Root, ...]
    accepts: tuple[Root, ...]
    options: ExportOptions
    notes: tuple[Diagnostic, ...]


def select(contract: ContractConfig, config: Config) -> Selected:
    """
    The roots of a contract.

    Raises:
        DiscoverError: with all that is wrong with what its configuration names.

    """
    problems: list[Diagnostic] = []

    def attempt(step: Callable[[], T], otherwise: T) -> T:
        try:
            return step()
        except DiscoverError as error:
            problems.extend(error.diagnostics)
            return otherwise

    options, file = contract.options, shown(config.file)
    nothing = Discovered((), ())
    no_brands: bool | frozenset[str] = False
    unnamed: dict[str, str] = {}
    untold: dict[str, str] = {}
    unknown: dict[str, object] = {}
    exclude = attempt(lambda: exclusions(options.exclude, f"{file}: exclude"), Exclusions())
    names = attempt(lambda: canonical(options.names, f"{file}: names"), unnamed)
    opaque = attempt(lambda: canonical(options.opaque, f"{file}: opaque"), untold)
    specs = [choice for choice in opaque.values() if ":" in choice]
    types = attempt(lambda: named_types(specs, f"{file}: opaque"), unknown)
    brands = attempt(lambda: _brands(options.brands, f"{file}: brands"), no_brands)
    emits = attempt(lambda: discover(contract.emits, f"{contract.key}.emits", exclude), nothing)
    for own in contract.emits_as:
        more = attempt(partial(discover, [own.spec], own.key, exclude), nothing)
        emits = _dumped_as(emits, more, own)
    accepts = attempt(
        lambda: discover(contract.accepts, f"{contract.key}.accepts", exclude, "accepts"), nothing
    )
    untyped = options.untyped_responses == "unknown"
    routes = attempt(
        lambda: routes_of(contract.routes, f"{contract.key}.routes", exclude, unknown=untyped),
        Routes(),
    )
    if problems:
        raise DiscoverError(*dict.fromkeys(problems))
    document, undescribed = _own_document(contract)
    export_options = _export_options(options, exclude.fields, names, dict(_decided(opaque, types)))
    return Selected(
        contract,
        merged(emits.roots, routes.emits),
        merged(accepts.roots, routes.accepts),
        replace(export_options, routes=routes.routes, openapi=document, brands=brands),
        emits.skipped + accepts.skipped + routes.skipped + undescribed,
    )


def _brands(chosen: bool | tuple[str, ...], where: str) -> bool | frozenset[str]:
    """The new types that are brands. Raises :class:`DiscoverError` for one that is none."""
    return chosen if isinstance(chosen, bool) else new_types(chosen, where)


def _own_document(
    contract: ContractConfig,
) -> tuple[Mapping[str, Any] | None, tuple[Diagnostic, ...]]:
    """What FastAPI says of the contract's application, where a target asks for it."""
    if not contract.routes or "openapi" not in contract.options.targets:
        return None, ()
    found = named(contract.routes, f"{contract.key}.routes")
    described = [each for each in found.applications if is_application(each)]
    document, undescribed = own_document(described)
    return document, tuple(undescribed)


def _dumped_as(emits: Discovered, more: Discovered, own: EmittedAs) -> Discovered:
    """``more`` with dump options of their own; a type of a whole module that is also named by itself is dumped as said there."""
    named = {root.source for root in more.roots if root.explicit}
    kept = [root for root in emits.roots if root.explicit or root.source not in named]
    added = [replace(root, dump=own.dump, suffix=own.suffix) for root in more.roots]
    return Discovered((*kept, *added), emits.skipped + more.skipped)


def _decided(
    opaque: Mapping[str, str], types: Mapping[str, object]
) -> Iterator[tuple[str, Opaque]]:
    for place, choice in opaque.items():
        match choice:
            case "fields" | "unknown":
                yield place, choice
            case _ if choice in types:
                yield place, Declared(choice, types[choice])


def _export_options(
    options: Options,
    exclude_fields: frozenset[str],
    names: Mapping[str, str],
    opaque: Mapping[str, Opaque],
) -> ExportOptions:
    return ExportOptions(
        dump=options.dump,
        unknown_keys_emits=options.unknown_keys.emits,
        unknown_keys_accepts=options.unknown_keys.accepts,
        names=names,
        opaque=opaque,
        exclude_fields=exclude_fields,
        integers=options.integers,
        floats=options.floats,
        datetimes=options.datetimes,
        times=options.times,
        decode=options.decoded,
        bases=options.extends,
    )
