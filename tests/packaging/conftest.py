"""The wheel, built from the source distribution, in an environment that holds it and its declared dependencies alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Installed:
    """An environment outside the repository with the wheel in it; Node is not in it, nor anything of this one's."""

    root: Path

    @property
    def site_packages(self) -> Path:
        (found,) = self.root.glob("lib/python*/site-packages")
        return found

    def run(self, program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """A program of the environment, with no other folder of programs to fall back on."""
        return subprocess.run(
            [self.root / "bin" / program, *arguments],
            cwd=cwd,
            env={"PATH": str(self.root / "bin"), "PYTHONNOUSERSITE": "1", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def wheel(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as a package index would get it: the source distribution first, and the wheel from that alone."""
    folder = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(repo_root),
    ]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """
    The wheel as pip installs it, and the dependencies it declares without extras, copied from the running environment.

    Copied, not put on the path: a package that Samewire uses and doesn't declare would be found there, and the editable
    Samewire too. Nothing is downloaded.
    """
    environment = Installed(tmp_path_factory.mktemp("installed"))
    venv.create(environment.root, symlinks=True, with_pip=False)
    python = environment.root / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    done = subprocess.run(
        [*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)],
        env={**os.environ, "PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        declared = Distribution.at(environment.site_packages / PurePosixPath(metadata).parent)
    for dependency in closure(declared):
        copy(dependency, environment.site_packages)
    return environment


def closure(root: Distribution) -> Iterator[Distribution]:
    """Every distribution that ``root`` needs without extras, directly or not, as it is installed here."""
    seen = {canonicalize_name(root.metadata["Name"])}
    pending = [root]
    while pending:
        for text in pending.pop().requires or ():
            requirement = Requirement(text)
            name = canonicalize_name(requirement.name)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if wanted and name not in seen:
                seen.add(name)
                found = distribution(name)
                assert requirement.specifier.contains(found.version, prereleases=True), text
                pending.append(found)
                yield found


def copy(dependency: Distribution, folder: Path) -> None:
    """The files of one distribution, programs and bytecode aside."""
    for file in dependency.files or ():
        if ".." not in file.parts and file.suffix != ".pyc":
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(dependency.locate_file(file)), target)
