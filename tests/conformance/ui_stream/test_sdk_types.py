"""The generated types beside the SDK's own, by the compiler (``sdk_types.ts``)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

OPTIONS = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "verbatimModuleSyntax": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
    "noEmit": True,
    "module": "nodenext",
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "types": [],
}
HERE = Path(__file__).parent


@pytest.fixture
def compiled(node: Path, node_modules: Path, tmp_path: Path) -> Callable[[str, str], list[str]]:
    """``compiled(compiler, types)``: its errors."""

    def errors(compiler: str, types: str) -> list[str]:
        (tmp_path / "types.ts").write_text(types, encoding="utf-8")
        (tmp_path / "sdk_types.ts").write_bytes((HERE / "sdk_types.ts").read_bytes())
        (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (tmp_path / "node_modules").symlink_to(node_modules, target_is_directory=True)
        config = {"compilerOptions": OPTIONS, "files": ["sdk_types.ts"]}
        (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
        tsc = node_modules / compiler / "bin" / "tsc"
        done = subprocess.run(
            [str(node), str(tsc), "-p", str(tmp_path), "--pretty", "false"],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return [line for line in done.stdout.splitlines() if line.startswith("sdk_types.ts")]

    return errors


@pytest.fixture
def types(repo_root: Path) -> str:
    return (repo_root / "generated" / "ui-stream" / "types.ts").read_text(encoding="utf-8")


@pytest.mark.parametrize("compiler", ["typescript", "typescript5"])
def test_the_types_are_the_sdks(
    compiled: Callable[[str, str], list[str]], types: str, compiler: str
) -> None:
    assert compiled(compiler, types) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("finishReason?: FinishReason;", 'finishReason?: FinishReason | "usage";'),
        ('type: "abort";\n  reason?: string;', 'type: "abort";\n  reason?: string | null;'),
        ('type: "text-delta";\n  id: string;', 'type: "text-delta";\n  id?: string;'),
        ('type: "file";\n  mediaType: string;', 'type: "file";\n  mediaType?: string;'),
        ('type: "finish-step";', 'type: "step-finish";'),
        ("dynamic?: boolean;\n  preliminary?: boolean;", "dynamic?: boolean;"),
    ],
)
def test_another_type_is_seen(
    compiled: Callable[[str, str], list[str]], types: str, good: str, bad: str
) -> None:
    assert good in types
    assert compiled("typescript", types.replace(good, bad)) != []
