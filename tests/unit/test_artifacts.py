"""Every way in which a generated file can be out of line, and what writing does about each."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from samewire.artifacts import (
    Action,
    Drift,
    Plan,
    PlannedFile,
    State,
    clashes,
    compare,
    unified,
    write,
)
from samewire.artifacts.diffs import first_line
from samewire.artifacts.ownership import is_safe
from samewire.errors import ArtifactError, Diagnostic
from samewire.notice import LIBRARY, notice
from samewire.schema import dumps

HEADER = f"// {notice('schema/api.json')}\n"


def schema(output: str = "web/api", **definitions: str) -> str:
    body = {
        name: {"type": kind, "x-samewire-source": f"app.models:{name}"}
        for name, kind in definitions.items()
    }
    return dumps({"title": "api", "x-samewire-output": output, "$defs": body})


def plan(
    *,
    types: str = "export type A = string;\n",
    user: str = "string",
    more: dict[str, str] | None = None,
) -> Plan:
    def texts(user: str) -> dict[str, str]:
        document = schema(User=user, Team="object")
        return {
            "schema/api.json": document,
            "web/api/types.ts": f"{HEADER}type User = {user};\n{types}",
            "web/api/schemas.ts": f"{HEADER}export const A = z.string();\n",
            **(more or {}),
        }

    def rendered(_contract: str, document: str) -> dict[str, str] | None:
        match = re.search(
            r'"User": {\s*"x-samewire-source": "app.models:User",\s*"type": "(\w+)"', document
        )
        return texts(match[1]) if match else None

    files = (PlannedFile(path, text, "api") for path, text in texts(user).items())
    return Plan(tuple(sorted(files, key=lambda file: file.path)), "schema", rendered=rendered)


def states(root: Path, planned: Plan) -> dict[str, State]:
    return {drift.path: drift.state for drift in compare(root, planned)}


def actions(root: Path, planned: Plan) -> dict[str, Action]:
    return {written.path: written.action for written in write(root, planned)}


def tree(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in which everything is as planned."""
    write(tmp_path, plan())
    assert compare(tmp_path, plan()) == ()
    return tmp_path


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_writes_every_file_and_nothing_else(tmp_path: Path) -> None:
    assert actions(tmp_path, plan()) == dict.fromkeys(
        ["schema/api.json", "web/api/schemas.ts", "web/api/types.ts"], Action.CREATED
    )
    expected = {file.path: file.text.encode() for file in plan().files}
    assert tree(tmp_path) == expected


def test_writing_again_touches_nothing(root: Path) -> None:
    before = {path: os.stat(root / path).st_mtime_ns for path in tree(root)}
    inodes = {path: os.stat(root / path).st_ino for path in tree(root)}
    assert write(root, plan()) == ()
    assert {path: os.stat(root / path).st_mtime_ns for path in tree(root)} == before
    assert {path: os.stat(root / path).st_ino for path in tree(root)} == inodes


def test_only_what_changed_is_written(root: Path) -> None:
    untouched = os.stat(root / "web/api/schemas.ts").st_ino
    assert actions(root, plan(types="export type A = number;\n")) == {
        "web/api/types.ts": Action.UPDATED
    }
    assert os.stat(root / "web/api/schemas.ts").st_ino == untouched


def test_line_endings_are_lf_on_every_system(tmp_path: Path) -> None:
    write(tmp_path, plan())
    assert not any(b"\r" in content for content in tree(tmp_path).values())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_permissions_are_those_of_any_new_file_and_are_kept(root: Path) -> None:
    (root / "plain").write_text("")
    usual = stat.S_IMODE(os.stat(root / "plain").st_mode)
    types = root / "web/api/types.ts"
    assert stat.S_IMODE(types.stat().st_mode) == usual
    types.chmod(0o640)
    write(root, plan(types="export type A = number;\n"))
    assert stat.S_IMODE(types.stat().st_mode) == 0o640


# --- States -----------------------------------------------------------------------------------------------------------


def test_a_file_that_is_out_of_date_is_changed(root: Path) -> None:
    assert states(root, plan(user="number")) == {
        "schema/api.json": State.CHANGED,
        "web/api/types.ts": State.CHANGED,
    }


def test_a_file_that_its_schema_document_does_not_give_is_edited(root: Path) -> None:
    """Or the configuration or Samewire changed: no hash tells."""
    assert states(root, plan(types="export type A = number;\n")) == {
        "web/api/types.ts": State.EDITED
    }


@pytest.mark.parametrize("path", ["schema/api.json", "web/api/types.ts", "web/api/schemas.ts"])
def test_each_kind_of_file_can_be_missing_edited_or_have_other_line_endings(
    root: Path, path: str
) -> None:
    file = root / path
    content = file.read_bytes()

    edited = content.replace(b'"string"', b'"number"').replace(b"// ", b"// mine\n// ")
    file.write_bytes(edited)
    assert states(root, plan()) == {path: State.EDITED}
    file.write_bytes(b"\xef\xbb\xbf" + content + b"\n")
    assert states(root, plan()) == {path: State.FORMATTED}
    file.write_bytes(content.replace(b"\n", b"\r\n"))
    assert states(root, plan()) == {path: State.LINE_ENDINGS}
    file.unlink()
    assert states(root, plan()) == {path: State.MISSING}

    write(root, plan())
    assert compare(root, plan()) == ()
    assert file.read_bytes() == content


def test_a_file_that_is_out_of_date_and_edited_is_edited(root: Path) -> None:
    with (root / "web/api/types.ts").open("a") as file:
        file.write("// mine\n")
    assert states(root, plan(user="number"))["web/api/types.ts"] is State.EDITED


def test_a_file_that_is_out_of_date_and_has_other_line_endings_is_changed(root: Path) -> None:
    for path in ("web/api/types.ts", "schema/api.json"):
        file = root / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert states(root, plan(user="number")) == {
        "schema/api.json": State.CHANGED,
        "web/api/types.ts": State.CHANGED,
    }


def test_what_is_out_of_date_and_was_formatted_is_changed(root: Path) -> None:
    file = root / "web/api/types.ts"
    file.write_text(file.read_text().replace(";\n", "\n\n"))
    assert states(root, plan(user="number"))["web/api/types.ts"] is State.CHANGED


def test_what_is_not_text_is_shown_all_the_same(root: Path) -> None:
    (root / "web/api/types.ts").write_bytes(HEADER.encode() + b"\xff\xfe\x00")
    [drift] = compare(root, plan())
    assert drift.state is State.EDITED
    assert unified(drift)


def test_a_document_that_gives_nothing_tells_nothing(root: Path) -> None:
    (root / "schema/api.json").write_text(schema(Team="object"))
    assert states(root, plan(types="export type A = number;\n")) == {
        "schema/api.json": State.CHANGED,
        "web/api/types.ts": State.CHANGED,
    }


def test_everything_missing_at_once(tmp_path: Path) -> None:
    assert set(states(tmp_path, plan()).values()) == {State.MISSING}
    assert len(states(tmp_path, plan())) == 3


def test_models_are_those_whose_definition_changed(root: Path) -> None:
    drift = {each.path: each.models for each in compare(root, plan(user="number"))}
    assert drift == {
        "schema/api.json": ("app.models:User",),
        "web/api/types.ts": ("app.models:User",),
    }


def test_an_edit_of_the_output_has_no_model_behind_it(root: Path) -> None:
    (root / "web/api/types.ts").write_text("")
    assert [each.models for each in compare(root, plan())] == [()]


# --- Orphans ----------------------------------------------------------------------------------------------------------


def with_extra(path: str = "web/api/old.ts") -> Plan:
    return plan(more={path: HEADER + "export type Old = string;\n"})


def test_what_is_no_longer_generated_is_an_orphan_and_goes(root: Path) -> None:
    write(root, with_extra())
    assert states(root, plan()) == {"web/api/old.ts": State.ORPHAN}
    assert actions(root, plan()) == {"web/api/old.ts": Action.DELETED}
    assert not (root / "web/api/old.ts").exists()
    assert compare(root, plan()) == ()


def test_an_orphan_goes_with_the_folders_that_held_only_it(root: Path) -> None:
    write(root, with_extra("web/api/runtime/old.ts"))
    (root / "web/api/keep.txt").write_text("mine")
    write(root, plan())
    assert not (root / "web/api/runtime").exists()
    assert (root / "web/api/keep.txt").exists()


def test_an_orphan_with_other_line_endings_still_goes(root: Path) -> None:
    write(root, with_extra())
    file = root / "web/api/old.ts"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert actions(root, plan()) == {"web/api/old.ts": Action.DELETED}


def test_an_orphan_that_lost_its_notice_is_the_users(root: Path) -> None:
    write(root, with_extra())
    (root / "web/api/old.ts").write_text("my own work\n")
    assert compare(root, plan()) == ()
    assert write(root, plan()) == ()
    assert (root / "web/api/old.ts").read_text() == "my own work\n"


def test_an_orphan_whose_place_a_folder_took_is_forgotten(root: Path) -> None:
    write(root, with_extra())
    (root / "web/api/old.ts").unlink()
    (root / "web/api/old.ts").mkdir()
    assert compare(root, plan()) == ()


def moved(output: str, *, schemas: str = "schema") -> Plan:
    """The same contract in another folder."""
    texts = {
        f"{schemas}/api.json": schema(output, User="string", Team="object"),
        f"{output}/types.ts": f"// {notice(f'{schemas}/api.json')}\n",
        f"{output}/runtime/text.ts": f"// {notice(LIBRARY)}\n",
    }
    files = (PlannedFile(path, text, "api") for path, text in texts.items())
    return Plan(tuple(sorted(files, key=lambda file: file.path)), schemas)


def test_an_output_that_moves_leaves_nothing_behind(root: Path) -> None:
    (root / "web/api/mine.ts").write_text("export const mine = 1;\n")
    write(root, moved("web/old"))
    (root / "web/old/mine.ts").write_text("export const mine = 1;\n")
    assert {
        path for path, state in states(root, moved("web/new")).items() if state is State.ORPHAN
    } == {
        "web/old/runtime/text.ts",
        "web/old/types.ts",
    }
    write(root, moved("web/new"))
    assert sorted(tree(root)) == [
        "schema/api.json",
        "web/api/mine.ts",
        "web/new/runtime/text.ts",
        "web/new/types.ts",
        "web/old/mine.ts",
    ]


def test_a_run_that_was_cut_short_is_made_good_by_the_next(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old folder is known until nothing of it is left."""
    with monkeypatch.context() as patched:
        patched.setattr("samewire.artifacts.disk._delete", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            write(root, moved("web/new"))
    assert not list(root.rglob("*.tmp"))
    write(root, moved("web/new"))
    assert "web/api/types.ts" not in tree(root)
    assert compare(root, moved("web/new")) == ()


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_schema_folder_that_moves_leaves_nothing_behind(root: Path) -> None:
    write(root, moved("web/api"))
    new = moved("web/api", schemas="contracts")
    assert states(root, new)["schema/api.json"] is State.ORPHAN
    write(root, new)
    assert sorted(tree(root)) == [
        "contracts/api.json",
        "web/api/runtime/text.ts",
        "web/api/types.ts",
    ]
    assert compare(root, new) == ()


def test_a_schema_document_of_somebody_else_is_not_taken_for_ours(root: Path) -> None:
    """Its contract generates elsewhere."""
    (root / "other").mkdir()
    (root / "other/api.json").write_text(schema("elsewhere", User="string"))
    (root / "web/api/types.ts").write_text(f"// {notice('other/api.json')}\n")
    assert "other/api.json" not in states(root, plan())


def test_the_files_of_a_failed_contract_are_left_alone(root: Path) -> None:
    write(root, moved("web/api"))
    failed = {"api": (Diagnostic("x", "api", "failed"),)}
    assert compare(root, Plan((), "schema", failed=failed)) == ()
    other = PlannedFile("web/api/other.ts", f"// {notice('schema/web.json')}\n", "web")
    assert states(root, Plan((other,), "schema", failed=failed)) == {other.path: State.MISSING}


def test_files_of_the_users_are_never_seen(root: Path) -> None:
    for path in ("web/api/mine.ts", "web/api/README.md", "schema/other.json", "web/other.ts"):
        (root / path).write_text("mine")
    assert compare(root, plan()) == ()
    assert write(root, plan()) == ()
    assert (root / "web/api/mine.ts").read_text() == "mine"


def test_a_generated_file_that_a_merge_brought_is_an_orphan(root: Path) -> None:
    left = root / "web/api/old.ts"
    left.write_bytes((HEADER + "export type Old = string;\n").encode())
    assert states(root, plan()) == {"web/api/old.ts": State.ORPHAN}
    assert actions(root, plan()) == {"web/api/old.ts": Action.DELETED}
    assert compare(root, plan()) == ()


def test_a_generated_file_of_another_project_is_not_ours(root: Path) -> None:
    (root / "other").mkdir()
    (root / "other/api.json").write_text(schema())
    (root / "web/api/theirs.ts").write_text(f"// {notice('other/api.json')}\n")
    assert compare(root, plan()) == ()
    (root / "other/api.json").unlink()
    assert states(root, plan()) == {"web/api/theirs.ts": State.ORPHAN}


def test_a_licence_that_a_formatter_adds_does_not_make_files_generated(tmp_path: Path) -> None:
    licence = "// Copyright\n"
    texts = {"schema/api.json": schema("web", User="string"), "web/types.ts": licence + HEADER}
    planned = Plan(tuple(PlannedFile(path, text, "api") for path, text in texts.items()), "schema")
    write(tmp_path, planned)
    (tmp_path / "web/mine.ts").write_text(licence + "export const mine = 1;\n")
    assert compare(tmp_path, planned) == ()
    (tmp_path / "web/old.ts").write_text(licence + HEADER + "export const old = 1;\n")
    assert states(tmp_path, planned) == {"web/old.ts": State.ORPHAN}


@pytest.mark.parametrize("name", ["Types.ts", "TYPES.TS", "renamed.ts"])
def test_another_name_of_a_planned_file_is_no_orphan(root: Path, name: str) -> None:
    """As on a system that ignores case, where both names lead to one file."""
    if not (root / "web/api" / name).exists():
        os.link(root / "web/api/types.ts", root / "web/api" / name)
    assert compare(root, plan()) == ()
    assert write(root, plan()) == ()
    assert (root / "web/api/types.ts").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_folder_that_moved_and_left_a_link_loses_nothing(root: Path) -> None:
    new = moved("web/new")
    (root / "web/api").rename(root / "web/new")
    (root / "web/api").symlink_to("new")
    write(root, new)
    (root / "schema/api.json").write_text(schema("web/api", User="string", Team="object"))
    write(root, new)
    assert sorted(path for path in tree(root) if "/new/" in path) == [
        "web/new/runtime/text.ts",
        "web/new/types.ts",
    ]
    assert compare(root, new) == ()


# --- In the way -------------------------------------------------------------------------------------------------------


def test_a_file_that_samewire_did_not_write_is_in_the_way_and_stops_everything(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "web/api/types.ts"
    mine.parent.mkdir(parents=True)
    mine.write_text("export type Mine = string;\n")
    assert states(tmp_path, plan())["web/api/types.ts"] is State.FOREIGN
    with pytest.raises(ArtifactError) as caught:
        write(tmp_path, plan())
    assert [one.code for one in caught.value.diagnostics] == ["file-in-the-way"]
    assert tree(tmp_path) == {"web/api/types.ts": b"export type Mine = string;\n"}


def test_a_lost_schema_document_does_not_make_generated_files_foreign(root: Path) -> None:
    (root / "schema/api.json").unlink()
    assert states(root, plan()) == {"schema/api.json": State.MISSING}
    assert states(root, plan(user="number")) == {
        "schema/api.json": State.MISSING,
        "web/api/types.ts": State.CHANGED,
    }
    write(root, plan())
    assert compare(root, plan()) == ()


def test_a_folder_where_a_file_belongs(root: Path) -> None:
    (root / "web/api/types.ts").unlink()
    (root / "web/api/types.ts").mkdir()
    with pytest.raises(ArtifactError) as caught:
        compare(root, plan())
    [found] = caught.value.diagnostics
    assert (found.code, found.where, found.hint) == (
        "file-in-the-way",
        "web/api/types.ts",
        "move it away, or set another output folder",
    )


def test_a_file_where_a_folder_belongs(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("not a folder")
    with pytest.raises(ArtifactError) as caught:
        write(tmp_path, plan())
    [found] = caught.value.diagnostics
    assert (found.code, found.where) == ("file-in-the-way", "web")
    assert tree(tmp_path) == {"web": b"not a folder"}


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_failure_halfway_leaves_every_file_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    moves = []

    def replace(source: str, target: Path) -> None:
        moves.append(target)
        if len(moves) == 1:
            raise PermissionError(13, "Permission denied", str(source), None, str(target))
        os.rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(ArtifactError) as caught:
        write(root, plan(user="number", types="export type A = number;\n"))
    assert caught.value.diagnostics[0].message == "cannot be written: Permission denied"
    assert caught.value.diagnostics[0].where == "web/api/types.ts"
    after = tree(root)
    assert after.keys() == before.keys(), "no temporary file stays behind"
    assert after["web/api/types.ts"] == before["web/api/types.ts"]
    assert after["schema/api.json"] == before["schema/api.json"], "documents come last"
    monkeypatch.undo()
    write(root, plan(user="number", types="export type A = number;\n"))
    assert compare(root, plan(user="number", types="export type A = number;\n")) == ()


# --- Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_folder_may_be_a_link_inside_the_project_only(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    (project / "real").mkdir(parents=True)
    outside.mkdir()
    (project / "web").symlink_to(project / "real", target_is_directory=True)
    write(project, plan())
    assert (project / "real/api/types.ts").exists()
    assert compare(project, plan()) == ()

    (project / "web").unlink()
    (project / "web").symlink_to(outside, target_is_directory=True)
    for use in (compare, write):
        with pytest.raises(ArtifactError) as caught:
            use(project, plan())
        assert caught.value.diagnostics[0].code == "file-outside"
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_file_that_is_a_link_is_replaced_and_its_target_left_alone(
    root: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target.ts"
    target.write_text(f"{HEADER}edited elsewhere\n")
    file = root / "web/api/types.ts"
    file.unlink()
    file.symlink_to(target)
    assert states(root, plan()) == {"web/api/types.ts": State.EDITED}
    write(root, plan())
    assert not file.is_symlink()
    assert target.read_text() == f"{HEADER}edited elsewhere\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_that_leads_nowhere(root: Path) -> None:
    file = root / "web/api/types.ts"
    file.unlink()
    file.symlink_to("gone.ts")
    assert states(root, plan()) == {"web/api/types.ts": State.MISSING}
    write(root, plan())
    assert not file.is_symlink()
    assert compare(root, plan()) == ()
    (root / "web").rename(root / "gone")
    (root / "web").symlink_to("nowhere")
    with pytest.raises(ArtifactError, match="a broken link"):
        compare(root, plan())


def test_a_path_that_the_system_does_not_take(tmp_path: Path) -> None:
    planned = Plan((PlannedFile(f"{'x' * 300}/types.ts", HEADER, "api"),), "schema")
    for use in (compare, write):
        with pytest.raises(ArtifactError, match="File name too long"):
            use(tmp_path, planned)


# --- What a schema document or an earlier manifest may say ------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../web",
        "/etc",
        "a/../../x",
        "C:/x",
        "a\\b",
        "./x",
        "a//b",
        "",
        "a/./b",
        "a\0b",
        "a\nb",
        ".git",
        ".GIT/hooks",
        "web/node_modules/x",
        "backend/.venv/lib",
        "x" * 5000,
    ],
)
def test_a_folder_that_is_never_looked_at(path: str) -> None:
    assert not is_safe(path)


@pytest.mark.parametrize(
    "output", [".", "x" * 300, "a\0b", "../outside", ".git", "web/node_modules", "mine", "\ud800"]
)
def test_a_doctored_document_deletes_only_generated_files(tmp_path: Path, output: str) -> None:
    project = tmp_path / "project"
    write(project, plan())
    for folder in ("../outside", ".git", "web/node_modules", "mine"):
        (project / folder).mkdir(parents=True)
        (project / folder / "config").write_text("precious")
        if folder != "mine":
            (project / folder / "left.ts").write_text(HEADER)
    before = tree(tmp_path)
    document = json.loads((project / "schema/api.json").read_text())
    document["x-samewire-output"] = output
    (project / "schema/api.json").write_text(json.dumps(document, indent=2))
    write(project, plan())
    assert tree(tmp_path) == before
    assert compare(project, plan()) == ()


def manifest(*paths: str) -> str:
    """As versions before 1.0 wrote it."""
    entries = ",\n".join(f'    {json.dumps(path)}: "sha256:{"0" * 64}"' for path in paths)
    return f'{{\n  "about": "The files Samewire owns.",\n  "files": {{\n{entries}\n  }}\n}}\n'


def test_an_earlier_manifest_is_read_once_and_goes(root: Path) -> None:
    """Its contract was removed in the same change, and its schema document does not say where its files are."""
    old = json.dumps({"title": "old", "x-samewire-emits": ["A"], "$defs": {}}, indent=2)
    (root / "schema/old.json").write_text(old)
    (root / "web/old").mkdir()
    (root / "web/old/types.ts").write_text(f"// {notice('schema/old.json')}\n")
    (root / "web/old/mine.ts").write_text("mine")
    paths = ("schema/old.json", "web/old/types.ts", "web/old/mine.ts", "web/api/types.ts")
    (root / "schema/.samewire.json").write_text(manifest(*paths))
    assert states(root, plan()) == {
        "schema/.samewire.json": State.ORPHAN,
        "schema/old.json": State.ORPHAN,
        "web/old/types.ts": State.ORPHAN,
    }
    write(root, plan())
    assert sorted(tree(root)) == [
        "schema/api.json",
        "web/api/schemas.ts",
        "web/api/types.ts",
        "web/old/mine.ts",
    ]
    assert compare(root, plan()) == ()


@pytest.mark.parametrize(
    "path",
    [
        "../secrets.ts",
        "/etc/passwd",
        ".",
        "a\0b",
        "x" * 300,
        ".git/config",
        "web/node_modules/a.ts",
        "mine.txt",
    ],
)
def test_an_earlier_manifest_with_a_hostile_path_deletes_nothing(tmp_path: Path, path: str) -> None:
    project = tmp_path / "project"
    write(project, plan())
    for precious in ("../secrets.ts", ".git/config", "web/node_modules/a.ts", "mine.txt"):
        (project / precious).parent.mkdir(parents=True, exist_ok=True)
        (project / precious).write_text(HEADER if precious.endswith((".ts", "config")) else "mine")
    before = tree(tmp_path)
    (project / "schema/.samewire.json").write_text(manifest(path))
    write(project, plan())
    assert tree(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b'{"files": 3}'])
def test_an_earlier_manifest_that_says_nothing_goes_alone(root: Path, content: bytes) -> None:
    before = tree(root)
    (root / "schema/.samewire.json").write_bytes(content)
    assert states(root, plan()) == {"schema/.samewire.json": State.ORPHAN}
    write(root, plan())
    assert tree(root) == before


# --- Runs that were killed --------------------------------------------------------------------------------------------


def test_what_a_killed_run_left_goes_and_what_a_running_one_needs_stays(root: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    dead = root / f"web/api/.samewire-{process.pid}-abc_1.tmp"
    alive = root / f"web/api/.samewire-{os.getpid()}-abc_1.tmp"
    old, mine = root / "schema/.samewire-abc.tmp", root / "web/api/.samewire-mine.txt"
    for file in (dead, alive, old, mine):
        file.write_text("x")
    os.utime(old, (0, 0))
    write(root, plan())
    assert [file.exists() for file in (dead, alive, old, mine)] == [False, True, False, True]


# --- Clashes ----------------------------------------------------------------------------------------------------------


def test_paths_that_are_one_file_on_some_system_clash() -> None:
    def file(path: str, contract: str) -> PlannedFile:
        return PlannedFile(path, "", contract)

    assert clashes([file("a/types.ts", "a"), file("b/types.ts", "b")]) == {}
    found = clashes([file("Web/types.ts", "a"), file("web/types.ts", "b"), file("c.ts", "c")])
    assert list(found) == ["a", "b"]
    assert found["a"] == found["b"]
    [diagnostic] = found["a"]
    assert (diagnostic.code, diagnostic.where) == ("file-clash", "web/types.ts")
    assert "differs only in case" in diagnostic.message
    assert clashes([file("caf\u00e9/types.ts", "a"), file("cafe\u0301/types.ts", "b")])
    assert clashes([file("a/types.ts", "a"), PlannedFile("a/types.ts", "other", "b")])
    assert not clashes([file("a/types.ts", "a"), file("a/types.ts", "b")]), "they may share it"


def test_the_same_contracts_clash_once() -> None:
    files = [
        PlannedFile(f"web/{name}.ts", contract, contract)
        for name in ("a", "b", "c", "d", "e")
        for contract in ("one", "two", "three")
    ]
    found = clashes([*files, PlannedFile("web/own.ts", "", "two")])
    assert list(found) == ["one", "two", "three"]
    [diagnostic] = {each for problems in found.values() for each in problems}
    assert (diagnostic.where, diagnostic.places) == ("web/a.ts", 5)
    assert diagnostic.message == (
        "contracts 'one', 'two' and 'three' write this file with different content; "
        "also web/b.ts, web/c.ts, web/d.ts and 1 more"
    )


# --- Diffs ------------------------------------------------------------------------------------------------------------


def test_a_diff_can_be_applied(root: Path) -> None:
    write(root, with_extra())
    (root / "web/api/schemas.ts").unlink()
    new = plan(user="number", types="export type A =\n  number; // no newline at the end")
    patch = "".join(f"{line}\n" for drift in compare(root, new) for line in unified(drift))
    assert "\\ No newline at end of file" in patch
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "apply", "-"], cwd=root, input=patch.encode(), check=True)
    assert compare(root, new) == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a\nb\nc\n", "a\nX\nc\n", 2),
        ("a\n", "b\n", 1),
        ("a\nb\n", "a\nb\nc\n", 3),
        ("a\nb\nc\n", "a\n", 2),
        (None, "a\n", 1),
        ("a\n", None, 1),
    ],
)
def test_the_first_line_that_differs(old: str | None, new: str | None, line: int) -> None:
    assert first_line(Drift("x", State.CHANGED, old, new)) == line
