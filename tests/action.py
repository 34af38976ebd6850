"""Runs the steps of `action.yml` as GitHub's runner does: expressions, environment, outputs of steps, bash with its flags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.scratch import ROOT, Scratch

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
NAME = re.compile(r"'[^']*'|[a-z_]+(?:\.[a-z_-]+)+(?!\()", re.IGNORECASE)


@dataclass
class Outcome:
    """The exit code and the output of every step that ran, by its name; ``code`` is that of the first that failed."""

    codes: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def code(self) -> int:
        return next((code for code in self.codes.values() if code), 0)


def run_action(
    it: Scratch, temporary: Path, event: dict[str, Any] | None = None, **inputs: str
) -> Outcome:
    """All steps, on a pull request if there is an ``event``."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    temporary.mkdir(parents=True, exist_ok=True)
    known: dict[str, Any] = {
        "github": {
            "token": "secret",
            "event_name": "pull_request" if event else "push",
            "event": {"pull_request": event or {}},
        },
        "inputs": {},
        "steps": {},
    }
    for name, declared in action["inputs"].items():
        given = inputs.get(name.replace("-", "_"), declared["default"])
        known["inputs"][name] = filled(given, known)
    assert {name.replace("-", "_") for name in known["inputs"]} >= set(inputs)
    outcome = Outcome()
    for step in action["runs"]["steps"]:
        condition = EXPRESSION.fullmatch(step.get("if", "${{ 'always' }}"))
        assert condition is not None, step["if"]
        if not evaluated(condition[1], known):
            continue
        output, summary = temporary / "output", temporary / "summary"
        output.write_text("")
        environment = {name: filled(value, known) for name, value in step["env"].items()}
        script = temporary / "step.sh"
        script.write_text(step["run"])
        folder = filled(step["working-directory"], known)
        done = it.run(
            *("sh", "-c", 'cd "$1" && exec bash --noprofile --norc -e -o pipefail "$2"', "sh"),
            *(folder, str(script)),
            CI="true",
            GITHUB_OUTPUT=str(output),
            GITHUB_STEP_SUMMARY=str(summary),
            GITHUB_REPOSITORY="owner/name",
            GITHUB_WORKSPACE=str(it.project.root),
            RUNNER_TEMP=str(temporary),
            **environment,
        )
        outcome.codes[step["name"]], outcome.said[step["name"]] = done.returncode, done.stdout
        told = dict(line.split("=", 1) for line in output.read_text().splitlines())
        if "id" in step:
            known["steps"][step["id"]] = {"outputs": told}
    return outcome


def filled(text: str, known: dict[str, Any]) -> str:
    return EXPRESSION.sub(lambda match: str(evaluated(match[1], known)), text)


def evaluated(expression: str, known: dict[str, Any]) -> Any:
    """An expression of GitHub's, of names, texts, comparisons, and, or, and `!cancelled()`."""

    def value(match: re.Match[str]) -> str:
        if match[0].startswith("'"):
            return match[0]
        found: Any = known
        for part in match[0].split("."):
            found = found.get(part, "") if isinstance(found, dict) else ""
        return repr(found)

    code = NAME.sub(value, expression.strip())
    code = code.replace("!cancelled()", "True").replace("&&", " and ").replace("||", " or ")
    return eval(code, {"__builtins__": {}})
