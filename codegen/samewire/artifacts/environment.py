"""Why a generated file is out of date though nobody edited it: what surrounds it changed, not the models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from samewire.artifacts.tokens import differ_in_imports_only, ending_of_imports, modules

_ENDINGS = {"none": "have no ending", None: "are others"}


def changed(
    path: str,
    text: str,
    expected: str,
    otherwise: Callable[[], Iterable[tuple[str, Mapping[str, str]]]],
) -> str | None:
    """
    The reason, or ``None`` if it could as well be an edit. ``expected`` is what the schema document on disk gives today, and
    ``otherwise`` makes what it gives in other surroundings, each with a reason.
    """
    if not path.endswith(".ts"):
        return None
    if differ_in_imports_only(path, text, expected):
        was, asked = ending_of_imports(text), ending_of_imports(expected)
        return (
            f"its relative imports {_said(was)}, and by tsconfig.json or the key `imports` they {_said(asked)}; "
            f'to keep them, set imports = "{was}"'
        )
    for reason, files in otherwise():
        if path in files and differ_in_imports_only(path, text, files[path]):
            return reason
    if modules(text) != modules(expected):
        return "it imports other modules, as under another configuration or by another version of Samewire"
    return None


def _said(ending: str | None) -> str:
    return _ENDINGS.get(ending, f"end in {ending}")
