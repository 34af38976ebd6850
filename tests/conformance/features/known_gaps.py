"""
Cases that Samewire does not get right, each with the reason why it can't, or can't yet.

An entry must keep failing: one that passes is a reason to delete it here, and fails the test until that is done.
"""

from __future__ import annotations

_ONE_NAME = "a guard says that a value is of the type, which has one name for each field"

KNOWN_GAPS: dict[str, str] = {
    "objects/alias-or-name[guards]": _ONE_NAME,
    "objects/alias-or-name-by-the-old-word[guards]": _ONE_NAME,
    "objects/alias-or-name-with-a-default[guards]": _ONE_NAME,
    "objects/alias-or-name-without-other-keys[guards]": _ONE_NAME,
    "objects/alias-or-name-with-other-keys[guards]": _ONE_NAME,
    "objects/names-that-are-swapped[guards]": _ONE_NAME,
    "objects/alias-or-name-in-both-directions[guards]": _ONE_NAME,
    "objects/alias-choices[guards]": _ONE_NAME,
    "objects/alias-choices-of-many-fields[guards]": _ONE_NAME,
    "objects/alias-path-from-the-end[guards]": _ONE_NAME,
    "objects/alias-paths-alone[guards]": _ONE_NAME,
    "objects/alias-choices-with-a-path[guards]": _ONE_NAME,
    "objects/alias-choices-with-a-default[guards]": _ONE_NAME,
    "unions/tag-under-its-alias-or-its-name[guards]": _ONE_NAME,
    "dates/dates-under-several-names[guards]": _ONE_NAME,
}
