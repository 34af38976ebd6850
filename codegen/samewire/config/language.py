"""
Whether generated validators fit a TypeScript project's JavaScript target.

TypeScript checks regular expressions, private fields and loops against ``target``, and built-in functions against ``lib``. Types
alone are plain interfaces and unions, which every TypeScript reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from samewire.config.packages import Version

OLDEST_TARGET: Final = 2017
OLDEST_LIB: Final = 2020
NEWEST: Final = 9999

FIRST_WITH_CURRENT_TARGET: Final = (6, 0)
"""The TypeScript whose default for ``target`` is a current ECMAScript; before that it is ES5."""

MODULE_TARGETS: Final = {"node16": 2022, "node18": 2022, "node20": 2023, "nodenext": NEWEST}
"""The ``target`` that follows from ``module`` where none is set. Source: https://www.typescriptlang.org/tsconfig/#target"""

YEARS: Final = {"es3": 1999, "es5": 2009, "es6": 2015, "es7": 2016, "esnext": NEWEST}


def shortcomings(
    options: Mapping[str, object], typescript: Version | None
) -> Iterator[tuple[str, str]]:
    """The settings in ``options`` under which validators do not compile, each with its fix; ``typescript`` is the version."""
    target, lib = _target(options, typescript), options.get("lib")
    needed = (
        OLDEST_TARGET if isinstance(lib, list) else OLDEST_LIB
    )  # without lib, target decides it
    if target is not None and target < needed:
        said = (
            f'sets "target": "{options["target"]}"' if "target" in options else 'sets no "target"'
        )
        default = "" if "target" in options else ", which is ES5 for TypeScript 5.9 and older"
        yield (
            f"{said}{default}; generated validators need ES{needed}",
            f'write "target": "ES{needed}" into its compilerOptions',
        )
    if isinstance(lib, list) and max((_year(name) or 0 for name in lib), default=0) < OLDEST_LIB:
        yield (
            f'has no ES{OLDEST_LIB} in "lib", but generated validators use its functions',
            f'add "ES{OLDEST_LIB}" to the "lib" of its compilerOptions',
        )


def _target(options: Mapping[str, object], typescript: Version | None) -> int | None:
    """The year of the ECMAScript that code is compiled for, as far as it is known."""
    if "target" in options:
        return _year(options["target"])
    implied = MODULE_TARGETS.get(str(options.get("module", "")).lower())
    if implied is not None:
        return implied
    if typescript is None or typescript >= FIRST_WITH_CURRENT_TARGET:
        return None
    return YEARS["es5"]


def _year(name: object) -> int | None:
    text = str(name).lower()
    matched = re.fullmatch(r"es(\d{4})", text)
    return int(matched[1]) if matched else YEARS.get(text)
