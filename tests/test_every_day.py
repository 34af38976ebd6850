"""Every kind of drift, and all that is none, in every place that looks for it: the command, a hook, the action, make."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.project import Project, project_in
from tests.scratch import ROOT, Scratch, scratch

yaml = pytest.importorskip("yaml")
pytest.importorskip("pre_commit")

from tests.action import run_action  # noqa: E402  # it needs yaml

DOCS = (ROOT / "docs/every-day.md").read_text(encoding="utf-8")
MEND = "Run: samewire generate"


def snippet(heading: str) -> str:
    section = DOCS.partition(f"## {heading}\n")[2]
    return re.search(r"^```\w+\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)[1]


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Scratch]:
    """A project that is generated and committed, with the hook and the Makefile of the documentation."""
    with project_in(tmp_path / "project") as project:
        assert project.run("generate").code == 0
        made = scratch(project, tmp_path / "tools")
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        (hooks / ".pre-commit-hooks.yaml").write_text((ROOT / ".pre-commit-hooks.yaml").read_text())
        for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "hooks")):
            made.git("-C", str(hooks), *command)
        revision = made.git("-C", str(hooks), "rev-parse", "HEAD")
        config = yaml.safe_load(snippet("Before a commit"))
        config["repos"][0] |= {"repo": str(hooks), "rev": revision}
        project.write(".pre-commit-config.yaml", yaml.safe_dump(config))
        project.write("Makefile", snippet("In a Makefile"))
        made.commit()
        yield made


# --- Every place, as its exit code and what it says -------------------------------------------------------------------


def by_command(it: Scratch, _: Path) -> tuple[int, str]:
    done = it.run("samewire", "check")
    return done.returncode, done.stdout


def by_hook(it: Scratch, temporary: Path) -> tuple[int, str]:
    """pre-commit itself ends with 1 whatever a hook ends with, and says with what."""
    it.git("add", "-A")
    done = it.run(
        *(sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"),
        PRE_COMMIT_HOME=str(temporary / "pre-commit"),
    )
    code = re.search(r"^- exit code: (\d+)$", done.stdout, re.MULTILINE)
    assert done.returncode == (1 if code else 0), done.stdout
    return int(code[1]) if code else 0, done.stdout


def by_action(it: Scratch, temporary: Path) -> tuple[int, str]:
    outcome = run_action(it, temporary / "runner")
    assert list(outcome.codes) == ["Check"]
    said = outcome.said["Check"]
    assert outcome.code != 1 or said.startswith("::error file=")
    return outcome.code, said


def by_make(it: Scratch, _: Path) -> tuple[int, str]:
    """make itself ends with 2 whatever a command ends with, and says with what."""
    done = it.run("make", "check")
    code = re.search(r"\*\*\* .* Error (\d+)$", done.stdout, re.MULTILINE)
    assert done.returncode == (2 if code else 0), done.stdout
    return int(code[1]) if code else 0, done.stdout


PLACES = [by_command, by_hook, by_action, by_make]


def places_of(kind: str, kinds: Iterable[str]) -> list[Callable[..., tuple[int, str]]]:
    """The command, and one of the others in turn: they run that command, each kind of drift in each would say nothing more."""
    return [by_command, PLACES[1 + list(kinds).index(kind) % 3]]


def formatted(project: Project) -> None:
    file = project.root / "generated/api/types.ts"
    file.write_text(file.read_text().replace("  ", "    "))


DRIFT: dict[str, Callable[[Project], object]] = {
    "a model changed": lambda it: it.edit("app/models.py", "name: str", "title: str"),
    "a file was edited": lambda it: it.edit("generated/api/types.ts", "string", "number"),
    "the schema document was edited": lambda it: it.edit("schema/api.json", "string", "integer"),
    "a file is missing": lambda it: (it.root / "generated/api/index.ts").unlink(),
    "an orphan": lambda it: it.write(
        "generated/api/old.ts", (it.root / "generated/api/types.ts").read_text()
    ),
    "the output moved": lambda it: it.edit("pyproject.toml", "emits", 'output = "web"\nemits'),
    "a contract was renamed": lambda it: it.edit(
        "pyproject.toml", "contracts.api", "contracts.web"
    ),
    "a formatter": formatted,
    "line endings": lambda it: it.edit("generated/api/types.ts", "\n", "\r\n"),
    "conflict marks": lambda it: it.edit(
        "generated/api/types.ts", "export", "<<<<<<< ours\n=======\n>>>>>>> theirs\nexport"
    ),
    "conflict marks in the schema document": lambda it: it.edit(
        "schema/api.json", '  "title"', '<<<<<<< ours\n=======\n>>>>>>> theirs\n  "title"'
    ),
    "another case": lambda it: (it.root / "generated/api/types.ts").rename(
        it.root / "generated/api/Types.ts"
    ),
}

MISTAKES: dict[str, Callable[[Project], object]] = {
    "a syntax error": lambda it: it.edit("app/models.py", "class Team", "class ("),
    "conflict marks in the models": lambda it: it.edit(
        "app/models.py", "class Team", "<<<<<<< ours\nclass Team"
    ),
    "a module that is gone": lambda it: (it.root / "app/models.py").unlink(),
    "models that end the process": lambda it: it.edit(
        "app/models.py", "class Team", "exit(1)\nclass Team"
    ),
    "an unknown key": lambda it: it.edit("pyproject.toml", "emits", "emit"),
    "no TOML": lambda it: it.edit("pyproject.toml", "emits", "= emits"),
    "no configuration": lambda it: (it.root / "pyproject.toml").unlink(),
    "a refused type": lambda it: it.edit(
        "app/models.py",
        "    team: Team",
        "    @__import__('pydantic').field_serializer('name')\n    def s(self, v): return v\n    team: Team",
    ),
    "a file in the way": lambda it: (
        (it.root / "generated/api/index.ts").unlink(),
        it.write("generated/api/index.ts/mine.txt", ""),
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_right_passes(
    it: Scratch, tmp_path: Path, place: Callable[..., tuple[int, str]]
) -> None:
    assert place(it, tmp_path)[0] == 0
    it.project.edit("app/models.py", "class Team", "# a comment\nclass Team")
    assert place(it, tmp_path)[0] == 0


@pytest.mark.parametrize("kind", DRIFT)
def test_every_drift_ends_with_1_and_says_what_mends_it(
    it: Scratch, tmp_path: Path, kind: str
) -> None:
    DRIFT[kind](it.project)
    for place in places_of(kind, DRIFT):
        code, said = place(it, tmp_path)
        assert (code, MEND in said) == (1, True), (place, said)
    assert it.run("samewire", "generate").returncode == 0
    assert by_command(it, tmp_path)[0] == 0


@pytest.mark.parametrize("kind", MISTAKES)
def test_nothing_else_ends_with_1(it: Scratch, tmp_path: Path, kind: str) -> None:
    MISTAKES[kind](it.project)
    for place in places_of(kind, MISTAKES):
        code, said = place(it, tmp_path)
        assert code == 2, (place, said)


def test_a_crash_ends_with_3(it: Scratch, tmp_path: Path) -> None:
    it.environment["PYTHONPATH"] = f"{tmp_path}/broken:{it.environment['PYTHONPATH']}"
    it.project.write(
        "../broken/sitecustomize.py", "import samewire.artifacts as it\ndel it.compare\n"
    )
    for place in PLACES:
        code, said = place(it, tmp_path)
        assert code == 3, (place, said)


# --- Hooks and inputs -------------------------------------------------------------------------------------------------


def test_the_hook_of_a_project_of_its_own_is_that_of_this_repository() -> None:
    section = DOCS.partition("## Before a commit\n")[2]
    local = yaml.safe_load(
        re.findall(r"^```yaml\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)[1]
    )
    [published] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    [hook] = local["repos"][0]["hooks"]
    assert hook.items() <= published.items()


def test_the_inputs_of_the_action_are_documented() -> None:
    section = DOCS.partition("## In GitHub Actions\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ?`?([^|`]*)`? ?\|", section, re.MULTILINE))
    declared = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    assert rows.keys() == declared.keys()
    for name, row in rows.items():
        assert row.strip() in (declared[name]["default"], "the job's")


def test_the_job_of_gitlab_checks_and_compares(it: Scratch) -> None:
    install, *script = yaml.safe_load(snippet("In GitLab"))["samewire"]["script"]
    assert install == "pip install -r requirements-dev.txt"
    base = it.git("rev-parse", "HEAD")

    def job() -> int:
        done = it.run(
            "sh", "-e", "-c", "\n".join(script), CI="true", CI_MERGE_REQUEST_DIFF_BASE_SHA=base
        )
        return done.returncode

    assert job() == 0
    it.project.edit("app/models.py", "    name: str\n    team", "    name: int\n    team")
    assert job() == 1
    assert it.run("samewire", "generate").returncode == 0
    assert job() == 1
    assert "emitted-type-changed" in (it.project.root / "samewire.xml").read_text()


# --- The action on a pull request -------------------------------------------------------------------------------------

GH = """
import json, os, sys
from pathlib import Path
state = Path(os.environ["GH_STATE"])
comments = json.loads(state.read_text())
words = sys.argv[1:]
assert words[0] == "api" and os.environ["GH_TOKEN"] == "secret", words
if os.environ.get("GH_FORBIDDEN") and "--method" in words:
    sys.exit("HTTP 403")
if "--paginate" in words:
    assert words[2] == "repos/owner/name/issues/7/comments", words
    print(*(name for name, body in comments.items() if body.startswith(os.environ["MARK"])), sep="\\n")
else:
    method, path, body = words[words.index("--method") + 1], words[words.index("--method") + 2], words[-1]
    text = Path(body.removeprefix("body=@")).read_text()
    name = str(len(comments) + 1) if method == "POST" else path.rpartition("/")[2]
    comments[name] = text
state.write_text(json.dumps(comments))
"""


@pytest.fixture
def pull(it: Scratch, tmp_path: Path) -> Scratch:
    """On a branch, with a GitHub that has one comment of somebody's."""
    script = tmp_path / "gh.py"
    script.write_text(GH)
    wrapper = tmp_path / "tools/gh"
    wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} {script} "$@"\n')
    wrapper.chmod(0o755)
    state = tmp_path / "comments.json"
    state.write_text(json.dumps({"1": "Nice!"}))
    it.environment["GH_STATE"] = str(state)
    it.git("checkout", "-q", "-b", "work")
    return it


def event(it: Scratch) -> dict[str, object]:
    return {
        "number": 7,
        "base": {"sha": it.git("rev-parse", "main")},
        "head": {"sha": it.git("rev-parse", "work")},
    }


def comments(it: Scratch) -> dict[str, str]:
    found: dict[str, str] = json.loads(Path(it.environment["GH_STATE"]).read_text())
    return found


def test_a_break_is_annotated_and_in_one_comment_that_is_kept_up_to_date(
    pull: Scratch, tmp_path: Path
) -> None:
    pull.project.edit("app/models.py", "    name: str\n    team", "    name: int\n    team")
    pull.run("samewire", "generate")
    pull.commit()
    # What is merged into main meanwhile is not the pull request's.
    pull.git("checkout", "-q", "main")
    pull.project.write("notes.txt", "x")
    pull.commit()
    pull.git("checkout", "-q", "work")
    outcome = run_action(pull, tmp_path / "runner", event(pull))
    assert outcome.codes == {"Check": 0, "Find what to compare with": 0, "Compare": 1, "Comment": 0}
    assert "::error file=app/models.py,line=" in outcome.said["Compare"]
    assert pull.git("rev-parse", "main~1")[:12] in (tmp_path / "runner/summary").read_text()
    said = comments(pull)
    assert list(said) == ["1", "2"]
    assert "User.name" in said["2"]

    pull.project.edit("app/models.py", "    name: int\n    team", "    name: str\n    team")
    pull.run("samewire", "generate")
    pull.commit()
    outcome = run_action(pull, tmp_path / "runner", event(pull))
    assert outcome.code == 0
    assert comments(pull).keys() == said.keys()
    assert "User.name" not in comments(pull)["2"]


def test_nothing_is_said_where_nothing_changed(pull: Scratch, tmp_path: Path) -> None:
    outcome = run_action(pull, tmp_path / "runner", event(pull))
    assert outcome.code == 0
    assert list(outcome.codes) == ["Check", "Find what to compare with", "Compare", "Comment"]
    assert list(comments(pull)) == ["1"]


def test_a_comment_that_may_not_be_written_is_no_failure(pull: Scratch, tmp_path: Path) -> None:
    pull.project.edit("app/models.py", "    name: str\n    team", "    name: int\n    team")
    pull.run("samewire", "generate")
    pull.commit()
    pull.environment["GH_FORBIDDEN"] = "1"
    outcome = run_action(pull, tmp_path / "runner", event(pull))
    assert (outcome.codes["Compare"], outcome.codes["Comment"]) == (1, 0)
    assert "::notice title=samewire::The comment could not be written" in outcome.said["Comment"]
    outcome = run_action(pull, tmp_path / "runner", event(pull), comment="false")
    assert outcome.codes["Comment"] == 0


def test_drift_does_not_keep_it_from_comparing(pull: Scratch, tmp_path: Path) -> None:
    pull.project.edit("app/models.py", "    name: str\n    team", "    name: int\n    team")
    pull.commit()
    outcome = run_action(pull, tmp_path / "runner", event(pull))
    assert (outcome.codes["Check"], outcome.codes["Compare"]) == (1, 1)


def test_a_merge_base_without_documents_is_nothing_to_compare_with(
    pull: Scratch, tmp_path: Path
) -> None:
    pull.git("checkout", "-q", "main")
    pull.git("rm", "-q", "-r", "schema")
    pull.commit()
    pull.git("checkout", "-q", "-B", "work")
    pull.run("samewire", "generate")
    pull.commit()
    outcome = run_action(pull, tmp_path / "runner", event(pull))
    assert outcome.codes == {"Check": 0, "Find what to compare with": 0, "Compare": 0}
    assert "nothing to compare with yet" in outcome.said["Compare"]


def test_history_is_fetched_where_the_checkout_has_none(pull: Scratch, tmp_path: Path) -> None:
    """As actions/checkout leaves it: one commit, the merge of the pull request into the base."""
    pull.project.edit("app/models.py", "    name: str\n    team", "    name: int\n    team")
    pull.run("samewire", "generate")
    pull.commit()
    pull.git("checkout", "-q", "main")
    pull.project.write("notes.txt", "x")
    pull.commit()
    known = event(pull)
    pull.git("merge", "-q", "--no-edit", "work")
    origin = tmp_path / "origin"
    pull.git("clone", "-q", "--bare", ".", str(origin))
    pull.git("-C", str(origin), "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    pull.git("clone", "-q", "--depth=1", f"file://{origin}", str(clone))
    shallow = Scratch(Project(clone), pull.environment)
    for against in ("", pull.git("rev-parse", "main~1")):
        outcome = run_action(shallow, tmp_path / "runner", known, against=against)
        assert outcome.codes["Find what to compare with"] == 0, outcome.said
        assert outcome.codes["Compare"] == 1, outcome.said
    outcome = run_action(shallow, tmp_path / "runner", known, against="nowhere")
    assert outcome.codes["Find what to compare with"] == 2
    assert (
        "::error title=samewire::There is no commit nowhere"
        in outcome.said["Find what to compare with"]
    )


def test_another_folder_and_configuration_and_command(pull: Scratch, tmp_path: Path) -> None:
    (pull.project.root / "backend").mkdir()
    for name in ("app", "generated", "schema", "pyproject.toml"):
        (pull.project.root / name).rename(pull.project.root / "backend" / name)
    pull.commit()
    inputs = {
        "working_directory": "backend",
        "config": "pyproject.toml",
        "command": f"{sys.executable} -m samewire",
    }
    outcome = run_action(pull, tmp_path / "runner", compat="false", **inputs)
    assert outcome.codes == {"Check": 0}
    (pull.project.root / "backend/schema/api.json").unlink()
    outcome = run_action(pull, tmp_path / "runner", compat="false", **inputs)
    assert outcome.code == 1
    assert "::error file=backend/schema/api.json,line=1" in outcome.said["Check"]
    assert "Run: samewire generate --config pyproject.toml" in outcome.said["Check"]
