"""What all files of one contract share: names, dialect, header, and error reporting."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, ParamSpec, TypeVar

from samewire import ir
from samewire.errors import Diagnostic, ModelError, NameClashError
from samewire.extensions import extensions
from samewire.graph import reachable, reversed_edges
from samewire.identifiers import words
from samewire.notice import LIBRARY, notice
from samewire.render import templates
from samewire.scalars.decoded import ADAPTER
from samewire.targets.typescript.comments import line_comments
from samewire.targets.typescript.decoding import UNDECODED, Decoding, decoding
from samewire.targets.typescript.file_names import stems, without_circles
from samewire.targets.typescript.layout import LINE, Doc, IfBroken, group, indent, join, print_doc
from samewire.targets.typescript.names import assign_identifiers, assign_validators, private_names
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.typescript.runtime import FOLDER, Runtime, load
from samewire.targets.typescript.syntax import Code, InexpressibleError, identifier, string
from samewire.targets.typescript.types import free
from samewire.targets.typescript.views import SHOWN
from samewire.walk import references

T = TypeVar("T")
P = ParamSpec("P")

# What a constant in schemas.ts may not hide: the imports, and the globals that are used there.
_TAKEN: Final = words(
    """
    t schema schemas Schema proof Infinity JSON Math NaN Number Object undefined
    """
)

# The same for all contracts, which may share a copy.
_RUNTIME_HEADER: Final = line_comments(notice(LIBRARY))


@dataclass(frozen=True, slots=True)
class Output:
    """
    By the keys of the definitions: ``names`` of types, ``validators`` as exported, ``constants`` that are not exported, and
    ``factories``, the functions that make them.

    ``exact_optional``: schemas tell a key that is not there from one that is ``undefined``. ``accepted`` are the definitions of
    what the backend reads, in which the two are the same: ``JSON.stringify`` drops such a key. ``runtime_files`` collects the files
    of the runtime library that the contract's files import. ``decoding`` says which types are decoded, and ``branded`` are the new
    types and those that have values of one. ``stems`` has the name of the file of each definition where a contract is split, and
    ``homes`` that of the file of its validators; ``stem`` is the name of such a file where that is what is written. ``uses`` has
    the definitions that each refers to.
    """

    contract: ir.Contract
    options: TypeScriptOptions
    definitions: Mapping[str, ir.Definition]
    uses: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    validators: Mapping[str, str]
    constants: Mapping[str, str]
    factories: Mapping[str, str]
    header: Code
    runtime: Runtime
    exact_optional: bool
    accepted: frozenset[str]
    decoding: Decoding = UNDECODED
    branded: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    stem: str = ""
    problems: dict[Diagnostic, None] = field(default_factory=dict)
    runtime_files: set[str] = field(default_factory=set)

    @property
    def names_in_schemas(self) -> frozenset[str]:
        """What no further constant in the file of schemas may be called."""
        own = (self.constants, self.validators, self.factories)
        return _TAKEN.union(self.runtime.homes, *(names.values() for names in own))

    def attempt(
        self, definition: ir.Definition, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """What ``make`` returns; ``None`` if that is impossible for the definition, and the reason among the problems."""
        try:
            return make(*args, **kwargs)
        except InexpressibleError as error:
            where = ".".join((definition.source or definition.pointer, *error.path))
            self.problems[Diagnostic(error.code, where, error.message, error.hint)] = None
            return None

    def refuse(self) -> None:
        """Raises :class:`ModelError` if there was any problem."""
        if self.problems:
            raise ModelError(*self.problems)

    def module(self, name: str) -> Code:
        """The specifier of another file of the contract, which is named from its own folder."""
        return self.outside(f"./{name}{self.options.import_extension}")

    def sibling(self, name: str) -> Code:
        """The specifier of another file, which is named from the same folder."""
        return string(f"./{name}{self.options.import_extension}")

    def of_own(self, kind: str) -> Code:
        """The specifier of the file of another kind that has what is declared here."""
        return self.module(f"{kind}/{self.stem}" if self.stem else kind)

    @property
    def enums(self) -> Code:
        """The module that exports the objects of enums, in a file of schemas."""
        return Code("enums" if self.stem else "t")

    def outside(self, specifier: str) -> Code:
        """The specifier of any module: a relative one starts from the contract's own folder."""
        if not self.stem or not specifier.startswith("."):
            return string(specifier)
        return string(posixpath.normpath(f"../{specifier}"))

    def import_names(self, keyword: str, names: Iterable[str], module: str) -> Code:
        """``keyword { a, b } from "./module.js";``"""
        return braced(keyword, names, Code(f" from {self.module(module)};"))

    def package_imports(
        self, modules: Mapping[str, str], keyword: str = "import", taken: Collection[str] = ()
    ) -> tuple[Code, ...]:
        """Imports of names from the modules that export them, each under another name if its own is taken."""
        aliases = {name: free(name, taken) for name in modules if name in taken}
        return tuple(
            braced(keyword, (name,), Code(f" from {self.outside(module)};"), aliases)
            for name, module in sorted(modules.items())
        )

    def value_imports(self, names: Iterable[str]) -> tuple[Code, ...]:
        """Imports of what makes decoded values, of the runtime library or other modules."""
        needed = frozenset(names)
        modules = self.decoding.modules(self.contract.definitions)
        own = {name: module for name, module in modules.items() if name in needed}
        adapter = self.options.decode.decimals
        whole = f"import * as {ADAPTER} from {self.outside(adapter.module)};" if adapter else ""
        return (
            *self.package_imports(own),
            *((Code(whole),) if ADAPTER in needed else ()),
            *self.runtime_imports(needed.difference(own, {ADAPTER})),
        )

    def runtime_imports(
        self,
        names: Iterable[str],
        keyword: str = "import",
        *,
        aliases: Mapping[str, str] | None = None,
    ) -> tuple[Code, ...]:
        """
        Imports of names of the runtime library, or with ``export`` re-exports, one statement a file and kind.

        ``aliases``: the other name that one gets. The files are noted among ``runtime_files``.
        """
        values: dict[str, list[str]] = {}
        types: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            home = self.runtime.home(name)
            kind = types if name in home.types else values
            kind.setdefault(home.name, []).append(name)
        self.runtime_files.update(values, types)
        own, extension = self.options.runtime, self.options.import_extension
        return tuple(
            braced(
                word,
                kind[file],
                Code(f" from {self.outside(f'{own}/{file}{extension}')};"),
                aliases or {},
            )
            for file in sorted({*values, *types})
            for word, kind in ((f"{keyword} type", types), (keyword, values))
            if file in kind
        )

    def runtime_copies(self, packages: Mapping[str, str]) -> dict[str, Code]:
        """The files of the runtime library that the contract needs, by their path; ``packages``: see :meth:`Runtime.copy`."""
        return {
            f"{FOLDER}/{name}.ts": self.runtime.copy(
                name,
                header=_RUNTIME_HEADER,
                extension=self.options.import_extension,
                packages=packages,
            )
            for name in self.runtime.closure(self.runtime_files)
        }


def output(
    contract: ir.Contract,
    options: TypeScriptOptions,
    runtime: Runtime,
    *,
    taken: Iterable[str],
    exact_optional: bool,
) -> Output:
    """
    ``taken`` are names in the file of schemas that no constant may have. Raises :class:`samewire.errors.NameClashError`.
    """
    definitions = {each.name: each for each in contract.definitions}
    uses = {key: references(each.type) for key, each in definitions.items()}
    try:
        names = assign_identifiers(definitions, contract=contract.name)
        validators = assign_validators(names, contract=contract.name)
    except NameClashError as error:
        raise NameClashError(
            *(_at_source(each, definitions) for each in error.diagnostics)
        ) from error
    split = stems(definitions, names, options.layout, contract.name)
    in_split = {"enums", SHOWN} if split else ()
    # Types of the runtime library are not imported where constants are.
    used = _TAKEN.union(taken, in_split, *(file.values for file in runtime.files.values()))
    constants = private_names(names, used)
    makers = {key: f"make{name}" for key, name in names.items()}
    return Output(
        contract=contract,
        options=options,
        definitions=definitions,
        uses=uses,
        names=names,
        validators=validators,
        constants=constants,
        factories=private_names(makers, used.union(constants.values(), validators.values())),
        header=line_comments(
            notice(options.schema_path),
            f"Change {options.origin} and run: {options.command}",
        ),
        runtime=runtime,
        exact_optional=exact_optional,
        accepted=_accepted(contract.accepts, definitions, uses),
        decoding=decoding(definitions, options.decode, codecs=options.codecs),
        branded=_branded(definitions, uses),
        stems=split,
        homes=without_circles(split, definitions),
    )


def _branded(
    definitions: Mapping[str, ir.Definition], uses: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    brands = [name for name, each in definitions.items() if each.brand]
    return frozenset(reachable(brands, reversed_edges(uses))) if brands else frozenset()


def output_without_schemas(
    contract: ir.Contract, options: TypeScriptOptions | None, target: str
) -> Output:
    """The same for a target whose files have no constants beside the functions and types that they export."""
    options = options or TypeScriptOptions()
    library = load(templates("typescript") / "runtime", target)
    return output(contract, options, library, taken=(), exact_optional=options.exact_optional)


def _accepted(
    roots: Iterable[str],
    definitions: Mapping[str, ir.Definition],
    uses: Mapping[str, tuple[str, ...]],
) -> frozenset[str]:
    exact = [one.exact for one in extensions()]
    return frozenset(
        name
        for name in reachable(roots, uses)
        if not any(says(definitions[name]) for says in exact)
    )


def _at_source(diagnostic: Diagnostic, definitions: Mapping[str, ir.Definition]) -> Diagnostic:
    """The same under the name of the Python object, which is what the configuration calls it by; or at its place in a file."""
    definition = definitions.get(diagnostic.where)
    source = definition.source if definition is not None else None
    if source is None:
        return diagnostic
    hint = diagnostic.hint
    if hint is not None and "#" in source:
        hint = hint.replace("module:Class", diagnostic.where)
    return replace(diagnostic, where=source, hint=hint)


def braced(
    keyword: str, names: Iterable[str], end: Code, aliases: Mapping[str, str] | None = None
) -> Code:
    """A list of names as imports and exports have it; a single one is never put on a line of its own."""
    others = aliases or {}
    listed: list[Doc] = [
        f"{identifier(name)} as {identifier(others[name])}" if name in others else identifier(name)
        for name in names
    ]
    if len(listed) == 1:
        return Code(f"{keyword} {{ {listed[0]} }}{end}")
    inside = indent(LINE, join((",", LINE), listed), IfBroken(","))
    return Code(print_doc((f"{keyword} ", group("{", inside, LINE, "}"), end)))
