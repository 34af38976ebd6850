"""The rules that `make lint` holds the repository to: what breaks one is found, and what looks like it is let pass."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scripts.check_tree import broken, findings

REGISTRY = (
    "https://registry.npmjs" + ".org/zod/-/zod-4.6.7.tgz"
)  # in two parts, or this file would be a finding
HOME = "/ho" + "me/ada/samewire"

WRONG = [
    ("package-lock.json", '{"resolved": "file:../zod.tgz"}', "says where packages come from"),
    ("package-lock.json", f'{{"url": "{REGISTRY}"}}', "names the address of a registry"),
    ("requirements/dev.txt", "click==8\n--index-url https://mirror.example/\n", "says where packages come from"),
    ("requirements/dev.txt", "click @ https://mirror.example/packages/click.whl", "says where packages come from"),
    ("README.md", f"see {HOME}/README.md", "names a path of a machine"),
    ("README.md", "see C:" + "\\Users\\ada", "names a path of a machine"),
    ("web/a.ts", "// @ts-" + "ignore\nf();", "turns the type checker off"),
    ("templates/a.ts.jinja", "// @ts-" + "nocheck", "turns the type checker off"),
]  # fmt: skip
ANY = [
    "let x: any = 1;",
    "let x: any;",
    "f(x as any);",
    "let x: Array<any>;",
    "let x: Record<string, any>;",
    "let x: string | any;",
    "let x: any[] = [];",
    "type F = (x: any) => void;",
    "type F = () => any;",
    "type T<U = any> = U;",
    "type T<U> = U extends string ? any : never;",
    "interface I { x?: any }",
    "const s = z.any();",
    "/* fine */ let x: any;",
    'let s = "a // b"; let x: any;',
]
NOT_ANY = [
    "/** Either: any of these. */ let x: string;",
    "let x = 1; // as any other",
    'let x = "as any";',
    "let x = `: any`;",
    "let x: company;",
    "let x: { a: string, any: string };",
    "let x = { any: 1, many: [2] };",
    "Promise.any([p]);",
    "f((any: string) => any.length);",
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_what_breaks_a_rule_is_found_with_its_line(name: str, text: str, message: str) -> None:
    found = list(broken(name, "\n\n" + text))
    assert any(message in each for each in found), found
    assert all(each.startswith((f"{name}:3: ", f"{name}:4: ")) for each in found)


@pytest.mark.parametrize("text", ANY)
@pytest.mark.parametrize("name", ["a.ts", "a.tsx", "a.mts", "a.d.ts", "a.ts.jinja"])
def test_any_is_found(name: str, text: str) -> None:
    (found,) = broken(name, "/*\n*/\n" + text)
    assert found.startswith(f"{name}:3: has the type `any`")


@pytest.mark.parametrize("text", NOT_ANY)
def test_the_word_any_is_let_pass(text: str) -> None:
    assert list(broken("a.ts", text)) == []


def test_any_is_a_word_everywhere_else() -> None:
    assert list(broken("a.py", "x: any = 1")) == []
    assert list(broken("a.md", "x: any; // @ts-" + "ignore")) == []


def test_tracked_files_are_read_and_others_are_not(tmp_path: Path) -> None:
    (tmp_path / "crlf.txt").write_bytes(b"a\r\nb\r\n")
    (tmp_path / "home.txt").write_text(HOME)
    (tmp_path / "fine.txt").write_text("a\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\0" + HOME.encode())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for command in ("init", "add ."):
        git = ["git", "-c", "core.autocrlf=false", *command.split()]
        subprocess.run(git, cwd=tmp_path, env=environment, check=True, capture_output=True)
    (tmp_path / "untracked.txt").write_text(HOME)
    assert list(findings(tmp_path)) == [
        "crlf.txt: has line endings other than LF",
        f"home.txt:1: names a path of a machine: {HOME[:11]}",
    ]
