"""
Names: from the keys of a schema document to TypeScript identifiers, all of a contract in one pass.

A key that is a good name is kept, whatever else there is; the others are spelled in PascalCase, with their punctuation if
another key has that name. Nothing is ever numbered: where two keys still end in one name, the user decides. The validator of
``Voice`` is ``VoiceSchema``, or ``VoiceValidator`` where there is a type called ``VoiceSchema``: types keep their names. Its
guard is ``isVoice``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import Final

from samewire.errors import Diagnostic, NameClashError
from samewire.identifiers import KEYWORDS, RESERVED, is_identifier, is_type_name

_SUFFIXES: Final = ("Schema", "Validator", "ZodSchema")

_WORDS: Final = re.compile(r"[^\W_]+")
_PARTS: Final = re.compile(r"[\W_]+")
_PUNCTUATION: Final = {
    "-": "Dash",
    "_": "Underscore",
    ".": "Dot",
    "/": "Slash",
    " ": "Space",
    ":": "Colon",
    "+": "Plus",
    "@": "At",
    "#": "Hash",
}


def pascal_case(text: str) -> str:
    """
    ``page[item-list]`` as ``PageItemList``: the runs of letters and digits, each with a capital.

    ``number[]`` is a ``NumberArray``. Letters that no identifier of the output has are written as their number, ``U928``. The
    result is ``_`` if nothing is left, and starts with ``_`` where it would start with a digit.
    """
    words = _WORDS.findall(unicodedata.normalize("NFC", text.replace("[]", " array ")))
    name = "".join(map(_capitalized, words))
    return name if is_identifier(name) else f"_{name}"


def _capitalized(word: str) -> str:
    """With a capital, if there is one for the letter: that of ``ǰ`` would be two characters, one of them no letter."""
    letters = [char if is_identifier(f"_{char}") else f"U{ord(char):X}" for char in word]
    first = letters[0].upper()
    return "".join((first if is_identifier(f"_{first}") else letters[0], *letters[1:]))


def assign_identifiers(keys: Iterable[str], *, contract: str = "<contract>") -> dict[str, str]:
    """
    The identifier of each key.

    Where several keys end in one name, the key that is this name keeps it, and the others show their punctuation: ``Run-Input``
    beside ``RunInput`` is ``Run_Input``, ``a.b`` beside ``a-b`` is ``ADotB``. A word of TypeScript, which has none, gets an
    underscore: ``infer`` beside ``Infer`` is ``infer_``. Raises :class:`NameClashError` if two keys still get the same one.
    """
    names = {key: key if is_type_name(key) else pascal_case(key) for key in sorted(keys)}
    for spell in (_with_underscores, _with_words, _with_underscore_behind):
        for key in _clashing(names):
            names[key] = spell(key)
    owners: dict[str, str] = {}
    clashes: list[Diagnostic] = []
    for key, name in names.items():
        other = owners.setdefault(name, key)
        if other != key:
            clashes.append(
                _clash(contract, key, f"and {other!r} are both called {name!r} in TypeScript")
            )
    if clashes:
        raise NameClashError(*clashes)
    return names


def _clashing(names: Mapping[str, str]) -> list[str]:
    """The keys that share their name, but for one that is it."""
    count = Counter(names.values())
    return [key for key, name in names.items() if count[name] > 1 and key != name]


def _with_underscores(key: str) -> str:
    return "_".join(pascal_case(part) for part in _PARTS.split(key) if part) or "_"


def _with_words(key: str) -> str:
    return pascal_case(_PARTS.sub(lambda found: f" {' '.join(map(_word, found[0]))} ", key))


def _with_underscore_behind(key: str) -> str:
    """``infer_``, as Python's authors name what a keyword would be the name of."""
    return f"{key}_" if key in RESERVED else _with_words(key)


def _word(char: str) -> str:
    """A character as it may stand in a name: ``Dot``, or the number that Unicode gives it."""
    return _PUNCTUATION.get(char, f"U{ord(char):04X}")


def assign_validators(names: Mapping[str, str], *, contract: str = "<contract>") -> dict[str, str]:
    """
    The name under which the validator of each key is exported, from what :func:`assign_identifiers` gave.

    ``UserSchema``, or, where a type is called that, ``UserValidator``, or else ``UserZodSchema``. Only a type that is called like a
    validator renames one, and no type ever. Raises :class:`NameClashError` if there are types of all three names.
    """
    types = set(names.values())
    validators: dict[str, str] = {}
    clashes: list[Diagnostic] = []
    for key, name in names.items():
        free = (name + suffix for suffix in _SUFFIXES if name + suffix not in types)
        validator = next(free, None)
        if validator is None:
            wanted = ", ".join(name + suffix for suffix in _SUFFIXES)
            what = f"leaves its validator no name: {wanted} are all types"
            clashes.append(_clash(contract, key, what))
        else:
            validators[key] = validator
    if clashes:
        raise NameClashError(*clashes)
    return validators


def guard_names(names: Mapping[str, str]) -> dict[str, str]:
    """
    What the guard of each type is called, by the type's key: ``isUser`` for ``User``, and for ``user`` unless there are both.

    Where a type is called that, the guard has an underscore: types keep their names.
    """
    return _functions("is", names)


def fixture_names(names: Mapping[str, str]) -> dict[str, str]:
    """What the function that returns values of each type is called: ``fixturesOfUser`` for ``User``, as :func:`guard_names`."""
    return _functions("fixturesOf", names)


def reporter_names(names: Mapping[str, str]) -> dict[str, str]:
    """What the function that finds unknown members of each type is called, as :func:`guard_names`."""
    return _functions("unknownMembersOf", names)


def _functions(prefix: str, names: Mapping[str, str]) -> dict[str, str]:
    types = set(names.values())
    capitals = {key: _capitalized(name) for key, name in names.items()}
    wanted = {
        key: prefix + (name if capitals[key] in types else capitals[key])
        for key, name in names.items()
    }
    taken = types | set(wanted.values())
    return {key: free(name, taken) if name in types else name for key, name in wanted.items()}


def free(name: str, taken: Container[str]) -> str:
    """The name, with underscores where it is taken."""
    while name in taken:
        name += "_"
    return name


def private_names(names: Mapping[str, str], taken: Iterable[str]) -> dict[str, str]:
    """
    The name of each definition's unexported constant, by key: the definition's own, with underscores where it is ``taken`` or
    that of a validator.
    """
    used = {*taken, *KEYWORDS, *assign_validators(names).values()}
    private: dict[str, str] = {}
    for key, name in names.items():
        private[key] = free(name, used)
        used.add(private[key])
    return private


def _clash(contract: str, key: str, what: str) -> Diagnostic:
    return Diagnostic(
        "name-clash",
        key,
        what,
        f'choose a name in the configuration: [tool.samewire.contracts.{contract}.names] "module:Class" = "NewName"',
    )
