"""The README's first stream, as somebody who copies it gets it: the backend answers, and the page is typed by what was generated."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ui_stream.serving import ask

TEXT = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## The AI SDK UI message stream")[2]
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


def block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)[0]


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
