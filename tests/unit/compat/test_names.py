"""Which types are the same in two versions, what is said of them in one line, and in which words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from pydantic import BaseModel, create_model
from samewire import ir
from samewire.compat.changes import compare
from samewire.compat.findings import Finding
from samewire.discover import Root
from samewire.dump import DumpOptions
from samewire.export import ExportOptions, export_contract
from samewire.lower import lower
from samewire.schema import dumps, load

from tests.unit.compat.pairs import ROWS
from tests.unit.compat.test_relation import contract


def made(name: str, module: str = "app", /, **fields: Any) -> type[BaseModel]:
    given: dict[str, Any] = {
        key: each if isinstance(each, tuple) else (each, ...) for key, each in fields.items()
    }
    return create_model(name, __module__=module, **given)


def of(*models: Any, options: ExportOptions | None = None, **named: Any) -> ir.Contract:
    """Models, and other types by their names, in both directions."""
    roots = [
        Root(each.__name__, each, f"{each.__module__}:{each.__name__}", True) for each in models
    ]
    roots += [Root(name, each, f"app:{name}", True) for name, each in named.items()]
    exported = export_contract("case", roots, roots, options or ExportOptions())
    assert exported.diagnostics == ()
    return lower(load(dumps(exported.document), "case.json"), where="case.json")


def said(old: ir.Contract, new: ir.Contract) -> dict[str, str]:
    return {f"{each.rule.id} {each.where}": each.detail for each in compare(old, new)}


def test_a_module_that_is_called_otherwise() -> None:
    def version(one: str, two: str, *values: str) -> ir.Contract:
        first, second = made("Doc", one, v=Literal["1"]), made("Doc", two, v=Literal[*values])
        return of(first, second, Either=first | second)

    assert said(
        version("app.v1_0", "app.v1_1_0", "2"), version("app.v1_0", "app.v1_1", "2", "3")
    ) == {
        "emitted-value-added V11Doc.v": '"3"',
        "type-renamed V11Doc": "V110Doc is now V11Doc",
    }


def test_a_class_that_moved_beside_one_that_is_the_same() -> None:
    old = of(made("Role", "app.one", a=int), made("Role", "app.two", a=int))
    found = compare(old, of(made("Role", "app.one", a=int)))
    assert [each.detail for each in found] == ["OneRole is now Role", "TwoRole is now Role"]


def test_a_class_that_is_called_otherwise_and_changed() -> None:
    old, new = made("Writer", name=str), made("Author", name=str, age=int)
    assert said(of(made("Book", by=old)), of(made("Book", by=new))) == {
        "accepted-key-required Author.age": "",
        "type-renamed Author": "Writer is now Author",
    }


def test_new_members_of_a_union_are_one_finding_with_their_names() -> None:
    failed, done = made("Failed", error=str), made("Done", result=int)
    listed, deleted = made("Listed", items=list[int]), made("Deleted", id=str)
    old, new = of(Answer=failed | done), of(Answer=failed | done | listed | deleted)
    assert said(old, new) == {"emitted-member-added Answer": "Listed, Deleted"}
    assert said(new, old) == {
        "accepted-member-removed Answer": "Listed, Deleted",
        "type-removed Deleted": "",
        "type-removed Listed": "",
    }


def test_members_of_another_name_cover_a_value_too() -> None:
    """Without its result, it is what another member was all the time."""
    done = made("Done", id=int, result=int)
    deleted = made("Deleted", id=int, result=(None, None))
    may = made("Done", id=int, result=(int, 0))
    options = ExportOptions(DumpOptions(exclude_defaults=True))
    new, alone = of(Answer=may | deleted, options=options), of(Answer=may, options=options)
    old = of(Answer=done | deleted, options=options)
    assert [each for each in said(old, new) if "type-" not in each] == []
    assert "emitted-key-optional Done.result" in said(of(Answer=done), alone)


def test_a_tag_that_is_new_is_said_once() -> None:
    def version(*kinds: str) -> ir.Contract:
        return of(Pet=made("Cat", kind=Literal[*kinds]) | made("Dog", kind=Literal["dog"]))

    assert said(version("cat"), version("cat", "lion")) == {
        "emitted-value-added Cat.kind": '"lion"'
    }
    assert said(version("cat"), version("kitty")) == {
        "emitted-value-added Cat.kind": '"kitty"',
        "accepted-value-removed Cat.kind": '"cat"',
    }


def test_a_field_that_is_called_otherwise() -> None:
    old, new = made("User", name=str, age=int), made("User", title=str, age=int)
    assert said(of(old), of(new)) == {
        "emitted-key-missing User.name": "perhaps renamed, it comes as title",
        "accepted-key-required User.title": "perhaps renamed, it comes as name",
    }
    old, new = made("User", name=(str, "")), made("User", title=(str, ""))
    assert said(of(old), of(new)) == {
        "emitted-key-missing User.name": "perhaps renamed, it comes as title",
        "accepted-key-ignored UserInput.name": "perhaps renamed, it is read as title",
    }
    other = made("User", first=str, last=str, age=int)
    assert (
        said(of(made("User", name=str, age=int)), of(other))["emitted-key-missing User.name"] == ""
    )


def by_rule(old: Any, new: Any) -> dict[str, Finding]:
    return {each.rule.id: each for each in compare(contract(old), contract(new))}


def test_another_value_is_another_finding() -> None:
    two, three, four = Literal["a", "b"], Literal["a", "b", "c"], Literal["a", "b", "c", "d"]
    one, other = (by_rule(two, new)["emitted-value-added"] for new in (three, four))
    assert (one.detail, other.detail) == ('"c"', '"c", "d"')
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_details_are_in_plain_words(row: Any) -> None:
    for found in compare(contract(row[0]), contract(row[1])):
        assert not re.search(r"\b\w+\([^a-z]*\w+=|None|True|False|<[A-Z]|  |^ | $", found.detail)


def test_a_refusal_is_one_finding_with_the_roots_that_it_takes_away() -> None:
    part = made("Part", a=int)
    whole = made("Whole", "app.old", part=part, more=made("More", a=int))
    old = of(part, whole, made("Other", a=int), made("Gone", a=int))
    refused = made("Part", part=Callable[[], int])
    fresh = made("Fresh", part=Callable[[], int])  # of which there is nothing to compare
    moved = made("Whole", "app.new", part=refused)
    roots = [
        Root(each.__name__, each, f"{each.__module__}:{each.__name__}", True)
        for each in (refused, moved, fresh, made("Other", a=str))
    ]
    exported = export_contract("case", roots, roots, ExportOptions())
    cause = next(each for each in exported.diagnostics if each.where == "app:Part.part")
    new = lower(load(dumps(exported.document), "case.json"), where="case.json")
    found = compare(old, new, exported.diagnostics)
    assert [(each.rule.id, each.where, each.roots) for each in found] == [
        ("accepted-root-removed", "Gone", ()),
        ("accepted-type-narrowed", "Other.a", ("Other",)),
        ("emitted-type-changed", "Other.a", ("Other",)),
        ("type-refused", cause.where, ("Part", "Whole")),
        ("emitted-root-removed", "Gone", ()),
    ]
    said = next(each for each in found if each.rule.id == "type-refused")
    assert cause.message in said.detail
    assert said.hint == cause.hint
    assert cause.code in said.detail


@pytest.mark.parametrize(
    "first", [made("Part", a=made("Inner", a=Callable[[], int])), Callable[[], str]]
)
def test_the_causes_of_several_refusals(first: Any) -> None:
    """Each has the roots that it takes away, and a root that several take away is with the first."""
    names = ("One", "Two")
    old = of(*(made(name, a=int) for name in names), made("Both", a=int))
    fields: dict[str, Any] = {"One": {"a": first}, "Two": {"a": Callable[[], int]}}
    fields["Both"] = {"a": fields["One"]["a"], "b": Callable[[], int]}
    roots = [Root(name, made(name, **given), f"app:{name}", True) for name, given in fields.items()]
    roots.append(Root("Rest", made("Rest", a=int), "app:Rest", True))
    exported = export_contract("case", roots, roots, ExportOptions())
    new = lower(load(dumps(exported.document), "case.json"), where="case.json")
    found = compare(old, new, exported.diagnostics)
    assert {each.rule.id for each in found} == {"type-refused"}
    assert sorted(root for each in found for root in each.roots) == ["Both", "One", "Two"]
    assert len({each.fingerprint for each in found}) == len(found)
