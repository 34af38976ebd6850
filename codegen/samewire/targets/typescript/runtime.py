"""
The runtime library: TypeScript source files that generated files import and a contract gets copies of.

They stand in ``templates/typescript/runtime/``, where they are compiled, linted and tested by themselves. A copy differs in its
header and in the specifiers of its imports: relative ones end as the project's do, and a package is the project's own.

A file that is called like a target, or by its name and a hyphen first, is that target's alone. Of the others and one target's,
no two export the same name, so a name says which file it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from samewire.targets import BUILT_IN
from samewire.targets.typescript.syntax import Code, string

FOLDER: Final = "runtime"
"""Where the copies stand beside the generated files."""

_EXPORT: Final = re.compile(
    r"^export (?:async )?(?P<kind>function\*?|const|class|type|interface) (?P<name>\w+)",
    re.MULTILINE,
)
_ANY_EXPORT: Final = re.compile(r"^export\b", re.MULTILINE)
_IMPORT: Final = re.compile(r'^import (?:[^;"]* from )?"(?P<module>[^"]+)";$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """``values`` and ``types`` are the exported names; ``imports`` the other files of the library that it imports."""

    name: str
    text: str
    values: frozenset[str]
    types: frozenset[str]
    imports: frozenset[str]


@dataclass(frozen=True, slots=True)
class Runtime:
    """The files by their name without an extension; ``homes`` has the file of each exported name."""

    files: Mapping[str, RuntimeFile]
    homes: Mapping[str, RuntimeFile]

    def home(self, name: str) -> RuntimeFile:
        """The file that exports ``name``. Raises ``KeyError`` if none does."""
        return self.homes[name]

    def closure(self, names: Iterable[str]) -> tuple[str, ...]:
        """These files and all they import, sorted."""
        pending, reached = list(names), set[str]()
        while pending:
            name = pending.pop()
            if name not in reached:
                reached.add(name)
                pending.extend(self.files[name].imports)
        return tuple(sorted(reached))

    def copy(self, name: str, *, header: Code, extension: str, packages: Mapping[str, str]) -> Code:
        """The text of a copy. ``extension`` ends relative imports; ``packages`` are those that the project imports otherwise."""

        def specifier(module: str) -> str:
            if module.startswith("./"):
                return f"{module.removesuffix('.ts')}{extension}"
            return packages.get(module, module)

        text = _with_specifiers(self.files[name].text, specifier)
        return Code(f"{header}\n{text}")


def _with_specifiers(text: str, specifier: Callable[[str], str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        quoted = f'"{match["module"]}"'
        return match[0].replace(quoted, string(specifier(match["module"])))

    return _IMPORT.sub(replaced, text)


@cache
def load(folder: Path, target: str | None = None) -> Runtime:
    """
    The library in a folder, without the files of other targets than ``target``.

    Raises:
        ValueError: a file exports in a form that is not known here, or a name that another file exports.

    """
    others = {name for name in BUILT_IN if name != target}
    files = {
        path.stem: _read(path)
        for path in sorted(folder.glob("*.ts"))
        if path.stem.partition("-")[0] not in others
    }
    homes: dict[str, RuntimeFile] = {}
    for file in files.values():
        for name in sorted(file.values | file.types):
            if homes.setdefault(name, file) is not file:
                raise ValueError(f"{name} is exported by {homes[name].name}.ts and {file.name}.ts")
        if unknown := file.imports - files.keys():
            raise ValueError(f"{file.name}.ts imports {sorted(unknown)}, which is not there")
    return Runtime(files, homes)


def _read(path: Path) -> RuntimeFile:
    text = path.read_text("utf-8")
    exports = list(_EXPORT.finditer(text))
    if len(exports) != len(_ANY_EXPORT.findall(text)):
        raise ValueError(f"{path.name} exports something that is not declared in the same place")
    types = frozenset(each["name"] for each in exports if each["kind"] in ("type", "interface"))
    values = frozenset(each["name"] for each in exports) - types
    return RuntimeFile(path.stem, text, values, types, frozenset(_relative(text)))


def _relative(text: str) -> Iterator[str]:
    for match in _IMPORT.finditer(text):
        if match["module"].startswith("."):
            yield match["module"].removeprefix("./").removesuffix(".ts")
