"""
Identifiers: valid type names in a contract, for all targets.

A name that a user or a class chooses is checked before any target is asked, so the rule is one for all of them: letters that
every target prints as they are, and no word that a language reserves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Characters printed as they are. All others above ASCII are written as escapes: invisible and bidirectional ones could make
# the source read differently from what it does, and for the rest the width on screen, hence the layout, would depend on
# the version of Unicode. Fixed ranges of letters, not a Unicode database, so that every Python writes the same bytes.
LETTERS: Final = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"  # Latin
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"  # Greek
    "\u0400-\u0481\u048a-\u0513"  # Cyrillic
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"  # Hebrew, Arabic
    "\u3041-\u3094\u30a1-\u30fa"  # Kana
    "\u4e00-\u9fbb\uac00-\ud7a3"  # Han, Hangul
)
_IDENTIFIER: Final = re.compile(f"[A-Za-z_${LETTERS}][A-Za-z0-9_${LETTERS}]*")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ECMA-262 section 20.1.3: what every object inherits, so that `in` and a property access find it where the key is not there.
INHERITED: Final = words(
    """
    __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ constructor hasOwnProperty
    isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
    """
)

KEYWORDS: Final = words(
    # ECMA-262 section 12.7.2, in strict mode and in a module, with the literals.
    """
    await break case catch class const continue debugger default delete do else enum export extends false finally for
    function if import in instanceof new null return super switch this throw true try typeof var void while with yield
    let static implements interface package private protected public arguments eval
    """
)

RESERVED: Final = KEYWORDS | words(
    "any bigint boolean never null number object string symbol undefined unknown void "
    "infer intrinsic keyof readonly unique"
)
"""
What can't name a type: the keywords of JavaScript, the predefined types of TypeScript, and its words that mean something else where
a type is used.
"""


@lru_cache(1 << 16)
def is_identifier(text: str) -> bool:
    """Whether ``text`` is a valid name in source. Keywords are not, except as property keys."""
    return bool(_IDENTIFIER.fullmatch(text))


def is_type_name(text: str) -> bool:
    """Whether ``text`` is a valid type name."""
    return is_identifier(text) and text not in RESERVED
