"""The declarations that schemas need beyond zod: each compiles with no more than it needs, in every dialect."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from samewire import ir
from samewire.render import templates
from samewire.targets.typescript.syntax import Code
from samewire.targets.zod.prelude import Prelude, Selection, load

from tests.unit.targets.harness import Project

SOURCE = (templates("typescript") / "prelude.ts").read_text("utf-8")


@pytest.fixture(scope="module")
def prelude() -> Prelude:
    return load(SOURCE)


def exporting(prelude: Prelude, name: str) -> Prelude:
    """The same with one more of its functions or types exported."""
    code = prelude.codes[name]
    codes = {
        **prelude.codes,
        name: Code(re.sub("^(?=function |type )", "export ", code, flags=re.MULTILINE)),
    }
    return replace(prelude, codes=codes)


@pytest.mark.parametrize("zod", ["zod", "zod/mini", "zod40", "zod43/mini"])
def test_each_declaration_stands_on_what_it_needs_and_nothing_else(
    project: Project, prelude: Prelude, zod: str
) -> None:
    project.render({"A": ir.JsonValue()}, zod_import=zod)
    files = []
    for name in sorted(prelude.declared):
        is_type = re.search("^(?:export )?type ", prelude.codes[name], re.MULTILINE) is not None
        selected = exporting(prelude, name).select([name])
        used = f"export type Used = {name};" if is_type else f"export const used: unknown = {name};"
        head = f'import * as z from "{zod}";\nimport type * as t from "./types.ts";\nexport type Json = t.JsonValue;\n'
        zed = "export const zed: unknown = z.string;\n"
        text = head + zed + "\n\n".join([*selected.constants, *selected.functions, used]) + "\n"
        files.append(f"alone-{name}.ts")
        (project.folder / files[-1]).write_text(text, "utf-8")
    assert len(files) > 40
    assert project.type_check(files=files) == ""


def test_the_whole_prelude_is_declarations(prelude: Prelude) -> None:
    rest = SOURCE
    for code in prelude.codes.values():
        assert code in rest
        rest = rest.replace(code, "", 1)
    lines = [line for line in rest.splitlines() if line]
    assert all(line.startswith(("//", "import ")) for line in lines), lines


def test_declarations_come_in_the_order_of_the_file_with_all_they_need(prelude: Prelude) -> None:
    selected = prelude.select(["awareTime", "integer"])
    assert [code.split("const ")[1].split(" ")[0] for code in selected.constants] == [
        "integer",
        "time",
        "awareTime",
    ]
    assert prelude.select([]) == Selection((), (), (), uses_zod=False)


def test_what_is_imported_has_to_be_exported(prelude: Prelude) -> None:
    with pytest.raises(ValueError, match="canonical"):
        prelude.select(["canonical"])


def test_functions_go_to_a_file_of_their_own(prelude: Prelude) -> None:
    selected = prelude.select(["unique", "ownRecord", "integer"])
    assert selected.imported == ("isUnique", "ownRecord")
    assert len(selected.constants) == 2
    assert "function canonical(" in "".join(selected.functions)
    assert selected.uses_zod
    assert not prelude.select(["jsonValue"]).uses_zod


def test_what_can_be_imported_is_exported_and_no_function_needs_a_constant(
    prelude: Prelude,
) -> None:
    for name in prelude.declared - prelude.constants:
        assert not prelude.uses(name) & prelude.constants, name
    for name in prelude.constants:
        for used in prelude.uses(name) - prelude.constants:
            assert "export function " in prelude.codes[used], (name, used)


def test_nothing_is_used_before_it_is_declared(prelude: Prelude) -> None:
    """Functions are hoisted, constants are not: one may use another only inside a function that runs later."""
    names = list(prelude.codes)
    for index, name in enumerate(names):
        code = prelude.codes[name]
        if "\nconst " not in f"\n{code}" or "=>" in code:
            continue
        later = {other for other in prelude.uses(name) - {name} if names.index(other) > index}
        assert all("function " in f"\n{prelude.codes[other]}" for other in later), (name, later)
