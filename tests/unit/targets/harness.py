"""Contracts straight from the intermediate representation, rendered, type-checked, formatted, and run in Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samewire import ir
from samewire.targets.valibot.render import ValibotOptions
from samewire.targets.valibot.render import render_contract as render_valibot
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

STRICTEST = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "isolatedDeclarations": True,
    "declaration": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
    "noEmit": True,
    "module": "nodenext",
    "target": "es2020",
    "lib": ["es2022"],
    "types": [],
}

_RUN = """
import { readFileSync } from "node:fs";
const [, , file, mini] = process.argv;
const schemas = await import(file);
const wanted = JSON.parse(readFileSync(0, "utf8"));
const answers = wanted.map(([name, text]) => {
  const schema = schemas[name + "Schema"];
  const result = schema["~standard"].validate(JSON.parse(text));
  if (result.issues) return { ok: false, issues: result.issues.map((i) => [i.path ?? [], i.message]) };
  return { ok: true, text: JSON.stringify(result.value) };
});
process.stdout.write(JSON.stringify(answers));
"""


def definition(name: str, type_: ir.Type, **rest: Any) -> ir.Definition:
    return ir.Definition(name, type_, f"#/$defs/{name}", **rest)


def contract(
    types: Mapping[str, ir.Type] | Sequence[ir.Definition], name: str = "api"
) -> ir.Contract:
    definitions = (
        [definition(key, type_) for key, type_ in types.items()]
        if isinstance(types, Mapping)
        else list(types)
    )
    definitions.sort(key=lambda each: each.name)
    return ir.Contract(name, tuple(definitions), tuple(each.name for each in definitions), ())


def rendered(
    types: Mapping[str, ir.Type] | Sequence[ir.Definition], **options: Any
) -> dict[str, str]:
    """The files by the target that has these options: valibot if one says how it is imported, and zod otherwise."""
    if "valibot_import" in options:
        return render_valibot(contract(types), ValibotOptions(**options))
    return render_zod(contract(types), ZodOptions(**options))


def schema_text(types: Mapping[str, ir.Type], **options: Any) -> str:
    """What stands in ``schemas.ts`` from the first definition on."""
    text = rendered(types, **options)["schemas.ts"]
    return text[text.rindex("\n\n", 0, text.index("\nexport const ")) :].lstrip("\n")


@dataclass(frozen=True)
class Answer:
    ok: bool
    value: Any = None
    issues: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Project:
    """Generated files in a folder where the packages that they import can be found."""

    folder: Path
    node: Path
    node_modules: Path

    def render(
        self, types: Mapping[str, ir.Type] | Sequence[ir.Definition], **options: Any
    ) -> dict[str, str]:
        options = {"import_extension": ".ts", "type_test": True, **options}
        files = rendered(types, **options)
        self.write(files)
        return files

    def write(self, files: Mapping[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        link = self.folder / "node_modules"
        if not link.exists():
            link.symlink_to(self.node_modules)
        (self.folder / "package.json").write_text('{"type": "module"}')

    def type_check(
        self,
        *compilers: str,
        files: Sequence[str] = ("index.ts", "schemas.proof.ts"),
        **options: object,
    ) -> str:
        """The messages of the compilers, empty if all is well."""
        config = self.folder / "tsconfig.json"
        config.write_text(
            json.dumps({"compilerOptions": STRICTEST | options, "files": list(files)})
        )
        return "".join(
            self._node(str(self.node_modules / compiler / "bin" / "tsc"), "-p", str(config)).stdout
            for compiler in compilers or ("typescript5", "typescript")
        )

    def unformatted(self) -> str:
        """The names of files that prettier would change, with its messages."""
        prettier = str(self.node_modules / "prettier" / "bin" / "prettier.cjs")
        files = sorted(map(str, self.folder.glob("**/*.ts")))
        done = self._node(prettier, "--no-config", "--list-different", *files)
        return done.stdout + done.stderr

    def parse(self, values: Sequence[tuple[str, str]]) -> list[Answer]:
        """What the schemas make of JSON texts, each given with the name of its definition."""
        return [
            Answer(True, json.loads(each["text"]))
            if each["ok"]
            else Answer(False, None, tuple(each["issues"]))
            for each in self.ask(_RUN, values)
        ]

    def ask(self, script: str, question: object) -> Any:
        """What a script in the folder of the files answers, as JSON both."""
        file = self.folder / "run.mjs"
        file.write_text(script)
        done = self._node(str(file), str(self.folder / "schemas.ts"), input=json.dumps(question))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _node(self, *arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [str(self.node), "--disable-warning=ExperimentalWarning", *arguments]
        return subprocess.run(
            command, cwd=self.folder, input=input, capture_output=True, text=True, check=False
        )
