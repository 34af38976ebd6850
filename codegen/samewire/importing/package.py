"""
The models as a package: a module for the types whose names begin with one word, and an ``__init__.py`` that exports all.

Modules import each other in one direction. Those that would import each other are one, called after the one with the most types,
and a type alone stands in the only module that uses it, if it is neither a base nor generic.
"""

from __future__ import annotations

import ast
import io
import keyword
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from samewire.graph import components
from samewire.targets.python.module import formatted, imports, needed, segment, used
from samewire.targets.python.names import field_name

Modules: TypeAlias = Mapping[str, str]
"""The module of each class or alias."""


def module_of(name: str) -> str:
    """
    The module that a type of a file would be in: its namespace, or the first word of its name.

    >>> [module_of(name) for name in ("OrderLine", "order-line", "io.k8s.Pod", "import", "2fa")]
    ['order', 'order', 'io_k8s', 'import_', 'field_2fa']
    """
    space, _, last = name.rpartition(".")
    words = field_name(space or last).strip("_").split("_")
    word = "_".join(words if space else words[: 2 if words[0] == "field" else 1])
    return f"{word}_" if keyword.iskeyword(word) else word


def package(text: str, wanted: Modules) -> dict[str, str]:
    """Splits the module ``text`` into the files of a package. ``wanted`` are the modules before cycles are merged."""
    about = text.partition("\n\n")[0]
    pieces = list(_pieces(text))
    uses: dict[str, tuple[str, ...]] = {name: () for name, _ in pieces}
    for name, each in pieces:
        uses[name] += tuple(sorted(used(ast.parse(each)) & uses.keys() - {name}))
    shared = {each for _, piece in pieces for each in _shared(piece)}
    modules = _joined(_without_circles(wanted, uses), uses, shared)
    files = {"__init__.py": _init(modules, about)}
    for module in sorted({*modules.values()}):
        own = [(name, each) for name, each in pieces if modules[name] == module]
        files[f"{module}.py"] = _module(own, modules, uses, about)
    return files


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The classes and aliases in their order, with what is said of each behind; what completes a class is a piece of its own."""
    lines = list(io.StringIO(text))
    name, said = "", ""
    for statement in ast.parse(text).body:
        own = segment(lines, statement)
        match statement:
            case (
                ast.ClassDef(name=next_)
                | ast.AnnAssign(target=ast.Name(next_))
                | ast.Assign([ast.Name(next_)], ast.Call(ast.Name("TypeAliasType")))
                | ast.Expr(ast.Call(ast.Attribute(ast.Name(next_))))
            ):
                if said:
                    yield name, said
                name, said = next_, own
            case ast.Expr() if said:
                said += f"\n{own}"
            case _:
                continue
    if said:
        yield name, said


def _without_circles(wanted: Modules, uses: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    edges: dict[str, tuple[str, ...]] = {}
    for name, names in uses.items():
        edges[wanted[name]] = (*edges.get(wanted[name], ()), *(wanted[each] for each in names))
    sizes = Counter(wanted[name] for name in uses)
    called = {
        module: min(group, key=lambda each: (-sizes[each], each))
        for group in components(sorted(edges), edges)
        for module in group
    }
    return {name: called[wanted[name]] for name in uses}


def _shared(piece: str) -> frozenset[str]:
    """What is made to be used by others: the bases of a class, or a generic one itself."""
    match ast.parse(piece).body[0]:
        case ast.ClassDef(name=own, bases=bases):
            found = frozenset(name for each in bases for name in used(each))
            return found | {own} if "Generic" in found else found
        case _:
            return frozenset()


def _joined(
    modules: Modules, uses: Mapping[str, tuple[str, ...]], shared: Collection[str]
) -> dict[str, str]:
    made = dict(modules)
    sizes = Counter(modules.values())
    users: dict[str, set[str]] = {}
    for name, names in uses.items():
        for each in names:
            users.setdefault(each, set()).add(name)
    for name in sorted(uses):
        others = {made[each] for each in users.get(name, ())}
        if sizes[modules[name]] == 1 and len(others) == 1 and name not in shared:
            made[name] = others.pop()
    return made


def _module(
    own: Sequence[tuple[str, str]],
    modules: Modules,
    uses: Mapping[str, tuple[str, ...]],
    about: str,
) -> str:
    body = "\n\n\n".join(each for _, each in own)
    body = re.sub(r"(\.model_rebuild\(\))\n\n\n(?=\w+\.model_rebuild)", r"\1\n", body)
    here = modules[own[0][0]]
    given = {each for name, _ in own for each in uses[name] if modules[each] != here}
    library = "\n\n\n".join(needed(body))
    head = [about, "from __future__ import annotations", *_blocks(f"{library}\n{body}")]
    head += filter(None, ("\n".join(_imported(given, modules)), library))
    return formatted("\n\n".join(head)).rstrip("\n") + f"\n\n\n{body}\n"


def _blocks(source: str) -> Iterator[str]:
    """The imports from elsewhere, by section."""
    return filter(None, "\n".join(imports(source)).strip("\n").split("\n\n"))


def _imported(names: Iterable[str], modules: Modules) -> Iterator[str]:
    by_module: dict[str, list[str]] = {}
    for name in sorted(names):
        by_module.setdefault(modules[name], []).append(name)
    for module, listed in sorted(by_module.items()):
        yield f"from .{module} import {', '.join(listed)}"


def _init(modules: Modules, about: str) -> str:
    listed = ", ".join(f'"{name}"' for name in sorted(modules))
    parts = (about, "\n".join(_imported(modules, modules)), f"__all__ = [{listed}]")
    return formatted("\n\n".join(parts))
