"""The runtime library in TypeScript: compiled under the strictest settings, and its own tests, which Node runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from samewire.render import templates
from samewire.targets import BUILT_IN
from samewire.targets.typescript.runtime import load
from samewire.verify.node import temporal_flags

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARY = templates("typescript") / "runtime"


@pytest.mark.parametrize("compiler", ["typescript", "typescript5"])
@pytest.mark.parametrize("folder", [LIBRARY, HERE], ids=lambda folder: folder.name)
def test_it_compiles(node: Path, node_modules: Path, compiler: str, folder: Path) -> None:
    assert compiled(node, node_modules, compiler, folder) == ""


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.ts")), ids=lambda file: file.name)
def test_its_tests_pass(node: Path, node_modules: Path, file: Path) -> None:
    run_tests(node, node_modules.parent, file)


# The specifiers of other versions, by those of the newest.
ZODS = {
    version: {
        '"zod"': f'"{version}"',
        '"zod/mini"': f'"{version}/mini"',
        '"zod/v4/core"': f'"{version}/v4/core"',
    }
    for version in ("zod40", "zod43")
} | {
    "zod3": {
        '"zod"': '"zod3/v4"',
        '"zod/mini"': '"zod3/v4-mini"',
        '"zod/v4/core"': '"zod3/v4/core"',
    }
}
VERSIONS = {**ZODS, "valibot10": {'"valibot"': '"valibot10"'}}
ABOUT_ZOD = tuple(
    "zod zod-decimals zod-decoded zod-encoder zod-guarded zod-internals zod-messages zod-names zod-open zod-temporal".split()
)
ABOUT_CODECS = ("zod-decimals", "zod-decoded", "zod-encoder", "zod-temporal")
WITHOUT_CODECS = ("zod40", "zod3")
ABOUT_VALIBOT = ("valibot", "valibot-names", "valibot-open")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_knows_a_library_works_with_every_version(
    tmp_path: Path, node: Path, node_modules: Path, version: str
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    for folder in (LIBRARY, HERE):
        copy = tmp_path / folder.relative_to(ROOT)
        copy.mkdir(parents=True)
        for file in (*folder.glob("*.ts"), folder / "tsconfig.json"):
            if version in WITHOUT_CODECS and file.name.partition(".")[0] in ABOUT_CODECS:
                continue
            text = file.read_text("utf-8")
            for specifier, other in VERSIONS[version].items():
                text = text.replace(specifier, other)
            (copy / file.name).write_text(text, encoding="utf-8")
    tests = tmp_path / HERE.relative_to(ROOT)
    about = ABOUT_ZOD if version in ZODS else ABOUT_VALIBOT
    files = [tests / f"{name}.test.ts" for name in about]
    run_tests(node, tmp_path, *filter(Path.exists, files))
    assert compiled(node, node_modules, "typescript5", tmp_path / LIBRARY.relative_to(ROOT)) == ""


def test_each_file_has_a_test() -> None:
    """But for those that have types alone."""
    files = {
        name
        for target in BUILT_IN
        for name, file in load(LIBRARY, target).files.items()
        if file.values
    }
    assert files <= {file.name.removesuffix(".test.ts") for file in HERE.glob("*.test.ts")}


@pytest.mark.parametrize(("package", "about"), [("zod", ABOUT_ZOD), ("valibot", ABOUT_VALIBOT)])
def test_what_knows_a_library_says_so(package: str, about: tuple[str, ...]) -> None:
    """The rest can check values for any target."""
    knowing = {file.stem for file in LIBRARY.glob("*.ts") if package in file.read_text("utf-8")}
    assert knowing == set(about)


def test_what_is_inside_of_zod_is_leaned_on_in_one_file() -> None:
    inside = {file.stem for file in LIBRARY.glob("*.ts") if "_zod" in file.read_text("utf-8")}
    assert inside == {"zod-internals"}


def run_tests(node: Path, folder: Path, *files: Path) -> None:
    command = [node, *temporal_flags(node), "--test", "--test-reporter=spec", *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 0" not in done.stdout


def compiled(node: Path, node_modules: Path, compiler: str, folder: Path) -> str:
    """What a compiler says of a folder."""
    command = [node, node_modules / compiler / "bin" / "tsc", "-p", folder, "--pretty", "false"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr
