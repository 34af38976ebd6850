"""The roots of a contract: the types that specifications name, each once and in an order of their own."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType, SimpleNamespace
from typing import Final

from samewire.discover import fastapi, litestar, members, ninja
from samewire.discover.applications import CALL, application_in, called
from samewire.discover.generics import declared_parameters, open_parameters
from samewire.discover.imports import (
    ABSENT,
    attribute,
    is_submodule,
    load_module,
    submodules,
)
from samewire.discover.objects import Exclusions, Field, lookup, name_of
from samewire.discover.operations import Direction, Found, gathered
from samewire.discover.unfinished import finish, for_type_checkers
from samewire.dump import DumpOptions
from samewire.errors import Diagnostic, DiscoverError

NOTHING = Exclusions()


@dataclass(frozen=True, slots=True)
class Root:
    """
    A type a contract starts from.

    ``name`` is what it is called in Python: the name of the class, or the one an alias is assigned to. ``source`` is
    ``module:qualname``. ``explicit`` tells a type that was named from one that came with a whole module.

    ``dump``: how this root is written, if not as the contract says; ``suffix``: what its name gets where the two differ.
    ``routes`` are those of the application that send or take it.
    """

    name: str
    type: object
    source: str
    explicit: bool
    dump: DumpOptions | None = None
    suffix: str | None = None
    routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovered:
    """Roots sorted by name and source, and what a whole module had to leave out, for ``--verbose``."""

    roots: tuple[Root, ...]
    skipped: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Search:
    """One pass over the specifications of a direction."""

    where: str
    exclude: Exclusions
    direction: Direction
    roots: dict[tuple[object, ...], Root] = field(default_factory=dict)
    skipped: dict[str, Diagnostic] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def add(self, root: Root, value: object) -> None:
        """A class counts once however often it is reached; so does an alias of one name. ``value`` is what was found."""
        key = (root.source,) if isinstance(value, type) else (root.name, id(value))
        known = self.roots.setdefault(key, root)
        explicit = known.explicit or root.explicit
        self.roots[key] = replace(known, explicit=explicit, source=min(known.source, root.source))

    def skip(self, source: str, message: str) -> None:
        self.skipped[source] = Diagnostic("root-skipped", source, message)


def discover(
    specs: Sequence[str],
    where: str,
    exclude: Exclusions = NOTHING,
    direction: Direction = "emits",
) -> Discovered:
    """
    Resolve the specifications that stand at the configuration key ``where``; for a FastAPI application, what its routes send or
    take.

    Raises:
        DiscoverError: with all that is wrong: a module that can't be imported, a name that isn't there or isn't a type.

    """
    search = _Search(where, exclude, direction)
    for spec in specs:
        module, _, path = spec.partition(":")
        try:
            if path == "**":
                _package(module, search)
            elif path in ("", "*"):
                _module(module, search)
            else:
                _named(module, path, search)
        except DiscoverError as error:
            search.problems += error.diagnostics
    if search.problems:
        raise DiscoverError(*dict.fromkeys(search.problems))
    roots = sorted(search.roots.values(), key=_order)
    finish(root.type for root in roots)
    return Discovered(
        tuple(roots), tuple(search.skipped[source] for source in sorted(search.skipped))
    )


def _order(root: Root) -> tuple[object, ...]:
    """Independent of the order in which the roots were found."""
    dump = (
        () if root.dump is None else root.dump.order()
    )  # a type may be named with options and without
    return root.name, root.source, dump


# --- A type by its name -----------------------------------------------------------------------------------------------


def _named(module_name: str, path: str, search: _Search) -> None:
    module = load_module(module_name, search.where)
    spec = f"{module_name}:{path}"
    value = lookup(module, path.removesuffix(CALL), search.where)
    if path.endswith(CALL):
        value = called(value, spec, search.where)
    if isinstance(value, Field):
        message = f"{spec} is a field, not a type"
        hint = f"name the model: {spec.rpartition('.')[0]}"
        search.problems.append(Diagnostic("not-a-type", search.where, message, hint))
    elif _application(spec, value, search):
        return
    elif path.endswith(CALL):
        search.problems.append(_not_an_application(spec, value, search.where))
    elif not members.is_type(value):
        search.problems.append(_not_a_type(spec, value, search.where))
    elif parameters := open_parameters(value):
        search.problems.append(_generic(spec, path, parameters, search.where))
    else:
        search.add(_root(module, path, value, explicit=True), value)


def _root(module: ModuleType, path: str, value: object, *, explicit: bool) -> Root:
    source = name_of(value, module.__name__, path)
    plain_class = isinstance(value, type) and not members.is_alias(value)
    name = value.__name__ if plain_class and isinstance(value, type) else path.rpartition(".")[2]
    return Root(name, _resolved(value, module), source, explicit)


def _resolved(value: object, module: ModuleType) -> object:
    """An alias with the names in quotes looked up in the module it stands in, where Python would look them up."""
    if isinstance(value, type) or not members.has_forward_reference(value):
        return value
    holder = SimpleNamespace(__annotations__={"alias": value})
    try:
        names = {**for_type_checkers(module), **vars(module)}
        return typing.get_type_hints(holder, names, include_extras=True)["alias"]
    except (NameError, SyntaxError, TypeError, AttributeError):
        return value  # the export says what is missing, at the type that needs it


# --- An application ---------------------------------------------------------------------------------------------------

OTHER_FRAMEWORKS: Final = (
    (litestar.is_application, litestar.operations),
    (ninja.is_application, ninja.operations),
)
"""Those beside FastAPI, each by what tells its applications, and what reads them."""


def _application(spec: str, value: object, search: _Search) -> bool:
    """Adds what the routes of an application send or take; whether ``value`` is one, or wraps one."""
    if (application := application_in(value)) is not None:
        _routes(spec, fastapi.roots_of(application, search.direction, search.where), search)
        return True
    for is_one, operations in OTHER_FRAMEWORKS:
        if (application := application_in(value, is_one)) is not None:
            _routes(spec, gathered(operations(application, search.direction)), search)
            return True
    return False


def _routes(spec: str, found: Iterable[Found], search: _Search) -> None:
    has_routes = False
    for each in found:
        if isinstance(each, Diagnostic):
            search.skipped[each.where] = each
            continue
        (name, source, type_, dump, suffix), routes = each
        has_routes = True
        if source not in search.exclude.names:
            root = Root(name, type_, source, True, dump, suffix, routes)
            known = search.roots.setdefault((source, dump, suffix), root)
            merged = tuple(dict.fromkeys((*known.routes, *routes)))
            search.roots[source, dump, suffix] = replace(known, routes=merged)
    if not has_routes:
        what = "returns a type" if search.direction == "emits" else "takes a JSON body"
        message = f"{spec} has no route that {what}"
        hint = "import the modules that add its routes where it is made, or name models"
        search.problems.append(Diagnostic("no-models", search.where, message, hint))


# --- A whole module ---------------------------------------------------------------------------------------------------


def _package(name: str, search: _Search) -> None:
    """A package and every module below it."""
    has_types = False
    pending = [name]
    while pending:
        current = pending.pop()
        if search.exclude.covers(current):
            continue
        try:
            module = load_module(current, search.where)
        except DiscoverError as error:
            search.problems += error.diagnostics
            continue
        has_types = _members_of(module, search) or has_types
        pending += submodules(module)
    if not has_types and not search.problems:
        search.problems.append(_empty(f"{name} and the modules below it define", search.where))


def _module(name: str, search: _Search) -> None:
    if search.exclude.covers(name):
        return
    if not _members_of(load_module(name, search.where), search):
        search.problems.append(_empty(f"{name} defines", search.where))


def _members_of(module: ModuleType, search: _Search) -> bool:
    """Add what a module exports by ``__all__``, and otherwise what it defines; whether there was any of it."""
    public = members.public_names(module)
    has_types = False
    for name in public if public is not None else members.defined_names(module):
        source = f"{module.__name__}:{name}"
        try:
            value = attribute(module, name, search.where)
        except DiscoverError as error:  # of a package that is not installed, for example
            [problem] = error.diagnostics
            search.skip(source, f"is listed in __all__, but {problem.message}")
            continue
        if value is ABSENT:
            if not is_submodule(module, name):
                message = f"is listed in __all__ of {module.__name__}, which does not have it"
                search.skip(source, message)
            continue
        if members.is_data_class(value) or members.is_alias(value):
            has_types = True
            root = _root(module, name, value, explicit=False)
            if root.source not in search.exclude.names and not search.exclude.covers(
                module.__name__
            ):
                _member(root, value, search)
    return has_types


def _member(root: Root, value: object, search: _Search) -> None:
    if parameters := declared_parameters(value):
        search.skip(
            root.source,
            f"is generic in {', '.join(parameters)}; name `{root.name}[...]` by an alias to export it",
        )
    elif isinstance(value, type) and not members.has_schema(value):
        search.skip(root.source, "is a dataclass that Pydantic has no schema for")
    else:
        search.add(root, value)


# --- Messages ---------------------------------------------------------------------------------------------------------


def _empty(subject: str, where: str) -> Diagnostic:
    hint = "name another module, or list the types it re-exports in its __all__"
    return Diagnostic(
        "no-models", where, f"{subject} no model, dataclass, TypedDict, enum or type alias", hint
    )


def _generic(spec: str, path: str, parameters: tuple[str, ...], where: str) -> Diagnostic:
    message = f"{spec} is generic in {', '.join(parameters)}, so what is on the wire is open"
    name = path.rpartition(".")[2]
    arguments = ", ".join("User" for _ in parameters)
    hint = f"give it arguments in the module (User{name} = {name}[{arguments}]) and name that"
    return Diagnostic("generic-root", where, message, hint)


def _not_an_application(spec: str, value: object, where: str) -> Diagnostic:
    made = type(value)
    message = f"{spec} makes {_article(made.__qualname__)}, which is no application"
    hint = "name a function that returns an application of FastAPI, Litestar or Django Ninja, or the models themselves"
    return Diagnostic("not-a-type", where, message, hint)


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _not_a_type(spec: str, value: object, where: str) -> Diagnostic:
    kind = type(value).__name__
    if isinstance(value, ModuleType):
        return Diagnostic("not-a-type", where, f"{spec} is a module", f"write {value.__name__}")
    if kind == "TypeAdapter":
        return Diagnostic(
            "not-a-type", where, f"{spec} is a TypeAdapter", "name the type it was made for"
        )
    return Diagnostic(
        "not-a-type",
        where,
        f"{spec} is {_article(kind)}, not a type",
        f"name a model or a type alias, or if it makes an application, write {spec}{CALL}"
        if callable(value)
        else "name a model or a type alias",
    )
