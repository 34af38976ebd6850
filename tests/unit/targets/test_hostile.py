"""Text from a schema is data: whatever it holds and wherever it stands, the output keeps its structure and runs nothing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from samewire import ir, scalars

from tests.unit.targets.harness import Project, definition

PAYLOAD = "globalThis.pwned=1"
HOSTILE = [
    '"',
    "'",
    "`",
    "\\",
    "${",
    f"${{{PAYLOAD}}}",
    f'";{PAYLOAD};"',
    f"';{PAYLOAD};'",
    f"`;{PAYLOAD};`",
    f'"),({PAYLOAD}),("',
    f"*/{PAYLOAD}/*",
    f"*\\/{PAYLOAD}/*",
    f"\\*/{PAYLOAD}/*",
    "*/ */ */",
    "/*",
    "//",
    f"\n{PAYLOAD}",
    f"\r{PAYLOAD}",
    f"\r\n{PAYLOAD}\r\n",
    f"\u2028{PAYLOAD}\u2029",
    f"\u0085{PAYLOAD}\x0b{PAYLOAD}\x0c",
    "</script><script>alert(1)</script>",
    "<!--",
    "-->",
    "ends in a backslash\\",
    "\\u0022",
    f"\\u002a/{PAYLOAD}",
    "\\x00\x00\x1b[2J",
    "__proto__",
    "constructor",
    "toString",
    f"[{PAYLOAD}]",
    f"]: 1, [({PAYLOAD}, 'x')]: 1, [",
    "\ud800",
    "\u202e\u2066 reversed \u2069",
    "\u200b\u200d\ufeff",
    "😀👩‍👩‍👧\u0301",
    "@deprecated @internal",
    "text @deprecated\n * @deprecated\n@param x {@link y} {@inheritDoc z}",
    "`@deprecated\n```\n@deprecated\n```",
    "#!/usr/bin/env node",
    "'use strict'",
    "a-b",
    " ",
    "",
    "x" * 200,
]

SHAPE = """
import ts from "typescript5";
import { readFileSync } from "node:fs";

function shape(path) {
  const source = readFileSync(path, "utf8");
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const [problem] = tree.parseDiagnostics;
  if (problem) throw new Error(`${path}: ${problem.messageText}`);
  const documented = [];
  const walk = (node) => {
    for (const doc of node.jsDoc ?? []) {
      for (const part of [doc, ...(doc.tags ?? [])]) {
        const name = part.tagName?.text ?? "text";
        const inside = Array.isArray(part.comment) ? part.comment.map((each) => each.kind) : [];
        documented.push([name, inside.filter((kind) => kind !== ts.SyntaxKind.JSDocText).length]);
      }
    }
    const children = [];
    ts.forEachChild(node, (child) => void children.push(walk(child)));
    return [node.kind, ...children];
  };
  return [walk(tree), documented];
}

const folders = JSON.parse(readFileSync(0, "utf8"));
const files = ["types.ts", "schemas.ts", "index.ts", "schemas.proof.ts"];
const shapes = folders.map((folder) => files.map((file) => shape(`${folder}/${file}`)));
process.stdout.write(JSON.stringify(shapes));
"""

LOAD = """
import { readFileSync } from "node:fs";
const answers = [];
for (const [folder, values] of JSON.parse(readFileSync(0, "utf8"))) {
  const index = await import(`${folder}/index.ts`);
  const { Kind } = await import(`${folder}/types.ts`);
  if (globalThis.pwned !== undefined) throw new Error(`${folder} ran its text`);
  const parsed = values.map(([name, value]) => {
    const found = Object.keys(index).find((key) => key.startsWith(name) && key.endsWith("Schema"));
    const result = index[found]["~standard"].validate(JSON.parse(value));
    return result.issues ? null : [result.value];
  });
  answers.push([Kind, parsed]);
}
process.stdout.write(JSON.stringify(answers));
"""


def everywhere(text: str) -> list[ir.Definition]:
    """A contract with ``text`` in every position that a schema can fill."""
    doc = ir.Doc(
        title=text,
        description=text,
        deprecated=text or "x",
        examples=(text, {text: [text]}),
        default=(text,),
    )
    hidden = ir.Doc(description=f"Before {text} after\n{text}\n")
    string = ir.String()
    properties = (
        ir.Property(f"key {text}", string, True, doc),
        ir.Property("literal", ir.Literal((text, f"{text} ")), True, hidden),
        ir.Property("record", ir.Record(ir.Literal((f"{text} x", "y")), string), False),
        ir.Property("date", ir.String(format=scalars.Date(scalars.Bounds(ge=text))), False),
        ir.Property(
            "decimal",
            ir.String(format=scalars.Decimal(multiple_of="1", bounds=scalars.Bounds(lt=text))),
            False,
        ),
        ir.Property("url", ir.String(format=scalars.Url((f"{text}x",))), False),
        ir.Property("dsn", ir.String(format=scalars.Url((f"{text}x",), multi_host=True)), False),
        ir.Property("next", ir.Nullable(ir.Ref(f"Name{text}")), False),
    )
    members = (
        ir.EnumMember("FIRST", text, text),
        ir.EnumMember(f"second {text}", f"{text}2", f"* {text}"),
    )
    variants = tuple(
        ir.Object((ir.Property(f"{text} tag", ir.Literal((f"{text}{index}",)), True),))
        for index in range(2)
    )
    return [
        definition(f"Name{text}", ir.Object(properties), doc=doc),
        definition("Kind", ir.EnumType(members), doc=hidden),
        definition("Alias", ir.Union(variants, f"{text} tag"), doc=hidden),
    ]


def run(project: Project, script: str, given: Any) -> Any:
    (project.folder / "script.mjs").write_text(script)
    command = [str(project.node), "--disable-warning=ExperimentalWarning", "script.mjs"]
    done = subprocess.run(
        command,
        input=json.dumps(given),
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rendered(project: Project, text: str, index: int, **options: Any) -> str:
    folder = project.folder / str(index)
    part = Project(folder, project.node, project.node_modules)
    part.render(
        everywhere(text), schema_path=f"schema/{text}.json", command=f"samewire {text}", **options
    )
    return str(folder)


def test_text_changes_no_structure(project: Project) -> None:
    folders = [rendered(project, text, index) for index, text in enumerate(["harmless", *HOSTILE])]
    project.render({"Any": ir.Null()})
    expected, *shapes = run(project, SHAPE, folders)
    changed = [
        text
        for text, shape in zip(HOSTILE, shapes, strict=True)
        for (tree, comments), (expected_tree, expected_comments) in zip(
            shape, expected, strict=True
        )
        if tree != expected_tree or (text.strip() and comments != expected_comments)
    ]
    assert changed == []
    for folder in folders:
        for file in Path(folder).glob("*.ts"):
            written = file.read_bytes().decode()
            assert [
                char for char in "\r\u2028\u2029\u0085\u202e\u200b\ufeff\x00" if char in written
            ] == []


@pytest.mark.parametrize("zod", ["zod", "zod/mini"])
def test_text_is_what_it_was_and_runs_nothing(project: Project, zod: str) -> None:
    project.render({"Any": ir.Null()})
    given, expected = [], []
    for index, text in enumerate(HOSTILE):
        value = {f"key {text}": text, "literal": f"{text} ", "record": {f"{text} x": text}}
        wrong = [
            {**value, "literal": f"{text}!"},
            {**value, "record": {"z": ""}},
            {"literal": text},
        ]
        tags = [{f"{text} tag": f"{text}1"}, {f"{text} tag": "2"}]
        tried = [("Name", each) for each in (value, *wrong)]
        tried += [("Kind", each) for each in (text, f"{text}2", "FIRST")]
        tried += [("Alias", each) for each in tags]
        folder = rendered(project, text, index, zod_import=zod)
        given.append((folder, [(name, json.dumps(each)) for name, each in tried]))
        parsed = [[value], None, None, None, [text], [f"{text}2"], None, [tags[0]], None]
        expected.append([{"FIRST": text, f"second {text}": f"{text}2"}, parsed])
    wrong = [
        (text, answer)
        for text, answer, wanted in zip(HOSTILE, run(project, LOAD, given), expected, strict=True)
        if answer != wanted
    ]
    assert wrong == []


def test_hostile_keys_have_names_of_their_own(project: Project) -> None:
    files = project.render([definition("a b", ir.Null()), definition("a*/b", ir.Null())])
    assert "export type ASpaceB = null;" in files["types.ts"]
    assert "export type AU002ASlashB = null;" in files["types.ts"]
