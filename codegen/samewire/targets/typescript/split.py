"""
A contract in several files of one kind: one for each Python module, or one for each type.

``types.ts`` and the others then export what the files in ``types/`` declare, so that importers need not know where a type stands.
Files of types may import each other in circles. Validators are made when their file is loaded, so those of a circle of files stand
in one of them, and the others export theirs from there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace

from samewire import ir
from samewire.targets.typescript.output import Output, braced
from samewire.targets.typescript.syntax import Code
from samewire.targets.typescript.views import IndexView, ValidatorsView
from samewire.walk import references


def parts(output: Output, homes: Mapping[str, str]) -> Iterator[tuple[str, Output]]:
    """Each file of one kind, with what it declares."""
    declared: dict[str, list[ir.Definition]] = {}
    for each in output.contract.definitions:
        declared.setdefault(homes[each.name], []).append(each)
    for stem, definitions in sorted(declared.items()):
        contract = replace(output.contract, definitions=tuple(definitions))
        yield stem, replace(output, contract=contract, stem=stem)


def validator_files(
    output: Output, kind: str, names: Mapping[str, str], file: Callable[[Output], ValidatorsView]
) -> dict[str, object]:
    """The file of a kind; where a contract is split its files, and the one that exports what they have by its ``names``."""
    if not output.stems:
        return {kind: file(output)}
    homes = output.homes
    files: dict[str, ValidatorsView] = {stem: file(part) for stem, part in parts(output, homes)}
    for stem, part in parts(output, output.stems):
        keys = [each.name for each in part.contract.definitions if homes[each.name] != stem]
        if lines := _exports(part, keys, names, ""):
            files[stem] = replace(files.get(stem, IndexView(output.header)), exports=lines)
    keys = [each.name for each in output.contract.definitions]
    listing = IndexView(output.header, _exports(output, keys, names, f"{kind}/"))
    return {kind: listing, **{f"{kind}/{stem}": view for stem, view in files.items()}}


def _exports(
    output: Output, keys: Iterable[str], names: Mapping[str, str], folder: str
) -> tuple[Code, ...]:
    return tuple(
        braced("export", [names[key]], Code(f" from {output.sibling(folder + output.homes[key])};"))
        for key in sorted(keys, key=lambda one: names[one])
    )


def validator_imports(
    output: Output, names: Mapping[str, str], used: Container[Code]
) -> tuple[Code, ...]:
    """Imports of those ``names`` of validators in other files that are ``used`` in one of a contract that is split."""
    own = {each.name for each in output.contract.definitions}
    others = (key for key in _referenced(output) if key not in own and names.get(key) in used)
    return imports("import", {names[key]: output.homes[key] for key in others}, output.sibling)


def guard_imports(
    output: Output, names: Mapping[str, str], called: Mapping[str, str], used: Container[Code]
) -> tuple[Code, ...]:
    """Imports of guards by their ``names`` in a file of another kind, which has other names for some."""
    keys = [key for key in _referenced(output) if called[key] in used]
    aliases = {names[key]: called[key] for key in keys if called[key] != names[key]}
    homes = {names[key]: f"guards/{output.homes[key]}" for key in keys}
    return imports("import", homes, output.module, aliases)


def enum_imports(output: Output, enums: Iterable[str]) -> Iterator[Code]:
    """The import of the objects of enums, in a file of a contract that is split: of no more files than it has to be."""
    stems = {output.stems[key] for key in enums} if output.stem else set()
    if stems:
        module = output.module(f"types/{stems.pop()}" if len(stems) == 1 else "types")
        yield Code(f"import * as {output.enums} from {module};")


def _referenced(part: Output) -> set[str]:
    """What the definitions of a file of a split contract refer to, also through one that is nothing but a reference."""
    found: set[str] = set()
    own = part.contract.definitions if part.stem else ()
    pending = [used for each in own for used in references(each.type)]
    while pending:
        key = pending.pop()
        if key not in found:
            found.add(key)
            target = part.definitions[key].type
            pending += [target.name] if isinstance(target, ir.Ref) else []
    return found


def imports(
    keyword: str,
    homes: Mapping[str, str],
    specifier: Callable[[str], Code],
    aliases: Mapping[str, str] | None = None,
) -> tuple[Code, ...]:
    """Imports of names from several files: ``homes`` has the file of each name."""
    by_file: dict[str, list[str]] = {}
    for name in sorted(homes):
        by_file.setdefault(homes[name], []).append(name)
    return tuple(
        braced(keyword, names, Code(f" from {specifier(stem)};"), aliases)
        for stem, names in sorted(by_file.items())
    )
