"""What a validator refuses on purpose: what the configuration promises not to be sent, though Pydantic may read or write it."""

from __future__ import annotations

from functools import partial

from samewire import ir
from samewire.scalars import DateTime, Time
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import Zone, has_zone
from samewire.verify.answers import Refused
from samewire.verify.javascript import SAFE
from samewire.verify.places import Path
from samewire.verify.subjects import Terms


def refused_on_purpose(value: ir.Json, answer: Refused, terms: Terms) -> bool:
    """Whether what the configuration promises is all that a value is refused for."""
    if not _is_in(terms, value):
        return False
    paths = [issue.path for issue in answer.issues]
    return bool(paths) and all(_is_at(path, value, terms) for path in paths)


def _is_in(terms: Terms, value: ir.Json) -> bool:
    """Whether something in a value breaks what is promised."""
    inside = partial(_is_in, terms)
    match value:
        case dict():
            return any(map(inside, (*value, *value.values())))
        case list():
            return any(map(inside, value))
        case _:
            return _breaks_promise(value, terms)


def _is_at(path: Path, value: ir.Json, terms: Terms) -> bool:
    """Whether such a thing stands at a place, or is the key."""
    for step in path:
        match value:
            case dict():
                value = value.get(str(step))
            case list() if isinstance(step, int) and step < len(value):
                value = value[step]
            case _:
                return False
    return any(_breaks_promise(each, terms) for each in (value, *path[-1:]))


def _breaks_promise(value: object, terms: Terms) -> bool:
    """
    Whether it is an integer beyond what a JavaScript number holds, or the text of a ``datetime`` or ``time`` with another zone than
    every one is said to have.
    """
    if isinstance(value, int):
        return terms.safe_integers and abs(value) >= SAFE
    if not isinstance(value, str):
        return False
    for format_, promised in ((DateTime, terms.promised), (Time, terms.promised_times)):
        read = format_(spelling=Spelling.READ).value(value) if promised is not Zone.ANY else None
        if read is not None and not has_zone(promised, read):
            return True
    return False
