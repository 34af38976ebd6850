"""The README's first call and first stream, as somebody who copies them gets them: each line of the commands runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.routes.test_routes import served
from tests.ui_stream.serving import ask

TEXT = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## The AI SDK UI message stream")[2]
VITE = {
    "target": "ES2022",
    "module": "ESNext",
    "lib": ["ES2022", "DOM", "DOM.Iterable"],
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "skipLibCheck": True,
    "strict": True,
    "noEmit": True,
    "types": [],
}
"""What matters of the configuration that `npm create vite` writes."""
TSCONFIG = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noEmit": True,
    "skipLibCheck": True,
    "target": "ES2022",
    "module": "ESNext",
    "moduleResolution": "bundler",
    "jsx": "react-jsx",
    "types": [],
}


FASTAPI = TEXT.partition("\n## FastAPI\n")[2]


def block(language: str, section: str = SECTION) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)[0]


NPM = """
test "$1 $2 $3" = "install --prefix web" || exit 2
version=$("$NODE" -p "require('$MODULES/$4/package.json').version") || exit 2
ln -s "$MODULES" web/node_modules
printf '{"type": "module", "dependencies": {"%s": "^%s"}}' "$4" "$version" > web/package.json
"""
COMMANDS = {
    "pip": '"$PYTHON" -m pip --disable-pip-version-check "$@"',
    "npm": NPM,
    "samewire": '"$PYTHON" -m samewire "$@"',
}
"""What the commands of the README are here, where there is no network: packages are those that are installed."""


def test_an_application_is_called_in_five_commands(
    tmp_path: Path, node: Path, node_modules: Path
) -> None:
    made = {
        "app/__init__.py": "",
        "app/main.py": block("python", FASTAPI),
        "web/package.json": '{"type": "module"}',
        "web/tsconfig.json": json.dumps({"compilerOptions": VITE, "include": ["src"]}),
        "web/src/shop.ts": block("ts", FASTAPI),
        **{f"bin/{name}": f"#!/bin/sh\n{line}\n" for name, line in COMMANDS.items()},
    }
    for name, text in made.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), str(node.parent), os.environ["PATH"]])
    env = os.environ | {
        "PATH": path,
        "PYTHON": sys.executable,
        "NODE": str(node),
        "MODULES": str(node_modules),
        "PIP_NO_INDEX": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(line: str) -> str:
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, line + done.stdout + done.stderr
        return done.stdout

    *preparations, called = block("sh", FASTAPI).splitlines()
    assert len(preparations) == 4
    for line in preparations:
        run(line)
    run('node "$MODULES/typescript/bin/tsc" -p web')
    with served(tmp_path, "app.main:app") as address:
        page = tmp_path / "web/src/shop.ts"
        page.write_text(page.read_text("utf-8").replace("http://127.0.0.1:8000", address), "utf-8")
        assert re.fullmatch(r"chair of \d{4}-\d\d-\d\dT[\d:.]+Z\n", run(called))


def test_the_backend_answers_what_is_shown() -> None:
    names: dict[str, Any] = {"__name__": "documented"}
    exec(compile(block("python"), "README.md", "exec", dont_inherit=True), names)
    shown = block("console")
    body = shown.partition("-d '")[2].partition("'\n")[0]
    answer = ask(names["app"], "POST", "/api/chat", json=json.loads(body))
    assert answer.status_code == 200
    events = [line for line in shown.splitlines() if line.startswith("data: ")]
    assert len(events) > 2
    assert answer.text.startswith("\n\n".join(events))
    assert "Cold?" in answer.text
    assert answer.text.endswith("data: [DONE]\n\n")


@pytest.mark.parametrize("compiler", ["typescript", "typescript5"])
def test_the_page_is_typed(compiler: str, tmp_path: Path, node: Path, node_modules: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/chat.py": block("python"),
        "pyproject.toml": block("toml"),
        "web/src/Chat.tsx": block("tsx"),
        "web/tsconfig.json": json.dumps({"compilerOptions": TSCONFIG, "include": ["src"]}),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(node_modules)
    tsc = node_modules / compiler / "bin" / "tsc"
    for command in (
        [sys.executable, "-m", "samewire", "generate"],
        [str(node), str(tsc), "-p", "web", "--pretty", "false"],
    ):
        env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
