"""Unlisted members of an open enumeration or union: an alternative with ``x-samewire-open``."""

from __future__ import annotations

from typing import Final

from samewire import ir
from samewire.lower.scope import Scope, Site
from samewire.open import OPEN

_VALUES: Final[dict[str, ir.String | ir.Integer | ir.Number]] = {
    "string": ir.String(),
    "integer": ir.Integer(),
    "number": ir.Number(),
}


def unlisted(site: Site, scope: Scope) -> ir.Type:
    match site.schema:
        case {"type": "string" | "integer" | "number" as type_, **rest} if rest == {OPEN: True}:
            return ir.Unlisted(_VALUES[type_])
        case {
            "type": "object",
            "properties": dict(properties),
            "required": [str(tag)],
            "additionalProperties": True,
            **rest,
        } if rest == {OPEN: True} and [*properties] == [tag]:
            match properties[tag]:
                case {"type": "string", "not": {"enum": [*known], **more}, **others} if (
                    known and all(isinstance(each, str) for each in known) and not (more or others)
                ):
                    return ir.UnlistedObject(tag, tuple(known))
    expected = "true beside a type of text or number alone, or beside an object with a tag that is a text and not one of an enum"
    scope.invalid(site, OPEN, expected)
    return ir.Never()
