"""A git repository of a throw-away project, with `samewire` on the path of the commands that run in it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.project import Project

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Scratch:
    project: Project
    environment: dict[str, str]

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """A command in the repository, its stdout and stderr together."""
        return subprocess.run(
            command,
            cwd=self.project.root,
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def commit(self, message: str = "work") -> str:
        self.git("add", "-A")
        self.git("commit", "-qm", message)
        return self.git("rev-parse", "HEAD")


def scratch(project: Project, tools: Path) -> Scratch:
    """The project as a repository with one commit; ``tools`` is a folder for the commands that are put on the path."""
    tools.mkdir(parents=True, exist_ok=True)
    wrapper = tools / "samewire"
    wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} -m samewire "$@"\n')
    wrapper.chmod(0o755)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{
            f"GIT_{who}_{what}": "a@example.com"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    made = Scratch(project, environment)
    project.write(".gitignore", "__pycache__/\n")
    made.git("init", "-q", "-b", "main")
    made.commit("first")
    return made
