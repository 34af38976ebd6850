"""What a configuration may say, what it means when it says nothing, and what is answered to a mistake in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import samewire.config as config_package
from pydantic import BaseModel
from samewire.config import Config, EmittedAs, UnknownKeys, find, load
from samewire.config.packages import lower_bound
from samewire.config.schema import OWN_FILE, documents
from samewire.dump import DumpOptions
from samewire.errors import ConfigError, Diagnostic
from samewire.targets import Target
from samewire.targets import names as target_names


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def read(project: Path, text: str) -> Config:
    return load(put(project / "samewire.toml", text))


def mistakes(project: Path, text: str) -> list[Diagnostic]:
    with pytest.raises(ConfigError) as caught:
        read(project, text)
    return list(caught.value.diagnostics)


MINIMAL = '[contracts.api]\nemits = ["app.models"]\n'


# --- Finding ----------------------------------------------------------------------------------------------------------


def test_finds_the_nearest_file_upwards(project: Path) -> None:
    put(project / "pyproject.toml", "[tool.samewire]\n")
    nearest = put(project / "services" / "api" / "samewire.toml", MINIMAL)
    deep = project / "services" / "api" / "src" / "app"
    deep.mkdir(parents=True)
    assert find(deep) == nearest
    assert find(project / "services") == project / "pyproject.toml"


def test_passes_a_pyproject_that_is_not_about_samewire(project: Path) -> None:
    outer = put(project / "samewire.toml", MINIMAL)
    inner = put(project / "lib" / "pyproject.toml", "[tool.ruff]\nline-length = 100\n").parent
    assert find(inner) == outer


def test_two_configurations_of_one_folder_are_an_error(project: Path) -> None:
    put(project / "samewire.toml", MINIMAL)
    put(project / "pyproject.toml", '[tool.samewire.contracts.api]\nemits = ["app.models"]\n')
    with pytest.raises(ConfigError) as caught:
        find(project)
    [found] = caught.value.diagnostics
    assert (found.code, found.where) == ("config-twice", "samewire.toml")
    assert found.hint is not None
    assert "delete" in found.hint


def test_no_configuration_names_init(project: Path) -> None:
    with pytest.raises(ConfigError, match="samewire init") as caught:
        find(project)
    assert caught.value.diagnostics[0].code == "config-not-found"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("pyproject.toml", b"[tool.samewire\n", "config-syntax"),
        ("pyproject.toml", b"[tool.ruff]\n", "config-not-found"),
        ("pyproject.toml", b"tool.samewire = 1\n", "config-type"),
        ("samewire.toml", b"schema = '\xff'\n", "config-syntax"),
        ("samewire.toml", b"[tool.samewire.contracts.api]\nemits = ['m']\n", "config-unknown-key"),
    ],
)
def test_a_file_that_says_nothing_readable(
    project: Path, name: str, content: bytes, code: str
) -> None:
    file = project / name
    file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(file)
    [found] = caught.value.diagnostics
    assert found.code == code
    assert found.where.startswith(name)


def test_a_file_that_is_not_there(project: Path) -> None:
    with pytest.raises(ConfigError, match=r"other\.toml: cannot be read: No such file"):
        load(project / "other.toml")


# --- Defaults and inheritance -----------------------------------------------------------------------------------------


def test_defaults(project: Path) -> None:
    (project / "src").mkdir()
    config = read(project, MINIMAL)
    assert config.root == project.resolve()
    assert config.schema == "schema"
    assert config.pythonpath == (project, project / "src")
    [contract] = config.contracts
    assert (contract.name, contract.emits, contract.accepts) == ("api", ("app.models",), ())
    assert contract.output == "generated/api"
    assert contract.key == "samewire.toml: contracts.api"
    options = contract.options
    assert options.dump == DumpOptions(by_alias=True)
    assert options.unknown_keys == UnknownKeys(emits="model", accepts="model")
    assert (options.integers, options.floats, options.zod, options.type_tests) == (
        "any",
        "nullable",
        "zod",
        False,
    )
    assert (contract.frontend.zod_version, contract.frontend.imports) == ((4, 5), ".js")
    assert config.warnings == ()


def test_pyproject_and_own_file_say_the_same(project: Path) -> None:
    own = read(project, 'integers = "safe"\n' + MINIMAL).contracts[0]
    text = '[tool.samewire]\nintegers = "safe"\n[tool.samewire.contracts.api]\nemits = ["app.models"]\n'
    theirs = load(put(project / "pyproject.toml", text)).contracts[0]
    assert (own.options, own.emits, own.output) == (theirs.options, theirs.emits, theirs.output)
    assert theirs.key == "pyproject.toml: tool.samewire.contracts.api"


def test_contracts_are_sorted_whatever_order_they_are_written_in(project: Path) -> None:
    config = read(
        project,
        "".join(f'[contracts.{name}]\nemits = ["m"]\n' for name in ("web", "admin", "mobile")),
    )
    assert [contract.name for contract in config.contracts] == ["admin", "mobile", "web"]


def test_a_contract_adds_to_what_is_about_models_and_replaces_the_rest(project: Path) -> None:
    text = """
        exclude = ["app.models:Secret"]
        names = { "app.models:A" = "ProjectA", "app.models:B" = "ProjectB" }
        opaque = { "app.models:C" = "fields" }
        dump = { exclude-none = true, exclude-unset = true }
        unknown-keys = "strip"
        floats = "finite"

        [contracts.api]
        emits = ["app.models"]
        exclude = ["app.models:Draft.text"]
        names = { "app.models:B" = "ApiB" }
        opaque = { "app.models:D.x" = "unknown" }
        dump = { exclude-defaults = true }

        [contracts.web]
        emits = ["app.models"]
        dump = "fastapi"
        unknown-keys = { accepts = "reject" }
    """
    api, web = (contract.options for contract in read(project, text).contracts)
    assert api.exclude == ("app.models:Secret", "app.models:Draft.text")
    assert api.names == {"app.models:A": "ProjectA", "app.models:B": "ApiB"}
    assert api.opaque == {"app.models:C": "fields", "app.models:D.x": "unknown"}
    assert api.dump == DumpOptions(exclude_defaults=True)
    assert api.unknown_keys == UnknownKeys(emits="strip", accepts="strip")
    assert api.floats == web.floats == "finite"
    assert web.names == {"app.models:A": "ProjectA", "app.models:B": "ProjectB"}
    assert web.dump == DumpOptions()
    assert web.unknown_keys == UnknownKeys(emits="model", accepts="reject")


# --- Mistakes ---------------------------------------------------------------------------------------------------------


def test_every_mistake_is_reported_at_once_under_its_full_path(project: Path) -> None:
    text = """
        scheme = "x"
        unknown_keys = "strip"
        emits = ["app.models"]
        type-tests = "yes"

        [contracts.api]
        emits = ["app.models", 3, "app/models.py"]
        accepts = "app.models"
        schema = "y"
        dump = { by_alias = true, exclude-none = 1 }
        names = { "app.models.User" = "X", "app.models:User" = "a-b" }

        [contracts."My API"]
        emits = ["app.models"]

        [contracts.empty]
    """
    found = {one.where.removeprefix("samewire.toml: "): one for one in mistakes(project, text)}
    assert {where: one.code for where, one in found.items()} == {
        "scheme": "config-unknown-key",
        "unknown_keys": "config-unknown-key",
        "emits": "config-unknown-key",
        "type-tests": "config-type",
        "contracts.api.emits[1]": "config-type",
        "contracts.api.emits[2]": "config-value",
        "contracts.api.accepts": "config-type",
        "contracts.api.schema": "config-unknown-key",
        "contracts.api.dump.by_alias": "config-unknown-key",
        "contracts.api.dump.exclude-none": "config-type",
        'contracts.api.names."app.models.User"': "config-value",
        'contracts.api.names."app.models:User"': "config-value",
        'contracts."My API"': "config-value",
        "contracts.empty": "config-no-contract",
    }
    assert found["scheme"].hint == "did you mean schema?"
    assert found["unknown_keys"].hint == "keys are written in lower case with hyphens: unknown-keys"
    assert "[tool.samewire.contracts.<name>]" in (found["emits"].hint or "")
    assert "whole project" in (found["contracts.api.schema"].hint or "")
    assert found["type-tests"].message == "expected true or false, found the string 'yes'"
    assert found["contracts.api.emits[1]"].message == (
        "expected a string or a table, found the number 3"
    )
    assert found["contracts.api.emits[2]"].hint == "write 'app.models'"
    assert (
        found["contracts.api.accepts"].message == "expected an array, found the string 'app.models'"
    )


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('emits = "app.models"', 'write ["app.models"]'),
        ('accepts = "app.models"', 'write ["app.models"]'),
        ("accepts = 3", None),
        ('accepts = ["app/models.py:User"]', "write 'app.models:User'"),
        ('accepts = ["./app/models.py"]', "write 'app.models'"),
        ('accepts = ["app.models::User"]', None),
        ('format = "npx prettier"', 'write ["npx", "prettier"]'),
        ('unknown-keys = "forbid"', 'did you mean "reject"?'),
        ('unknown-keys = "ignore"', 'did you mean "strip"?'),
        ('unknown-keys = { emits = "allow" }', 'did you mean "keep"?'),
        ('unknown-keys = "kep"', 'did you mean "keep"?'),
        ("extensions = { ui-strem = false }", 'did you mean "ui-stream"?'),
        ("extensions = { kotlin = true }", "there are openapi, routes, ui-stream"),
    ],
)
def test_a_value_that_is_nearly_right_is_said_right(
    project: Path, line: str, hint: str | None
) -> None:
    roots = "" if line.startswith("emits") else 'emits = ["app.models"]\n'
    [found] = mistakes(project, f"[contracts.api]\n{roots}{line}\n")
    assert found.hint == hint


@pytest.mark.parametrize(("name", "hint"), [("API", "write api"), ("my api", "write my-api")])
def test_a_contract_name_that_no_file_may_have_is_said_right(
    project: Path, name: str, hint: str
) -> None:
    [found] = mistakes(project, f'[contracts."{name}"]\nemits = ["app.models"]\n')
    assert (found.code, found.hint) == ("config-value", hint)


def test_a_configuration_one_folder_down_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "a/pyproject.toml": "[tool.black]\n",
        "b/pyproject.toml": "not toml",
        "c/pyproject.toml": "[tool.samewire.contracts.api]\n",
    }.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    with pytest.raises(ConfigError) as caught:
        find(tmp_path)
    [found] = caught.value.diagnostics
    assert found.hint == "there is one in c: samewire --config c/pyproject.toml"


def test_an_option_that_this_pydantic_lacks_is_a_mistake(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samewire.config.emits.supported", lambda *_, **__: {})
    text = "[contracts.api.dump]\nexclude-computed-fields = "
    [found] = mistakes(project, f"{MINIMAL}{text}true\n")
    assert (found.code, "Pydantic 2.12 added" in found.message) == ("config-value", True)
    read(project, f"{MINIMAL}{text}false\n")


def test_an_unknown_key_that_resembles_none_lists_them_all(project: Path) -> None:
    [found] = mistakes(project, MINIMAL + "[contracts.api.dump]\nqqq = true\n")
    assert found.hint == (
        "the keys here are by-alias, exclude-computed-fields, exclude-defaults, exclude-none, exclude-unset, round-trip"
    )


@pytest.mark.parametrize(
    ("root", "where", "message", "hint"),
    [
        (
            "{ dump = {} }",
            "[0]",
            "the key type is missing",
            'for example type = "app.models:Message"',
        ),
        ('{ type = "m:A" }', "[0]", "a root in a table needs dump options", 'write "m:A" alone'),
        (
            '{ type = "m/a.py", dump = {} }',
            "[0].type",
            "expected module:Type, module, or package:**, found 'm/a.py'",
            "write 'm.a'",
        ),
        (
            '{ type = "m:A", dump = { response_model_exclude_none = true } }',
            "[0].dump.response_model_exclude_none",
            "unknown key",
            "write exclude-none",
        ),
        (
            '{ type = "m:A", dump = { by-alias = "model" } }',
            "[0].dump.by-alias",
            "expected true, false or \"config\", found the string 'model'",
            None,
        ),
        (
            '{ type = "m:A", dump = { exclude = ["a b"] } }',
            "[0].dump.exclude[0]",
            "expected a field, or a path like items.*.name, found 'a b'",
            "* stands for every item of a list, and every value of a dictionary",
        ),
        (
            '{ type = "m:A", dump = {}, suffix = "-X" }',
            "[0].suffix",
            "expected letters and digits for the end of a type's name, found '-X'",
            None,
        ),
        (
            '{ type = "m:A", dump = {}, name = "X" }',
            "[0].name",
            "unknown key",
            "the keys here are dump, suffix, type",
        ),
        (
            '{ type = "m:A", dump = {}, suffix = "X" }, { type = "m:B", dump = {}, suffix = "Y" }',
            "",
            "the same dump options have the suffix 'X' already",
            "write suffix = 'X' here too",
        ),
        (
            '{ type = "m:A", dump = {}, suffix = "X" }, { type = "m:B", dump = "pydantic", suffix = "X" }',
            "",
            "m:B and m:A have the suffix 'X' and different dump options",
            "give one of them another suffix",
        ),
    ],
)
def test_a_root_with_dump_options_says_what_is_wrong_with_it(
    project: Path, root: str, where: str, message: str, hint: str | None
) -> None:
    [found] = mistakes(project, f"[contracts.api]\nemits = [{root}]\n")
    assert found.where == f"samewire.toml: contracts.api.emits{where}"
    assert found.message == message
    assert (found.hint or "").startswith(hint or "")
    assert bool(found.hint) == bool(hint)


def test_roots_may_have_dump_options_of_their_own(project: Path) -> None:
    text = """
        [contracts.api]
        emits = [
            "m:A",
            { type = "m:B", dump = { exclude-none = true, include = ["a", "b.*.c"] }, suffix = "Short" },
            { type = "m", dump = "pydantic" },
        ]
        dump = { by-alias = false }
    """
    [contract] = read(project, text).contracts
    assert contract.emits == ("m:A",)
    part = frozenset({("a",), ("b", "__all__", "c")})
    where = "samewire.toml: contracts.api.emits"
    assert contract.emits_as == (
        EmittedAs("m:B", DumpOptions(exclude_none=True, include=part), "Short", f"{where}[1]"),
        EmittedAs("m", DumpOptions(by_alias=None), None, f"{where}[2]"),
    )


@pytest.mark.parametrize("key", ["serialize-as-any", "serialize_as_any"])
def test_what_has_no_exact_form_is_refused_by_name(project: Path, key: str) -> None:
    for text in (
        f"dump = {{ {key} = true }}\n" + MINIMAL,
        MINIMAL + f"dump = {{ {key} = true }}\n",
    ):
        [found] = mistakes(project, text)
        assert found.code == "config-unknown-key"
        assert (
            found.hint
            == "its output cannot be known: name the possible classes of a field in a union"
        )


def test_fields_are_picked_for_single_roots_only(project: Path) -> None:
    [found] = mistakes(project, MINIMAL + '[contracts.api.dump]\nexclude = ["a"]\n')
    assert (found.code, found.hint) == (
        "config-unknown-key",
        'it picks fields of one root: emits = [{ type = "...", dump = { ... } }]',
    )


def test_no_contract_shows_one(project: Path) -> None:
    [found] = mistakes(project, 'schema = "schema"\n')
    assert (found.code, found.where) == ("config-no-contract", "samewire.toml: contracts")
    assert "[tool.samewire.contracts.api]" in (found.hint or "")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('integers = "saf"', 'expected "any" or "safe", found the string \'saf\''),
        ("integers = true", 'expected "any" or "safe", found the boolean true'),
        ('floats = ["finite"]', 'expected "nullable" or "finite", found an array'),
        (
            'dump = "django"',
            'expected "fastapi", "litestar", "ninja", "pydantic" or a table of dump options, found the string \'django\'',
        ),
        (
            'unknown-keys = "drop"',
            'expected "model", "strip", "keep" or "reject", found the string \'drop\'',
        ),
        (
            "unknown-keys = 1",
            'expected "model", "strip", "keep", "reject" or a table with emits and accepts',
        ),
        ('imports = "js"', 'expected ".js", ".ts" or "none", found the string \'js\''),
        ("zod-version = 4.1", 'expected a version in quotes like "4.1", found the number 4.1'),
        ('zod-version = "^4.1"', "expected a version like \"4.1\", found '^4.1'"),
        ('zod-version = "3.25"', "generated validators need zod 4.0 or newer, found '3.25'"),
        ('zod = "zod\'; alert(1)//"', "expected an import specifier"),
        ('zod = "zod/v3"', "is zod 3; generated validators need zod 4"),
        ('format = "prettier"', "expected an array, found the string 'prettier'"),
        ('format = ["npx", ""]', "expected text without control characters, found ''"),
        ('schema = ""', "expected text without control characters"),
        ('exclude = ["app.models:User email"]', "expected module:Type, module, or package:**"),
        ('pythonpath = ["nowhere"]', "there is no folder nowhere"),
        (
            "opaque = { 'app:M' = 'any' }",
            'expected "fields", "unknown" or a type as module:Type, found \'any\'',
        ),
        ("schema = 2024-01-01", "expected a string, found the date 2024-01-01"),
    ],
)
def test_a_wrong_value_is_answered_with_what_was_expected(
    project: Path, line: str, message: str
) -> None:
    [found] = mistakes(project, f"{line}\n{MINIMAL}")
    assert message in found.message


@pytest.mark.parametrize(
    "name", ["Api", "a b", "", "../x", "a/b", "-a", "a" * 65, "con", "lpt1", "ä"]
)
def test_a_contract_name_must_be_a_file_name_everywhere(project: Path, name: str) -> None:
    [found] = mistakes(project, f'[contracts."{name}"]\nemits = ["m"]\n')
    assert found.code == "config-value"


@pytest.mark.parametrize("name", ["api", "chat-v2", "a_b", "2fa", "console", "a" * 64])
def test_contract_names_that_are_fine(project: Path, name: str) -> None:
    assert read(project, f'[contracts.{name}]\nemits = ["m"]\n').contracts[0].name == name


# --- The schema for editors -------------------------------------------------------------------------------------------


def test_the_schemas_in_the_package_are_those_of_the_models() -> None:
    folder = Path(config_package.__file__).parent
    shipped = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.json")}
    assert shipped == documents(), "run make generate"


def test_every_key_has_a_description() -> None:
    tables = json.loads(documents()[OWN_FILE])["$defs"]
    assert {"Project", "Contract", "DumpTable", "EmitsTable", "UnknownKeys"} <= tables.keys()
    for name, table in tables.items():
        for key, value in table["properties"].items():
            assert value.get("description"), f"{name}: {key}"


# --- Paths ------------------------------------------------------------------------------------------------------------


def output(path: str) -> str:
    return f"[contracts.api]\nemits = ['m']\noutput = '{path}'\n"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("../frontend/src", "outside the project root"),
        ("a/../../b", "outside the project root"),
        ("/etc", "expected a path relative to this file"),
        ("~/x", "expected a path relative to this file"),
        ("C:/x", "expected a path relative to this file"),
        (r"web\src", "forward slashes"),
        (".git/hooks", "belongs to another tool"),
        ("web/node_modules/x", "belongs to another tool"),
    ],
)
def test_output_stays_inside_the_project(project: Path, path: str, says: str) -> None:
    [found] = mistakes(project, output(path))
    assert (found.code, found.where) == ("config-path", "samewire.toml: contracts.api.output")
    assert says in found.message


def test_a_link_does_not_lead_out_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    project.mkdir()
    outside.mkdir()
    monkeypatch.chdir(project)
    (project / "web").symlink_to(outside, target_is_directory=True)
    [found] = mistakes(project, output("web/src"))
    assert "outside the project root" in found.message


def test_root_widens_the_project_to_a_folder_above(project: Path) -> None:
    backend = project / "backend"
    text = 'root = ".."\n' + output("../frontend/src/api")
    config = load(put(backend / "samewire.toml", text))
    assert config.root == project.resolve()
    assert config.schema == "backend/schema"
    assert config.contracts[0].output == "frontend/src/api"


def test_an_output_outside_says_which_root_would_allow_it(project: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(put(project / "services" / "backend" / "samewire.toml", output("../../frontend/src")))
    assert caught.value.diagnostics[0].hint == 'set root = "../.." to let Samewire write there'


@pytest.mark.parametrize("root", ["sub", "../elsewhere", "/"])
def test_root_is_a_folder_that_holds_the_configuration(project: Path, root: str) -> None:
    backend = put(project / "backend" / "samewire.toml", f"root = '{root}'\n{MINIMAL}")
    with pytest.raises(ConfigError) as caught:
        load(backend)
    assert caught.value.diagnostics[0].code == "config-path"


def test_two_contracts_may_not_share_a_folder_even_by_case(project: Path) -> None:
    text = "[contracts.a]\nemits = ['m']\noutput = 'web/Api'\n[contracts.b]\nemits = ['m']\noutput = 'web/x/../api'\n"
    [found] = mistakes(project, text)
    assert (found.code, found.where) == ("config-path", "samewire.toml: contracts.b.output")
    assert "contract 'a' already writes" in found.message


# --- The frontend: zod ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "bound"),
    [
        ("^4.1.12", (4, 1)),
        ("~4.0.5", (4, 0)),
        (">=4.2 <5", (4, 2)),
        ("4.3.x", (4, 3)),
        ("4.x", (4, 0)),
        ("4", (4, 0)),
        ("4.1.0 - 4.9.0", (4, 1)),
        ("^4.2 || ^5", (4, 2)),
        ("^5 || ^4.2", (4, 2)),
        ("npm:zod@^4.4.0", (4, 4)),
        ("v4.5.0-beta.1", (4, 5)),
        ("*", None),
        ("latest", None),
        ("catalog:", None),
        ("workspace:*", None),
        ("<5", None),
        ("", None),
        ("github:colinhacks/zod", None),
        ("^4.1 || latest", None),
    ],
)
def test_lower_bound_of_an_npm_range(wanted: str, bound: tuple[int, int] | None) -> None:
    assert lower_bound(wanted) == bound


@pytest.mark.parametrize("group", ["dependencies", "devDependencies", "peerDependencies"])
def test_zod_version_comes_from_the_nearest_package_that_lists_it(
    project: Path, group: str
) -> None:
    put(project / "package.json", '{"dependencies": {"zod": "^4.6.0"}}')
    put(project / "web" / "package.json", f'{{"{group}": {{"zod": "^4.1.3"}}}}')
    put(project / "web" / "src" / "package.json", '{"type": "module"}')
    contract = read(project, output("web/src/api")).contracts[0]
    assert contract.frontend.zod_version == (4, 1)


def test_a_package_outside_of_the_project_root_does_not_count(project: Path) -> None:
    put(project / "package.json", '{"dependencies": {"zod": "^4.1.0"}}')
    config = load(put(project / "backend" / "samewire.toml", MINIMAL))
    assert config.contracts[0].frontend.zod_version == (4, 5)


def test_an_explicit_zod_version_wins(project: Path) -> None:
    put(project / "package.json", '{"dependencies": {"zod": "^3.22.0"}}')
    assert read(project, 'zod-version = "4.2.1"\n' + MINIMAL).contracts[0].frontend.zod_version == (
        4,
        2,
    )


def test_zod_3_is_refused_by_name(project: Path) -> None:
    put(project / "web" / "package.json", '{"dependencies": {"zod": "^3.22.4"}}')
    [found] = mistakes(project, output("web/src"))
    assert (found.code, found.where) == (
        "config-zod-version",
        "samewire.toml: contracts.api.zod",
    )
    assert 'web/package.json asks for zod "^3.22.4"' in found.message
    assert 'raise it to 3.25 and set zod = "zod/v4"' in (found.hint or "")
    assert 'targets = ["types"]' in (found.hint or "")


def test_zod_4_inside_zod_3_is_version_4_0(project: Path) -> None:
    put(project / "package.json", '{"dependencies": {"zod": "^3.25.0"}}')
    assert read(project, 'zod = "zod/v4"\n' + MINIMAL).contracts[0].frontend.zod_version == (4, 0)
    [found] = mistakes(project, MINIMAL)
    assert found.code == "config-zod-version"
    assert found.hint == 'set zod = "zod/v4": zod 3.25 ships zod 4 under that name'


@pytest.mark.parametrize(
    ("wanted", "workspace", "package"),
    [
        ("catalog:", 'catalog:\n  react: ^19.0.0\n  zod: "^4.1.0" # the one\n', "{}"),
        (
            "catalog:default",
            "catalogs:\n  default:\n    zod: ^4.1.0\n  old:\n    zod: ^3.0.0\n",
            "{}",
        ),
        ("catalog:new", "packages:\n  - apps/*\ncatalogs:\n  'new':\n    'zod': ^4.1.0\n", "{}"),
        ("catalog:", "", '{"workspaces": {"packages": ["apps/*"], "catalog": {"zod": "^4.1.0"}}}'),
        ("catalog:new", "", '{"catalogs": {"new": {"zod": "^4.1.0"}}}'),
    ],
)
def test_a_catalog_of_the_workspace_says_the_range(
    project: Path, wanted: str, workspace: str, package: str
) -> None:
    put(project / "pnpm-workspace.yaml", workspace)
    put(project / "package.json", package)
    put(project / "apps" / "web" / "package.json", f'{{"dependencies": {{"zod": "{wanted}"}}}}')
    config = read(project, output("apps/web/src"))
    assert (config.contracts[0].frontend.zod_version, config.warnings) == ((4, 1), ())


def test_a_range_without_a_lower_bound_is_a_warning(project: Path) -> None:
    put(project / "package.json", '{"dependencies": {"zod": "catalog:"}}')
    config = read(project, MINIMAL)
    [warning] = config.warnings
    assert (warning.code, warning.where) == ("zod-version-unknown", "package.json")
    assert warning.hint == 'set zod-version = "4.5" or the version you have'


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"dependencies": []}', '{"dependencies": {"zod": 4}}']
)
def test_a_package_that_says_nothing_about_zod_is_passed(project: Path, content: str) -> None:
    put(project / "package.json", content)
    assert read(project, MINIMAL).contracts[0].frontend.zod_version == (4, 5)


# --- Targets ----------------------------------------------------------------------------------------------------------


def test_zod_is_generated_unless_said_otherwise(project: Path) -> None:
    assert dict(read(project, MINIMAL).contracts[0].options.targets) == {"zod": None}
    named = read(project, 'targets = ["types"]\n' + MINIMAL)
    assert dict(named.contracts[0].options.targets) == {"types": None}
    table = read(project, MINIMAL + "[contracts.api.targets]\ntypes = {}\n")
    assert dict(table.contracts[0].options.targets) == {"types": None}


INSTALLED = f"there are {', '.join(target_names()[:2])}, "


@pytest.mark.parametrize(
    ("targets", "where", "message", "hint"),
    [
        ('["typs"]', "targets.typs", "there is no target 'typs'", 'did you mean "types"?'),
        ('["cobol"]', "targets.cobol", "there is no target 'cobol'", INSTALLED),
        ("[]", "targets", "expected at least one target", INSTALLED),
        ('"zod"', "targets", "expected an array of target names, or a table", None),
        ("{ types = { a = 1 } }", "targets.types", "'types' has no options, found a", None),
    ],
)
def test_a_wrong_target_is_answered(
    project: Path, targets: str, where: str, message: str, hint: str | None
) -> None:
    [found] = mistakes(project, f"targets = {targets}\n{MINIMAL}")
    assert found.where == f"samewire.toml: {where}"
    assert message in found.message
    assert found.hint is None if hint is None else str(found.hint).startswith(hint)


def test_the_options_of_a_target_are_checked_by_its_own_model(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own(BaseModel, extra="forbid"):
        title: str = "API"

    own = Target("own", lambda _contract, _settings: {}, options=Own)
    monkeypatch.setattr("samewire.targets.load", lambda _name: own)
    config = read(project, MINIMAL + 'targets.own = { title = "Wire" }\n')
    assert config.contracts[0].options.targets["own"] == Own(title="Wire")
    wrong = mistakes(project, MINIMAL + "targets.own = { title = 1, name = 2 }\n")
    assert [(each.code, each.where) for each in wrong] == [
        ("config-value", "samewire.toml: contracts.api.targets.own.title"),
        ("config-unknown-key", "samewire.toml: contracts.api.targets.own.name"),
    ]


def test_a_frontend_without_zod_is_not_asked_for_its_version(project: Path) -> None:
    put(project / "package.json", '{"dependencies": {"zod": "^3.22.0"}}')
    assert read(project, 'targets = ["types"]\n' + MINIMAL).warnings == ()


# --- The frontend: imports --------------------------------------------------------------------------------------------

VITE_APP = """{
  "compilerOptions": {
    /* Bundler mode */
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": true, // and "noEmit": true
  },
  "include": ["src"],
}"""
VITE_NODE = '{"compilerOptions": {"module": "nodenext"}, "include": ["vite.config.ts"]}'
NEXT = '{"compilerOptions": {"module": "esnext", "moduleResolution": "bundler"}, "include": ["**/*.ts"]}'


@pytest.mark.parametrize(
    ("options", "imports"),
    [
        ('"moduleResolution": "bundler"', "none"),
        ('"moduleResolution": "Bundler", "allowImportingTsExtensions": true', ".ts"),
        ('"module": "nodenext"', ".js"),
        ('"module": "Node16"', ".js"),
        ('"module": "node20"', ".js"),
        ('"module": "nodenext", "rewriteRelativeImportExtensions": true', ".ts"),
        ('"module": "nodenext", "allowImportingTsExtensions": false', ".js"),
        ('"module": "esnext", "moduleResolution": "nodenext"', ".js"),
        ('"module": "preserve"', "none"),
        ('"module": "commonjs"', "none"),
        ('"module": "nodenext", "moduleResolution": "bundler"', "none"),
        ('"moduleResolution": "node"', "none"),
        ('"strict": true', "none"),
    ],
)
def test_imports_follow_the_compiler_options(project: Path, options: str, imports: str) -> None:
    put(project / "web" / "tsconfig.json", f'{{"compilerOptions": {{{options}}}}}')
    config = read(project, output("web/src/api"))
    assert config.contracts[0].frontend.imports == imports
    assert config.warnings == ()


def test_a_solution_is_followed_to_the_project_that_covers_the_output(project: Path) -> None:
    references = '[{"path": "./tsconfig.node.json"}, {"path": "./tsconfig.app"}]'
    put(project / "web" / "tsconfig.json", f'{{"files": [], "references": {references}}}')
    put(project / "web" / "tsconfig.app.json", VITE_APP)
    put(project / "web" / "tsconfig.node.json", VITE_NODE)
    assert read(project, output("web/src/api")).contracts[0].frontend.imports == ".ts"


@pytest.mark.parametrize(
    ("include", "imports"), [('["src/**/*"]', ".js"), ('["lib"]', "none"), ('["**/*"]', ".js")]
)
def test_include_patterns_decide_which_project_it_is(
    project: Path, include: str, imports: str
) -> None:
    put(project / "tsconfig.json", '{"files": [], "references": [{"path": "a.json"}]}')
    put(
        project / "a.json", f'{{"compilerOptions": {{"module": "nodenext"}}, "include": {include}}}'
    )
    assert read(project, output("src/api")).contracts[0].frontend.imports == imports


def test_extends_is_followed_and_overridden(project: Path) -> None:
    put(project / "base.json", '{"compilerOptions": {"module": "nodenext"}}')
    put(project / "strict.json", '{"compilerOptions": {"moduleResolution": "bundler"}}')
    put(project / "web" / "tsconfig.json", '{"extends": ["../strict", "../base.json"]}')
    # moduleResolution of one file, module of the other: both count, moduleResolution decides
    assert read(project, output("web/src")).contracts[0].frontend.imports == "none"
    put(project / "web" / "tsconfig.json", '{"extends": "../base.json"}')
    assert read(project, output("web/src")).contracts[0].frontend.imports == ".js"
    put(
        project / "web" / "tsconfig.json",
        '{"extends": "../base.json", "compilerOptions": {"moduleResolution": "bundler"}}',
    )
    assert read(project, output("web/src")).contracts[0].frontend.imports == "none"


def test_what_only_a_package_decides_is_used_and_warned_about(project: Path) -> None:
    put(
        project / "node_modules" / "@tsconfig" / "node22" / "tsconfig.json",
        '{"compilerOptions": {"module": "node16"}}',
    )
    put(project / "tsconfig.json", '{"extends": "@tsconfig/node22/tsconfig.json"}')
    config = read(project, MINIMAL)
    assert config.contracts[0].frontend.imports == ".js"
    [warning] = config.warnings
    assert (warning.code, warning.where) == ("imports-unknown", "tsconfig.json")
    assert warning.hint == 'set imports = ".js" to decide it'
    assert read(project, 'imports = ".js"\n' + MINIMAL).warnings == ()


def test_a_package_that_is_not_installed_is_warned_about_unless_the_project_decides(
    project: Path,
) -> None:
    put(project / "tsconfig.json", '{"extends": "@tsconfig/node22/tsconfig.json"}')
    assert [warning.code for warning in read(project, MINIMAL).warnings] == ["imports-unknown"]
    put(
        project / "tsconfig.json",
        '{"extends": "@tsconfig/x", "compilerOptions": {"module": "nodenext"}}',
    )
    config = read(project, MINIMAL)
    assert (config.contracts[0].frontend.imports, config.warnings) == (".js", ())


def test_the_nearest_tsconfig_or_deno_file_decides(project: Path) -> None:
    put(project / "tsconfig.json", NEXT)
    put(project / "edge" / "deno.json", "{}")
    assert read(project, output("edge/api")).contracts[0].frontend.imports == ".ts"
    assert read(project, output("web/api")).contracts[0].frontend.imports == "none"


@pytest.mark.parametrize("content", ["{", "[]", '{"compilerOptions": {"module": "nodenext"'])
def test_a_tsconfig_that_cannot_be_read_is_an_error_with_a_way_out(
    project: Path, content: str
) -> None:
    put(project / "tsconfig.json", content)
    [found] = mistakes(project, MINIMAL)
    assert found.code == "config-tsconfig"
    assert "set imports" in (found.hint or "")
    assert read(project, 'imports = ".ts"\n' + MINIMAL).contracts[0].frontend.imports == ".ts"


def test_what_a_tool_writes_is_not_taken_for_what_the_project_says(project: Path) -> None:
    put(project / "tsconfig.json", '{"extends": "./.nuxt/tsconfig.json"}')
    [missing] = read(project, MINIMAL).warnings
    assert (missing.code, "'./.nuxt/tsconfig.json', which does not exist" in missing.message) == (
        "imports-unknown",
        True,
    )
    put(
        project / ".nuxt" / "tsconfig.json",
        '{"compilerOptions": {"allowImportingTsExtensions": true}}',
    )
    config = read(project, MINIMAL)
    assert config.contracts[0].frontend.imports == ".ts"
    assert [warning.code for warning in config.warnings] == ["imports-unknown"]


def test_a_solution_may_lead_out_of_the_project_root(project: Path) -> None:
    put(project / "base.json", '{"compilerOptions": {"target": "es5", "lib": ["esnext"]}}')
    put(
        project / "web" / "tsconfig.json",
        '{"include": [], "references": [{"path": "../base.json"}]}',
    )
    put(project / "web" / "samewire.toml", MINIMAL)
    put(project / "web" / "package.json", '{"devDependencies": {"typescript": "^5"}}')
    assert [warning.where for warning in load(project / "web" / "samewire.toml").warnings] == [
        "../base.json"
    ]


# --- The frontend: its language ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "typescript", "says"),
    [
        # Next.js 13 and 14, Create React App, Next.js 15
        ('"lib": ["dom", "esnext"]', "^5", ['write "target": "ES2017" into its compilerOptions']),
        ('"target": "es5", "lib": ["dom", "esnext"]', "^4.9", ['write "target": "ES2017" into']),
        ('"target": "ES2017", "lib": ["dom", "dom.iterable", "esnext"]', "^5", []),
        # without `lib`, the target decides what is there
        ('"strict": true', "~5.9.3", ['write "target": "ES2020" into its compilerOptions']),
        ('"target": "es2018"', "^5", ['write "target": "ES2020" into its compilerOptions']),
        (
            '"target": "es2022", "lib": ["ES2019", "DOM"]',
            "^5",
            ['add "ES2020" to the "lib" of its'],
        ),
        ('"target": "es5", "lib": ["dom"]', "^5", ['write "target": "ES2017"', 'add "ES2020" to']),
        # TypeScript 6 has a current default; a version that nobody says may be one
        ('"strict": true', "^6.0.0", []),
        ('"strict": true', None, []),
        ('"strict": true', "latest", []),
        ('"module": "nodenext"', "^5", []),
        ('"target": "ESNext"', "^5", []),
        ('"target": "es2023"', "^5", []),
    ],
)
def test_validators_need_a_language_that_the_frontend_is_warned_to_lack(
    project: Path, options: str, typescript: str | None, says: list[str]
) -> None:
    listed = "" if typescript is None else f'"typescript": "{typescript}"'
    put(project / "package.json", f'{{"devDependencies": {{{listed}}}}}')
    put(project / "web" / "tsconfig.json", f'{{"compilerOptions": {{{options}}}}}')
    warnings = read(project, output("web/src/api")).warnings
    assert [(each.code, each.where) for each in warnings] == [
        ("frontend-language", "web/tsconfig.json")
    ] * len(says)
    assert all(part in (each.hint or "") for part, each in zip(says, warnings, strict=True))
    types_alone = 'targets = ["types"]\n' + output("web/src/api")
    assert read(project, types_alone).warnings == ()


def test_the_language_may_come_from_what_is_extended(project: Path) -> None:
    put(project / "package.json", '{"devDependencies": {"typescript": "^5"}}')
    put(
        project / "node_modules/@tsconfig/next/tsconfig.json",
        '{"compilerOptions": {"target": "es5"}}',
    )
    put(
        project / "tsconfig.json",
        '{"extends": "@tsconfig/next/tsconfig.json", "compilerOptions": {"moduleResolution": "bundler"}}',
    )
    assert [warning.code for warning in read(project, MINIMAL).warnings] == ["frontend-language"]


def test_a_tsconfig_that_extends_itself_ends(project: Path) -> None:
    put(project / "tsconfig.json", '{"extends": "./tsconfig.json"}')
    assert mistakes(project, MINIMAL)[0].message == "tsconfig.json: tsconfig.json extends itself"


def test_comments_inside_strings_are_not_comments(project: Path) -> None:
    text = '{"compilerOptions": {"paths": {"//*": ["x /* y", "\\"//,}"]}, /* , */ "module": "nodenext",}, }'
    put(project / "tsconfig.json", text)
    assert read(project, MINIMAL).contracts[0].frontend.imports == ".js"


def test_a_runtime_library_is_in_no_output_folder(project: Path) -> None:
    (contract,) = read(project, MINIMAL).contracts
    assert contract.runtime == "generated/api/runtime"
    (contract,) = read(project, 'runtime = "web/lib"\n' + MINIMAL).contracts
    assert contract.runtime == "web/lib"
    with pytest.raises(ConfigError) as caught:
        read(project, 'runtime = "Generated/api"\n' + MINIMAL)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.where) == ("config-path", "samewire.toml: contracts.api.runtime")
