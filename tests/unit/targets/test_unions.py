"""The key by which a union finds out which of its members a value is meant to be."""

from __future__ import annotations

import pytest
from samewire import ir
from samewire.targets.typescript.unions import shared_tag

TEXT = ir.String()


def member(required: bool, **tags: tuple[str, ...]) -> ir.Object:
    properties = [ir.Property(key, ir.Literal(values), required) for key, values in tags.items()]
    return ir.Object((*properties, ir.Property("text", TEXT, True)), ir.STRIP)


@pytest.mark.parametrize(
    ("members", "tag"),
    [
        ([member(True, kind=("a",)), member(True, kind=("b",))], "kind"),
        ([member(False, kind=("a",)), member(False, kind=("b",))], "kind"),
        ([member(False, kind=("a",)), member(True, kind=("b",))], "kind"),
        ([member(False, kind=("a", "b")), member(False, kind=("c",))], "kind"),
        # One that is required comes first, though another one tells as much.
        (
            [
                ir.Object(
                    member(True, z=(x,)).properties + member(False, a=(x,)).properties[:1], ir.STRIP
                )
                for x in "ab"
            ],
            "z",
        ),
        # Which member is meant can't be told.
        ([member(False, kind=("a", "b")), member(False, kind=("b", "c"))], None),
        ([member(False, kind=("a",)), member(False, other=("b",))], None),
        ([member(False, kind=("a",)), TEXT], None),
    ],
)
def test_members_are_told_by_their_literals(members: list[ir.Type], tag: str | None) -> None:
    assert shared_tag(ir.Union(tuple(members)), {}) == tag
