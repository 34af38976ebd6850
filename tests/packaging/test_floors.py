"""The lowest versions that are declared are those that the matrix installs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version


def test_every_declared_floor_is_in_the_lock_of_the_lowest_versions(repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    declared = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(requirement for extra in extras for requirement in extra),
    ]
    lock = (repo_root / "requirements/lowest.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    for requirement in map(Requirement, declared):
        [bound] = requirement.specifier
        assert bound.operator == ">=", requirement
        assert Version(locked[requirement.name]) == Version(bound.version), "run make lock"
